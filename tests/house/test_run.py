"""``make run``, as a process of its own: it opens, closes, opens again, and says what stands in the way."""

import os
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


@pytest.fixture
def newsroom(tmp_path, port):
    """Starts the newsroom with an environment of its own; its database and files go with the test."""
    bare = {
        name: value for name, value in os.environ.items() if not name.startswith(("NEWSROOM_", "DJANGO_"))
    }
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


def test_it_opens_closes_and_opens_again_with_what_it_had(newsroom, port, tmp_path):
    process = newsroom()
    told = read_until_open(process)
    site = f"http://127.0.0.1:{port}/"
    assert f"readers   {site}\n" in told
    assert f"the desk  {site}admin/\n" in told
    assert {"reporter", "translator", "editor", "chief", "admin"} <= set(told.replace(",", "").split())
    assert "password  the cast of the demo\n" in told
    with urllib.request.urlopen(site) as page:
        assert "<html" in page.read().decode()
    with urllib.request.urlopen(f"{site}readyz") as page:
        assert page.status == 200

    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "The newsroom is closed." in rest
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", int(port))) != 0
    size = (tmp_path / "newsroom.sqlite3").stat().st_size

    assert "The newsroom is open." in read_until_open(newsroom())
    assert (tmp_path / "newsroom.sqlite3").stat().st_size >= size
