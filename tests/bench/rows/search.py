"""The readers' search and the desk's list in a large archive: how long the slowest of a hundred takes."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from tests.bench import sites
from tests.bench.bench import Bench
from tests.bench.figures import AT_MOST, Figure, percentile, short
from tests.bench.load import Load, timed
from tests.bench.machine import pinned
from tests.bench.newsroom_password import PASSWORD
from tests.stress.client import Browser, sign_in


def measure(bench: Bench) -> Iterator[Figure]:
    site = sites.newsroom(bench, bench.sizes.many)
    paths = site.told("addresses")
    with site.server() as server, pinned(bench.load_core):
        bench.say(f"Search and the desk's list in {bench.sizes.many:,} stories.")
        loads = {
            "search, newest first": (Load(server.address, paths["newest"]), 100),
            "search, best first": (Load(server.address, paths["best"]), 300),
            "the desk's list": (Load(server.address, paths["admin"], {"Cookie": _cookie(server.address)}), 100),
        }
        for what, (load, asked) in loads.items():
            list(timed(load, len(load.paths)))  # once each to warm up
            took = list(timed(load, bench.sizes.samples))
            detail = f"median {short(median(took))} ms, {len(took)} answers"
            bench.say(f"  {what}: {detail}")
            name = f"{what}, 99 of 100 answers within"
            yield Figure("search", name, percentile(took, 0.99), "ms", AT_MOST, asked, detail)


def _cookie(address: str) -> str:
    """What a browser sends for an editor who has signed in."""
    browser = Browser(address)
    sign_in(browser, "editor", PASSWORD)
    return browser.cookies()
