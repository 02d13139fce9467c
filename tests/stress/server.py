"""The real server on the tests' own database: several processes of Granian, in the settings of production."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.postgres import free_port
from tests.stress.racers import database_url

PATIENCE = 60  # seconds until it answers


@contextmanager
def server(folder: Path, processes: int) -> Iterator[str]:
    """The address of a running newsroom. What it logs lies in ``server.log`` below *folder*.

    *folder* is also where its processes meet in memory, and the test, if that is its setting too.
    """
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NEWSROOM_")} | {
        "DJANGO_SETTINGS_MODULE": "tests.stress.settings",
        "DATABASE_URL": database_url(),
        "NEWSROOM_BASE_URL": address,
        "NEWSROOM_HTTPS": "0",
        "NEWSROOM_MEDIA_ROOT": str(folder / "media"),
        "NEWSROOM_REQUIRE_MFA": "0",
        "NEWSROOM_SECRET_KEY": secrets.token_urlsafe(64),
        "NEWSROOM_SHARED_MEMORY": str(folder),
        "NEWSROOM_STATIC_ROOT": str(folder / "static"),
    }
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--log-level", "warning"]
    command += [
        "--workers",
        str(processes),
        "--blocking-threads",
        "4",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen([*command, "newsroom.wsgi:application"], env=environment, stdout=log, stderr=log)
        try:
            _await(address, process, folder)
            yield address
        finally:
            process.terminate()
            process.wait(PATIENCE)


def _await(address: str, process: subprocess.Popen[bytes], folder: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise AssertionError(f"the server did not start: {(folder / 'server.log').read_text()[-4000:]}")
