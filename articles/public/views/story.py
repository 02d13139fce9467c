"""A story's address: the story, or why it is not shown, or where it has moved."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles.delivery import keys
from articles.delivery.memory import remember
from articles.models.publication import Publication, PublicationQuerySet
from articles.public import past
from articles.public.cards import shared
from articles.public.head import About, Edition
from articles.public.linked_data import news_article
from articles.public.page import NOTHING_HERE, Page, drawn_alone, drawn_head, reader_page
from articles.public.related import Subject, subject_of
from articles.public.rights import rights_of
from articles.public.sharing import sharing
from articles.public.shown import newsroom_pages
from articles.public.site import address_of, site_of
from articles.public.standing import gone, moved, notice, published_at, whole
from articles.public.telling import read_more, telling


class Told(NamedTuple):
    """What a live story's page says of it, as it goes out."""

    headline: str
    article: SafeString
    head: SafeString
    elsewhere: Mapping[str, str]
    subject: Subject


class _Other(Exception):
    """No live story stands here, but perhaps a withdrawn one."""

    def __init__(self, found: Publication | None) -> None:
        self.found = found


@reader_page
def story(request: HttpRequest, language: str, **address: Any) -> Page | HttpResponse:
    """The story as it stands, or with ``?at=`` as readers saw it then."""
    at = past.asked(request)
    if at is not None:
        return _as_it_was(request, published_at(language, **address), at)
    name = ("story", language, *address.values(), address_of(request))
    make = partial(_told, request, language, address)
    try:
        told = remember(name, make, keys.address(language, address["slug"]))
    except _Other as other:
        return _other(other.found, published_at(language, **address))
    context = {"headline": told.headline, "article": told.article, "related": read_more(told.subject)}
    return Page("public/story.html", context, told.elsewhere, head=told.head)


def _other(found: Publication | None, here: PublicationQuerySet) -> Page | HttpResponse:
    """The notice of the withdrawn story *found*, or the way to where the one that stood *here* has moved."""
    now = found or moved(here)
    if found is None and not gone(now):
        return HttpResponsePermanentRedirect(now.get_absolute_url())
    return notice(now) or NOTHING_HERE


def _told(request: HttpRequest, language: str, address: Mapping[str, Any]) -> Told:
    """The live story that stands at the *address*. Raises ``_Other`` where there is none."""
    found = whole(published_at(language, **address).valid())
    if found is None or notice(found):
        raise _Other(found)
    page = _page(request, found, found, None)
    return Told(
        found.headline,
        drawn_alone("public/_partials/story.html", page, found.language),
        drawn_head(page, found.language, request, newsroom_pages(found.language)),
        page.elsewhere,
        subject_of(found),
    )


def _as_it_was(request: HttpRequest, here: PublicationQuerySet, at: datetime) -> Page | HttpResponse:
    """The story at *at*. One that was withdrawn since answers as it does now: nothing of it can be read here."""
    found = whole(here.valid(at))
    then = found or moved(here, at)
    now = Publication.objects.valid().filter(article=then.article_id).first()
    if now is None:
        raise Http404
    if withdrawn := notice(now):
        return withdrawn if found or gone(now) else HttpResponsePermanentRedirect(now.get_absolute_url())
    if found is None:
        return HttpResponsePermanentRedirect(then.get_absolute_url() + past.query(at))
    if checked := notice(found):
        return replace(checked, at=at, elsewhere={now.language: now.get_absolute_url()})
    return _page(request, found, now, at)


def _page(request: HttpRequest, found: Any, now: Publication, at: datetime | None) -> Page:
    """The page of *found*; other languages and the way back to the present lead to what stands *now*."""
    more: list[SafeString] = []
    if at is not None:
        _unlink(found.story, now.story)
        more = read_more(subject_of(found), at, found.story.get("pictures", []))
    context: dict[str, Any] = {**telling(found, at), "related": more}
    site = site_of(request)
    context["rights"] = rights_of(found, site.name)
    context["history"] = now.history_url() if found.changed else ""
    if at is None:  # what is handed on is the present
        context |= sharing(found, site) | {"editions": _editions(found)}
    pages = {version.language: version.get_absolute_url() for version in [now, *context["versions"]]}
    return Page("public/story.html", context, pages, about=_about(found, context), at=at)


def _unlink(then: Mapping[str, Any], now: Mapping[str, Any]) -> None:
    """Marks the people, sources, names and topics that the story of *now* has no more: they may have no page."""
    for kind in ("tags", "people", "citations", "credits"):
        kept = {entry["slug"] for entry in now.get(kind, [])}
        for entry in then.get(kind, []):
            entry["unlinked"] = entry["slug"] not in kept


def _about(publication: Publication, context: dict[str, Any]) -> About:
    section = publication.section
    assert section is not None  # noqa: S101 - the database lets no story be without
    return About(
        publication.headline,
        publication.standfirst,
        kind="article",
        picture=shared(publication, context["lead"]),
        published=publication.first_published,
        modified=publication.updated,
        section=str(section),
        tags=[tag["name"] for tag in context["tags"]],
        trail=[(str(section), reverse("section", kwargs={"language": publication.language, "section": section.slug}))],
        data=lambda site: [news_article(publication, context, site)],
        editions=_editions(publication),
    )


def _editions(publication: Publication) -> list[Edition]:
    address = publication.get_absolute_url()
    return [
        Edition(f"{address}text.txt", "text/plain", _("As plain text")),
        Edition(f"{address}text.md", "text/plain", _("As Markdown")),
    ]
