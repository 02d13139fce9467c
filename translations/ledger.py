"""The ledger: each piece of work once, with the figures and the rate that it was counted by.

All writing goes through ``_append``: under the lock of the chain's head, so that ``seq`` has no gaps and each entry's
hash rests on the one before it. What is wrong is reversed or adjusted by another entry, never changed. ``verify`` walks
the whole chain, counts the stored texts again and computes each amount again.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import IntegrityError, connection, models, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from articles.enums import CreditRole
from articles.errors import NotAllowed, Refused
from articles.models.contributor import Contributor
from articles.models.paper import Paper
from articles.models.revision import Revision
from articles.permissions import roles_of
from translations import jobs, rates
from translations.counting import VERSIONS, Count, count, count_document, visible
from translations.enums import Basis, EntryKind, JobState, Method
from translations.models.job import Job
from translations.models.ledger import BOOKED, LedgerEntry
from translations.models.rate import RateCard
from translations.models.segment import Segment
from translations.models.work import LoggedWork
from translations.permissions import PAY, is_of
from translations.segmenting import plain
from translations.signals import finished

LOCK = 0x6C656467  # of the chain's head, on PostgreSQL; SQLite's write transaction is one
WHOLE, PART = Decimal(1), Decimal("0.000001")
# How the databases call the rules that work is entered, or waits, once.
ONCE_PER_ROUND = ("once_per_round", "come_to_one", "is never replaced")
STORY, PICTURE = ("headline", "standfirst", "body"), "picture-"  # fields of a story, and how those of pictures begin
AT_ONCE = 500  # entries in memory while the chain is walked
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


def connect() -> None:
    """Lets the ledger hear of finished work, inside the transaction of the step, and say what it won't enter."""
    finished.connect(_on_finished, dispatch_uid="translations.ledger")
    if not_entered_again not in jobs.TOLD_AT_FINISH:
        jobs.TOLD_AT_FINISH.append(not_entered_again)


def paid_by_hand(job: Job) -> dict[tuple[int, str], LedgerEntry]:
    """What logged credits brought into the ledger of the job's translation, by contributor and role; unreversed.

    It is the work of the first round; what is done in a later one is other work.
    """
    if job.round > 1 or job.article_id is None:
        return {}
    rows = standing(kind__in=BOOKED, job=None, article=job.article_id).select_related("contributor")
    return {(row.contributor_id, row.role): row for row in rows.order_by("-seq")}


def not_entered_again(job: Job) -> list[str]:
    """Whose work on the job is in the ledger already by a logged credit, each one sentence."""
    there = paid_by_hand(job)
    if not there:
        return []
    try:
        people = [(who.pk, role) for who, role, _part in _translators(job, _written(job))]
    except Refused:  # a translator has no byline: that is said where it is refused
        people = []
    reviser = _reviser(job)
    if reviser is not None:
        people.append((reviser.pk, str(CreditRole.REVISER)))
    return [
        _(
            "By a logged credit the ledger has this work already, and it is not entered again: %(name)s, %(role)s,"
            " entry № %(number)s."
        )
        % {"name": there[key].contributor, "role": there[key].get_role_display(), "number": there[key].seq}
        for key in people
        if key in there
    ]


def _on_finished(sender: Any, *, job: Job, by: Any, **_signal: Any) -> None:
    record(job, by=by)


def record(job: Job, *, by: Any) -> list[LedgerEntry]:
    """Enters the translators and the reviser of the job's round, which *by* has accepted. In the caller's transaction.

    A reviser who accepts the translation that they revised can't accept their own work with it: that waits as a logged
    credit for another editor, as does what would make more than the whole with credits that were logged by hand. What
    was left out is nobody's work, and where nothing was written nothing is entered; nor is what a logged credit brought
    here before (``paid_by_hand``). Raises ``Refused`` where a translator has no byline, or the ledger has this work
    already.
    """
    now = timezone.now()
    segments = _written(job)
    if not segments and (job.round > 1 or job.segments.filter(round=job.round).exists()):
        return []
    try:
        with transaction.atomic():
            lock()
            return _recorded(job, segments, by, now)
    except IntegrityError as error:
        if not any(name in str(error) for name in ONCE_PER_ROUND):
            raise
        raise Refused(_entered_already()) from error


def _written(job: Job) -> list[Segment]:
    """The segments of the job's round that were translated."""
    return list(job.segments.filter(round=job.round, omitted="").order_by("position"))


def _reviser(job: Job) -> Contributor | None:
    return Contributor.objects.filter(user=job.reviser_id).first() if job.reviser_id else None


def _entered_already() -> str:
    return _("The ledger has an entry for this work already: reverse or adjust that one.")


def _recorded(job: Job, segments: list[Segment], by: Any, now: datetime) -> list[LedgerEntry]:
    told = _told(job, segments, _today(now))
    works = _shared(told, _translators(job, segments))
    paid, reviser = paid_by_hand(job), _reviser(job)
    if reviser is not None and (reviser.pk, CreditRole.REVISER) not in paid:
        work = replace(told, contributor=reviser, role=CreditRole.REVISER, bands=None)
        if not is_of(by, reviser):
            works.append(work)
        elif _has_words(work):
            _wait_for_another(job, work, by)
    works = [work for work in works if _has_words(work) and (work.contributor.pk, work.role) not in paid]
    for work in works:
        if is_of(by, work.contributor):
            raise NotAllowed(_("Nobody accepts work of their own. Ask another editor."))
    return [enter(work, by=by, at=now) for work in _beside_logged(job, works, by)]


def _beside_logged(job: Job, works: list[Work], by: Any) -> list[Work]:
    """The works whose shares come to 1 at the most with what was logged for the story by hand; the others wait."""
    fit: list[Work] = []
    taken: dict[str, Decimal] = {}
    for work in works:
        logged = shares(work.role, article=job.article, job=None) if job.round == 1 else Decimal(0)
        taken.setdefault(work.role, logged)
        if taken[work.role] + work.share > WHOLE:
            _wait_for_another(job, work, by)
            continue
        taken[work.role] += work.share
        fit.append(work)
    return fit


def shares(role: str, **of: Any) -> Decimal:
    """What the shares of the standing entries for work in a role come to, *of* a story and round."""
    summed = standing(role=role, kind__in=BOOKED, **of).aggregate(sum=models.Sum("share"))["sum"]
    return Decimal(summed or 0).quantize(PART)


def _shared(told: Work, parts: Iterable[tuple[Contributor, str, Decimal]]) -> list[Work]:
    """The work of each, by role and then in the order of the bylines' numbers: what comes before a share is its."""
    works, after = [], rates.NOTHING
    for who, role, part in sorted(parts, key=lambda one: (one[1], one[0].pk)):
        works.append(replace(told, contributor=who, role=role, share=part, after=after))
        after += part
    return works


def _told(job: Job, segments: list[Segment], day: date) -> Work:
    """All that the works of a round have in common; its contributor and role are to be replaced."""
    article = job.article
    story, pictures = _counting(segments)
    return Work(
        contributor=Contributor(),
        role=CreditRole.TRANSLATOR,
        source_language=job.original.language,
        target_language=job.language,
        title=(article.headline if article else "") or job.headline,
        day=day,
        texts=_texts(job, segments),
        urgent=job.urgent,
        special=job.special,
        bands=_sums(story, _band),
        methods=_sums(story, _method),
        picture_bands=_sums(pictures, _band),
        picture_methods=_sums(pictures, _method),
        columns={"job": job, "round": job.round, "article": article},
    )


def _texts(job: Job, segments: list[Segment]) -> dict[str, Text]:
    """What can be counted of a round: of the first the whole texts, but for what was left out; later its segments."""
    article = job.article
    if job.round > 1:
        return {Basis.SOURCE: _pieces(segments, "source"), Basis.TARGET: _pieces(segments, "target")}
    left_out = any(_counting(job.segments.exclude(omitted="")))
    texts: dict[str, Text] = {Basis.SOURCE: _pieces(segments, "source") if left_out else job.base}
    if article is not None and article.head is not None:
        texts[Basis.TARGET] = article.head  # what was left out isn't there
    return texts


def _pieces(segments: Iterable[Segment], text: str) -> Pieces:
    story, pictures = ("\n".join(plain(getattr(one, text)) for one in part) for part in _counting(segments))
    return Pieces(story, pictures)


def _counting(segments: Iterable[Segment]) -> tuple[list[Segment], list[Segment]]:
    """The segments whose text is counted, as ``counting`` counts a document: of the story, and of its pictures."""
    rows = list(segments)
    return [one for one in rows if one.field in STORY], [one for one in rows if one.field.startswith(PICTURE)]


def _translators(job: Job, segments: list[Segment]) -> list[tuple[Contributor, str, Decimal]]:
    """Who translated, in which role, and their parts: as the story's credits say, else by what each has written."""
    written: dict[int, int] = {}
    for segment in segments:
        own = segment.by_id if segment.by_id and segment.by_id != job.reviser_id else job.translator_id
        if own:
            written[own] = written.get(own, 0) + len(plain(segment.source))
    if not written and job.translator_id:
        written = {job.translator_id: 1}
    bylines = {byline.user_id: byline for byline in Contributor.objects.filter(user__in=written).select_related("user")}
    if missing := [user for user in written if user not in bylines]:
        names = ", ".join(str(name) for name in _users(missing))
        raise Refused(
            _("%(names)s has no byline, and work is entered by byline. Add one to the contributors.") % {"names": names}
        )
    credits_ = list(job.article.credits.all()) if job.article else []
    roles = {credit.contributor_id: credit.role for credit in credits_ if CreditRole(credit.role).makes_translation}
    said = {c.contributor_id: c.share for c in credits_ if CreditRole(c.role).makes_translation and c.share is not None}
    parts = _said_parts(said, [byline.pk for byline in bylines.values()]) or _parts(
        {bylines[user].pk: number for user, number in written.items()}
    )
    found = {byline.pk: byline for byline in bylines.values()}
    return [(found[pk], roles.get(pk, CreditRole.TRANSLATOR), part) for pk, part in parts.items()]


def _users(ids: Iterable[int]) -> Iterable[Any]:
    from django.contrib.auth import get_user_model

    return get_user_model()._default_manager.filter(pk__in=ids).order_by("pk")


def _said_parts(said: Mapping[int, Decimal], people: list[int]) -> dict[int, Decimal]:
    """The shares that the credits name, of those who worked, brought to 1; empty where none is named.

    Who has no share gets an equal part of what is left.
    """
    named = {pk: said[pk] for pk in people if pk in said}
    if not named:
        return {}
    others = [pk for pk in people if pk not in said]
    left = max(WHOLE - sum(named.values(), Decimal(0)), Decimal(0))
    return _parts({**named, **{pk: left / len(others) for pk in others}})


def _parts(numbers: Mapping[int, int | Decimal]) -> dict[int, Decimal]:
    """Parts of 1 in proportion to the numbers, to six places; the last has what is left, so that they come to 1."""
    numbers = {key: number for key, number in numbers.items() if number > 0}
    whole, left = Decimal(sum(numbers.values())), WHOLE
    parts = {}
    for place, (key, number) in enumerate(sorted(numbers.items()), start=1):
        parts[key] = left if place == len(numbers) else (Decimal(number) / whole).quantize(PART)
        left -= parts[key]
    return {key: part for key, part in parts.items() if part > 0}


def _sums(segments: Iterable[Segment], kind: Any) -> dict[str, int]:
    """Characters of the original, by kind."""
    sums: dict[str, int] = {}
    for segment in segments:
        name = str(kind(segment))
        sums[name] = sums.get(name, 0) + len(plain(segment.source))
    return sums


def _method(segment: Segment) -> str:
    return segment.method or Method.HUMAN


def _band(segment: Segment) -> str:
    if segment.method == Method.REPETITION:
        return "repetition"
    if segment.method in {Method.MACHINE, Method.POST_EDITED} and not segment.match:
        return "machine"  # else the memory offered it
    if segment.match > 100:
        return "context"
    if segment.match == 100:
        return "exact"
    return next((band for band in ("95", "85", "75") if segment.match >= int(band)), "new")


def _has_words(work: Work) -> bool:
    """Whether there is anything to count in the text that the work's rate counts."""
    card = _card(work)
    return bool(_count(work.texts[_basis(work, card)], captions=bool(card and card.captions)).words)


def _card(work: Work) -> RateCard | None:
    return rates.card_for(work.contributor, work.role, work.source_language, work.target_language, work.day)


def _basis(work: Work, card: RateCard | None) -> str:
    """The text that the rate counts, where there is it; else the first."""
    return card.basis if card and card.basis in work.texts else next(iter(work.texts))


def _wait_for_another(job: Job, work: Work, by: Any) -> LoggedWork:
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


def enter(work: Work, *, by: Any, at: datetime, logged: LoggedWork | None = None) -> LedgerEntry:
    """One entry: counted by the rate that holds on the day of the work; without a rate it waits for one."""
    card = _card(work)
    basis = _basis(work, card)
    if card is not None and card.basis != basis:
        card = None  # it counts a text that there is not
    counted = work.texts[basis]
    captions = bool(card and card.captions and logged is None)
    figures = _count(counted, captions=captions).as_columns() if logged is None else _figures(logged)
    terms = rates.terms_of(card) if card else {}
    how: dict[str, Any] = {"urgent": work.urgent, "special": work.special, "share": work.share}
    bands = _added(work.bands, work.picture_bands, captions)
    priced = rates.price(terms, figures, bands=bands, after=work.after, **how) if card else None
    free = card is not None and not card.price
    revisions = {f"{name}_revision": told for name, told in work.texts.items() if isinstance(told, Revision)}
    return _append(
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


def _figures(row: LoggedWork | LedgerEntry) -> dict[str, Any]:
    return {name: getattr(row, name) for name in FIGURES}


def kill_fee(
    job: Job, *, contributor: Contributor, role: str, amount: Decimal, currency: str, reason: str, by: Any
) -> LedgerEntry:
    """What is paid for work that was called off, of a cancelled job: an amount that the chief editor sets."""
    _may_pay(by, contributor)
    _explained(reason)
    if amount <= 0:
        raise Refused(_("A kill fee is more than 0."))
    now = timezone.now()
    figures = count_document(job.base.document).as_columns()
    with transaction.atomic():
        job = Job.objects.select_for_update(of=("self",), no_key=True).get(pk=job.pk)
        lock()
        if job.state != JobState.CANCELLED:
            raise Refused(_("A kill fee is for work that was called off. Cancel the job first."))
        same = standing(job=job, round=job.round, role=role, contributor=contributor)
        if same.filter(kind__in=[*BOOKED, EntryKind.KILL_FEE]).exists():
            raise Refused(_entered_already())
        return _append(
            kind=EntryKind.KILL_FEE, contributor=contributor, role=role, job=job, round=job.round, article=job.article,
            title=job.headline[:200], source_language=job.original.language, target_language=job.language,
            work_date=_today(now), accepted_at=now, accepted_by=by, created_by=by, basis=Basis.SOURCE,
            source_revision=job.base, amount=amount, currency=currency, reason=reason.strip(), **figures,
        )  # fmt: skip


def reverse(entry: LedgerEntry, *, reason: str, by: Any) -> LedgerEntry:
    """An entry that takes *entry* back, once. Its adjustments have to be reversed before it."""
    _may_pay(by, entry.contributor)
    _explained(reason)
    with transaction.atomic():
        lock()
        row = LedgerEntry.objects.get(pk=entry.pk)
        if row.kind == EntryKind.REVERSAL:
            raise Refused(_("A reversal is not reversed: enter the work anew by an adjustment."))
        if row.corrections.filter(kind=EntryKind.REVERSAL).exists():
            raise Refused(_("The entry is reversed already."))
        if standing_adjustments(row).exists():
            raise Refused(_("The entry has adjustments. Reverse those first."))
        return _correct(row, EntryKind.REVERSAL, reason, by, **_against(row))


def _against(row: LedgerEntry) -> dict[str, Any]:
    """The amount of an entry with the other sign."""
    if row.amount is None:
        return {"amount": None, "currency": ""}
    return {"amount": -row.amount, "currency": row.currency, "units": row.units, "terms": row.terms, "rate": row.rate}


def standing_adjustments(row: LedgerEntry) -> models.QuerySet[LedgerEntry]:
    """The adjustments of an entry that nobody reversed."""
    adjusted = row.corrections.filter(kind=EntryKind.ADJUSTMENT)
    return adjusted.exclude(corrections__kind=EntryKind.REVERSAL)


def adjust(entry: LedgerEntry, *, amount: Decimal, currency: str, reason: str, by: Any) -> LedgerEntry:
    """An amount beside an entry: more, or less where it is negative."""
    _may_pay(by, entry.contributor)
    _explained(reason)
    if not amount:
        raise Refused(_("An adjustment is more or less than 0."))
    with transaction.atomic():
        lock()
        row = LedgerEntry.objects.get(pk=entry.pk)
        if row.currency and row.currency != currency:
            raise Refused(_("The entry is in %(currency)s, so its adjustment is.") % {"currency": row.currency})
        return _correct(row, EntryKind.ADJUSTMENT, reason, by, amount=amount, currency=currency)


def price(entry: LedgerEntry, *, by: Any) -> LedgerEntry:
    """The adjustment that gives an entry without a rate its amount, now that there is one for its day."""
    _may_pay(by, entry.contributor)
    with transaction.atomic():
        lock()
        row = LedgerEntry.objects.select_related("contributor", "source_revision", "target_revision").get(pk=entry.pk)
        if row.kind == EntryKind.REVERSAL:
            raise Refused(_("A reversal has no price of its own: it takes back what it reverses."))
        if row.amount is not None or row.corrections.exists():
            raise Refused(_("The entry has its amount already, or is reversed."))
        card = rates.card_for(row.contributor, row.role, row.source_language, row.target_language, row.work_date)
        if card is None:
            said = _("No rate holds for this role and these languages on %(day)s.")
            raise Refused(said % {"day": date_format(row.work_date)})
        figures, again = _figures(row), {}
        revision = getattr(row, f"{card.basis}_revision")
        if revision is not None and not (row.text and card.basis == row.basis):
            figures = count_document(revision.document, captions=card.captions).as_columns()
            again = {"basis": card.basis, "captions": card.captions, "text": ""}
        elif card.basis != row.basis:
            said = _(
                "Rate № %(rate)s counts another text (%(text)s) than the entry keeps. Introduce a rate that counts the "
                "entry's text, or adjust the entry by hand."
            )
            raise Refused(said % {"rate": card.pk, "text": card.get_basis_display()})
        terms = rates.terms_of(card)
        priced = _priced(row, terms, figures)
        with override(settings.LANGUAGE_CODE):  # kept for ever, and so in the newsroom's language
            reason = _("Priced by rate № %(number)s.") % {"number": card.pk}
        return _correct(
            row, EntryKind.ADJUSTMENT, reason, by, amount=priced.amount, currency=card.currency, units=priced.units,
            terms=terms, rate=card, **figures, **again,
        )  # fmt: skip


def standing(**of: Any) -> models.QuerySet[LedgerEntry]:
    """The entries *of* something that nobody reversed."""
    return LedgerEntry.objects.filter(**of).exclude(corrections__kind=EntryKind.REVERSAL)


def unpriced() -> models.QuerySet[LedgerEntry]:
    """What still waits for a rate."""
    return LedgerEntry.objects.filter(amount=None, corrections=None).exclude(kind=EntryKind.REVERSAL)


def _correct(row: LedgerEntry, kind: EntryKind, reason: str, by: Any, **columns: Any) -> LedgerEntry:
    now = timezone.now()
    kept = {name: getattr(row, name) for name in (*COPIED, *LATER)}
    return _append(
        **{**kept, **columns},
        kind=kind,
        corrects=row,
        reason=reason.strip(),
        accepted_at=now,
        accepted_by=by,
        created_by=by,
    )


def _may_pay(by: Any, contributor: Contributor) -> None:
    if not roles_of(by) & PAY:
        raise NotAllowed(_("Only a chief editor writes amounts into the ledger."))
    if is_of(by, contributor):
        raise NotAllowed(_("Nobody writes amounts of their own. Ask another chief editor."))


def _explained(reason: str) -> None:
    if not reason.strip():
        raise Refused(_("Write the reason: the contributor reads it on the statement."))


def _append(**columns: Any) -> LedgerEntry:
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
    return _today(timezone.now())


def _today(at: datetime) -> date:
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


@dataclass(frozen=True)
class Fault:
    """The first entry that is not as it was written, and how."""

    seq: int
    what: str


def verify(
    *, recount: bool = True, after: int = 0, last: str = "", most: int | None = None
) -> tuple[int, Fault | None]:
    """The number up to which the entries are right, and the first fault.

    The walk begins behind the entry *after*, whose hash is *last*, and looks at *most* entries. Without *recount* the
    stored texts are not counted again.
    """
    seq = after
    for entry in _walk(recount, after, most):
        wrong = _broken(entry, seq + 1, last) or (_miscounted(entry) if recount else "") or _mispriced(entry)
        if wrong:
            return seq, Fault(entry.seq, wrong)
        seq, last = entry.seq, entry.hash
    return seq, None


def _walk(texts: bool, after: int, most: int | None) -> Iterator[LedgerEntry]:
    """The entries in order, with the revisions that they were counted from where *texts*."""
    kept: dict[int, Revision] = {}
    entries = LedgerEntry.objects.filter(seq__gt=after).order_by("seq").select_related("corrects")[:most]
    rows = entries.iterator(chunk_size=AT_ONCE)
    while some := list(islice(rows, AT_ONCE)):
        if texts:
            wanted = {_counted_revision(entry) for entry in some} - {None}
            kept = {pk: row for pk, row in kept.items() if pk in wanted}
            kept |= Revision.objects.in_bulk([pk for pk in wanted if pk not in kept])
            for entry in some:
                if pk := _counted_revision(entry):
                    setattr(entry, f"{entry.basis}_revision", kept[pk])
        yield from some


def _counted_revision(entry: LedgerEntry) -> int | None:
    """The id of the revision whose text was counted; None where the text stands in the entry, or none is kept."""
    return None if entry.text else getattr(entry, f"{entry.basis}_revision_id")


def _broken(entry: LedgerEntry, seq: int, last: str) -> str:
    if entry.seq != seq:
        return _("number %(seq)s is missing") % {"seq": seq}
    if entry.prev_hash != last:
        return _("it does not follow the entry before it")
    return "" if digest(entry) == entry.hash else _("it was changed: its hash is another")


def _miscounted(entry: LedgerEntry) -> str:
    if entry.text_sha256 and entry.counter_version not in VERSIONS:
        return _("no counter is of version %(version)s") % {"version": entry.counter_version}
    again = counted_again(entry)
    if again is None or again.as_columns() == _figures(entry):
        return ""
    return _("its text counts %(words)s words and %(characters)s characters now") % again.as_columns()


def counted_again(entry: LedgerEntry) -> Count | None:
    """The figures of the stored text; None where they were typed by hand."""
    if not entry.text_sha256:
        return None
    version = entry.counter_version
    if entry.text:
        return count(entry.text, version)
    revision = getattr(entry, f"{entry.basis}_revision")
    return count_document(revision.document, captions=entry.captions, version=version) if revision else None


def _priced(entry: LedgerEntry, terms: Mapping[str, Any], figures: Mapping[str, Any]) -> rates.Priced:
    """What the entry comes to by *terms*: its own, or those of a rate that came later."""
    return rates.price(
        terms, figures, bands=entry.bands, urgent=entry.urgent, special=entry.special, share=entry.share,
        after=entry.share_after,
    )  # fmt: skip


def _mispriced(entry: LedgerEntry) -> str:
    if entry.kind == EntryKind.REVERSAL:
        before = entry.corrects.amount if entry.corrects else None
        right = entry.amount is None if before is None else entry.amount == -before
        return "" if right else _("it does not take back what it reverses")
    if not entry.terms:
        by_nothing = entry.kind in BOOKED and entry.amount is not None
        return _("it has an amount and no terms") if by_nothing else ""
    priced = _priced(entry, entry.terms, _figures(entry))
    if (entry.units, entry.amount) == (priced.units, priced.amount):
        return ""
    return _("its amount is %(amount)s by its own terms") % {"amount": priced.amount}
