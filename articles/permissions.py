"""Who may do what: the whole table of role × step and role × register, as data.

Roles are auth groups. Being a superuser or an administrator gives no editorial right. ``docs/workflow.md``
shows the first table; a test compares them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from articles.enums import DeskState, Role, Step

D = DeskState
WRITERS = frozenset({Role.REPORTER, Role.TRANSLATOR})
EDITORS = frozenset({Role.EDITOR, Role.CHIEF})
CHIEF = frozenset({Role.CHIEF})
DESK = WRITERS | EDITORS
ANY_STATE = frozenset(DeskState)
NOT_SPIKED = ANY_STATE - {D.SPIKED}
OF_THE_TEXT = frozenset({Step.SAVE, Step.SUBMIT, Step.SPIKE})
"""Nobody has these while the translation desk has the text: it is written there, segment by segment."""


class Whose(Enum):
    """Which articles a right covers."""

    ANY = "any"
    OWN = "own"  # filed by the user, or crediting them
    CLAIMED = "claimed"  # the user has the claim
    OF_ANOTHER = "claimed by another"


@dataclass(frozen=True)
class Right:
    """These roles may take this step in these desk states, on these articles."""

    step: Step
    roles: frozenset[Role]
    states: frozenset[DeskState]
    whose: Whose = Whose.ANY
    to: DeskState | None = None  # where it leads, if elsewhere than the step does by itself


RIGHTS: tuple[Right, ...] = (
    Right(Step.SAVE, WRITERS, frozenset({D.DRAFT}), Whose.OWN),
    Right(Step.SAVE, EDITORS, NOT_SPIKED - {D.EDITING}),
    Right(Step.SAVE, EDITORS, frozenset({D.EDITING}), Whose.CLAIMED),
    Right(Step.SUBMIT, WRITERS, frozenset({D.DRAFT}), Whose.OWN),
    Right(Step.SUBMIT, EDITORS, frozenset({D.DRAFT})),
    Right(Step.CLAIM, EDITORS, frozenset({D.SUBMITTED})),
    Right(Step.TAKE_OVER, EDITORS, frozenset({D.EDITING}), Whose.OF_ANOTHER),
    Right(Step.APPROVE, EDITORS, frozenset({D.EDITING})),
    Right(Step.PUBLISH, EDITORS, frozenset({D.READY})),
    Right(Step.SCHEDULE, EDITORS, frozenset({D.READY})),
    Right(Step.UNSCHEDULE, EDITORS, NOT_SPIKED),
    Right(Step.REOPEN, EDITORS, frozenset({D.PUBLISHED})),
    Right(Step.REOPEN, WRITERS, frozenset({D.PUBLISHED}), Whose.OWN, to=D.DRAFT),
    Right(Step.HAND_BACK, EDITORS, frozenset({D.SUBMITTED, D.EDITING, D.READY})),
    Right(Step.HOLD, EDITORS, NOT_SPIKED),
    Right(Step.RELEASE, EDITORS, NOT_SPIKED),
    Right(Step.RETRACT, CHIEF, NOT_SPIKED),
    Right(Step.REMOVE, CHIEF, NOT_SPIKED),
    Right(Step.SPIKE, EDITORS, frozenset({D.DRAFT, D.SUBMITTED, D.EDITING, D.READY})),
    Right(Step.UNSPIKE, EDITORS, frozenset({D.SPIKED})),
)

# Registers: model name → act → roles. A picture may also be changed by who uploaded it.
REGISTERS: dict[str, dict[str, frozenset[Role]]] = {
    "section": {"view": DESK, "add": CHIEF, "change": CHIEF, "delete": CHIEF},
    "source": {"view": DESK, "add": DESK, "change": EDITORS, "delete": CHIEF},
    "person": {"view": DESK, "add": DESK, "change": EDITORS, "delete": CHIEF},
    "contributor": {"view": DESK, "add": EDITORS, "change": EDITORS, "delete": CHIEF},
    "picture": {"view": DESK, "add": DESK, "change": EDITORS, "delete": CHIEF},
    "tag": {"view": DESK, "add": DESK, "change": EDITORS, "delete": EDITORS},
    "paper": {"view": CHIEF, "add": frozenset(), "change": CHIEF, "delete": frozenset()},
    "user": {
        "view": frozenset({Role.ADMINISTRATOR}),
        "add": frozenset({Role.ADMINISTRATOR}),
        "change": frozenset({Role.ADMINISTRATOR}),
        "delete": frozenset(),
    },
}


def roles_of(user: Any) -> frozenset[Role]:
    """The roles of an active user, read once for each user object."""
    if not getattr(user, "is_active", False) or not getattr(user, "is_authenticated", False):
        return frozenset()
    roles: frozenset[Role] | None = getattr(user, "_roles", None)
    if roles is None:
        known = set(Role.values)
        roles = frozenset(Role(name) for name in user.groups.values_list("name", flat=True) if name in known)
        user._roles = roles
    return roles


def sees_desk(user: Any) -> bool:
    """Whether the user has anything to do behind the sign-in."""
    return bool(roles_of(user)) or bool(getattr(user, "is_active", False) and getattr(user, "is_superuser", False))


def may_file(user: Any) -> bool:
    """Whether the user may file a new article."""
    return bool(roles_of(user) & DESK)


def may(user: Any, step: Step, article: Any) -> bool:
    """Whether the table gives *user* the *step* on *article* in its present desk state.

    Says nothing of the guards, nor of what readers see; see ``workflow.machine``.
    """
    return right(user, step, article) is not None


def right(user: Any, step: Step, article: Any) -> Right | None:
    """The first row of the table that gives *user* the *step* on *article* as it stands."""
    if article.in_translation and step in OF_THE_TEXT:
        return None
    roles = roles_of(user)
    for row in RIGHTS:
        if row.step == step and row.roles & roles and article.state in row.states and _covers(row.whose, user, article):
            return row
    return None


def works_on(user: Any, article: Any) -> bool:
    """Whether the user sees how an article came about: its revisions, its log and what the desk said of it.

    Who only sees the story because readers do, or to translate it, does not.
    """
    return bool(roles_of(user) & EDITORS) or (bool(roles_of(user) & WRITERS) and owns(user, article))


def may_register(user: Any, model: str, act: str, row: Any = None) -> bool:
    """Whether *user* may view, add, change or delete in a register; *model* is the lower-case model name."""
    roles = roles_of(user)
    if model == "user" and act != "delete" and getattr(user, "is_superuser", False) and user.is_active:
        return True
    if model == "picture" and act == "change" and row is not None and row.uploaded_by_id == user.pk and roles & DESK:
        return True
    return bool(roles & REGISTERS[model].get(act, frozenset()))


def owns(user: Any, article: Any) -> bool:
    """Whether the user filed the article or is credited on it."""
    return bool(
        article.created_by_id == user.pk or (article.pk and article.credits.filter(contributor__user=user.pk).exists())
    )


def steps_of(roles: Iterable[Role]) -> frozenset[Step]:
    """Every step that the roles may take on some article."""
    return frozenset(right.step for right in RIGHTS if right.roles & frozenset(roles))


def _covers(whose: Whose, user: Any, article: Any) -> bool:
    if whose is Whose.OWN:
        return owns(user, article)
    if whose is Whose.CLAIMED:
        return bool(article.claimed_by_id == user.pk)
    if whose is Whose.OF_ANOTHER:
        return bool(article.claimed_by_id != user.pk)
    return True
