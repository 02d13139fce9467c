"""The one way in which a segment is written."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.errors import NotAllowed, Refused, Stale
from tests import cast
from tests.translations import writing
from translations import saving, segmenting
from translations.enums import JobState, Method, SegmentState
from translations.models import Job, Segment

pytestmark = pytest.mark.django_db


@pytest.fixture
def job() -> Job:
    return writing.job()


def save(segment: Segment, target: str, by: str = "tudor", **told) -> Segment:
    return saving.save(segment.pk, by=cast.user(by), version=segment.version, target=target, **told)


def confirm(segment: Segment, target: str, by: str = "tudor", **told) -> Segment:
    return saving.confirm(segment.pk, by=cast.user(by), version=segment.version, target=target, **told)


def stored(segment: Segment) -> Segment:
    return Segment.objects.get(pk=segment.pk)


def test_a_draft_is_kept_with_whose_it_is(job):
    segment = save(writing.of_body(job)[2], "Lucrările încep în martie.")
    assert (segment.target, segment.state, segment.by, segment.version, segment.method) == (
        "Lucrările încep în martie.", SegmentState.INITIAL, cast.user("tudor"), 1, Method.HUMAN,
    )  # fmt: skip


def test_the_first_word_makes_an_accepted_job_one_that_is_translated():
    job = writing.job(JobState.ACCEPTED)
    save(writing.of_body(job)[2], "Lucrările")
    assert Job.objects.get(pk=job.pk).state == JobState.TRANSLATING


def test_writing_extends_the_claim(job):
    soon = timezone.now() + timedelta(hours=1)
    Job.objects.filter(pk=job.pk).update(claimed_until=soon)
    save(writing.of_body(job)[2], "Lucrările")
    assert Job.objects.get(pk=job.pk).claimed_until > soon


def test_of_two_clients_with_one_version_one_wins_and_the_other_is_told_both_texts(job):
    job.helpers.add(cast.user("elena"))
    segment = writing.of_body(job)[2]
    save(segment, "Lucrările încep în martie.")
    with pytest.raises(saving.Overtaken) as told:
        save(segment, "Munca începe în martie.", by="elena")
    assert isinstance(told.value, Stale)
    assert told.value.segment.target == "Lucrările încep în martie."
    assert told.value.typed == "Munca începe în martie."
    assert "Tudor" in str(told.value)
    assert stored(segment).target == "Lucrările încep în martie."


def test_an_answer_that_got_lost_does_not_make_a_conflict_with_oneself(job):
    segment = writing.of_body(job)[2]
    save(segment, "Lucrările încep.")
    again = save(segment, "Lucrările încep.")
    assert again.version == 1


def test_a_draft_may_lack_marks_but_what_is_confirmed_has_them_all(job):
    segment = save(writing.of_body(job)[0], "Comisia s-a întrunit la Galați.")
    with pytest.raises(Refused, match="Mark 1 is missing"):
        confirm(segment, "Comisia s-a întrunit luni la Galați.")
    assert stored(segment).target == "Comisia s-a întrunit la Galați."
    done = confirm(segment, "Comisia s-a întrunit la <1>Galați</1>.")
    assert done.state == SegmentState.TRANSLATED


def test_nothing_is_no_translation(job):
    with pytest.raises(Refused, match="Write the translation first"):
        confirm(writing.of_body(job)[2], "  ")


def test_stray_signs_become_text(job):
    assert save(writing.of_body(job)[2], "A & B < C\nD\0").target == "A &amp; B &lt; C D"


def test_a_text_beyond_all_measure_is_refused(job):
    with pytest.raises(Refused, match="too long"):
        save(writing.of_body(job)[2], "a" * 20_001)


def test_confirming_fills_the_repetitions_that_are_empty(job):
    first, second = writing.of_body(job)[2:4]
    confirm(first, "Lucrările încep în martie.")
    second = stored(second)
    assert (second.target, second.state, second.method, second.by) == (
        "Lucrările încep în martie.", SegmentState.TRANSLATED, Method.REPETITION, cast.user("tudor"),
    )  # fmt: skip


def test_a_repetition_that_somebody_wrote_stays_as_it_is(job):
    first, second = writing.of_body(job)[2:4]
    save(second, "În martie.")
    confirm(first, "Lucrările încep în martie.")
    assert stored(second).target == "În martie."


def test_leaving_out_wants_a_reason_and_opening_again_takes_it_away(job):
    segment = writing.of_body(job)[2]
    with pytest.raises(Refused, match="Write why"):
        saving.omit(segment.pk, by=cast.user("tudor"), version=0, reason=" ")
    with pytest.raises(Refused, match="300 characters"):
        saving.omit(segment.pk, by=cast.user("tudor"), version=0, reason="a" * 301)
    left = saving.omit(segment.pk, by=cast.user("tudor"), version=0, reason="Local advertisement.")
    assert (left.omitted, left.state, left.target) == ("Local advertisement.", SegmentState.TRANSLATED, "")
    opened = saving.reopen(segment.pk, by=cast.user("tudor"), version=left.version)
    assert (opened.omitted, opened.state) == ("", SegmentState.INITIAL)


def test_what_is_stale_is_fresh_once_it_is_confirmed(job):
    segment = writing.of_body(job)[2]
    Segment.objects.filter(pk=segment.pk).update(
        target="Lucrările încep în aprilie.", stale=True, old_source="Work begins in April.", round=1
    )
    Job.objects.filter(pk=job.pk).update(round=2)
    save(segment, "Lucrările încep în martie.")
    assert stored(segment).stale
    done = confirm(stored(segment), "Lucrările încep în martie.")
    assert (done.stale, done.old_source, done.round) == (False, "", 2)


class TestMethod:
    def test_a_machines_words_that_are_changed_are_edited(self, job):
        segment = save(writing.of_body(job)[2], "Munca.", method=Method.MACHINE, engine="Fake 1")
        assert segment.method == Method.MACHINE
        segment = save(segment, "Munca începe.")
        assert (segment.method, segment.engine) == (Method.POST_EDITED, "Fake 1")

    def test_a_match_that_is_changed_keeps_its_percents(self, job):
        segment = save(writing.of_body(job)[2], "Munca.", method=Method.MEMORY, match=87)
        segment = save(segment, "Munca începe.")
        assert (segment.method, segment.match) == (Method.HUMAN, 87)

    def test_emptied_it_comes_from_nowhere(self, job):
        segment = save(writing.of_body(job)[2], "Munca.", method=Method.MEMORY, match=87)
        segment = save(segment, "")
        assert (segment.method, segment.match) == ("", 0)


class TestRevision:
    def test_the_reviser_confirms_as_revised_and_the_translator_stays_the_author(self, job):
        writing.translated(job)
        Job.objects.filter(pk=job.pk).update(state=JobState.REVISING)
        segment = writing.of_body(job)[2]
        done = confirm(segment, "Mai bine.", by="emil")
        assert (done.state, done.by, done.revised_by) == (
            SegmentState.REVIEWED, cast.user("tudor"), cast.user("emil"),
        )  # fmt: skip
        assert done.before_revision == "Work begins in March."

    def test_what_the_reviser_takes_back_is_no_difference(self, job):
        writing.translated(job)
        Job.objects.filter(pk=job.pk).update(state=JobState.REVISING)
        segment = save(writing.of_body(job)[2], "Mai bine.", by="emil")
        assert save(segment, "Work begins in March.", by="emil").before_revision == ""


class TestCutting:
    def test_a_split_loses_no_word_and_moves_no_neighbour(self, job):
        before = [segment.source for segment in writing.segments(job)]
        segment = writing.of_body(job)[0]
        segment = save(segment, "Comisia s-a întrunit la <1>Galați</1> luni.")
        first, second = saving.split(segment.pk, by=cast.user("tudor"), version=segment.version, offset=15)
        assert (first.source, second.source) == ("The commission", "met in <1>Galați</1> on Monday.")
        assert (first.target, second.target) == ("Comisia s-a întrunit la <1>Galați</1> luni.", "")
        assert (first.marks, second.marks) == ({}, {"1": ["strong", {}]})
        after = [segment.source for segment in writing.segments(job)]
        assert [*after[: after.index(first.source)], f"{first.source} {second.source}"] == before[
            : before.index(segment.source) + 1
        ]
        assert first.sha256 == segmenting.sha256(first.source)

    def test_a_place_at_the_edge_is_none(self, job):
        segment = writing.of_body(job)[0]
        with pytest.raises(Refused, match="inside the segment"):
            saving.split(segment.pk, by=cast.user("tudor"), version=0, offset=500)

    def test_positions_are_dealt_out_anew_where_there_is_no_room(self, job):
        first, second, *_rest = writing.of_body(job)
        Segment.objects.filter(pk=second.pk).update(position=first.position + 1)
        saving.split(first.pk, by=cast.user("tudor"), version=0, offset=15)
        assert [segment.source for segment in writing.of_body(job)][:3] == [
            "The commission", "met in <1>Galați</1> on Monday.", "It agreed on a <2>timetable</2>.",
        ]  # fmt: skip

    def test_a_merge_joins_both_texts(self, job):
        first, second, *_rest = writing.of_body(job)
        first = confirm(first, "Comisia s-a întrunit la <1>Galați</1>.")
        second = confirm(second, "A convenit asupra <2>calendarului</2>.")
        one = saving.merge(first.pk, by=cast.user("tudor"), version=first.version, next_version=second.version)
        assert one.source == "The commission met in <1>Galați</1> on Monday. It agreed on a <2>timetable</2>."
        assert one.target == "Comisia s-a întrunit la <1>Galați</1>. A convenit asupra <2>calendarului</2>."
        assert (one.state, set(one.marks)) == (SegmentState.TRANSLATED, {"1", "2"})
        assert not Segment.objects.filter(pk=second.pk).exists()

    def test_a_merge_compares_both_versions(self, job):
        first, second, *_rest = writing.of_body(job)
        save(second, "A convenit.")
        with pytest.raises(saving.Overtaken):
            saving.merge(first.pk, by=cast.user("tudor"), version=0, next_version=0)

    def test_paragraphs_are_not_merged(self, job):
        last_of_first = writing.of_body(job)[2]
        with pytest.raises(Refused, match="no next segment"):
            saving.merge(last_of_first.pk, by=cast.user("tudor"), version=0, next_version=0)

    def test_who_writes_in_what_was_merged_is_told(self, job):
        first, second, *_rest = writing.of_body(job)
        saving.merge(first.pk, by=cast.user("tudor"), version=0, next_version=0)
        with pytest.raises(saving.Gone):
            save(second, "A convenit.")


STATES = [*JobState]
MAY = {
    ("tudor", JobState.ACCEPTED), ("tudor", JobState.TRANSLATING),
    ("elena", JobState.ACCEPTED), ("elena", JobState.TRANSLATING),
    ("emil", JobState.REVISING),
}  # fmt: skip


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", [*cast.ROLES])
def test_who_may_write_when(name, state):
    """Tudor translates, Elena helps, Emil revises; nobody else writes, whatever their role."""
    job = writing.job(state)
    job.helpers.add(cast.user("elena"))
    segment = writing.of_body(job)[2]
    acts = [
        lambda: save(segment, "Text.", by=name),
        lambda: saving.omit(segment.pk, by=cast.user(name), version=0, reason="Why."),
        lambda: saving.split(segment.pk, by=cast.user(name), version=0, offset=4),
        lambda: saving.reopen(segment.pk, by=cast.user(name), version=0),
    ]
    if (name, state) in MAY:
        assert acts[0]().target == "Text."
        return
    for act in acts:
        with pytest.raises(NotAllowed):
            act()
    assert stored(segment).version == 0


def test_saving_asks_the_same_however_long_the_story_is(job):
    def asked(text: str) -> int:
        segment, by = stored(writing.of_body(job)[2]), cast.user("tudor")
        with CaptureQueriesContext(connection) as queries:
            saving.save(segment.pk, by=by, version=segment.version, target=text)
        return len(queries)

    few = asked("Unu.")
    writing.many(job, 300)
    assert asked("Doi.") == few
