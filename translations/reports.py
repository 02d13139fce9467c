"""What the ledger and the jobs tell of a stretch of months: how much was translated, by whom, and how fast; and which
languages readers have of the newest stories.

Every report begins in the index of months (``ledger_period_idx``) or of steps, and looks at ``MONTHS`` at the most.
A reversal takes its figures away; an adjustment has none of its own. A share counts as its part of the text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from typing import Any

from django.conf import settings
from django.db.models import F, Q, Sum
from django.utils.translation import gettext as _

from articles.enums import CreditRole
from articles.models.contributor import Contributor
from articles.models.paper import Paper
from articles.models.section import Section
from translations.enums import EntryKind, JobStep
from translations.models.job import JobEvent
from translations.models.ledger import BOOKED, LedgerEntry
from translations.standing import Standing, newest

MONTHS = 24
STORIES = 200  # the newest of which the languages are looked at
# Work that was booked, and what takes it back; the reversal of an adjustment or a kill fee has no figures to take.
COUNTED = Q(kind__in=BOOKED) | Q(kind=EntryKind.REVERSAL, corrects__kind__in=BOOKED)


@dataclass(frozen=True)
class Line:
    """One row of a report: what it is about, and its figures."""

    name: str
    words: int
    characters: int


@dataclass(frozen=True)
class Turnaround:
    """How long the jobs of a language pair or of a month took, from the request to their acceptance; in hours."""

    name: str
    jobs: int
    median: Decimal
    longest: Decimal

    @property
    def days(self) -> tuple[Decimal, Decimal]:
        """The median and the longest in days, to one place."""
        return _tenth(self.median / 24), _tenth(self.longest / 24)


@dataclass(frozen=True)
class Language:
    """How many of the stories looked at that weren't written in a language have it, and how fresh."""

    code: str
    name: str
    fresh: int
    minor: int
    stale: int
    missing: int


def months(first: str, last: str) -> list[str]:
    """The months from *first* to *last*, such as 2026-11; the last ``MONTHS`` of them where there are more."""
    year, month = map(int, first.split("-"))
    found = []
    while (name := f"{year:04}-{month:02}") <= last:
        found.append(name)
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return found[-MONTHS:]


def by_pair(first: str, last: str, role: str = "") -> list[Line]:
    return _grouped(first, last, role, ["source_language", "target_language"], lambda key: f"{key[0]}→{key[1]}")


def by_month(first: str, last: str, role: str = "") -> list[Line]:
    """Every month of the stretch, those without work too."""
    there = {line.name: line for line in _grouped(first, last, role, ["period"], lambda key: key[0])}
    return [there.get(name, Line(name, 0, 0)) for name in months(first, last)]


def by_person(first: str, last: str, role: str = "") -> list[Line]:
    """Of each byline; those that are spelled alike have their numbers beside them."""
    names = {pk: str(name) for pk, name in Contributor.objects.values_list("pk", "name")} if last >= first else {}
    alike = Counter(names.values())

    def named(key: tuple[Any, ...]) -> str:
        name = names.get(key[0], "?")
        return f"{name} (№ {key[0]})" if alike[name] > 1 else name

    return _grouped(first, last, role, ["contributor"], named)


def by_section(first: str, last: str, role: str = "") -> list[Line]:
    names = {section.pk: str(section) for section in Section.objects.all()}
    return _grouped(first, last, role, ["article__section"], lambda key: names.get(key[0]) or _("elsewhere"))


def _grouped(
    first: str, last: str, role: str, columns: list[str], name: Callable[[tuple[Any, ...]], str]
) -> list[Line]:
    """The figures by the columns, the most first. One query."""
    rows = LedgerEntry.objects.filter(COUNTED, period__gte=first, period__lte=last)
    if role:
        rows = rows.filter(role=role)
    sums = rows.order_by().values_list(*columns, "kind").annotate(
        words=Sum(F("words") * F("share")), characters=Sum(F("characters") * F("share"))
    )  # fmt: skip
    found: dict[str, list[Decimal]] = {}
    for *key, kind, words, characters in sums:
        sign = -1 if kind == EntryKind.REVERSAL else 1
        figures = found.setdefault(name(tuple(key)), [Decimal(0), Decimal(0)])
        figures[0] += sign * Decimal(words)
        figures[1] += sign * Decimal(characters)
    lines = [Line(key, _whole(words), _whole(characters)) for key, (words, characters) in found.items()]
    return sorted(lines, key=lambda line: (-line.characters, line.name))


def _whole(number: Decimal) -> int:
    return int(number.to_integral_value(ROUND_HALF_UP))


def turnaround(first: str, last: str) -> list[Turnaround]:
    """By language pair, of the first rounds that were accepted in those months."""
    taken: dict[str, list[Decimal]] = {}
    for source, target, _at, hours in _taken(first, last):
        taken.setdefault(f"{source}→{target}", []).append(hours)
    return [_turnaround(name, hours) for name, hours in sorted(taken.items())]


def turnaround_by_month(first: str, last: str) -> list[Turnaround]:
    """The same by the month of the acceptance; every month of the stretch, those without a job too."""
    zone = Paper.objects.current().zone
    taken: dict[str, list[Decimal]] = {name: [] for name in months(first, last)}
    for _source, _target, at, hours in _taken(first, last):
        taken[at.astimezone(zone).strftime("%Y-%m")].append(hours)
    return [_turnaround(name, hours) for name, hours in taken.items()]


def _taken(first: str, last: str) -> Iterable[tuple[str, str, datetime, Decimal]]:
    """Of each job its two languages, when it was accepted, and after how many hours."""
    begin, end = _moments(first, last)
    finished = JobEvent.objects.filter(step=JobStep.FINISH, round=1, at__gte=begin, at__lt=end)
    rows = finished.values_list("job__original__language", "job__language", "job__requested_at", "at")
    for source, target, requested, at in rows:
        yield source, target, at, Decimal((at - requested).total_seconds()) / 3600


def _turnaround(name: str, hours: Sequence[Decimal]) -> Turnaround:
    if not hours:
        return Turnaround(name, 0, Decimal(0), Decimal(0))
    return Turnaround(name, len(hours), _tenth(median(hours)), _tenth(max(hours)))


def languages() -> tuple[int, list[Language]]:
    """How many stories were looked at, the newest that readers have and ``STORIES`` at the most, and each language."""
    looked_at = newest(STORIES)
    found = Counter((cell.language, cell.standing) for line in looked_at for cell in line.cells)
    counted = (Standing.FRESH, Standing.MINOR, Standing.STALE, Standing.MISSING)
    told = [Language(code, name, *(found[code, standing] for standing in counted)) for code, name in settings.LANGUAGES]
    return len(looked_at), told


def _tenth(hours: Decimal) -> Decimal:
    return Decimal(hours).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _moments(first: str, last: str) -> tuple[datetime, datetime]:
    """The beginning of the first month and the end of the last, by the newsroom's clock."""
    zone = Paper.objects.current().zone
    year, month = map(int, last.split("-"))
    after = (year, month + 1) if month < 12 else (year + 1, 1)
    begin = datetime(*map(int, first.split("-")), 1, tzinfo=zone)  # type: ignore[arg-type, misc]  # a year and a month
    return begin.astimezone(UTC), datetime(*after, 1, tzinfo=zone).astimezone(UTC)


def roles() -> Iterable[tuple[str, Any]]:
    return [(role.value, role.label) for role in CreditRole if role.is_of_one_version]
