"""What the database itself holds of money, also on SQLite with ``recursive_triggers`` off, as every shell opens it."""

import hashlib
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from articles.errors import NotAllowed, Refused
from articles.models import Contributor
from tests import cast
from tests.desk.typing_in import at_desk
from tests.translations import pay
from translations import amounts, ledger, logging_credits, reports, statements, verifying
from translations.counting import count
from translations.models import LedgerEntry, LoggedWork, RateCard, Statement
from translations.statement_rows import csv_of

pytestmark = pytest.mark.django_db
on_sqlite = pytest.mark.skipif("connection.vendor != 'sqlite'", reason="REPLACE is SQLite's")


@pytest.fixture
def shell():
    """Runs SQL as somebody with the database's shell does, with what it deletes unheard."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA recursive_triggers=OFF")
        cursor.execute("PRAGMA defer_foreign_keys=ON")
        yield cursor
        cursor.execute("PRAGMA recursive_triggers=ON")


def drawn(said: str) -> Statement:
    pay.work(said, f"{said} words")
    return statements.draw(cast.contributor("tudor"), ledger.period(timezone.now()), "MDL", by=cast.user("clara"))


def issued(said: str = "First") -> Statement:
    draft = drawn(said)
    return statements.issue(draft, by=cast.user("clara"), version=draft.version)


def logged(address: str) -> LoggedWork:
    cast.contributor("tudor")
    work = LoggedWork(
        url=address, title="Elsewhere", source_language="en", target_language="ro", done_on=timezone.localdate(),
        text="unu doi trei",
    )  # fmt: skip
    return logging_credits.log(work, by=cast.user("tudor"))


@on_sqlite
class TestReplace:
    def refused(self, shell, statement: str) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            shell.execute(statement)

    def test_an_issued_statement(self, shell):
        pay.card()
        first, draft = issued(), drawn("Second")
        for column, value in (("id", first.pk), ("id", f"{first.pk}, version = 7")):
            self.refused(
                shell, f"UPDATE OR REPLACE translations_statement SET {column} = {value} WHERE id = {draft.pk}"
            )
        assert Statement.objects.get(pk=first.pk).total == first.total

    def test_a_draft_of_the_same_month_is_no_twin_of_an_issued_one(self):
        pay.card()
        issued()
        assert drawn("Second").state == "draft"

    def test_a_decided_credit(self, shell):
        decided, waiting = logged("https://one.example"), logged("https://two.example")
        logging_credits.approve(decided, by=cast.user("elena"))
        self.refused(shell, f"UPDATE OR REPLACE translations_loggedwork SET id = {decided.pk} WHERE id = {waiting.pk}")
        assert LoggedWork.objects.get(pk=decided.pk).state == "approved"

    def test_a_rate(self, shell):
        first, second = pay.card(), pay.card(role="reviser")
        self.refused(shell, f"UPDATE OR REPLACE translations_ratecard SET id = {first.pk} WHERE id = {second.pk}")
        assert RateCard.objects.count() == 2

    @pytest.mark.parametrize("kind", ["work", "reversal"])
    def test_an_entry_by_any_of_its_keys(self, shell, kind):
        pay.card()
        entry = logging_credits.approve(logged("https://one.example"), by=cast.user("elena"))
        back = amounts.reverse(entry, reason="Wrong.", by=cast.user("clara"))
        copied = entry if kind == "work" else back
        columns = [field.column for field in LedgerEntry._meta.concrete_fields]
        new = {"id": "99", "seq": "3", "hash": "'n'", "prev_hash": f"'{back.hash}'"}
        said = ", ".join(new.get(column, f'"{column}"') for column in columns)
        names = ", ".join(f'"{column}"' for column in columns)
        self.refused(
            shell,
            f"INSERT OR REPLACE INTO translations_ledgerentry ({names})"
            f" SELECT {said} FROM translations_ledgerentry WHERE id = {copied.pk}",
        )
        assert set(LedgerEntry.objects.values_list("pk", flat=True)) == {entry.pk, back.pk}

    def test_a_line(self, shell):
        pay.card()
        line = drawn("First").lines.get()
        other = pay.work("Second")
        self.refused(
            shell,
            "INSERT OR REPLACE INTO translations_statementline (statement_id, entry_id, position)"
            f" VALUES ({line.statement_id}, {other.pk}, {line.position})",
        )
        assert line.statement.lines.get() == line


class TestStatementsGoOn:
    def set(self, statement: Statement, **columns) -> None:
        with transaction.atomic():
            Statement.objects.filter(pk=statement.pk).update(**columns)

    def test_paid_once_the_payments_come_to_the_total(self):
        pay.card()
        row = issued()
        row = statements.acknowledge(row, by=cast.user("tudor"), version=row.version)
        with pytest.raises(IntegrityError, match="frozen"):
            self.set(row, state="paid", paid_at=timezone.now())
        row = statements.pay(
            row, by=cast.user("clara"), version=row.version, paid_on=timezone.localdate(), amount=row.total
        )
        assert row.state == "paid"

    def test_what_was_said_of_it_stays(self):
        pay.card()
        row = issued()
        with pytest.raises(IntegrityError, match="frozen"):
            self.set(row, state="acknowledged")
        row = statements.dispute(row, by=cast.user("tudor"), version=row.version, reason="Line 1.")
        row = statements.acknowledge(row, by=cast.user("tudor"), version=row.version)
        for change in (
            {"acknowledged_at": None},
            {"acknowledged_at": timezone.now()},
            {"disputed_at": None},
            {"dispute": "Another."},
        ):
            with pytest.raises(IntegrityError, match="frozen"):
                self.set(row, **change)
        row = statements.pay(
            row, by=cast.user("clara"), version=row.version, paid_on=timezone.localdate(), amount=row.total
        )
        with pytest.raises(IntegrityError, match="frozen"):
            self.set(row, paid_at=None)
        assert Statement.objects.get(pk=row.pk).acknowledged_at
        assert row.total > Decimal(0)


class TestWhatIsRefused:
    def test_a_reversal_is_not_priced(self):
        entry = pay.work()
        back = amounts.reverse(entry, reason="Wrong.", by=cast.user("clara"))
        pay.card()
        for row in (back, entry):
            with pytest.raises(Refused):
                amounts.price(row, by=cast.user("clara"))
        assert LedgerEntry.objects.count() == 2

    def test_two_people_of_one_name_are_two_in_the_reports(self):
        for slug in ("one", "two"):
            pay.work(contributor=Contributor.objects.create(name="Ion Popescu", slug=slug))
        month = ledger.period(timezone.now())
        lines = reports.by_person(month, month)
        assert len({line.name for line in lines}) == len(lines) == 2

    def test_nobody_sets_a_rate_of_their_own(self):
        with pytest.raises(NotAllowed, match="their own"):
            pay.card(contributor=cast.contributor("clara"))
        assert not RateCard.objects.exists()

    @pytest.mark.parametrize("typed", ["=A1", "12€", "MD"])
    def test_a_currency_is_three_letters(self, typed):
        entry = pay.work()
        form = {"_act": "adjust", "adjust-amount": "5", "adjust-currency": typed, "adjust-reason": "Tables."}
        answer = at_desk("clara").post(reverse("admin:translations_ledgerentry_change", args=[entry.pk]), form)
        assert answer.status_code == 422
        assert "Three letters" in answer.content.decode()
        with pytest.raises(IntegrityError, match="currency_is_a_code"), transaction.atomic():
            amounts.adjust(entry, amount=Decimal(5), currency=typed, reason="So.", by=cast.user("clara"))


class TestTheCheck:
    """Whoever changes rows behind the database, and makes the hashes anew, is found by the figures."""

    @pytest.mark.parametrize(
        ("name", "value"), [("words", 900), ("price", "99.0000"), ("headline", "Another"), ("text_sha256", "0" * 64)]
    )
    def test_a_line_that_is_not_as_its_entry(self, name, value):
        pay.card()
        row = issued()
        assert statements.fault(row) == ""
        row.rows = [{**row.rows[0], name: value}]
        row.sha256 = hashlib.sha256(csv_of(row)).hexdigest()
        assert statements.fault(row) == "line 1 is not as the ledger has it"
        row.rows = []
        assert "line 1" in statements.fault(row)

    def test_what_is_paid_without_a_payment(self):
        pay.card()
        row = issued()
        row.state = "paid"
        assert "left to pay" in statements.fault(row)

    def test_an_amount_without_terms(self):
        entry = pay.work()
        entry.amount, entry.currency = Decimal(5000), "MDL"
        with pay.behind_the_database():
            LedgerEntry.objects.filter(pk=entry.pk).update(
                amount=entry.amount, currency=entry.currency, hash=ledger.digest(entry)
            )
        assert "no terms" in verifying.entries()[1].what

    def test_what_the_first_counter_counted_is_counted_so_again(self):
        said = "a\u2060\u200b\u00ad b"
        first, now = count(said, "1"), count(said)
        assert (first.characters, now.characters, now.words) == (6, 3, 2)
        entry = pay.work(said=said)
        for version, right in (("1", True), ("2", False), ("0", False)):
            for name, value in {**first.as_columns(), "counter_version": version}.items():
                setattr(entry, name, value)
            assert (verifying._miscounted(entry) == "") is right
