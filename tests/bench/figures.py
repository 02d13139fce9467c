"""What is made of measurements: medians, ratios, percentiles, and whether a figure reaches what is asked of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

AT_LEAST, AT_MOST = "at least", "at most"


@dataclass(frozen=True)
class Figure:
    """One line of the table. ``rounds`` are the values that ``value`` is the median of, where there are several."""

    group: str
    what: str
    value: float
    unit: str
    bound: str
    asked: float
    detail: str = ""
    rounds: Sequence[float] = field(default_factory=tuple)

    @property
    def met(self) -> bool:
        return self.value >= self.asked if self.bound == AT_LEAST else self.value <= self.asked

    def as_json(self) -> dict[str, Any]:
        return {
            "group": self.group, "what": self.what, "value": self.value, "unit": self.unit, "bound": self.bound,
            "asked": self.asked, "met": self.met, "detail": self.detail, "rounds": list(self.rounds),
        }  # fmt: skip


def ratios(own: Sequence[float], other: Sequence[float]) -> list[float]:
    """Round by round: how many times the other each of the own values is."""
    return [mine / theirs for mine, theirs in zip(own, other, strict=True)]


def ratio(
    group: str, what: str, own: Sequence[float], other: Sequence[float], bound: str, asked: float, detail: str = ""
) -> Figure:
    """A figure that is the median of the rounds' ratios."""
    found = ratios(own, other)
    return Figure(group, what, median(found), "×", bound, asked, detail, found)


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest of the values that *share* of them (0 to 1) do not exceed."""
    if not values:
        raise ValueError("nothing was measured")
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def short(number: float) -> str:
    """Three digits that count: 12,300, 123, 12.3, 1.23, 0.123."""
    if number == int(number) and abs(number) < 1000:
        return str(int(number))
    if abs(number) >= 1000:
        return f"{float(f'{number:.3g}'):,.0f}"
    places = max(0, 2 - math.floor(math.log10(abs(number))))
    return f"{number:.{min(places, 3)}f}"
