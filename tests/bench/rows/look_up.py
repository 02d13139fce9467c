"""How long the translation memory thinks: matches for a sentence, and the concordance, one at a time."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from statistics import median

from tests.bench.bench import Bench
from tests.bench.figures import AT_LEAST, AT_MOST, Figure, percentile, short
from tests.bench.processes import act
from tests.bench.sites import settings_of

ACTS = "tests.bench.memory_acts"
ASKED = 50  # milliseconds
WHAT = {
    "exact": "memory, a sentence that is there",
    "fuzzy": "memory, a sentence with other words in it",
    "new": "memory, a sentence that is not there",
    "concordance": "concordance, one to three words",
}


def measure(bench: Bench) -> Iterator[Figure]:
    count, samples = str(bench.sizes.entries), str(bench.sizes.samples)
    environment = settings_of(bench) | {"DATABASE_URL": bench.database("memory")}

    def told(name: str, *arguments: str) -> dict[str, list[float]]:
        return act(
            [sys.executable, "-m", ACTS, name, *arguments], core=bench.load_core, environment=environment,
            log=bench.log("memory"), told=bench.progress("entries"),
        )  # fmt: skip

    bench.say(f"Filling the translation memory with {bench.sizes.entries:,} entries…")
    told("fill", count)
    bench.say("Looking up.")
    for name, took in told("look_up", count, samples).items():
        detail = f"median {short(median(took))} ms, {len(took)} answers"
        yield Figure("look-up", f"{WHAT[name]}, 95 of 100 within", percentile(took, 0.95), "ms", AT_MOST, ASKED, detail)
    found = told("found", count, samples)
    share = found["found"][0] / found["asked"][0]
    detail = f"{found['found'][0]:.0f} of {found['asked'][0]:.0f} sentences that are 75 % or more alike"
    yield Figure("look-up", "like sentences that are found", share, "", AT_LEAST, 0.95, detail)
