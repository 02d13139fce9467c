"""What the benchmarks tell: a table for people, JSON for programs, and the table in a page of the docs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.bench.figures import Figure, short

BEGIN, END = "<!-- figures: begin -->", "<!-- figures: end -->"
HEAD = ("what", "measured", "asked", "met", "beside")


class NoPlace(Exception):
    """A page that has no place for the table; the message says what is missing."""


def table(figures: Sequence[Figure]) -> str:
    """Columns of even width, for a terminal and for Markdown alike."""
    rows = [HEAD, *map(_row, figures)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def as_json(figures: Sequence[Figure], about: Mapping[str, Any]) -> str:
    return (
        json.dumps({**about, "figures": [figure.as_json() for figure in figures]}, indent=2, ensure_ascii=False) + "\n"
    )


def write_into(page: Path, figures: Sequence[Figure], about: Mapping[str, Any]) -> None:
    """Puts the table with day, machine and sizes between the page's two markers, in place of what stands there."""
    text = page.read_text(encoding="utf-8")
    before, begin, rest = text.partition(BEGIN)
    _old, end, after = rest.partition(END)
    if not begin or not end:
        raise NoPlace(f"{page} has no place for the table: put {BEGIN} and {END} into it.")
    told = "\n".join(f"- {name}: {value}" for name, value in about.items())
    page.write_text(f"{before}{BEGIN}\n\n{told}\n\n{table(figures)}\n\n{END}{after}", encoding="utf-8")


def _row(figure: Figure) -> tuple[str, ...]:
    unit = figure.unit if figure.unit in {"", "×"} else f" {figure.unit}"
    unit = f" {unit}" if unit == "×" else unit
    measured, asked = f"{short(figure.value)}{unit}", f"{figure.bound} {short(figure.asked)}{unit}"
    return figure.what, measured, asked, "yes" if figure.met else "no", figure.detail
