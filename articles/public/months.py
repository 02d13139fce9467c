"""Months of first publication, in the newsroom's zone."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Exists
from django.utils import timezone

from articles.models.paper import Paper
from articles.models.publication import PublicationQuerySet

MONTHS = range(1, 13)


def start(year: int, month: int) -> datetime:
    """The first moment of a month; month 13 is the next January."""
    return datetime(year + (month - 1) // 12, (month - 1) % 12 + 1, 1, tzinfo=_zone())


def in_month(rows: PublicationQuerySet, year: int, month: int) -> PublicationQuerySet:
    return rows.filter(first_published__gte=start(year, month), first_published__lt=start(year, month + 1))


def years(rows: PublicationQuerySet) -> range:
    """From the year of the newest row down to that of the oldest: two looks into the index."""
    moments = rows.values_list("first_published", flat=True)
    newest = moments.order_by("-first_published").first()
    oldest = newest and moments.order_by("first_published").first()
    if newest is None or oldest is None:
        return range(0)
    return range(_year(newest), _year(oldest) - 1, -1)


def with_stories(rows: PublicationQuerySet, among: Iterable[int]) -> set[tuple[int, int]]:
    """Of the months of these years (year, month) those that have a row: a look into the index for each, no scan.

    One query, which takes the longer to prepare the more years are asked for at once.
    """
    wanted = {f"m{year}_{month}": (year, month) for year in among for month in MONTHS}
    looks = {name: Exists(in_month(rows, *when)) for name, when in wanted.items()}
    row = rows.newest().annotate(**looks).values(*looks).first() or {}
    return {when for name, when in wanted.items() if row.get(name)}


def _zone() -> ZoneInfo:
    return Paper.objects.current().zone


def _year(moment: datetime) -> int:
    return timezone.localtime(moment, _zone()).year
