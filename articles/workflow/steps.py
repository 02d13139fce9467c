"""The table of steps: from where to where, and what each needs. ``docs/workflow.md`` shows it; a test compares."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from articles.enums import DeskState, PublicState, Step
from articles.permissions import RIGHTS

D, P = DeskState, PublicState


@dataclass(frozen=True)
class StepRule:
    """``to`` is None where the desk state stays. ``public`` lists the public states that the step needs."""

    step: Step
    to: DeskState | None
    explain: Any  # one sentence for the confirm page
    note_label: Any = ""
    note_required: bool = False
    public: frozenset[PublicState] | None = None

    @property
    def from_states(self) -> frozenset[DeskState]:
        """The desk states in which some role may take the step."""
        return frozenset[DeskState]().union(*(right.states for right in RIGHTS if right.step == self.step))


_RULES = (
    StepRule(Step.SUBMIT, D.SUBMITTED, _("The desk gets the story; it can no longer be changed by its author.")),
    StepRule(Step.CLAIM, D.EDITING, _("You edit the story; others see that it is yours.")),
    StepRule(Step.TAKE_OVER, D.EDITING, _("The story becomes yours to edit; who had it can no longer save.")),
    StepRule(Step.APPROVE, D.READY, _("This very text may be published. Any change makes the approval void.")),
    StepRule(Step.PUBLISH, D.PUBLISHED, _("Readers see the story at once.")),
    StepRule(Step.SCHEDULE, D.PUBLISHED, _("Readers see the story from the time that you set, not before.")),
    StepRule(Step.UNSCHEDULE, None, _("The scheduled publication will not appear.")),
    StepRule(Step.REOPEN, D.EDITING, _("The text can be edited again; what readers see stays until you publish.")),
    StepRule(
        Step.HAND_BACK, D.DRAFT, _("The author gets the story back, with your comment."),
        _("comment for the author"), True,
    ),
    StepRule(
        Step.HOLD, None, _("Readers see a notice instead of the story, in every language, until it is released."),
        _("reason, for the desk"), True, frozenset({P.LIVE}),
    ),
    StepRule(
        Step.RELEASE, None, _("Readers see the story again, in every language in which it was held."),
        _("reason, for the desk"), True, frozenset({P.HELD}),
    ),
    StepRule(
        Step.RETRACT, None,
        _("The address keeps the headline and your notice; the text is gone, in every language. This can't be undone."),
        _("reason, for readers"), True, frozenset({P.LIVE, P.HELD}),
    ),
    StepRule(
        Step.REMOVE, None,
        _("Nothing of the story is left for readers, in any language. This can't be undone."),
        _("legal reference"), True, frozenset({P.LIVE, P.HELD, P.RETRACTED}),
    ),
    StepRule(Step.SPIKE, D.SPIKED, _("The story is put aside. It can be taken up again."), _("reason"), True),
    StepRule(Step.UNSPIKE, D.DRAFT, _("The story is a draft again.")),
)  # fmt: skip

STEPS: dict[Step, StepRule] = {rule.step: rule for rule in _RULES}
