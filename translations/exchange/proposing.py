"""What a file that came back would change, and changing it.

Nothing is written before somebody has seen it. Each segment is written by ``translations.saving``, as from the
workbench: whoever may not write there may not by a file either, and what somebody saved meanwhile is not overwritten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from articles.errors import DeskError
from translations import coded, permissions, saving
from translations.enums import JobState, SegmentState
from translations.exchange.sheet import Line, Returned, Row, Sheet
from translations.models.job import Job
from translations.models.segment import Segment

Save = Callable[..., Segment]
_RANK = {state: rank for rank, state in enumerate(SegmentState.values)}


@dataclass(frozen=True)
class Change:
    """What a segment would say instead. ``state`` is initial for a draft; ``omitted`` why it is left out."""

    segment: int
    version: int
    old: str
    new: str
    state: str
    omitted: str = ""


@dataclass(frozen=True)
class Refusal:
    """A text of the file that can't be taken, and why."""

    reason: str
    text: str
    segment: int | None = None


@dataclass(frozen=True)
class Proposal:
    """All that a file would do; ``same`` counts its segments that change nothing."""

    changes: tuple[Change, ...] = ()
    refused: tuple[Refusal, ...] = ()
    same: int = 0


@dataclass(frozen=True)
class Outcome:
    """What was done: how many segments were saved, and which were not."""

    saved: int
    refused: tuple[Refusal, ...] = ()


def sheet(job: Job) -> Sheet:
    """The job as it leaves."""
    lines = tuple(
        Line(
            segment.pk, segment.version, segment.source, segment.target, segment.state, segment.omitted,
            segment.field, segment.paragraph, segment.marks, segment.stale, segment.old_source,
        )
        for segment in Segment.objects.filter(job=job).order_by("position")
    )  # fmt: skip
    return Sheet(job.pk, job.original.language, job.language, job.headline, lines, job.brief)


def _other_languages(job: Job, returned: Returned) -> str:
    """What is said of a file whose languages are not the job's. A region is no other language."""
    said = returned.source_language, returned.target_language
    if all(
        not code or code.partition("-")[0].lower() == own.partition("-")[0]
        for code, own in zip(said, (job.original.language, job.language), strict=True)
    ):
        return ""
    names = {"file": " → ".join(said), "job": f"{job.original.language} → {job.language}"}
    return _("The file says that it is %(file)s, this translation is %(job)s. Look which file it is.") % names


def propose(job: Job, returned: Returned) -> Proposal:
    """What *returned* would change in *job* as it stands. Writes nothing."""
    if returned.job != job.pk:
        said = _("The file belongs to another translation. Open that one, and send it there.")
        return Proposal(refused=(Refusal(said, ""),))
    if wrong := _other_languages(job, returned):
        return Proposal(refused=(Refusal(wrong, ""),))
    segments = {segment.pk: segment for segment in Segment.objects.filter(job=job)}
    changes, refused, same = [], [], 0
    seen: set[int] = set()
    for row in returned.rows:
        segment = segments.get(row.segment)
        if _says_nothing_new(row, segment, job):
            same += 1
        elif reason := _against(row, segment, seen):
            refused.append(Refusal(reason, row.target, segment.pk if segment else None))
        elif segment:
            changes.append(_change(row, segment))
        seen.add(row.segment)
    return Proposal(tuple(changes), tuple(refused), same)


def apply(changes: Iterable[Change], *, job: Job, by: Any, save: Save = saving.save) -> Outcome:
    """Writes the changes, each on its own: one that is refused keeps no other back."""
    mine = set(Segment.objects.filter(job=job).values_list("pk", flat=True))
    saved, refused = 0, []
    for change in changes:
        try:
            if change.segment not in mine:
                raise saving.Gone
            save(
                change.segment, by=by, version=change.version, target=change.new, state=change.state,
                omitted=change.omitted,
            )  # fmt: skip
        except DeskError as error:
            refused.append(Refusal(" ".join(str(said) for said in error.messages), change.new, change.segment))
        else:
            saved += 1
    return Outcome(saved, tuple(refused))


def may_import(user: Any, job: Job) -> bool:
    """Whether a file of the user's may change the job now: who may write in it."""
    return permissions.may_write(user, job)


def _says_nothing_new(row: Row, segment: Segment | None, job: Job) -> bool:
    """An empty translation changes nothing either: a file never takes text away."""
    if not coded.plain(row.target).strip() and not row.omitted.strip():
        return True
    if segment is None or row.omitted.strip() != segment.omitted:
        return False
    if not segment.omitted and coded.sha256(row.target) != coded.sha256(segment.target):
        return False
    return _RANK[_reached(row, job)] <= _RANK[segment.state]


def _reached(row: Row, job: Job) -> str:
    """How far the segment is when the row is saved; nothing that is done is made a draft again by its state alone."""
    if row.state in (None, SegmentState.INITIAL):
        return SegmentState.INITIAL
    return SegmentState.REVIEWED if job.state == JobState.REVISING else SegmentState.TRANSLATED


def _against(row: Row, segment: Segment | None, seen: set[int]) -> str:
    if segment is None:
        return _("This segment is no more: it was merged, or the original was cut anew.")
    if row.segment in seen:
        return _("The file has this segment twice; the first one counts.")
    if coded.sha256(row.source) != coded.sha256(segment.source):
        return _("The original says something else now. Download the file anew and translate what changed.")
    if row.version != segment.version:
        return _("Somebody changed this segment after the file was downloaded. Compare both texts in the workbench.")
    if len(row.target) > saving.LONGEST or len(row.omitted) > _longest_reason():
        return _("The text is too long.")
    if _is_raw(row, segment) and coded.sha256(row.target) == coded.sha256(segment.target):
        return _("A machine wrote this, and the file leaves it so: it stays a draft. Confirm it in the workbench.")
    if _state(row) != SegmentState.INITIAL and not row.omitted:
        faults = [saving.said(fault) for fault in coded.mark_faults(segment.source, coded.repair(row.target))]
        return " ".join(faults)
    return ""


def _longest_reason() -> int:
    return Segment._meta.get_field("omitted").max_length or 0


def _state(row: Row) -> str:
    return str(SegmentState.TRANSLATED) if row.state is None else row.state


def _change(row: Row, segment: Segment) -> Change:
    new = "" if row.omitted.strip() else coded.repair(row.target)
    state = str(SegmentState.INITIAL) if _is_raw(row, segment) else _state(row)
    return Change(segment.pk, row.version, segment.target, new, state, row.omitted.strip())


def _is_raw(row: Row, segment: Segment) -> bool:
    return not row.omitted.strip() and saving.left_by_machine(segment, coded.repair(row.target))
