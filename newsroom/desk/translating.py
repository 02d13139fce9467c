"""The translation desk's queues: what is mine, offered, late, came back, became stale; what waits for a reviser."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.enums import DeskState, Role
from articles.models.article import Article
from articles.models.credit import Credit
from articles.models.publication import Publication
from articles.permissions import EDITORS, roles_of
from newsroom.desk.problems import behind_their_original
from newsroom.desk.queue import Queue, Row, cut, from_publication
from translations.enums import JobState, JobStep
from translations.models.job import Job, JobEvent
from translations.permissions import OPEN, WRITING, languages_of, visible_jobs

TOLD_FOR = timedelta(days=7)  # that work was cancelled
LOOKED_AT = 5  # newest live stories read for each that is shown


def mine(user: Any, limit: int) -> Queue:
    """What I translate, alone or with others, and what I revise; for an editor also what they were asked for."""
    theirs = Q(translator=user.pk) | Q(pk__in=user.helping_jobs.values("pk"))
    rows = _jobs(Job.objects.filter(theirs, state__in=WRITING), limit)
    rows += _jobs(Job.objects.filter(reviser=user.pk, state=JobState.REVISING), limit, fact=_("you revise it"))
    if Role.TRANSLATOR not in roles_of(user):
        asked = Job.objects.filter(state=JobState.REQUESTED, translator=user.pk)
        rows += _jobs(asked, limit, fact=_("you were asked"))
    return Queue("translating", _("My translations"), _("You have no translation in hand."), **cut(rows, limit))


def offered(user: Any, limit: int) -> Queue:
    """What I was asked for by name, then what is offered to all who know the language."""
    waiting = Job.objects.filter(state=JobState.REQUESTED)
    rows = _jobs(waiting.filter(translator=user.pk), limit, fact=_("you were asked"))
    rows += _jobs(waiting.filter(translator=None, language__in=languages_of(user)), limit, fact=_("offered to all"))
    return Queue("offered", _("Offered to you"), _("No translation is offered to you."), **cut(rows, limit))


def late(user: Any, limit: int) -> Queue:
    """What is overdue: of all to editors, to a translator of their own."""
    rows = Job.objects.filter(state__in=OPEN, due__lt=timezone.now())
    if not roles_of(user) & EDITORS:
        rows = rows.filter(Q(translator=user.pk) | Q(reviser=user.pk))
    return Queue(
        "late", _("Late translations"), _("No translation is late."), **cut(_jobs(rows, limit, people=True), limit)
    )


def came_back(user: Any, limit: int) -> Queue:
    """What a reviser returned to me, with the comment; and of the last days what was cancelled, with the reason."""
    rows = _jobs(_after(JobStep.RETURN, state=JobState.TRANSLATING, translator=user.pk), limit)
    lately = {"translator": user.pk, "changed_at__gt": timezone.now() - TOLD_FOR}
    rows += _jobs(_after(JobStep.CANCEL, state=JobState.CANCELLED, **lately), limit)
    return Queue("came_back", _("Came back"), _("No translation came back to you."), **cut(rows, limit))


def declined(user: Any, limit: int) -> Queue:
    """What its translator declined, with the reason, or let run out, and nobody has taken since."""
    rows = _jobs(_after(JobStep.DECLINE, state=JobState.REQUESTED, translator=None), limit, fact=_("declined"))
    rows += _jobs(_after(JobStep.EXPIRE, state=JobState.REQUESTED, translator=None), limit, fact=_("ran out"))
    return Queue("declined", _("Declined translations"), _("No translation was declined."), **cut(rows, limit))


def _after(step: JobStep, **jobs: Any) -> QuerySet[Job]:
    """The jobs whose last step was *step*, with what was said then."""
    last = JobEvent.objects.filter(job=OuterRef("pk")).order_by("-at", "-id")
    rows = Job.objects.filter(**jobs).annotate(
        last_step=Subquery(last.values("step")[:1]), said=Subquery(last.values("note")[:1])
    )
    return rows.filter(last_step=step)


def to_revise(user: Any, limit: int) -> Queue:
    """Delivered, and waiting for a second person."""
    rows = visible_jobs(user).filter(state=JobState.DELIVERED).exclude(translator=user.pk)
    return Queue(
        "revise",
        _("To revise"),
        _("No delivered translation waits for a reviser."),
        **cut(_jobs(rows, limit, people=True), limit),
    )


def corrected(user: Any, limit: int) -> Queue:
    """Translations credited to the user that readers have and whose original changed since."""
    own = Exists(Credit.objects.of_user(user).filter(article=OuterRef("article")))
    return Queue(
        "corrected",
        _("Original changed"),
        _("Your translations are up to date."),
        **cut(behind_their_original(limit + 1, only=own), limit),
    )


def translatable(user: Any, limit: int) -> Queue:
    """Live originals that are neither there nor asked for yet in one of the user's languages, the newest first."""
    wanted = languages_of(user)
    live = Publication.objects.live().filter(article_id=F("family"))
    newest = list(live.order_by("-visible_from", "-id").for_lists()[: LOOKED_AT * (limit + 1)])
    there: dict[int, set[str]] = {row.family: {row.language} for row in newest}
    translations = Article.objects.filter(original__in=there).exclude(state=DeskState.SPIKED)
    for translation in translations.only("original_id", "language"):
        there[translation.family_id].add(translation.language)
    asked = Job.objects.filter(original__in=there).exclude(state=JobState.CANCELLED)
    for job in asked.only("original_id", "language"):
        there[job.original_id].add(job.language)
    pages = [row for row in newest if row.page]  # a language may have written its own instead
    written = Article.objects.filter(page__in={row.page for row in pages}).exclude(state=DeskState.SPIKED)
    for kind, language in written.values_list("page", "language"):
        for row in pages:
            if row.page == kind:
                there[row.family].add(language)
    rows = [
        from_publication(
            row, label=_("published"), facts=[_("not in %(languages)s") % {"languages": ", ".join(missing)}]
        )
        for row in newest
        if (missing := [code for code in wanted if code not in there[row.family]])
    ]
    return Queue("translate", _("Could be translated"), _("Everything is translated."), **cut(rows, limit))


def _jobs(jobs: QuerySet[Job], limit: int, *, fact: str = "", people: bool = False) -> list[Row]:
    """Rows about jobs, what is due first, first; one more than is shown."""
    found = jobs.select_related("original", "translator").defer("brief", "original__body", "original__standfirst")
    found = found.annotate(headline_said=KeyTextTransform("headline", "base__document"))
    in_order = found.order_by(F("due").asc(nulls_last=True), "id")
    return [_row(job, fact, people=people) for job in in_order[: limit + 1]]


def _row(job: Any, fact: str, *, people: bool) -> Row:
    facts = [f"{job.original.language} → {job.language}", fact or job.get_state_display()]
    if people and job.translator is not None:
        facts.append(str(job.translator))
    if job.urgent:
        facts.append(_("urgent"))
    if job.special:
        facts.append(_("specialised text"))
    if job.round > 1:
        facts.append(_("the original changed"))
    return Row(
        address=reverse("admin:translations_job_change", args=[job.pk]),
        headline=job.headline_said,
        language=job.original.language,
        facts=facts,
        when=job.changed_at,
        label=_("changed"),
        due=job.due,
        note=str(getattr(job, "said", "") or ""),
    )
