"""The same pages in a small archive and in a large one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from statistics import median

from tests.bench import sites
from tests.bench.bench import Bench
from tests.bench.figures import AT_MOST, Figure, ratio, short
from tests.bench.load import Load
from tests.bench.rows.uncached import KINDS

ASKED = 1.3


def measure(bench: Bench) -> Iterator[Figure]:
    few, many = sites.newsroom(bench, bench.sizes.few), sites.newsroom(bench, bench.sizes.many)
    small, large = few.told("addresses"), many.told("addresses")
    with ExitStack() as stack:
        young, old = stack.enter_context(few.server()), stack.enter_context(many.server())
        loads = {}
        for kind in KINDS:
            loads[f"{kind}, few"] = Load(young.address, small[kind])
            loads[f"{kind}, many"] = Load(old.address, large[kind])
        bench.say(f"Growth from {bench.sizes.few:,} to {bench.sizes.many:,} stories.")
        found = bench.rounds(loads)
    for kind, what in KINDS.items():
        quick, slow = found[f"{kind}, few"], found[f"{kind}, many"]
        detail = f"{short(1000 / median(slow))} ms and {short(1000 / median(quick))} ms"
        yield ratio("growth", f"{what}: many stories ÷ few, time", quick, slow, AT_MOST, ASKED, detail)
