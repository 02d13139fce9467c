"""Makers for the tests of the workbench: jobs cut into segments, without the road to them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from articles.models import Article
from tests import cast
from translations import cutting
from translations.enums import JobState, SegmentState
from translations.models import Job, Segment

BODY = (
    '<p>The commission met in <strong>Galați</strong> on Monday. It agreed on a <a href="/en/">timetable</a>. '
    "Work begins in March.</p><p>Work begins in March.</p>"
)


def job(
    state: JobState = JobState.TRANSLATING, *, original: Article | None = None, language: str = "ro", **fields: Any
) -> Job:
    """Tudor's job on a story of Rita's, in *state*; Emil revises."""
    original = original or cast.live(body=BODY)
    values = {
        "translator": cast.user("tudor"),
        "reviser": cast.user("emil"),
        "requested_by": cast.user("elena"),
        **fields,
    }
    made = Job.objects.create(original=original, language=language, base=original.head, state=state, **values)
    cutting.prepare(made)
    Segment.objects.filter(job=made).update(changed_at=timezone.now() - timedelta(hours=1))
    return made


def segments(job: Job) -> list[Segment]:
    return list(Segment.objects.filter(job=job).order_by("position"))


def of_body(job: Job) -> list[Segment]:
    """“The commission met in <1>Galați</1> …”, “It agreed …”, and “Work begins …” twice."""
    return list(Segment.objects.filter(job=job, field="body").order_by("position"))


def translated(job: Job) -> None:
    """Everything done by Tudor; what it says is of no matter."""
    for segment in segments(job):
        segment.target, segment.state = segment.source, SegmentState.TRANSLATED
        segment.by = cast.user("tudor")
        segment.save()


def many(job: Job, count: int) -> None:
    """As many segments more."""
    first = 1_000_000
    Segment.objects.bulk_create(
        Segment(
            job=job, position=first + number, field="body", paragraph=first + number, source=f"Sentence {number}.",
            sha256="0" * 64, by=cast.user("tudor"), target=f"Fraza {number}.",
        )
        for number in range(count)
    )  # fmt: skip
