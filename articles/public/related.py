"""*Read more*: what else a reader of this story may want, by tag, people and section."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from django.db.models import QuerySet

from articles.delivery import keys
from articles.delivery.memory import at_most, remember
from articles.models.publication import Publication, PublicationPerson, PublicationTag
from articles.public.shown import cards, on_live, stories

SHOWN = 4
WEIGHED = 4
"""How many of the story's tags, and how many of its people, are followed."""
LOOKED_AT = 20
"""How many of the newest stories of each tag and person are weighed: the cost is the same for any archive."""
CHOSEN_FOR = 600
"""Seconds for which a page may keep its choice. What it shows of the chosen is never older than they are."""


class Candidate(NamedTuple):
    """A story that may be chosen, by the ids of its Publication and its article."""

    first_published: datetime
    publication: int
    article: int


def related(publication: Publication, at: datetime | None = None) -> list[Publication]:
    """Stories that share the most with this one, newest first among equals; filled up from its section.

    With *at* those that stood there at that moment.
    """
    at_most(CHOSEN_FOR)
    shared: Counter[Candidate] = Counter()
    for key, links in _followed(publication):
        newest = partial(_newest, links.filter(language=publication.language), at)
        shared.update(_found(("newest", key, publication.language), newest, key, at))
    section = keys.section_list(publication.section_id, publication.language)
    for story in _found(("newest", section), partial(_beside, publication, at), section, at):
        shared[story] += 0  # may be chosen, after all that share something
    others = [story for story in shared if story.article != publication.article_id]
    others.sort(key=lambda story: (shared[story], story), reverse=True)
    return cards([story.publication for story in others[:SHOWN]], at)


def _followed(publication: Publication) -> Iterator[tuple[str, QuerySet[Any]]]:
    """The links of the story's first tags and people, each with the key that they change with."""
    for tag in publication.story.get("tags", [])[:WEIGHED]:
        yield keys.row("tag", tag["tag"]), PublicationTag.objects.filter(tag=tag["tag"])
    for person in publication.story.get("people", [])[:WEIGHED]:
        yield keys.row("person", person["person"]), PublicationPerson.objects.filter(person=person["person"])


def _found(name: Any, find: Any, key: str, at: datetime | None) -> list[Candidate]:
    """Of the present from memory. A page need not be made again because there is one more to choose from."""
    found: list[Candidate] = find() if at else remember(name, find, key, loosely=True)
    return found


def _newest(links: QuerySet[Any], at: datetime | None) -> list[Candidate]:
    live = on_live(links, at).order_by("-first_published", "-pk")
    rows = live.values_list("first_published", "publication", "publication__article")
    return [Candidate(*row) for row in rows[:LOOKED_AT]]


def _beside(publication: Publication, at: datetime | None) -> list[Candidate]:
    """The newest of its section; one more than are shown, for it may be itself among them."""
    newest = stories(publication.language, at, publication.section_id).newest()
    return [Candidate(*row) for row in newest.values_list("first_published", "pk", "article")[: SHOWN + 1]]
