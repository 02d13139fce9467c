"""What a page is made of, and parts of pages that are kept in the memory of a process.

While something is made inside ``reading``, all that it depends on is noted: the keys that ``depends`` names, each row
of the models in ``receivers`` that is read from the database, and how long it may be kept at the most.
"""

from __future__ import annotations

import sys
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from articles.delivery.counters import Counters, places, shared
from articles.delivery.schedule import next_change

Id = TypeVar("Id")
Value = TypeVar("Value")
Fetch = Callable[[list[Id]], Iterable[tuple[Id, Value, Iterable[str]]]]
MOST = 32_000_000
"""Bytes of parts of pages that a process keeps, about; what was used longest ago is dropped first."""
OVERHEAD = 1_000
"""Bytes that a part takes besides its own."""
ROW = 5_000
"""Bytes that a row or another object is taken for."""


@dataclass
class Reading:
    """What has been read: ``keys``, and the end of the time (seconds since 1970) for which it holds."""

    keys: set[str] = field(default_factory=set)
    until: float | None = None

    def end(self, moment: float | None) -> None:
        """It holds until *moment* at the most."""
        if moment is not None and (self.until is None or moment < self.until):
            self.until = moment


class _Kept(NamedTuple):
    value: Any
    made: int
    at: tuple[int, ...]
    read: Reading
    size: int = 0


class Parts:
    """The kept parts by their names. ``size`` is about how many bytes they take."""

    def __init__(self) -> None:
        self.size = 0
        self._kept: OrderedDict[Any, _Kept] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, name: Any) -> _Kept | None:
        found = self._kept.get(name)
        if found is not None:
            with suppress(KeyError):  # dropped by another thread meanwhile
                self._kept.move_to_end(name)
        return found

    def put(self, name: Any, kept: _Kept) -> None:
        with self._lock:
            old = self._kept.pop(name, None)
            self._kept[name] = kept
            self.size += kept.size - (old.size if old else 0)
            while self.size > MOST:
                _name, dropped = self._kept.popitem(last=False)
                self.size -= dropped.size

    def clear(self) -> None:
        with self._lock:
            self._kept.clear()
            self.size = 0


parts = Parts()
_now_reading: ContextVar[Reading | None] = ContextVar("now_reading", default=None)
_begun: ContextVar[int | None] = ContextVar("begun", default=None)


@contextmanager
def reading() -> Iterator[Reading]:
    """Notes what is read inside."""
    read = Reading()
    token = _now_reading.set(read)
    try:
        yield read
    finally:
        _now_reading.reset(token)


@contextmanager
def begun() -> Iterator[None]:
    """What is kept inside counts as made now: it may be made of rows that were read at any moment from here on."""
    counters = shared()
    token = _begun.set(counters.now() if counters else None)
    try:
        yield
    finally:
        _begun.reset(token)


def depends(*keys: str) -> None:
    """What is being made changes with these keys."""
    if (read := _now_reading.get()) is not None:
        read.keys.update(keys)


def at_most(seconds: float) -> None:
    """What is being made may be kept so long and no longer."""
    if (read := _now_reading.get()) is not None:
        read.end(time.time() + seconds)


def remember(name: Any, make: Callable[[], Value], *keys: str, loosely: bool = False) -> Value:
    """What *make* returns, made anew only after something that it depends on has changed: *keys*, and what it read.

    *name* (hashable) says what it is. The value is shared by threads: nobody may change it. What it depends on, so
    does the page around it; *loosely* it does not, for what may reach the page later than others. Where *make* raises,
    nothing is kept.
    """
    counters = shared()
    if counters is None:
        depends(*keys)
        return make()
    found = _good(name, counters)
    if found is None:
        made = _moment(counters)
        try:
            with reading() as read:
                depends(*keys)
                value = make()
        except Exception:
            _also(read)  # what is answered then depends on it too
            raise
        found = _keep(name, value, made, read, counters)
    if not loosely:
        _also(found.read)
    kept: Value = found.value
    return kept


def remember_each(kind: str, pks: Iterable[Id], fetch: Fetch[Id, Value]) -> dict[Id, Value]:
    """Values of one kind by their ids, each kept by itself.

    *fetch* takes the ids that are missing, and gives each that it finds with its keys. Nobody may change the values.
    """
    counters = shared()
    kept = {pk: _good((kind, pk), counters) for pk in pks} if counters else dict.fromkeys(pks)
    if missing := [pk for pk, found in kept.items() if found is None]:
        made = _moment(counters) if counters else 0
        with reading():  # one of them does not depend on the others
            fetched = list(fetch(missing))
        for pk, value, keys in fetched:
            read = Reading(set(keys))
            kept[pk] = _keep((kind, pk), value, made, read, counters) if counters else _Kept(value, 0, (), read)
    for found in kept.values():
        if found is not None:
            _also(found.read)
    return {pk: found.value for pk, found in kept.items() if found is not None}


def _good(name: Any, counters: Counters) -> _Kept | None:
    """What is kept by the name, unless something that it depends on has changed."""
    found = parts.get(name)
    if found is None or counters.purged_since(found.made, found.at):
        return None
    return None if found.read.until is not None and time.time() >= found.read.until else found


def _moment(counters: Counters) -> int:
    """The moment as of which something counts as made."""
    begun = _begun.get()
    return counters.now() if begun is None else begun


def _keep(name: Any, value: Any, made: int, read: Reading, counters: Counters) -> _Kept:
    read.end(next_change(read.keys, counters))
    kept = _Kept(value, made, places(read.keys), read, OVERHEAD + _size(value) + _size(tuple(read.keys)))
    parts.put(name, kept)
    return kept


def _size(value: Any) -> int:
    """About how many bytes it takes."""
    if isinstance(value, str | int):
        return sys.getsizeof(value)
    if isinstance(value, dict):
        return sys.getsizeof(value) + _size(tuple(value)) + _size(tuple(value.values()))
    if isinstance(value, tuple | list):
        return sys.getsizeof(value) + sum(map(_size, value))
    return ROW


def _also(read: Reading) -> None:
    """What is being made depends on all that this does."""
    if (around := _now_reading.get()) is not None:
        around.keys |= read.keys
        around.end(read.until)


def forget() -> None:
    """Empties the memory of this process."""
    parts.clear()
