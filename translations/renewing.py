"""The original says something else, or is withdrawn: its translations go another round, are called off, or are done."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from articles.errors import Refused
from articles.models.revision import Revision
from articles.permissions import roles_of
from translations import claims, cutting, jobs, permissions, working_copy
from translations.acting import Act, acting, locked, not_taken, offer, settle
from translations.enums import Freshness, JobState, JobStep, Method, SegmentState
from translations.models.job import Job
from translations.models.segment import Segment
from translations.steps import STEPS

REFILES_WAIT = frozenset({JobState.DELIVERED, JobState.REVISING, JobState.DONE})


def renew(job: Job, *, by: Any, version: int) -> Job:
    """Asks for a finished translation to be brought up to date with what readers have of the original now."""
    with acting(JobStep.RENEW, job, by=by, version=version) as act:
        newer = jobs.newest(act.job.original)
        if newer.pk == act.job.base_id:
            raise Refused(_("The translation is of the newest text already."))
        _again(act, newer)
    return act.job


def follow(job: Job, revision: Revision, *, major: bool) -> Job:
    """The original says something else now: *revision*. No right is asked: the change is made, and it is nobody's step.

    What is being translated goes on with it. A *major* change gives what was delivered back to its translator, where a
    segment changed, and offers what was done to its translator again, as another round. What is no major change marks
    what was delivered or done as minor.
    """
    with transaction.atomic():
        row = locked(job)
        if row.state == JobState.CANCELLED or row.base_id == revision.pk:
            return row
        act = Act(row, STEPS[JobStep.RENEW], None, JobState(row.state), JobState(row.state))
        if not major and row.state in REFILES_WAIT:
            if row.freshness == Freshness.FRESH:
                Job.objects.filter(pk=row.pk).update(freshness=Freshness.MINOR)
                row.freshness = Freshness.MINOR
            return row
        if row.state == JobState.DONE:
            act.to = JobState.REQUESTED
            _again(act, revision)
        else:
            asking = cutting.restate(row, revision)
            if asking and row.state in {JobState.DELIVERED, JobState.REVISING}:
                act.to, row.reviser, row.claimed_until = JobState.TRANSLATING, None, claims.until()
            act.note = _changed(asking)
        settle(act)
    return row


def _again(act: Act, revision: Revision) -> None:
    row = act.job
    row.round += 1
    homeless = working_copy.take_in(row)  # what the desk changed since the work was finished
    Segment.objects.filter(job=row, target="").update(round=row.round)  # never translated: work of this round, if ever
    act.note = "\n".join([_changed(cutting.restate(row, revision)), *not_taken(homeless)])
    row.freshness, row.due = Freshness.STALE, None  # the time that was agreed upon was for the round before
    still = row.translator if row.translator and roles_of(row.translator) & permissions.WORKERS else None
    offer(row, still)


def _changed(asking: int) -> str:
    with override(settings.LANGUAGE_CODE):  # the log is one for all
        return _("Segments that ask for work: %d.") % asking


def met_by_the_desk(job: Job, *, by: Any) -> Job:
    """The desk published the translation as up to date with its original, without this round: it ends, as done.

    What the desk wrote is taken over into the segments; those that were stale say what they should.
    """
    with transaction.atomic():
        row = locked(job)
        article = row.article
        if row.state != JobState.REQUESTED or article is None or article.in_translation:
            return row
        if article.made_from_id != row.base_id:
            return row
        if not working_copy.take_in(row):
            changed = Segment.objects.filter(job=row).exclude(target="", omitted="")
            changed.filter(method=Method.MACHINE).update(method=Method.POST_EDITED)  # the desk stands for it
            changed.update(stale=False, old_source="", state=SegmentState.FINAL)
        act = Act(row, STEPS[JobStep.CANCEL], by, JobState.REQUESTED, JobState.DONE)
        act.note = _("The desk brought the translation up to date.")
        row.freshness = Freshness.FRESH
        settle(act)
    return row


def call_off(job: Job, *, note: str) -> Job:
    """Ends work under way because its original was retracted or removed: nobody's step."""
    with transaction.atomic():
        row = locked(job)
        if row.state in {JobState.DONE, JobState.CANCELLED}:
            return row
        act = Act(row, STEPS[JobStep.CANCEL], None, JobState(row.state), JobState.CANCELLED, note)
        if row.article is not None and row.article.publications.exists():
            act.to = JobState.DONE  # readers had it: the job is that of a story that was withdrawn
        jobs.end(act)
        settle(act)
    return row
