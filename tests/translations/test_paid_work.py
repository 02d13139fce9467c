"""From the road into the ledger: what is accepted for the desk is counted, credited and paid, to the character and the cent."""

from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone

from tests import cast
from tests.translations import making, pay
from translations import ledger, logging_credits, reports, statements, verifying
from translations.counting import count_document
from translations.models import LedgerEntry, LoggedWork

pytestmark = pytest.mark.django_db


def test_page_ledger_report_and_statement_say_the_same():
    pay.card(price=Decimal("93.70"))
    pay.card(role="reviser", price=Decimal("41.15"))
    job = making.published()
    original = count_document(job.base.document)
    translator = LedgerEntry.objects.get()
    assert (translator.contributor.slug, translator.role, translator.share) == ("tudor", "translator", 1)
    assert (translator.characters, translator.text_sha256) == (original.characters, original.sha256)
    units = (Decimal(original.characters) / 1800).quantize(Decimal("0.0001"))
    assert translator.amount == (units * Decimal("93.70")).quantize(Decimal("0.01"))

    waiting = LoggedWork.objects.get()
    reviser = logging_credits.approve(waiting, by=cast.user("clara"))
    assert (reviser.contributor.slug, reviser.job, reviser.characters) == ("emil", job, original.characters)
    assert reviser.amount == (units * Decimal("41.15")).quantize(Decimal("0.01"))

    month = ledger.period(timezone.now())
    totals = {draft.contributor.slug: draft.total for draft in statements.draw_up(month, by=cast.user("clara"))}
    assert totals == {"tudor": translator.amount, "emil": reviser.amount}
    assert [line.characters for line in reports.by_pair(month, month, "translator")] == [original.characters]
    assert reports.turnaround(month, month)[0].jobs == 1
    assert verifying.entries() == (2, None)

    publication = job.article.publications.get()
    assert "Tudor Byline" in Client().get(publication.get_absolute_url()).content.decode()
    (line,) = statements.rows(statements.draw(cast.contributor("tudor"), month, "MDL", by=cast.user("clara")))
    assert line["address"] == publication.get_absolute_url()
