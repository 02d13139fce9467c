"""For how long a translation is somebody's: a claim runs out when nobody has saved anything for so many hours."""

from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from translations.enums import JobState
from translations.models.job import Job

CLAIMED = (JobState.ACCEPTED, JobState.TRANSLATING)


def until() -> datetime:
    """When a claim that is taken, or used, now runs out."""
    return timezone.now() + timedelta(hours=settings.NEWSROOM_TRANSLATION_CLAIM_HOURS)


def extend(job_id: int) -> None:
    """Whoever saves a segment keeps the claim alive."""
    Job.objects.filter(pk=job_id, state__in=CLAIMED).update(claimed_until=until())
