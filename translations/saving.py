"""The one way in which a segment is written: by the workbench, and by a file that comes back from outside.

Each act locks the job, asks whether the user may write in it now, compares the version for which the screen was drawn,
and writes in one transaction. A draft is kept whatever is wrong with it; only a confirmed segment has to be whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.errors import NotAllowed, Refused, Stale
from translations import claims, matching, permissions, segmenting
from translations.enums import JobState, Method, SegmentState
from translations.models.job import Job
from translations.models.segment import GAP, NEEDED_IN_PART, Segment

LONGEST = 20_000  # characters of one segment's translation
EXTENDED_AFTER = timedelta(minutes=10)  # a claim is not written anew with every keystroke
ROOM = 1_000_000_000  # beyond any position, while positions are dealt out anew


class Overtaken(Stale):
    """Somebody saved the segment meanwhile. ``segment`` is its newest state, ``typed`` what was not saved."""

    def __init__(self, segment: Segment, typed: str = "") -> None:
        super().__init__(segment)
        who = segment.revised_by or segment.by
        said = _("%(who)s changed this segment while you had it open. Both texts are shown: choose one.")
        self.messages = [said % {"who": who or _("Somebody")}]
        self.segment, self.typed = segment, typed

    def __str__(self) -> str:
        return self.messages[0]


class Gone(Refused):
    """The segment is no more: it was merged, or the story was cut anew."""

    def __init__(self) -> None:
        super().__init__(_("This segment was merged or cut anew meanwhile. Copy your text and load the page again."))


def save(
    segment_id: int,
    *,
    by: Any,
    version: int,
    target: str,
    state: str | None = None,
    method: str | None = None,
    engine: str = "",
    match: int = 0,
    omitted: str = "",
    read: bool = False,
) -> Segment:
    """Writes the coded *target*; without a *state* it is a draft. *omitted* is the reason for leaving it out instead.

    A *state* other than initial confirms: as translated, or as revised where the reviser does it. *method*, *engine*
    and *match* say where the text comes from; left out, it was typed, over what stood there. What is stored already is
    written no second time. *read* says that somebody has read this very segment: without it, what a machine left stays
    a draft, whatever the *state*. Raises ``Overtaken``, ``NotAllowed``, ``Refused`` or ``Gone``.
    """
    target, omitted = _clean(target), _line(omitted)
    with _writing(segment_id, by=by) as segment:
        raw = not omitted and (method == Method.MACHINE or left_by_machine(segment, target))
        wanted = _stage(segment.job, state if read or not raw else None)
        same = (target, wanted, omitted) == (segment.target, segment.state, segment.omitted)
        if same and segment.version >= version and not segment.stale:
            return segment
        if segment.version != version:
            raise Overtaken(segment, target)
        if omitted:
            _leave_out(segment, omitted, by)
        else:
            _put(segment, target, by, method, engine, match)
            segment.state = wanted
            if wanted != SegmentState.INITIAL:
                _whole(segment)
                if segment.method == Method.MACHINE:
                    segment.method = Method.POST_EDITED
        return _store(segment)


def confirm(
    segment_id: int,
    *,
    by: Any,
    version: int,
    target: str,
    method: str | None = None,
    engine: str = "",
    match: int = 0,
) -> Segment:
    """Saves *target* as done, and fills the segments of the story that say the same. It is one person's act for one
    segment that they have read: a machine's words count as edited by it, changed or not.

    ``Refused`` where it is empty, or its marks are not those of the original.
    """
    with transaction.atomic():
        segment = save(
            segment_id, by=by, version=version, target=target, state=SegmentState.TRANSLATED,
            method=method, engine=engine, match=match, read=True,
        )  # fmt: skip
        fill_repetitions(segment)
    return segment


def left_by_machine(segment: Segment, target: str) -> bool:
    """Whether *target* is what a machine left in the segment, and nobody has read it there."""
    said = matching.normal(target)
    if said == matching.normal(segment.target):
        return segment.method == Method.MACHINE
    return bool(said) and said == matching.normal(segment.machine_text)


def omit(segment_id: int, *, by: Any, version: int, reason: str) -> Segment:
    """Leaves the segment out of the translation, for a reason that the desk reads."""
    if not _line(reason):
        raise Refused(_("Write why the segment is left out."))
    return save(segment_id, by=by, version=version, target="", state=SegmentState.TRANSLATED, omitted=reason)


def reopen(segment_id: int, *, by: Any, version: int) -> Segment:
    """Makes a segment that was done, or left out, one to work on again; its text stays."""
    with _writing(segment_id, by=by, version=version) as segment:
        segment.state, segment.state_before, segment.omitted = SegmentState.INITIAL, SegmentState.INITIAL, ""
        return _store(segment)


def split(segment_id: int, *, by: Any, version: int, offset: int) -> tuple[Segment, Segment]:
    """Cuts the source in two after *offset* visible characters. What was translated stays with the first half."""
    with _writing(segment_id, by=by, version=version) as segment:
        first, second = segmenting.split_at(segment.source, offset)
        if not segmenting.plain(first).strip() or not segmenting.plain(second).strip():
            raise Refused(_("Choose a place inside the segment, so that both halves have words."))
        position = _place_after(segment)
        segment.refresh_from_db(fields=["position"])
        rest = Segment(
            job=segment.job, position=position, field=segment.field, paragraph=segment.paragraph,
            stale=segment.stale, round=segment.round,
        )  # fmt: skip
        marks = segment.marks
        _say(segment, first, marks)
        _say(rest, second, marks)
        segment.state, segment.state_before, segment.omitted = SegmentState.INITIAL, SegmentState.INITIAL, ""
        rest.save()
        return _store(segment), rest


def merge(segment_id: int, *, by: Any, version: int, next_version: int) -> Segment:
    """Joins the segment with the next one of its paragraph, which is gone then. One text has one author."""
    with _writing(segment_id, by=by, version=version) as segment:
        other = _next(segment)
        if other is None:
            raise Refused(_("There is no next segment in this paragraph."))
        if other.version != next_version:
            raise Overtaken(other)
        if segment.target and other.target and segment.by_id != other.by_id:
            raise Refused(
                _("Two people translated these segments, %(one)s and %(other)s. They stay apart: both are named.")
                % {"one": segment.by or _("Somebody"), "other": other.by or _("Somebody")}
            )
        round_ = segment.job.round
        if (segment.stale or segment.round == round_) != (other.stale or other.round == round_):
            raise Refused(_("Only one of the two is new or changed in this round, and counts. Leave them apart."))
        if other.target and not segment.target:
            segment.by, segment.revised_by = other.by, other.revised_by
        done = SegmentState.INITIAL not in {segment.state, other.state} and not segment.omitted and not other.omitted
        marks = {**segment.marks, **other.marks}
        segment.target = _clean(_joined(segment.target, other.target))
        segment.old_source = _joined(segment.old_source, other.old_source)
        segment.stale = segment.stale or other.stale
        segment.method = segment.method if segment.method == other.method else _mixed(segment, other)
        segment.engine = _both(segment.engine, other.engine)
        if segment.machine_text or other.machine_text:
            segment.machine_text = segment.target
            segment.machine_engine = _both(segment.machine_engine, other.machine_engine)
        segment.match = min(segment.match, other.match)
        segment.omitted = ""
        segment.state = segment.state if done else SegmentState.INITIAL
        segment.state_before = SegmentState.INITIAL
        _say(segment, segmenting.merged(segment.source, other.source), marks)
        other.delete()
        return _store(segment)


def fill_repetitions(segment: Segment) -> list[Segment]:
    """Gives the text of a segment that is done to those of its job that say the same and are empty yet."""
    if segment.state == SegmentState.INITIAL or not segment.target:
        return []
    empty = Segment.objects.filter(
        job=segment.job_id, sha256=segment.sha256, source=segment.source, target="", omitted="", stale=False
    )
    filled = []
    for row in empty.exclude(pk=segment.pk).select_for_update(of=("self",)):
        row.target, row.state, row.method = segment.target, segment.state, Method.REPETITION
        row.engine, row.by, row.revised_by = segment.engine, segment.by, segment.revised_by
        row.machine_text, row.machine_engine = segment.machine_text, segment.machine_engine
        if segment.machine_text and matching.normal(segment.target) == matching.normal(segment.machine_text):
            row.state, row.method = SegmentState.INITIAL, Method.MACHINE  # read in one place, not in the other
        filled.append(_store(row))
    return filled


@contextmanager
def _writing(segment_id: int, *, by: Any, version: int | None = None) -> Iterator[Segment]:
    """The segment, with its job locked until the block's transaction ends; the job then counts as being translated."""
    with transaction.atomic():
        found = Segment.objects.filter(pk=segment_id).values_list("job_id", flat=True).first()
        if found is None:
            raise Gone
        job = Job.objects.select_for_update(of=("self",), no_key=True).get(pk=found)
        segment = Segment.objects.select_for_update(of=("self",)).select_related("by").filter(pk=segment_id).first()
        if segment is None:
            raise Gone
        segment.job = job
        if not permissions.may_write(by, job):
            raise NotAllowed(
                _("You may not write in this translation as it stands. Look at its page for who works on it.")
            )
        if version is not None and segment.version != version:
            raise Overtaken(segment)
        yield segment
        _begun(job)


def _begun(job: Job) -> None:
    """What the first word, and any word after it, does to the job."""
    if job.state == JobState.ACCEPTED:
        job.state = JobState.TRANSLATING
        job.save(update_fields=["state"])
    if job.claimed_until is not None and claims.until() - job.claimed_until > EXTENDED_AFTER:
        claims.extend(job.pk)


def _stage(job: Job, asked: str | None) -> SegmentState:
    """What confirming makes of a segment now; nobody confirms as final, which accepting the whole does."""
    if asked is None or asked == SegmentState.INITIAL:
        return SegmentState.INITIAL
    return SegmentState.REVIEWED if job.state == JobState.REVISING else SegmentState.TRANSLATED


def _put(segment: Segment, target: str, by: Any, method: str | None, engine: str, match: int) -> None:
    """The new text, and whose it is: a reviser's change leaves the translator its author and keeps their text."""
    changed = target != segment.target
    if segment.job.state == JobState.REVISING:
        segment.revised_by = by
        if changed and not segment.before_revision:
            segment.before_revision = segment.target
        elif target == segment.before_revision:
            segment.before_revision = ""
    else:
        segment.revised_by, segment.before_revision = None, ""
        if changed or segment.by_id is None:
            segment.by = by
    if changed or method:
        segment.method, segment.engine, segment.match = _origin(segment, target, method, engine, match)
    if segment.method == Method.MACHINE:
        segment.machine_text, segment.machine_engine = target, segment.engine
    if changed:
        segment.state_before = SegmentState.INITIAL
    segment.target, segment.omitted = target, ""


def _origin(segment: Segment, target: str, method: str | None, engine: str, match: int) -> tuple[str, str, int]:
    """How the text came about. Typing over a machine's words makes them edited; over the memory's, one's own.

    What a machine left here last is known again, or known in what is like it, after the field was empty.
    """
    if not target:
        return "", "", 0
    if method:
        return method, engine, match
    if left_by_machine(segment, target):
        return Method.MACHINE, segment.machine_engine or segment.engine, segment.match
    if segment.target and (segment.engine or segment.method == Method.POST_EDITED):
        return Method.POST_EDITED, segment.engine, segment.match
    if segment.machine_text and matching.similarity(segment.machine_text, target) >= matching.FUZZY:
        return Method.POST_EDITED, segment.machine_engine, segment.match
    return Method.HUMAN, "", segment.match


def _leave_out(segment: Segment, reason: str, by: Any) -> None:
    if segment.is_needed:
        raise Refused(_("A story can't be without this text: translate it."))
    if segment.field in NEEDED_IN_PART and not _others_stay(segment):
        raise Refused(_("All the rest of it is left out, and a story can't be without this part: translate it."))
    if len(reason) > (most := Segment._meta.get_field("omitted").max_length or 0):
        raise Refused(_("Write the reason in %(most)s characters at the most.") % {"most": most})
    _put(segment, "", by, None, "", 0)
    segment.omitted = reason
    segment.state = _stage(segment.job, SegmentState.TRANSLATED)
    _met(segment)


def _others_stay(segment: Segment) -> bool:
    """Whether something else of the segment's field is not left out."""
    rows = Segment.objects.filter(job=segment.job_id, field=segment.field, omitted="")
    return rows.exclude(pk=segment.pk).exists()


def _whole(segment: Segment) -> None:
    """Refuses what can't stand as done; then it is up to date with the original."""
    if not segmenting.plain(segment.target).strip():
        raise Refused(_("Write the translation first, or leave the segment out with a reason."))
    if faults := segmenting.mark_faults(segment.source, segment.target):
        raise Refused(*(said(fault) for fault in faults))
    _met(segment)


def _met(segment: Segment) -> None:
    """The segment is up to date with the original; where it had changed, that is work of the job's round."""
    if segment.stale:
        segment.round = segment.job.round
    segment.stale, segment.old_source = False, ""


def said(fault: str) -> str:
    """A fault of ``segmenting.mark_faults`` as a sentence."""
    kind, _space, number = fault.partition(" ")
    sentences = {
        "lost": _("Mark %(number)s is missing: put it where it belongs."),
        "crossed": _("Mark %(number)s crosses another: close the inner one first."),
        "doubled": _("Mark %(number)s stands there twice: take one away."),
        "unknown": _("Mark %(number)s is not in the original: take it away."),
    }
    whole = _("A mark is broken: each one that opens has to close.")
    return sentences.get(kind, whole) % {"number": number}


def _store(segment: Segment) -> Segment:
    segment.version += 1
    segment.changed_at = timezone.now()
    segment.save()
    return segment


def _clean(target: str) -> str:
    """Well-formed coded text of one line, without what no database keeps."""
    line = target.replace("\0", "").replace("\r\n", " ").replace("\n", " ").replace("\r", " ")
    if len(line) > LONGEST:
        raise Refused(_("The text is too long: a segment has %(most)s characters at the most.") % {"most": LONGEST})
    return segmenting.repair(line).strip()


def _line(text: str) -> str:
    """Plain words in one line: blanks for what parts lines, nothing for what can't be printed."""
    return "".join(sign for sign in " ".join(text.split()) if sign.isprintable())


def _say(segment: Segment, source: str, marks: dict[str, Any]) -> None:
    """The segment's source, with those of the *marks* that stand in it."""
    numbers = {"".join(sign for sign in mark if sign.isdigit()) for mark in segmenting.marks_of(source)}
    segment.source, segment.sha256 = source, segmenting.sha256(source)
    segment.marks = {number: marks[number] for number in marks if number in numbers}


def _joined(first: str, second: str) -> str:
    return segmenting.merged(first, second) if first and second else first or second


def _both(one: str, other: str) -> str:
    """The engines of two texts, each once."""
    return ", ".join(dict.fromkeys(name for name in (one, other) if name))[:80]


def _mixed(segment: Segment, other: Segment) -> str:
    """What two texts of different origin are together: a machine's part is never forgotten, and never read unasked."""
    methods = {segment.method, other.method} - {""}
    for kind in (Method.MACHINE, Method.POST_EDITED):
        if kind in methods:
            return kind
    return methods.pop() if len(methods) == 1 else Method.HUMAN


def _next(segment: Segment) -> Segment | None:
    return _after(segment).filter(field=segment.field, paragraph=segment.paragraph).select_for_update().first()


def _after(segment: Segment) -> QuerySet[Segment]:
    return Segment.objects.filter(job=segment.job_id, position__gt=segment.position).order_by("position")


def _place_after(segment: Segment) -> int:
    """A position between the segment and its follower; where there is none left, all are dealt out anew."""
    follower = _after(segment).first()
    if follower is None:
        return segment.position + GAP
    if follower.position - segment.position > 1:
        return (segment.position + follower.position) // 2
    rows = Segment.objects.filter(job=segment.job_id)
    order = list(rows.order_by("position").values_list("pk", flat=True))
    rows.update(position=F("position") + ROOM)
    for number, pk in enumerate(order, 1):
        rows.filter(pk=pk).update(position=number * GAP)
    return (order.index(segment.pk) + 1) * GAP + GAP // 2
