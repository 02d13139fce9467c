"""What is checked before a translation is delivered, and what a check finds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as column
from functools import cached_property
from typing import Any, Literal

from articles.copydesk.reading import Known
from translations.coded import joined, plain
from translations.enums import Method, SegmentState

Severity = Literal["error", "warning"]
ERROR: Severity = "error"
WARNING: Severity = "warning"
_EXCERPT = 120


@dataclass(frozen=True)
class Pair:
    """A segment: both texts coded, where it stands, and how its translation came about."""

    source: str
    target: str = ""
    field: str = "body"
    paragraph: int = 0
    marks: Mapping[str, Any] = column(default_factory=dict, hash=False)
    omitted: str = ""
    method: str = Method.HUMAN
    state: str = SegmentState.TRANSLATED

    @cached_property
    def said(self) -> str:
        """The original's visible text."""
        return plain(self.source)

    @cached_property
    def says(self) -> str:
        """The translation's visible text."""
        return plain(self.target)


@dataclass(frozen=True)
class Said:
    """A quote of the original: its words there, and those that were really said, where they are on file."""

    words: str
    original_words: str = ""
    original_language: str = ""


@dataclass(frozen=True)
class Work:
    """A whole translation. ``people`` are those of the story, ``kept`` the terms that are never translated."""

    source_language: str
    target_language: str
    pairs: tuple[Pair, ...]
    people: tuple[Known, ...] = ()
    quotes: tuple[Said, ...] = ()
    kept: tuple[str, ...] = ()

    @cached_property
    def translated(self) -> list[tuple[int, Pair]]:
        """The pairs that have a translation, with their index."""
        return [(at, pair) for at, pair in enumerate(self.pairs) if pair.says.strip() and not pair.omitted.strip()]

    @cached_property
    def paragraphs(self) -> list[list[tuple[int, Pair]]]:
        """The same by paragraph, in order."""
        found: dict[tuple[str, int], list[tuple[int, Pair]]] = {}
        for at, pair in self.translated:
            found.setdefault((pair.field, pair.paragraph), []).append((at, pair))
        return list(found.values())


@dataclass(frozen=True)
class Fault:
    """What a check found: ``check`` names its message, ``index`` the pair, where it is in one."""

    check: str
    severity: Severity
    index: int | None
    excerpt: str = ""
    args: Mapping[str, str] = column(default_factory=dict, hash=False)


def target_of(pairs: Sequence[tuple[int, Pair]]) -> str:
    """The visible translation of neighbours."""
    return plain(joined(pair.target for _, pair in pairs))


def excerpt(text: str) -> str:
    """One line of at most 120 characters."""
    line = " ".join(text.split())
    return line if len(line) <= _EXCERPT else line[: _EXCERPT - 1].rstrip() + "…"


Faults = Iterator[Fault]
