"""Makers of jobs for the tests of the translation desk; each subject keeps its own block."""

from __future__ import annotations

from typing import Any

from articles.models import Article, Contributor
from articles.workflow import filing
from tests import cast
from translations import drafting, jobs, segmenting
from translations.enums import Method, SegmentState
from translations.models import Job, MemoryEntry, Segment, Term

# The road of a job: asked for by Elena, translated by Tudor, revised by Emil.

EIGHT = "".join(
    f"<p>Paragraph {number} says that the talks went on. Its second sentence says when. And a third one says why.</p>"
    for number in range(1, 9)
)


def bylines(*names: str) -> None:
    for name in names or ("tudor", "emil", "elena"):
        cast.contributor(name)


def asked(original: Article | None = None, language: str = "ro", to: str = "tudor", **fields: Any) -> Job:
    """A job that Elena asks *to* for; of Rita's live story unless said otherwise."""
    bylines()
    original = original or cast.live()
    translator = cast.user(to) if to else None
    return jobs.request(original, languages=[language], by=cast.user("elena"), translator=translator, **fields)[0]


def accepted(*args: Any, by: str = "tudor", **fields: Any) -> Job:
    job = asked(*args, **fields)
    return jobs.accept(job, by=cast.user(by), version=job.version)


def fill(job: Job, by: str = "tudor", **fields: Any) -> None:
    """Translates each segment that asks for work: the source in capitals stands for the other language."""
    for segment in Segment.objects.filter(job=job, state=SegmentState.INITIAL):
        values = {"target": say(segment.source), "state": SegmentState.TRANSLATED, "method": Method.HUMAN, **fields}
        for name, value in values.items():
            setattr(segment, name, value)
        segment.by, segment.round = cast.user(by), job.round
        segment.stale, segment.old_source = False, ""
        segment.version += 1
        segment.save()


def say(source: str) -> str:
    """Something that is not the source, with its numbers and marks in place."""
    return f"Ro {source}"


def delivered(*args: Any, **fields: Any) -> Job:
    job = accepted(*args, **fields)
    fill(job)
    return jobs.deliver(job, by=cast.user("tudor"), version=job.version)


def revising(*args: Any, by: str = "emil", **fields: Any) -> Job:
    job = delivered(*args, **fields)
    return jobs.take_up(job, by=cast.user(by), version=job.version)


def done(*args: Any, by: str = "emil", **fields: Any) -> Job:
    job = revising(*args, by=by, **fields)
    return jobs.finish(job, by=cast.user(by), version=job.version, read=True)


def published(*args: Any, **fields: Any) -> Job:
    """A finished job whose translation readers have."""
    from articles.workflow import publishing

    job = done(*args, **fields)
    article = cast.fresh(job.article)
    if article.state == "editing":  # the copy desk found something in the invented language
        article = waived(article)
    publishing.publish(article, by=cast.user("emil"), version=article.version)
    return fresh(job)


def waived(article: Article) -> Article:
    from articles.models import Finding

    for finding in Finding.objects.filter(revision=article.head):
        if finding.refuses:
            Finding.objects.filter(pk=finding.pk).update(waived_by=cast.user("emil"), waived_why="A test.")
    return filing.approve(article, by=cast.user("emil"), version=article.version)


def fresh(job: Job) -> Job:
    return Job.objects.get(pk=job.pk)


def byline(name: str, languages: str = "") -> Contributor:
    """The name's byline, with the languages that it knows."""
    made = cast.contributor(name)
    Contributor.objects.filter(pk=made.pk).update(languages=languages)
    return made


# The memory and the terms


def at_work(original: Article, language: str = "ro", by: str = "tudor", *, begun: bool = True) -> Job:
    """A translator's job on *original*, with its working copy unless it has not *begun*."""
    original = cast.fresh(original)
    copy = drafting.begin(original, language=language, by=cast.user(by)) if begun else None
    return Job.objects.create(
        original=original, language=language, base=original.head, article=copy, translator=cast.user(by),
        requested_by=cast.user("elena"), state="translating",
    )  # fmt: skip


def segments(of: Job, *pairs: tuple[str, str], field: str = "body", **columns: Any) -> list[Segment]:
    """Segments of *field* with these sources and targets, after those that are there. An empty target: not translated."""
    begin = of.segments.count()
    rows = [
        Segment(
            job=of, position=1024 * (begin + place), field=field, source=source, target=target,
            sha256=segmenting.sha256(source), by=of.translator if target else None,
            state=SegmentState.TRANSLATED if target else SegmentState.INITIAL,
            method=Method.HUMAN if target else "", **columns,
        )
        for place, (source, target) in enumerate(pairs)
    ]  # fmt: skip
    Segment.objects.bulk_create(rows)
    return list(of.segments.order_by("position")[begin:])


def remembered(source: str, target: str, languages: tuple[str, str] = ("en", "ro"), **columns: Any) -> MemoryEntry:
    """An entry of the memory that came from a file, unless said otherwise."""
    values = {"origin": "memory.tmx", **columns}
    return MemoryEntry.objects.create(
        source=source, target=target, source_language=languages[0], target_language=languages[1], **values
    )


def term(source: str, *forms: str, languages: tuple[str, str] = ("en", "ro"), **columns: Any) -> Term:
    return Term.objects.create(
        source=source, target="\n".join(forms), source_language=languages[0], target_language=languages[1], **columns
    )


def targets(found: Any) -> list[str]:
    return [match.target for match in found]
