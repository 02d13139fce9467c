"""A tag's page: the stories about it."""

from django.http import Http404, HttpRequest

from articles.models.publication import PublicationTag
from articles.models.tag import Tag
from articles.public.head import About
from articles.public.page import Page, reader_page
from articles.public.shown import find, linked_stories


@reader_page
def tag(request: HttpRequest, language: str, *, slug: str) -> Page:
    found, pages = find(Tag.objects.all(), PublicationTag, "tag", slug=slug, language=language, name="tag")
    tagged = PublicationTag.objects.filter(tag=found, language=language)
    listing = linked_stories(tagged, before=request.GET.get("before"))
    if not listing:
        raise Http404
    about = About(found.name, listed=listing.rows, paged_by=["before"])
    return Page("public/tag.html", {"tag": found, "listing": listing}, pages, about=about)
