"""A source's page: what it is, and the stories that rest on it."""

from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.models.publication import PublicationSource
from articles.models.source import Source, SourceLabel
from articles.public import linked_data
from articles.public.drawn import BELOW_HEADING, in_list
from articles.public.feeds.answering import answer
from articles.public.feeds.entry import ENTRIES, of_stories
from articles.public.feeds.links import feeds
from articles.public.head import About
from articles.public.page import Page, reader_page
from articles.public.shown import find, linked_stories, on_live
from articles.public.site import site_of

COUNTED = 1_000
"""So many stories of the last year are counted; what goes beyond is “more than”."""
EXPLAINED: dict[str, Promise] = {
    SourceLabel.STATE_CONTROLLED: _(
        "A government decides what it reports. We name it so that you can weigh its words."
    ),
    SourceLabel.PUBLIC_BROADCASTER: _(
        "It is paid for by the public and is by law independent of the government in what it reports."
    ),
    SourceLabel.GOVERNMENT: _("It is a part of a state or of a union of states, and speaks for it."),
    SourceLabel.PARTY: _("A political party or its people own it."),
    SourceLabel.PAID: _("Whoever published it here or there paid for it."),
}
"""What a source's label means to readers."""


@reader_page
def source(request: HttpRequest, language: str, *, slug: str) -> Page:
    found, pages = _find(language, slug)
    listing = linked_stories(_links(found, language), before=request.GET.get("before"))
    if not listing:
        raise Http404
    entity = linked_data.source(str(found), found.homepage)
    about = About(str(found), found.get_kind_display(), listed=listing.rows, entity=entity, paged_by=["before"])
    context = {
        "source": found,
        "explained": EXPLAINED.get(found.label, ""),
        "publishes_in": [code.strip() for code in found.languages.split(",") if code.strip()],
        "listing": in_list(listing, BELOW_HEADING),
        **_last_year(found, language),
        "feeds": feeds("source", language, slug=slug),
    }
    return Page("public/source.html", context, pages, about=about)


@reader_page
def feed(request: HttpRequest, language: str, *, slug: str, kind: str) -> HttpResponse:
    """The stories that rest on the source."""
    found, _pages = _find(language, slug)
    newest = linked_stories(_links(found, language), before=None, size=ENTRIES)
    return answer(request, language, kind, of_stories(newest.rows, site_of(request)), title=str(found))


def _find(language: str, slug: str) -> tuple[Source, dict[str, str]]:
    return find(Source.objects.all(), PublicationSource, "source", slug=slug, language=language, name="source")


def _last_year(found: Source, language: str) -> dict[str, Any]:
    """How many live stories of the last year rest on the source; 1,000 and ``more`` stand for more than that."""
    since = timezone.now() - timedelta(days=365)
    recent = on_live(_links(found, language).filter(first_published__gte=since)).order_by("-first_published")
    number = recent[: COUNTED + 1].count()
    return {"number": min(number, COUNTED), "more": number > COUNTED}


def _links(found: Source, language: str) -> QuerySet[PublicationSource]:
    return PublicationSource.objects.filter(source=found, language=language)
