"""Stories that answer a query, of those that readers see now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from articles.models.publication import Publication, PublicationQuerySet
from articles.search import excerpts
from articles.search.asking import Asked
from articles.search.engine import engine
from articles.search.entries import shown_text

RANKED = 500
"""Best first weighs the newest so many stories that were found."""
COUNTED = 100
"""So many stories are counted; what goes beyond is “more than”."""
LONGEST_TEXT = 20_000
"""How far into a story an excerpt is looked for, in characters."""


@dataclass(frozen=True)
class Found:
    """``few``: the words match so few stories (``asking.FEW``) that all that were found can be looked at."""

    stories: PublicationQuerySet
    few: bool


def found(asked: Asked, language: str, *, passing: Q | None = None, tied: Sequence[QuerySet[Any]] = ()) -> Found:
    """The stories in *language* that are live now and answer the query; an empty one is answered by all of them.

    *passing* is a condition on their columns. *tied* are links, such as PublicationTag's rows of one tag: a story
    has to have one of each.
    """
    searched = engine()
    shown = Publication.objects.live().stories().filter(passing or Q(), language=language)
    few = searched.few(asked, language)
    matches = searched.matches(asked, language) if few is None else Q(pk__in=few)
    answers = Q(matches, *(Q(pk__in=links.values("publication")) for links in tied))
    if tied or few is not None:
        # The ids alone, and whether each is live beside them: or the database walks the language's whole list.
        return Found(Publication.objects.filter(answers, Exists(shown.filter(pk=OuterRef("pk")))), few is not None)
    return Found(shown.filter(answers), few=False)


def best_first(rows: PublicationQuerySet, asked: Asked, language: str) -> list[int]:
    """The ids of the newest 500 of the stories found, the best first."""
    newest = list(rows.newest().values_list("pk", flat=True)[:RANKED])
    return engine().best(asked, language, newest) if newest else []


def number(rows: PublicationQuerySet) -> int:
    """How many stories were found; 101 stands for more than 100."""
    return len(rows.order_by().values_list("pk", flat=True)[: COUNTED + 1])


def show(stories: Iterable[Publication], asked: Asked, language: str) -> None:
    """Gives each story ``marked_headline`` and ``excerpt``: safe HTML with the words marked that were found."""
    texts = {story: "\n".join([story.standfirst, shown_text(story)])[:LONGEST_TEXT].strip() for story in stories}
    printed = excerpts.printed(f"{story.headline}\n{text}" for story, text in texts.items())
    alike = engine().alike(asked, language, {word for folds in printed.values() for word in folds})
    found = {word for word, folds in printed.items() if not alike.isdisjoint(folds)}
    for story, text in texts.items():
        story.marked_headline = excerpts.marked(story.headline, found)  # type: ignore[attr-defined]
        story.excerpt = excerpts.excerpt(text, found)  # type: ignore[attr-defined]
