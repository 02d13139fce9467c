"""A job leaves as a file and comes back: first shown, then taken, and only from who may write."""

import html
import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from tests import cast
from tests.desk.typing_in import at_desk
from tests.translations import writing
from translations import saving
from translations.enums import JobState, SegmentState
from translations.exchange import proposing, workbook, xliff
from translations.exchange.proposing import Change, propose
from translations.exchange.sheet import Returned, Row
from translations.models import Job, Segment
from translations.workbench import typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def job() -> Job:
    return writing.job()


def address(job: Job, name: str = "import") -> str:
    return reverse(f"admin:translations_job_{name}", args=[job.pk])


def first(job: Job) -> Segment:
    return writing.of_body(job)[0]


def stored(segment: Segment) -> Segment:
    return Segment.objects.get(pk=segment.pk)


def returned(job: Job, *rows: Row) -> Returned:
    return Returned(job.pk, "en", "ro", rows)


def row(stored: Segment, target: str, state: str | None = "translated", **more: object) -> Row:
    values = {"segment": stored.pk, "version": stored.version, "source": stored.source, **more}
    return Row(target=target, state=state, **values)


def file(job: Job, **targets: str) -> SimpleUploadedFile:
    """The job's XLIFF file with translations for segments by their place: ``s0="…"``."""
    sheet = proposing.sheet(job)
    content = xliff.write(sheet).decode()
    for place, target in targets.items():
        key = sheet.lines[int(place[1:])].key
        content = re.sub(
            rf'(<unit id="{re.escape(key)}".*?)<segment state="initial">(<source>.*?</source>)(?:<target>.*?</target>)?</segment>',
            lambda found, said=target: f'{found[1]}<segment state="translated">{found[2]}<target>{said}</target></segment>',
            content, count=1, flags=re.DOTALL,
        )  # fmt: skip
    return SimpleUploadedFile("back.xlf", content.encode())


def token(page: str) -> str:
    found = re.search(r'name="shown" value="([^"]+)"', page)
    return html.unescape(found[1]) if found else ""


class TestProposing:
    def test_what_is_new_is_a_change_and_what_is_not_changes_nothing(self, job):
        one, two, *_rest = writing.of_body(job)
        proposal = propose(job, returned(job, row(one, "Comisia din <1>Galați</1>."), row(two, "")))
        assert proposal.changes == (Change(one.pk, one.version, "", "Comisia din <1>Galați</1>.", "translated"),)
        assert (proposal.refused, proposal.same) == ((), 1)
        assert stored(one).target == ""

    def test_a_file_never_takes_text_away(self, job):
        segment = first(job)
        segment = saving.save(segment.pk, by=cast.user("tudor"), version=segment.version, target="Text")
        assert propose(job, returned(job, row(segment, ""))).same == 1

    def test_what_is_confirmed_in_the_file_is_confirmed(self, job):
        segment = writing.of_body(job)[2]
        segment = saving.save(segment.pk, by=cast.user("tudor"), version=segment.version, target="Text")
        assert propose(job, returned(job, row(segment, "Text", state="final"))).changes[0].state == "final"
        proposing.apply(
            propose(job, returned(job, row(segment, "Text", state="final"))).changes, job=job, by=cast.user("tudor")
        )
        assert stored(segment).state == SegmentState.TRANSLATED
        assert propose(job, returned(job, row(stored(segment), "Text", state="final"))).same == 1

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"version": 99}, "after the file was downloaded"),
            ({"source": "Something else."}, "something else now"),
            ({"segment": 10**9}, "is no more"),
            ({"target": "Without its mark."}, "Mark 1 is missing"),
            ({"target": "<1>a</1>" * 4_000}, "too long"),
            ({"omitted": "x" * 301}, "too long"),
        ],
    )
    def test_what_cannot_be_taken_is_refused_with_a_reason(self, job, changed, said):
        segment = first(job)
        values = {"target": "Comisia din <1>Galați</1>.", **changed}
        proposal = propose(job, returned(job, row(segment, **values)))
        assert proposal.changes == ()
        assert said in proposal.refused[0].reason
        assert proposal.refused[0].text == values["target"]

    def test_a_draft_may_lack_a_mark(self, job):
        assert propose(job, returned(job, row(first(job), "Without", state="initial"))).changes[0].state == "initial"

    def test_a_segment_may_be_left_out_with_a_reason(self, job):
        segment = first(job)
        changes = propose(job, returned(job, row(segment, "", omitted="cut for length"))).changes
        assert proposing.apply(changes, job=job, by=cast.user("tudor")).saved == 1
        assert (stored(segment).omitted, stored(segment).target) == ("cut for length", "")

    def test_a_segment_that_stands_there_twice_counts_once(self, job):
        segment = writing.of_body(job)[2]
        proposal = propose(job, returned(job, row(segment, "Unu."), row(segment, "Doi.")))
        assert [change.new for change in proposal.changes] == ["Unu."]
        assert "twice" in proposal.refused[0].reason

    def test_the_file_of_another_job_changes_nothing(self, job):
        other = writing.job(language="uk", original=job.original)
        proposal = propose(other, returned(job, row(first(job), "Text")))
        assert proposal.changes == ()
        assert "another translation" in proposal.refused[0].reason

    @pytest.mark.parametrize(
        ("languages", "right"), [(("en-GB", "ro-MD"), True), (("ro", "en"), False), (("en", "ru"), False)]
    )
    def test_the_languages_of_the_file_are_those_of_the_job(self, job, languages, right):
        proposal = propose(job, Returned(job.pk, *languages, (row(writing.of_body(job)[2], "Trei."),)))
        assert bool(proposal.changes) is right
        assert right or "en → ro" in proposal.refused[0].reason

    def test_what_is_refused_keeps_nothing_else_back(self, job):
        one, two, three, _four = writing.of_body(job)
        changes = propose(job, returned(job, row(two, "Doi <2>x</2>."), row(three, "Trei."))).changes
        saving.save(two.pk, by=cast.user("tudor"), version=two.version, target="Meanwhile")
        outcome = proposing.apply(changes, job=job, by=cast.user("tudor"))
        assert (outcome.saved, [one.segment for one in outcome.refused]) == (1, [two.pk])
        assert (stored(two).target, stored(three).target) == ("Meanwhile", "Trei.")
        assert stored(one).version == one.version

    def test_a_change_of_a_foreign_segment_is_refused(self, job):
        other = writing.job(language="uk", original=job.original)
        change = Change(first(other).pk, 0, "", "Text", "initial")
        outcome = proposing.apply([change], job=job, by=cast.user("tudor"))
        assert outcome.saved == 0
        assert stored(first(other)).target == ""

    @pytest.mark.parametrize(("write", "read"), [(xliff.write, xliff.read), (workbook.write, workbook.read)])
    def test_a_file_that_was_not_touched_changes_nothing(self, job, write, read):
        tudor = cast.user("tudor")
        one, two, three, _four = writing.of_body(job)
        saving.confirm(one.pk, by=tudor, version=one.version, target="Comisia &amp; <1>Galați</1>")
        saving.save(two.pk, by=tudor, version=two.version, target="draft <1>")
        saving.omit(three.pk, by=tudor, version=three.version, reason="cut")
        proposal = propose(job, read(write(proposing.sheet(job))))
        assert (proposal.changes, proposal.refused) == ((), ())
        assert proposal.same == Segment.objects.filter(job=job).count()

    def test_a_sheet_says_what_was_typed_into_it(self, job):
        segment = first(job)
        for text in ("a < b & c", "=1+1", "<1>x</1>", "&amp;", "<1>", "</2> <3/>"):
            (back,) = (one for one in workbook.read(filled(job, segment, text)).rows if one.segment == segment.pk)
            assert saving.segmenting.repair(back.target) == back.target
            assert typed.to_typed(back.target) == text


def filled(job: Job, segment: Segment, text: str) -> bytes:
    book = load_workbook(io.BytesIO(workbook.write(proposing.sheet(job))))
    page = book.active
    for cells in page.iter_rows(min_row=3):
        if cells[0].value == f"s{segment.pk}.v{segment.version}":
            cells[3].value = text
            cells[3].data_type = "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


class TestScreens:
    def test_the_job_leaves_in_both_formats(self, job):
        client = at_desk("tudor")
        for name, kind in (("xliff", "application/xliff+xml"), ("xlsx", workbook.TYPE)):
            answer = client.get(address(job, "export"), {"format": name})
            assert answer["Content-Type"] == kind
            assert "attachment" in answer["Content-Disposition"]
            assert (xliff if name == "xliff" else workbook).read(answer.content).job == job.pk
        assert client.get(address(job, "export"), {"format": "doc"}).status_code == 404
        assert client.post(address(job, "export")).status_code == 405

    def test_a_file_is_shown_before_it_is_taken(self, job):
        client = at_desk("tudor")
        number = proposing.sheet(job).lines.index(
            next(line for line in proposing.sheet(job).lines if "March" in line.source)
        )
        page = client.post(address(job), {"file": file(job, **{f"s{number}": "Lucrările &amp; tot"})})
        text = page.content.decode()
        assert page.status_code == 200
        assert "<ins>Lucrările &amp; tot</ins>" in text
        assert not Segment.objects.filter(job=job).exclude(target="").exists()
        (segment,) = re.findall(r'name="take" id="take-\d+" value="(\d+)"', text)
        done = client.post(address(job), {"shown": token(text), "take": segment}, follow=True)
        assert "1 segment was saved." in done.content.decode()
        saved = Segment.objects.get(pk=segment)
        assert (saved.target, saved.state, saved.by) == ("Lucrările &amp; tot", "translated", cast.user("tudor"))
        # The same token again: the segment says so already, and nothing is written anew.
        client.post(address(job), {"shown": token(text), "take": segment})
        assert stored(saved).version == saved.version

    def test_only_what_is_ticked_is_taken(self, job):
        client = at_desk("tudor")
        text = client.post(address(job), {"file": file(job, s0="Unu", s1="Doi")}).content.decode()
        ticks = re.findall(r'name="take" id="take-\d+" value="(\d+)"', text)
        assert len(ticks) == 2
        nothing = client.post(address(job), {"shown": token(text)})
        assert (nothing.status_code, "No change was chosen" in nothing.content.decode()) == (422, True)
        client.post(address(job), {"shown": token(text), "take": ticks[1]})
        assert list(Segment.objects.filter(job=job).exclude(target="").values_list("pk", flat=True)) == [int(ticks[1])]

    def test_what_was_saved_meanwhile_stays_and_the_files_text_is_shown(self, job):
        client = at_desk("tudor")
        text = client.post(address(job), {"file": file(job, s0="Din fișier")}).content.decode()
        segment = writing.segments(job)[0]
        saving.save(segment.pk, by=cast.user("tudor"), version=segment.version, target="Din bancul de lucru")
        answer = client.post(address(job), {"shown": token(text), "take": segment.pk})
        assert answer.status_code == 409
        assert "Din fișier" in answer.content.decode()
        assert stored(segment).target == "Din bancul de lucru"

    @pytest.mark.parametrize(
        ("sent", "said"),
        [
            ({}, "Choose the file"),
            ({"file": SimpleUploadedFile("a.xlf", b"")}, "The file is empty"),
            ({"file": SimpleUploadedFile("a.xlf", b"no xml")}, "read as XML"),
            ({"file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04")}, "no XLSX workbook"),
            ({"shown": "forged"}, "Send the file again"),
        ],
    )
    def test_what_is_no_file_of_ours_is_told_so(self, job, sent, said):
        answer = at_desk("tudor").post(address(job), sent)
        assert answer.status_code == 422
        assert said in answer.content.decode()

    def test_what_was_shown_to_one_is_taken_from_nobody_else_nor_for_another_job(self, job):
        text = at_desk("tudor").post(address(job), {"file": file(job, s0="Unu")}).content.decode()
        job.helpers.add(cast.user("clara"))
        other = writing.job(language="uk", original=job.original)
        segment = writing.segments(job)[0]
        assert at_desk("clara").post(address(job), {"shown": token(text), "take": segment.pk}).status_code == 422
        assert at_desk("tudor").post(address(other), {"shown": token(text), "take": segment.pk}).status_code == 422
        assert stored(segment).target == ""

    def test_who_may_not_write_may_look_and_change_nothing(self, job):
        upload = file(job, s0="Unu").read()
        for name in ("elena", "clara"):
            client = at_desk(name)
            assert "A file is taken back from" in client.get(address(job)).content.decode()
            assert client.post(address(job), {"file": SimpleUploadedFile("a.xlf", upload)}).status_code == 403
            assert client.get(address(job, "export")).status_code == 200
        for name in ("rita", "adam"):
            for view in ("import", "export"):
                assert at_desk(name).get(address(job, view)).status_code in {403, 404}
        assert not Segment.objects.filter(job=job).exclude(target="").exists()

    def test_a_delivered_job_takes_no_file(self, job):
        upload = file(job, s0="Unu").read()
        Job.objects.filter(pk=job.pk).update(state=JobState.DELIVERED)
        assert at_desk("tudor").post(address(job), {"file": SimpleUploadedFile("a.xlf", upload)}).status_code == 403

    def test_the_page_of_the_job_leads_there(self, job):
        assert address(job) in at_desk("tudor").get(address(job, "change")).content.decode()

    def test_queries_stay_the_same_for_any_length(self, job):
        client = at_desk("tudor")
        counts = []
        for paragraphs in (3, 60):
            body = "".join(f"<p>Sentence {number} stands here.</p>" for number in range(paragraphs))
            long = writing.job(original=cast.live(body=body, slug=f"long-{paragraphs}"))
            upload = file(long, **{f"s{place}": f"Propoziția {place}" for place in range(1, paragraphs)})
            with CaptureQueriesContext(
                connection,
            ) as asked:
                assert client.post(address(long), {"file": upload}).status_code == 200
            counts.append(len(asked))
        assert counts[0] == counts[1]
