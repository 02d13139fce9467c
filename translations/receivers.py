"""What the memory hears of jobs and of stories."""

from __future__ import annotations

from typing import Any

from articles.enums import Step
from articles.models.article import Article
from articles.models.transition import Transition
from articles.signals import stepped
from translations import memory
from translations.models.job import Job
from translations.signals import finished

WITHDRAWING = frozenset({Step.HOLD, Step.RELEASE, Step.RETRACT, Step.REMOVE})


def connect() -> None:
    finished.connect(learn, dispatch_uid="memory.learn")
    stepped.connect(follow, dispatch_uid="memory.follow")


def learn(job: Job, **_signal: Any) -> None:
    """Takes in what was accepted, in the transaction that accepted it."""
    memory.learn(job)


def follow(article: Article, transition: Transition, **_signal: Any) -> None:
    """A look-up asks what readers get besides, so that nothing is offered in the moment between."""
    if transition.step in WITHDRAWING:
        memory.follow(article)
