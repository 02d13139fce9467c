"""What a machine wrote is a draft until a person confirms that very segment, and its part is never forgotten."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from articles.errors import Refused
from tests import cast
from tests.translations import making, writing
from translations import checking, jobs, machine, memory, saving
from translations.enums import JobState, Method, SegmentState
from translations.exchange import proposing, xliff
from translations.models import Job, Segment
from translations.workbench import beside

pytestmark = pytest.mark.django_db
ENGINE = "Fake 1"
WORDS = "Lucrările încep în martie."


@pytest.fixture
def job() -> Job:
    return writing.job()


def drafted(segment: Segment, target: str = WORDS, **told) -> Segment:
    return saving.save(
        segment.pk, by=cast.user("tudor"), version=segment.version, target=target, method=Method.MACHINE,
        engine=ENGINE, **told,
    )  # fmt: skip


def typed(segment: Segment, target: str) -> Segment:
    return saving.save(segment.pk, by=cast.user("tudor"), version=segment.version, target=target)


def confirmed(segment: Segment, target: str = "") -> Segment:
    return saving.confirm(
        segment.pk, by=cast.user("tudor"), version=segment.version, target=target or segment.target
    )  # fmt: skip


def how(segment: Segment) -> tuple[str, str, str]:
    row = Segment.objects.get(pk=segment.pk)
    return row.method, row.engine, row.state


RAW = (Method.MACHINE, ENGINE, SegmentState.INITIAL)
READ = (Method.POST_EDITED, ENGINE, SegmentState.TRANSLATED)


def test_confirming_the_very_segment_makes_it_read_changed_or_not(job):
    first, second = writing.of_body(job)[:2]
    assert how(confirmed(drafted(second, "A convenit asupra <2>calendarului</2>."))) == READ
    assert how(confirmed(drafted(first), "Comisia s-a întrunit la <1>Galați</1>.")) == READ


def test_another_way_to_call_it_done_leaves_it_a_draft(job):
    third = writing.of_body(job)[2]
    assert how(drafted(third, state=SegmentState.TRANSLATED)) == RAW
    third = Segment.objects.get(pk=third.pk)
    done = saving.save(
        third.pk, by=cast.user("tudor"), version=third.version, target=WORDS, state=SegmentState.TRANSLATED
    )
    assert how(done) == RAW


def test_the_database_knows_no_raw_text_that_is_done(job):
    third = drafted(writing.of_body(job)[2])
    with pytest.raises(IntegrityError, match="segment_machine_is_draft"), transaction.atomic():
        Segment.objects.filter(pk=third.pk).update(state=SegmentState.FINAL)


def test_a_raw_text_is_refused_by_delivery(job):
    drafted(writing.of_body(job)[2])
    assert any("This is what the machine wrote" in str(said) for said in checking.against_delivery(job))


def test_a_repetition_of_raw_words_is_raw_though_the_first_was_read(job):
    first, second = writing.of_body(job)[2:4]
    first = confirmed(drafted(first))
    assert how(second) == RAW
    saving.save(first.pk, by=cast.user("tudor"), version=first.version, target="Cu totul altceva.")
    assert machine.part_in(job) == ENGINE
    assert how(confirmed(Segment.objects.get(pk=second.pk))) == READ


def test_a_repetition_of_edited_words_keeps_the_engine(job):
    first, second = writing.of_body(job)[2:4]
    confirmed(drafted(first), "Lucrările vor începe în martie.")
    assert how(second) == (Method.REPETITION, ENGINE, SegmentState.TRANSLATED)
    typed(Segment.objects.get(pk=first.pk), "")
    assert machine.part_in(job) == ENGINE
    second = typed(Segment.objects.get(pk=second.pk), "Vor începe în martie.")
    assert how(second) == (Method.POST_EDITED, ENGINE, SegmentState.INITIAL)


@pytest.mark.parametrize(
    ("between", "says", "method"),
    [
        ("", WORDS, Method.MACHINE),
        ("x", WORDS, Method.MACHINE),
        ("", "Lucrările încep în luna martie.", Method.POST_EDITED),
        ("", "Șantierul se deschide primăvara.", Method.HUMAN),
    ],
)
def test_the_machines_words_are_known_after_the_field_was_cleared(job, between, says, method):
    third = typed(drafted(writing.of_body(job)[2]), "")
    third = typed(third, between) if between else third
    third = typed(third, says)
    assert (third.method, third.engine) == (method, "" if method == Method.HUMAN else ENGINE)


def test_joined_with_somebodys_own_words_it_is_raw(job):
    first, second = writing.of_body(job)[:2]
    first = drafted(first, "Comisia s-a întrunit la <1>Galați</1>.")
    second = confirmed(second, "A convenit asupra <2>calendarului</2>.")
    one = saving.merge(first.pk, by=cast.user("tudor"), version=first.version, next_version=second.version)
    assert how(one) == RAW
    assert how(confirmed(one)) == READ


def test_two_peoples_segments_are_not_joined(job):
    job.helpers.add(cast.user("elena"))
    first, second = writing.of_body(job)[:2]
    first = confirmed(first, "Comisia s-a întrunit la <1>Galați</1>.")
    second = saving.save(second.pk, by=cast.user("elena"), version=0, target="A convenit.")
    with pytest.raises(Refused, match="Two people translated these segments, Tudor and Elena"):
        saving.merge(first.pk, by=cast.user("tudor"), version=first.version, next_version=second.version)


def test_joined_with_an_empty_one_the_text_keeps_its_author(job):
    job.helpers.add(cast.user("elena"))
    first, second = writing.of_body(job)[:2]
    first = typed(typed(first, "Comisia"), "")
    second = saving.save(second.pk, by=cast.user("elena"), version=0, target="A convenit.")
    one = saving.merge(first.pk, by=cast.user("tudor"), version=first.version, next_version=second.version)
    assert (one.by, one.target) == (cast.user("elena"), "A convenit.")


class TestFiles:
    """A file that comes back says nothing of whether somebody has read what a machine wrote."""

    def returned(self, job: Job, **changed: str) -> xliff.Returned:
        from dataclasses import replace

        sheet = proposing.sheet(job)
        lines = tuple(
            replace(line, state=SegmentState.FINAL, target=changed.get(f"s{line.segment}", line.target))
            for line in sheet.lines
        )
        return xliff.read(xliff.write(replace(sheet, lines=lines)))

    def test_a_state_that_was_turned_outside_confirms_nothing(self, job):
        third = drafted(writing.of_body(job)[2])
        proposal = proposing.propose(job, self.returned(job))
        assert not proposal.changes
        (refusal,) = proposal.refused
        assert (refusal.segment, "stays a draft" in refusal.reason) == (third.pk, True)

    def test_a_text_that_was_changed_outside_is_edited(self, job):
        third = drafted(writing.of_body(job)[2])
        text = "Lucrările vor începe în martie."
        proposal = proposing.propose(job, self.returned(job, **{f"s{third.pk}": text}))
        proposing.apply(proposal.changes, job=job, by=cast.user("tudor"))
        assert how(third) == READ

    def test_the_machines_words_put_back_outside_come_as_a_draft(self, job):
        third = typed(typed(drafted(writing.of_body(job)[2]), ""), "Altfel.")
        proposal = proposing.propose(job, self.returned(job, **{f"s{third.pk}": WORDS}))
        assert [change.state for change in proposal.changes] == [SegmentState.INITIAL]
        proposing.apply(proposal.changes, job=job, by=cast.user("tudor"))
        assert how(third) == RAW

    def test_the_page_says_so(self, job, client):
        from django.core.files.uploadedfile import SimpleUploadedFile

        drafted(writing.of_body(job)[2])
        sheet = proposing.sheet(job)
        content = xliff.write(sheet).replace(b'state="initial"', b'state="translated"')
        client.force_login(cast.user("tudor"))
        page = client.post(
            reverse("admin:translations_job_import", args=[job.pk]), {"file": SimpleUploadedFile("job.xlf", content)}
        ).content.decode()
        assert "it stays a draft. Confirm it in the workbench." in page


class TestMemory:
    """What the memory learned of a machine comes back as that."""

    @pytest.mark.parametrize(
        ("learned", "offered"),
        [
            (Method.POST_EDITED, Method.POST_EDITED),
            (Method.REPETITION, Method.POST_EDITED),
            (Method.MACHINE, Method.MACHINE),
        ],
    )
    def test_the_engine_goes_along(self, learned, offered):
        job = making.accepted()
        segment = job.segments.filter(field="body").first()
        making.remembered(segment.source, "O frază din memorie.", method=learned, engine=ENGINE)
        (found,) = [one for one in beside.suggestions(segment, cast.user("tudor")) if one.suggestion.percent]
        assert (found.suggestion.method, found.suggestion.engine) == (offered, ENGINE)
        told = beside.origin(segment.pk, found.key, found.suggestion.target)
        assert told == {"method": offered, "engine": ENGINE, "match": 100}
        assert beside.origin(segment.pk, found.key, "Altceva.")["method"] == Method.POST_EDITED

    def test_what_people_wrote_is_the_memorys(self):
        job = making.accepted()
        segment = job.segments.filter(field="body").first()
        making.remembered(segment.source, "O frază din memorie.", method=Method.HUMAN)
        (match,) = memory.matches(segment, cast.user("tudor"))
        assert (match.method, match.engine) == (Method.MEMORY, "")


def test_delivery_and_acceptance_refuse_it_on_the_road():
    job = making.accepted()
    making.fill(job)
    some = job.segments.filter(field="body").first()
    Segment.objects.filter(pk=some.pk).update(method=Method.MACHINE, engine=ENGINE, state=SegmentState.INITIAL)
    with pytest.raises(Refused, match="This is what the machine wrote"):
        jobs.deliver(job, by=cast.user("tudor"), version=job.version)
    Job.objects.filter(pk=job.pk).update(state=JobState.REVISING, reviser=cast.user("emil"))
    with pytest.raises(Refused, match="This is what the machine wrote"):
        jobs.finish(making.fresh(job), by=cast.user("emil"), version=job.version)


class TestLeftOut:
    """A story can't be without a standfirst and a body."""

    def test_the_last_of_the_standfirst_stays(self, job):
        rows = list(Segment.objects.filter(job=job, field="standfirst"))
        for row in rows[:-1]:
            saving.omit(row.pk, by=cast.user("tudor"), version=0, reason="Why.")
        with pytest.raises(Refused, match="can't be without this part"):
            saving.omit(rows[-1].pk, by=cast.user("tudor"), version=0, reason="Why.")

    def test_the_last_of_the_body_stays_and_what_is_left_out_goes_on_being_so(self, job):
        *rows, last = writing.of_body(job)
        for row in rows:
            saving.omit(row.pk, by=cast.user("tudor"), version=0, reason="Why.")
        saving.omit(rows[0].pk, by=cast.user("tudor"), version=1, reason="Another reason.")
        with pytest.raises(Refused, match="can't be without this part"):
            saving.omit(last.pk, by=cast.user("tudor"), version=0, reason="Why.")

    @pytest.mark.parametrize("field", ["standfirst", "body"])
    def test_delivery_refuses_it_however_it_came(self, field):
        job = making.accepted()
        making.fill(job)
        Segment.objects.filter(job=job, field=field).update(target="", omitted="Why.")
        with pytest.raises(Refused, match=f"All of this is left out, and a story can't be without: {field}"):
            jobs.deliver(job, by=cast.user("tudor"), version=job.version)
