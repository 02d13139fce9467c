"""The ledger is verified every night by the worker, in pieces, and by a command; the chief editors see what came of it."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from articles.models import Paper
from newsroom.worker import CHORES
from tests import cast
from tests.desk.typing_in import at_desk
from tests.translations import pay
from translations import ledger, statements, verifying
from translations.models import LedgerCheck, LedgerEntry, Statement

pytestmark = pytest.mark.django_db
LEDGER = "/admin/translations/ledgerentry/"


def walked(now: datetime | None = None) -> LedgerCheck:
    """Calls the worker's chore until the walk is at its end."""
    for _time in range(50):
        check = verifying.by_night(now)
        if check is None or check.finished_at is not None:
            return verifying.last()
    raise AssertionError("the walk comes to no end")


def changed(entry: LedgerEntry, **columns) -> None:
    with pay.behind_the_database():
        LedgerEntry.objects.filter(pk=entry.pk).update(**columns)


def issued() -> Statement:
    month = ledger.period(timezone.now())
    draft = statements.draw(cast.contributor("tudor"), month, "MDL", by=cast.user("clara"))
    return statements.issue(draft, by=cast.user("clara"), version=draft.version)


class TestByNight:
    def test_the_worker_does_it(self):
        assert verifying.by_night in CHORES

    def test_it_goes_on_where_it_was_left(self, monkeypatch):
        monkeypatch.setattr(verifying, "ENTRIES", 2)
        monkeypatch.setattr(verifying, "STATEMENTS", 1)
        pay.card()
        for number in range(5):
            pay.work(f"Story {number}")
        issued()
        reached = []
        while (check := verifying.by_night()) is not None and check.finished_at is None:
            reached.append((check.seq, check.statements))
        assert reached == [(2, 0), (4, 0), (5, 0), (5, 1)]
        check = verifying.last()
        assert (check.seq, check.statements, check.fault) == (5, 1, "")
        assert check.hash == LedgerEntry.objects.get(seq=5).hash

    def test_once_a_night_by_the_newsrooms_clock(self):
        Paper.objects.create(time_zone="Europe/Chisinau")
        evening = datetime(2026, 11, 24, 20, 0, tzinfo=UTC)  # 22:00 there
        assert walked(evening).began_at == evening
        assert verifying.by_night(evening + timedelta(hours=4, minutes=59)) is None  # 02:59
        assert verifying.by_night(evening + timedelta(hours=5)) is not None

    def test_a_fault_is_an_error_in_the_log(self, caplog):
        pay.card()
        pay.work("First")
        changed(pay.work("Second"), title="Other")
        with caplog.at_level(logging.ERROR):
            check = walked()
        assert (check.seq, check.fault_seq, check.fault) == (1, 2, "it was changed: its hash is another")
        assert "The ledger is not as it was written: № 2: it was changed" in caplog.text

    def test_what_was_right_and_is_gone_is_found(self):
        pay.work("First")
        last = pay.work("Second")
        assert not walked().fault
        with pay.behind_the_database():
            LedgerEntry.objects.filter(pk=last.pk).delete()
        assert verifying.entries() == (1, None)
        check = walked(timezone.now() + timedelta(days=1))
        assert check.fault_seq == 2
        assert "is not there any more" in check.fault

    def test_a_statement_that_was_changed_is_found(self):
        pay.card(unit="word", unit_size=1)
        pay.work()
        statement = issued()
        with pay.behind_the_database():
            Statement.objects.filter(pk=statement.pk).update(total=Decimal(1))
        check = walked()
        assert check.fault_seq is None
        assert check.fault.startswith(f"statement {statement.name}: its lines come to")

    def test_of_two_workers_one_writes(self, monkeypatch):
        pay.work()
        began = LedgerCheck.objects.create()
        whole = verifying.go_on

        def meanwhile(check, **how):
            whole(check, **how)
            LedgerCheck.objects.filter(pk=began.pk).update(seq=7)

        monkeypatch.setattr(verifying, "go_on", meanwhile)
        verifying.by_night()
        assert LedgerCheck.objects.get(pk=began.pk).seq == 7

    def test_old_outcomes_go_but_the_last_good_one_stays(self):
        long_ago = timezone.now() - timedelta(days=400)
        good = LedgerCheck.objects.create(began_at=long_ago, finished_at=long_ago)
        bad = LedgerCheck.objects.create(began_at=long_ago, finished_at=long_ago, fault="it is wrong")
        verifying.by_night()
        assert LedgerCheck.objects.filter(pk=good.pk).exists()
        assert not LedgerCheck.objects.filter(pk=bad.pk).exists()


class TestTheCommand:
    def test_it_keeps_what_it_found(self, capsys):
        pay.work()
        call_command("verify_ledger")
        assert "1 entries and 0 statements" in capsys.readouterr().out
        assert verifying.last().seq == 1

    def test_a_quick_one_keeps_nothing(self):
        call_command("verify_ledger", quick=True)
        assert verifying.last() is None

    def test_a_fault_is_kept_too(self):
        changed(pay.work(), title="Other")
        with pytest.raises(CommandError, match="entry 1: it was changed"):
            call_command("verify_ledger")
        assert verifying.last().fault_seq == 1


class TestTheScreens:
    def test_the_list_says_when_it_was_verified(self):
        assert "Not verified yet" in at_desk("clara").get(LEDGER).content.decode()
        pay.work()
        walked()
        for name, told in (("clara", True), ("tudor", False), ("elena", False)):
            page = at_desk(name).get(LEDGER).content.decode()
            assert ("entries: 1, statements: 0. All are as they were written." in page) is told

    def test_a_chief_meets_a_broken_ledger_on_the_front_page(self):
        front = reverse("admin:index")
        changed(pay.work(), title="Other")
        assert "The ledger is not as it was written" not in at_desk("clara").get(front).content.decode()
        walked()
        for name, told in (("clara", True), ("elena", False), ("tudor", False), ("sam", False)):
            page = at_desk(name).get(front).content.decode()
            assert ("The ledger is not as it was written" in page) is told
        page = at_desk("clara").get(LEDGER).content.decode()
        assert "The ledger is not as it was written, from entry № 1 on:" in page
        assert at_desk("elena").get(reverse("admin:queue", args=["ledger"])).status_code == 404
