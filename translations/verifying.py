"""Whether the ledger and the issued statements are as they were written: asked by a command, and every night by itself.

The worker walks a piece at a time, and ``LedgerCheck`` keeps how far it is and what came of it, for the chief editors.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from articles.models.paper import Paper
from translations import ledger, statements
from translations.enums import StatementState
from translations.models.ledger import LedgerEntry
from translations.models.ledger_check import LedgerCheck
from translations.models.statement import Statement

logger = logging.getLogger(__name__)

NIGHT = 3  # o'clock by the newsroom's clock
ENTRIES, STATEMENTS = 2_000, 50  # of a piece: some seconds
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
        seq, fault = ledger.verify(recount=recount, after=check.seq, last=check.hash, most=ENTRIES)
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
