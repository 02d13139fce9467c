"""What the memory takes in, and what it no longer offers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from articles.enums import Change, PublicState
from articles.models.article import Article
from articles.models.publication import Publication
from translations import matching
from translations.enums import Method, SegmentState, Standing
from translations.memory import sharing
from translations.models.job import Job
from translations.models.memory_entry import MemoryEntry, sha256_of, target_key_of
from translations.models.segment import Segment

ONCE = ["origin", "sha256", "source_language", "target_language", "before", "after"]
BATCH = 500
LOOKED_BACK = timedelta(days=30)  # for withdrawals that nobody heard of
NEWEST = [
    "source", "target", "source_key", "target_key", "words", "target_words", "article", "revision", "job",
    "field", "method", "engine", "by", "at", "standing",
]  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """A sentence that was translated elsewhere; both texts are coded, *before* and *after* the neighbours' hashes."""

    source: str
    target: str
    before: str = ""
    after: str = ""
    field: str = ""
    by: str = ""  # a user's name
    at: datetime | None = None
    method: str = ""
    engine: str = ""


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


def take_in(pairs: Iterable[Pair], *, languages: tuple[str, str], origin: str, by: Any) -> int:
    """Takes in what was translated elsewhere, each sentence in one context once; how many were not there before.

    Who is no user here counts as *by*. What the memory has given up stays so.
    """
    source_language, target_language = languages
    usable = [pair for pair in pairs if matching.normal(pair.source) and matching.normal(pair.target)]
    usable = not_given_up(usable, languages=languages)
    users = get_user_model()._default_manager.filter(username__in={pair.by for pair in usable if pair.by})
    known = {user.get_username(): user for user in users}
    now = timezone.now()
    rows: dict[tuple[str, str, str], MemoryEntry] = {}
    for pair in usable:
        entry = MemoryEntry(
            source_language=source_language, target_language=target_language, source=pair.source, target=pair.target,
            before=_hash(pair.before), after=_hash(pair.after), field=pair.field[:40], origin=origin[:120],
            method=pair.method if pair.method in Method.values else "", engine=pair.engine[:80],
            by=known.get(pair.by, by), at=min(pair.at or now, now),
        ).keyed()  # fmt: skip
        rows[entry.sha256, entry.before, entry.after] = entry
    new = list(_not_there(list(rows.values())))
    write(new)
    return len(new)


def _not_there(entries: list[MemoryEntry]) -> Iterator[MemoryEntry]:
    """The entries without those that the memory has already, from wherever: the same words in the same context."""
    for begin in range(0, len(entries), BATCH):
        some = entries[begin : begin + BATCH]
        pair = {"source_language": some[0].source_language, "target_language": some[0].target_language}
        rows = MemoryEntry.objects.filter(sha256__in={one.sha256 for one in some}, **pair)
        there = set(rows.values_list("sha256", "before", "after", "target"))
        yield from (one for one in some if (one.sha256, one.before, one.after, one.target) not in there)


def not_given_up(pairs: Iterable[Pair], *, languages: tuple[str, str]) -> list[Pair]:
    """The pairs without those that the memory doesn't offer any more: each translation of a sentence whose story is
    held, retracted or removed, and the very translation that was withdrawn by hand."""
    keyed = [(sha256_of(matching.normal(pair.source)), pair) for pair in pairs]
    sentences: set[str] = set()
    translations: set[tuple[str, str]] = set()
    for begin in range(0, len(keyed), BATCH):
        hashes = [sha256 for sha256, _pair in keyed[begin : begin + BATCH]]
        rows = MemoryEntry.objects.filter(
            sha256__in=hashes, source_language=languages[0], target_language=languages[1]
        ).exclude(standing=Standing.USABLE)
        found = list(rows.values_list("sha256", "target_key", Coalesce("article__original", "article")))
        gone = sharing.withdrawn({family for _sha256, _key, family in found if family})
        sentences |= {sha256 for sha256, _key, family in found if family in gone}
        translations |= {(sha256, key) for sha256, key, _family in found}
    return [
        pair
        for sha256, pair in keyed
        if sha256 not in sentences and (sha256, target_key_of(pair.target)) not in translations
    ]


def _hash(text: str) -> str:
    return text if re.fullmatch(r"[0-9a-f]{64}", text) else ""
