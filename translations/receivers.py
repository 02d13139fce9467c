"""What the translation desk does when something happens elsewhere."""

from __future__ import annotations

from typing import Any

from articles.enums import Step
from articles.models.article import Article
from articles.models.transition import Transition
from articles.signals import stepped
from translations import freshness, memory, renewing
from translations.models.job import Job
from translations.signals import finished

PUBLISHING = frozenset({Step.PUBLISH, Step.SCHEDULE})
WITHDRAWING = frozenset({Step.HOLD, Step.RELEASE, Step.RETRACT, Step.REMOVE})


def connect() -> None:
    stepped.connect(original_moved, dispatch_uid="translations.original_moved")
    stepped.connect(withdrawn, dispatch_uid="translations.withdrawn")
    finished.connect(learn, dispatch_uid="translations.learn")


def original_moved(article: Article, transition: Transition, **_signal: Any) -> None:
    """After the commit: readers have been told by then, out of the Publications alone."""
    if article.page:
        return
    if article.original_id is None:
        freshness.follow(article)
    elif transition.step in PUBLISHING and (job := Job.objects.filter(article=article).first()):
        renewing.met_by_the_desk(job, by=transition.by)


def withdrawn(article: Article, transition: Transition, **_signal: Any) -> None:
    """After the commit: a look-up in the memory asks what readers get besides, so that nothing is offered meanwhile."""
    if transition.step in WITHDRAWING:
        memory.follow(article)


def learn(job: Job, **_signal: Any) -> None:
    """The memory takes in what was accepted, in the transaction that accepted it."""
    memory.learn(job)
