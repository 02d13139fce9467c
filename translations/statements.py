"""Statements: what a contributor is told of a month's work, frozen when it is issued, acknowledged or disputed, paid.

A statement takes the entries of its contributor and currency up to its month that stand in no other. What comes to
light later is another entry, and so stands in a later statement. Each act locks the row, asks for the right on it,
compares the version and writes in one transaction; the database refuses everything else
(``translations.models.money_rules``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import zip_longest
from typing import Any

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.errors import NotAllowed, Refused, Stale, WrongState
from articles.models.contributor import Contributor
from articles.models.publication import Publication
from articles.permissions import DESK, roles_of
from translations.enums import EntryKind, StatementState
from translations.ledger import lock, period, today
from translations.models.ledger import LedgerEntry
from translations.models.statement import Payment, Statement, StatementLine
from translations.permissions import PAY, is_of
from translations.statement_rows import csv_of, row_of

S = StatementState
CENT = Decimal("0.01")


def open_entries(month: str, *, contributor: Any = None, currency: str = "") -> Any:
    """What can be put on a statement: has an amount, is of the month or before it, and stands on no statement.

    What was reversed in a later month waits for that one, to stand beside its reversal; what readers have not had yet
    waits for its publication.
    """
    later = LedgerEntry.objects.filter(corrects=OuterRef("pk"), kind=EntryKind.REVERSAL, period__gt=month)
    entries = LedgerEntry.objects.filter(_due(), ~Exists(later), amount__isnull=False, period__lte=month, line=None)
    if contributor is not None:
        entries = entries.filter(contributor=contributor)
    return entries.filter(currency=currency) if currency else entries


def _due() -> Q:
    """Which entries are to be paid: of a story that readers have or had, of work elsewhere, or of what was called off.

    What corrects a line of a statement is due with it. The database holds the same.
    """
    published = Publication.objects.ever_public().filter(article=OuterRef("article"))
    work = {name: OuterRef(name) for name in ("job", "round", "role", "contributor")}
    called_off = LedgerEntry.objects.filter(kind=EntryKind.KILL_FEE, **work)
    return Q(article=None) | Exists(published) | Exists(called_off) | Q(corrects__line__isnull=False)


def waiting() -> Any:
    """The entries with an amount that come onto a statement once their story is published."""
    rows = LedgerEntry.objects.filter(~_due(), amount__isnull=False, line=None).exclude(kind=EntryKind.REVERSAL)
    return rows.filter(~Exists(LedgerEntry.objects.filter(corrects=OuterRef("pk"), kind=EntryKind.REVERSAL)))


def draw_up(month: str, *, by: Any) -> list[Statement]:
    """A draft for each contributor and currency that has open entries up to the month, in the order of their names."""
    _may_pay(by)
    pairs = open_entries(month).order_by("contributor__name", "contributor", "currency")
    found = list(pairs.values_list("contributor", "currency").distinct())
    people = Contributor.objects.in_bulk([pk for pk, _currency in found])
    return [draw(people[pk], month, currency, by=by) for pk, currency in found if not is_of(by, people[pk])]


def draw(contributor: Contributor, month: str, currency: str, *, by: Any) -> Statement:
    """The contributor's draft of the month, filled with what is open; the one that there is, where there is one."""
    _may_pay(by, contributor)
    with transaction.atomic():
        lock()
        drafts = Statement.objects.filter(contributor=contributor, period=month, currency=currency, state=S.DRAFT)
        statement = drafts.first() or Statement.objects.create(
            contributor=contributor, period=month, currency=currency, made_by=by
        )
        last = statement.lines.aggregate(last=Max("position"))["last"] or 0
        entries = open_entries(month, contributor=contributor, currency=currency).order_by("seq")
        StatementLine.objects.bulk_create(
            StatementLine(statement=statement, entry=entry, position=place)
            for place, entry in enumerate(entries, start=last + 1)
        )
        if not statement.lines.exists():
            raise Refused(_("The ledger has nothing for a statement of that month."))
        statement.total = total(statement)
        statement.version += 1
        statement.save(update_fields=["total", "version"])
    return statement


def total(statement: Statement) -> Decimal:
    """The sum of the lines, to the cent."""
    amounts = statement.lines.values_list("entry__amount", flat=True)
    return sum((amount for amount in amounts if amount is not None), Decimal(0)).quantize(CENT)


def discard(statement: Statement, *, by: Any, version: int) -> None:
    """Throws a draft away; its entries are open again."""
    with _acting(statement, by, version, {S.DRAFT}) as row:
        _may_pay(by, row.contributor)
        row.lines.all().delete()
        Statement.objects.filter(pk=row.pk).delete()


def issue(statement: Statement, *, by: Any, version: int) -> Statement:
    """Numbers and freezes the statement, and shows it to its contributor."""
    with _acting(statement, by, version, {S.DRAFT}) as row:
        _may_pay(by, row.contributor)
        _nothing_reversed_since(row)
        _nothing_waits(row)
        row.rows = list(rows(row))
        row.total = total(row)
        if row.total < 0:
            raise Refused(
                _("The contributor owes %(amount)s back. Leave it open: it is set off against later work.")
                % {"amount": f"{-row.total} {row.currency}"}
            )
        now = timezone.now()
        row.year = int(period(now)[:4])
        row.number = (Statement.objects.filter(year=row.year).aggregate(last=Max("number"))["last"] or 0) + 1
        row.payee = row.contributor.name
        row.sha256 = hashlib.sha256(csv_of(row)).hexdigest()
        row.state, row.issued_by, row.issued_at = S.ISSUED, by, now
        row.version += 1
        row.save()
    return row


def _nothing_reversed_since(row: Statement) -> None:
    """Refuses to issue what was taken back after the draft was drawn up."""
    here = row.lines.values("entry")
    back = LedgerEntry.objects.filter(corrects__in=here, kind=EntryKind.REVERSAL).exclude(pk__in=here)
    numbers = back.order_by("corrects__seq").values_list("corrects__seq", flat=True)
    if numbers:
        raise Refused(
            _("Reversed since the draft was drawn up: entry № %(numbers)s. Discard the draft and draw it up anew.")
            % {"numbers": ", ".join(map(str, numbers))}
        )


def _nothing_waits(row: Statement) -> None:
    """Refuses to issue what readers have not had."""
    due = LedgerEntry.objects.filter(_due(), line__statement=row)
    numbers = row.lines.exclude(entry__in=due.values("pk")).values_list("entry__seq", flat=True)
    if numbers:
        raise Refused(
            _("The story is not published: entry № %(numbers)s. Discard the draft and draw it up anew.")
            % {"numbers": ", ".join(map(str, numbers))}
        )


def acknowledge(statement: Statement, *, by: Any, version: int) -> Statement:
    """The contributor agrees; also after a dispute that was talked over."""
    with _acting(statement, by, version, {S.ISSUED, S.DISPUTED}) as row:
        _is_theirs(by, row)
        return _go_on(row, S.ACKNOWLEDGED, acknowledged_at=timezone.now())


def acknowledge_in_stead(statement: Statement, *, by: Any, version: int, how: str) -> Statement:
    """Writes down that a contributor who can't sign in agrees; *how* says how they said so, such as by letter."""
    how = " ".join(how.split())
    with _acting(statement, by, version, {S.ISSUED, S.DISPUTED}) as row:
        _may_pay(by, row.contributor)
        if can_answer(row.contributor):
            raise Refused(_("The contributor has an account here, and acknowledges the statement themselves."))
        if not how:
            raise Refused(_("Write how the contributor agreed, and when: by letter, by word."))
        said = {"acknowledged_at": timezone.now(), "acknowledged_by": by, "acknowledged_how": how[:300]}
        return _go_on(row, S.ACKNOWLEDGED, **said)


def can_answer(contributor: Contributor) -> bool:
    """Whether the contributor has an account with which statements are acknowledged."""
    return bool(contributor.user is not None and roles_of(contributor.user) & DESK)


def dispute(statement: Statement, *, by: Any, version: int, reason: str) -> Statement:
    """The contributor says what is wrong. It is put right by other entries, on the next statement."""
    reason = reason.strip()
    with _acting(statement, by, version, {S.ISSUED}) as row:
        _is_theirs(by, row)
        if not reason:
            raise Refused(_("Write what is wrong, and in which line."))
        return _go_on(row, S.DISPUTED, disputed_at=timezone.now(), dispute=reason[:1000])


def pay(
    statement: Statement,
    *,
    by: Any,
    version: int,
    paid_on: date,
    amount: Decimal,
    currency: str = "",
    fx_rate: Decimal = Decimal(1),
    method: str = "",
    reference: str = "",
) -> Statement:
    """Writes down a payment; the statement is paid once the payments come to its total.

    *amount* is what left, in *currency* (the statement's own unless said); times *fx_rate* it is what it settles.
    """
    with _acting(statement, by, version, {S.ACKNOWLEDGED, S.DISPUTED}) as row:
        _may_pay(by, row.contributor)
        if paid_on > today():
            raise Refused(_("That day is still to come. Write a payment down when the money has gone out."))
        currency = currency or row.currency
        if currency == row.currency and fx_rate != 1:
            raise Refused(_("The payment is in the statement's own currency: the exchange rate is 1."))
        settled = (amount * fx_rate).quantize(CENT, ROUND_HALF_UP)
        left = unpaid(row)
        if amount < 0 or (settled <= 0 and left):
            raise Refused(_("A payment is more than 0."))
        if settled > left:
            raise Refused(_("That is more than is left to pay: %(left)s.") % {"left": f"{left} {row.currency}"})
        Payment.objects.create(
            statement=row, paid_on=paid_on, settled=settled, currency=currency, fx_rate=fx_rate, amount=amount,
            method=method.strip(), reference=reference.strip(), by=by,
        )  # fmt: skip
        if settled == left:
            return _go_on(row, S.PAID, paid_at=timezone.now())
        return _go_on(row, StatementState(row.state))


def unpaid(statement: Statement) -> Decimal:
    """What is left to pay."""
    settled = statement.payments.values_list("settled", flat=True)
    return statement.total - sum(settled, Decimal(0))


def rows(statement: Statement) -> Iterator[dict[str, Any]]:
    """The lines as they are printed: of an issued statement as they were then."""
    if statement.state != S.DRAFT:
        yield from statement.rows
        return
    lines = statement.lines.select_related(
        "entry__contributor", "entry__accepted_by", "entry__corrects", "entry__article"
    )
    entries = [line.entry for line in lines.order_by("position")]
    addresses = _addresses({entry.article_id for entry in entries if entry.article_id})
    for place, entry in enumerate(entries, start=1):
        yield row_of(entry, place, addresses.get(entry.article_id or 0, entry.url))


def _addresses(articles: Iterable[int]) -> dict[int, str]:
    """Where readers find the stories: of those that they have now or had."""
    published = Publication.objects.ever_public().filter(article__in=list(articles))
    columns = published.only("article", "language", "slug", "page", "first_published").order_by("number")
    return {row.article_id: row.get_absolute_url() for row in columns}


def sums(told: Iterable[Mapping[str, Any]]) -> list[tuple[str, str, str, Decimal]]:
    """Of each language pair and role the sum: from, into, role, amount. Together they are the total."""
    found: dict[tuple[str, str, str], Decimal] = {}
    for row in told:
        key = (row["source_language"], row["target_language"], row["role"])
        found[key] = found.get(key, Decimal(0)) + Decimal(row["amount"])
    return [(*key, amount) for key, amount in sorted(found.items())]


def fault(statement: Statement) -> str:
    """What is wrong with an issued statement, by its own lines, entries and file; empty where nothing is."""
    if line := _other_than_the_ledger(statement):
        return _("line %(line)s is not as the ledger has it") % {"line": line}
    told = sum((Decimal(row["amount"]) for row in statement.rows), Decimal(0))
    if told != statement.total or total(statement) != statement.total:
        return _("its lines come to %(sum)s, its total is %(total)s") % {"sum": told, "total": statement.total}
    if hashlib.sha256(csv_of(statement)).hexdigest() != statement.sha256:
        return _("its file is not the one that was issued")
    if statement.state == S.PAID and unpaid(statement):
        return _("it is paid, and %(left)s are left to pay") % {"left": unpaid(statement)}
    return ""


def _other_than_the_ledger(statement: Statement) -> int:
    """The place of the first line that is not as its entry is, but for names and addresses of that day; 0 if none."""
    lines = statement.lines.select_related("entry__accepted_by", "entry__corrects").order_by("position")
    for place, (line, row) in enumerate(zip_longest(lines, statement.rows), start=1):
        if line is None or row is None:
            return place
        entry = row_of(line.entry, place, row.get("address", ""))
        if any(row.get(name, entry[name]) != entry[name] for name in entry.keys() - {"approver"}):
            return place
    return 0


@contextmanager
def _acting(statement: Statement, by: Any, version: int, states: set[StatementState]) -> Iterator[Statement]:
    """The statement's row, locked, as the screen knew it and in one of the states."""
    with transaction.atomic():
        lock()  # before the row, as in draw: two who wait for each other would wait for ever
        rows_ = Statement.objects.select_for_update(of=("self",)).select_related("contributor__user")
        row = rows_.get(pk=statement.pk)
        if not (roles_of(by) & PAY or is_of(by, row.contributor)):
            raise NotAllowed(_("The statement is not yours."))
        if row.version != version:
            raise Stale(row)
        if row.state not in states:
            raise WrongState(
                _("The statement is “%(state)s” now; that is not possible any more.")
                % {"state": row.get_state_display()}
            )
        yield row


def _go_on(row: Statement, state: StatementState, **columns: Any) -> Statement:
    row.state = state
    row.version += 1
    for name, value in columns.items():
        setattr(row, name, value)
    row.save(update_fields=["state", "version", *columns])
    return row


def _may_pay(by: Any, contributor: Contributor | None = None) -> None:
    if not roles_of(by) & PAY:
        raise NotAllowed(_("Only a chief editor makes statements and pays them."))
    if contributor is not None and is_of(by, contributor):
        raise NotAllowed(_("Nobody makes a statement of their own work. Ask another chief editor."))


def _is_theirs(by: Any, row: Statement) -> None:
    if not (is_of(by, row.contributor) and roles_of(by) & DESK):
        raise NotAllowed(_("Only the contributor says whether the statement is right."))
