"""Settings, read from the environment; every variable is in docs/settings.md.

Secure by default: without a variable set, the software expects HTTPS, a secret key, its own address and a
second factor. ``NEWSROOM_DEBUG=1`` is for a developer's or a demonstration's machine.
A value that cannot be used is a system-check error (``newsroom.checks``); ``newsroom.wsgi`` refuses to serve.
"""

import os
import secrets
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django
from csp.constants import NONCE, NONE, SELF
from django.http.request import validate_host

from newsroom.environment import Environment, folder_in_memory, is_local, kept_secret
from newsroom.logs import logging_settings

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment(os.environ)
# Under what terms stories may be handed on: the values of articles.enums.Licence.
LICENCES = (
    "all-rights-reserved", "cc0-1.0", "cc-by-4.0", "cc-by-sa-4.0", "cc-by-nd-4.0", "cc-by-nc-4.0", "cc-by-nc-sa-4.0",
    "cc-by-nc-nd-4.0",
)  # fmt: skip

# What the newsroom is

DEBUG = NEWSROOM_DEBUG = env.flag("NEWSROOM_DEBUG", False)
NEWSROOM_SITE_NAME = env.text("NEWSROOM_SITE_NAME", "Newsroom")
NEWSROOM_BASE_URL = env.address("NEWSROOM_BASE_URL")
NEWSROOM_LICENCE = env.choice("NEWSROOM_LICENCE", LICENCES[0], LICENCES)
_base = urlsplit(NEWSROOM_BASE_URL)

SECRET_KEY = env.text("NEWSROOM_SECRET_KEY")
SECRET_KEY_FALLBACKS = env.words("NEWSROOM_SECRET_KEY_FALLBACKS")
if not SECRET_KEY:
    SECRET_KEY = kept_secret(BASE_DIR / ".secret-key") if DEBUG else secrets.token_urlsafe(64)
    if not DEBUG:
        env.refuse("NEWSROOM_SECRET_KEY", "Set it to 50 or more random characters, the same for every process.")
elif not DEBUG and (len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5):
    env.refuse("NEWSROOM_SECRET_KEY", "It can be guessed: set it to 50 or more random characters.")

ALLOWED_HOSTS = env.words("NEWSROOM_ALLOWED_HOSTS") or ([_base.hostname] if _base.hostname else [])
if DEBUG:
    ALLOWED_HOSTS = ALLOWED_HOSTS or ["*"]
elif not ALLOWED_HOSTS:
    env.refuse("NEWSROOM_ALLOWED_HOSTS", "Name the hosts that this site answers to, or set NEWSROOM_BASE_URL.")

# Apps

INSTALLED_APPS = [
    "newsroom.apps.NewsroomConfig",
    "translations.apps.TranslationsConfig",
    "articles.apps.ArticlesConfig",
    "newsroom.apps.NewsroomAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "taggit",
    "django_prose_editor",
    "django_tasks_db",
]
if django.VERSION < (6, 0):
    INSTALLED_APPS.append("django_tasks")  # its interface is Django's own from 6.0
AUTH_USER_MODEL = "newsroom.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"
MIDDLEWARE = [
    "newsroom.logs.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "newsroom.security.HeadersMiddleware",
    "newsroom.security.PolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "newsroom.doors.DeskSessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "newsroom.doors.DeskCsrfMiddleware",
    "newsroom.doors.DeskAuthenticationMiddleware",
    "newsroom.sessions.SessionEndMiddleware",  # before anything asks who the user is
    "newsroom.doors.DeskMessageMiddleware",
    "newsroom.doors.LanguageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "newsroom.second_factor.SecondFactorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "newsroom.doors.site",
            ]
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # widgets of our own, among our templates

# Data

DATABASES = {"default": env.database("DATABASE_URL", f"sqlite:///{BASE_DIR / 'newsroom.sqlite3'}")}
_pool = env.number("NEWSROOM_DATABASE_POOL", 8, least=0, most=500)
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,  # seconds to wait for another writer
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
        " PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;",
    }
elif DATABASES["default"]["ENGINE"].endswith("postgresql"):
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)
    if _pool:  # per process; a connection is borrowed for one request
        # A database that restarts leaves dead ones in the pool, which are then found out; and the pool must not wait
        # longer and longer, as it would, before it looks whether the database is back.
        DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
        DATABASES["default"]["OPTIONS"]["pool"] = {
            "min_size": 0, "max_size": _pool, "timeout": 5, "reconnect_timeout": 2,
        }  # fmt: skip

# The counts behind the sign-in lock-out have to be the same for every process on every host.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "newsroom_cache"}}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
NEWSROOM_WORKER_SILENCE = env.number("NEWSROOM_WORKER_SILENCE", 90, least=30, most=86_400)

# The translation desk

NEWSROOM_TRANSLATION_CLAIM_HOURS = env.number("NEWSROOM_TRANSLATION_CLAIM_HOURS", 48, least=1, most=720)

# What is kept of readers' pages, and who is told when it ends; see articles.delivery

NEWSROOM_PAGE_CACHE_MB = env.number("NEWSROOM_PAGE_CACHE_MB", 64, least=0, most=65_536)
NEWSROOM_SHARED_MEMORY = env.text("NEWSROOM_SHARED_MEMORY", folder_in_memory())
NEWSROOM_CDN = env.choice("NEWSROOM_CDN", "none", ("none", "fastly", "varnish"))
NEWSROOM_CDN_URL = env.web_address("NEWSROOM_CDN_URL")
NEWSROOM_CDN_TOKEN = env.text("NEWSROOM_CDN_TOKEN")
if NEWSROOM_CDN != "none" and not env.text("NEWSROOM_CDN_URL"):
    env.refuse("NEWSROOM_CDN_URL", "Write the address that purges are sent to, such as https://cdn.example/purge.")
elif NEWSROOM_CDN == "none":
    NEWSROOM_CDN_URL = ""
NEWSROOM_WEBSUB_HUB = env.web_address("NEWSROOM_WEBSUB_HUB")

# Machine translation for translators, if any; see translations.machine

NEWSROOM_MACHINE_TRANSLATION = env.text("NEWSROOM_MACHINE_TRANSLATION")
NEWSROOM_MACHINE_SECONDS = env.number("NEWSROOM_MACHINE_SECONDS", 10, least=1, most=120)

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env.text("NEWSROOM_STATIC_ROOT", str(BASE_DIR / "staticfiles")))
MEDIA_URL = "/media/"  # no address of the site serves this folder as it is
MEDIA_ROOT = Path(env.text("NEWSROOM_MEDIA_ROOT", str(BASE_DIR / "media")))
_HASHED_NAMES = "whitenoise.storage.CompressedManifestStaticFilesStorage"
_PLAIN_NAMES = "django.contrib.staticfiles.storage.StaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": _PLAIN_NAMES if DEBUG else _HASHED_NAMES},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024  # a form without its files
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

TAGGIT_CASE_INSENSITIVE = True

# Languages and times

LANGUAGES = [("en", "English"), ("ro", "Română"), ("ru", "Русский"), ("uk", "Українська")]
LANGUAGE_CODE = "en"
NEWSROOM_DEFAULT_LANGUAGE = env.choice("NEWSROOM_DEFAULT_LANGUAGE", "en", dict(LANGUAGES))
LOCALE_PATHS = [BASE_DIR / "newsroom" / "locale"]
FORMAT_MODULE_PATH = ["newsroom.formats"]
USE_TZ = True
TIME_ZONE = env.zone("NEWSROOM_TIME_ZONE", "Europe/Chisinau")

# HTTPS and what stands in front

_https = env.flag("NEWSROOM_HTTPS", not DEBUG)
_proxies = env.number("NEWSROOM_TRUSTED_PROXIES", 0, least=0, most=10)
NEWSROOM_TRUSTED_PROXIES = ALLAUTH_TRUSTED_PROXY_COUNT = _proxies
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _proxies else None
SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = _https
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # probes come from inside, without TLS
_hsts = env.number("NEWSROOM_HSTS_SECONDS", 31_536_000, least=0, most=63_072_000)
SECURE_HSTS_SECONDS = _hsts if _https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = env.flag("NEWSROOM_HSTS_SUBDOMAINS", True)
CSRF_TRUSTED_ORIGINS = [NEWSROOM_BASE_URL] if NEWSROOM_BASE_URL else []
if _https and _base.scheme == "http":
    env.refuse("NEWSROOM_BASE_URL", "It begins with http:// while NEWSROOM_HTTPS is on: write https://.")
if _base.hostname and not validate_host(_base.hostname, ALLOWED_HOSTS):
    env.refuse("NEWSROOM_ALLOWED_HOSTS", "The host of NEWSROOM_BASE_URL is not among them: add it.")
if DEBUG and _base.hostname and not is_local(_base.hostname):
    env.refuse("NEWSROOM_DEBUG", "It shows internals: turn it off where NEWSROOM_BASE_URL is a public address.")

# What a browser may do with a page; see newsroom.security

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
_POLICY = {
    "default-src": [NONE],
    "base-uri": [NONE],
    "connect-src": [SELF],
    "font-src": [SELF],
    "form-action": [SELF],
    "frame-ancestors": [NONE],
    "img-src": [SELF, "data:"],
    "manifest-src": [SELF],
    "object-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
}
CONTENT_SECURITY_POLICY = {"DIRECTIVES": _POLICY}
NEWSROOM_DESK_POLICY = _POLICY | {
    "img-src": [SELF, "data:", "blob:"],
    "script-src": [SELF, NONCE],
    "style-src": [SELF, NONCE],
}
SILENCED_SYSTEM_CHECKS = ["security.W003"]  # it knows the stock class only; newsroom.E003 asks for ours

# What is said to crawlers; see newsroom.crawlers

NEWSROOM_CRAWLERS = {
    "search": env.flag("NEWSROOM_ALLOW_SEARCH", True),
    "ai_search": env.flag("NEWSROOM_ALLOW_AI_SEARCH", True),
    "ai_training": env.flag("NEWSROOM_ALLOW_AI_TRAINING", False),
}
NEWSROOM_SECURITY_CONTACT = env.contact("NEWSROOM_SECURITY_CONTACT")

# Sign-in

AUTHENTICATION_BACKENDS = ["newsroom.accounts.DeskBackend"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
LOGOUT_REDIRECT_URL = "account_login"
PASSWORD_RESET_TIMEOUT = 3600
ACCOUNT_ADAPTER = "newsroom.accounts.AccountAdapter"
ACCOUNT_FORMS = {"login": "newsroom.accounts.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an administrator enters the address, and nobody signs up
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"[{NEWSROOM_SITE_NAME}] "
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
# After five failures in a row a name waits five minutes; an address may fail twenty times a minute.
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,5/300s/key"}
MFA_ADAPTER = "newsroom.accounts.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1  # a code of half a minute before or after also holds
MFA_TOTP_ISSUER = NEWSROOM_SITE_NAME
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
NEWSROOM_REQUIRE_MFA = env.flag("NEWSROOM_REQUIRE_MFA", not DEBUG)

# Sessions: the cookie outlives the sign-in, so that a form that comes too late can be kept for its user.

NEWSROOM_SESSION_HOURS = env.number("NEWSROOM_SESSION_HOURS", 8, least=1, most=24)
NEWSROOM_IDLE_MINUTES = env.number("NEWSROOM_IDLE_MINUTES", 30, least=5, most=1440)
SESSION_COOKIE_AGE = 7 * 24 * 3600
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "newsroom.kept_forms.csrf_failure"
CSRF_COOKIE_HTTPONLY = True

# Mail

_mail = env.mail("NEWSROOM_EMAIL_URL", "consolemail://" if DEBUG else "smtp://localhost:25")
EMAIL_BACKEND = _mail["EMAIL_BACKEND"]
EMAIL_HOST, EMAIL_PORT = _mail.get("EMAIL_HOST") or "localhost", _mail.get("EMAIL_PORT") or 25
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = (
    _mail.get("EMAIL_HOST_USER") or "",
    _mail.get("EMAIL_HOST_PASSWORD") or "",
)
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.get("EMAIL_USE_TLS", False), _mail.get("EMAIL_USE_SSL", False)
EMAIL_FILE_PATH = _mail.get("EMAIL_FILE_PATH") or None
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("NEWSROOM_EMAIL_FROM", f"newsroom@{_base.hostname or 'localhost'}")
if "@" not in parseaddr(DEFAULT_FROM_EMAIL)[1]:
    env.refuse("NEWSROOM_EMAIL_FROM", "Write an address, such as Newsroom <desk@news.example>.")

# Logs

LOGGING = logging_settings(
    level=env.choice("NEWSROOM_LOG_LEVEL", "INFO", ("DEBUG", "INFO", "WARNING", "ERROR")), debug=DEBUG
)

NEWSROOM_VARIABLES = tuple(env.names)
NEWSROOM_PROBLEMS = tuple(env.problems)
