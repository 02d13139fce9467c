"""To whom the memory shows what.

The memory learns a translation when it is accepted, which may be before its story is public. Editors see all of it;
others what they wrote themselves, what was read in from a file, and sentences of stories that they may see at the desk
or that readers have. What is held, retracted or removed, in whichever language, is shown to nobody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Q

from articles import permissions
from articles.enums import PublicState
from articles.models.article import Article
from articles.models.publication import Publication
from translations.models.memory_entry import MemoryEntry

WITHDRAWN = frozenset({PublicState.HELD, PublicState.RETRACTED, PublicState.REMOVED})


def shown(entries: Iterable[MemoryEntry], user: Any) -> list[MemoryEntry]:
    """Those of *entries* that *user* may see, in their order. Their ``article`` has to be loaded."""
    rows = list(entries)
    articles = {row.article_id: row.article.family_id for row in rows if row.article is not None}
    states = _states(set(articles.values()))
    open_to = _seen(articles, states, user)
    return [
        row
        for row in rows
        if row.article_id is None
        or (
            not WITHDRAWN & states.get(articles[row.article_id], frozenset())
            and (row.by_id == user.pk or row.article_id in open_to)
        )
    ]


def is_withdrawn(article: Article) -> bool:
    """Whether readers get a notice in place of the story, in any language."""
    return bool(WITHDRAWN & _states({article.family_id}).get(article.family_id, frozenset()))


def withdrawn(families: Collection[int]) -> set[int]:
    """Of these stories, those of which readers get a notice, in any language."""
    return {family for family, states in _states(families).items() if WITHDRAWN & states}


def _states(families: Collection[int]) -> dict[int, frozenset[PublicState]]:
    """By story, the states in which readers get its language versions."""
    if not families:
        return {}
    found: dict[int, set[PublicState]] = {}
    for family, state in Publication.objects.valid().filter(family__in=families).values_list("family", "state"):
        found.setdefault(family, set()).add(PublicState(state))
    return {family: frozenset(states) for family, states in found.items()}


def _seen(articles: dict[int | None, int], states: dict[int, frozenset[PublicState]], user: Any) -> set[int | None]:
    """The articles whose sentences the user may see: both languages of them."""
    roles = permissions.roles_of(user)
    if roles & permissions.EDITORS:
        return set(articles)
    if not roles & permissions.WRITERS:
        return set()
    public = {pk for pk, family in articles.items() if PublicState.LIVE in states.get(family, frozenset())}
    left = Q(pk__in=[pk for pk in articles if pk not in public])
    return public | set(Article.objects.visible_to(user).filter(left).values_list("pk", flat=True))
