"""Makers for the tests of credits and money: rates, jobs that are done, entries of the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils import timezone

from articles.models import Article, Contributor
from articles.workflow import filing, publishing
from tests import cast, flush
from translations import ledger, rates, recording, statements
from translations.enums import JobState, Method, SegmentState
from translations.models import Job, LedgerEntry, LoggedWork, RateCard, Segment

LONG_AGO = date(2020, 1, 1)


def card(**fields: Any) -> RateCard:
    """Everybody's rate for translators: 90 lei for 1,800 characters with spaces of the original, from long ago on."""
    values = {"role": "translator", "unit_size": 1800, "price": Decimal(90), "currency": "MDL", "valid_from": LONG_AGO}
    return rates.introduce(RateCard(**{**values, **fields}), by=cast.user("clara"))


def job(*, translator: str = "tudor", reviser: str | None = "emil", **fields: Any) -> Job:
    """A translation into Romanian that waits to be accepted: the story is there, and its segments are translated."""
    cast.contributor(translator)
    original = fields.pop("original", None) or cast.live()
    article = fields.pop("article", None) or cast.draft(
        by=cast.user(translator), original=original, language="ro", headline="Comisia convine asupra unui calendar"
    )
    made = Job.objects.create(
        original=original, language="ro", article=article, base=original.head, state=JobState.REVISING,
        translator=cast.user(translator), reviser=cast.user(reviser) if reviser else None,
        requested_by=cast.user("elena"), **fields,
    )  # fmt: skip
    segment(made, 1, "Commission agrees on a timetable", translator)
    segment(made, 2, "Work on the lower channel begins in spring.", translator)
    return made


def segment(job_: Job, position: int, source: str, by: str, **fields: Any) -> Segment:
    values: dict[str, Any] = {
        "state": SegmentState.FINAL, "method": Method.HUMAN, "target": f"[{source}]", "round": job_.round, "sha256": "0" * 64,
        "field": "body",
    }  # fmt: skip
    return Segment.objects.create(job=job_, position=position, source=source, by=cast.user(by), **{**values, **fields})


def entry(job_: Job | None = None, *, by: str = "elena", **fields: Any) -> LedgerEntry:
    """The translator's entry of a job that *by* accepts."""
    return recording.record(job_ or job(**fields), by=cast.user(by))[0]


def published(job_: Job) -> Job:
    """The job, whose translation readers have now."""
    elena, article = cast.user("elena"), cast.fresh(job_.article)
    article = filing.submit(article, by=cast.user("tudor"), version=article.version)
    article = filing.claim(article, by=elena, version=article.version)
    article = filing.approve(article, by=elena, version=article.version)
    publishing.publish(article, by=elena, version=article.version)
    return Job.objects.get(pk=job_.pk)


def work(title: str = "A story elsewhere", said: str = "Un text de probă.", **fields: Any) -> LedgerEntry:
    """An entry for a text of Tudor's without a job."""
    values: dict[str, Any] = {
        "contributor": cast.contributor("tudor"), "role": "translator", "source_language": "en", "target_language": "ro",
        "title": title, "day": timezone.localdate(), "texts": {"source": said},
    }  # fmt: skip
    return ledger.enter(ledger.Work(**{**values, **fields}), by=cast.user("elena"), at=fields.pop("at", timezone.now()))


@contextmanager
def behind_the_database() -> Iterator[None]:
    """While it lasts, somebody with the database's own rights changes what no statement could."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    with flush._triggers_off():
        yield


def of_somebody_else(article: Article, mark: str) -> None:
    """A logged credit, an entry and a statement about *article* that are nobody's but the contributor's."""
    who = Contributor.objects.get_or_create(slug="somebody-else", defaults={"name": "Somebody Else"})[0]
    LoggedWork.objects.create(
        contributor=who, article=article, title=mark, text=mark, note=mark, source_language="en", target_language="ro",
        done_on=timezone.localdate(), words=1, characters=1, characters_no_spaces=1, created_by=cast.user("emil"),
    )  # fmt: skip
    card(note=mark)
    work(mark, mark, contributor=who, columns={"article": article})
    work(mark, mark, contributor=who)  # elsewhere: what is not published comes onto no statement
    statements.draw(who, ledger.period(timezone.now()), "MDL", by=cast.user("clara"))
