"""How translations stand to what their original says now, and what follows when it says something else."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from articles.enums import Change, PublicState
from articles.models.article import Article
from articles.models.publication import Publication
from articles.workflow import machine
from translations import renewing
from translations.enums import Freshness, JobState
from translations.models.job import Job

NO_NEWS = frozenset({Change.REFILE, Change.METADATA, Change.HOLD, Change.RELEASE})
"""Changes after which a translation says no less than its original."""
LOOKED_BACK = timedelta(days=30)  # for what appeared by its schedule, or while nobody listened


def follow(original: Article) -> None:
    """Brings every job of the story to know what readers have of the original now."""
    now = machine.valid_publication(original)
    if now is None or now.state == PublicState.HELD:
        return
    for job in Job.objects.filter(original=original).exclude(state=JobState.CANCELLED):
        if now.state != PublicState.LIVE:
            renewing.call_off(job, note=str(now.get_state_display()))
        elif job.base_id != now.revision_id:
            renewing.follow(job, now.revision, major=_is_news(job, now))


def catch_up() -> int:
    """What appeared by its schedule, or whose news nobody heard; returns how many stories. The worker calls it."""
    jobs_of = Job.objects.filter(original=OuterRef("article")).exclude(state=JobState.CANCELLED)
    older = jobs_of.exclude(base=OuterRef("revision"))
    marked = Q(freshness=Freshness.MINOR, state__in=renewing.REFILES_WAIT)
    live = Q(state=PublicState.LIVE)
    behind = (
        Q(Exists(jobs_of.exclude(state=JobState.DONE)), state__in=[PublicState.RETRACTED, PublicState.REMOVED])
        | live & Q(Exists(older.exclude(marked)))
        | live & Q(Exists(older)) & ~Q(change__in=NO_NEWS)
    )
    began = Publication.objects.valid().filter(visible_from__gte=timezone.now() - LOOKED_BACK, article=F("family"))
    rows = began.filter(behind).select_related("article").defer("body", "story", "article__body")
    found = list(rows.order_by("visible_from", "pk"))
    for row in found:
        follow(row.article)
    return len(found)


def _is_news(job: Job, now: Publication) -> bool:
    """Whether anything but refiles lies between the text that the job is of and what readers have now."""
    rows = Publication.objects.ever_public().filter(article=job.original_id, number__lte=now.number)
    seen = rows.filter(revision=job.base_id).order_by("-number").values_list("number", flat=True).first()
    since = rows.filter(number__gt=seen or 0).values_list("change", flat=True)
    return any(Change(change) not in NO_NEWS for change in since)
