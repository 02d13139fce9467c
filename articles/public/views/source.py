"""A source's page: what it is, and the stories that rest on it."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from articles.models.publication import PublicationSource
from articles.models.source import Source
from articles.public import linked_data
from articles.public.feeds.answering import answer
from articles.public.feeds.entry import ENTRIES, of_stories
from articles.public.feeds.links import feeds
from articles.public.head import About
from articles.public.page import Page, reader_page
from articles.public.shown import find, linked_stories
from articles.public.site import site_of


@reader_page
def source(request: HttpRequest, language: str, *, slug: str) -> Page:
    found, pages = _find(language, slug)
    listing = linked_stories(_links(found, language), before=request.GET.get("before"))
    if not listing:
        raise Http404
    entity = linked_data.source(str(found), found.homepage)
    about = About(str(found), found.get_kind_display(), listed=listing.rows, entity=entity, paged_by=["before"])
    context = {"source": found, "listing": listing, "feeds": feeds("source", language, slug=slug)}
    return Page("public/source.html", context, pages, about=about)


@reader_page
def feed(request: HttpRequest, language: str, *, slug: str, kind: str) -> HttpResponse:
    """The stories that rest on the source."""
    found, _pages = _find(language, slug)
    newest = linked_stories(_links(found, language), before=None, size=ENTRIES)
    return answer(request, language, kind, of_stories(newest.rows, site_of(request)), title=str(found))


def _find(language: str, slug: str) -> tuple[Source, dict[str, str]]:
    return find(Source.objects.all(), PublicationSource, "source", slug=slug, language=language, name="source")


def _links(found: Source, language: str) -> QuerySet[PublicationSource]:
    return PublicationSource.objects.filter(source=found, language=language)
