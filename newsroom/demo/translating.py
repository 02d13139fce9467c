"""The demo's translation desk: terms, rates, logged credits, a statement, and jobs at several points of their road."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from articles.errors import DeskError
from articles.models.article import Article
from articles.workflow import publishing
from newsroom.demo import data
from newsroom.demo.data import Data
from newsroom.models import User
from translations import jobs, ledger, logging_credits, rates, saving, statements
from translations.enums import SegmentState
from translations.models.job import Job
from translations.models.rate import RateCard
from translations.models.term import Term
from translations.models.work import LoggedWork

Users = Mapping[str, User]


@transaction.atomic
def fill(users: Users) -> None:
    """Plays the desk, unless it was played before. What a story that has gone its own way forbids is left out."""
    User.objects.select_for_update().get(pk=users["chief"].pk)  # two runs at once take turns
    if RateCard.objects.filter(created_by__is_demo=True).exists():
        return
    told = data.translation_desk()
    for row in told["terms"]:
        Term.objects.get_or_create(**row)
    for row in told["rates"]:
        _rate(row, users)
    for row in told["logged"]:
        with suppress(Article.DoesNotExist, DeskError), transaction.atomic():
            _logged(row, users)
    for statement in statements.draw_up(ledger.period(timezone.now()), by=users["chief"]):
        statements.issue(statement, by=users["chief"], version=statement.version)
    for row in told["jobs"]:
        with suppress(Article.DoesNotExist, DeskError), transaction.atomic():
            _job(row, users)


def _rate(row: Data, users: Users) -> None:
    amounts = {name: Decimal(row[name]) for name in ("price", "urgent_factor") if name in row}
    begins = timezone.localdate().replace(day=1)
    rates.introduce(RateCard(**{**row, **amounts, "valid_from": begins}), by=users["chief"])


def _logged(row: Data, users: Users) -> None:
    columns = {name: value for name, value in row.items() if name not in {"slug", "approved"}}
    article = Article.objects.get(slug=row["slug"]) if "slug" in row else None
    work = LoggedWork(article=article, done_on=timezone.localdate(), **columns)
    work = logging_credits.log(work, by=users["translator"])
    if row.get("approved"):
        logging_credits.approve(work, by=users["editor"])


def _job(row: Data, users: Users) -> None:
    """Takes the job as far as its ``as_far_as`` says: asked for, being translated, or finished and published."""
    translator = users[row["translator"]] if "translator" in row else None
    job = jobs.request(
        Article.objects.get(slug=row["slug"], original=None),
        languages=[row["language"]],
        by=users["editor"],
        translator=translator,
        due=timezone.now() + timedelta(hours=row["due_hours"]),
        brief=row.get("brief", ""),
    )[0]
    if "as_far_as" not in row:
        return
    job = jobs.accept(job, by=translator, version=job.version)
    for segment in job.segments.all():
        if segment.source in row["texts"]:
            saving.confirm(segment.pk, by=translator, version=segment.version, target=row["texts"][segment.source])
    if row["as_far_as"] == "finished":
        _finished(Job.objects.get(pk=job.pk), users[row["reviser"]], users["editor"])


def _finished(job: Job, reviser: User, publisher: User) -> None:
    job = jobs.deliver(job, by=job.translator, version=job.version)
    job = jobs.take_up(job, by=reviser, version=job.version)
    for segment in job.segments.all():
        saving.save(segment.pk, by=reviser, version=segment.version, target=segment.target, state=SegmentState.REVIEWED)
    job = Job.objects.get(pk=job.pk)
    job = jobs.finish(job, by=reviser, version=job.version)
    article = Article.objects.get(job=job)
    publishing.publish(article, by=publisher, version=article.version)
