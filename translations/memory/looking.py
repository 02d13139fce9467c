"""Asking the memory: matches for a sentence, and the concordance."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rapidfuzz import fuzz, process

from articles.errors import Refused
from articles.text.differing import Piece
from translations import matching, segmenting
from translations.enums import Method, Standing
from translations.memory import sharing
from translations.memory.engine import engine
from translations.memory.grouping import groups
from translations.models.memory_entry import LONGEST_KEY, MemoryEntry, beginnings, sha256_of
from translations.models.segment import Segment

CANDIDATES = 1_000
"""Entries that are weighed for one sentence: where more have enough words in common, the search is bounded."""
WEIGHED = 60  # of these, the likest by letters, are weighed by words
_NEAR = 0.5  # an entry of less than this share of the sentence's length, or more than its inverse, isn't like it
SHORTEST = 3
"""Letters that the concordance asks for."""
T = TypeVar("T")


@dataclass(frozen=True)
class Match:
    """A translation that the memory offers. ``target`` is coded and has no marks that the sentence lacks.

    ``difference`` leads from the sentence that was translated then (old) to the one at hand (new); ``origin`` is the
    headline of the story, or the file that was read in.
    """

    target: str
    source: str
    percent: int
    difference: tuple[Piece, ...]
    origin: str
    by: str
    when: datetime
    entry: int
    method: Method = Method.MEMORY  # a machine's part is not forgotten, and its engine is named
    engine: str = ""


@dataclass(frozen=True)
class Line:
    """An entry in the concordance: both sides cut into pieces, with whether each is what was asked for."""

    source: tuple[tuple[str, bool], ...]
    target: tuple[tuple[str, bool], ...]
    origin: str
    by: str
    when: datetime
    entry: int


class Found(list[T]):
    """What was found. ``cut_short``: there were more entries than a small database's search looks at."""

    cut_short = False


@dataclass(frozen=True)
class Asked:
    """A sentence to be looked up, and its neighbours; the texts are coded."""

    source: str
    source_language: str
    target_language: str
    before: str = ""
    after: str = ""

    @property
    def context(self) -> tuple[str, str]:
        return sha256_of(matching.normal(self.before)), sha256_of(matching.normal(self.after))


def matches(segment: Segment, user: Any, limit: int = 9) -> Found[Match]:
    """What the memory knows for a segment of a job, the best first and of equals the newest."""
    before, after = neighbours(segment)
    job = segment.job
    asked = Asked(segment.source, job.original.language, job.language, before, after)
    return find(asked, user, limit)


def find(asked: Asked, user: Any, limit: int = 9) -> Found[Match]:
    """What the memory knows for a sentence. Of translations that say the same only the best match is named."""
    normal = matching.normal(asked.source)
    if not normal:
        return Found()
    like, cut_short = _fuzzy(asked, normal, limit)
    rated = _exact(asked, normal, limit) + like
    allowed = {row.pk for row in sharing.shown([row for _percent, row in rated], user)}
    rated = sorted((one for one in rated if one[1].pk in allowed), key=lambda one: (-one[0], -one[1].pk))
    by_target: dict[str, Match] = {}
    for percent, row in rated:
        match = _match(asked, percent, row)
        by_target.setdefault(matching.normal(match.target), match)
    found = Found(list(by_target.values())[:limit])
    found.cut_short = cut_short
    return found


def concordance(text: str, source_language: str, target_language: str, user: Any, limit: int = 20) -> Found[Line]:
    """Entries of the pair in which *text* stands on either side, the newest first; those with it in the source lead.

    It is looked for as it is, without regard to case; where that finds nothing, all of its words, in any order.
    Raises ``Refused`` for less than three letters.
    """
    phrase = matching.normal(segmenting.code(text)).casefold()[:200]
    if len(phrase) < SHORTEST:
        raise Refused(_("Write three letters or more."))
    words = list(dict.fromkeys(phrase.split()))
    tried = [[phrase]] if len(words) == 1 else [[phrase], words]
    found: Found[Line] = Found()
    for texts in tried:
        if found := _containing(texts, (source_language, target_language), user, limit):
            break
    return found


def repetitions(segment: Segment) -> QuerySet[Segment]:
    """The other segments of the job that say the same, in order: what is written in one of them may stand in all."""
    rows = Segment.objects.filter(job=segment.job_id, sha256=segment.sha256)
    return rows.exclude(pk=segment.pk).order_by("position")


def neighbours(segment: Segment) -> tuple[str, str]:
    """The sources of the segments before and after it in its field; empty at its ends."""
    rows = Segment.objects.filter(job=segment.job_id, field=segment.field)
    before = rows.filter(position__lt=segment.position).order_by("-position").values_list("source", flat=True).first()
    after = rows.filter(position__gt=segment.position).order_by("position").values_list("source", flat=True).first()
    return before or "", after or ""


def _rows() -> QuerySet[MemoryEntry]:
    rows = MemoryEntry.objects.filter(standing=Standing.USABLE).select_related("article", "by")
    return rows.defer("article__body", "source_key", "target_key", "words", "target_words")


def _exact(asked: Asked, normal: str, limit: int) -> list[tuple[int, MemoryEntry]]:
    """A sentence without neighbours, such as a headline, has no context that could be the same."""
    context = asked.context
    same = _rows().filter(
        sha256=sha256_of(normal), source_language=asked.source_language, target_language=asked.target_language
    )
    found = list(same.order_by("-pk")[: 5 * limit])
    if any(context):
        there = [row.pk for row in found]
        found += same.filter(before=context[0], after=context[1]).exclude(pk__in=there).order_by("-pk")[:limit]
    return [
        (matching.IN_CONTEXT if any(context) and (row.before, row.after) == context else matching.EXACT, row)
        for row in found
    ]


def _fuzzy(asked: Asked, normal: str, limit: int) -> tuple[list[tuple[int, MemoryEntry]], bool]:
    """The like ones, and whether there were more than were weighed."""
    own = sha256_of(normal)
    key = normal.casefold()[:LONGEST_KEY]
    finder = engine()
    dealt = groups(finder.rarest_first(beginnings(key)))
    if not dealt:
        return [], False
    candidates = finder.alike(dealt, (asked.source_language, asked.target_language), CANDIDATES)
    near = {pk: text for pk, text in candidates if _NEAR <= (len(text) or 1) / len(key) <= 1 / _NEAR and text != key}
    likest = process.extract(key, near, scorer=fuzz.ratio, limit=WEIGHED, processor=None)
    rows = _rows().in_bulk([pk for _text, _score, pk in likest])
    rated = [(matching.similarity(row.source, asked.source), row) for row in rows.values() if row.sha256 != own]
    good = sorted((one for one in rated if one[0] >= matching.FUZZY), key=lambda one: (-one[0], -one[1].pk))
    like = [(min(percent, matching.EXACT - 1), row) for percent, row in good[: 5 * limit]]
    return like, finder.is_small and len(candidates) >= CANDIDATES


def _match(asked: Asked, percent: int, row: MemoryEntry) -> Match:
    return Match(
        target=_with_marks_of(asked.source, row),
        source=row.source,
        percent=percent,
        difference=tuple(matching.difference(row.source, asked.source)),
        origin=_origin(row),
        by=str(row.by.get_full_name() or row.by) if row.by else "",
        when=row.at,
        entry=row.pk,
        method=_method(row),
        engine=row.engine,
    )


def _method(row: MemoryEntry) -> Method:
    """How a segment comes about that takes the entry: with a machine's part if that had one."""
    if row.method == Method.MACHINE:
        return Method.MACHINE
    return Method.POST_EDITED if row.engine or row.method == Method.POST_EDITED else Method.MEMORY


def _with_marks_of(source: str, row: MemoryEntry) -> str:
    """The translation as it was, if the sentence has the same marks; else without marks, to be set anew."""
    if not segmenting.mark_faults(source, row.target):
        return row.target
    return segmenting.code(segmenting.plain(row.target))


def _origin(row: MemoryEntry) -> str:
    return row.article.headline if row.article else row.origin


def _containing(texts: Sequence[str], languages: tuple[str, str], user: Any, limit: int) -> Found[Line]:
    finder, most = engine(), 3 * limit
    ids: list[int] = []
    cut_short = False
    for side in ("source_key", "target_key"):
        if len(ids) < limit:
            of_side = finder.containing(texts, side, languages, most)
            cut_short |= finder.is_small and len(of_side) >= most
            ids += of_side
    order = {pk: place for place, pk in reversed(list(enumerate(ids)))}
    rows = sorted(_rows().filter(pk__in=order), key=lambda row: order[row.pk])
    found = Found(_line(row, texts) for row in sharing.shown(rows, user)[:limit])
    found.cut_short = cut_short
    return found


def _line(row: MemoryEntry, texts: Sequence[str]) -> Line:
    source, target = (tuple(_marked(matching.normal(text), texts)) for text in (row.source, row.target))
    by = str(row.by.get_full_name() or row.by) if row.by else ""
    return Line(source, target, _origin(row), by, row.at, row.pk)


def _marked(plain: str, texts: Sequence[str]) -> Iterable[tuple[str, bool]]:
    """The text in pieces: each with whether it is one of *texts*, whatever its case."""
    pattern = re.compile("(" + "|".join(map(re.escape, texts)) + ")", re.IGNORECASE)
    return ((piece, place % 2 == 1) for place, piece in enumerate(pattern.split(plain)) if piece)
