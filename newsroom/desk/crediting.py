"""Queues of credits and money: what waits for an editor's word, which statements for mine, and a broken ledger."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from newsroom.desk.queue import Queue, Row, cut
from translations import verifying
from translations.enums import LogState, StatementState
from translations.models.ledger import LedgerEntry
from translations.models.statement import Statement
from translations.models.work import LoggedWork


def to_approve(user: Any, limit: int) -> Queue:
    """Credits that somebody else logged, the oldest first."""
    waiting = (
        LoggedWork.objects.filter(state=LogState.WAITING).exclude(created_by=user.pk).exclude(contributor__user=user.pk)
    )
    rows = [
        Row(
            address=reverse("admin:translations_loggedwork_change", args=[row.pk]),
            headline=row.title,
            language=row.target_language,
            facts=[str(row.contributor), row.get_role_display(), f"{row.source_language}→{row.target_language}"],
            when=row.created_at,
            label=_("logged"),
        )
        for row in waiting.select_related("contributor").defer("text").order_by("id")[: limit + 1]
    ]
    return Queue("credits", _("Credits to approve"), _("No logged credit waits for you."), **cut(rows, limit))


def to_pay(user: Any, limit: int) -> Queue:
    """Statements of others that were disputed or acknowledged, and are not paid; the disputed ones first."""
    answered = Statement.objects.filter(state__in=[StatementState.DISPUTED, StatementState.ACKNOWLEDGED])
    found = answered.exclude(contributor__user=user.pk).select_related("contributor").defer("rows")
    rows = [
        _row(row, str(row.contributor), row.get_state_display()) for row in found.order_by("-state", "id")[: limit + 1]
    ]
    return Queue("pay", _("Statements to settle"), _("No statement waits to be paid."), **cut(rows, limit))


def broken(user: Any, limit: int) -> Queue:
    """What the last walk through the ledger found that is not as it was written."""
    check = verifying.last()
    rows = []
    if check is not None and check.fault:
        address = reverse("admin:translations_ledgerentry_changelist")
        told = verifying.told(check)
        rows.append(Row(address, told, "", [str(LedgerEntry._meta.verbose_name_plural)], check.finished_at, _("found")))
    return Queue("ledger", _("The ledger is not as it was written"), _("All is as it was written."), rows)


def statements(user: Any, limit: int) -> Queue:
    """The user's own statements that they have neither acknowledged nor disputed."""
    own = Statement.objects.filter(contributor__user=user.pk, state=StatementState.ISSUED)
    rows = [_row(row, row.period) for row in own.defer("rows").order_by("id")[: limit + 1]]
    return Queue("statements", _("Statements for you"), _("No statement waits for you."), **cut(rows, limit))


def _row(statement: Statement, *facts: str) -> Row:
    return Row(
        address=reverse("admin:translations_statement_change", args=[statement.pk]),
        headline=_("Statement %(name)s") % {"name": statement.name},
        language="",
        facts=[*facts, f"{statement.total} {statement.currency}"],
        when=statement.issued_at,
        label=_("issued"),
    )
