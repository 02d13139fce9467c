"""The ledger's benchmark, in a process of the newsroom: ``python -m tests.bench.ledger_acts fill 1000``."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django.setup()

from django.contrib.auth.models import Group  # noqa: E402  # apps have to be ready
from django.core.management import call_command  # noqa: E402

from articles.enums import Role  # noqa: E402
from articles.models import Contributor  # noqa: E402
from newsroom.models import User  # noqa: E402
from tests.bench import bulk  # noqa: E402
from translations import ledger, rates, reports, statements, verifying  # noqa: E402
from translations.counting import count  # noqa: E402
from translations.models import LedgerEntry, RateCard, Statement  # noqa: E402
from translations.statement_rows import csv_of  # noqa: E402

PEOPLE, MONTHS = 50, 36
TEXT = "The commission agreed on a timetable for the lower channel, number {0}. " * 12
COLUMNS = tuple(field.attname for field in LedgerEntry._meta.concrete_fields)


def fill(number: str) -> None:
    """Brings up the database and writes *number* chained entries of fifty people, over three years."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("sync_roles", verbosity=0)
    chief = User.objects.create(username="chief", is_staff=True)
    chief.groups.add(Group.objects.get(name=Role.CHIEF))
    people = [Contributor.objects.create(name=f"Writer {n}", slug=f"writer-{n}") for n in range(PEOPLE)]
    card = RateCard(role="translator", price=Decimal(90), currency="MDL", valid_from=date(2020, 1, 1))
    rates.introduce(card, by=chief)
    bulk.write(LedgerEntry, COLUMNS, _rows(int(number), people, card, chief))
    bulk.continue_numbering([LedgerEntry])
    bulk.settle()


def _rows(number: int, people: list[Contributor], card: RateCard, chief: User) -> Any:
    terms, last = rates.terms_of(card), ""
    for place in range(number):
        month = place * MONTHS // number
        at = datetime(2023 + month // 12, month % 12 + 1, 15, 12, tzinfo=UTC)
        text = TEXT.format(place)
        counted = count(text).as_columns()
        priced = rates.price(terms, counted)
        entry = LedgerEntry(
            id=place + 1, seq=place + 1, kind="work", contributor=people[place % PEOPLE], role="translator",
            title=f"Story {place}", url=f"https://elsewhere.example/{place}", source_language="en", target_language="ro",
            work_date=at.date(), accepted_at=at, accepted_by=chief, period=f"{at:%Y-%m}", basis="source", text=text,
            rate=card, terms=terms, units=priced.units, amount=priced.amount, currency="MDL", created_by=chief,
            created_at=at, prev_hash=last, **counted,
        )  # fmt: skip
        entry.hash = last = ledger.digest(entry)
        yield [getattr(entry, name) for name in COLUMNS]


def ask(samples: str) -> dict[str, list[float]]:
    """Milliseconds of a month's statement (drawn up, issued and written as CSV), of the reports, and of the walk."""
    chief = User.objects.get(username="chief")
    months = sorted(set(LedgerEntry.objects.order_by().values_list("period", flat=True).distinct()))
    people = Contributor.objects.order_by("pk")[: int(samples)]
    took: dict[str, list[float]] = {"statement": [], "report": [], "verify": []}
    for person in people:
        took["statement"].append(_timed(lambda person=person: _statement(person, months[0], chief)))
    for report in (reports.by_month, reports.by_pair, reports.by_person, reports.by_section):
        took["report"].append(_timed(lambda report=report: report(months[-12], months[-1])))
    took["verify"].append(_timed(_verified))
    return took


def _statement(person: Contributor, month: str, chief: User) -> None:
    draft = statements.draw(person, month, "MDL", by=chief)
    csv_of(statements.issue(draft, by=chief, version=draft.version))


def _verified() -> None:
    number, fault = verifying.entries()
    if fault is not None or number != LedgerEntry.objects.count():
        raise SystemExit(f"the ledger does not verify: {fault}")
    for statement in Statement.objects.all():
        if wrong := statements.fault(statement):
            raise SystemExit(f"statement {statement.name}: {wrong}")


def _timed(work: Callable[[], Any]) -> float:
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def main(act: str, argument: str) -> None:
    acts: dict[str, Callable[[str], Any]] = {"fill": fill, "ask": ask}
    answer = acts[act](argument)
    if answer is not None:
        print(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
