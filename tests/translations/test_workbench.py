"""The workbench's pages and answers, without a browser."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Article
from tests import cast
from tests.desk.typing_in import at_desk, drawn, page
from tests.translations import making, writing
from translations import saving, segmenting
from translations.enums import JobState, Method, SegmentState
from translations.memory import looking
from translations.models import Job, MemoryEntry, Segment, Term
from translations.workbench import beside, offers, typed

pytestmark = pytest.mark.django_db
MORE = "There may be more in the memory"


@pytest.fixture
def job() -> Job:
    return writing.job()


@pytest.fixture(autouse=True)
def only_what_a_test_puts_there(monkeypatch) -> None:
    for name in ("providers", "hinters", "searchers", "checkers"):
        monkeypatch.setattr(beside, name, [])


def address(job: Job, name: str = "work", *more: Any) -> str:
    return reverse(f"admin:translations_job_{name}", args=[job.pk, *more])


def tell(client: Client, job: Job, segment: Segment, act: str, **told: Any) -> Any:
    body = {"act": act, "version": segment.version, "since": timezone.now().isoformat(), **told}
    return client.post(address(job, "segment", segment.pk), json.dumps(body), content_type="application/json")


def stored(segment: Segment) -> Segment:
    return Segment.objects.get(pk=segment.pk)


def field(form: dict[str, Any], segment: Segment) -> str:
    return next(name for name in form if name.startswith(f"t-{segment.pk}-"))


class TestTyped:
    pieces = st.one_of(
        st.text(alphabet="ab \\<>&1/;ăș", max_size=12).map(segmenting.code),
        st.sampled_from(["<1>", "</1>", "<2/>", "<13>"]),
    )

    @given(st.lists(pieces).map("".join))
    def test_what_stands_in_a_field_reads_back_as_what_it_was(self, coded):
        assert typed.to_coded(typed.to_typed(coded)) == coded

    def test_signs_stand_as_themselves(self):
        assert typed.to_typed("AT&amp;T &lt; <1>Verizon</1>") == "AT&T < <1>Verizon</1>"

    def test_a_mark_says_what_it_is(self):
        html = typed.to_read("<1>a</1><2/>", {"1": ["a", {"href": '/"x'}], "2": ["sup", {"data-citation": "3"}]})
        assert "link: /&quot;x" in html
        assert "citation 3" in html


class TestWhoMay:
    """Each address, asked by everybody."""

    LOOKING = ("elena", "emil", "clara", "tudor")

    def addresses(self, job: Job) -> Iterator[str]:
        segment = writing.of_body(job)[0]
        yield from (address(job, name) for name in ("work", "since", "concordance", "checks", "preview"))
        yield address(job, "beside", segment.pk)

    @pytest.mark.parametrize("name", [*cast.ROLES])
    def test_looking(self, job, name):
        client = at_desk(name)
        for place in self.addresses(job):
            response = client.get(place)
            if name in self.LOOKING:
                assert response.status_code == 200, place
                assert {"no-store", "private"} <= set(response["Cache-Control"].split(", "))
            else:
                assert response.status_code in {302, 403, 404}, place
                assert b"commission" not in response.content

    @pytest.mark.parametrize("name", [*cast.ROLES])
    def test_forged_posts(self, job, name):
        if name == "tudor":
            return
        client, segment = at_desk(name), writing.of_body(job)[0]
        for act in ("save", "confirm", "copy", "omit", "reopen", "split", "merge"):
            response = tell(client, job, segment, act, target="Forged.", reason="Forged.", offset=4, next_version=0)
            assert response.status_code in {302, 403, 404}, act
        response = client.post(address(job), {f"t-{segment.pk}-0-00000000": "Forged.", "_confirm": str(segment.pk)})
        assert response.status_code in {302, 403, 404}
        assert client.post(address(job, "slug"), {"slug": "forged"}).status_code in {302, 403, 404}
        assert stored(segment).version == 0

    def test_a_segment_of_another_job_is_none_of_this(self, job):
        other = writing.job(language="ru", original=job.original, translator=cast.user("elena"))
        segment = writing.of_body(other)[0]
        tudor = at_desk("tudor")
        assert tell(tudor, job, segment, "save", target="Text.").status_code == 404
        assert tudor.get(address(job, "beside", segment.pk)).status_code == 404
        response = tudor.post(address(job), {f"t-{segment.pk}-0-00000000": "Text."}, follow=True)
        assert "merged or cut anew" in response.content.decode()
        assert stored(segment).target == ""

    def test_nobody_without_a_session(self, job):
        for place in self.addresses(job):
            assert Client().get(place).status_code == 302

    def test_a_post_needs_the_token(self, job):
        client = Client(enforce_csrf_checks=True)
        client.force_login(cast.user("tudor"))
        assert tell(client, job, writing.of_body(job)[0], "save", target="Text.").status_code == 403

    def test_what_is_not_posted_changes_nothing(self, job):
        tudor = at_desk("tudor")
        assert tudor.get(address(job, "segment", writing.of_body(job)[0].pk)).status_code == 405
        assert tudor.get(address(job, "slug")).status_code == 405
        assert tudor.put(address(job)).status_code == 405


class TestOneSegment:
    def test_saving_answers_with_what_changed(self, job):
        segment = writing.of_body(job)[2]
        said = tell(at_desk("tudor"), job, segment, "confirm", target="Lucrările încep în martie.").json()
        assert [row["id"] for row in said["rows"]] == [segment.pk, writing.of_body(job)[3].pk]  # and its repetition
        assert "2 of" in said["progress"]
        assert said["saved"].startswith("saved ")
        assert stored(segment).state == SegmentState.TRANSLATED

    def test_what_cannot_be_confirmed_is_kept_as_a_draft(self, job):
        segment = writing.of_body(job)[0]
        response = tell(at_desk("tudor"), job, segment, "confirm", target="Comisia s-a întrunit.")
        assert response.status_code == 422
        assert "Mark 1 is missing" in response.json()["error"]
        assert (stored(segment).target, stored(segment).state) == ("Comisia s-a întrunit.", SegmentState.INITIAL)

    def test_who_comes_second_gets_both_texts(self, job):
        job.helpers.add(cast.user("elena"))
        segment = writing.of_body(job)[2]
        tell(at_desk("tudor"), job, segment, "save", target="Lucrările încep.")
        response = tell(at_desk("elena"), job, segment, "save", target="Munca încep.")
        assert response.status_code == 409
        row = page_of(response.json()["rows"][0]["html"])
        assert row.xpath(".//textarea")[0].text.strip() == "Munca încep."
        assert row.xpath(".//*[@data-theirs]")[0].get("data-theirs") == "Lucrările încep."
        assert [each.text for each in row.xpath(".//del | .//ins")] == ["Munca", "Lucrările"]
        assert stored(segment).target == "Lucrările încep."

    def test_a_suggestion_leaves_its_trace_and_nobody_can_make_one_up(self, job, monkeypatch):
        offered = beside.Suggestion("Munca.", "Work begins.", 87, origin="Another story")
        monkeypatch.setattr(beside, "providers", [lambda segment, user: [offered]])
        segment, other = writing.of_body(job)[1:3]
        tudor = at_desk("tudor")
        shown = page(tudor.get(address(job, "beside", segment.pk)))
        key = shown.find_class("suggestion")[0].get("data-key")
        tell(tudor, job, segment, "save", target="Munca.", key=key)
        assert (stored(segment).method, stored(segment).match) == (Method.MEMORY, 87)
        tell(tudor, job, stored(segment), "save", target="Munca începe.")
        assert (stored(segment).method, stored(segment).match) == (Method.HUMAN, 87)
        for forged in (key, "nonsense"):
            tell(tudor, job, stored(other), "save", target=f"Munca {forged[:4]}.", key=forged)
            assert (stored(other).method, stored(other).match) == (Method.HUMAN, 0)

    def test_a_provider_that_fails_takes_nothing_else_with_it(self, job, monkeypatch, caplog):
        def fails(segment, user):
            raise RuntimeError("down")

        monkeypatch.setattr(
            beside, "providers", [fails, lambda segment, user: [beside.Suggestion("Munca.", percent=80)]]
        )
        response = at_desk("tudor").get(address(job, "beside", writing.of_body(job)[2].pk))
        assert "Munca." in response.content.decode()
        assert "has nothing to show" in caplog.text

    @pytest.mark.parametrize(
        "body",
        [
            "",
            "[]",
            "{",
            '{"act": "save"}',
            '{"act": "fly", "version": 0}',
            '{"act":"save","version":-1}',
            '{"act":"split","version":0}',
        ],
    )
    def test_nonsense_gets_an_answer(self, job, body):
        place = address(job, "segment", writing.of_body(job)[0].pk)
        response = at_desk("tudor").post(place, body, content_type="application/json")
        assert response.status_code == 422
        assert response.json()["error"]

    def test_a_job_that_was_delivered_meanwhile_takes_no_more(self, job):
        Job.objects.filter(pk=job.pk).update(state=JobState.DELIVERED)
        response = tell(at_desk("tudor"), job, writing.of_body(job)[0], "save", target="Text.")
        assert response.status_code == 403
        assert response.json()["writes"] is False


class TestOthers:
    def test_what_they_change_and_where_they_are_is_told(self, job):
        job.helpers.add(cast.user("elena"))
        tudor, elena = at_desk("tudor"), at_desk("elena")
        segment = writing.of_body(job)[2]
        now = timezone.now().isoformat()
        tudor.get(address(job, "since"), {"since": now, "at": segment.pk})
        tell(tudor, job, segment, "save", target="Lucrările încep.")
        said = elena.get(address(job, "since"), {"since": now, "at": ""}).json()
        assert said["others"] == [{"name": "Tudor", "segment": segment.pk, "said": "Tudor is here"}]
        assert [row["id"] for row in said["rows"]] == [segment.pk]

    def test_who_only_reads_is_not_announced(self, job):
        at_desk("clara").get(address(job, "since"), {"at": "1"})
        assert at_desk("tudor").get(address(job, "since")).json()["others"] == []

    def test_another_cut_is_told(self, job):
        tudor = at_desk("tudor")
        before = tudor.get(address(job, "since")).json()["shape"]
        saving.split(writing.of_body(job)[0].pk, by=cast.user("tudor"), version=0, offset=15)
        assert tudor.get(address(job, "since")).json()["shape"] != before

    @pytest.mark.parametrize("since", ["", "yesterday", "2026-02-30T00:00:00Z", "2026-01-01T00:00:00", "9999-99-99"])
    def test_a_moment_that_is_none_brings_everything(self, job, since):
        said = at_desk("tudor").get(address(job, "since"), {"since": since, "at": "²"}).json()
        assert len(said["rows"]) == len(writing.segments(job))


class TestWithoutScript:
    def test_one_form_saves_what_was_changed_and_nothing_else(self, job):
        tudor = at_desk("tudor")
        form = drawn(tudor.get(address(job)), "work")
        first, second = writing.of_body(job)[:2]
        form[field(form, first)] = ["Comisia & <1>Galați</1>."]
        response = tudor.post(address(job), form, follow=True)
        assert "1 segment saved" in response.content.decode()
        assert (stored(first).target, stored(second).version) == ("Comisia &amp; <1>Galați</1>.", 0)

    def test_what_only_grew_old_is_no_conflict(self, job):
        job.helpers.add(cast.user("elena"))
        tudor = at_desk("tudor")
        form = drawn(tudor.get(address(job)), "work")
        first, second = writing.of_body(job)[:2]
        saving.save(first.pk, by=cast.user("elena"), version=0, target="De la Elena.")
        form[field(form, second)] = ["A convenit."]
        assert tudor.post(address(job), form).status_code == 302
        assert (stored(first).target, stored(second).target) == ("De la Elena.", "A convenit.")

    def test_two_texts_are_both_shown_and_sending_again_chooses(self, job):
        job.helpers.add(cast.user("elena"))
        tudor = at_desk("tudor")
        form = drawn(tudor.get(address(job)), "work")
        segment = writing.of_body(job)[2]
        saving.save(segment.pk, by=cast.user("elena"), version=0, target="De la Elena.")
        form[field(form, segment)] = ["De la Tudor."]
        response = tudor.post(address(job), form)
        assert response.status_code == 409
        assert "Elena changed this segment" in response.content.decode()
        again = drawn(response, "work")
        assert again[field(again, segment)] == ["De la Tudor."]
        tudor.post(address(job), again)
        assert stored(segment).target == "De la Tudor."

    def test_confirming_leads_to_the_next_that_is_left(self, job):
        tudor = at_desk("tudor")
        form = drawn(tudor.get(address(job)), "work")
        one, two = writing.of_body(job)[1:3]
        form[field(form, one)] = ["A convenit asupra unui <2>calendar</2>."]
        response = tudor.post(address(job), {**form, "_confirm": str(one.pk)})
        assert response["Location"].endswith(f"#s-{two.pk}")
        assert stored(one).state == SegmentState.TRANSLATED

    def test_each_rarer_act_has_its_button(self, job):
        tudor = at_desk("tudor")
        first, second, third, fourth = writing.of_body(job)
        for segment, act, told, check in (
            (third, "omit", {"reason": "Doubled."}, lambda: stored(third).omitted == "Doubled."),
            (third, "reopen", {}, lambda: stored(third).omitted == ""),
            (fourth, "copy", {}, lambda: stored(fourth).target == "Work begins in March."),
            (first, "merge", {"next": str(second.version)}, lambda: "It agreed" in stored(first).source),
            (first, "split", {"offset": "15"}, lambda: stored(first).source == "The commission"),
        ):
            form = drawn(tudor.get(f"{address(job)}?segment={segment.pk}"), "work")
            response = tudor.post(address(job), {**form, **told, f"_{act}": str(segment.pk)})
            assert response.status_code == 302, act
            assert check(), act

    def test_a_suggestion_is_taken(self, job, monkeypatch):
        offered = beside.Suggestion("Munca începe.", "Work begins.", 87)
        monkeypatch.setattr(beside, "providers", [lambda segment, user: [offered]])
        tudor = at_desk("tudor")
        segment = writing.of_body(job)[2]
        form = drawn(tudor.get(f"{address(job)}?segment={segment.pk}"), "work")
        tudor.post(address(job), {**form, "_take": f"{segment.pk}:1"})
        assert (stored(segment).target, stored(segment).match) == ("Munca începe.", 87)

    def test_what_is_looked_for_and_filtered(self, job):
        tudor = at_desk("tudor")
        saving.confirm(writing.of_body(job)[2].pk, by=cast.user("tudor"), version=0, target="Lucrările.")
        shown = page(tudor.get(address(job), {"show": "left", "find": "commission"}))
        texts = [each.text_content() for each in shown.find_class("segment-source")]
        assert texts
        assert all("ommission" in each for each in texts)
        assert "hidden segments:" in shown.text_content()


class TestLooks:
    def test_right_to_left_in_its_column_alone(self, job):
        Job.objects.filter(pk=job.pk).update(language="ar")
        segment = writing.of_body(job)[2]
        Segment.objects.filter(pk=segment.pk).update(target="يبدأ العمل في مارس.")
        shown = page(at_desk("tudor").get(address(job)))
        row = shown.get_element_by_id(f"s-{segment.pk}")
        assert (row.xpath(".//textarea")[0].get("dir"), row.xpath(".//textarea")[0].get("lang")) == ("rtl", "ar")
        assert row.find_class("segment-source")[0].get("dir") == "ltr"

    def test_a_stale_segment_shows_what_changed_and_keeps_its_translation(self, job):
        segment = writing.of_body(job)[2]
        Segment.objects.filter(pk=segment.pk).update(
            stale=True, old_source="Work begins in May.", target="Lucrările încep în mai."
        )
        row = page(at_desk("tudor").get(address(job))).get_element_by_id(f"s-{segment.pk}")
        changed = row.find_class("segment-changed")[0]
        assert [each.text for each in changed.xpath(".//del | .//ins")] == ["May", "March"]
        assert row.xpath(".//textarea")[0].text.strip() == "Lucrările încep în mai."

    def test_the_reviser_sees_what_they_changed(self, job):
        writing.translated(job)
        Job.objects.filter(pk=job.pk).update(state=JobState.REVISING)
        segment = writing.of_body(job)[2]
        emil = at_desk("emil")
        tell(emil, job, segment, "confirm", target="Work ends in March.")
        row = page(emil.get(address(job))).get_element_by_id(f"s-{segment.pk}")
        assert [each.text for each in row.find_class("segment-changed")[0].xpath(".//del | .//ins")] == [
            "begins",
            "ends",
        ]
        assert "Tudor, revised by Emil" in row.text_content()

    def test_hostile_text_stays_text(self, job):
        segment = writing.of_body(job)[2]
        saving.save(
            segment.pk, by=cast.user("tudor"), version=0, target="&lt;script&gt;alert(1)&lt;/script&gt;</textarea>"
        )
        html = at_desk("tudor").get(address(job)).content.decode()
        assert "<script>alert" not in html
        assert "</textarea>&lt;" not in html

    def test_the_checks_lead_to_their_segments(self, job, monkeypatch):
        monkeypatch.setattr(beside, "checkers", [offers.checked])
        segment = writing.of_body(job)[2]
        saving.confirm(segment.pk, by=cast.user("tudor"), version=0, target="Lucrările încep în 1 martie.")
        shown = page(at_desk("tudor").get(f"{address(job)}?checks=1"))
        assert f"?segment={segment.pk}#s-{segment.pk}" in [
            link.get("href") for link in shown.find_class("faults")[0].xpath(".//a")
        ]

    def test_the_preview_shows_the_translation_and_writes_nothing(self, job):
        segment = writing.of_body(job)[2]
        saving.save(segment.pk, by=cast.user("tudor"), version=0, target="Lucrările încep în martie.")
        before = Article.objects.count()
        response = at_desk("tudor").get(address(job, "preview"))
        shown = page(response)
        assert "Lucrările încep în martie." in shown.text_content()
        assert shown.get("lang") == "ro"
        assert response["X-Robots-Tag"] == "noindex"
        assert Article.objects.count() == before

    def test_it_asks_the_same_for_300_segments_as_for_10(self, job):
        offers.connect()
        writing.translated(job)
        tudor = at_desk("tudor")

        def asked(place: str) -> int:
            with CaptureQueriesContext(connection) as queries:
                assert tudor.get(place).status_code == 200
            return len(queries)

        segment = writing.of_body(job)[0]
        names = [("work",), ("since",), ("checks",), ("preview",), ("beside", segment.pk)]
        places = [address(job, *name) for name in names]
        for place in places:
            asked(place)  # once for all a process asks how common words are
        few = [asked(place) for place in places]
        writing.many(job, 300)
        assert [asked(place) for place in places] == few


def test_the_slug_is_kept_beside(settings):
    job = making.accepted()
    tudor = at_desk("tudor")
    response = tudor.post(address(job, "slug"), {"slug": "Comisia convine"}, follow=True)
    assert "comisia-convine" in response.content.decode()
    assert cast.fresh(job.article).slug == "comisia-convine"
    response = tudor.post(address(job, "slug"), {"slug": "…"}, follow=True)
    assert "Write a few words" in response.content.decode()
    assert cast.fresh(job.article).slug == "comisia-convine"


class TestBeside:
    """What the newsroom itself has to offer."""

    @pytest.fixture(autouse=True)
    def all_that_there_is(self, only_what_a_test_puts_there) -> None:
        offers.connect()

    @pytest.fixture(autouse=True)
    def remembered(self) -> None:
        MemoryEntry.objects.create(
            source="Work begins in May.", target="Lucrările încep în mai.", source_language="en", target_language="ro",
            origin="dredging.tmx",
        )  # fmt: skip
        Term.objects.create(source="March", target="martie", source_language="en", target_language="ro")

    def test_memory_terms_and_machine(self, job, settings):
        settings.NEWSROOM_MACHINE_TRANSLATION = "translations.machine.Fake"
        shown = page(at_desk("tudor").get(address(job, "beside", writing.of_body(job)[2].pk)))
        best, machine = shown.find_class("suggestion")
        assert best.get("data-typed") == "Lucrările încep în mai."
        assert [each.text for each in best.xpath(".//del | .//ins")] == ["May", "March"]
        assert "dredging.tmx" in best.text_content()
        assert machine.get("data-typed") == "[ro] Work begins in March."
        assert "Fake 1" in machine.text_content()
        assert shown.find_class("hints")[0].xpath(".//dt")[0].text == "March"

    def test_how_it_was_said_elsewhere(self, job):
        shown = page(at_desk("tudor").get(address(job, "concordance"), {"q": "lucrările"}))
        assert shown.xpath(".//mark")[0].text == "Lucrările"
        assert "Nothing was found" in at_desk("tudor").get(f"{address(job)}?q=zzzz").content.decode()

    def test_on_sqlite_it_says_where_there_may_be_more(self, job, monkeypatch):
        monkeypatch.setattr(looking, "CANDIDATES", 3)
        beside_it, concordance = address(job, "beside", writing.of_body(job)[2].pk), address(job, "concordance")
        whole = f"{address(job)}?q=work"

        def told():
            pages = (beside_it, f"{concordance}?q=work", whole)
            return [MORE in at_desk("tudor").get(page).content.decode() for page in pages]

        assert told() == [False] * 3
        for number in range(60):
            making.remembered(f"Work begins in May {number}.", f"Lucrările încep în mai {number}.")
        assert told() == [connection.vendor == "sqlite"] * 3

    @pytest.mark.parametrize("asked", ["", "ab", "\0", "%", "'", "a" * 500])
    def test_whatever_is_looked_for_gets_an_answer(self, job, asked):
        assert at_desk("tudor").get(address(job, "concordance"), {"q": asked}).status_code == 200

    def test_raw_machine_words_keep_their_mark_until_somebody_changes_them(self, job, settings):
        settings.NEWSROOM_MACHINE_TRANSLATION = "translations.machine.Fake"
        tudor, segment = at_desk("tudor"), writing.of_body(job)[2]
        shown = page(tudor.get(address(job, "beside", segment.pk)))
        machine = shown.find_class("suggestion")[1]
        told = {"target": machine.get("data-typed"), "key": machine.get("data-key")}
        tell(tudor, job, segment, "save", **told)
        assert (stored(segment).method, stored(segment).engine) == (Method.MACHINE, "Fake 1")
        tell(tudor, job, stored(segment), "save", target="Lucrările încep în martie.")
        assert (stored(segment).method, stored(segment).engine) == (Method.POST_EDITED, "Fake 1")


def page_of(html: str) -> Any:
    from lxml import html as parser

    return parser.fromstring(html)


def test_languages_of_the_newsroom_are_known():
    from translations.workbench import shown

    assert {shown.language(code)["direction"] for code, _name in settings.LANGUAGES} == {"ltr"}
    assert shown.language("he")["direction"] == "rtl"
    assert shown.language("xx-none")["direction"] == "ltr"
