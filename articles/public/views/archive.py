"""The archive: which months have stories, and the stories of a month."""

import re
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from articles.models.publication import PublicationQuerySet
from articles.public import months
from articles.public.drawn import OF_MIXED_LIST, in_list
from articles.public.head import About
from articles.public.page import Page, everywhere, reader_page
from articles.public.shown import page_of, stories

YEARS = 5
"""How many years the index shows at once."""


@reader_page
def years(request: HttpRequest, language: str) -> Page:
    """The months that have stories, five years at a time."""
    live = stories(language)
    about = About(_("Archive"), paged_by=["until"])
    all_years = months.years(live)
    if not all_years:
        return Page("public/archive_index.html", {"years": []}, everywhere("archive_index"), about=about)
    until, first = _year(request.GET.get("until"), all_years[0]), all_years[-1]
    shown = range(until, max(first, until - YEARS + 1) - 1, -1)
    if not shown:
        raise Http404
    context = {"years": _calendar(live, shown), "earlier": shown[-1] - 1 if shown[-1] > first else None}
    return Page("public/archive_index.html", context, everywhere("archive_index"), about=about)


@reader_page
def month(request: HttpRequest, language: str, *, year: int, month: int) -> Page:
    if month not in months.MONTHS:
        raise Http404
    listing = page_of((language, year, month), lambda: _of(language, year, month), request.GET.get("before"))
    if not listing:
        raise Http404
    start = months.start(year, month)
    about = About(
        f"{_('Archive')}: {date_format(start, 'F Y')}",
        listed=listing.rows,
        trail=[(_("Archive"), reverse("archive_index", kwargs={"language": language}))],
        paged_by=["before"],
    )
    return Page("public/archive.html", {"month": start, "listing": in_list(listing, OF_MIXED_LIST)}, about=about)


def _of(language: str, year: int, month: int) -> PublicationQuerySet:
    return months.in_month(stories(language), year, month)


def _year(text: str | None, last: int) -> int:
    if text is None:
        return last
    if not (re.fullmatch("[12][0-9]{3}", text) and int(text) <= last):
        raise Http404
    return int(text)


def _calendar(live: PublicationQuerySet, shown: range) -> list[dict[str, Any]]:
    """Each year with its twelve months, and whether they have a story."""
    there = months.with_stories(live, shown)
    return [
        {
            "year": year,
            "months": [{"start": months.start(year, month), "has": (year, month) in there} for month in months.MONTHS],
        }
        for year in shown
    ]
