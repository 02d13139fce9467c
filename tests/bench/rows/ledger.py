"""How long pay takes with a ledger of years: a month's statement, a year's reports, and the walk that verifies it all."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from statistics import median

from tests.bench.bench import Bench
from tests.bench.figures import AT_MOST, Figure, percentile, short
from tests.bench.processes import act
from tests.bench.sites import settings_of

ACTS = "tests.bench.ledger_acts"
STATEMENTS = 30
WHAT = {
    "statement": ("statement of a month, drawn up and issued, 95 of 100 within", 1000),
    "report": ("report of twelve months, the slowest of four within", 1000),
    "verify": ("whole ledger verified within", 120_000),
}


def measure(bench: Bench) -> Iterator[Figure]:
    environment = settings_of(bench) | {"DATABASE_URL": bench.database("ledger")}

    def told(name: str, argument: int) -> dict[str, list[float]]:
        return act(
            [sys.executable, "-m", ACTS, name, str(argument)], core=bench.load_core, environment=environment,
            log=bench.log("ledger"),
        )  # fmt: skip

    bench.say(f"Filling the ledger with {bench.sizes.paid:,} entries…")
    told("fill", bench.sizes.paid)
    bench.say("Making statements and reports, and verifying.")
    for name, took in told("ask", STATEMENTS).items():
        what, most = WHAT[name]
        detail = f"median {short(median(took))} ms, {len(took)} times, {bench.sizes.paid:,} entries"
        yield Figure("ledger", what, percentile(took, 0.95), "ms", AT_MOST, most, detail)
