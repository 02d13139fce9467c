"""Work is paid once readers have had its story; else by a kill fee."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from articles.errors import Refused
from articles.workflow import filing, publishing, withdrawing
from tests import cast
from tests.desk.typing_in import at_desk
from tests.translations import making, pay
from translations import amounts, jobs, ledger, statements
from translations.models import LedgerEntry, Statement, StatementLine

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("contexts")]


def month() -> str:
    return ledger.period(timezone.now())


def drawn() -> list[Statement]:
    return statements.draw_up(month(), by=cast.user("clara"))


@pytest.fixture
def done():
    """A translation that is accepted for the desk, and ready to be published."""
    pay.card()
    job = making.done()
    article = cast.fresh(job.article)
    return job, making.waived(article) if article.state == "editing" else article


class TestPublished:
    def test_an_entry_waits_for_its_story(self, done):
        _job, article = done
        assert drawn() == []
        assert statements.waiting().count() == 1
        publishing.publish(article, by=cast.user("emil"), version=article.version)
        (draft,) = drawn()
        assert draft.lines.count() == 1
        assert not statements.waiting().exists()

    def test_a_scheduled_story_is_not_published_yet(self, done):
        _job, article = done
        publishing.schedule(
            article, by=cast.user("emil"), version=article.version, visible_from=timezone.now() + timedelta(hours=2)
        )
        assert drawn() == []

    def test_what_was_withdrawn_later_was_published(self, done):
        _job, article = done
        article = publishing.publish(article, by=cast.user("emil"), version=article.version)
        withdrawing.retract(article, by=cast.user("clara"), version=article.version, note="Not genuine.")
        assert len(drawn()) == 1

    def test_a_draft_of_what_waits_is_not_issued(self, done):
        draft = Statement.objects.create(
            contributor=cast.contributor("tudor"), period=month(), currency="MDL", made_by=cast.user("clara")
        )
        entry = LedgerEntry.objects.get()
        with pytest.raises(IntegrityError, match="waits_for_publication"), transaction.atomic():
            StatementLine.objects.create(statement=draft, entry=entry, position=1)
        with pay.behind_the_database():
            StatementLine.objects.create(statement=draft, entry=entry, position=1)
        with pytest.raises(Refused, match=f"№ {entry.seq}"):
            statements.issue(draft, by=cast.user("clara"), version=draft.version)

    def test_each_entry_of_the_story_comes_then(self):
        pay.card()
        job = pay.job()
        pay.entry(job)
        assert drawn() == []
        pay.published(job)
        assert len(drawn()) == 1

    def test_work_elsewhere_and_its_corrections_do_not_wait(self):
        pay.card()
        entry = pay.work()
        amounts.adjust(entry, amount=Decimal(5), currency="MDL", reason="Tables.", by=cast.user("clara"))
        (draft,) = drawn()
        assert draft.lines.count() == 2

    def test_what_corrects_a_line_stands_on_the_next_statement(self, done):
        entry = LedgerEntry.objects.get()
        with pay.behind_the_database():
            draft = Statement.objects.create(
                contributor=entry.contributor, period=month(), currency="MDL", made_by=cast.user("clara")
            )
            StatementLine.objects.create(statement=draft, entry=entry, position=1)
        amounts.reverse(entry, reason="Spiked.", by=cast.user("clara"))
        assert [row.kind for row in statements.open_entries(month())] == ["reversal"]

    def test_what_is_spiked_is_paid_by_a_kill_fee(self, done):
        job, article = done
        clara, entry = cast.user("clara"), LedgerEntry.objects.get()
        filing.spike(article, by=cast.user("elena"), version=article.version, note="Overtaken.")
        assert drawn() == []
        fee = {
            "contributor": entry.contributor, "role": "translator", "amount": Decimal(50), "currency": "MDL",
            "reason": "Spiked.", "by": clara,
        }  # fmt: skip
        job = jobs.cancel(making.fresh(job), by=clara, version=making.fresh(job).version, note="Spiked.")
        with pytest.raises(Refused, match="reverse"):
            amounts.kill_fee(job, **fee)
        amounts.reverse(entry, reason="Spiked.", by=clara)
        assert drawn() == []
        assert not statements.waiting().exists()
        amounts.kill_fee(job, **fee)
        (draft,) = drawn()
        assert draft.total == 50
        assert draft.lines.count() == 3
        with pytest.raises(Refused, match="already"):
            amounts.kill_fee(job, **fee)

    def test_the_database_enters_work_once_until_it_is_reversed(self, done):
        entry = LedgerEntry.objects.get()
        entry.pk, entry.seq, entry.prev_hash, entry.hash = None, 2, entry.hash, "1" * 64
        with pytest.raises(IntegrityError, match=r"once_per_round|come_to_one"), transaction.atomic():
            entry.save(force_insert=True)


class TestOnScreen:
    def test_the_chief_is_told_what_waits(self, done):
        page = at_desk("clara").post(reverse("admin:translations_statement_draw_up"), {"month": month()}, follow=True)
        told = page.content.decode()
        assert "1 entry waits for the publication of its story." in told
        assert "?standing=waits" in told
        for asked, number in (({"standing": "waits"}, 1), ({"amount": "none"}, 0)):
            listed = at_desk("clara").get(reverse("admin:translations_ledgerentry_changelist"), asked)
            assert listed.content.decode().count("field-seq") == number

    def test_the_translator_sees_it_in_their_list(self, done):
        _job, article = done
        address = reverse("admin:translations_ledgerentry_changelist")
        tudor = at_desk("tudor")
        listed = tudor.get(address).content.decode()
        assert '<td class="field-stands">waits for publication</td>' in listed
        entry = reverse("admin:translations_ledgerentry_change", args=[LedgerEntry.objects.get().pk])
        assert "once its story is published" in tudor.get(entry).content.decode()
        publishing.publish(article, by=cast.user("emil"), version=article.version)
        (draft,) = drawn()
        row = statements.issue(draft, by=cast.user("clara"), version=draft.version)
        assert f'<td class="field-stands">{row.name}</td>' in tudor.get(address).content.decode()


class TestWithoutAnAccount:
    @pytest.fixture
    def issued(self):
        pay.card()
        who = cast.contributor("rita")
        type(who).objects.filter(pk=who.pk).update(user=None)
        pay.work(contributor=who)
        (draft,) = drawn()
        return statements.issue(draft, by=cast.user("clara"), version=draft.version)

    def act(self, name: str, row: Statement, **typed: str):
        address = reverse("admin:translations_statement_change", args=[row.pk])
        version = Statement.objects.get(pk=row.pk).version
        return at_desk(name).post(
            address, {"_act": "in-stead", "in-stead-version": version, **{f"in-stead-{k}": v for k, v in typed.items()}}
        )

    def test_a_chief_writes_down_that_they_agreed(self, issued):
        assert self.act("clara", issued, how=" ").status_code == 422
        assert self.act("clara", issued, how="By letter of 3 December.").status_code == 302
        row = Statement.objects.get(pk=issued.pk)
        assert (row.state, row.acknowledged_by, row.acknowledged_how) == (
            "acknowledged", cast.user("clara"), "By letter of 3 December.",
        )  # fmt: skip
        page = at_desk("clara").get(reverse("admin:translations_statement_change", args=[row.pk])).content.decode()
        assert "By letter of 3 December." in page
        with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
            Statement.objects.filter(pk=row.pk).update(acknowledged_how="By word.")
        paid = statements.pay(
            row, by=cast.user("clara"), version=row.version, paid_on=timezone.localdate(), amount=row.total
        )
        assert paid.state == "paid"

    def test_nobody_else_does(self, issued):
        for name in ("elena", "tudor", "adam", "sam"):
            assert self.act(name, issued, how="By word.").status_code in {403, 404}
        assert Statement.objects.get(pk=issued.pk).state == "issued"

    def test_who_has_an_account_acknowledges_themself(self, issued):
        rita = cast.user("rita")
        type(issued.contributor).objects.filter(pk=issued.contributor_id).update(user=rita)
        assert self.act("clara", issued, how="By word.").status_code == 403
        row = Statement.objects.get(pk=issued.pk)
        with pytest.raises(Refused, match="account"):
            statements.acknowledge_in_stead(row, by=cast.user("clara"), version=row.version, how="By word.")
        type(rita).objects.filter(pk=rita.pk).update(is_active=False)
        assert self.act("clara", issued, how="By word.").status_code == 302

    def test_never_for_their_own(self):
        pay.card()
        who = cast.contributor("clara")
        pay.work(contributor=who)
        draft = statements.draw(who, month(), "MDL", by=second_chief())
        row = statements.issue(draft, by=second_chief(), version=draft.version)
        assert self.act("clara", row, how="By word.").status_code == 403
        assert Statement.objects.get(pk=row.pk).state == "issued"


def second_chief():
    from django.contrib.auth.models import Group

    cast.user("clara")
    other = cast.user("emil")
    other.groups.set([Group.objects.get(name="chief")])
    return cast.user("emil")
