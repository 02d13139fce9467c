"""Readers who ask again and again while the desk works, and say what they should not have seen."""

from __future__ import annotations

import http.client
import itertools
import re
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

VERSION = re.compile(rb"Edition (\d+) of the timetable")


@dataclass
class Desk:
    """What the desk has done: ``done`` is the edition that has been published, ``begun`` the one that is being."""

    done: int = 0
    begun: int = 0


@dataclass
class Answer:
    """``edition`` is None where the page shows none; times are seconds of ``time.time()``."""

    path: str
    status: int
    edition: int | None
    began: float
    ended: float
    least: int
    most: int
    how: str


@dataclass
class Readers:
    """*connections* threads that read *paths* in turn until they are told to stop; call ``start``, then ``stop``."""

    address: str
    paths: list[str]
    desk: Desk
    connections: int = 16
    answers: list[Answer] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    _stopping: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def start(self) -> None:
        self._threads = [threading.Thread(target=self._read, args=(number,)) for number in range(self.connections)]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        self._stopping.set()
        for thread in self._threads:
            thread.join(30)
        assert not self.faults, self.faults[:5]

    def until(self, enough: Callable[[], bool], seconds: float = 120) -> None:
        end = time.monotonic() + seconds
        while not enough():
            assert time.monotonic() < end, f"{len(self.answers)} answers in {seconds} s"
            time.sleep(0.02)

    def stale(self) -> list[Answer]:
        """Answers older than what had been published when they were asked for, or newer than what had been begun."""
        shown = [one for one in self.answers if one.edition is not None]
        return [one for one in shown if not one.least <= (one.edition or 0) <= one.most]

    def kept_by_both(self) -> bool:
        """Whether each of two processes has every page."""
        kept = Counter(one.path for one in self.answers if "stored" in one.how)
        return all(kept[path] >= 2 for path in self.paths)

    def statuses(self) -> Counter[int]:
        return Counter(one.status for one in self.answers)

    def _read(self, number: int) -> None:
        host = urlsplit(self.address).netloc
        connection = http.client.HTTPConnection(host, timeout=30)
        tags: dict[str, str] = {}
        for path in itertools.islice(itertools.cycle(self.paths), number, None):
            if self._stopping.is_set():
                break
            try:
                # Every second one asks whether what it has is still good.
                headers = {"If-None-Match": tags[path]} if number % 2 and path in tags else {}
                least, began = self.desk.done, time.time()
                connection.request("GET", path, headers=headers)
                response = connection.getresponse()
                body = response.read()
                ended, most = time.time(), self.desk.begun
            except OSError as error:
                self.faults.append(f"{path}: {error!r}")
                connection.close()
                continue
            except http.client.HTTPException as error:
                self.faults.append(f"{path}: {error!r}")
                connection = http.client.HTTPConnection(host, timeout=30)
                continue
            edition = self._edition(body)
            if response.status == 304:
                edition = self._had.get((path, headers["If-None-Match"]))
            elif tag := response.headers.get("ETag"):
                tags[path] = tag
                if edition is not None:
                    self._had[path, tag] = edition
            how = response.headers.get("Cache-Status", "")
            self.answers.append(Answer(path, response.status, edition, began, ended, least, most, how))
        connection.close()

    def __post_init__(self) -> None:
        self._had: dict[tuple[str, str], int] = {}

    @staticmethod
    def _edition(body: bytes) -> int | None:
        found = VERSION.search(body)
        return int(found[1]) if found else None
