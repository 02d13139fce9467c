"""The workbench as a page. Without script it is one plain form that saves what was changed."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles import text
from articles.errors import DeskError
from translations import acting, permissions, saving, segmenting, working_copy
from translations.enums import JobState, JobStep
from translations.models.job import Job, JobEvent
from translations.models.segment import Segment
from translations.workbench import beside, presence, shown, typed
from translations.workbench.acts import act
from translations.workbench.shown import Attempt, Row

FILTERS = {
    "all": gettext_lazy("all"),
    "left": gettext_lazy("left to do"),
    "stale": gettext_lazy("original changed"),
    "mine": gettext_lazy("mine"),
    "faults": gettext_lazy("with faults"),
}
ACTS = ("confirm", "copy", "omit", "reopen", "split", "merge")


def visible(request: HttpRequest, pk: int) -> Job:
    """The job, or the same 404 whether it is hidden or was never there."""
    jobs = permissions.visible_jobs(request.user)
    related = ("original", "article", "translator", "reviser")
    job = jobs.select_related(*related).prefetch_related("helpers").filter(pk=pk).first()
    if job is None:
        raise Http404
    return job


def segment_of(job: Job, pk: int) -> Segment:
    """A segment of this very job."""
    segment = Segment.objects.select_related("by", "revised_by").filter(job=job, pk=pk).first()
    if segment is None:
        raise Http404
    segment.job = job
    return segment


def work(request: HttpRequest, pk: int) -> HttpResponse:
    """GET shows the job's segments; POST is the plain form, with one act on one segment or none."""
    job = visible(request, pk)
    if request.method not in {"GET", "HEAD", "POST"}:
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    if request.method == "POST":
        return _send(request, job)
    return draw(request, job, {})


def draw(request: HttpRequest, job: Job, attempts: dict[int, Attempt], status: int = 200) -> HttpResponse:
    """The page, with what could not be saved still in its fields."""
    user: Any = request.user
    reviewing = job.state == JobState.REVISING
    segments = shown.segments_of(job)
    rows = shown.rows(segments, attempts, reviewing=reviewing)
    show, find = request.GET.get("show", "all"), request.GET.get("find", "").strip()[:100]
    left = shown.chosen(rows, show, find, user)
    current = _current(request, rows)
    opened = "segment" in request.GET and current is not None
    sought = request.GET.get("q", "").strip()[:100]
    writes = permissions.may_write(user, job)
    search_notes: list[str] = []
    context = {
        **admin.site.each_context(request),
        "title": _("Workbench: %(headline)s") % {"headline": job.headline},
        "is_nav_sidebar_enabled": False,
        "job": job,
        "rows": left,
        "writes": writes,
        "reviewing": reviewing,
        "current": current,
        "opened": beside_of(current, user, writes) if opened and current else None,
        "progress": shown.progress(segments, reviewing=reviewing),
        "source": shown.language(job.original.language),
        "target": shown.language(job.language),
        "filters": FILTERS.items(),
        "show": show if show in FILTERS else "all",
        "find": find,
        "sought": sought,
        "passages": beside.passages(sought, job, user, search_notes) if sought else None,
        "search_notes": search_notes,
        "faults": faults_of(job, user, rows) if "checks" in request.GET else None,
        "returned": _returned(job),
        "others": presence.others(job, user),
        "slug": job.article.slug if job.article else None,
        "job_address": _job_page(job),
        "shape": shape(segments),
        "since": timezone.now().isoformat(),
        "hidden": len(rows) - len(left),
    }
    return TemplateResponse(request, "desk/workbench/page.html", context, status=status)


def beside_of(row: Row, user: Any, writes: bool) -> dict[str, Any]:
    """What stands beside one segment: suggestions, terms, and its rarer acts."""
    plain = segmenting.plain(row.segment.source)
    notes: list[str] = []
    return {
        "row": row,
        "writes": writes,
        "suggestions": beside.suggestions(row.segment, user, notes),
        "notes": notes,
        "hints": beside.hints(row.segment),
        "source_words": text.words(plain),
        "cuts": cuts(plain),
    }


def cuts(plain: str) -> list[tuple[int, str, str]]:
    """Where a segment can be cut: after how many visible characters, and the words on both sides."""
    places = [at for at, sign in enumerate(plain) if at and sign.isspace() and not plain[at - 1].isspace()]
    return [(at, plain[:at], plain[at:].strip()) for at in places if plain[at:].strip()]


def faults_of(job: Job, user: Any, rows: list[Row]) -> list[tuple[Row | None, beside.Fault]]:
    """What the checks have against the job, each with its row; without one, what is wrong with the whole."""
    by_segment = {row.segment.pk: row for row in rows}
    found = [(by_segment.get(fault.segment), fault) for fault in beside.faults(job, user)]
    return sorted(found, key=lambda pair: pair[0].number if pair[0] else 0)


def shape(segments: list[Segment]) -> str:
    """Changes where a segment is added or goes."""
    return f"{len(segments)}-{max((segment.pk for segment in segments), default=0)}"


def keep_slug(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps the slug of the translation, with what is translated so far, in its working copy."""
    job = visible(request, pk)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    typed_in = request.POST.get("slug", "").replace("\0", "").strip()
    slug = text.slugify(typed_in, max_length=80)
    if not slug:
        messages.error(request, _("Write a few words for the address. You wrote: %(text)s") % {"text": typed_in})
    else:
        try:
            with transaction.atomic():
                locked = acting.locked(job)
                if locked.article is None or not permissions.may_write(request.user, locked):
                    raise PermissionDenied
                working_copy.write(locked, request.user, slug)
        except DeskError as refused:
            messages.error(request, f"{refused} {_('You wrote: %(text)s') % {'text': typed_in}}")
        else:
            messages.success(request, _("The address will end in “%(slug)s”.") % {"slug": slug})
    return HttpResponseRedirect(reverse("admin:translations_job_work", args=[job.pk]))


def drawn(written: str) -> str:
    """A mark of a field's text as it was drawn: it tells what was typed from what only grew old."""
    return hashlib.sha256(" ".join(written.split()).encode()).hexdigest()[:8]


def _job_page(job: Job) -> str:
    """The address of the job's own page, where it is delivered; empty in an admin without one."""
    try:
        return reverse("admin:translations_job_change", args=[job.pk])
    except NoReverseMatch:
        return ""


def _returned(job: Job) -> JobEvent | None:
    """The last return in this round, with the reviser's comment; None where there was none, or the work is done."""
    if job.state not in {*permissions.WRITING, JobState.DELIVERED, JobState.REVISING}:
        return None
    back = job.events.filter(step=JobStep.RETURN, round=job.round).select_related("by")
    return back.order_by("at", "id").last()


def _current(request: HttpRequest, rows: list[Row]) -> Row | None:
    """The segment asked for, else the first that is left."""
    asked = request.GET.get("segment", "")
    for row in rows:
        if asked == str(row.segment.pk):
            return row
    return next((row for row in rows if not row.done), rows[0] if rows else None)


def _send(request: HttpRequest, job: Job) -> HttpResponse:
    segments = {segment.pk: segment for segment in shown.segments_of(job)}
    for segment in segments.values():
        segment.job = job
    name, chosen = _asked(request)
    writes = permissions.may_write(request.user, job)
    attempts, saved, lost = {}, 0, []
    for pk, version, written in _changed(request, also=chosen):
        if pk not in segments:
            lost.append(written)
            continue
        does = name if pk == chosen else "save"
        attempt, stored = _attempt(request, segments[pk], version, written, does)
        saved += stored
        if attempt:
            attempts[pk] = attempt
    if lost:
        gone = _("These texts belong to segments that were merged or cut anew. Copy them: %(texts)s")
        messages.error(request, gone % {"texts": " | ".join(lost)})
    if attempts:
        messages.error(request, _("Not everything was saved: look at the segments that are marked."))
    if attempts or not writes:
        return draw(request, job, attempts, status=409 if writes else 403)
    if saved:
        said = ngettext("%(count)s segment saved, %(time)s.", "%(count)s segments saved, %(time)s.", saved)
        messages.success(request, said % {"count": saved, "time": shown.clock(timezone.now())})
    return HttpResponseRedirect(_onwards(job, chosen, name))


def _attempt(
    request: HttpRequest, segment: Segment, version: str, written: str, does: str
) -> tuple[Attempt | None, bool]:
    """Takes the act, and the saving that goes before it; says what could not be, and whether anything was."""
    sent = request.POST
    told = {
        "version": version, "target": written, "next_version": sent.get("next", ""),
        "reason": sent.get("reason", ""), "offset": sent.get("offset", ""),
    }  # fmt: skip
    if does == "take":
        told |= _taken(request, segment)
        does = "save"
    typed_in = drawn(written) != drawn(typed.to_typed(segment.target))
    try:
        if does in {"omit", "reopen", "split", "merge"} and typed_in and version == str(segment.version):
            act("save", segment, told, by=request.user)
            segment.refresh_from_db(fields=["version", "target"])
            told["version"] = str(segment.version)
        act(does, segment, told, by=request.user)
    except saving.Overtaken as stale:
        return Attempt(written, stale.messages, overtaken=True), False
    except DeskError as refused:
        return Attempt(written, refused.messages), False
    return None, True


def _asked(request: HttpRequest) -> tuple[str, int]:
    """The act that was asked for, and on which segment: the button's name and value."""
    for name in ACTS:
        value = request.POST.get(f"_{name}", "")
        if value.isascii() and value.isdigit() and len(value) < 19:
            return name, int(value)
    taken, _colon, _number = request.POST.get("_take", "").partition(":")
    return ("take", int(taken)) if taken.isascii() and taken.isdigit() and len(taken) < 19 else ("save", 0)


def _taken(request: HttpRequest, segment: Segment) -> dict[str, str]:
    """The suggestion whose button was pressed; nothing where it is not offered any more."""
    number = request.POST["_take"].partition(":")[2]
    for offered in beside.suggestions(segment, request.user):
        if str(offered.number) == number:
            return {"target": offered.typed, "key": offered.key}
    return {}


def _changed(request: HttpRequest, also: int) -> list[tuple[int, str, str]]:
    """What was typed: the segment, the version that it was drawn for, and the text; *also* that of one not changed."""
    found = []
    for name, value in request.POST.items():
        prefix, *parts = name.split("-")
        if prefix != "t" or len(parts) != 3 or not parts[0].isdigit() or len(parts[0]) > 18:
            continue
        written = str(value).replace("\r\n", "\n").replace("\0", "")
        if drawn(written) != parts[2] or int(parts[0]) == also:
            found.append((int(parts[0]), parts[1], written))
    return found


def _onwards(job: Job, chosen: int, name: str) -> str:
    """Back to the page: to the next segment that is left after one was confirmed, else to the same."""
    address = reverse("admin:translations_job_work", args=[job.pk])
    if not chosen:
        return address
    if name == "confirm":
        rows = shown.rows(shown.segments_of(job), {}, reviewing=job.state == JobState.REVISING)
        at = next((number for number, row in enumerate(rows) if row.segment.pk == chosen), 0)
        following = next((row.segment.pk for row in [*rows[at + 1 :], *rows[:at]] if not row.done), chosen)
        return f"{address}?segment={following}#s-{following}"
    return f"{address}?segment={chosen}#s-{chosen}"
