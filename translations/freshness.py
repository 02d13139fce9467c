"""How translations stand to what their original says now, and what follows when it says something else."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from articles.enums import Change, PublicState
from articles.models.article import Article
from articles.models.publication import Publication
from articles.workflow import machine
from translations import jobs
from translations.enums import JobState
from translations.models.job import Job

NO_NEWS = frozenset({Change.REFILE, Change.METADATA, Change.HOLD, Change.RELEASE})
"""Changes after which a translation says no less than its original."""
LOOKED_BACK = timedelta(days=1)  # for what appeared by its schedule, or while nobody listened


def follow(original: Article) -> None:
    """Brings every job of the story to know what readers have of the original now."""
    now = machine.valid_publication(original)
    if now is None or now.state == PublicState.HELD:
        return
    for job in Job.objects.filter(original=original).exclude(state=JobState.CANCELLED):
        if now.state != PublicState.LIVE:
            jobs.call_off(job, note=str(now.get_state_display()))
        elif job.base_id != now.revision_id:
            jobs.follow(job, now.revision, major=_is_news(job, now))


def catch_up() -> int:
    """What appeared by its schedule, or was withdrawn unheard; returns how many stories. The worker calls it."""
    began = Publication.objects.valid().filter(visible_from__gte=timezone.now() - LOOKED_BACK, article=F("family"))
    asked = Job.objects.exclude(state=JobState.CANCELLED).values("original")
    rows = began.filter(article__in=asked).select_related("article").defer("body", "story")
    stories = 0
    for row in rows.order_by("visible_from", "pk"):
        known = Job.objects.filter(original=row.article_id).exclude(state=JobState.CANCELLED)
        withdrawn = row.state not in {PublicState.LIVE, PublicState.HELD}
        behind = known.exclude(state=JobState.DONE) if withdrawn else known.exclude(base=row.revision_id)
        if behind.exists():
            follow(row.article)
            stories += 1
    return stories


def _is_news(job: Job, now: Publication) -> bool:
    """Whether anything but refiles lies between the text that the job is of and what readers have now."""
    rows = Publication.objects.ever_public().filter(article=job.original_id, number__lte=now.number)
    seen = rows.filter(revision=job.base_id).order_by("-number").values_list("number", flat=True).first()
    since = rows.filter(number__gt=seen or 0).values_list("change", flat=True)
    return any(Change(change) not in NO_NEWS for change in since)
