"""What changed in a story since it first appeared, and the words that differ between any two of its publications."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from articles.enums import Change, PublicState
from articles.models.publication import Publication, PublicationQuerySet
from articles.public import past
from articles.public.changes import differences
from articles.public.listing import newest_first
from articles.public.page import Page, reader_page
from articles.public.standing import gone, moved, notice, published_at

SHOWN = 100
"""How many publications a page lists."""
KINDS: dict[str, Promise] = {
    Change.FIRST: _("First published"),
    Change.UPDATE: _("Update"),
    Change.CORRECTION: _("Correction"),
    Change.CLARIFICATION: _("Clarification"),
    Change.REFILE: _("Small correction of form"),
    Change.METADATA: _("Change beside the text"),
    Change.HOLD: _("Was being checked"),
    Change.RELEASE: _("Shown again, unchanged"),
    Change.RETRACTION: _("Retraction"),
    Change.REMOVAL: _("Removal"),
}
TOLD = {Change.UPDATE, Change.CORRECTION, Change.CLARIFICATION, Change.RETRACTION}
"""The kinds whose notes are for readers."""
UNSEEN = ("body", "story", "standfirst", "kicker", "byline")
"""What the list of publications has no need of."""


@dataclass(frozen=True)
class Entry:
    """One publication on the list: ``as_it_was`` is the address of its page then, ``changed`` its number to compare."""

    row: Publication
    kind: Promise
    note: str
    until: datetime | None
    now: bool
    as_it_was: str
    changed: int | None


@reader_page
def history(request: HttpRequest, language: str, **address: Any) -> Page | HttpResponse:
    """Publications that readers have seen; ``?from=2&to=5`` compares two by their numbers.

    Of a story that was retracted the times, kinds and notes alone are left. One that is held or removed answers
    as its own address does.
    """
    here = published_at(language, **address)
    now = here.valid().defer(*UNSEEN).first()
    if now is None:
        now = moved(here)
        if not gone(now):
            return HttpResponsePermanentRedirect(now.history_url())
    if (withdrawn := notice(now)) and now.state != PublicState.RETRACTED:
        return withdrawn
    readable = now.state == PublicState.LIVE
    seen = Publication.objects.ever_public().filter(article=now.article_id)
    before = request.GET.get("before")
    listing = newest_first(seen.defer(*UNSEEN), before=before, moment="visible_from", size=SHOWN)
    if not listing:
        raise Http404
    versions = Publication.objects.live().filter(family=now.family).defer(*UNSEEN)
    context = {
        "publication": now,
        "retracted": not readable,
        "entries": [_entry(row, now) for row in listing.rows],
        "listing": listing,
        "compared": _compared(request, seen.filter(state=PublicState.LIVE), listing.rows) if readable else None,
    }
    pages = {version.language: version.history_url() for version in [*versions, now]}
    return Page("public/history.html", context, pages, indexed=False)


def _entry(row: Publication, now: Publication) -> Entry:
    readable = now.state == PublicState.LIVE and row.state == PublicState.LIVE
    ended = row.visible_until if row.visible_until and row.visible_until <= timezone.now() else None
    return Entry(
        row=row,
        kind=KINDS[row.change],
        note=row.note if row.change in TOLD else "",
        until=ended if row.state == PublicState.HELD else None,
        now=row.pk == now.pk,
        as_it_was=row.get_absolute_url() + past.query(row.visible_from) if readable and row.pk != now.pk else "",
        changed=row.number if readable and row.change not in {Change.FIRST, Change.RELEASE} else None,
    )


def _compared(request: HttpRequest, texts: PublicationQuerySet, listed: Sequence[Publication]) -> dict[str, Any] | None:
    """The two publications that the address names and what differs; else the newest text and the one before it.

    A number that is none, or that has no text which readers have seen, is an Http404. None where there is but
    one text. Only these two are read with their bodies.
    """
    fresh = texts.exclude(change=Change.RELEASE).order_by("-visible_from", "-pk")  # a release brings a text back
    start, end = _number(request, "from"), _number(request, "to")
    new = _numbered(texts, end) if end else fresh.first()
    if new is None:
        return None
    old = _numbered(texts, start) if start else fresh.filter(visible_from__lt=new.visible_from).first()
    if old is None:
        return None
    if old.visible_from > new.visible_from:
        old, new = new, old
    options = {row.number: row for row in (*listed, new, old) if row.state == PublicState.LIVE}
    found = differences(old, new)
    return {
        "old": old,
        "new": new,
        "differences": found,
        "only_form": not found and old.body != new.body,
        "options": sorted(options.values(), key=lambda row: row.visible_from, reverse=True),
    }


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name)
    if text is None:
        return None
    if not re.fullmatch("[1-9][0-9]{0,8}", text):
        raise Http404
    return int(text)


def _numbered(texts: PublicationQuerySet, number: int) -> Publication:
    found = texts.filter(number=number).first()
    if found is None:
        raise Http404
    return found
