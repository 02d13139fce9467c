"""Which stories lists may show, and which register entries have a page because of them."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from django.db.models import Exists, Model, OuterRef, QuerySet
from django.http import Http404
from django.urls import reverse

from articles.delivery import keys
from articles.delivery.memory import depends, remember, remember_each
from articles.enums import PageKind
from articles.models.paper import Paper
from articles.models.publication import Publication, PublicationQuerySet
from articles.public.listing import PAGE, Listing, newest_first

Entry = TypeVar("Entry", bound=Model)


def stories(language: str, at: datetime | None = None, section: int | None = None) -> PublicationQuerySet:
    """What lists in this language, or of its *section*, may show: now, or of the past moment *at*."""
    rows = Publication.objects.as_it_was(at).stories().filter(language=language).for_lists()
    if section is None:
        depends(keys.stories_in(language))
        return rows
    depends(keys.section_list(section, language))
    return rows.filter(section=section)


def page_of(
    name: tuple[Any, ...], rows: Callable[[], PublicationQuerySet], before: str | None, at: datetime | None = None
) -> Listing:
    """One page of the stories that *rows* gives, of the present or of the moment *at*; see ``newest_first``.

    *name* says which list it is: which stories stand on a page of the present is kept until the list changes.
    """

    def found() -> Listing:
        return newest_first(rows().values_list("pk", "first_published", named=True), before=before)

    listing = remember(("page", *name, before), found) if at is None else found()
    return replace(listing, rows=cards([row.pk for row in listing.rows], at))


def cards(pks: Collection[int], at: datetime | None = None) -> list[Publication]:
    """The stories with these ids in their order, as lists show them. They may be shown, now or of the moment *at*.

    Those of the present are shared with other pages: nobody may change them.
    """
    found = remember_each("card", pks, _fetched) if at is None else {pk: row for pk, row, _keys in _fetched(pks)}
    return [found[pk] for pk in pks if pk in found]


def _fetched(pks: Collection[int]) -> Iterator[tuple[int, Publication, list[str]]]:
    """By their ids alone, or SQLite walks the language's whole list to find them."""
    for row in Publication.objects.filter(pk__in=pks).for_lists().order_by():
        yield row.pk, row, keys_of(row)


def keys_of(card: Publication) -> list[str]:
    """What a story changes with where it stands in a list."""
    named = {"article": card.article_id, "section": card.section_id, "picture": card.lead_picture_id}
    return [keys.row(model, pk) for model, pk in named.items() if pk]


def newsroom_pages(language: str) -> dict[str, str]:
    """The newsroom pages that are live in the language, in the order of their kinds: kind → path."""
    return remember(("newsroom pages", language), partial(_newsroom_pages, language), keys.menu(language))


def _newsroom_pages(language: str) -> dict[str, str]:
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
    shown = [on_live(rows).values_list("pk", "first_published", "publication_id", named=True) for rows in links]
    listing = newest_first(*shown, before=before, size=size)
    return replace(listing, rows=cards([link.publication_id for link in listing.rows]))


def find(
    entries: QuerySet[Entry], links: type[Model], field: str, *, slug: str, language: str, name: str
) -> tuple[Entry, dict[str, str]]:
    """A register's entry that a live story in *language* uses, and its page in every language that has one.

    *links* are the rows that tie stories to it through *field*; *name* is the name of its address. An entry
    that no live story uses is an Http404: it is not public. Nobody may change what is returned.
    """
    entry, pages = remember(("entry", name, slug), partial(_found, entries, links, field, slug, name), keys.PAPER)
    if language not in pages:
        raise Http404
    return entry, pages


def _found(
    entries: QuerySet[Entry], links: type[Model], field: str, slug: str, name: str
) -> tuple[Entry, dict[str, str]]:
    codes = list(Paper.objects.current().public_languages)
    using = on_live(links._default_manager.filter(**{field: OuterRef("pk")}))
    there = {f"in_{number}": Exists(using.filter(language=code)) for number, code in enumerate(codes)}
    entry = entries.filter(slug=slug).annotate(**there).first()
    if entry is None:
        raise Http404
    return entry, {
        code: reverse(name, kwargs={"language": code, "slug": slug})
        for number, code in enumerate(codes)
        if getattr(entry, f"in_{number}")
    }
