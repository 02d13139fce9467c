"""The ledger: each piece of work once, with the figures and the rate that it was counted by.

All writing goes through ``append``: under the lock of the chain's head, so that ``seq`` has no gaps and each entry's
hash rests on the one before it. What is wrong is reversed or adjusted by another entry, never changed: ``amounts``.
``recording`` enters the work of a finished translation, ``verifying`` walks the whole chain.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models.contributor import Contributor
from articles.models.paper import Paper
from articles.models.revision import Revision
from translations import rates
from translations.counting import Count, count, visible
from translations.enums import EntryKind
from translations.models.job import Job
from translations.models.ledger import BOOKED, LedgerEntry
from translations.models.rate import RateCard
from translations.models.work import LoggedWork

LOCK = 0x6C656467  # of the chain's head, on PostgreSQL; SQLite's write transaction is one
WHOLE, PART = Decimal(1), Decimal("0.000001")
FIGURES = ("words", "characters", "characters_no_spaces", "text_sha256", "counter_version")
# Columns that came later. An entry's hash is of one of them where it is filled, and so those before it keep theirs.
LATER = ("share_after", "special")
# What a correction has in common with the entry that it corrects.
COPIED = (
    "contributor_id", "role", "job_id", "round", "logged_id", "article_id", "url", "title", "source_language",
    "target_language", "work_date", "basis", "source_revision_id", "target_revision_id", "captions", "text", *FIGURES,
    "bands", "methods", "urgent", "share",
)  # fmt: skip
# What an entry's hash is of. The list stays as it is, or every entry would have another hash: see ``LATER``.
HASHED = (
    "seq", "kind", *COPIED, "accepted_at", "accepted_by_id", "period", "rate_id", "terms", "units", "amount",
    "currency", "corrects_id", "reason", "created_by_id", "created_at", "prev_hash",
)  # fmt: skip


@dataclass(frozen=True)
class Pieces:
    """A text of which only a part counts: of the story itself, and of its pictures."""

    story: str
    pictures: str


Text = str | Revision | Pieces


@dataclass(frozen=True)
class Work:
    """What was done and by whom, before it is priced. ``texts`` is what can be counted, by the basis of a rate.

    ``bands`` and ``methods`` are of the story; ``picture_bands`` and ``picture_methods`` come to them where the rate
    counts the pictures' words.
    """

    contributor: Contributor
    role: str
    source_language: str
    target_language: str
    title: str
    day: date
    texts: Mapping[str, Text]
    share: Decimal = WHOLE
    after: Decimal = rates.NOTHING  # what the shares come to that are reckoned before this one
    urgent: bool = False
    special: bool = False
    bands: Mapping[str, int] | None = None
    methods: Mapping[str, int] | None = None
    picture_bands: Mapping[str, int] | None = None
    picture_methods: Mapping[str, int] | None = None
    columns: Mapping[str, Any] | None = None  # job, round, article, logged, url


def enter(work: Work, *, by: Any, at: datetime, logged: LoggedWork | None = None) -> LedgerEntry:
    """One entry: counted by the rate that holds on the day of the work; without a rate it waits for one."""
    card = _card(work)
    basis = _basis(work, card)
    if card is not None and card.basis != basis:
        card = None  # it counts a text that there is not
    counted = work.texts[basis]
    captions = bool(card and card.captions and logged is None)
    figures = _count(counted, captions=captions).as_columns() if logged is None else figures_of(logged)
    terms = rates.terms_of(card) if card else {}
    how: dict[str, Any] = {"urgent": work.urgent, "special": work.special, "share": work.share}
    bands = _added(work.bands, work.picture_bands, captions)
    priced = rates.price(terms, figures, bands=bands, after=work.after, **how) if card else None
    free = card is not None and not card.price
    revisions = {f"{name}_revision": told for name, told in work.texts.items() if isinstance(told, Revision)}
    return append(
        kind=EntryKind.VOLUNTEER if free else EntryKind.WORK,
        contributor=work.contributor, role=work.role, title=work.title[:200],
        source_language=work.source_language, target_language=work.target_language,
        work_date=work.day, accepted_at=at, accepted_by=by, created_by=by, basis=basis, captions=captions,
        text="" if isinstance(counted, Revision) else _said(counted, captions),
        bands=bands, methods=_added(work.methods, work.picture_methods, captions), rate=card, terms=terms,
        share_after=work.after, logged=logged, **how,
        units=priced.units if priced else None, amount=priced.amount if priced else None,
        currency=card.currency if card else "", **figures, **revisions, **(work.columns or {}),
    )  # fmt: skip


def wait_for_another(job: Job, work: Work, by: Any) -> LoggedWork:
    """Work as a logged credit, which another editor approves."""
    card = _card(work)
    basis = _basis(work, card)
    counted, captions = work.texts[basis], bool(card and card.captions)
    figures = _count(counted, captions=captions)
    return LoggedWork.objects.create(
        contributor=work.contributor, role=work.role, article=job.article or job.original, job=job, round=job.round,
        title=work.title[:200], source_language=work.source_language, target_language=work.target_language,
        done_on=work.day, basis=basis, text=_said(counted, captions), share=work.share, created_by=by,
        bands=_added(work.bands, work.picture_bands, captions),
        methods=_added(work.methods, work.picture_methods, captions), **figures.as_columns(),
    )  # fmt: skip


def entered_already() -> str:
    return _("The ledger has an entry for this work already: reverse or adjust that one.")


def has_words(work: Work) -> bool:
    """Whether there is anything to count in the text that the work's rate counts."""
    card = _card(work)
    return bool(_count(work.texts[_basis(work, card)], captions=bool(card and card.captions)).words)


def _card(work: Work) -> RateCard | None:
    return rates.card_for(work.contributor, work.role, work.source_language, work.target_language, work.day)


def _basis(work: Work, card: RateCard | None) -> str:
    """The text that the rate counts, where there is it; else the first."""
    return card.basis if card and card.basis in work.texts else next(iter(work.texts))


def _added(story: Mapping[str, int] | None, pictures: Mapping[str, int] | None, captions: bool) -> dict[str, int]:
    """The characters of what is counted, by kind; nothing where the work isn't weighed."""
    return dict(Counter(story) + Counter(pictures if captions else {})) if story is not None else {}


def _count(counted: Text, *, captions: bool) -> Count:
    return count(_said(counted, captions))


def _said(counted: Text, captions: bool) -> str:
    """The text as it is counted, with the pictures' words where *captions*."""
    if isinstance(counted, Revision):
        return visible(counted.document, captions=captions)
    if isinstance(counted, Pieces):
        return f"{counted.story}\n{counted.pictures}" if captions else counted.story
    return counted


def figures_of(row: LoggedWork | LedgerEntry) -> dict[str, Any]:
    return {name: getattr(row, name) for name in FIGURES}


def priced_by(entry: LedgerEntry, terms: Mapping[str, Any], figures: Mapping[str, Any]) -> rates.Priced:
    """What the entry comes to by *terms*: its own, or those of a rate that came later."""
    return rates.price(
        terms, figures, bands=entry.bands, urgent=entry.urgent, special=entry.special, share=entry.share,
        after=entry.share_after,
    )  # fmt: skip


def standing(**of: Any) -> models.QuerySet[LedgerEntry]:
    """The entries *of* something that nobody reversed."""
    return LedgerEntry.objects.filter(**of).exclude(corrections__kind=EntryKind.REVERSAL)


def unpriced() -> models.QuerySet[LedgerEntry]:
    """What still waits for a rate."""
    return LedgerEntry.objects.filter(amount=None, corrections=None).exclude(kind=EntryKind.REVERSAL)


def shares(role: str, **of: Any) -> Decimal:
    """What the shares of the standing entries for work in a role come to, *of* a story and round."""
    summed = standing(role=role, kind__in=BOOKED, **of).aggregate(sum=models.Sum("share"))["sum"]
    return Decimal(summed or 0).quantize(PART)


def append(**columns: Any) -> LedgerEntry:
    """The one way into the ledger: locks the head, numbers, chains and writes."""
    with transaction.atomic():
        lock()
        last = LedgerEntry.objects.order_by("-seq").values_list("seq", "hash").first() or (0, "")
        entry = LedgerEntry(seq=last[0] + 1, prev_hash=last[1], created_at=timezone.now(), **columns)
        entry.period = period(entry.accepted_at)
        entry.hash = digest(entry)
        entry.save(force_insert=True)
    return entry


def lock() -> None:
    """Until the transaction ends nobody else appends."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def period(at: datetime) -> str:
    """The month of a moment by the newsroom's clock, such as 2026-11."""
    return timezone.localtime(at, Paper.objects.current().zone).strftime("%Y-%m")


def today() -> date:
    """The day by the newsroom's clock."""
    return day_of(timezone.now())


def day_of(at: datetime) -> date:
    return timezone.localtime(at, Paper.objects.current().zone).date()


_COLUMNS = {field.attname: field for field in LedgerEntry._meta.concrete_fields}


def digest(entry: LedgerEntry) -> str:
    """SHA-256 (hex) of the columns in ``HASHED``, which are all but the key and the hash itself, in one spelling."""
    names = [*HASHED, *(name for name in LATER if getattr(entry, name))]
    said = {name: _spelled(_COLUMNS[name], getattr(entry, name)) for name in names}
    canonical = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _spelled(field: Any, value: Any) -> Any:
    if isinstance(field, models.DecimalField) and value is not None:
        return f"{Decimal(value):.{field.decimal_places}f}"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value
