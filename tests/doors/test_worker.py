"""The worker: runs what waits, shows that it lives, and picks up after the dead."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from newsroom.models import WorkerBeat
from newsroom.worker import KEEP_RESULTS_DAYS, MOST_ATTEMPTS, Chores, Worker, beat, reap, tidy
from tests.doors import tasks
from tests.doors.test_settings import ROOT


@pytest.fixture(autouse=True)
def nothing_done():
    tasks.DONE.clear()


@pytest.fixture
def worker(db):
    return Worker()


def abandoned(worker_ids: list[str], ago: int = 3600) -> DBTaskResult:
    """A task that some worker began and never ended."""
    tasks.note.enqueue("abandoned")
    DBTaskResult.objects.update(
        status="RUNNING", worker_ids=worker_ids, started_at=timezone.now() - timedelta(seconds=ago)
    )
    return DBTaskResult.objects.get()


def test_it_runs_what_waits_in_order(worker):
    for text in ("one", "two", "three"):
        tasks.note.enqueue(text)
    assert worker.drain() == 3
    assert tasks.DONE == ["one", "two", "three"]


def test_a_task_that_fails_stops_nothing_and_its_text_is_not_logged(worker, caplog):
    tasks.fail.enqueue("unpublished text")
    tasks.note.enqueue("next")
    worker.drain()
    assert tasks.DONE == ["next"]
    assert DBTaskResult.objects.get(task_path="tests.doors.tasks.fail").status == "FAILED"
    assert "A task failed: builtins.ValueError." in caplog.text
    assert "unpublished text" not in "".join(record.getMessage() for record in caplog.records)


def test_a_task_of_a_killed_worker_is_run_by_the_next(worker):
    abandoned(["dead"])
    worker.drain()
    assert tasks.DONE == ["abandoned"]
    assert DBTaskResult.objects.get().status == "SUCCESSFUL"


def test_a_long_task_of_a_living_worker_is_left_alone(worker):
    abandoned(["busy"])
    beat("busy")
    assert reap() == 0
    assert DBTaskResult.objects.get().status == "RUNNING"


def test_a_task_just_begun_is_left_alone(worker):
    abandoned(["new"], ago=5)
    assert reap() == 0


def test_a_task_that_killed_several_workers_is_given_up(worker):
    abandoned(["dead"] * MOST_ATTEMPTS)
    assert reap() == 1
    assert DBTaskResult.objects.get().status == "FAILED"


def test_the_sign_of_life_is_renewed(db):
    beat("w")
    first = WorkerBeat.objects.get()
    beat("w")
    again = WorkerBeat.objects.get()
    assert again.started == first.started
    assert again.seen > first.seen


def test_a_database_that_does_not_answer_is_waited_for(worker, monkeypatch):
    def down() -> bool:
        raise OperationalError

    monkeypatch.setattr(worker, "run_one", down)
    monkeypatch.setattr("newsroom.worker.connection.close", lambda: None)
    monkeypatch.setattr("newsroom.worker.close_old_connections", lambda: None)
    assert worker.step(Chores()) is False


def test_old_results_and_dead_workers_are_forgotten(worker):
    tasks.note.enqueue("old")
    worker.drain()
    DBTaskResult.objects.update(finished_at=timezone.now() - timedelta(days=KEEP_RESULTS_DAYS + 1))
    WorkerBeat.objects.update(seen=timezone.now() - timedelta(days=2))
    tasks.note.enqueue("waiting")
    tidy()
    assert [task.status for task in DBTaskResult.objects.all()] == ["READY"]
    assert not WorkerBeat.objects.exists()


def test_once_runs_what_waits_and_ends(db, capsys):
    tasks.note.enqueue("one")
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    try:
        call_command("run_worker", "--once")
    finally:
        signal.signal(signal.SIGTERM, before[0])
        signal.signal(signal.SIGINT, before[1])
    assert capsys.readouterr().out == "1 done\n"


def test_a_term_signal_stops_it_at_once(tmp_path):
    """A real process on a database of its own."""
    env = os.environ | {"NEWSROOM_DEBUG": "1", "DATABASE_URL": f"sqlite:///{tmp_path}/n.sqlite3"}
    env["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
    manage = [sys.executable, str(ROOT / "manage.py")]
    subprocess.run([*manage, "migrate", "-v0"], env=env, check=True, timeout=120)
    process = subprocess.Popen([*manage, "run_worker"], env=env, stderr=subprocess.PIPE, text=True)
    try:
        assert "The worker begins." in process.stderr.readline()
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        _out, rest = process.communicate(timeout=30)
    finally:
        process.kill()
    assert process.returncode == 0
    assert "The worker ends." in rest
    assert time.monotonic() - began < 10
