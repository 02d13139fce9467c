"""Statements: the month's lines, frozen when issued, and the credits that are logged by hand."""

import csv
import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from openpyxl import load_workbook

from articles.errors import DeskError, NotAllowed, Refused, Stale, WrongState
from articles.models import Contributor
from tests import cast
from tests.translations import pay
from translations import amounts, counting, ledger, logging_credits, rates, recording, reports, statements, verifying
from translations.models import LedgerEntry, LoggedWork, RateCard, Statement, StatementLine
from translations.statement_rows import csv_of, xlsx_of

pytestmark = pytest.mark.django_db
CLARA, TUDOR = "clara", "tudor"


def month() -> str:
    return ledger.period(timezone.now())


def drawn() -> Statement:
    return statements.draw(cast.contributor(TUDOR), month(), "MDL", by=cast.user(CLARA))


def act(name: str, statement: Statement, by: str = CLARA, **more) -> Statement:
    now = Statement.objects.get(pk=statement.pk)
    return getattr(statements, name)(now, by=cast.user(by), version=now.version, **more)


@pytest.fixture
def issued() -> Statement:
    pay.card(unit="word", unit_size=1, price=Decimal("0.7333"))
    pay.work("First", "one two three")
    pay.work("Second", "=one two")
    return act("issue", drawn())


class TestDrafts:
    def test_a_draft_takes_what_is_open_and_nothing_twice(self):
        pay.card()
        pay.work("First")
        draft = drawn()
        assert draft.lines.count() == 1
        pay.work()
        assert drawn() == draft
        assert [line.position for line in draft.lines.all()] == [1, 2]
        assert drawn().total == statements.total(draft)
        entry = LedgerEntry.objects.first()
        with pytest.raises(IntegrityError), transaction.atomic():
            StatementLine.objects.create(statement=draft, entry=entry, position=9)

    def test_what_has_no_amount_waits(self):
        pay.entry()
        with pytest.raises(Refused, match="nothing"):
            drawn()
        assert not Statement.objects.exists()

    def test_all_drafts_of_a_month(self):
        pay.card()
        pay.work()
        pay.work(contributor=cast.contributor("rita"))
        assert [row.contributor.slug for row in statements.draw_up(month(), by=cast.user(CLARA))] == ["rita", "tudor"]

    def test_what_was_reversed_since_is_not_issued(self):
        pay.card()
        pay.work("Kept")
        entry = pay.work("Taken back")
        draft = drawn()
        amounts.reverse(entry, reason="Counted twice.", by=cast.user(CLARA))
        with pytest.raises(Refused, match=f"№ {entry.seq}"):
            act("issue", draft)
        act("discard", draft)
        assert len(act("issue", drawn()).rows) == 3

    def test_what_was_reversed_in_a_later_month_waits_for_it(self):
        pay.card()
        pay.work("Kept")
        entry = pay.work("Taken back")
        next_month = "2999-01"
        back = amounts.reverse(entry, reason="Counted twice.", by=cast.user(CLARA))
        with pay.behind_the_database():
            LedgerEntry.objects.filter(pk=back.pk).update(period=next_month)
        assert [row.title for row in statements.open_entries(month())] == ["Kept"]
        assert statements.open_entries(next_month).count() == 3

    def test_a_discarded_draft_opens_its_entries(self):
        pay.card()
        pay.work()
        act("discard", drawn())
        assert not Statement.objects.exists()
        assert statements.open_entries(month()).count() == 1


class TestIssued:
    def test_it_has_a_number_and_adds_up(self, issued):
        assert issued.name == f"{timezone.localdate().year}-0001"
        assert issued.total == Decimal("2.20") + Decimal("1.47")
        assert sum(Decimal(row["amount"]) for row in issued.rows) == issued.total
        assert sum(amount for *_key, amount in statements.sums(issued.rows)) == issued.total
        pay.work("Third")
        assert act("issue", drawn()).number == 2

    def test_its_files_say_the_same(self, issued):
        table = list(csv.DictReader(io.StringIO(csv_of(issued).decode("utf-8-sig"))))
        assert [row["amount"] for row in table] == ["2.20", "1.47", "3.67"]
        assert table[1]["headline"] == "Second"
        sheet = load_workbook(io.BytesIO(xlsx_of(issued))).active
        amounts = [row[list(table[0]).index("amount")].value for row in sheet.iter_rows(min_row=2)]
        assert [Decimal(str(amount)) for amount in amounts] == [Decimal("2.20"), Decimal("1.47"), Decimal("3.67")]

    def test_a_headline_is_no_formula(self):
        pay.card()
        pay.work('=HYPERLINK("https://evil.example")')
        statement = act("issue", drawn())
        assert "'=HYPERLINK" in csv_of(statement).decode()
        sheet = load_workbook(io.BytesIO(xlsx_of(statement))).active
        assert sheet["F2"].data_type == "s"

    def test_a_third_party_can_compute_each_line(self, issued):
        for row in issued.rows:
            units = Decimal(row["words"]) / row["unit_size"]
            assert f"{(units * Decimal(row['price'])).quantize(Decimal('0.01'))}" == row["amount"]
            assert row["counter_version"] == "2"
            assert RateCard.objects.filter(pk=row["rate"]).exists()

    def test_nothing_of_it_changes(self, issued):
        rows = Statement.objects.filter(pk=issued.pk)
        for change in (
            {"total": 1},
            {"number": 7},
            {"state": "draft"},
            {"state": "paid"},
            {"rows": []},
            {"payee": "X"},
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                rows.update(**change)
        for refused in (rows.delete, issued.lines.all().delete, lambda: issued.lines.update(position=5)):
            with pytest.raises(Exception, match=r"frozen|changed|protected"), transaction.atomic():
                refused()

    def test_it_is_issued_with_its_own_sum_and_the_next_number(self):
        pay.card()
        pay.work()
        draft = drawn()
        issue = {
            "state": "issued", "year": 2026, "number": 1, "issued_by": cast.user(CLARA), "issued_at": timezone.now(),
            "sha256": "0" * 64,
        }  # fmt: skip
        for wrong in ({"total": draft.total + 1}, {"number": 2}, {"state": "paid"}):
            with pytest.raises(IntegrityError, match="in_order"), transaction.atomic():
                Statement.objects.filter(pk=draft.pk).update(**{**issue, **wrong})

    def test_a_later_rate_name_or_headline_changes_nothing(self, issued):
        before = csv_of(issued)
        pay.card(unit="word", unit_size=1, price=Decimal(9), valid_from=date(2026, 1, 1))
        Contributor.objects.filter(slug=TUDOR).update(name="Another Name")
        after = Statement.objects.get(pk=issued.pk)
        assert csv_of(after) == before
        assert after.payee == "Tudor Byline"
        assert statements.fault(after) == ""

    def test_the_check_finds_a_forged_statement(self, issued):
        call_command("verify_ledger")
        with pay.behind_the_database():
            Statement.objects.filter(pk=issued.pk).update(total=99)
        with pytest.raises(CommandError, match=issued.name):
            call_command("verify_ledger")

    def test_a_negative_one_is_not_issued(self):
        pay.card()
        entry = pay.work("A text", "word " * 2000)
        act("issue", drawn())
        amounts.reverse(entry, reason="Wrong story.", by=cast.user(CLARA))
        with pytest.raises(Refused, match="owes"):
            act("issue", drawn())


class TestAnswers:
    def test_acknowledged_and_paid(self, issued):
        act("acknowledge", issued, TUDOR)
        act("pay", issued, paid_on=timezone.localdate(), amount=Decimal("3.00"))
        with pytest.raises(Refused, match=r"0\.67"):
            act("pay", issued, paid_on=timezone.localdate(), amount=Decimal("0.68"))
        with pytest.raises(Refused, match="still to come"):
            act("pay", issued, paid_on=timezone.localdate() + timedelta(days=2), amount=Decimal("0.03"))
        paid = act(
            "pay",
            issued,
            paid_on=timezone.localdate(),
            amount=Decimal("0.03"),
            currency="EUR",
            fx_rate=Decimal("22.3334"),
        )
        assert paid.state == "paid"
        assert statements.unpaid(paid) == 0
        with pytest.raises(IntegrityError), transaction.atomic():
            paid.payments.update(settled=1)

    def test_the_database_pays_no_more_than_is_owed(self, issued):
        def paid(statement, settled):
            with transaction.atomic():
                statement.payments.create(
                    paid_on=timezone.localdate(), settled=settled, currency="MDL", amount=settled, by=cast.user(CLARA)
                )

        with pytest.raises(IntegrityError, match="owed"):
            paid(issued, Decimal("3.68"))
        paid(issued, Decimal("3.00"))
        with pytest.raises(IntegrityError, match="owed"):
            paid(issued, Decimal("0.68"))
        paid(issued, Decimal("0.67"))
        pay.work("Third")
        with pytest.raises(IntegrityError, match="owed"):
            paid(drawn(), Decimal("0.01"))

    def test_disputed_says_what_is_wrong(self, issued):
        with pytest.raises(Refused):
            act("dispute", issued, TUDOR, reason=" ")
        assert act("dispute", issued, TUDOR, reason="Line 2 is not mine.").dispute == "Line 2 is not mine."
        assert act("acknowledge", issued, TUDOR).state == "acknowledged"

    def test_who_may(self, issued):
        for name in ("rita", "elena", CLARA, "adam", "sam"):
            with pytest.raises(NotAllowed):
                act("acknowledge", issued, name)
        act("acknowledge", issued, TUDOR)
        for name in (TUDOR, "elena", "adam", "sam"):
            with pytest.raises(NotAllowed):
                act("pay", issued, name, paid_on=timezone.localdate(), amount=Decimal(1))

    def test_an_old_screen_and_a_wrong_state(self, issued):
        with pytest.raises(WrongState):
            act("pay", issued, paid_on=timezone.localdate(), amount=Decimal(1))
        act("acknowledge", issued, TUDOR)
        with pytest.raises(Stale):
            statements.acknowledge(issued, by=cast.user(TUDOR), version=issued.version)


class TestLogging:
    def logged(self, **fields) -> LoggedWork:
        values = {
            "role": "translator", "url": "https://elsewhere.example/story", "title": "Elsewhere", "source_language": "en",
            "target_language": "ro", "done_on": timezone.localdate(), "text": "unu doi trei",
        }  # fmt: skip
        cast.contributor(TUDOR)
        return logging_credits.log(LoggedWork(**{**values, **fields}), by=cast.user(TUDOR))

    def test_it_waits_and_is_entered_when_it_is_approved(self):
        pay.card(unit="word", unit_size=1, basis="target")
        logged = self.logged()
        assert (logged.words, logged.characters, logged.characters_no_spaces, logged.state) == (3, 12, 10, "waiting")
        entry = logging_credits.approve(logged, by=cast.user("elena"))
        assert (entry.amount, entry.text, entry.url) == (270, "unu doi trei", "https://elsewhere.example/story")
        assert verifying.entries() == (1, None)
        with pytest.raises(WrongState):
            logging_credits.approve(logged, by=cast.user("emil"))

    def test_the_same_work_is_not_entered_twice(self):
        pay.card()
        first = logging_credits.approve(self.logged(), by=cast.user("elena"))
        again = self.logged()
        with pytest.raises(Refused, match=f"№ {first.seq}"):
            logging_credits.approve(again, by=cast.user("elena"))
        assert LoggedWork.objects.get(pk=again.pk).state == "waiting"
        logging_credits.approve(self.logged(role="proofreader"), by=cast.user("elena"))
        logging_credits.approve(self.logged(url="https://elsewhere.example/other"), by=cast.user("elena"))
        amounts.reverse(first, reason="Counted wrong.", by=cast.user(CLARA))
        assert logging_credits.approve(again, by=cast.user("elena")).seq > first.seq

    def test_what_the_desk_entered_is_not_logged_beside_it(self):
        pay.card()
        job = pay.job()
        (entry,) = [row for row in recording.record(job, by=cast.user("elena")) if row.role == "translator"]
        logged = self.logged(article=job.article, url="", text="")
        with pytest.raises(Refused, match=f"№ {entry.seq}"):
            logging_credits.approve(logged, by=cast.user("elena"))

    def test_a_reviser_is_entered_in_every_round(self):
        cast.contributor("emil")
        job = pay.job()
        recording.record(job, by=cast.user("emil"))
        logging_credits.approve(LoggedWork.objects.get(), by=cast.user("elena"))
        job.round = 2
        job.save()
        pay.segment(job, 3, "Three new words", TUDOR)
        recording.record(job, by=cast.user("emil"))
        assert logging_credits.approve(LoggedWork.objects.get(round=2), by=cast.user("elena")).round == 2

    @pytest.mark.parametrize(
        "wrong",
        [{"done_on": date(2999, 1, 1)}, {"source_language": "ro"}, {"source_language": "ro", "role": "post_editor"}],
    )
    def test_work_of_tomorrow_or_into_its_own_language_is_refused(self, wrong):
        with pytest.raises(Refused):
            self.logged(**wrong)
        logged = self.logged()
        logged.pk = None
        for name, value in wrong.items():
            setattr(logged, name, value)
        with pytest.raises(IntegrityError, match="logged_"), transaction.atomic():
            logged.save(force_insert=True)

    def test_nobody_approves_their_own(self):
        cast.contributor("elena")
        logged = logging_credits.log(
            LoggedWork(
                title="A", url="https://e.example", source_language="en", target_language="ro", text="b",
                done_on=timezone.localdate(),
            ),
            by=cast.user("elena"),
        )  # fmt: skip
        for name in ("elena", TUDOR, "rita", "adam", "sam"):
            with pytest.raises(NotAllowed):
                logging_credits.approve(logged, by=cast.user(name))

    def test_declined_with_a_reason_and_then_it_stays(self):
        logged = self.logged()
        with pytest.raises(Refused):
            logging_credits.decline(logged, by=cast.user("elena"), reason="")
        logging_credits.decline(logged, by=cast.user("elena"), reason="Logged twice.")
        with pytest.raises(IntegrityError), transaction.atomic():
            LoggedWork.objects.update(reason="Other")
        assert not LedgerEntry.objects.exists()

    def test_a_story_of_ours_brings_its_text(self):
        story = cast.draft(by=cast.user(TUDOR), language="ro", original=cast.live())
        logged = self.logged(article=story, url="", text="", title="")
        assert (logged.title, logged.source_language, logged.target_language) == (story.headline, "en", "ro")
        assert logged.words == counting.count_document(story.head.document).words
        assert logging_credits.credited(logged)

    def test_a_story_that_they_do_not_see_is_refused(self):
        with pytest.raises(NotAllowed):
            self.logged(article=cast.draft(), text="")

    @pytest.mark.parametrize(
        "figures", [{}, {"words": 9, "characters": 8, "characters_no_spaces": 7}, {"words": 1, "characters": 5}]
    )
    def test_figures_have_to_fit(self, figures):
        with pytest.raises(Refused):
            self.logged(text="", **figures)

    def test_typed_figures_are_entered_as_typed(self):
        pay.card(basis="target")
        logged = self.logged(text="", words=300, characters=1800, characters_no_spaces=1500)
        assert logging_credits.approve(logged, by=cast.user("elena")).amount == 90
        assert verifying.entries() == (1, None)


class Office(RuleBasedStateMachine):
    """Everybody does everything in any order; what was issued stays as it was, and everything adds up."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.issued: dict[int, tuple] = {}
        pay.card(unit="word", unit_size=1, price=Decimal("0.3333"))

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    def attempt(self, act, *args, **kwargs) -> None:
        try:
            with transaction.atomic():
                act(*args, **kwargs)
        except (DeskError, IntegrityError):
            pass

    @rule(said=st.text(alphabet="ab ", min_size=1, max_size=40))
    def works(self, said):
        if said.strip():
            pay.work("Some work", said)

    @precondition(lambda self: LedgerEntry.objects.exists())
    @rule(data=st.data(), amount=st.decimals(-50, 50, places=2))
    def corrects(self, data, amount):
        entry = data.draw(st.sampled_from(list(LedgerEntry.objects.order_by("seq"))))
        clara = cast.user(CLARA)
        self.attempt(amounts.adjust, entry, amount=amount, currency="MDL", reason="So.", by=clara)
        if amount > 25:
            self.attempt(amounts.reverse, entry, reason="So.", by=clara)

    @rule()
    def a_new_rate(self):
        day = RateCard.objects.order_by("-valid_from").values_list("valid_from", flat=True)[0]
        self.attempt(pay.card, unit="word", unit_size=1, price=Decimal(2), valid_from=day.replace(year=day.year + 1))

    @rule()
    def draws(self):
        self.attempt(drawn)

    @precondition(lambda self: Statement.objects.exists())
    @rule(data=st.data(), name=st.sampled_from(["issue", "discard", "acknowledge", "dispute", "pay", "break"]))
    def acts(self, data, name):
        statement = data.draw(st.sampled_from(list(Statement.objects.order_by("pk"))))
        more = {
            "dispute": {"reason": "Wrong."},
            "pay": {"paid_on": date(2026, 12, 1), "amount": statement.total},
        }.get(name, {})
        if name == "break":
            self.attempt(Statement.objects.filter(pk=statement.pk, number__isnull=False).update, total=7, rows=[])
            return
        self.attempt(act, name, statement, TUDOR if name in {"acknowledge", "dispute"} else CLARA, **more)
        statement = Statement.objects.filter(pk=statement.pk).first()
        if statement is not None and statement.number and statement.pk not in self.issued:
            self.issued[statement.pk] = (statement.name, statement.total, csv_of(statement))

    @invariant()
    def issued_statements_stay(self):
        for statement in Statement.objects.exclude(number=None):
            assert (statement.name, statement.total, csv_of(statement)) == self.issued[statement.pk]
            assert statements.fault(statement) == ""

    @invariant()
    def the_chain_holds(self):
        assert verifying.entries()[1] is None

    @invariant()
    def numbers_have_no_gaps(self):
        numbers = sorted(row.number for row in Statement.objects.exclude(number=None))
        assert numbers == list(range(1, len(numbers) + 1))


def test_no_sequence_of_acts_changes_an_issued_statement():
    cast.user("elena"), cast.contributor(TUDOR)
    run_state_machine_as_test(Office, settings=hypothesis_settings(max_examples=12, stateful_step_count=15))


def test_amounts_of_a_rate_are_the_same_after_the_database(issued):
    for entry in LedgerEntry.objects.all():
        again = rates.price(entry.terms, {"words": entry.words, "characters": 0, "characters_no_spaces": 0})
        assert again.amount == entry.amount


@pytest.mark.django_db(transaction=True)
def test_issuing_and_drawing_up_do_not_wait_for_each_other(monkeypatch):
    """The ledger is locked before the statement's row, on both roads."""
    pay.card()
    pay.work()
    draft, order = drawn(), []
    monkeypatch.setattr(statements, "lock", lambda: order.append("ledger"))
    rows = Statement.objects.select_for_update
    monkeypatch.setattr(Statement.objects, "select_for_update", lambda **how: order.append("row") or rows(**how))
    act("issue", draft)
    assert order[:2] == ["ledger", "row"]


def test_a_report_takes_back_only_what_it_counted():
    pay.card()
    job = pay.job()
    type(job).objects.filter(pk=job.pk).update(state="cancelled")
    fee = amounts.kill_fee(
        job, contributor=cast.contributor(TUDOR), role="translator", amount=Decimal(5), currency="MDL", reason="Off.",
        by=cast.user(CLARA),
    )  # fmt: skip
    more = amounts.adjust(pay.work(), amount=Decimal(5), currency="MDL", reason="Tables.", by=cast.user(CLARA))
    (before,) = reports.by_person(month(), month())
    for row in (fee, more):
        amounts.reverse(row, reason="Wrong.", by=cast.user(CLARA))
    assert reports.by_person(month(), month()) == [before]
