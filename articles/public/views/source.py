"""A source's page: what it is, and the stories that rest on it."""

from django.http import Http404, HttpRequest

from articles.models.publication import PublicationSource
from articles.models.source import Source
from articles.public import linked_data
from articles.public.head import About
from articles.public.page import Page, reader_page
from articles.public.shown import find, linked_stories


@reader_page
def source(request: HttpRequest, language: str, *, slug: str) -> Page:
    found, pages = find(Source.objects.all(), PublicationSource, "source", slug=slug, language=language, name="source")
    citing = PublicationSource.objects.filter(source=found, language=language)
    listing = linked_stories(citing, before=request.GET.get("before"))
    if not listing:
        raise Http404
    entity = linked_data.source(str(found), found.homepage)
    about = About(str(found), found.get_kind_display(), listed=listing.rows, entity=entity, paged_by=["before"])
    return Page("public/source.html", {"source": found, "listing": listing}, pages, about=about)
