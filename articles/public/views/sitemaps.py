"""Where search engines find every live story (sitemaps.org), and the newest of them (Google News).

No language versions are listed: each story's own page names those that are live, and a month's part need not
be fetched again because an old story was translated.
"""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import conditional_page, require_safe

from articles.delivery import keys
from articles.delivery.memory import at_most, depends
from articles.models.publication import Publication, PublicationQuerySet
from articles.public import months
from articles.public.listing import newest_first
from articles.public.markup import put, start, written
from articles.public.page import document, reader_page
from articles.public.site import site_of
from articles.public.times import iso

MOST = 50_000
"""How many stories a part may have, by the protocol."""
NEWS = timedelta(days=2)
MOST_NEWS = 1_000
LATE = 300
"""Seconds by which a story may leave the news sitemap too late."""
_YEARS_AT_ONCE = 5
_XML = "application/xml"
_CHINESE = {"zh-cn", "zh-tw"}


@require_safe
@conditional_page
def index(request: HttpRequest) -> HttpResponse:
    """The parts: one for each language and month of first publication that has a live story."""
    site, root = site_of(request), start("sitemapindex", default="sitemap")
    for language, _name in settings.LANGUAGES:
        for year, month in _months(_live(language)):
            part = reverse("month_sitemap", kwargs={"language": language, "year": year, "month": month})
            put(put(root, "sitemap"), "loc", site.whole(part))
    return document(written(root), _XML)


@reader_page
def month(request: HttpRequest, language: str, *, year: int, month: int) -> HttpResponse:
    """The month's stories, newest first, each with the moment of its last change that readers were told of."""
    if month not in months.MONTHS:
        raise Http404
    rows = months.in_month(_live(language), year, month).newest()
    found = rows.only("language", "slug", "first_published", "updated")[:MOST]
    if not found:
        raise Http404
    site, root = site_of(request), start("urlset", default="sitemap")
    for story in found:
        url = put(root, "url")
        put(url, "loc", site.whole(story.get_absolute_url()))
        put(url, "lastmod", iso(story.updated))
    return document(written(root), _XML)


@require_safe
@conditional_page
def news(request: HttpRequest) -> HttpResponse:
    """Stories that were first published within the last two days, in all languages, newest first."""
    since = timezone.now() - NEWS
    at_most(LATE)
    lists = [_live(language).filter(first_published__gte=since) for language, _name in settings.LANGUAGES]
    newest = newest_first(*(rows.defer("body", "story") for rows in lists), size=MOST_NEWS)
    site, root = site_of(request), start("urlset", "news", default="sitemap")
    for story in newest.rows:
        url = put(root, "url")
        put(url, "loc", site.whole(story.get_absolute_url()))
        entry = put(url, "news:news")
        publication = put(entry, "news:publication")
        put(publication, "news:name", site.name)
        put(publication, "news:language", _language_code(story.language))
        put(entry, "news:publication_date", iso(story.first_published))
        put(entry, "news:title", story.headline)
    return document(written(root), _XML)


def _live(language: str) -> PublicationQuerySet:
    depends(keys.stories_in(language))
    return Publication.objects.live().filter(language=language)


def _months(live: PublicationQuerySet) -> Iterator[tuple[int, int]]:
    """Those that have a story, newest first; a few years at a time, or one query would take long to prepare."""
    years = months.years(live)
    for first in range(0, len(years), _YEARS_AT_ONCE):
        yield from sorted(months.with_stories(live, years[first : first + _YEARS_AT_ONCE]), reverse=True)


def _language_code(language: str) -> str:
    """The code that Google News knows a language by: two or three letters, but for Chinese."""
    return language if language in _CHINESE else language.partition("-")[0]
