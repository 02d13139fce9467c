"""The search's entries follow what readers get, in the same transaction, and can be made anew."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from articles.models import Person, PersonName, SearchEntry
from articles.search import entries
from articles.workflow import publishing, withdrawing
from newsroom.worker import Worker
from tests import cast
from tests.factories import make_person, make_publication

pytestmark = pytest.mark.django_db


def number_found(query: str, language: str = "en") -> int:
    page = Client().get(f"/{language}/search/", {"q": query}).content.decode()
    return page.count('<li class="card">')


def entry_of(article) -> list[int]:
    return list(SearchEntry.objects.filter(publication__article=article).values_list("pk", flat=True))


@pytest.mark.parametrize("state", ["submitted", "ready", "spiked"])
def test_what_was_never_published_has_no_entry(state):
    assert entry_of(cast.STATES[state]()) == []


def test_published_story_is_found_at_once_and_its_correction_takes_its_place():
    article = cast.live(headline="Old bridge reopens")
    assert number_found("old bridge reopens") == 1
    later = cast.corrected_again(article, standfirst="The zeppelin landed.")
    assert number_found("zeppelin") == 1
    assert entry_of(article) == [later.publications.valid().get().pk]


@pytest.mark.parametrize("step", [withdrawing.hold, withdrawing.retract, withdrawing.remove])
def test_of_a_withdrawn_story_no_word_is_kept(step):
    article = cast.live()
    step(article, by=cast.user("clara"), version=article.version, note="It was not so.")
    assert entry_of(article) == []


def test_released_story_is_found_again():
    article = cast.held()
    withdrawing.release(article, by=cast.user("clara"), version=article.version, note="It was so.")
    assert entry_of(article) == [article.publications.valid().get().pk]
    assert number_found(article.headline) == 1


def test_schedule_that_is_called_off_leaves_nothing():
    article = cast.scheduled()
    assert len(entry_of(article)) == 1
    assert number_found(article.headline) == 0
    publishing.unschedule(article, by=cast.user("elena"), version=article.version)
    assert entry_of(article) == []


def test_step_that_fails_changes_nothing_of_the_search(monkeypatch):
    article = cast.ready()

    def fails(*_args):
        raise RuntimeError

    monkeypatch.setattr(publishing.entries, "write", fails)
    with pytest.raises(RuntimeError), transaction.atomic():
        publishing.publish(article, by=cast.user("elena"), version=article.version)
    assert not article.publications.exists()
    assert entry_of(article) == []


def renamed() -> Person:
    person = make_person("Ana Rusu", en="Ana Rusu")
    make_publication(people=[person])
    make_publication(people=[person], language="ro")
    return person


def test_new_spelling_of_a_person_reaches_the_stories_by_a_task():
    person = renamed()
    PersonName.objects.create(person=person, language="ru", form="Анна Запольская")
    assert number_found("Zapolskaya") == 0
    Worker(interval=0.05).drain()
    assert (number_found("Zapolskaya"), number_found("Запольская"), number_found("zapolskaya", "ro")) == (1, 1, 1)
    form = person.forms.get(language="ru")
    form.kind = "misspelling"
    form.save()
    Worker(interval=0.05).drain()
    assert number_found("Zapolskaya") == 0
    person.forms.get(language="en").delete()
    Worker(interval=0.05).drain()
    assert number_found("Rusu") == 1  # as the story prints it still


def test_task_changes_only_what_is_not_right_already():
    person = renamed()
    SearchEntry.objects.update(names="old")
    assert entries.rename(person.pk) == 2
    assert entries.rename(person.pk) == 0


def test_task_goes_on_after_a_batch(monkeypatch):
    monkeypatch.setattr(entries, "BATCH", 2)
    person = make_person("Ana Rusu", en="Ana Rusu")
    for _time in range(5):
        make_publication(people=[person])
    SearchEntry.objects.update(names="old")
    assert entries.rename(person.pk) == 5


def test_person_whom_no_story_names_makes_no_work():
    make_person("Ana Rusu", en="Ana Rusu")
    assert Worker(interval=0.05).drain() == 0


def rebuild(**options) -> str:
    out = StringIO()
    call_command("rebuild_search", stdout=out, **options)
    return out.getvalue()


def snapshot() -> list[tuple]:
    columns = ("pk", *entries.COLUMNS)
    return list(SearchEntry.objects.order_by("pk").values_list(*columns))


def test_rebuild_makes_the_same_entries_again_and_takes_out_what_is_over():
    now = timezone.now()
    live = [make_publication(headline=f"Zeppelin {number}").pk for number in range(5)]
    ahead = make_publication(at=now + timedelta(hours=1)).pk
    over = make_publication(until=now)
    make_publication(article=over.article, at=now, state="removed")
    before = snapshot()
    assert [row[0] for row in before] == [*live, ahead]
    SearchEntry.objects.all().delete()
    assert number_found("zeppelin") == 0
    SearchEntry.objects.create(publication=over, language="en", body="zeppelin")
    said = rebuild(batch=2)
    assert snapshot() == before
    assert said.splitlines() == [
        "2 stories …",
        "4 stories …",
        "6 stories …",
        "6 stories can be found, 1 entries were taken out.",
    ]
    assert number_found("zeppelin") == 5
    rebuild()
    assert snapshot() == before
    assert number_found("zeppelin") == 5


def test_rebuild_says_what_it_does(capsys):
    with pytest.raises(SystemExit):
        call_command("rebuild_search", "--help")
    assert "Safe to stop and to repeat" in " ".join(capsys.readouterr().out.split())


def test_changed_entry_is_found_by_its_new_words_alone():
    """What the database makes of an entry by itself goes with every kind of change."""
    make_publication(headline="Zeppelin")
    SearchEntry.objects.update(headline="balloon")
    assert (number_found("zeppelin"), number_found("balloon")) == (0, 1)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO articles_searchentry_words (articles_searchentry_words, rank) VALUES ('integrity-check', 1)"
            )


def test_body_of_any_length_can_be_published():
    words = " ".join(f"слово{number}" for number in range(60_000))
    make_publication(language="ru", body=f"<p>{words}</p>")
    assert number_found("слово77", "ru") == 1
