"""What the tests of translations stand on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from articles.models import Article
from tests import cast
from tests.cast import user
from translations import drafting, segmenting
from translations.enums import Method, SegmentState
from translations.models import Job, MemoryEntry, Segment, Term

# The memory and the terms


def job(original: Article, language: str = "ro", by: str = "tudor", *, begun: bool = True) -> Job:
    """A translator's job on *original*, with its working copy unless it has not *begun*."""
    original = cast.fresh(original)
    copy = drafting.begin(original, language=language, by=user(by)) if begun else None
    return Job.objects.create(
        original=original, language=language, base=original.head, article=copy, translator=user(by),
        requested_by=user("elena"), state="translating",
    )  # fmt: skip


def segments(of: Job, *pairs: tuple[str, str], field: str = "body", **columns: Any) -> list[Segment]:
    """Segments of *field* with these sources and targets, after those that are there. An empty target: not translated."""
    begin = of.segments.count()
    rows = [
        Segment(
            job=of, position=1024 * (begin + place), field=field, source=source, target=target,
            sha256=segmenting.sha256(source), by=of.translator if target else None,
            state=SegmentState.TRANSLATED if target else SegmentState.INITIAL,
            method=Method.HUMAN if target else "", **columns,
        )
        for place, (source, target) in enumerate(pairs)
    ]  # fmt: skip
    Segment.objects.bulk_create(rows)
    return list(of.segments.order_by("position")[begin:])


def remembered(source: str, target: str, languages: tuple[str, str] = ("en", "ro"), **columns: Any) -> MemoryEntry:
    """An entry of the memory that came from a file, unless said otherwise."""
    values = {"origin": "memory.tmx", **columns}
    return MemoryEntry.objects.create(
        source=source, target=target, source_language=languages[0], target_language=languages[1], **values
    )


def term(source: str, *forms: str, languages: tuple[str, str] = ("en", "ro"), **columns: Any) -> Term:
    return Term.objects.create(
        source=source, target="\n".join(forms), source_language=languages[0], target_language=languages[1], **columns
    )


def targets(found: Sequence[Any]) -> list[str]:
    return [match.target for match in found]
