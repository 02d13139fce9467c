"""Who has a job open just now, and at which segment. Kept for a short while and lost without harm."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache

from translations.models.job import Job

SEEN_FOR = 25  # seconds: somebody who missed two looks is gone


@dataclass(frozen=True)
class Here:
    """Somebody else who has the job open; ``segment`` is 0 where they are at none."""

    name: str
    segment: int


def seen(job: Job, user: Any, segment: int) -> None:
    """Notes that *user* is at *segment* of *job*."""
    cache.set(_key(job, user.pk), segment, SEEN_FOR)


def others(job: Job, user: Any) -> list[Here]:
    """Who else may write in the job and is here."""
    people = {person.pk: person for person in colleagues(job) if person.pk != user.pk}
    found = cache.get_many([_key(job, pk) for pk in people])
    return [Here(str(people[pk]), found[_key(job, pk)]) for pk in people if _key(job, pk) in found]


def colleagues(job: Job) -> Iterable[Any]:
    """The translator, who helps, and the reviser."""
    people = [job.translator, *job.helpers.all(), job.reviser]
    return [person for person in people if person is not None]


def _key(job: Job, user: int) -> str:
    return f"workbench-{job.pk}-{user}"
