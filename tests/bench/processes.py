"""Processes of the benchmarks: each on its core, each ended however the run ends."""

from __future__ import annotations

import http.client
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60  # seconds until a server answers
LEAVE = 15  # seconds to end in


class Ended(Exception):
    """A process that ended before its time; the message is the end of what it said."""


@contextmanager
def running(
    command: Sequence[str], *, core: int | None, environment: Mapping[str, str], log: Path, **pipes: Any
) -> Iterator[subprocess.Popen[str]]:
    """A process in a session of its own: Ctrl-C comes to the benchmarks, which end it with all its children."""
    pinned = [] if core is None else ["taskset", "-c", str(core)]
    with log.open("ab") as said:
        process = subprocess.Popen(
            [*pinned, *command], cwd=ROOT, env=dict(environment), stderr=said, text=True, start_new_session=True,
            **{"stdout": said, "stdin": subprocess.DEVNULL, **pipes},
        )  # fmt: skip
        try:
            yield process
        finally:
            end(process)


def end(process: subprocess.Popen[str]) -> None:
    """Asks the process to finish; then whatever is left of its session is killed."""
    if process.poll() is None:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(LEAVE)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            with suppress(OSError):
                pipe.close()


def await_answer(address: str, path: str, process: subprocess.Popen[str], log: Path) -> None:
    """Returns once the server answers at all."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=5)
        try:
            connection.request("GET", path)
            connection.getresponse()
            return
        except (OSError, http.client.HTTPException):
            time.sleep(0.1)
        finally:
            connection.close()
    raise Ended(f"{address} did not start: {_end_of(log)}")


def act(
    command: Sequence[str],
    *,
    core: int | None,
    environment: Mapping[str, str],
    log: Path,
    told: Callable[[str], None] = lambda line: None,
) -> Any:
    """Runs a command to its end. *told* hears each line that it prints; the last one, if it is JSON, is the answer."""
    last = ""
    with running(command, core=core, environment=environment, log=log, stdout=subprocess.PIPE) as process:
        assert process.stdout
        for line in process.stdout:
            last = line.strip()
            told(last)
        if process.wait():
            raise Ended(f"{' '.join(command)} failed: {_end_of(log)}")
    return json.loads(last) if last else None


def _end_of(log: Path) -> str:
    return log.read_text(errors="replace")[-3000:] if log.exists() else ""
