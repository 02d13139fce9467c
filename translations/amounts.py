"""Amounts that a chief editor writes into the ledger: kill fees, reversals, adjustments, and prices that came later."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from articles.errors import NotAllowed, Refused
from articles.models.contributor import Contributor
from articles.permissions import roles_of
from translations import ledger, rates
from translations.counting import count_document
from translations.enums import Basis, EntryKind, JobState
from translations.models.job import Job
from translations.models.ledger import BOOKED, LedgerEntry
from translations.permissions import PAY, is_of


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
        ledger.lock()
        if job.state != JobState.CANCELLED:
            raise Refused(_("A kill fee is for work that was called off. Cancel the job first."))
        same = ledger.standing(job=job, round=job.round, role=role, contributor=contributor)
        if same.filter(kind__in=[*BOOKED, EntryKind.KILL_FEE]).exists():
            raise Refused(ledger.entered_already())
        return ledger.append(
            kind=EntryKind.KILL_FEE, contributor=contributor, role=role, job=job, round=job.round, article=job.article,
            title=job.headline[:200], source_language=job.original.language, target_language=job.language,
            work_date=ledger.day_of(now), accepted_at=now, accepted_by=by, created_by=by, basis=Basis.SOURCE,
            source_revision=job.base, amount=amount, currency=currency, reason=reason.strip(), **figures,
        )  # fmt: skip


def reverse(entry: LedgerEntry, *, reason: str, by: Any) -> LedgerEntry:
    """An entry that takes *entry* back, once. Its adjustments have to be reversed before it."""
    _may_pay(by, entry.contributor)
    _explained(reason)
    with transaction.atomic():
        ledger.lock()
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
        ledger.lock()
        row = LedgerEntry.objects.get(pk=entry.pk)
        if row.currency and row.currency != currency:
            raise Refused(_("The entry is in %(currency)s, so its adjustment is.") % {"currency": row.currency})
        return _correct(row, EntryKind.ADJUSTMENT, reason, by, amount=amount, currency=currency)


def price(entry: LedgerEntry, *, by: Any) -> LedgerEntry:
    """The adjustment that gives an entry without a rate its amount, now that there is one for its day."""
    _may_pay(by, entry.contributor)
    with transaction.atomic():
        ledger.lock()
        row = LedgerEntry.objects.select_related("contributor", "source_revision", "target_revision").get(pk=entry.pk)
        if row.kind == EntryKind.REVERSAL:
            raise Refused(_("A reversal has no price of its own: it takes back what it reverses."))
        if row.amount is not None or row.corrections.exists():
            raise Refused(_("The entry has its amount already, or is reversed."))
        card = rates.card_for(row.contributor, row.role, row.source_language, row.target_language, row.work_date)
        if card is None:
            said = _("No rate holds for this role and these languages on %(day)s.")
            raise Refused(said % {"day": date_format(row.work_date)})
        figures, again = ledger.figures_of(row), {}
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
        priced = ledger.priced_by(row, terms, figures)
        with override(settings.LANGUAGE_CODE):  # kept for ever, and so in the newsroom's language
            reason = _("Priced by rate № %(number)s.") % {"number": card.pk}
        return _correct(
            row, EntryKind.ADJUSTMENT, reason, by, amount=priced.amount, currency=card.currency, units=priced.units,
            terms=terms, rate=card, **figures, **again,
        )  # fmt: skip


def _correct(row: LedgerEntry, kind: EntryKind, reason: str, by: Any, **columns: Any) -> LedgerEntry:
    now = timezone.now()
    kept = {name: getattr(row, name) for name in (*ledger.COPIED, *ledger.LATER)}
    return ledger.append(
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
