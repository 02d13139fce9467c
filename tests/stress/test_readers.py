"""What readers get while the desk works: nothing early, nothing late, nothing stale, and nothing that fails."""

from __future__ import annotations

import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection, connections
from django.utils import timezone

from articles.delivery import counters
from articles.models import Article
from articles.workflow import filing, publishing, withdrawing
from tests import cast, postgres
from tests.cast import edit, fresh, user
from tests.stress.readers import Desk, Readers
from tests.stress.server import server

pytestmark = pytest.mark.django_db(transaction=True)
LATE = 0.1
"""Seconds after its moment at which a scheduled edition is there for everybody."""
OUT = 8
"""Seconds after a database's return until all have found it: a request may be waiting for one of the pool's."""


class Newsroom:
    """A story with its readers, in front of a server of two processes."""

    def __init__(self, readers: Readers, story: Article, desk: Desk) -> None:
        self.readers, self.story, self.desk = readers, story, desk

    def next_edition(self) -> None:
        """Corrects the story."""
        article = self._approved(self.desk.done + 1)
        self.desk.begun += 1
        publishing.publish(article, by=user("emil"), version=article.version, change="update", note="More is known.")
        self.desk.done += 1

    def schedule(self, seconds: float) -> datetime:
        article = self._approved(self.desk.done + 1)
        at = timezone.now() + timedelta(seconds=seconds)
        publishing.schedule(article, by=user("emil"), version=article.version, visible_from=at, change="update",
                            note="More is known.")  # fmt: skip
        return at

    def hold(self) -> None:
        article = fresh(self.story)
        withdrawing.hold(article, by=user("elena"), version=article.version, note="A doubt.")

    def release(self) -> None:
        article = fresh(self.story)
        withdrawing.release(article, by=user("elena"), version=article.version, note="None.")

    def _approved(self, edition: int) -> Article:
        article = edit(fresh(self.story), user("elena"), headline=headline(edition))
        return filing.approve(article, by=user("emil"), version=article.version)


def headline(edition: int) -> str:
    return f"Edition {edition} of the timetable"


@contextmanager
def newsroom(folder: Path, settings, connections: int = 16) -> Iterator[Newsroom]:
    settings.NEWSROOM_SHARED_MEMORY = str(folder)
    counters.forget()
    story = cast.live(slug="timetable", headline=headline(0))
    path = story.publications.get().get_absolute_url()
    desk = Desk()
    with server(folder, 2) as address:
        readers = Readers(address, [path, "/en/", "/en/international/", "/en/feed.json"], desk, connections)
        readers.start()
        try:
            yield Newsroom(readers, story, desk)
        finally:
            readers.stop()
            counters.forget()


def read_all(folder: Path, settings, answers: int, connections: int = 16) -> Readers:
    """Editions, a hold and a release, and a schedule, while readers get so many answers."""
    with newsroom(folder, settings, connections) as paper:
        readers, third = paper.readers, answers // 3
        readers.until(lambda: len(readers.answers) > 16)
        while len(readers.answers) < third:
            paper.next_edition()
        paper.hold()
        held_from = time.time()
        asked = len(readers.answers)
        readers.until(lambda: len(readers.answers) > asked + third)
        held_until = time.time()
        paper.release()
        before = paper.desk.done
        at = paper.schedule(2).timestamp()
        paper.desk.begun += 1  # may be seen from now on; that it is not early is looked at below
        readers.until(lambda: time.time() > at + LATE)
        paper.desk.done += 1
        readers.until(lambda: len(readers.answers) >= answers and time.time() > at + 1)
    got = readers.answers
    assert not readers.stale(), readers.stale()[:3]
    assert set(readers.statuses()) <= {200, 304}, readers.statuses()
    held = [one for one in got if one.began > held_from and one.ended < held_until]
    assert held
    assert not [one for one in held if one.edition is not None], "a held story was shown"
    early = [one for one in got if one.ended < at and (one.edition or 0) > before]
    late = [one for one in got if one.began > at + LATE and one.edition == before]
    assert (early, late) == ([], [])
    hits = sum("hit" in one.how for one in got)
    assert hits > len(got) / 2, Counter(one.how for one in got)
    return readers


@pytest.mark.concurrency
def test_some_hundred_answers(tmp_path: Path, settings):
    """Few readers, since other tests run beside it."""
    assert len(read_all(tmp_path, settings, 600, connections=4).answers) >= 600


@pytest.mark.stress
def test_ten_thousand_answers(tmp_path: Path, settings, capsys):
    readers = read_all(tmp_path, settings, 10_000)
    with capsys.disabled():
        print(
            f"\n{connection.vendor}: 16 readers, 2 processes, {len(readers.answers)} answers while {readers.desk.done}"
            f" editions appeared: {len(readers.stale())} stale, none early, none later than {LATE} s"
        )


@pytest.mark.stress
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite is a file: it can't be stopped")
def test_the_database_is_stopped_and_started_twenty_times(tmp_path: Path, settings, capsys):
    """Kept pages go on being served, whatever becomes of the database."""
    with newsroom(tmp_path, settings) as paper:
        readers = paper.readers
        readers.until(readers.kept_by_both)
        with connection.cursor() as cursor:
            cursor.execute("SHOW data_directory")
            data = cursor.fetchone()[0]
        for _ in range(20):
            connections.close_all()
            control(data, "stop", "-m", "fast")
            asked = len(readers.answers)
            readers.until(lambda asked=asked: len(readers.answers) > asked + 200)
            control(data, "start", "-l", str(Path(data).parent / "log"))
            paper.next_edition()
        back = time.time()
        editions = paper.desk.done
        readers.until(lambda: time.time() > back + 3 * OUT)
    assert editions == 20
    assert set(readers.statuses()) <= {200, 304}, readers.statuses()
    # What stands in while nothing newer can be made says so, and no longer than until the database is found again.
    stale = [one for one in readers.stale() if "stale-if-error" not in one.how or one.began > back + OUT]
    assert not stale, stale[:3]
    with capsys.disabled():
        print(f"\nPostgreSQL stopped 20 times: {len(readers.answers)} answers, none a 5xx, none stale")


def control(data: str, *arguments: str) -> None:
    command = [str(postgres.programs() / "pg_ctl"), "-D", data, "-w", "-s", *arguments]
    subprocess.run(command, cwd=Path(data).parent, check=True, stdout=subprocess.DEVNULL, **postgres.owner())
