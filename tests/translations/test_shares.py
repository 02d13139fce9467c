"""The amounts of those who share a work come to the amount of the whole, and each can be computed from its entry."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Contributor
from tests import cast
from tests.desk.typing_in import at_desk
from tests.translations import making, pay
from translations import amounts, ledger, rates, recording, statements, verifying
from translations.counting import Count
from translations.models import LedgerEntry, RateCard
from translations.statement_rows import COLUMNS, csv_of

CENT = Decimal("0.01")
numbers = st.dictionaries(st.integers(1, 60), st.integers(1, 5000), min_size=1, max_size=8)
prices = st.decimals(Decimal("0.0001"), Decimal(500), places=4)


def works(parts: list[tuple[Contributor, str, Decimal]]) -> list[ledger.Work]:
    told = ledger.Work(Contributor(), "translator", "en", "ro", "", pay.LONG_AGO, {})
    return recording._shared(told, parts)


@given(numbers, prices, st.integers(1, 50_000), st.randoms())
def test_parts_come_to_the_whole_in_any_order(written, price, characters, chance):
    terms = rates.terms_of(RateCard(price=price, currency="MDL", valid_from=pay.LONG_AGO))
    counted = Count(1, characters, characters, "").as_columns()
    whole = rates.price(terms, counted).amount
    parts = [(Contributor(pk=pk), "translator", part) for pk, part in recording._parts(written).items()]

    def amounts() -> dict[int, Decimal]:
        priced = {
            one.contributor.pk: rates.price(terms, counted, share=one.share, after=one.after).amount
            for one in works(parts)
        }
        return {pk: priced[pk] for pk in sorted(priced)}

    first = amounts()
    assert sum(first.values()) == whole
    exact = rates.price(terms, counted).units * price
    for who, _role, part in parts:
        assert abs(first[who.pk] - exact * part) < CENT
        assert first[who.pk] >= 0
    chance.shuffle(parts)
    assert amounts() == first


def three(**fields):
    """A job that three people wrote a third of each, as its credits say."""
    job = pay.job(**fields)
    for place, name in enumerate(("rita", "elena"), start=3):
        cast.contributor(name)
        pay.segment(job, place, "x" * 75, name)
    return job


@pytest.mark.django_db
class TestInTheLedger:
    def amounts(self, job):
        return [row.amount for row in recording.record(job, by=cast.user("clara"))]

    def test_three_thirds_of_a_hundred_are_a_hundred(self):
        pay.card(price=Decimal("0.0001"), minimum_amount=Decimal(100))
        job = three(reviser=None)
        assert self.amounts(job) == [Decimal("33.33"), Decimal("33.34"), Decimal("33.33")]
        assert [row.share_after for row in LedgerEntry.objects.order_by("seq")] == [
            0, Decimal("0.333333"), Decimal("0.666666"),
        ]  # fmt: skip
        assert verifying.entries() == (3, None)

    def test_so_they_are_where_the_rate_came_later(self):
        entries = recording.record(three(reviser=None), by=cast.user("clara"))
        pay.card(price=Decimal("0.0001"), minimum_amount=Decimal(100))
        assert sum(amounts.price(entry, by=cast.user("clara")).amount for entry in entries) == 100
        assert verifying.entries() == (6, None)

    def test_an_entry_from_before_verifies(self):
        """Its shares were rounded by themselves, and its hash is of fewer columns."""
        pay.card(price=Decimal("0.0001"), minimum_amount=Decimal(100))
        entry = pay.work(share=Decimal("0.333334"))
        assert (entry.amount, entry.share_after) == (Decimal("33.33"), 0)
        fields = {field.attname: field for field in LedgerEntry._meta.concrete_fields}
        del entry.terms["special_factor"]
        said = {name: ledger._spelled(fields[name], getattr(entry, name)) for name in ledger.HASHED}
        told = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        with pay.behind_the_database():
            LedgerEntry.objects.update(terms=entry.terms, hash=hashlib.sha256(told.encode()).hexdigest())
        assert verifying.entries() == (1, None)

    def test_the_place_of_a_share_is_part_of_the_hash(self):
        entry = pay.work()
        before = entry.hash
        entry.share_after = Decimal("0.1")
        assert ledger.digest(entry) != before
        entry.share_after, entry.special = Decimal(0), True
        assert ledger.digest(entry) != before

    def test_the_database_refuses_shares_of_more_than_the_whole(self):
        with pytest.raises(IntegrityError, match="ledger_shares_fit"), transaction.atomic():
            pay.work(share=Decimal("0.5"), after=Decimal("0.500001"))

    def test_the_statement_shows_the_place(self):
        pay.card()
        recording.record(pay.published(three(reviser=None)), by=cast.user("clara"))
        month = LedgerEntry.objects.first().period
        draft = statements.draw(cast.contributor("rita"), month, "MDL", by=cast.user("clara"))
        (line,) = statements.rows(draft)
        assert (line["share"], line["share_after"]) == ("0.333333", f"{Decimal(line['share_after']):.6f}")
        assert Decimal(line["share_after"]) > 0

    def test_a_statement_from_before_keeps_its_columns(self):
        """What was issued before a column was there still gives the file whose hash stands on it."""
        pay.card()
        pay.work()
        month = LedgerEntry.objects.get().period
        draft = statements.draw(cast.contributor("tudor"), month, "MDL", by=cast.user("clara"))
        new = {"share_after", "special_factor"}
        draft.rows = [{name: row[name] for name in COLUMNS if name not in new} for row in statements.rows(draft)]
        header = csv_of(draft).decode("utf-8-sig").splitlines()[0].split(",")
        assert header == [name for name in COLUMNS if name not in new]


@pytest.mark.django_db
class TestSpecialisedText:
    def test_its_factor_is_frozen_into_the_entry_and_stands_on_the_line(self):
        pay.card(special_factor=Decimal("1.2"), urgent_factor=Decimal("1.5"))
        plain = pay.work()
        both = pay.entry(pay.published(pay.job(special=True, urgent=True)))
        assert both.terms["special_factor"] == "1.200"
        units = both.units * 90
        assert both.amount == (units * Decimal("1.8")).quantize(CENT)
        assert plain.amount == (plain.units * 90).quantize(CENT)
        assert verifying.entries() == (2, None)
        draft = statements.draw(cast.contributor("tudor"), both.period, "MDL", by=cast.user("clara"))
        assert [row["special_factor"] for row in statements.rows(draft)] == ["", "1.200"]

    def test_an_editor_says_it_with_the_request(self):
        original = cast.live()
        making.bylines()
        address = reverse("admin:articles_article_translate", args=[original.pk])
        elena = at_desk("elena")
        assert 'name="special"' in elena.get(address).content.decode()
        elena.post(address, {"languages": ["ro"], "special": "on"})
        job = original.jobs.get()
        assert job.special
        page = elena.get(reverse("admin:translations_job_change", args=[job.pk])).content.decode()
        assert "specialised text" in page
