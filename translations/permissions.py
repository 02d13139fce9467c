"""Who may do what with credits and money: roles as data. Being a superuser or an administrator gives none of it."""

from __future__ import annotations

from typing import Any

from articles.permissions import CHIEF, DESK, EDITORS, roles_of

PAY = CHIEF
"""Sets rates, prices what has none, makes and issues statements, writes down payments, reverses entries."""
APPROVE_CREDITS = EDITORS
"""Approves or declines a logged credit of another person."""
LOG_CREDITS = DESK
"""Logs a credit for their own byline."""
SEE_REPORTS = EDITORS


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
