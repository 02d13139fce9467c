"""The archive: which months have stories, and the stories of a month."""

import re
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.models.publication import Publication, PublicationQuerySet
from articles.public.head import About
from articles.public.listing import newest_first
from articles.public.page import Page, everywhere, reader_page
from articles.public.shown import stories

YEARS = 5
"""How many years the index shows at once."""
_MONTHS = range(1, 13)


@reader_page
def years(request: HttpRequest, language: str) -> Page:
    """The months that have stories, five years at a time. A month costs a look into the index, no scan."""
    live = Publication.objects.live().filter(language=language)
    moments = live.values_list("first_published", flat=True)
    newest, oldest = moments.order_by("-first_published").first(), moments.order_by("first_published").first()
    about = About(_("Archive"), paged_by=["until"])
    if newest is None or oldest is None:
        return Page("public/archive_index.html", {"years": []}, everywhere("archive_index"), about=about)
    last, first = timezone.localtime(newest, _zone()).year, timezone.localtime(oldest, _zone()).year
    until = _year(request.GET.get("until"), last)
    shown = range(until, max(first, until - YEARS + 1) - 1, -1)
    if not shown:
        raise Http404
    context = {"years": _months(live, shown), "earlier": shown[-1] - 1 if shown[-1] > first else None}
    return Page("public/archive_index.html", context, everywhere("archive_index"), about=about)


@reader_page
def month(request: HttpRequest, language: str, *, year: int, month: int) -> Page:
    if month not in _MONTHS:
        raise Http404
    listing = newest_first(_in_month(stories(language), year, month), before=request.GET.get("before"))
    if not listing:
        raise Http404
    start = _start(year, month)
    about = About(
        f"{_('Archive')}: {date_format(start, 'F Y')}",
        listed=listing.rows,
        trail=[(_("Archive"), reverse("archive_index", kwargs={"language": language}))],
        paged_by=["before"],
    )
    return Page("public/archive.html", {"month": start, "listing": listing}, about=about)


def _zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)


def _start(year: int, month: int) -> datetime:
    """The first moment of a month in the newsroom's zone; month 13 is the next January."""
    return datetime(year + (month - 1) // 12, (month - 1) % 12 + 1, 1, tzinfo=_zone())


def _in_month(rows: PublicationQuerySet, year: int, month: int) -> PublicationQuerySet:
    return rows.filter(first_published__gte=_start(year, month), first_published__lt=_start(year, month + 1))


def _year(text: str | None, last: int) -> int:
    if text is None:
        return last
    if not (re.fullmatch("[12][0-9]{3}", text) and int(text) <= last):
        raise Http404
    return int(text)


def _months(live: PublicationQuerySet, shown: range) -> list[dict[str, Any]]:
    """One row from the database tells for every month whether it has a story."""
    looks = {f"m{year}_{month}": Exists(_in_month(live, year, month)) for year in shown for month in _MONTHS}
    row = live.newest().annotate(**looks).values(*looks).first() or {}

    def entry(year: int, month: int) -> dict[str, Any]:
        return {"start": _start(year, month), "has": row.get(f"m{year}_{month}")}

    return [{"year": year, "months": [entry(year, month) for month in _MONTHS]} for year in shown]
