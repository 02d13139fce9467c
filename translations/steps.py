"""The table of a job's steps: where each leads and what it asks for. ``docs/translation-desk.md`` shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from translations.enums import JobState, JobStep
from translations.permissions import RIGHTS

S = JobState


@dataclass(frozen=True)
class JobRule:
    """``to`` is None where the state stays. ``explain`` is one sentence for the confirm page."""

    step: JobStep
    to: JobState | None
    explain: Any
    note_label: Any = ""
    note_required: bool = False

    @property
    def from_states(self) -> frozenset[JobState]:
        """The states in which some role may take the step."""
        return frozenset[JobState]().union(*(right.states for right in RIGHTS if right.step == self.step))


_RULES = (
    JobRule(JobStep.REQUEST, S.REQUESTED, _("The translation is offered to whom you choose.")),
    JobRule(JobStep.ACCEPT, S.ACCEPTED, _("The translation becomes yours, and a draft of it is filed in your name.")),
    JobRule(
        JobStep.DECLINE, S.REQUESTED,
        _("The translation is offered to all who know the language. What is translated already stays."),
        _("reason, for the desk"),
    ),
    JobRule(
        JobStep.REASSIGN, S.REQUESTED,
        _("The translation is offered to somebody else. What is translated already stays, with its authors."),
        _("note for the translator"),
    ),
    JobRule(JobStep.EXPIRE, S.REQUESTED, _("Nobody wrote for too long: the translation is offered again.")),
    JobRule(
        JobStep.DELIVER, S.DELIVERED,
        _("The translation goes to a second person for revision; you can’t change it meanwhile."),
        _("note for the reviser"),
    ),
    JobRule(JobStep.REVISE, S.REVISING, _("You revise the translation; others see that it is yours.")),
    JobRule(
        JobStep.RETURN, S.TRANSLATING, _("The translator gets the translation back, with your comment."),
        _("comment for the translator"), True,
    ),
    JobRule(
        JobStep.FINISH, S.DONE,
        _("The translation becomes a story at the desk, with its credits, and the work is done."),
        _("note for the desk"),
    ),
    JobRule(
        JobStep.RENEW, S.REQUESTED,
        _("What changed in the original is marked, and the translator is asked to bring it up to date."),
    ),
    JobRule(
        JobStep.CANCEL, S.CANCELLED,
        _("The work ends here. A draft that was begun stays with the desk; an untranslated one is put aside."),
        _("reason"), True,
    ),
)  # fmt: skip

STEPS: dict[JobStep, JobRule] = {rule.step: rule for rule in _RULES}
