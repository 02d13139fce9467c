"""Where the bars of a drawing stand: numbers for a template that writes SVG. Knows nothing of what is counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDE, THICK, GAP, LABEL, AFTER = 420, 16, 8, 120, 60  # the names stand before the bars, the figures after them
NAME = 22  # letters of a name

Said = tuple[str, Sequence[tuple[str, int | Decimal]], str]
"""A row: its name, its bars (the kind of each, and how much), and the figures that stand after them."""


@dataclass(frozen=True)
class Bar:
    kind: str
    left: int
    top: int
    length: int
    thick: int


@dataclass(frozen=True)
class Row:
    name: str
    base: int
    bars: list[Bar]
    figures: str
    end: int


@dataclass(frozen=True)
class Drawing:
    width: int
    height: int
    rows: list[Row]


def drawn(rows: Sequence[Said], *, end_to_end: bool = False) -> Drawing:
    """A line for each row, its bars below one another or, with *end_to_end*, one after the other."""
    measure = sum if end_to_end else max
    whole = [measure(much for _kind, much in bars) for _name, bars, _figures in rows]
    scale = Decimal(WIDE - LABEL - AFTER) / (max(whole, default=0) or 1)
    lines = [_row(place, said, scale, end_to_end) for place, said in enumerate(rows)]
    return Drawing(WIDE, max(len(rows) * (THICK + GAP), 1), lines)


def _row(place: int, said: Said, scale: Decimal, end_to_end: bool) -> Row:
    name, parts, figures = said
    top, left = place * (THICK + GAP), LABEL
    thick = THICK if end_to_end else THICK // len(parts)
    bars = []
    for number, (kind, much) in enumerate(parts):
        length = round(scale * max(much, 0))
        if end_to_end:
            bars.append(Bar(kind, left, top, length, thick))
            left += length
        else:
            bars.append(Bar(kind, left, top + number * thick, max(length, 1), thick))
    end = max(bar.left + bar.length for bar in bars) + 6
    return Row(name[:NAME], top + THICK - 4, bars, figures, end)
