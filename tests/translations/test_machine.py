"""Machine translation: a seam that is off by default, marks what it made, and is told to readers as the paper wants."""

import json
import threading

import pytest
from django.core.checks import run_checks
from django.urls import reverse

from articles.enums import MachineNote
from articles.errors import Refused
from articles.models import Paper, Publication
from articles.workflow import revisions
from tests import cast
from tests.translations import making
from tests.translations.making import at_work, segments
from translations import machine, working_copy
from translations.enums import Method

FAKE = "translations.machine.Fake"
SAID = "Translated with the help of a machine and checked by people."


class Broken(machine.Engine):
    name, version = "Broken", "2"

    def translate(self, texts, source, target):
        raise ConnectionError("the key is abc123")


class Short(machine.Engine):
    name = "Short"

    def translate(self, texts, source, target):
        return []


class Slow(machine.Engine):
    name = "Slow"
    goes_on = threading.Event()

    def translate(self, texts, source, target):
        self.goes_on.wait(20)
        return list(texts)


class Careless(machine.Engine):
    """Loses the elements of every text, or makes up one."""

    name = "Careless"

    def translate(self, texts, source, target):
        return [text.replace('<x id="2"/>', "") if "2" in text else f"<b>{text}</b> &amp; more" for text in texts]


class Asking(machine.Engine):
    name = "Asking"
    asked: list[str] = []

    def translate(self, texts, source, target):
        self.asked.extend([*texts, source, target])
        return list(texts)


def use(settings, engine) -> None:
    settings.NEWSROOM_MACHINE_TRANSLATION = engine if isinstance(engine, str) else f"{__name__}.{engine.__name__}"


@pytest.fixture
def row(db):
    return segments(at_work(cast.live()), ("It <1>agreed</1> on a <2/>timetable &amp; more.", ""))[0]


class TestSuggesting:
    def test_nothing_is_offered_until_the_newsroom_chooses_an_engine(self, row):
        assert machine.engine() is None
        assert machine.suggest(row) is None

    def test_a_suggestion_comes_with_engine_version_and_all_marks(self, row, settings):
        use(settings, FAKE)
        assert machine.suggest(row) == machine.Suggestion(
            "[ro] It <1>agreed</1> on a <2/>timetable &amp; more.", "Fake 1"
        )

    def test_nothing_is_written(self, row, settings):
        use(settings, FAKE)
        machine.suggest(row)
        row.refresh_from_db()
        assert (row.target, row.method, row.engine) == ("", "", "")

    def test_the_engine_gets_elements_that_engines_know(self, row, settings):
        use(settings, Asking)
        machine.suggest(row)
        assert Asking.asked == ['It <g id="1">agreed</g> on a <x id="2"/>timetable &amp; more.', "en", "ro"]

    def test_a_half_whose_other_half_stands_elsewhere_survives(self, row, settings):
        use(settings, FAKE)
        row.source = "It <3>agreed on a timetable."
        assert machine.suggest(row).target == "[ro] It <3>agreed on a timetable."

    def test_one_that_lost_a_mark_is_dropped_and_made_up_tags_go(self, row, settings):
        use(settings, Careless)
        other = segments(row.job, ("Work begins.", ""))[0]
        assert machine.suggest_all([row, other]) == {
            other.pk: machine.Suggestion("Work begins. &amp; more", "Careless")
        }

    def test_many_segments_are_asked_for_in_few_calls(self, row, settings):
        use(settings, FAKE)
        rows = segments(row.job, *((f"Sentence {number}.", "") for number in range(120)))
        assert len(machine.suggest_all(rows)) == 120

    @pytest.mark.parametrize("engine", [Broken, Short])
    def test_one_that_fails_says_so_and_tells_no_secrets(self, row, settings, engine):
        use(settings, engine)
        with pytest.raises(Refused, match=engine.name) as told:
            machine.suggest(row)
        assert "abc123" not in str(told.value)

    def test_one_that_hangs_holds_nobody_up(self, row, settings):
        use(settings, Slow)
        settings.NEWSROOM_MACHINE_SECONDS = 0.1
        try:
            with pytest.raises(Refused, match="did not answer in time"):
                machine.suggest(row)
        finally:
            Slow.goes_on.set()

    def test_what_is_changed_is_post_edited(self):
        assert machine.method_of("O <1>frază</1>.", "O  <1>frază</1>.") == Method.MACHINE
        assert machine.method_of("O frază.", "Altă frază.") == Method.POST_EDITED


@pytest.mark.django_db
class TestBesideASegment:
    """The workbench shows what the engine made, and says it where the engine fails."""

    def page(self, client) -> str:
        job = making.accepted()
        client.force_login(cast.user("tudor"))
        first = job.segments.order_by("position").first()
        return client.get(reverse("admin:translations_job_beside", args=[job.pk, first.pk])).content.decode()

    def test_a_suggestion_names_its_engine(self, client, settings):
        use(settings, FAKE)
        html = self.page(client)
        assert "Fake 1" in html
        assert "[ro] " in html

    def test_a_failure_is_told_and_the_work_goes_on(self, client, settings):
        use(settings, Broken)
        html = self.page(client)
        assert "Broken 2 could not translate this. Nothing is lost" in html
        assert "Nothing like it was translated before." in html


class TestSetting:
    @pytest.mark.parametrize("path", ["", FAKE])
    def test_a_good_one_passes_the_check(self, settings, path):
        use(settings, path)
        assert not [fault for fault in run_checks(databases=[]) if fault.id == "newsroom.E006"]

    @pytest.mark.parametrize(
        "path", ["nowhere.Engine", "translations.machine.Nobody", "json.loads", "datetime.date", "x"]
    )
    def test_a_bad_one_is_named_before_anything_runs(self, settings, path):
        use(settings, path)
        assert [fault.id for fault in run_checks(databases=[]) if "MACHINE" in str(fault.msg)] == ["newsroom.E006"]


def published(note: str, **columns) -> Publication:
    """A translation in which one segment is the machine's, published while the paper tells *note*."""
    Paper.objects.update_or_create(pk=1, defaults={"machine_note": note})
    job = making.accepted()
    making.fill(job)
    some = job.segments.filter(field="body").order_by("position").first()
    job.segments.filter(pk=some.pk).update(**{"method": Method.POST_EDITED, "engine": "Opus 4", **columns})
    job = making.fresh(job)
    from translations import jobs

    job = jobs.deliver(job, by=cast.user("tudor"), version=job.version)
    job = jobs.take_up(job, by=cast.user("emil"), version=job.version)
    job = jobs.finish(job, by=cast.user("emil"), version=job.version, read=True)
    article = cast.fresh(job.article)
    from articles.workflow import publishing

    if article.state == "editing":
        article = making.waived(article)
    publishing.publish(article, by=cast.user("emil"), version=article.version)
    return Publication.objects.live().get(article=article)


@pytest.mark.django_db
class TestDisclosure:
    def test_the_working_copy_names_the_engines_that_had_a_part(self):
        job = making.accepted()
        making.fill(job)
        first, second, third = job.segments.filter(field="body").order_by("position")[:3]
        for row, method, engine in (
            (first, Method.MACHINE, "B 1"),
            (second, Method.POST_EDITED, "A 2"),
            (third, Method.HUMAN, "C"),
        ):
            job.segments.filter(pk=row.pk).update(method=method, engine=engine, state="initial")
        assert machine.part_in(job) == "A 2, B 1"
        assert working_copy.write(job, cast.user("tudor")).head.document["machine_help"] == "A 2, B 1"

    def test_a_story_without_it_keeps_its_hash(self):
        document = cast.draft().head.document
        older = {name: value for name, value in document.items() if name != "machine_help"}
        assert document["machine_help"] == ""
        assert revisions.digest(document) == revisions.digest(older)

    @pytest.mark.parametrize(
        ("note", "told"),
        [
            (MachineNote.NEVER, None),
            (MachineNote.PART, {"engine": ""}),
            (MachineNote.ENGINE, {"engine": "Opus 4"}),
        ],
    )
    def test_readers_are_told_what_the_paper_wants(self, client, note, told):
        story = published(note)
        assert story.story["machine"] == told
        html = client.get(story.get_absolute_url()).content.decode()
        text = client.get(f"{story.get_absolute_url()}text.txt").content.decode()
        data = next(
            json.loads(part.split("</script>")[0]) for part in html.split('<script type="application/ld+json">')[1:]
        )
        article = next(node for node in data["@graph"] if node["@type"] == "NewsArticle")
        assert ("digitalSourceType" in article) == bool(told)
        for page in (html, text):
            assert ("Opus 4" in page) == (note == MachineNote.ENGINE)
            assert ('class="machine"' in html) == bool(told)

    def test_the_original_says_nothing_of_it(self, client):
        published(MachineNote.ENGINE)
        original = Publication.objects.live().get(language="en")
        assert original.story["machine"] is None
        assert 'class="machine"' not in client.get(original.get_absolute_url()).content.decode()

    def test_a_later_change_of_the_policy_leaves_what_is_published(self, client):
        story = published(MachineNote.PART)
        Paper.objects.update(machine_note=MachineNote.NEVER)
        assert 'class="machine"' in client.get(story.get_absolute_url()).content.decode()
