"""What the workbench's script asks and sends: one segment saved, what others did since, what stands beside."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, JsonResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from articles.errors import DeskError, NotAllowed
from translations import permissions, saving
from translations.enums import JobState
from translations.models.job import Job
from translations.workbench import beside, presence, shown
from translations.workbench.acts import act
from translations.workbench.page import beside_of, faults_of, segment_of, shape, visible
from translations.workbench.shown import Attempt, Row

LEEWAY = timedelta(seconds=10)  # a save that began earlier may be committed later


def change(request: HttpRequest, pk: int, segment: int) -> HttpResponse:
    """One act on one segment, as JSON both ways; see ``acts``. It answers with all that changed.

    A body of JSON, since a form that came too late for its session would be kept for later: here the page keeps it.
    """
    job = visible(request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    row = segment_of(job, segment)
    row.job = job
    told = _told(request)
    try:
        act(str(told.get("act", "")), row, told, by=request.user)
    except saving.Overtaken as stale:
        typed_in = str(told.get("target", ""))
        return _news(request, job, told, 409, stale, {segment: Attempt(typed_in, overtaken="target" in told)})
    except NotAllowed as refused:
        return _news(request, job, told, 403, refused)
    except DeskError as refused:
        return _news(request, job, told, 422, refused)
    return _news(request, job, told, 200)


def since(request: HttpRequest, pk: int) -> HttpResponse:
    """What others changed since the moment that the page knows, and who is here. It says where the user is."""
    job = visible(request, pk)
    if request.method != "GET":
        return HttpResponseNotAllowed(["GET"])
    at = request.GET.get("at", "")
    if permissions.may_write(request.user, job):
        presence.seen(job, request.user, int(at) if at.isascii() and at.isdigit() and len(at) < 19 else 0)
    return _news(request, job, request.GET, 200)


def aside(request: HttpRequest, pk: int, segment: int) -> HttpResponse:
    """What stands beside one segment, as a piece of the page."""
    job = visible(request, pk)
    segment_of(job, segment)
    found = {row.segment.pk: row for row in _rows(job, {})}
    beside_it = beside_of(found[segment], request.user, permissions.may_write(request.user, job))
    return _piece("beside", {"opened": beside_it, **_languages(job)}, request)


def concordance(request: HttpRequest, pk: int) -> HttpResponse:
    """Where else words were translated, as a piece of the page."""
    job = visible(request, pk)
    sought = request.GET.get("q", "").strip()[:100]
    notes: list[str] = []
    found = beside.passages(sought, job, request.user, notes) if sought else None
    shown_with = {"passages": found, "search_notes": notes, "sought": sought, **_languages(job)}
    return _piece("passages", shown_with, request)


def checks(request: HttpRequest, pk: int) -> HttpResponse:
    """What the checks on delivery have against the job now, as a piece of the page."""
    job = visible(request, pk)
    return _piece("faults", {"faults": faults_of(job, request.user, _rows(job, {}))}, request)


def _told(request: HttpRequest) -> dict[str, Any]:
    try:
        told = json.loads(request.body)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _news(
    request: HttpRequest,
    job: Job,
    told: Mapping[str, Any],
    status: int,
    refused: DeskError | None = None,
    attempts: dict[int, Attempt] | None = None,
) -> JsonResponse:
    """The segments that changed since the page's moment, drawn anew, with how far the work is and who is here."""
    now = timezone.now()
    job.refresh_from_db(fields=["state"])
    segments = shown.segments_of(job)
    reviewing = job.state == JobState.REVISING
    rows = shown.rows(segments, attempts or {}, reviewing=reviewing)
    after = _moment(told)
    writes = permissions.may_write(request.user, job)
    context = {"job": job, "writes": writes, "reviewing": reviewing, **_languages(job)}
    progress = {"progress": shown.progress(segments, reviewing=reviewing)}
    return JsonResponse(
        {
            "error": " ".join(refused.messages) if refused else "",
            "rows": [_drawn(row, context, request) for row in rows if row.segment.changed_at >= after or row.theirs],
            "progress": render_to_string("desk/workbench/_progress.html", progress, request),
            "others": [
                {"name": each.name, "segment": each.segment, "said": _("%(name)s is here") % {"name": each.name}}
                for each in presence.others(job, request.user)
            ],
            "shape": shape(segments),
            "since": now.isoformat(),
            "saved": _("saved %(time)s") % {"time": shown.clock(now)},
            "writes": writes,
            "token": get_token(request),
        },
        status=status,
    )


def _drawn(row: Row, context: dict[str, Any], request: HttpRequest) -> dict[str, Any]:
    return {
        "id": row.segment.pk,
        "version": row.segment.version,
        "html": render_to_string("desk/workbench/_segment.html", {**context, "row": row}, request),
    }


def _moment(told: Mapping[str, Any]) -> datetime:
    """The page's moment, a little earlier; long ago where it is none."""
    try:
        found = parse_datetime(str(told.get("since", "")))
    except ValueError:
        found = None
    if found is None or timezone.is_naive(found):
        return datetime.min.replace(tzinfo=timezone.get_default_timezone()) + timedelta(days=2)
    return found - LEEWAY


def _rows(job: Job, attempts: dict[int, Attempt]) -> list[Row]:
    return shown.rows(shown.segments_of(job), attempts, reviewing=job.state == JobState.REVISING)


def _languages(job: Job) -> dict[str, Any]:
    return {"source": shown.language(job.original.language), "target": shown.language(job.language)}


def _piece(name: str, context: dict[str, Any], request: HttpRequest) -> HttpResponse:
    return HttpResponse(render_to_string(f"desk/workbench/_{name}.html", context, request))
