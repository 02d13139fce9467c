"""Who may do what on the translation desk, as data. ``docs/translation-desk.md`` shows the table; a test compares them.

Roles are those of ``articles.permissions``. Being a superuser or an administrator gives no right here either.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from articles.enums import Role
from articles.models.contributor import Contributor
from articles.permissions import CHIEF, DESK, EDITORS, roles_of
from translations.enums import JobState, JobStep
from translations.models.job import Job
from translations.models.segment import Segment

S = JobState
TRANSLATORS = frozenset({Role.TRANSLATOR})
WORKERS = TRANSLATORS | EDITORS  # an editor translates too, where a job is offered to them by name
WRITING = frozenset({S.ACCEPTED, S.TRANSLATING})
UNDER_WAY = WRITING | {S.DELIVERED, S.REVISING}
OPEN = UNDER_WAY | {S.REQUESTED}


# Credits and money
PAY = CHIEF
"""Sets rates, prices what has none, makes and issues statements, writes down payments, reverses entries."""
APPROVE_CREDITS = EDITORS
"""Approves or declines a logged credit of another person."""
LOG_CREDITS = DESK
"""Logs a credit for their own byline."""
SEE_REPORTS = EDITORS


class Whose(Enum):
    """Which jobs a right covers."""

    ANY = "any"
    OPEN = "offered to all who know the language"
    BY_NAME = "offered to them"
    OWN = "theirs to translate"
    REVISER = "theirs to revise"
    NOT_AUTHOR = "nothing in it is theirs"
    NOT_AUTHOR_KNOWS = "nothing in it is theirs, and they know the language"


@dataclass(frozen=True)
class Right:
    """These roles may take this step in these states, on these jobs. Only a request begins without a state."""

    step: JobStep
    roles: frozenset[Role]
    states: frozenset[JobState]
    whose: Whose = Whose.ANY


RIGHTS: tuple[Right, ...] = (
    Right(JobStep.REQUEST, EDITORS, frozenset()),
    Right(JobStep.REQUEST, TRANSLATORS, frozenset(), Whose.OWN),
    Right(JobStep.ACCEPT, TRANSLATORS, frozenset({S.REQUESTED}), Whose.OPEN),
    Right(JobStep.ACCEPT, WORKERS, frozenset({S.REQUESTED}), Whose.BY_NAME),
    Right(JobStep.DECLINE, WORKERS, frozenset({S.REQUESTED}), Whose.BY_NAME),
    Right(JobStep.DECLINE, WORKERS, WRITING, Whose.OWN),
    Right(JobStep.REASSIGN, EDITORS, frozenset({S.REQUESTED}) | WRITING),
    Right(JobStep.DELIVER, WORKERS, WRITING, Whose.OWN),
    Right(JobStep.REVISE, EDITORS, frozenset({S.DELIVERED, S.REVISING}), Whose.NOT_AUTHOR),
    Right(JobStep.REVISE, TRANSLATORS, frozenset({S.DELIVERED}), Whose.NOT_AUTHOR_KNOWS),
    Right(JobStep.RETURN, EDITORS, frozenset({S.DELIVERED}), Whose.NOT_AUTHOR),
    Right(JobStep.RETURN, WORKERS, frozenset({S.REVISING}), Whose.REVISER),
    Right(JobStep.FINISH, WORKERS, frozenset({S.REVISING}), Whose.REVISER),
    Right(JobStep.RENEW, EDITORS, frozenset({S.DONE})),
    Right(JobStep.RENEW, TRANSLATORS, frozenset({S.DONE}), Whose.OWN),
    Right(JobStep.CANCEL, EDITORS, frozenset({S.REQUESTED, S.DONE}) | UNDER_WAY),
)

# Registers: model name → act → roles, as in ``articles.permissions``.
REGISTERS: dict[str, dict[str, frozenset[Role]]] = {
    "memoryentry": {"view": EDITORS, "add": EDITORS, "change": EDITORS, "delete": EDITORS},
    "term": {"view": DESK, "add": EDITORS, "change": EDITORS, "delete": EDITORS},
}


def may_register(user: Any, model: str, act: str) -> bool:
    """Whether *user* may view, add, change or delete in a register of the translation desk."""
    return bool(roles_of(user) & REGISTERS[model].get(act, frozenset()))


def may(user: Any, step: JobStep, job: Job) -> bool:
    """Whether the table gives *user* the *step* on *job* as it stands. Says nothing of the guards."""
    return right(user, step, job) is not None


def right(user: Any, step: JobStep, job: Job) -> Right | None:
    """The first row of the table that gives *user* the *step* on *job*."""
    roles = roles_of(user)
    for row in RIGHTS:
        if row.step == step and row.roles & roles and job.state in row.states and _covers(row.whose, user, job):
            return row
    return None


def may_request(user: Any) -> bool:
    """Whether the user may ask others for translations; a translator takes stories for themselves alone."""
    return bool(roles_of(user) & EDITORS)


def may_take(user: Any) -> bool:
    """Whether the user may take a story to translate that nobody has asked for."""
    return bool(roles_of(user) & WORKERS)


def may_write(user: Any, job: Job) -> bool:
    """Whether the user may write in the job's segments now: its translator and who helps, or who revises it."""
    if not roles_of(user) & WORKERS:
        return False
    if job.state in WRITING:
        return bool(job.translator_id == user.pk or job.helpers.filter(pk=user.pk).exists())
    return bool(job.state == S.REVISING and job.reviser_id == user.pk)


def may_see(user: Any, job: Job) -> bool:
    """Whether the user may see the job at all; everything else answers as if it did not exist."""
    return visible_jobs(user).filter(pk=job.pk).exists()


def visible_jobs(user: Any) -> QuerySet[Job]:
    """What *user* sees of the jobs: editors all, translators theirs, what is offered to all and what can be revised."""
    roles = roles_of(user)
    if roles & EDITORS:
        return Job.objects.all()
    if Role.TRANSLATOR not in roles:
        return Job.objects.none()
    theirs = Q(translator=user.pk) | Q(reviser=user.pk) | Q(pk__in=user.helping_jobs.values("pk"))
    languages = languages_of(user)
    offered = Q(state=S.REQUESTED, translator=None, language__in=languages)
    return Job.objects.filter(theirs | offered | Q(state=S.DELIVERED, language__in=languages))


def languages_of(user: Any) -> list[str]:
    """The newsroom's languages that the user's byline names; all where it names none."""
    codes = [code for code, _name in settings.LANGUAGES]
    known = Contributor.objects.filter(user=user.pk).values_list("languages", flat=True).first() or ""
    named = [code.strip() for code in known.split(",")]
    return [code for code in codes if code in named] or codes


def authors(job: Job) -> set[int]:
    """The ids of who wrote what stands in the segments now."""
    written = Segment.objects.filter(job=job, by__isnull=False).exclude(target="", omitted="")
    return set(written.values_list("by", flat=True).distinct().order_by())


def sees_reports(user: Any) -> bool:
    return bool(roles_of(user) & SEE_REPORTS)


def may_see_statement(user: Any, statement: Any) -> bool:
    """Who pays sees all; a contributor their own, once it is issued."""
    if roles_of(user) & PAY:
        return True
    return bool(roles_of(user) & DESK) and is_of(user, statement.contributor) and statement.state != "draft"


def may_see_entry(user: Any, entry: Any) -> bool:
    return bool(roles_of(user) & PAY) or (bool(roles_of(user) & DESK) and is_of(user, entry.contributor))


def may_see_logged(user: Any, logged: Any) -> bool:
    return bool(roles_of(user) & APPROVE_CREDITS) or (bool(roles_of(user) & DESK) and is_of(user, logged.contributor))


def may_decide(user: Any, logged: Any) -> bool:
    """An editor decides on what neither is theirs nor was logged by them."""
    own = is_of(user, logged.contributor) or logged.created_by_id == user.pk
    return bool(roles_of(user) & APPROVE_CREDITS) and not own


def is_of(user: Any, contributor: Any) -> bool:
    """Whether the byline is the user's own."""
    return contributor.user_id is not None and contributor.user_id == user.pk


def steps_of(roles: Iterable[Role]) -> frozenset[JobStep]:
    """Every step that the roles may take on some job."""
    return frozenset(row.step for row in RIGHTS if row.roles & frozenset(roles))


def _covers(whose: Whose, user: Any, job: Job) -> bool:
    match whose:
        case Whose.ANY:
            return True
        case Whose.OPEN:
            return job.translator_id is None and job.language in languages_of(user)
        case Whose.BY_NAME | Whose.OWN:
            return bool(job.translator_id == user.pk)
        case Whose.REVISER:
            return bool(job.reviser_id == user.pk and not _has_written(user, job))
        case Whose.NOT_AUTHOR:
            return bool(job.reviser_id != user.pk and not _has_written(user, job))
        case Whose.NOT_AUTHOR_KNOWS:
            return not _has_written(user, job) and job.language in languages_of(user)


def _has_written(user: Any, job: Job) -> bool:
    return bool(job.translator_id == user.pk or user.pk in authors(job) or job.helpers.filter(pk=user.pk).exists())
