"""What the translation desk does when something happens elsewhere."""

from __future__ import annotations

from typing import Any

from articles.models.article import Article
from articles.models.transition import Transition
from articles.signals import stepped
from translations import freshness


def connect() -> None:
    stepped.connect(original_moved, dispatch_uid="translations.original_moved")


def original_moved(article: Article, transition: Transition, **_signal: Any) -> None:
    """After the commit: readers have been told by then, out of the Publications alone."""
    if article.original_id is None and not article.page:
        freshness.follow(article, transition.by)
