"""``make bench``: every row of docs/performance.md, measured in one run.

make bench
make bench ARGS="--quick --only cached,stale"
make bench ARGS="--json figures.json --write docs/performance.md"
"""

from __future__ import annotations

import argparse
import dataclasses
import signal
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.bench import machine, report
from tests.bench.bench import QUICK, Bench, Sizes, opened
from tests.bench.figures import Figure
from tests.bench.load import Wrong
from tests.bench.processes import Ended
from tests.bench.rows import cached, growth, ledger, look_up, memory, publishing, search, stale, uncached
from tests.postgres import NoPostgres

# What changes the stories comes last.
GROUPS: dict[str, Callable[[Bench], Iterable[Figure]]] = {
    "cached": cached.measure,
    "uncached": uncached.measure,
    "growth": growth.measure,
    "search": search.measure,
    "memory": memory.measure,
    "look-up": look_up.measure,
    "ledger": ledger.measure,
    "publish": publishing.measure,
    "stale": stale.measure,
}
HELP = {
    "stories": "stories on both sites where they are compared",
    "entries": "entries of the translation memory",
    "paid": "entries of the credits ledger",
    "few": "stories of the small archive",
    "many": "stories of the large archive",
    "rounds": "how often each is measured; the median counts",
    "seconds": "length of one measurement",
    "samples": "answers whose time is taken, for the search and the desk's list",
    "requests": "answers looked at while the story changes",
    "hour": "how many requests an hour brings",
    "cache_mb": "the page cache's size where memory is measured",
}


def options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench ARGS=…", description="Measures the newsroom against its peers.")
    parser.add_argument("--quick", action="store_true", help="small sizes and short measurements, to see that it works")
    parser.add_argument("--only", type=_groups, default=list(GROUPS), help=f"some of: {','.join(GROUPS)}")
    sizes = QUICK if "--quick" in arguments else Sizes()
    for field in dataclasses.fields(Sizes):
        default = getattr(sizes, field.name)
        parser.add_argument(
            f"--{field.name.replace('_', '-')}", type=_number, default=default, help=f"{HELP[field.name]} ({default})"
        )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures here as JSON")
    parser.add_argument("--write", type=Path, metavar="PAGE", help="put the table between the markers of this page")
    parser.add_argument("--strict", action="store_true", help="end with 1 where a figure misses what is asked of it")
    return parser.parse_args(arguments)


def _groups(text: str) -> list[str]:
    names = text.split(",")
    if unknown := set(names) - set(GROUPS):
        raise argparse.ArgumentTypeError(f"{', '.join(sorted(unknown))}: choose of {', '.join(GROUPS)}")
    return [name for name in GROUPS if name in names]


def _number(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"{text}: write a whole number from 1")
    return int(text)


def main(arguments: list[str]) -> int:
    chosen = options(arguments)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    sizes = Sizes(**{field.name: getattr(chosen, field.name) for field in dataclasses.fields(Sizes)})
    about, began = _about(sizes), machine.load_average()
    try:
        with opened(sizes) as bench:
            figures, faults = measure(bench, chosen.only)
    except KeyboardInterrupt:
        print("\nInterrupted; nothing is left running.", file=sys.stderr)
        return 130
    except (NoPostgres, machine.Unfit) as reason:
        print(f"Nothing can be measured: {reason}", file=sys.stderr)
        return 1
    about["load before"] = f"{began:.2f}"
    return tell(chosen, figures, faults, about)


def measure(bench: Bench, names: Iterable[str]) -> tuple[list[Figure], list[str]]:
    """The figures of the groups, and what went wrong: one that fails does not keep the others from being measured."""
    figures: list[Figure] = []
    faults: list[str] = []
    for name in names:
        try:
            figures += GROUPS[name](bench)
        except (Wrong, Ended) as fault:
            faults.append(f"{name}: {fault}")
            bench.say(f"LEFT OUT {faults[-1]}")
    return figures, faults


def tell(chosen: argparse.Namespace, figures: list[Figure], faults: list[str], about: dict[str, Any]) -> int:
    print(report.table(figures))
    for fault in faults:
        print(f"LEFT OUT {fault}")
    if faults and chosen.write:
        print(f"{chosen.write} stays as it is: the table is not whole.")
    try:
        if chosen.json:
            chosen.json.write_text(report.as_json(figures, about | {"faults": faults}), encoding="utf-8")
        if chosen.write and not faults:
            report.write_into(chosen.write, figures, about)
    except (OSError, report.NoPlace) as reason:
        print(f"The figures could not be written: {reason}", file=sys.stderr)
        return 1
    missed = [figure for figure in figures if not figure.met]
    print(f"{len(figures) - len(missed)} of {len(figures)} figures are what is asked.")
    return 1 if faults or (chosen.strict and missed) else 0


def _about(sizes: Sizes) -> dict[str, Any]:
    return {
        "day": f"{datetime.now(UTC):%Y-%m-%d}",
        "machine": machine.described(),
        "sizes": ", ".join(f"{name} {value:,}" for name, value in dataclasses.asdict(sizes).items()),
    }


def _interrupt(*_signal: Any) -> None:
    """Ends the run once; a further Ctrl-C does not disturb the tidying up."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
