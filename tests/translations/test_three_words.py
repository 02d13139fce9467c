"""Three words change in the third of eight paragraphs of a published story: what then asks for work, and what doesn't."""

import pytest

from articles.enums import Change
from articles.models import Finding, Publication
from newsroom import desk
from newsroom.desk.front import QUEUES
from tests import cast
from tests.translations import making
from tests.translations.test_freshness import again, publish
from translations import checking, jobs, standing
from translations.enums import SegmentState
from translations.models import Job, Segment

pytestmark = pytest.mark.django_db(transaction=True)
EIGHT = "".join(
    f"<p>The {ordinal} channel was measured by the commission. Its depth is told to every captain who asks.</p>"
    for ordinal in ("upper", "lower", "eastern", "western", "northern", "southern", "old", "new")
)
WAS = "The eastern channel was measured by the commission."
IS = "The eastern harbour was closed for the commission."
PEOPLE = ("tudor", "elena", "emil", "clara", "rita")


def segments(job: Job) -> dict[int, tuple[object, ...]]:
    rows = Segment.objects.filter(job=job)
    return {row.pk: (row.source, row.target, row.state, row.stale, row.version, row.position) for row in rows}


def queues() -> set[tuple[str, str, str]]:
    """Who finds what where: person, queue, and the row's address."""
    return {
        (name, queue, row.address)
        for name in PEOPLE
        for queue in QUEUES
        for row in getattr(desk.one(cast.user(name), queue), "rows", ())
    }


def table() -> dict[tuple[int, str], str]:
    return {
        (line.original.family, cell.language): cell.standing.code for line in standing.newest(10) for cell in line.cells
    }


def findings(article) -> list[tuple[str, str]]:
    return sorted(Finding.objects.filter(revision=cast.fresh(article).head).values_list("rule", "message"))


def faults(job: Job) -> set[tuple[int, str]]:
    found = checking.faults(making.fresh(job))
    return {(fault.segment.pk if fault.segment else 0, fault.message) for fault in found}


def test_three_words_in_the_third_of_eight_paragraphs():
    story = cast.live(body=EIGHT)
    other = cast.live(body=EIGHT, slug="another", headline="Another timetable")
    job, elsewhere = making.published(story), making.published(other)
    before, waiting, told, found = segments(job), queues(), table(), findings(story)
    rest, checked = segments(elsewhere), faults(job)

    again(story, body=EIGHT.replace(WAS, IS))

    changed = {pk for pk, row in segments(job).items() if row != before.get(pk)}
    assert before.keys() == segments(job).keys()
    [stale] = Segment.objects.filter(job=job, pk__in=changed)
    assert (stale.source, stale.old_source, stale.target) == (IS, WAS, f"Ro {WAS}")
    assert (stale.paragraph, stale.stale, stale.state) == (2, True, SegmentState.INITIAL)
    assert segments(elsewhere) == rest
    translation, address = making.fresh(job).article, f"/admin/translations/job/{job.pk}/change/"
    assert table() == {**told, (story.pk, "ro"): "stale"}
    assert findings(story) == found
    assert {pk for pk, _message in faults(job) - checked} <= {stale.pk}
    behind = translation.get_absolute_url()
    assert queues() - waiting == {
        ("tudor", "offered", address),
        ("tudor", "corrected", behind),
        *((editor, "problems", behind) for editor in ("elena", "emil", "clara")),
    }
    assert waiting <= queues()


def test_the_one_sentence_done_nothing_asks_any_more():
    story = cast.live(body=EIGHT)
    job = making.published(story)
    waiting = queues()
    again(story, body=EIGHT.replace(WAS, IS))
    job = jobs.accept(making.fresh(job), by=cast.user("tudor"), version=making.fresh(job).version)
    making.fill(job)
    job = jobs.deliver(job, by=cast.user("tudor"), version=job.version)
    job = jobs.take_up(job, by=cast.user("emil"), version=job.version)
    job = jobs.finish(job, by=cast.user("emil"), version=job.version, read=True)
    publish(job, change=Change.CORRECTION, note="As in the original.")
    page = Publication.objects.live().get(article=job.article)
    assert f"Ro {IS}" in page.body
    assert page.body.count("<p>") == 8
    assert table()[story.pk, "ro"] == "fresh"
    assert {(who, queue) for who, queue, _where in queues() - waiting} == {("elena", "credits"), ("clara", "credits")}
    assert waiting <= queues()
