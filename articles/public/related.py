"""*Read more*: what else a reader of this story may want, by tag, people and section."""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet

from articles.models.publication import Publication, PublicationPerson, PublicationTag
from articles.public.shown import on_live, stories

SHOWN = 4
LOOKED_AT = 40
"""How many newest links by tag and by person are weighed: the cost is the same for any archive."""
SPAN = timedelta(days=3 * 365)
"""Older than this before the story, nothing is news that belongs to it."""


def related(publication: Publication) -> list[Publication]:
    """Stories that share the most with this one, newest first among equals; filled up from its section."""
    record = publication.story
    weights: Counter[int] = Counter()
    tags = [tag["slug"] for tag in record.get("tags", [])]
    people = [person["person"] for person in record.get("people", [])]
    for links in (
        PublicationTag.objects.filter(tag__slug__in=tags),
        PublicationPerson.objects.filter(person__in=people),
    ):
        weights.update(_linked(links, publication))
    others = stories(publication.language).exclude(article=publication.article_id)
    section = others.filter(section=publication.section_id).newest().values_list("pk", flat=True)[:SHOWN]
    found = list(others.filter(pk__in={*weights, *section}))
    found.sort(key=lambda story: (weights[story.pk], story.first_published, story.pk), reverse=True)
    return found[:SHOWN]


def _linked(links: QuerySet[Any], publication: Publication) -> Iterable[int]:
    near = links.filter(
        language=publication.language, first_published__gte=publication.first_published - SPAN
    ).exclude(publication__article=publication.article_id)
    newest = on_live(near).order_by("-first_published", "-pk")
    return newest.values_list("publication", flat=True)[:LOOKED_AT]
