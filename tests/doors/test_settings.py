"""Variables of the environment: what they do, that they are written down, and what happens to bad ones."""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from newsroom.environment import Environment, is_local, kept_secret

ROOT = Path(__file__).resolve().parent.parent.parent
# Read by commands, not by the settings.
OWN = {"NEWSROOM_DEMO_PASSWORD", "PORT", "HOST", "PYTHON", "HYPOTHESIS_PROFILE", "TEST_DATABASE_URL"}
GOOD = {
    "NEWSROOM_SECRET_KEY": "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "NEWSROOM_BASE_URL": "https://news.example",
    "DATABASE_URL": f"sqlite:///{Path(tempfile.gettempdir()) / 'newsroom-checks.sqlite3'}",
}


def run(*command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("NEWSROOM_", "DATABASE_URL", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=clean | variables,
        capture_output=True,
        text=True,
        timeout=120,
    )


def read(**variables: str) -> dict[str, object]:
    """The settings as a process with these variables has them."""
    code = "import json; from newsroom import settings as s; print(json.dumps(vars(s), default=str, skipkeys=True))"
    return json.loads(run("-c", code, **variables).stdout)


def problems(**variables: str) -> dict[str, str]:
    """Variable → sentence, for what ``manage.py check`` finds wrong."""
    result = run("manage.py", "check", **variables)
    assert "Traceback" not in result.stderr
    return dict(re.findall(r"\(newsroom\.E001\) (\w+): (.+)", result.stderr))


def test_production_settings_pass_every_check_for_deployment():
    result = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **GOOD)
    assert result.returncode == 0, result.stderr


def test_without_a_variable_it_says_what_it_needs():
    assert set(problems()) == {"NEWSROOM_SECRET_KEY", "NEWSROOM_ALLOWED_HOSTS"}


def test_every_bad_value_is_named_at_once_with_what_to_write():
    bad = problems(
        NEWSROOM_DEBUG="maybe",
        NEWSROOM_SECRET_KEY="secret",
        NEWSROOM_BASE_URL="news.example/path",
        NEWSROOM_ALLOWED_HOSTS="news.example",
        NEWSROOM_TIME_ZONE="Mars/Olympus",
        NEWSROOM_DEFAULT_LANGUAGE="xx",
        NEWSROOM_SESSION_HOURS="a day",
        NEWSROOM_EMAIL_URL="pigeon://loft",
        NEWSROOM_EMAIL_FROM="the desk",
        NEWSROOM_LOG_LEVEL="LOUD",
        NEWSROOM_ALLOW_SEARCH="perhaps",
        NEWSROOM_SECURITY_CONTACT="call us",
        NEWSROOM_PAGE_CACHE_MB="much",
        NEWSROOM_CDN="fastly",
        NEWSROOM_CDN_URL="cdn.example",
        DATABASE_URL="mysql://root:hunter2@localhost/news",
    )
    assert bad["NEWSROOM_TIME_ZONE"] == "Write the name of a time zone, such as Europe/Chisinau."
    assert set(bad) == {
        "NEWSROOM_DEBUG", "NEWSROOM_SECRET_KEY", "NEWSROOM_BASE_URL", "NEWSROOM_TIME_ZONE", "NEWSROOM_EMAIL_FROM",
        "NEWSROOM_DEFAULT_LANGUAGE", "NEWSROOM_SESSION_HOURS", "NEWSROOM_EMAIL_URL", "NEWSROOM_LOG_LEVEL", "DATABASE_URL",
        "NEWSROOM_ALLOW_SEARCH", "NEWSROOM_SECURITY_CONTACT", "NEWSROOM_PAGE_CACHE_MB", "NEWSROOM_CDN_URL",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"NEWSROOM_BASE_URL": "http://news.example"}, "NEWSROOM_BASE_URL"),
        ({"NEWSROOM_ALLOWED_HOSTS": "other.example"}, "NEWSROOM_ALLOWED_HOSTS"),
        ({"NEWSROOM_DEBUG": "1"}, "NEWSROOM_DEBUG"),
    ],
)
def test_contradictions_are_problems(variables, named):
    assert set(problems(**GOOD | variables)) == {named}


def test_the_server_refuses_to_start_with_them():
    result = run("-W", "ignore", "-c", "import newsroom.wsgi", DATABASE_URL="nonsense", NEWSROOM_DEBUG="1")
    assert result.returncode == 1
    assert result.stderr.splitlines() == [
        "DATABASE_URL: Write postgres://user:password@host:5432/name, or sqlite:////path/to/file.sqlite3."
    ]


def test_https_is_enforced_by_default():
    settings = read(**GOOD)
    assert settings["SECURE_SSL_REDIRECT"] is True
    assert settings["SESSION_COOKIE_SECURE"] is True
    assert settings["CSRF_COOKIE_SECURE"] is True
    assert settings["SECURE_HSTS_SECONDS"] == 31_536_000
    assert settings["SECURE_PROXY_SSL_HEADER"] is None
    assert settings["ALLOWED_HOSTS"] == ["news.example"]
    assert settings["DEBUG"] is False


def test_a_trusted_proxy_tells_that_the_reader_used_tls():
    settings = read(**GOOD, NEWSROOM_TRUSTED_PROXIES="1")
    assert settings["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]
    assert settings["ALLAUTH_TRUSTED_PROXY_COUNT"] == 1


def test_postgresql_is_reached_through_a_pool():
    database = read(**GOOD | {"DATABASE_URL": "postgres://u:p@db:5432/news"})["DATABASES"]["default"]
    assert database["HOST"] == "db"
    assert database["OPTIONS"]["pool"] == {"min_size": 0, "max_size": 8, "timeout": 5, "reconnect_timeout": 2}
    assert database["CONN_HEALTH_CHECKS"] is True  # else each dead connection costs a reader an error


def test_a_socket_folder_is_unquoted():
    env = Environment({"DATABASE_URL": "postgres://%2Frun%2Fpg/news"})
    assert env.database("DATABASE_URL", "")["HOST"] == "/run/pg"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("security@news.example", "mailto:security@news.example"),
        ("mailto:security@news.example", "mailto:security@news.example"),
        ("https://news.example/security", "https://news.example/security"),
        ("", ""),
    ],
)
def test_a_contact_is_an_address(written, read):
    env = Environment({"CONTACT": written})
    assert (env.contact("CONTACT"), env.problems) == (read, [])


@pytest.mark.parametrize("written", ["nobody", "http://news.example/", "https://", "a@b\nExpires: never", "mailto:"])
def test_a_contact_that_is_none_is_refused(written):
    env = Environment({"CONTACT": written})
    assert (env.contact("CONTACT"), len(env.problems)) == ("", 1)


def rows(text: str) -> dict[str, str]:
    return dict(re.findall(r"^\| `([A-Z_]+)` \| (.+?) \|", text, re.MULTILINE))


def test_every_variable_is_in_the_documentation_and_no_other():
    from newsroom.settings import NEWSROOM_VARIABLES

    assert sorted(rows((ROOT / "docs/settings.md").read_text())) == sorted({*NEWSROOM_VARIABLES, *OWN})


def test_every_variable_is_in_the_example_file_and_no_other():
    from newsroom.settings import NEWSROOM_VARIABLES

    example = re.findall(r"^#? ?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
    assert sorted(example) == sorted({*NEWSROOM_VARIABLES, *OWN})


def test_a_value_is_never_part_of_a_problem():
    env = Environment({"A": "hunter2", "B": "hunter2", "C": "postgres://u:hunter2@h:x/", "D": "hunter2://x"})
    env.flag("A", False)
    env.number("B", 1, least=0, most=2)
    env.database("C", "")
    env.mail("D", "dummymail://")
    assert len(env.problems) == 4
    assert "hunter2" not in str(env.problems)


def test_the_key_of_a_developers_machine_is_made_once_for_its_owner_only(tmp_path):
    first = kept_secret(tmp_path / "key")
    assert len(first) >= 50
    assert kept_secret(tmp_path / "key") == first
    assert (tmp_path / "key").stat().st_mode & 0o077 == 0
    assert list(tmp_path.iterdir()) == [tmp_path / "key"]


@pytest.mark.parametrize(
    ("host", "local"), [("localhost", True), ("192.168.1.4", True), ("8.8.8.8", False), ("n.example", False)]
)
def test_a_local_host_is_known(host, local):
    assert is_local(host) is local
