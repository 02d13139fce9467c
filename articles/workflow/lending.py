"""The text of a translation lent to the translation desk, which writes it segment by segment.

While it is lent the story is a draft that its own form can't change. Whose turn it is to write, the translation desk
has decided before it calls; nothing here asks the table of rights. The caller holds the lock of the family.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from articles.enums import DeskState, Step
from articles.errors import WrongState
from articles.models.article import Article
from articles.models.revision import Revision
from articles.workflow import checking, machine, revisions
from articles.workflow.steps import STEPS


def lend(article: Article, *, by: Any, note: str = "") -> Article:
    """Takes the story off the desk, from whatever state it is in; what readers see stays. It is logged as the step
    that leads from there to a draft. Raises ``WrongState`` for a spiked story."""
    before = DeskState(article.state)
    if before == DeskState.SPIKED:
        raise WrongState(_("The translation is put aside. Take it up again first."))
    article.state, article.in_translation = DeskState.DRAFT, True
    machine.settle(article)
    article.save(update_fields=["in_translation"])
    if before != DeskState.DRAFT:
        step = Step.REOPEN if before == DeskState.PUBLISHED else Step.HAND_BACK
        machine.log(machine.Act(article, STEPS[step], by, before, note))
    return article


def rewrite(
    article: Article, *, by: Any, made_from: Revision, write: Callable[[], None], why: str = ""
) -> Revision | None:
    """Writes the text through *write*, as made from this revision of the original; a Revision where it differs."""
    if not article.in_translation:
        raise ValueError("the text is written on the article's own form")
    article.made_from = made_from
    write()
    article.save(update_fields=["made_from"])
    revision = revisions.snapshot(article, by=by, why=why)
    if revision is not None:
        article.head = revision
        machine.settle(article)
        checking.examine(revision)
    return revision


def give_back(article: Article) -> Article:
    """The draft is the desk's again, and its form takes changes."""
    article.in_translation = False
    article.save(update_fields=["in_translation"])
    machine.settle(article)
    return article


def put_aside(article: Article, *, by: Any, note: str) -> Article:
    """Spikes a draft in which nothing was written, with the reason; who has it may take it up again."""
    before = DeskState(article.state)
    article.state = DeskState.SPIKED
    article = give_back(article)
    machine.log(machine.Act(article, STEPS[Step.SPIKE], by, before, note))
    return article
