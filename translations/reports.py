"""What the ledger and the jobs tell of a stretch of months: how much was translated, by whom, and how fast.

Every report begins in the index of months (``ledger_period_idx``) or of steps, and looks at ``MONTHS`` at the most.
A reversal takes its figures away; an adjustment has none of its own. A share counts as its part of the text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from statistics import median
from typing import Any

from django.db.models import F, Q, Sum
from django.utils.translation import gettext as _

from articles.enums import CreditRole
from articles.models.contributor import Contributor
from articles.models.paper import Paper
from articles.models.section import Section
from translations.enums import EntryKind, JobStep
from translations.models.job import JobEvent
from translations.models.ledger import BOOKED, LedgerEntry

MONTHS = 24
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
    """How long the jobs of a language pair took, from the request to their acceptance; in hours."""

    name: str
    jobs: int
    median: Decimal
    longest: Decimal


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
    begin, end = _moments(first, last)
    finished = JobEvent.objects.filter(step=JobStep.FINISH, round=1, at__gte=begin, at__lt=end)
    rows = finished.values_list("job__original__language", "job__language", "job__requested_at", "at")
    taken: dict[str, list[Decimal]] = {}
    for source, target, requested, at in rows:
        taken.setdefault(f"{source}→{target}", []).append(Decimal((at - requested).total_seconds()) / 3600)
    return [
        Turnaround(name, len(hours), _tenth(median(hours)), _tenth(max(hours))) for name, hours in sorted(taken.items())
    ]


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
