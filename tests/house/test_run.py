"""``make run``, as a process of its own: it opens, closes, opens again, and says what stands in the way."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


@pytest.fixture
def database(tmp_path, django_db_blocker) -> Iterator[str]:
    """The address of an empty database of the kind that the suite runs on."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path}/newsroom.sqlite3"
        return
    name = f"newsroom_run_{os.getpid()}"
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    yield urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def newsroom(tmp_path, port):
    """Starts the newsroom with an environment of its own; its database and files go with the test."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("NEWSROOM_", "DJANGO_"))}
    own = {
        "DATABASE_URL": f"sqlite:///{tmp_path}/newsroom.sqlite3",
        "NEWSROOM_DEMO_PASSWORD": "the cast of the demo",
        "NEWSROOM_MEDIA_ROOT": str(tmp_path / "media"),
        "NEWSROOM_STATIC_ROOT": str(tmp_path / "static"),
        "PORT": port,
    }
    started = []

    def start(**variables: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "newsroom.run"],
            cwd=ROOT,
            env=bare | own | variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.terminate()
        process.communicate()


@pytest.mark.parametrize(
    ("variables", "told"),
    [
        ({"PORT": "news"}, "PORT is “news”"),
        ({"HOST": "192.0.2.1"}, "192.0.2.1 port"),
        ({"DATABASE_URL": "postgres://alice:hunter2@127.0.0.1:1/news"}, "can't be reached: "),
        (
            {"DATABASE_URL": "sqlite:////nowhere/news.sqlite3"},
            "can't be reached: unable to open database file",
        ),
        ({"DATABASE_URL": "mysql://localhost/news"}, "DATABASE_URL: "),
        ({"NEWSROOM_TIME_ZONE": "Chisinau"}, "NEWSROOM_TIME_ZONE: "),
    ],
)
def test_what_stands_in_the_way_is_told_in_one_line(newsroom, variables, told):
    process = newsroom(**variables)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 1
    assert len(errors.splitlines()) == 1
    assert errors.startswith("The newsroom can't run: ")
    assert told in errors
    assert "hunter2" not in errors


def test_a_busy_port_is_named(newsroom, port):
    with socket.socket() as other:
        other.bind(("127.0.0.1", int(port)))
        other.listen()
        _, errors = newsroom().communicate(timeout=60)
    assert f"127.0.0.1 port {port}: Address already in use" in errors


def read_until_open(process: subprocess.Popen[str]) -> str:
    text = ""
    for line in process.stdout:
        text += line
        if line.startswith("  password"):
            return text
    return text + process.stderr.read()


def get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=30) as page:
        return page.read().decode()


def is_ready(site: str) -> bool:
    """Asks until the worker has given its first sign of life."""
    for _ in range(60):
        with suppress(urllib.error.HTTPError):
            return json.loads(get(f"{site}readyz"))["status"] == "ready"
        time.sleep(0.5)
    return False


def test_it_opens_closes_and_opens_again_with_what_it_had(database, newsroom, port):
    process = newsroom(DATABASE_URL=database)
    told = read_until_open(process)
    site = f"http://127.0.0.1:{port}/"
    assert f"readers   {site}\n" in told
    assert f"the desk  {site}admin/\n" in told
    assert {"reporter", "translator", "editor", "chief", "admin"} <= set(told.replace(",", "").split())
    assert "password  the cast of the demo\n" in told
    assert is_ready(site)
    stories = re.findall(r'href="(/en/2[^"]+)"', get(f"{site}en/"))
    assert stories

    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "The newsroom is closed." in rest
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", int(port))) != 0

    assert "The newsroom is open." in read_until_open(newsroom(DATABASE_URL=database))
    assert re.findall(r'href="(/en/2[^"]+)"', get(f"{site}en/")) == stories
