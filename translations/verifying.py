"""Whether the ledger and the issued statements are as they were written: asked by a command, and every night by itself.

The worker walks a piece at a time, and ``LedgerCheck`` keeps how far it is and what came of it, for the chief editors.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from articles.models.paper import Paper
from articles.models.revision import Revision
from translations import ledger, statements
from translations.counting import VERSIONS, Count, count, count_document
from translations.enums import EntryKind, StatementState
from translations.models.ledger import BOOKED, LedgerEntry
from translations.models.ledger_check import LedgerCheck
from translations.models.statement import Statement

logger = logging.getLogger(__name__)

NIGHT = 3  # o'clock by the newsroom's clock
ENTRIES, STATEMENTS = 2_000, 50  # of a piece: some seconds
AT_ONCE = 500  # entries in memory while the chain is walked
KEEP = timedelta(days=90)


def everything(*, recount: bool = True) -> LedgerCheck:
    """Walks from the first entry to the last statement or to the first fault. The outcome is not saved."""
    check = LedgerCheck()
    while check.finished_at is None:
        go_on(check, recount=recount)
    return check


def by_night(now: datetime | None = None) -> LedgerCheck | None:
    """Goes on with the walk that is under way, or begins one where none began since the night did. The worker's.

    Two workers may walk the same piece; only one of them is written. A fault is an error in the log.
    """
    now = now or timezone.now()
    check = LedgerCheck.objects.filter(finished_at=None).first() or _begun(now)
    if check is None:
        return None
    seen = {"pk": check.pk, "seq": check.seq, "statement": check.statement, "finished_at": None}
    go_on(check)
    columns = ("seq", "hash", "statement", "statements", "finished_at", "fault", "fault_seq")
    written = LedgerCheck.objects.filter(**seen).update(**{name: getattr(check, name) for name in columns})
    if written and check.fault:
        logger.error("The ledger is not as it was written: %s", told(check), extra={"entry": check.fault_seq})
    return check


def last(**columns: Any) -> LedgerCheck | None:
    """The newest walk that came to its end."""
    return LedgerCheck.objects.filter(finished_at__isnull=False, **columns).first()


def told(check: LedgerCheck) -> str:
    """What is not as it was written; empty where all is."""
    return f"№ {check.fault_seq}: {check.fault}" if check.fault_seq else check.fault


def go_on(check: LedgerCheck, *, recount: bool = True) -> None:
    """Walks one piece more: entries, and behind the last of them statements. Ends the walk there, or at a fault."""
    with override(settings.LANGUAGE_CODE):  # the outcome is one for all
        if check.seq == 0 and (gone := _gone()):
            return _end(check, *gone)
        seq, fault = entries(recount=recount, after=check.seq, last=check.hash, most=ENTRIES)
        moved = seq > check.seq
        if moved:
            check.seq, check.hash = seq, LedgerEntry.objects.values_list("hash", flat=True).get(seq=seq)
        if fault is not None:
            return _end(check, fault.what, fault.seq)
        return None if moved else _statements(check)


def _statements(check: LedgerCheck) -> None:
    issued = Statement.objects.exclude(state=StatementState.DRAFT).filter(pk__gt=check.statement).order_by("pk")
    some = list(issued[:STATEMENTS])
    for statement in some:
        if wrong := statements.fault(statement):
            what = _("statement %(name)s: %(what)s") % {"name": statement.name, "what": wrong}
            return _end(check, what)
        check.statement, check.statements = statement.pk, check.statements + 1
    return None if some else _end(check)


def _gone() -> tuple[str, int] | None:
    """The last entry of the last walk that found all right, where the ledger doesn't have it any more."""
    right = last(fault="", seq__gt=0)
    if right is None or LedgerEntry.objects.filter(seq=right.seq, hash=right.hash).exists():
        return None
    return _("it was the last one on %(day)s, and is not there any more") % {"day": right.began_at.date()}, right.seq


def _end(check: LedgerCheck, fault: str = "", seq: int | None = None) -> None:
    check.finished_at, check.fault, check.fault_seq = timezone.now(), fault[:500], seq


def _begun(now: datetime) -> LedgerCheck | None:
    local = timezone.localtime(now, Paper.objects.current().zone)
    night = local.replace(hour=NIGHT, minute=0, second=0, microsecond=0)
    if night > local:
        night -= timedelta(days=1)
    if LedgerCheck.objects.filter(began_at__gte=night).exists():
        return None
    right = last(fault="")
    LedgerCheck.objects.filter(began_at__lt=now - KEEP).exclude(pk=right.pk if right else 0).delete()
    return LedgerCheck.objects.create(began_at=now)


@dataclass(frozen=True)
class Fault:
    """The first entry that is not as it was written, and how."""

    seq: int
    what: str


def entries(
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
    return "" if ledger.digest(entry) == entry.hash else _("it was changed: its hash is another")


def _miscounted(entry: LedgerEntry) -> str:
    if entry.text_sha256 and entry.counter_version not in VERSIONS:
        return _("no counter is of version %(version)s") % {"version": entry.counter_version}
    again = counted_again(entry)
    if again is None or again.as_columns() == ledger.figures_of(entry):
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


def _mispriced(entry: LedgerEntry) -> str:
    if entry.kind == EntryKind.REVERSAL:
        before = entry.corrects.amount if entry.corrects else None
        right = entry.amount is None if before is None else entry.amount == -before
        return "" if right else _("it does not take back what it reverses")
    if not entry.terms:
        by_nothing = entry.kind in BOOKED and entry.amount is not None
        return _("it has an amount and no terms") if by_nothing else ""
    priced = ledger.priced_by(entry, entry.terms, ledger.figures_of(entry))
    if (entry.units, entry.amount) == (priced.units, priced.amount):
        return ""
    return _("its amount is %(amount)s by its own terms") % {"amount": priced.amount}
