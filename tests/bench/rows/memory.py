"""What the page cache holds of a worker's memory: as much as it was given, and no more after an hour."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from random import Random

from tests.bench import load, sites
from tests.bench.bench import Bench
from tests.bench.figures import AT_MOST, Figure, short
from tests.bench.load import CONNECTIONS, Load
from tests.bench.machine import memory_of
from tests.bench.sites import Server

PAGES = 10_000
HOT, COLD = 500, 0.01
"""Of a hundred requests ninety-nine go to the 500 newest stories, one to any."""
SLICE = 3
"""How many measurements long a slice of the hour is."""
SLICES = 20
"""At the most, should the server be slow."""


def measure(bench: Bench) -> Iterator[Figure]:
    site = sites.newsroom(bench, bench.sizes.stories)
    paths = site.told("every_story")[:PAGES]
    set_mb = bench.sizes.cache_mb
    bench.say(f"Memory of a worker after {len(paths):,} pages, the cache set to {set_mb} MB.")
    with site.server() as server:
        _ask_all(server.address, paths)
        without = memory_of(server.pid)
    with site.server(NEWSROOM_PAGE_CACHE_MB=str(set_mb)) as server:
        _ask_all(server.address, paths)
        filled = memory_of(server.pid)
        after, answers = _hour(bench, server, paths)
    detail = f"{short(filled)} MB, without the cache {short(without)} MB; {len(paths)} pages"
    yield Figure("memory", "memory for pages ÷ what is set", (filled - without) / set_mb, "×", AT_MOST, 1.25, detail)
    detail = f"{short(after)} MB after {answers:,} requests"
    yield Figure("memory", "memory after an hour's requests ÷ before", after / filled, "×", AT_MOST, 1.05, detail)


def _ask_all(address: str, paths: list[str]) -> None:
    """Each page once, over as many connections as in the other rows."""
    shares = [paths[number::CONNECTIONS] for number in range(CONNECTIONS)]
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        list(pool.map(lambda share: load.check(Load(address, share)), shares))


def _hour(bench: Bench, server: Server, paths: list[str]) -> tuple[float, int]:
    """The memory after as many requests as an hour brings, and their number."""
    chance = Random(1)
    mixed = [chance.choice(paths if chance.random() < COLD else paths[:HOT]) for _ in range(50_000)]
    answers, seconds = 0, SLICE * bench.sizes.seconds
    for number in range(SLICES):
        begin = number * 9_973 % len(mixed)  # or each slice would ask for the same pages
        asked = load.ask_on(Load(server.address, mixed[begin:] + mixed[:begin]), seconds, bench.load_core, bench.folder)
        answers += asked.answers
        bench.say(f"  {answers:,} requests: {memory_of(server.pid):.0f} MB")
        if answers >= bench.sizes.hour:
            break
    return memory_of(server.pid), answers
