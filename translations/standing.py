"""Which languages of which stories readers have, and how fresh: for the desk's table and its queues.

What readers have comes from the Publications alone; what is being done, from the jobs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from django.conf import settings
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from articles.enums import Change, DeskState
from articles.models.article import Article
from articles.models.publication import Publication
from translations.enums import JobState
from translations.models.job import Job

NEWS = frozenset({Change.CORRECTION, Change.CLARIFICATION, Change.UPDATE})


class Standing(Enum):
    ORIGINAL = "original", pgettext_lazy("language version", "original")
    FRESH = "fresh", pgettext_lazy("language version", "fresh")
    MINOR = "minor", pgettext_lazy("language version", "minor change")
    STALE = "stale", pgettext_lazy("language version", "stale")
    MISSING = "missing", pgettext_lazy("language version", "missing")

    def __init__(self, code: str, label: Any) -> None:
        self.code, self.label = code, label


@dataclass(frozen=True)
class Cell:
    """One language of a story. ``job`` and ``version`` are the work on it and what the desk has of it, if anything."""

    language: str
    standing: Standing
    job: Job | None = None
    publication: Publication | None = None
    version: Article | None = None

    @property
    def name(self) -> str:
        """What the language calls itself."""
        return str(dict(settings.LANGUAGES)[self.language])

    @property
    def under_way(self) -> bool:
        return self.job is not None and self.job.state not in {JobState.DONE, JobState.CANCELLED}

    @property
    def may_be_asked_for(self) -> bool:
        return self.standing is Standing.MISSING and self.job is None and self.version is None


@dataclass(frozen=True)
class Line:
    """A story: its original as readers have it, and a cell for each of the newsroom's languages, in their order."""

    original: Publication
    cells: tuple[Cell, ...]


def newest(limit: int, before: tuple[datetime, int] | None = None) -> list[Line]:
    """The live originals, what appeared last first, from *before* on (its moment and id)."""
    rows = Publication.objects.live().stories().filter(article=F("family")).for_lists()
    if before is not None:
        at, pk = before
        rows = rows.filter(Q(visible_from__lt=at) | Q(visible_from=at, pk__lt=pk), visible_from__lte=at)
    return lines(rows.order_by("-visible_from", "-pk")[:limit])


def lines(rows: Collection[Publication]) -> list[Line]:
    """The line of each original: five queries, however many there are."""
    originals = list(rows)
    families = [row.family for row in originals]
    live: dict[tuple[int, str], Any] = {}
    versions = Publication.objects.live().filter(family__in=families).exclude(article=F("family"))
    for row in versions.annotate(made_number=F("made_from__number")).defer("body", "story"):
        live[row.family, row.language] = row
    changes: dict[int, list[tuple[int, datetime, Change]]] = defaultdict(list)
    told = Publication.objects.ever_public().filter(article__in=families, number__gt=1)
    for family, number, at, change in told.values_list("family", "number", "visible_from", "change"):
        changes[family].append((number, at, Change(change)))
    work: dict[tuple[int, str], Job] = {}
    known = Job.objects.filter(original__in=families).exclude(state=JobState.CANCELLED).select_related("translator")
    for job in known.defer("brief"):
        work[job.original_id, job.language] = job
    desk: dict[tuple[int, str], Article] = {}
    drafts = Article.objects.filter(original__in=families).exclude(state=DeskState.SPIKED)
    for version in drafts.only("original_id", "language", "state"):
        desk[version.family_id, version.language] = version
    return [_line(row, live, changes[row.family], work, desk) for row in originals]


def _line(
    original: Publication,
    live: dict[tuple[int, str], Any],
    changes: Sequence[tuple[int, datetime, Change]],
    work: dict[tuple[int, str], Job],
    desk: dict[tuple[int, str], Article],
) -> Line:
    cells = []
    for code, _name in settings.LANGUAGES:
        row, job = live.get((original.family, code)), work.get((original.family, code))
        if code == original.language:
            standing = Standing.ORIGINAL
        else:
            standing = _standing(row, changes) if row is not None else Standing.MISSING
        cells.append(Cell(code, standing, job, row, desk.get((original.family, code))))
    return Line(original, tuple(cells))


def _standing(row: Any, changes: Sequence[tuple[int, datetime, Change]]) -> Standing:
    """By what was published of the original since; by the times where nobody kept account of what it was made from."""
    if row.made_number is not None:
        since = {change for number, _at, change in changes if number > row.made_number}
    else:
        since = {change for _number, at, change in changes if at > row.updated}
    if since & NEWS:
        return Standing.STALE
    return Standing.MINOR if since & {Change.REFILE, Change.METADATA} else Standing.FRESH
