"""A section's front. Sections are the paper's structure: an empty one has its page too."""

from dataclasses import replace
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse

from articles.delivery import keys
from articles.delivery.memory import remember
from articles.models.section import Section
from articles.public import past
from articles.public.drawn import OF_LIST, in_list
from articles.public.feeds.answering import answer
from articles.public.feeds.entry import ENTRIES, of_stories
from articles.public.feeds.links import feeds
from articles.public.head import About
from articles.public.listing import newest_first
from articles.public.page import Page, everywhere, reader_page
from articles.public.pictures import with_public_pictures
from articles.public.shown import page_of, stories
from articles.public.site import site_of


@reader_page
def section(request: HttpRequest, language: str, *, section: str) -> Page:
    """The section's stories, newest first; with ``?at=`` as the page was then."""
    at = past.asked(request)
    found = _find(section)
    before = request.GET.get("before")
    listing = page_of((language, found.pk), partial(stories, language, at, found.pk), before, at)
    if before is not None and not listing:
        raise Http404
    if at is not None:
        listing = replace(listing, rows=with_public_pictures(listing.rows))
    description = found.description(language)
    context = {
        "section": found,
        "description": description,
        "listing": in_list(listing, OF_LIST, at),
        "feeds": feeds("section", language, section=section),
    }
    about = About(str(found), description, listed=listing.rows, paged_by=["before"])
    return Page("public/section.html", context, everywhere("section", section=section), about=about, at=at)


@reader_page
def feed(request: HttpRequest, language: str, *, section: str, kind: str) -> HttpResponse:
    """What is newest in the section."""
    found = _find(section)
    newest = newest_first(stories(language, section=found.pk), size=ENTRIES)
    entries = of_stories(newest.rows, site_of(request))
    return answer(request, language, kind, entries, title=str(found), about=found.description(language))


def _find(slug: str) -> Section:
    return remember(("section", slug), partial(_found, slug), keys.PAPER)


def _found(slug: str) -> Section:
    found = Section.objects.filter(slug=slug).first()
    if found is None:
        raise Http404
    return found
