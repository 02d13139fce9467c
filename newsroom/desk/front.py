"""Who sees which queue, in the order of the page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from articles.enums import Role
from articles.permissions import CHIEF, EDITORS, WRITERS, roles_of
from newsroom.desk import crediting, translating, working
from newsroom.desk.problems import problems
from newsroom.desk.queue import Queue
from translations.permissions import PAY

ON_THE_FRONT = 20
ON_ITS_OWN = 200
UNLESS_EMPTY = {"credits", "declined", "ledger", "pay", "statements"}

TRANSLATORS = frozenset({Role.TRANSLATOR})
QUEUES: dict[str, tuple[frozenset[Role], Callable[[Any, int], Queue]]] = {
    "ledger": (CHIEF, crediting.broken),
    "mine": (EDITORS | WRITERS, working.mine),
    "came_back": (TRANSLATORS, translating.came_back),
    "offered": (TRANSLATORS, translating.offered),
    "waiting": (EDITORS, working.waiting),
    "ready": (EDITORS, working.ready),
    "scheduled": (EDITORS, working.scheduled),
    "problems": (EDITORS, problems),
    "declined": (EDITORS, translating.declined),
    "credits": (EDITORS, crediting.to_approve),
    "pay": (PAY, crediting.to_pay),
    "editing": (EDITORS, working.in_other_hands),
    "translating": (EDITORS | TRANSLATORS, translating.mine),
    "revise": (EDITORS | TRANSLATORS, translating.to_revise),
    "late": (EDITORS | TRANSLATORS, translating.late),
    "sent": (WRITERS, working.sent_in),
    "statements": (EDITORS | WRITERS, crediting.statements),
    "corrected": (TRANSLATORS, translating.corrected),
    "translate": (TRANSLATORS, translating.translatable),
}


def front(user: Any) -> list[Queue]:
    """The queues that the user's roles open, each to its first twenty rows; some only where there is something."""
    shown = [queue(user, ON_THE_FRONT) for roles, queue in QUEUES.values() if roles & roles_of(user)]
    return [queue for queue in shown if queue.rows or queue.name not in UNLESS_EMPTY]


def one(user: Any, name: str) -> Queue | None:
    """One queue to its first two hundred rows; None where there is none of that name for the user."""
    roles, queue = QUEUES.get(name, (frozenset(), None))
    return queue(user, ON_ITS_OWN) if queue is not None and roles & roles_of(user) else None
