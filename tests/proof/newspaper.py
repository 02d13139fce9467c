"""The demo newsroom as readers get it: served by Granian with the settings of production, for as long as it is looked at."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.postgres import free_port

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("en", "ro", "ru", "uk")
PATIENCE = 60  # seconds until it answers

Pages = Mapping[str, Mapping[str, str]]
"""Kind of page → language → path, as ``tests.proof.pages`` prints it."""


@dataclass(frozen=True)
class Newspaper:
    address: str
    pages: Pages
    password: str  # of the demo users, who can sign in only where the desk is shown

    def every_page(self) -> Iterator[tuple[str, str, str]]:
        """(kind, language, whole address)."""
        for kind, paths in self.pages.items():
            for language, path in paths.items():
                yield kind, language, self.address + path


@contextmanager
def newspaper(folder: Path, *, only_demo: bool = False, desk: bool = False) -> Iterator[Newspaper]:
    """Fills a newsroom in *folder*, collects its static files and serves it; with its *desk* as ``make run`` does."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NEWSROOM_")} | {
        "DATABASE_URL": f"sqlite:///{folder}/newsroom.sqlite3",
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "NEWSROOM_BASE_URL": address,
        "NEWSROOM_HTTPS": "0",
        "NEWSROOM_MEDIA_ROOT": str(folder / "media"),
        "NEWSROOM_REQUIRE_MFA": "0",
        "NEWSROOM_SECRET_KEY": secrets.token_urlsafe(64),
        "NEWSROOM_STATIC_ROOT": str(folder / "static"),
    }
    password = secrets.token_urlsafe(12)
    demo = {"NEWSROOM_BASE_URL": "", "NEWSROOM_DEBUG": "1", "NEWSROOM_DEMO_PASSWORD": password}
    told = _run(["-m", "tests.proof.pages", *(["--demo"] if only_demo else [])], environment | demo)
    _run(["manage.py", "collectstatic", "--noinput", "--verbosity", "0"], environment)
    if desk:
        environment |= demo
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--log-level", "warning"]
    command += ["--blocking-threads", "4", "--host", "127.0.0.1", "--port", str(port), "newsroom.wsgi:application"]
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            _await(address, process, folder)
            yield Newspaper(address, json.loads(told.splitlines()[-1]), password)
        finally:
            process.terminate()
            process.wait(PATIENCE)


def _run(arguments: list[str], environment: Mapping[str, str]) -> str:
    done = subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-4000:]
    return done.stdout


def _await(address: str, process: subprocess.Popen[bytes], folder: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(f"the server did not start: {(folder / 'server.log').read_text()[-4000:]}")
