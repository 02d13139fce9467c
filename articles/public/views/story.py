"""A story's address: the story, or why it is not shown, or where it has moved."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.models.publication import Publication, PublicationQuerySet
from articles.public import past
from articles.public.cards import shared
from articles.public.head import About
from articles.public.linked_data import news_article
from articles.public.page import Page, reader_page
from articles.public.rights import rights_of
from articles.public.sharing import sharing
from articles.public.site import site_of
from articles.public.standing import gone, moved, notice, published_at, whole
from articles.public.telling import telling


@reader_page
def story(request: HttpRequest, language: str, **address: Any) -> Page | HttpResponse:
    """The story as it stands, or with ``?at=`` as readers saw it then."""
    here = published_at(language, **address)
    at = past.asked(request)
    if at is not None:
        return _as_it_was(request, here, at)
    found = whole(here.valid())
    now = found or moved(here)
    if found is None and not gone(now):
        return HttpResponsePermanentRedirect(now.get_absolute_url())
    return notice(now) or _page(request, now, now, None)


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
    if at is not None:
        _unlink(found.story, now.story)
    context: dict[str, Any] = telling(found, at)
    site = site_of(request)
    context["rights"] = rights_of(found, site.name)
    context["history"] = now.history_url() if found.changed else ""
    if at is None:  # what is handed on is the present
        context |= sharing(found, site)
    pages = {version.language: version.get_absolute_url() for version in [now, *context["versions"]]}
    return Page("public/story.html", context, pages, about=_about(found, context), at=at)


def _unlink(then: Mapping[str, Any], now: Mapping[str, Any]) -> None:
    """Marks the people, sources, names and topics that the story of *now* has no more: they may have no page."""
    for kind in ("tags", "people", "citations", "credits"):
        kept = {entry["slug"] for entry in now.get(kind, [])}
        for entry in then.get(kind, []):
            entry["unlinked"] = entry["slug"] not in kept


def _about(publication: Publication, context: dict[str, Any]) -> About:
    section, address = publication.section, publication.get_absolute_url()
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
        editions=[
            (f"{address}text.txt", "text/plain", _("As plain text")),
            (f"{address}text.md", "text/plain", _("As Markdown")),
        ],
    )
