"""What happened to an article, on one time line, and any two of its revisions side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from articles.admin.choices import is_number
from articles.admin.compare import differences
from articles.admin.forms import in_zones, zone_name
from articles.enums import Step
from articles.models.article import Article
from articles.models.finding import Finding
from articles.models.paper import Paper
from articles.models.revision import Revision
from articles.workflow import checking

SHOWN = 300  # of each kind, the newest


@dataclass(frozen=True)
class Event:
    """A point on the time line."""

    at: datetime
    order: int
    kind: str  # revision, transition, publication, comment or waiver: the class in the style sheet
    what: str
    by: Any
    note: str = ""
    revision: int | None = None
    period: str = ""


def timeline(request: HttpRequest, article: Article) -> HttpResponse:
    """Revisions, steps, publications, comments and waivers, the newest first."""
    revisions = list(article.revisions.select_related("by").defer("document").order_by("-number")[:SHOWN])
    events = [
        *(_revision(row) for row in revisions),
        *(_transition(row) for row in article.transitions.select_related("by").order_by("-id")[:SHOWN]),
        *(_publication(row) for row in article.publications.select_related("by").order_by("-number")[:SHOWN]),
        *(_comment(row) for row in article.comments.select_related("by").order_by("-id")[:SHOWN]),
        *(_waiver(row) for row in checking.waivers(article)[:SHOWN]),
    ]
    context = {
        **_common(request, article, _("History: %(headline)s") % {"headline": article.headline}),
        "events": sorted(events, key=lambda event: (event.at, event.order), reverse=True),
        "revisions": revisions,
        "zone": zone_name(),
    }
    return TemplateResponse(request, "desk/history.html", context)


def compare_revisions(request: HttpRequest, article: Article) -> HttpResponse:
    """Two revisions of the article, ``?old=1&new=3``; without numbers, the two newest."""
    head = article.head.number if article.head else 0
    new = _asked(article, request.GET.get("new"), head)
    old = _asked(article, request.GET.get("old"), max(new.number - 1, 1))
    context = {
        **_common(request, article, _("Compare: %(headline)s") % {"headline": article.headline}),
        "old": old,
        "new": new,
        "differences": differences(old.document, new.document),
        "revisions": article.revisions.select_related("by").defer("document").order_by("-number")[:SHOWN],
    }
    return TemplateResponse(request, "desk/compare.html", context)


def _asked(article: Article, number: str | None, otherwise: int) -> Revision:
    wanted = int(number) if number is not None and is_number(number) else otherwise
    found = article.revisions.select_related("by").filter(number=wanted).first()
    if found is None:
        raise Http404
    return found


def _common(request: HttpRequest, article: Article, title: str) -> dict[str, Any]:
    return {**admin.site.each_context(request), "title": title, "opts": Article._meta, "article": article}


def _revision(row: Revision) -> Event:
    return Event(
        row.at,
        1,
        "revision",
        _("Revision %(number)s") % {"number": row.number},
        row.by,
        row.why,
        revision=row.number,
    )


def _transition(row: Any) -> Event:
    what = str(Step(row.step).label).capitalize()
    if row.from_state != row.to_state:
        what += f": {row.get_from_state_display()} → {row.get_to_state_display()}"
    return Event(row.at, 2, "transition", what, row.by, row.note)


def _publication(row: Any) -> Event:
    what = _("Publication %(number)s: %(change)s") % {"number": row.number, "change": row.get_change_display()}
    if row.visible_until == row.visible_from:
        period = _("cancelled before its time")
    else:
        period = _("readers: from %(start)s") % {"start": _zones(row.visible_from)}
        if row.visible_until:
            period += " " + _("until %(end)s") % {"end": _zones(row.visible_until)}
    return Event(row.made_at, 3, "publication", what, row.by, row.note, period=period)


def _comment(row: Any) -> Event:
    return Event(row.at, 4, "comment", _("Comment"), row.by, row.text)


def _waiver(row: Finding) -> Event:
    what = _("Waived: %(finding)s") % {"finding": checking.message(row)}
    assert row.waived_at is not None  # noqa: S101 - the database holds it
    return Event(row.waived_at, 5, "waiver", what, row.waived_by, row.waived_reason)


def _zones(moment: datetime) -> str:
    return " · ".join(in_zones(moment, Paper.objects.current().zone.key, zone_name()))
