"""A tag's page: the stories about it."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from articles.models.publication import PublicationTag
from articles.models.tag import Tag
from articles.public.drawn import OF_MIXED_LIST, in_list
from articles.public.feeds.answering import answer
from articles.public.feeds.entry import ENTRIES, of_stories
from articles.public.feeds.links import feeds
from articles.public.head import About
from articles.public.page import Page, reader_page
from articles.public.shown import find, linked_stories
from articles.public.site import site_of


@reader_page
def tag(request: HttpRequest, language: str, *, slug: str) -> Page:
    found, pages = _find(language, slug)
    listing = linked_stories(_links(found, language), before=request.GET.get("before"))
    if not listing:
        raise Http404
    about = About(found.name, listed=listing.rows, paged_by=["before"])
    context = {"tag": found, "listing": in_list(listing, OF_MIXED_LIST), "feeds": feeds("tag", language, slug=slug)}
    return Page("public/tag.html", context, pages, about=about)


@reader_page
def feed(request: HttpRequest, language: str, *, slug: str, kind: str) -> HttpResponse:
    """The stories about the topic."""
    found, _pages = _find(language, slug)
    newest = linked_stories(_links(found, language), before=None, size=ENTRIES)
    return answer(request, language, kind, of_stories(newest.rows, site_of(request)), title=found.name)


def _find(language: str, slug: str) -> tuple[Tag, dict[str, str]]:
    return find(Tag.objects.all(), PublicationTag, "tag", slug=slug, language=language, name="tag")


def _links(found: Tag, language: str) -> QuerySet[PublicationTag]:
    return PublicationTag.objects.filter(tag=found, language=language)
