"""The ledger: who did what, counted and priced to the cent, chained and never changed."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from articles.errors import NotAllowed, Refused
from articles.models import Credit, Paper
from tests import cast
from tests.translations import pay
from translations import amounts, ledger, logging_credits, rates, recording, verifying
from translations.counting import count, count_document
from translations.models import LedgerEntry, LoggedWork, RateCard
from translations.signals import finished

pytestmark = pytest.mark.django_db
MONEY = Decimal("0.01")


class TestCounting:
    def test_a_document_is_counted_as_readers_see_it(self):
        document = {"headline": "Title", "standfirst": "Two  words", "body": "<p>One <em>two</em>.</p><p>Three</p>"}
        counted = count_document(document)
        assert (counted.words, counted.characters, counted.characters_no_spaces) == (6, 30, 25)
        assert counted.sha256 == count("Title Two words One two. Three").sha256

    def test_captions_count_where_they_are_asked_for(self):
        document = {"headline": "A", "pictures": [{"alt": "b", "caption": "c d"}]}
        assert count_document(document).words == 1
        assert count_document(document, captions=True).words == 4

    @given(st.text())
    def test_normal_form_and_white_space_do_not_matter(self, said):
        import unicodedata

        again = unicodedata.normalize("NFD", f"  {said}\n\n")
        assert count(again) == count(said)

    @given(st.text(alphabet="ab ă\n"))
    def test_markup_does_not_matter(self, said):
        words = " ".join(said.split())
        plain = {"body": f"<p>{words}</p>"}
        marked = {"body": f"<p><strong>{words}</strong></p>"}
        assert count_document(plain) == count_document(marked)


class TestPricing:
    COUNTED = {"words": 400, "characters": 2700, "characters_no_spaces": 2301}

    def terms(self, **changed):
        card = RateCard(price=Decimal(90), currency="MDL", valid_from=date(2026, 1, 1), **changed)
        return rates.terms_of(card)

    @pytest.mark.parametrize(
        ("changed", "units", "amount"),
        [
            ({}, "1.5000", "135.00"),
            ({"count_spaces": False}, "1.2783", "115.05"),
            ({"unit_size": 1500, "count_spaces": False}, "1.5340", "138.06"),
            ({"unit_size": 2000}, "1.3500", "121.50"),
            ({"unit": "word", "unit_size": 1000}, "0.4000", "36.00"),
            ({"rounding": "whole"}, "2.0000", "180.00"),
            ({"rounding": "half", "unit_size": 2000}, "1.5000", "135.00"),
            ({"minimum_units": Decimal(3)}, "3.0000", "270.00"),
            ({"minimum_amount": Decimal(200)}, "1.5000", "200.00"),
        ],
    )
    def test_each_way_of_counting(self, changed, units, amount):
        priced = rates.price(self.terms(**changed), self.COUNTED)
        assert (str(priced.units), str(priced.amount)) == (units, amount)

    def test_matches_urgency_and_share(self):
        terms = self.terms(bands={"exact": "0.3"}, urgent_factor=Decimal("1.5"))
        priced = rates.price(terms, self.COUNTED, bands={"exact": 500, "new": 500}, urgent=True, share=Decimal("0.5"))
        assert (priced.units, priced.amount) == (Decimal("0.9750"), Decimal("65.81"))

    def test_a_half_is_a_half(self):
        """Three ninths of 0.00045 units and the like: nothing is lost before the last rounding."""
        terms = self.terms(bands={"exact": "0.5", "new": "1"}, unit="word", unit_size=1000)
        counted = {"words": 1, "characters": 9, "characters_no_spaces": 9}
        priced = rates.price(terms, counted, bands={"exact": 1, "85": 0, "machine": 2})
        assert priced.units == Decimal("0.0008")
        terms = self.terms(bands={"exact": "0.1"}, unit="word", unit_size=2000)
        priced = rates.price(terms, {**counted, "words": 3}, bands={"exact": 1, "new": 2})
        assert priced.units == Decimal("0.0011")  # 0.00105, which a division first makes 0.0010499…

    def test_the_most_particular_rate_holds(self):
        tudor = cast.contributor("tudor")
        anybody = pay.card()
        pair = pay.card(source="en", target="ro", price=Decimal(80))
        own = pay.card(contributor=tudor, price=Decimal(100))
        day = date(2026, 5, 1)
        assert rates.card_for(tudor, "translator", "en", "ro", day) == own
        assert rates.card_for(cast.contributor("rita"), "translator", "en", "ro", day) == pair
        assert rates.card_for(cast.contributor("rita"), "translator", "en", "uk", day) == anybody
        assert rates.card_for(tudor, "reviser", "en", "ro", day) is None

    def test_a_new_rate_ends_the_old_one_and_neither_is_edited(self):
        old = pay.card()
        new = pay.card(price=Decimal(95), valid_from=date(2026, 6, 1))
        tudor = cast.contributor("tudor")
        assert rates.card_for(tudor, "translator", "en", "ro", date(2026, 5, 31)) == old
        assert rates.card_for(tudor, "translator", "en", "ro", date(2026, 6, 1)) == new
        for change in ({"price": 1}, {"valid_until": None}, {"valid_until": date(2027, 1, 1)}):
            with pytest.raises(IntegrityError), transaction.atomic():
                RateCard.objects.filter(pk=old.pk).update(**change)
        with pytest.raises(IntegrityError), transaction.atomic():
            RateCard.objects.filter(pk=new.pk).delete()

    def test_rates_never_overlap(self):
        pay.card(valid_from=date(2026, 6, 1))
        with pytest.raises(Refused, match="begins on"):
            pay.card()
        with pytest.raises(IntegrityError), transaction.atomic():
            RateCard.objects.create(
                role="translator", price=1, currency="MDL", valid_from=date(2026, 7, 1), created_by=cast.user("clara")
            )

    def test_only_the_chief_sets_rates(self):
        with pytest.raises(NotAllowed):
            rates.introduce(RateCard(price=1, currency="MDL", valid_from=pay.LONG_AGO), by=cast.user("elena"))


class TestRecording:
    def test_a_finished_job_is_entered_once(self):
        pay.card()
        pay.card(role="reviser", price=Decimal(45))
        cast.contributor("emil")
        job = pay.job()
        finished.send(type(job), job=job, round=1, article=job.article, by=cast.user("elena"), at=timezone.now())
        translator, reviser = LedgerEntry.objects.order_by("seq")
        counted = count_document(job.base.document)
        assert (translator.characters, translator.text_sha256) == (counted.characters, counted.sha256)
        assert translator.amount == (Decimal(counted.characters) / 1800).quantize(Decimal("0.0001")) * 90
        assert (translator.seq, reviser.seq, reviser.prev_hash) == (1, 2, translator.hash)
        assert (reviser.role, reviser.contributor.user) == ("reviser", cast.user("emil"))
        with pytest.raises(Refused, match="already"):
            recording.record(job, by=cast.user("elena"))
        assert LedgerEntry.objects.count() == 2

    def test_two_translators_share_by_what_they_wrote(self):
        pay.card()
        cast.contributor("rita")
        job = pay.job()
        pay.segment(job, 3, "x" * 75, "rita")
        shares = {row.contributor.slug: row.share for row in recording.record(job, by=cast.user("elena"))}
        assert sum(shares.values()) == 1
        assert shares == {"tudor": Decimal("0.500000"), "rita": Decimal("0.500000")}

    def test_shares_that_the_credits_name_come_first(self):
        cast.contributor("rita")
        job = pay.job()
        pay.segment(job, 3, "x" * 75, "rita")
        Credit.objects.filter(article=job.article, role="translator").update(share=Decimal("0.9"))
        shares = {row.contributor.slug: row.share for row in recording.record(job, by=cast.user("elena"))}
        assert shares == {"tudor": Decimal("0.9"), "rita": Decimal("0.1")}

    def test_shares_of_all_who_worked_in_the_round_come_to_the_whole(self):
        cast.contributor("rita")
        job = pay.job()
        pay.segment(job, 3, "x" * 75, "rita")
        Credit.objects.filter(article=job.article, role="translator").update(share=Decimal("0.7"))
        Credit.objects.create(
            article=job.article,
            contributor=cast.contributor("rita"),
            role="post_editor",
            position=9,
            share=Decimal("0.7"),
        )
        shares = {(row.contributor.slug, row.role): row.share for row in recording.record(job, by=cast.user("elena"))}
        assert shares == {("tudor", "translator"): Decimal("0.5"), ("rita", "post_editor"): Decimal("0.5")}
        job.round = 2
        job.save()
        pay.segment(job, 4, "Three new words", "tudor")
        assert [row.share for row in recording.record(job, by=cast.user("elena")) if row.role == "translator"] == [1]

    def test_what_was_left_out_is_nobodys_work(self):
        cast.contributor("rita")
        job = pay.job()
        pay.segment(job, 3, "x" * 75, "rita", target="", omitted="Known to readers here.")
        assert [row.contributor.slug for row in recording.record(job, by=cast.user("elena"))][:1] == ["tudor"]
        assert LedgerEntry.objects.get(role="translator").share == 1

    @pytest.mark.parametrize("by", ["elena", "emil"])
    def test_where_nothing_was_written_nothing_is_entered(self, by):
        pay.card(basis="target")
        pay.card(role="reviser", basis="target")
        cast.contributor("emil")
        job = pay.job()
        job.round = 2
        job.save()
        pay.segment(job, 3, "Three new words", "tudor", target="", omitted="Old news.")
        assert recording.record(job, by=cast.user(by)) == []
        pay.segment(job, 4, "***", "tudor", target="***")
        assert recording.record(job, by=cast.user(by)) == []
        assert not LoggedWork.objects.exists()

    def test_a_later_round_counts_what_was_done_in_it(self):
        pay.card()
        job = pay.job()
        recording.record(job, by=cast.user("elena"))
        job.round = 2
        job.save()
        pay.segment(job, 3, "Three new <1>words</1>", "tudor")
        (again,) = recording.record(job, by=cast.user("elena"))
        assert (again.words, again.characters, again.text) == (3, 15, "Three new words")

    def test_without_a_rate_the_entry_waits_for_one(self):
        entry = pay.entry()
        assert (entry.amount, entry.currency) == (None, "")
        assert list(ledger.unpriced()) == [entry]
        with pytest.raises(Refused, match="No rate"):
            amounts.price(entry, by=cast.user("clara"))
        card = pay.card()
        with translation.override("ru"):
            priced = amounts.price(entry, by=cast.user("clara"))
        assert priced.reason == f"Priced by rate № {card.pk}."
        assert (priced.kind, priced.corrects, priced.rate) == ("adjustment", entry, card)
        assert priced.amount == rates.price(priced.terms, TestPricing.COUNTED | {"characters": entry.characters}).amount
        assert not ledger.unpriced().exists()
        with pytest.raises(Refused):
            amounts.price(entry, by=cast.user("clara"))

    def test_volunteers_are_counted_at_zero(self):
        pay.card(price=Decimal(0))
        entry = pay.entry()
        assert (entry.kind, entry.amount) == ("volunteer", 0)
        assert entry.words

    def test_a_translator_without_a_byline_is_refused(self):
        job = pay.job()
        pay.segment(job, 3, "Words", "rita")
        cast.contributor("rita").ledger.all()
        type(cast.contributor("rita")).objects.filter(slug="rita").update(user=None)
        with pytest.raises(Refused, match="byline"):
            recording.record(job, by=cast.user("elena"))

    def test_nobody_accepts_their_own(self):
        job = pay.job(translator="elena")
        with pytest.raises(NotAllowed):
            recording.record(job, by=cast.user("elena"))
        with pytest.raises(IntegrityError), transaction.atomic():
            pay.work(contributor=cast.contributor("elena"))

    def test_a_reviser_who_accepts_waits_for_another(self):
        cast.contributor("emil")
        rows = recording.record(pay.job(), by=cast.user("emil"))
        assert [row.role for row in rows] == ["translator"]
        waiting = LoggedWork.objects.get()
        assert (waiting.role, waiting.state, waiting.text_sha256) == ("reviser", "waiting", rows[0].text_sha256)

    def test_the_reviser_too_gets_what_is_urgent_and_captions(self):
        pay.card(role="reviser", urgent_factor=Decimal("1.5"), captions=True)
        cast.contributor("emil")
        job = pay.job(urgent=True)
        document = {**job.base.document, "pictures": [{"alt": "A barge", "caption": "Two words more"}]}
        job.base.document = document
        recording.record(job, by=cast.user("emil"))
        entry = logging_credits.approve(LoggedWork.objects.get(), by=cast.user("elena"))
        figures = count_document(document, captions=True)
        assert (entry.urgent, entry.words, entry.text_sha256) == (True, figures.words, figures.sha256)
        assert entry.amount == rates.price(entry.terms, figures.as_columns(), urgent=True).amount
        assert verifying.entries() == (2, None)

    def test_the_month_is_that_of_the_newsroom(self):
        Paper.objects.create(time_zone="Europe/Chisinau")
        late = datetime(2026, 10, 31, 22, 30, tzinfo=UTC)
        assert ledger.period(late) == "2026-11"


class TestCorrections:
    def test_a_reversal_takes_back_once(self):
        pay.card()
        entry = pay.entry()
        back = amounts.reverse(entry, reason="Counted twice.", by=cast.user("clara"))
        assert back.amount == -entry.amount
        with pytest.raises(Refused, match="already"):
            amounts.reverse(entry, reason="Again.", by=cast.user("clara"))
        with pytest.raises(Refused):
            amounts.reverse(back, reason="Back.", by=cast.user("clara"))

    def test_adjustments_are_reversed_first(self):
        pay.card()
        entry = pay.entry()
        more = amounts.adjust(entry, amount=Decimal("12.50"), currency="MDL", reason="Tables.", by=cast.user("clara"))
        with pytest.raises(Refused, match="first"):
            amounts.reverse(entry, reason="Wrong.", by=cast.user("clara"))
        amounts.reverse(more, reason="Wrong.", by=cast.user("clara"))
        amounts.reverse(entry, reason="Wrong.", by=cast.user("clara"))
        assert sum(row.amount for row in LedgerEntry.objects.all()) == 0

    def test_a_kill_fee_stands_in_place_of_the_work(self):
        job = pay.job()
        fee = {
            "contributor": cast.contributor("tudor"),
            "role": "translator",
            "currency": "MDL",
            "reason": "Called off.",
        }
        with pytest.raises(Refused, match="Cancel the job"):
            amounts.kill_fee(job, amount=Decimal(50), by=cast.user("clara"), **fee)
        type(job).objects.filter(pk=job.pk).update(state="cancelled")
        entry = amounts.kill_fee(job, amount=Decimal(50), by=cast.user("clara"), **fee)
        assert (entry.kind, entry.amount) == ("kill_fee", 50)
        with pytest.raises(Refused):
            amounts.kill_fee(job, amount=Decimal(50), by=cast.user("clara"), **fee)
        with pytest.raises(Refused, match="already"):
            recording.record(job, by=cast.user("elena"))

    def test_only_the_chief_and_never_for_themselves(self):
        entry = pay.entry(pay.job(translator="clara"))
        for name in ("elena", "tudor", "adam", "sam", "clara"):
            with pytest.raises(NotAllowed):
                amounts.reverse(entry, reason="So.", by=cast.user(name))
        for kind, change in (("adjustment", {"amount": Decimal(5), "currency": "MDL"}), ("reversal", {})):
            with pytest.raises(IntegrityError, match="accepted_by_another"), transaction.atomic():
                amounts._correct(entry, kind, "Mine.", cast.user("clara"), **change)


class TestHistory:
    def test_no_entry_is_changed_or_deleted(self):
        entry = pay.entry()
        rows = LedgerEntry.objects.filter(pk=entry.pk)
        for act in (lambda: rows.update(amount=1, currency="MDL"), rows.delete, lambda: rows.update(hash="0" * 64)):
            with pytest.raises(IntegrityError), transaction.atomic():
                act()

    def test_no_entry_comes_out_of_order(self):
        entry = pay.entry()
        entry.pk, entry.seq, entry.hash = None, 3, "1" * 64
        with pytest.raises(IntegrityError, match="ledger_entry_follows"), transaction.atomic():
            entry.save(force_insert=True)
        entry.seq = 2
        with pytest.raises(IntegrityError, match="ledger_entry_follows"), transaction.atomic():
            entry.save(force_insert=True)

    def test_the_ledger_verifies(self, capsys):
        pay.card()
        entry = pay.entry()
        pay.work()
        amounts.adjust(entry, amount=Decimal(5), currency="MDL", reason="Tables.", by=cast.user("clara"))
        amounts.reverse(pay.work("Another", "Alt text."), reason="Wrong.", by=cast.user("clara"))
        assert verifying.entries() == (5, None)
        call_command("verify_ledger")
        assert "5 entries" in capsys.readouterr().out

    @pytest.mark.parametrize(
        ("column", "value", "what"),
        [
            ("title", "Other", "changed"),
            ("words", 1, "changed"),
            ("prev_hash", "0" * 64, "follow"),
            ("seq", 9, "missing"),
        ],
    )
    def test_what_was_changed_behind_the_database_is_found(self, column, value, what):
        pay.card()
        pay.work("First")
        second = pay.work("Second")
        with pay.behind_the_database():
            LedgerEntry.objects.filter(pk=second.pk).update(**{column: value})
        looked_at, fault = verifying.entries()
        assert looked_at == 1
        assert what in fault.what
        with pytest.raises(CommandError, match="entry"):
            call_command("verify_ledger")

    @pytest.mark.parametrize(("column", "value", "what"), [("amount", "1.00", "terms"), ("words", 3, "counts")])
    def test_a_forger_who_makes_new_hashes_is_found_by_the_recount(self, column, value, what):
        pay.card(unit="word", unit_size=1)
        entry = pay.work()
        setattr(entry, column, type(getattr(entry, column))(value))
        with pay.behind_the_database():
            LedgerEntry.objects.filter(pk=entry.pk).update(**{column: value, "hash": ledger.digest(entry)})
        assert what in verifying.entries()[1].what


def test_the_hash_is_of_every_column():
    columns = {field.attname for field in LedgerEntry._meta.concrete_fields}
    assert {*ledger.HASHED, *ledger.LATER} == columns - {"id", "hash"}
    assert len(ledger.HASHED) + len(ledger.LATER) == len(columns) - 2


def test_the_rules_are_there():
    from translations.models import money_rules

    assert money_rules.missing(connection) == []
