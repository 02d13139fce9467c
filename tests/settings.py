"""The settings that tests run with: those of a developer's machine, made quick and independent of one another.

What holds in production is tested by setting it in the test, or by a process with an environment of its own.
"""

import os

os.environ.setdefault("NEWSROOM_DEBUG", "1")

from newsroom.settings import *  # noqa: F403
from newsroom.settings import STORAGES

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
NEWSROOM_SHARED_MEMORY = ""  # what a test keeps in memory, it switches on; see tests/delivery
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True  # static files as they lie, not collected
