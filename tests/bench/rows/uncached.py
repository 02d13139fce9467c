"""Pages that are made anew each time: against Wagtail with the same stories, and by their queries."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from statistics import median

from tests.bench import sites
from tests.bench.bench import Bench
from tests.bench.figures import AT_LEAST, AT_MOST, Figure, ratio, short
from tests.bench.load import Load

KINDS = {
    "story": "story",
    "front": "front page",
    "section": "section page, the first",
    "deep": "section page, further on",
}
ASKED = {"story": 15, "front": 8, "section": 8, "deep": 8}
QUERIES = {"story": 2, "front": 4, "section": 4, "deep": 4}


def measure(bench: Bench) -> Iterator[Figure]:
    own, peer = sites.newsroom(bench, bench.sizes.stories), sites.wagtail(bench, bench.sizes.stories)
    here, there = own.told("addresses"), peer.told("addresses")
    with ExitStack() as stack:
        server, other = stack.enter_context(own.server()), stack.enter_context(peer.server())
        loads = {}
        for kind in KINDS:
            loads[kind] = Load(server.address, here[kind])
            loads[f"{kind}, Wagtail"] = Load(other.address, there[kind])
        bench.say("Uncached pages.")
        found = bench.rounds(loads)
    for kind, what in KINDS.items():
        mine, theirs = found[kind], found[f"{kind}, Wagtail"]
        detail = f"{short(median(mine))}/s and {short(median(theirs))}/s"
        yield ratio("uncached", f"uncached {what} ÷ Wagtail's", mine, theirs, AT_LEAST, ASKED[kind], detail)
    queries, others = own.told("queries"), peer.told("queries")
    for kind, what in KINDS.items():
        yield Figure(
            "uncached",
            f"uncached {what}, queries",
            queries[kind],
            "",
            AT_MOST,
            QUERIES[kind],
            f"Wagtail {others[kind]}",
        )
