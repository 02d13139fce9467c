"""*Read more*: what else a reader of this story may want, by tag, people and section."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from articles.models.publication import Publication, PublicationPerson, PublicationTag
from articles.public.shown import on_live, stories

SHOWN = 4
WEIGHED = 4
"""How many of the story's tags, and how many of its people, are followed."""
LOOKED_AT = 20
"""How many of the newest stories of each tag and person are weighed: the cost is the same for any archive."""


def related(publication: Publication, at: datetime | None = None) -> list[Publication]:
    """Stories that share the most with this one, newest first among equals; filled up from its section.

    With *at* those that stood there at that moment.
    """
    record = publication.story
    shared: Counter[int] = Counter()
    for tag in record.get("tags", [])[:WEIGHED]:
        shared.update(_newest(PublicationTag.objects.filter(tag=tag["tag"]), publication.language, at))
    for person in record.get("people", [])[:WEIGHED]:
        shared.update(_newest(PublicationPerson.objects.filter(person=person["person"]), publication.language, at))
    section = stories(publication.language, at).filter(section=publication.section_id).newest()
    beside = section.exclude(article=publication.article_id).values_list("pk", flat=True)[:SHOWN]
    # All of these may be shown: by their ids alone, or SQLite walks the language's list to find them.
    others = Publication.objects.filter(pk__in={*shared, *beside}).exclude(article=publication.article_id)
    found = list(others.for_lists().order_by())
    found.sort(key=lambda story: (shared[story.pk], story.first_published, story.pk), reverse=True)
    return found[:SHOWN]


def _newest(links: QuerySet[Any], language: str, at: datetime | None) -> Iterable[int]:
    live = on_live(links.filter(language=language), at).order_by("-first_published", "-pk")
    return live.values_list("publication", flat=True)[:LOOKED_AT]
