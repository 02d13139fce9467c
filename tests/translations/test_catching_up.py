"""A process may die between the commit of a step and its news. Readers have been told; the worker tells the desk."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from articles.enums import Change
from articles.models import Publication
from articles.workflow import machine, withdrawing
from newsroom.worker import CHORES
from tests import cast
from tests.translations import making
from tests.translations.test_freshness import again, asking, original
from translations import freshness, jobs, memory
from translations.enums import Freshness, JobState, Standing
from translations.models import MemoryEntry

pytestmark = pytest.mark.django_db(transaction=True)
HEADLINE = "Commission agrees on another timetable"
TOLD = {"by": "clara", "note": "Not genuine."}


@pytest.fixture
def dying(monkeypatch):
    """Nobody hears of a step: as where the process is killed when the step is committed."""

    def die():
        monkeypatch.setattr(machine.stepped, "send_robust", lambda **_news: None)

    return die


def withdraw(step, story):
    story = cast.fresh(story)
    return step(story, by=cast.user("clara"), version=story.version, note="Not genuine.")


def standings() -> set[str]:
    return set(MemoryEntry.objects.values_list("standing", flat=True))


def page(article) -> str:
    address = Publication.objects.valid().get(article=article).get_absolute_url()
    return Client().get(address).content.decode()


def test_the_worker_looks_for_both_every_minute():
    assert CHORES[freshness.catch_up] == CHORES[memory.catch_up] == 60


@pytest.mark.parametrize("down", [timedelta(minutes=1), timedelta(days=9)])
def test_a_correction(dying, down):
    story = original()
    job = making.published(story)
    dying()
    again(story, headline=HEADLINE)
    assert "corectat" in page(job.article)
    assert (making.fresh(job).state, making.fresh(job).freshness) == (JobState.DONE, Freshness.FRESH)
    with time_machine.travel(timezone.now() + down):
        assert freshness.catch_up() == 1
        assert freshness.catch_up() == 0
    job = making.fresh(job)
    assert (job.state, job.freshness, job.round) == (JobState.REQUESTED, Freshness.STALE, 2)
    assert [row.field for row in asking(job)] == ["headline"]


def test_a_refile_is_marked_and_looked_at_once(dying):
    story = original()
    job = making.published(story)
    dying()
    again(story, change=Change.REFILE, headline=HEADLINE)
    assert freshness.catch_up() == 1
    assert making.fresh(job).freshness == Freshness.MINOR
    assert freshness.catch_up() == 0
    again(story, headline="Commission agrees on yet another timetable")
    assert freshness.catch_up() == 1
    assert making.fresh(job).freshness == Freshness.STALE


@pytest.mark.parametrize("step", [withdrawing.retract, withdrawing.remove])
def test_a_withdrawal_ends_the_work_and_its_memory(dying, step):
    story = original()
    done, under_way = making.published(story), making.accepted(story, language="uk")
    dying()
    withdraw(step, story)
    assert {row.state for row in Publication.objects.valid().filter(family=story.pk)} <= {"retracted", "removed"}
    assert standings() == {Standing.USABLE}
    assert memory.concordance("talks", "en", "ro", cast.user("elena")) == []  # nothing is offered meanwhile
    assert (freshness.catch_up(), memory.catch_up()) == (1, 1)
    assert making.fresh(under_way).state == JobState.CANCELLED
    assert making.fresh(done).state == JobState.DONE
    assert standings() == {Standing.WITHDRAWN}
    assert (freshness.catch_up(), memory.catch_up()) == (0, 0)


def test_a_hold_and_a_release(dying):
    story = original()
    making.published(story)
    dying()
    withdraw(withdrawing.hold, story)
    assert (freshness.catch_up(), memory.catch_up()) == (0, 1)
    assert standings() == {Standing.HELD}
    withdraw(withdrawing.release, story)
    assert (freshness.catch_up(), memory.catch_up()) == (0, 1)
    assert standings() == {Standing.USABLE}
    assert memory.catch_up() == 0


def test_who_finishes_meanwhile_is_asked_for_another_round(dying):
    story = original()
    job = making.revising(story)
    dying()
    again(story, headline=HEADLINE)
    job = jobs.finish(job, by=cast.user("emil"), version=job.version, read=True)
    assert job.freshness == Freshness.MINOR  # nobody knows yet by how much
    assert freshness.catch_up() == 1
    job = making.fresh(job)
    assert (job.state, job.freshness, job.round) == (JobState.REQUESTED, Freshness.STALE, 2)


def test_it_asks_as_often_for_one_story_as_for_three_that_are_settled(django_assert_num_queries):
    for number in range(3):
        making.published(cast.live(slug=f"story-{number}", headline=f"Timetable {number}"))
        with django_assert_num_queries(1):
            freshness.catch_up()
        with django_assert_num_queries(1):
            memory.catch_up()
