"""The checks on delivery, asked of a job: its segments, the people and quotes of its original, the newsroom's terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from articles.workflow import checking
from translations import jobs, proofing, terms
from translations.jobs import Obstacle
from translations.models.job import Job
from translations.models.segment import Segment
from translations.proofing import ERROR, Pair, Said, Work

OWN_WORDS = frozenset({"term", "kept", "forbidden"})  # names are looked after by proofing
MOST_SAID = 12  # reasons against a delivery; the workbench shows them all


@dataclass(frozen=True)
class Fault:
    """What is wrong, in words. ``segment`` is None for what is wrong with the whole."""

    segment: Segment | None
    message: str
    serious: bool


def faults(job: Job) -> list[Fault]:
    """What the checks have against the job as it stands, by segment."""
    segments = list(Segment.objects.filter(job=job).order_by("position"))
    for segment in segments:
        segment.job = job
    found = [
        Fault(None if fault.index is None else segments[fault.index], proofing.message(fault), fault.severity == ERROR)
        for fault in proofing.proof(work(job, segments))
    ]
    by_id = {segment.pk: segment for segment in segments}
    found += [
        Fault(by_id[fault.segment], fault.message, fault.severity == ERROR)
        for fault in terms.faults(segments)
        if fault.check in OWN_WORDS
    ]
    return sorted(found, key=lambda fault: fault.segment.position if fault.segment else 0)


def work(job: Job, segments: Sequence[Segment]) -> Work:
    """The job as the checks read it."""
    return Work(
        source_language=job.original.language,
        target_language=job.language,
        pairs=tuple(_pair(segment) for segment in segments),
        people=checking.reading(job.base).people,
        quotes=tuple(
            Said(quote["words"], quote["original_words"], quote["original_language"])
            for quote in job.base.document["quotes"]
        ),
        kept=terms.book_of(job, segments).kept,
    )


def against_delivery(job: Job) -> list[Obstacle]:
    """The errors, each with its segment: a guard of ``jobs.deliver``, which counts what isn't translated itself."""
    numbers = {
        pk: number
        for number, pk in enumerate(
            Segment.objects.filter(job=job).order_by("position").values_list("pk", flat=True), start=1
        )
    }
    said = [
        Obstacle(
            _("Segment %(number)s: %(message)s") % {"number": numbers[fault.segment.pk], "message": fault.message},
            fault.segment.pk,
        )
        if fault.segment
        else Obstacle(fault.message)
        for fault in faults(job)
        if fault.serious and not (fault.segment and not fault.segment.target and not fault.segment.omitted)
    ]
    if (more := len(said) - MOST_SAID) > 0:
        besides = _("Faults besides: %(more)s. The workbench shows them all.") % {"more": more}
        return [*said[:MOST_SAID], Obstacle(besides)]
    return said


def connect() -> None:
    """From now on a delivery asks the checks."""
    if against_delivery not in jobs.ON_DELIVERY:
        jobs.ON_DELIVERY.append(against_delivery)


def _pair(segment: Segment) -> Pair:
    return Pair(
        source=segment.source, target=segment.target, field=segment.field, paragraph=segment.paragraph,
        marks=segment.marks, omitted=segment.omitted, method=segment.method, state=segment.state,
    )  # fmt: skip
