"""How a step of a translation's road is taken: on the locked row, in one transaction, with its line in the log."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from articles.enums import DeskState
from articles.errors import NotAllowed, Refused, Stale, WrongState
from articles.permissions import roles_of
from articles.workflow import machine
from translations import permissions
from translations.enums import JobState, JobStep
from translations.models.job import Job, JobEvent
from translations.steps import STEPS, JobRule

COLUMNS = [
    "article", "state", "freshness", "round", "version", "translator", "reviser", "due", "urgent", "brief",
    "claimed_until", "changed_at", "known",
]  # fmt: skip


@dataclass
class Act:
    """A step under way, on the locked row. ``to`` and ``note`` may be set until the block ends."""

    job: Job
    rule: JobRule
    by: Any
    from_state: JobState
    to: JobState
    note: str = ""
    at: datetime = field(default_factory=timezone.now)

    def add(self, sentences: Iterable[str]) -> None:
        """To the note, each on a line of its own."""
        self.note = "\n".join([self.note, *sentences]).strip()


@contextmanager
def acting(step: JobStep, job: Job, *, by: Any, version: int, note: str = "") -> Iterator[Act]:
    """One transaction in which *by* takes *step*; the block does what is special to it.

    Raises ``Stale``, ``WrongState``, ``NotAllowed`` or ``Refused``; then nothing is changed.
    """
    rule = STEPS[step]
    with transaction.atomic():
        row = locked(job)
        if row.version != version:
            raise Stale(row)
        if row.state not in rule.from_states:
            raise WrongState(
                _("The translation is “%(state)s” now; “%(step)s” is not possible from there.")
                % {"state": row.get_state_display(), "step": rule.step.label}
            )
        if not permissions.may(by, step, row):
            raise NotAllowed
        if rule.note_required and not note.strip():
            raise Refused(_("Fill in “%(label)s”.") % {"label": rule.note_label})
        act = Act(row, rule, by, JobState(row.state), rule.to or JobState(row.state), note.strip())
        yield act
        settle(act)


def locked(job: Job) -> Job:
    """The job's row, locked with the story's family until the transaction ends; always in this order."""
    machine.locked_family(job.original_id)
    return Job.objects.select_for_update(of=("self",), no_key=True).get(pk=job.pk)


def settle(act: Act) -> None:
    row = act.job
    row.state = act.to
    row.version += 1
    row.changed_at = act.at
    row.save(update_fields=COLUMNS)
    log(act, from_state=act.from_state)


def log(act: Act, *, from_state: str) -> JobEvent:
    row = act.job
    return JobEvent.objects.create(
        job=row, step=act.rule.step, from_state=from_state, to_state=act.to, round=row.round, by=act.by, at=act.at,
        note=act.note, translator=row.translator, reviser=row.reviser,
    )  # fmt: skip


def offer(row: Job, translator: Any) -> None:
    if translator is None or translator.pk != row.translator_id:
        row.helpers.clear()  # they were to translate with who had it
    row.translator, row.reviser, row.claimed_until = translator, None, None


def put_aside(job: Job) -> bool:
    return job.article is not None and job.article.state == DeskState.SPIKED


def not_theirs(translator: Any, languages: Collection[str]) -> list[str]:
    """Why the work can't be offered to *translator*, if it is to be offered to one person."""
    if translator is None:
        return []
    if not roles_of(translator) & permissions.WORKERS:
        return [_("%(name)s is not a translator here.") % {"name": translator}]
    known = permissions.languages_of(translator)
    names = dict(settings.LANGUAGES)
    missing = [str(names.get(code, code)) for code in languages if code not in known]
    if not missing:
        return []
    return [
        _("%(name)s does not have %(languages)s among the languages of their byline.")
        % {"name": translator, "languages": ", ".join(missing)}
    ]


def not_taken(paragraphs: Iterable[str]) -> list[str]:
    """What the desk wrote and no segment has, for the log of the job."""
    with override(settings.LANGUAGE_CODE):
        return [
            _("The desk wrote this, and no segment has it. Take it over, or tick on delivery that it may go: “%s”")
            % paragraph
            for paragraph in paragraphs
        ]


def let_go(paragraphs: Iterable[str]) -> list[str]:
    with override(settings.LANGUAGE_CODE):
        return [_("What the desk wrote is dropped: “%s”") % paragraph for paragraph in paragraphs]
