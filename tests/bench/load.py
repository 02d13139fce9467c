"""Asking servers for pages: as many as they can answer (wrk), or one at a time with a watch."""

from __future__ import annotations

import http.client
import json
import subprocess
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

CONNECTIONS = 16
FEWEST = 50
"""A measurement of fewer answers says more of its ends than of its middle."""
LONGEST = 60  # seconds
SCRIPT = """
local requests, next = {}, 0
function init(args)
  for line in io.lines("@PATHS@") do requests[#requests + 1] = wrk.format("GET", line) end
end
function request()
  next = next % #requests + 1
  return requests[next]
end
function done(summary, latency, all)
  local wrong = summary.errors
  io.write(string.format('\\n{"requests": %d, "microseconds": %d, "wrong": %d}\\n', summary.requests, summary.duration,
    wrong.connect + wrong.read + wrong.write + wrong.status + wrong.timeout))
end
"""


class Wrong(Exception):
    """An answer that is not what it should be; the message says which."""


@dataclass(frozen=True)
class Load:
    """What to ask of a server: the paths in turn, with these headers, and the status that is right."""

    address: str
    paths: Sequence[str]
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 200


def check(load: Load) -> int:
    """Asks for each path once; the size of the last body. Raises ``Wrong`` for any other answer."""
    size = 0
    with Asker(load.address) as asker:
        for path in load.paths:
            status, body, _headers = asker.ask(path, load.headers)
            if status != load.status:
                raise Wrong(f"{load.address}{path} answered {status}, not {load.status}: {body[:300]!r}")
            size = len(body)
    return size


@dataclass(frozen=True)
class Asked:
    """What came of it: how many answers, all of them right, in how many seconds."""

    answers: int
    seconds: float

    @property
    def per_second(self) -> float:
        return self.answers / self.seconds


def ask_on(load: Load, seconds: float, core: int, folder: Path) -> Asked:
    """Sixteen connections that ask without a pause for so long, or longer where too few answers came.

    Raises ``Wrong`` if an answer is an error, or if there are too few after minutes.
    """
    while True:
        asked = _wrk(load, seconds, core, folder)
        if asked.answers >= FEWEST:
            return asked
        if seconds >= LONGEST:
            raise Wrong(f"{load.address}{load.paths[0]}: {asked.answers} answers in {seconds:.0f} seconds.")
        seconds *= 3


def _wrk(load: Load, seconds: float, core: int, folder: Path) -> Asked:
    paths, script = folder / "paths", folder / "script.lua"
    paths.write_text("\n".join(load.paths) + "\n")
    script.write_text(SCRIPT.replace("@PATHS@", str(paths)))
    headers = [part for name, value in load.headers.items() for part in ("-H", f"{name}: {value}")]
    command = ["taskset", "-c", str(core), "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{max(1, round(seconds))}s"]
    told = subprocess.run(
        [*command, "--timeout", "30s", "-s", str(script), *headers, load.address], capture_output=True, text=True
    )
    if told.returncode:
        raise Wrong(f"wrk: {told.stdout}{told.stderr}")
    summary = json.loads(told.stdout.strip().splitlines()[-1])
    if summary["wrong"]:
        raise Wrong(f"{load.address}: {summary['wrong']} of {summary['requests']} answers were wrong.")
    return Asked(summary["requests"], summary["microseconds"] / 1_000_000)


class Asker:
    """One connection that is kept; asked again where the server has closed it."""

    def __init__(self, address: str) -> None:
        self._connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=60)

    def __enter__(self) -> Asker:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def ask(self, path: str, headers: Mapping[str, str] | None = None) -> tuple[int, bytes, http.client.HTTPMessage]:
        try:
            self._connection.request("GET", path, headers=dict(headers or {}))
            answer = self._connection.getresponse()
        except (http.client.RemoteDisconnected, BrokenPipeError, ConnectionResetError):
            self._connection.close()
            self._connection.request("GET", path, headers=dict(headers or {}))
            answer = self._connection.getresponse()
        return answer.status, answer.read(), answer.headers


def timed(load: Load, samples: int) -> Iterable[float]:
    """The milliseconds of each of *samples* answers, one after another on one connection."""
    with Asker(load.address) as asker:
        for number in range(samples):
            path = load.paths[number % len(load.paths)]
            start = time.perf_counter()
            status, _body, _headers = asker.ask(path, load.headers)
            took = (time.perf_counter() - start) * 1000
            if status != load.status:
                raise Wrong(f"{load.address}{path} answered {status}, not {load.status}.")
            yield took
