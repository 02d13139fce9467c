"""The web server and the worker of ``make run``: two processes that live and end together."""

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SECONDS_TO_START = 60
SECONDS_TO_STOP = 15

Children = dict[str, subprocess.Popen[bytes]]


class CannotRun(Exception):
    """What stands in the way, in one line that says what to do."""


def side_by_side(host: str, port: int, *, once_open: Callable[[], None]) -> None:
    """Runs both until one of them ends, which is a fault, or until Ctrl-C."""
    granian = [
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--no-ws",
        "--blocking-threads",
        "4",
        "--log-level",
        "warning",
    ]
    children: Children = {}
    try:
        for name, arguments in {
            "web server": [*granian, "--host", host, "--port", str(port), "newsroom.wsgi:application"],
            "worker": ["manage.py", "run_worker"],
        }.items():
            # A session of their own: Ctrl-C comes to this process, which stops them in order.
            command = [sys.executable, *arguments]
            quiet = {"NEWSROOM_LOG_LEVEL": "WARNING"} if name == "worker" else {}  # else each picture has its lines
            children[name] = subprocess.Popen(  # noqa: S603 - our own
                command, cwd=ROOT, env=quiet | os.environ, start_new_session=True
            )
        await_answer(host, port, children)
        once_open()
        while True:
            refuse_if_ended(children)
            time.sleep(0.5)
    finally:
        stop(children)


def await_answer(host: str, port: int, children: Children) -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < deadline:
        refuse_if_ended(children)
        connection = http.client.HTTPConnection(reachable(host), port, timeout=5)
        with suppress(OSError, http.client.HTTPException):
            connection.request("GET", "/healthz")
            if connection.getresponse().status == http.client.OK:
                return
        connection.close()
        time.sleep(0.2)
    raise CannotRun(f"the web server did not answer /healthz within {SECONDS_TO_START} seconds.")


def refuse_if_ended(children: Children) -> None:
    for name, child in children.items():
        if child.poll() is not None:
            raise CannotRun(f"the {name} ended by itself (exit status {child.returncode}); see its lines above.")


def stop(children: Children) -> None:
    """Asks each to finish what it does; a further Ctrl-C changes nothing."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    for child in children.values():
        child.terminate()
    for child in children.values():
        try:
            child.wait(SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def reachable(host: str) -> str:
    """Where this machine reaches a server that listens everywhere."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
