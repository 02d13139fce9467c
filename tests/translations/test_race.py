"""Two people take the same job at the same moment: one gets it, the other is told."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from articles.errors import DeskError, Refused
from tests import cast
from tests.translations import making
from translations import jobs
from translations.enums import JobState
from translations.models import Job, JobEvent

pytestmark = pytest.mark.django_db(transaction=True)


def race(*acts):
    """Runs the acts at once, each in a thread; what each came to."""
    start, results = Barrier(len(acts)), {}

    def run(number, act):
        try:
            start.wait(timeout=30)
            act()
            results[number] = None
        except DeskError as error:
            results[number] = error
        finally:
            connection.close()

    threads = [Thread(target=run, args=(number, act)) for number, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return [results[number] for number in range(len(acts))]


def test_one_of_two_gets_the_job():
    cast.user("elena")
    cast.user("emil")
    job = making.asked(to="")
    tudor = cast.user("tudor")
    results = race(*(lambda: jobs.accept(job, by=tudor, version=job.version) for _number in range(2)))
    assert sorted(type(result).__name__ for result in results) == ["NoneType", "Stale"]
    assert making.fresh(job).state == JobState.ACCEPTED
    assert JobEvent.objects.filter(job=job, step="accept").count() == 1
    assert job.original.translations.count() == 1


def test_one_of_two_requests_is_made():
    making.bylines()
    story, elena = cast.live(), cast.user("elena")
    results = race(*(lambda: jobs.request(story, languages=["ro"], by=elena) for _number in range(2)))
    assert [result for result in results if result is None] == [None]
    assert any(isinstance(result, Refused) for result in results)
    assert Job.objects.count() == 1
