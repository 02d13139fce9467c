"""From a draft to an approved text: file, save, submit, claim, take over, hand back, approve, reopen, spike."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import permissions
from articles.enums import DeskState, Step
from articles.errors import NotAllowed, Refused, Stale
from articles.models.article import Article
from articles.workflow import checking, guards, machine, revisions
from articles.workflow.machine import APPROVED_STATES, Act, acting, settle
from articles.workflow.steps import StepRule

Write = Callable[[], None]
DESK_COLUMNS = ("due", "embargo_until", "embargo_open")
SAVE = StepRule(Step.SAVE, None, "")


def file(article: Article, *, by: Any, write: Write) -> Article:
    """Files a new article as *by*'s draft. *write* saves the row, its tags and its inlines.

    Raises ``NotAllowed``, or ``Refused`` for an embargo on a translation whose story is public and for a newsroom
    page of a kind that the language has.
    """
    if not article._state.adding:
        raise ValueError("an article that is filed already is saved with save()")
    if not permissions.may_file(by):
        raise NotAllowed
    with transaction.atomic():
        if article.original_id is not None:
            machine.locked_family(article.original_id)  # nobody publishes the original meanwhile
        if reasons := [*guards.embargo_too_late(article), *guards.page_taken(article)]:
            raise Refused(*reasons)
        article.created_by = by
        article.state = DeskState.DRAFT
        write()
        article.head = revisions.snapshot(article, by=by)
        settle(article)
        if article.head:
            checking.examine(article.head)
    return article


def save(article: Article, *, by: Any, version: int, write: Write, why: str = "") -> Article:
    """Saves the working copy through *write*; a new Revision is made only if the text differs.

    *article* carries the new values and was loaded at *version*. A text that changes while ready or published
    goes back to editing, claimed by *by*, and its approval is void; what readers see stays. Raises ``Stale``
    where anybody changed the article since *version*, ``NotAllowed``, or ``Refused`` for an embargo that comes
    too late.
    """
    with transaction.atomic():
        before = machine.locked(article.pk)
        if before.version != version or article.version != version:
            raise Stale(before)
        if not permissions.may(by, Step.SAVE, before):
            raise NotAllowed
        if reasons := guards.embargo_reasons(before, article):
            raise Refused(*reasons)
        write()
        revision = revisions.snapshot(article, by=by, why=why)
        if revision is not None:
            article.head = revision
            if before.state in APPROVED_STATES:
                _reopen_for(article, by)
                act = Act(article, SAVE, by, DeskState(before.state))
                settle(article)
                machine.log(act)
            else:
                settle(article)
            checking.examine(revision)
        elif any(getattr(before, name) != getattr(article, name) for name in DESK_COLUMNS):
            settle(article)
    return article


def _reopen_for(article: Article, by: Any) -> None:
    article.state = DeskState.EDITING
    article.claimed_by = by


def submit(article: Article, *, by: Any, version: int, note: str = "") -> Article:
    """Gives a draft to the desk."""
    with acting(Step.SUBMIT, article, by=by, version=version, note=note) as act:
        pass
    return act.article


def claim(article: Article, *, by: Any, version: int) -> Article:
    """Takes a submitted story for editing."""
    with acting(Step.CLAIM, article, by=by, version=version) as act:
        act.article.claimed_by = by
    return act.article


def take_over(article: Article, *, by: Any, version: int) -> Article:
    """Takes a story that another editor has claimed; that editor's open form can't be saved any more."""
    with acting(Step.TAKE_OVER, article, by=by, version=version) as act:
        act.article.claimed_by = by
    return act.article


def hand_back(article: Article, *, by: Any, version: int, note: str) -> Article:
    """Gives the story back to its author; *note* says what to do and stands with the comments."""
    with acting(Step.HAND_BACK, article, by=by, version=version, note=note) as act:
        act.article.comments.create(by=by, text=act.note)
    return act.article


def approve(article: Article, *, by: Any, version: int, alone: str = "") -> Article:
    """Approves exactly the head revision.

    The authors of this cycle and the approver are at least two people; a chief editor may approve alone with a
    written reason (*alone*), which is listed on the desk.
    """
    with acting(Step.APPROVE, article, by=by, version=version, alone=alone) as act:
        row = act.article
        by_one = len(guards.cycle_authors(row) | {by.pk}) < 2
        row.approved, row.approved_by, row.approved_at = row.head, by, timezone.now()
        row.approved_alone = act.note = alone.strip() if by_one else ""
    return act.article


def reopen(article: Article, *, by: Any, version: int) -> Article:
    """Opens a published story again; what readers see stays. An editor gets it in editing, its author as a draft."""
    with acting(Step.REOPEN, article, by=by, version=version) as act:
        if act.article.state == DeskState.EDITING:
            act.article.claimed_by = by
    return act.article


def spike(article: Article, *, by: Any, version: int, note: str) -> Article:
    """Puts a story aside that was never published."""
    with acting(Step.SPIKE, article, by=by, version=version, note=note) as act:
        pass
    return act.article


def unspike(article: Article, *, by: Any, version: int) -> Article:
    """Takes a spiked story up again, as a draft; without its embargo where another version is public by now."""
    with acting(Step.UNSPIKE, article, by=by, version=version) as act:
        if guards.embargo_too_late(act.article):
            act.article.embargo_until, act.article.embargo_open = None, False
            act.article.save(update_fields=["embargo_until", "embargo_open"])
            act.note = act.note or _("Its embargo fell away: the story is public, or will be before it ends.")
    return act.article
