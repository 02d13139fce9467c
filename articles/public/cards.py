"""The card of a live story, at the story's address: what others show where the page is shared.

Its address ends in the Publication's number, so that whoever keeps pictures fetches it anew after a change.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from articles.enums import PublicState
from articles.media import cards
from articles.models.publication import Publication
from articles.public.page import Page, as_reader_keeps_it, reader_page
from articles.public.pictures import SECONDS, stored
from articles.public.standing import moved, notice, published_at


def shared(publication: Publication, lead: Mapping[str, Any] | None) -> dict[str, Any]:
    """The card as a page's head names it; *lead* is the frozen lead picture."""
    alt = f"{publication.headline}. {lead['alt']}" if lead and lead["alt"] else publication.headline
    return {"path": publication.card_url(), "width": cards.WIDTH, "height": cards.HEIGHT, "alt": alt}


def card(request: HttpRequest, language: str, **address: Any) -> HttpResponseBase:
    """Others show the picture beside their link, on their own site; no other answer is for them."""
    response = _answer(request, language, **address)
    if response.status_code in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@reader_page
def _answer(request: HttpRequest, language: str, *, number: int, **address: Any) -> Page | HttpResponseBase:
    """The card of the story that stands here; what was not public, or is no more, has none.

    The number of an earlier Publication leads to the card of today. A story that was removed answers 410 as its
    page does; for what is scheduled, held or retracted the answer is that for an address that never was.
    """
    here = published_at(language, **address)
    found = here.valid().select_related("section", "lead_picture").first()
    if found is None:
        return _led(moved(here))
    if withdrawn := notice(found):
        if found.state == PublicState.REMOVED:
            return withdrawn
        raise Http404
    if found.number != number:
        if not Publication.objects.ever_public().filter(article=found.article_id, number=number).exists():
            raise Http404
        return _led(found)
    return _file(request, found)


def _led(publication: Publication) -> HttpResponse:
    """The way to the card of today, for this moment alone: it has another number after the next change."""
    return as_reader_keeps_it(HttpResponseRedirect(publication.card_url()))


def _file(request: HttpRequest, publication: Publication) -> HttpResponseBase:
    name = cards.keep(publication)
    etag = f'"{name.rsplit("/", 1)[1].removesuffix(".jpeg")}"'
    unchanged = get_conditional_response(request, etag=etag)
    response = unchanged or stored(request, default_storage, name, cards.CONTENT_TYPE)
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = f"public, max-age={SECONDS}"
    return response
