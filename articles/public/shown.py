"""Which stories lists may show, and which register entries have a page because of them."""

from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Exists, Model, OuterRef, QuerySet
from django.http import Http404
from django.urls import reverse

from articles.enums import PageKind
from articles.models.paper import Paper
from articles.models.publication import Publication, PublicationQuerySet
from articles.public.listing import PAGE, Listing, newest_first

Entry = TypeVar("Entry", bound=Model)


def stories(language: str, at: datetime | None = None) -> PublicationQuerySet:
    """What lists in this language may show: now, or of the past moment *at*."""
    return Publication.objects.as_it_was(at).stories().filter(language=language).for_lists()


def newsroom_pages(language: str) -> dict[str, str]:
    """The newsroom pages that are live in the language, in the order of their kinds: kind → path."""
    there = set(Publication.objects.live().pages().filter(language=language).values_list("page", flat=True))
    return {
        kind.value: reverse("newsroom_page", kwargs={"language": language, "page": kind.value})
        for kind in PageKind
        if kind.value in there
    }


def on_live(links: QuerySet[Entry], at: datetime | None = None) -> QuerySet[Entry]:
    """Of the rows that hang on Publications, those that hang on one that lists may show now, or of the moment *at*."""
    if at is not None:
        links = links.filter(first_published__lte=at)
    return links.filter(Exists(Publication.objects.as_it_was(at).filter(pk=OuterRef("publication"))))


def linked_stories(*links: QuerySet[Any], before: str | None, size: int = PAGE) -> Listing:
    """The live stories that *links* tie to a register's entry, as one page of a list; see ``newest_first``.

    It walks the links in the order of their index and stops when the page is full: so it costs the same for
    an entry with a hundred thousand stories as for one with three.
    """
    shown = [
        on_live(rows)
        .select_related("publication__section", "publication__lead_picture")
        .defer("publication__body", "publication__story")
        for rows in links
    ]
    listing = newest_first(*shown, before=before, size=size)
    return replace(listing, rows=[link.publication for link in listing.rows])


def find(
    entries: QuerySet[Entry], links: type[Model], field: str, *, slug: str, language: str, name: str
) -> tuple[Entry, dict[str, str]]:
    """A register's entry that a live story in *language* uses, and its page in every language that has one.

    *links* are the rows that tie stories to it through *field*; *name* is the name of its address. An entry
    that no live story uses is an Http404: it is not public.
    """
    codes = list(Paper.objects.current().public_languages)
    using = on_live(links._default_manager.filter(**{field: OuterRef("pk")}))
    there = {f"in_{number}": Exists(using.filter(language=code)) for number, code in enumerate(codes)}
    entry = entries.filter(slug=slug).annotate(**there).first()
    if entry is None:
        raise Http404
    pages = {
        code: reverse(name, kwargs={"language": code, "slug": slug})
        for number, code in enumerate(codes)
        if getattr(entry, f"in_{number}")
    }
    if language not in pages:
        raise Http404
    return entry, pages
