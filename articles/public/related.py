"""*Read more*: what else a reader of this story may want, by tag, people and section."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from django.db.models import QuerySet

from articles.delivery import keys
from articles.delivery.memory import at_most, depends, remember
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


class Subject(NamedTuple):
    """What the choice goes by: a story's section, its first tags and people, by their ids."""

    article: int
    language: str
    section: int | None
    tags: tuple[int, ...]
    people: tuple[int, ...]


def subject_of(publication: Publication) -> Subject:
    tags, people = publication.story.get("tags", []), publication.story.get("people", [])
    return Subject(
        publication.article_id,
        publication.language,
        publication.section_id,
        tuple(tag["tag"] for tag in tags[:WEIGHED]),
        tuple(person["person"] for person in people[:WEIGHED]),
    )


def related(subject: Subject, at: datetime | None = None) -> list[Publication]:
    """Stories that share the most with this one, newest first among equals; filled up from its section.

    With *at* those that stood there at that moment.
    """
    if at is not None:
        return cards(_chosen(subject, at), at)
    chosen = remember(("read more", subject), partial(_chosen, subject, None), keys.row("article", subject.article))
    return cards(chosen)


def _chosen(subject: Subject, at: datetime | None) -> list[int]:
    """The ids of their Publications. The choice ends with the first of them that changes."""
    at_most(CHOSEN_FOR)
    shared: Counter[Candidate] = Counter()
    for key, links in _followed(subject):
        shared.update(_found(("newest", key, subject.language), partial(_newest, links, subject, at), key, at))
    if subject.section:
        section = keys.section_list(subject.section, subject.language)
        for story in _found(("newest", section), partial(_beside, subject, at), section, at):
            shared[story] += 0  # may be chosen, after all that share something
    others = [story for story in shared if story.article != subject.article]
    others.sort(key=lambda story: (shared[story], story), reverse=True)
    chosen = others[:SHOWN]
    depends(*(keys.row("article", story.article) for story in chosen))
    return [story.publication for story in chosen]


def _followed(subject: Subject) -> Iterator[tuple[str, Callable[[], QuerySet[Any]]]]:
    """The links of the story's first tags and people, each with the key that they change with."""
    for tag in subject.tags:
        yield keys.row("tag", tag), partial(PublicationTag.objects.filter, tag=tag)
    for person in subject.people:
        yield keys.row("person", person), partial(PublicationPerson.objects.filter, person=person)


def _found(name: Any, find: Any, key: str, at: datetime | None) -> list[Candidate]:
    """Of the present from memory. A page need not be made again because there is one more to choose from."""
    found: list[Candidate] = find() if at else remember(name, find, key, loosely=True)
    return found


def _newest(links: Callable[[], QuerySet[Any]], subject: Subject, at: datetime | None) -> list[Candidate]:
    live = on_live(links().filter(language=subject.language), at).order_by("-first_published", "-pk")
    rows = live.values_list("first_published", "publication", "publication__article")
    return [Candidate(*row) for row in rows[:LOOKED_AT]]


def _beside(subject: Subject, at: datetime | None) -> list[Candidate]:
    """The newest of its section; one more than are shown, for it may be itself among them."""
    newest = stories(subject.language, at, subject.section).newest()
    return [Candidate(*row) for row in newest.values_list("first_published", "pk", "article")[: SHOWN + 1]]
