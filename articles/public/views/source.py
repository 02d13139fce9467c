"""A source's page: what it is, and the stories that rest on it."""

from django.http import Http404, HttpRequest

from articles.models.publication import PublicationSource
from articles.models.source import Source
from articles.public.page import Page, reader_page
from articles.public.shown import find, linked_stories


@reader_page
def source(request: HttpRequest, language: str, *, slug: str) -> Page:
    found, pages = find(Source.objects.all(), PublicationSource, "source", slug=slug, language=language, name="source")
    citing = PublicationSource.objects.filter(source=found, language=language)
    listing = linked_stories(citing, before=request.GET.get("before"))
    if not listing:
        raise Http404
    return Page("public/source.html", {"source": found, "listing": listing}, pages)
