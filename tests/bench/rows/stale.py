"""Whether readers get anything old: a story is held and released while sixteen of them ask for it without a pause.

Two processes answer. A change counts from the moment at which the desk has been told that it is done, and a tenth of a
second: so long it may take until every process knows.
"""

from __future__ import annotations

import bisect
import itertools
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.bench import sites
from tests.bench.bench import Bench
from tests.bench.figures import AT_MOST, Figure
from tests.bench.load import CONNECTIONS, Asker, Wrong
from tests.bench.machine import pinned
from tests.bench.newsroom_password import PASSWORD
from tests.stress.client import Browser, sign_in

PROCESSES = 2
LEEWAY = 0.1  # seconds
PAUSE = 0.25  # between two changes
FEWEST_CHANGES = 10


@dataclass(frozen=True)
class Seen:
    """An answer: when it was asked for, when it had come, and whether the story stood there."""

    asked: float
    came: float
    shown: bool


@dataclass(frozen=True)
class Change:
    """A step at the desk: when it was asked for, when it was done, and whether the story stands there since."""

    asked: float
    done: float
    shown: bool


def stale(seen: Sequence[Seen], changes: Sequence[Change], leeway: float) -> int:
    """How many answers show what was changed *leeway* seconds before they were asked for.

    While a change is under way either is right.
    """
    done = [change.done + leeway for change in changes]
    begun = [change.asked for change in changes]
    wrong = 0
    for answer in seen:
        last = bisect.bisect_right(done, answer.asked) - 1
        settled = bisect.bisect_right(begun, answer.came) - 1 == last
        wrong += settled and answer.shown != (changes[last].shown if last >= 0 else True)
    return wrong


def measure(bench: Bench) -> Iterator[Figure]:
    site = sites.newsroom(bench, bench.sizes.stories)
    (path, article), *_others = site.told("articles").items()
    cache = {"NEWSROOM_PAGE_CACHE_MB": str(sites.WITH_CACHE_MB)}
    with site.server(workers=PROCESSES, **cache) as server, pinned(bench.load_core):
        bench.say(f"Purges while {CONNECTIONS} connections ask {bench.sizes.requests:,} times.")
        seen, changes = _storm(bench, server.address, path, article)
    at_once = stale(seen, changes, 0)
    detail = f"{len(seen)} answers, {len(changes)} changes; counted without the tenth of a second: {at_once}"
    yield Figure("stale", "stale answers after a purge", stale(seen, changes, LEEWAY), "", AT_MOST, 0, detail)


def _storm(bench: Bench, address: str, path: str, article: int) -> tuple[list[Seen], list[Change]]:
    """Readers in threads ask on until there are enough answers and enough changes."""
    browser = Browser(address)
    sign_in(browser, "editor", PASSWORD)
    mark = _mark(address, path)
    seen: list[Seen] = []
    over = threading.Event()
    readers = [threading.Thread(target=_read, args=(address, path, mark, seen, over)) for _ in range(CONNECTIONS)]
    changes: list[Change] = []
    for reader in readers:
        reader.start()
    try:
        for step in itertools.cycle(("hold", "release")):
            time.sleep(PAUSE)
            changes.append(_take(browser, article, step))
            enough = len(seen) >= bench.sizes.requests and len(changes) >= FEWEST_CHANGES
            if step == "release" and enough:
                break
            if not all(reader.is_alive() for reader in readers):
                raise Wrong("A reader got no answer.")
        time.sleep(PAUSE + LEEWAY)
    finally:
        over.set()
        for reader in readers:
            reader.join()
    return seen, changes


def _mark(address: str, path: str) -> bytes:
    """What stands in the story and not in a notice that takes its place."""
    with Asker(address) as asker:
        status, body, _headers = asker.ask(path)
    if status != 200 or b"<blockquote" not in body:
        raise Wrong(f"{path} shows no story: {status}")
    return b"<blockquote"


def _read(address: str, path: str, mark: bytes, seen: list[Seen], over: threading.Event) -> None:
    with Asker(address) as asker:
        while not over.is_set():
            start = time.perf_counter()
            status, body, _headers = asker.ask(path)
            if status >= 500:
                raise Wrong(f"{path} answered {status}.")
            seen.append(Seen(start, time.perf_counter(), mark in body))


def _take(browser: Browser, article: int, step: str) -> Change:
    """Takes the step through the desk's own page."""
    path = f"/admin/articles/article/{article}/step/{step}/"
    form = browser.form(path, "version")
    start = time.perf_counter()
    status, page = browser.ask(path, form | {"note": ["For the benchmarks."]})
    if status != 302:
        raise Wrong(f"{step}: {status} {page[:500]}")
    return Change(start, time.perf_counter(), step == "release")
