"""What the memory takes in, and what it no longer offers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from articles.enums import Change, PublicState
from articles.models.article import Article
from articles.models.publication import Publication
from translations import matching
from translations.enums import SegmentState, Standing
from translations.memory import sharing
from translations.models.job import Job
from translations.models.memory_entry import MemoryEntry, sha256_of
from translations.models.segment import Segment

ONCE = ["origin", "sha256", "source_language", "target_language", "before", "after"]
BATCH = 500
LOOKED_BACK = timedelta(days=30)  # for withdrawals that nobody heard of
NEWEST = [
    "source", "target", "source_key", "target_key", "words", "target_words", "article", "revision", "job",
    "field", "method", "engine", "by", "at", "standing",
]  # fmt: skip


def learn(job: Job) -> int:
    """Takes in the job's translated segments; how many. Call it in the transaction that accepted them.

    Safe to repeat. What the story had in the same place before is replaced; what it no longer says stays, as it was
    accepted once. Segments that were left out or not translated teach nothing.
    """
    article = job.article
    if article is None:
        return 0
    segments = list(job.segments.order_by("position"))
    hashes = [sha256_of(matching.normal(segment.source)) for segment in segments]
    standing = Standing.HELD if sharing.is_withdrawn(article) else Standing.USABLE
    rows = {}
    for place, segment in enumerate(segments):
        if segment.state == SegmentState.INITIAL or segment.omitted or segment.stale or not segment.target:
            continue
        before = hashes[place - 1] if place and segments[place - 1].field == segment.field else ""
        follows = place + 1 < len(segments) and segments[place + 1].field == segment.field
        entry = _entry(job, article, segment, before, hashes[place + 1] if follows else "", standing)
        rows[entry.sha256, entry.before, entry.after] = entry
    write(rows.values())
    return len(rows)


def write(entries: Iterable[MemoryEntry]) -> None:
    """Writes the entries, each in place of the one that its origin may have in that context. They have to be keyed."""
    MemoryEntry.objects.bulk_create(
        entries, batch_size=BATCH, update_conflicts=True, unique_fields=ONCE, update_fields=NEWEST
    )


def follow(article: Article) -> None:
    """Brings the entries of a story, in all its languages, to what readers get of it.

    Held: not offered. Released: offered again. Retracted or removed in one language: withdrawn for good in that one,
    and in all where that is the original.
    """
    with transaction.atomic():
        valid = Publication.objects.valid().filter(family=article.family_id)
        states = {pk: PublicState(state) for pk, state in valid.values_list("article", "state")}
        gone = {pk for pk, state in states.items() if state in {PublicState.RETRACTED, PublicState.REMOVED}}
        of_story = MemoryEntry.objects.filter(Q(article__original=article.family_id) | Q(article=article.family_id))
        lost = of_story if article.family_id in gone else of_story.filter(article__in=gone)
        lost.exclude(standing=Standing.WITHDRAWN).update(standing=Standing.WITHDRAWN)
        held = PublicState.HELD in states.values()
        was, becomes = (Standing.USABLE, Standing.HELD) if held else (Standing.HELD, Standing.USABLE)
        of_story.filter(standing=was).update(standing=becomes)


def catch_up() -> int:
    """Follows withdrawals and releases whose news nobody heard; returns how many articles. The worker calls it."""
    entries = MemoryEntry.objects.filter(article=OuterRef("article"))
    behind = (
        Q(Exists(entries.exclude(standing=Standing.WITHDRAWN)), state__in=[PublicState.RETRACTED, PublicState.REMOVED])
        | Q(Exists(entries.filter(standing=Standing.USABLE)), state=PublicState.HELD)
        | Q(Exists(entries.filter(standing=Standing.HELD)), state=PublicState.LIVE, change=Change.RELEASE)
    )
    rows = Publication.objects.valid().filter(behind, visible_from__gte=timezone.now() - LOOKED_BACK)
    found = list(rows.select_related("article").defer("body", "story", "article__body"))
    for row in found:
        follow(row.article)
    return len(found)


def _entry(job: Job, article: Article, segment: Segment, before: str, after: str, standing: Standing) -> MemoryEntry:
    return MemoryEntry(
        source_language=job.original.language,
        target_language=job.language,
        source=segment.source,
        target=segment.target,
        before=before,
        after=after,
        origin=f"article-{article.pk}",
        article=article,
        revision=job.base,
        job=job,
        field=segment.field,
        method=segment.method,
        engine=segment.engine,
        by_id=segment.by_id,
        at=timezone.now(),
        standing=standing,
    ).keyed()


def take_in(pairs: Iterable[tuple[str, str]], *, languages: tuple[str, str], origin: str, by: Any) -> int:
    """Takes in pairs of coded texts that were translated elsewhere; how many are there once."""
    source_language, target_language = languages
    rows = {}
    for source, target in pairs:
        if matching.normal(source) and matching.normal(target):
            entry = MemoryEntry(
                source_language=source_language, target_language=target_language, source=source, target=target,
                origin=origin[:120], by=by,
            ).keyed()  # fmt: skip
            rows[entry.sha256] = entry
    write(rows.values())
    return len(rows)
