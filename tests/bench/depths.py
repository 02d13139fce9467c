"""Where in a list the benchmarks look: the same places in a short list and in a long one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

SPREAD = 200
"""So many stories of the archive are asked for in turn."""
DEEP = (0.1, 0.5, 0.9, 0.99)


def offsets(number: int) -> list[int]:
    """How many rows of a list of *number* stand before each of the pages that are asked for."""
    return [int(number * depth) for depth in DEEP]


def spread(rows: Sequence[Any]) -> list[Any]:
    """Up to 200 of the rows, evenly from the first to the last."""
    number = len(rows)
    return [rows[index] for index in sorted({place * number // SPREAD for place in range(SPREAD)}) if index < number]
