"""When each surrogate key was last purged, in memory that all processes of one host share.

The memory is a file of a fixed size, in a file system that lies in memory where there is one. A key has a place in
two rows of numbers: the moment of its last purge, and of its last withdrawal. Two keys may share a place; then a purge
of the one purges the other too, which costs a page and never shows an old one.

Moments are numbers that only grow, about nanoseconds since 1970. Whoever makes something reads ``now`` *before* reading
the database; what was made is good while the moments of its keys are not later than that.
"""

from __future__ import annotations

import fcntl
import logging
import mmap
import os
import stat
import threading
import time
import zlib
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from hashlib import blake2b
from pathlib import Path

from django.conf import settings

from articles.delivery import keys

logger = logging.getLogger(__name__)

PLACES = 1 << 16
REMEMBERED = 1 << 10
"""How many of the newest purges are known to have been carried out."""
_PURGED, _WITHDRAWN, _DONE = 1, 1 + PLACES, 1 + 2 * PLACES
_BYTES = 8 * (_DONE + REMEMBERED)


def places(names: Iterable[str]) -> tuple[int, ...]:
    """Where the numbers of these keys stand."""
    return tuple({zlib.crc32(name.encode()) % PLACES for name in names})


class Counters:
    """The shared memory in *path*, which is made when it is not there. Raises ``OSError`` where it can't be."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._thread_lock = threading.Lock()
        self._file = _opened(path)
        self._memory = mmap.mmap(self._file, _BYTES)
        self._numbers = memoryview(self._memory).cast("Q")

    def now(self) -> int:
        """The moment of the last purge of any key."""
        return self._numbers[0]

    def purged_since(self, moment: int, at: Iterable[int]) -> bool:
        """Whether one of the places was purged after *moment*."""
        numbers = self._numbers
        return any(numbers[_PURGED + place] > moment for place in at)

    def withdrawn_since(self, moment: int, at: Iterable[int]) -> bool:
        """Whether what stands behind one of the places was taken from readers after *moment*."""
        numbers = self._numbers
        return any(numbers[_WITHDRAWN + place] > moment for place in at)

    def purge(self, names: Collection[str], *, withdrawn: bool = False, number: int = 0) -> bool:
        """Moves the counters of the keys *names*. Of the purge *number* of the outbox only the first call does."""
        numbers = self._numbers
        with self._locked():
            done = _DONE + number % REMEMBERED
            if number and numbers[done] == number:
                return False
            moment = max(numbers[0] + 1, time.time_ns())
            for place in range(PLACES) if keys.ALL in names else places(names):
                numbers[_PURGED + place] = moment
                if withdrawn:
                    numbers[_WITHDRAWN + place] = moment
            numbers[0] = moment  # last: what is made from here on has read the database as it is now
            if number:
                numbers[done] = number
        return True

    def in_place(self) -> bool:
        """Whether other processes still find this memory: somebody may have deleted the file."""
        try:
            there = self.path.stat()
        except OSError:
            return False
        return there.st_ino == os.fstat(self._file).st_ino

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """One at a time: threads by a lock, processes by a lock on the file, which ends with its process."""
        with self._thread_lock:
            fcntl.lockf(self._file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.lockf(self._file, fcntl.LOCK_UN)


def _opened(path: Path) -> int:
    """The file, of the right size. Not one that somebody else has laid there."""
    file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    found = os.fstat(file)
    if found.st_uid != os.geteuid() or not stat.S_ISREG(found.st_mode):
        os.close(file)
        raise PermissionError(f"{path} belongs to somebody else")
    os.ftruncate(file, _BYTES)
    return file


_lock = threading.Lock()
_shared: list[Counters] = []


def shared() -> Counters | None:
    """The counters of this host's newsroom; None where they are switched off or can't be had."""
    if _shared:
        return _shared[0]
    path = _path()
    if path is None:
        return None
    with _lock:
        if not _shared:
            try:
                _shared.append(Counters(path))
            except OSError:
                _unavailable(path)
    return _shared[0] if _shared else None


def renew() -> bool:
    """Opens the memory anew where the file was deleted; whether it was."""
    with _lock:
        if not _shared or _shared[0].in_place():
            return False
        _shared.clear()  # the old one is closed when the last thread has let go of it
    return True


def forget() -> None:
    """Lets go of the memory, so that the next use opens what the settings name then."""
    with _lock:
        _shared.clear()


def _path() -> Path | None:
    """One file for each database on this host."""
    folder = settings.NEWSROOM_SHARED_MEMORY
    if not folder:
        return None
    database = settings.DATABASES["default"]
    told = "\n".join(str(database.get(part, "")) for part in ("ENGINE", "NAME", "HOST", "PORT"))
    name = blake2b(told.encode(), digest_size=8).hexdigest()
    return Path(folder) / f"newsroom-{os.geteuid()}-{name}"


@cache
def _unavailable(path: Path) -> None:
    """Told once."""
    logger.warning("No memory to share with other processes: pages are made for each reader. See %s.", path.parent)
