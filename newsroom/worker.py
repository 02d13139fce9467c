"""The worker: runs background tasks, shows that it lives, and picks up what a killed worker left behind.

django-tasks-db gives the queue and runs a task. It has no sign of life and no way back for a task whose
worker was killed; both are here. A task may therefore run twice, and has to bear it.
"""

import logging
import os
import secrets
import socket
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from types import FrameType

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone
from django_tasks_db.compat import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker as TaskRunner
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from articles.delivery import cdn, outbox, websub
from newsroom.models import WorkerBeat
from translations import freshness, jobs, memory, verifying

logger = logging.getLogger(__name__)

BEAT_EVERY = 10.0  # seconds
SEND_EVERY = 0.5  # seconds
MOST_ATTEMPTS = 3  # a task that killed its worker as often is taken for the killer
KEEP_RESULTS_DAYS = 14


class Worker:
    """Runs tasks one after another until it is told to stop; the task at hand is finished first."""

    def __init__(self, *, interval: float = 1.0) -> None:
        self.name = f"{socket.gethostname()[:40]}-{os.getpid()}-{secrets.token_hex(4)}"
        self.interval = interval
        self.stopping = threading.Event()
        self.runner = TaskRunner(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=interval,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=self.name,
        )

    def stop(self, signum: int = 0, frame: FrameType | None = None) -> None:
        """A signal handler."""
        self.stopping.set()

    def run(self) -> None:
        logger.info("The worker begins.", extra={"worker": self.name})
        threads = [
            threading.Thread(target=self.keep_beating, name="beat", daemon=True),
            threading.Thread(target=self.keep_sending, name="purges", daemon=True),
        ]
        for thread in threads:
            thread.start()
        chores = Chores()
        while not self.stopping.is_set():
            if not self.step(chores):
                self.stopping.wait(self.interval)
        for thread in threads:
            thread.join(timeout=BEAT_EVERY)
        WorkerBeat.objects.filter(worker=self.name).delete()
        logger.info("The worker ends.", extra={"worker": self.name})

    def step(self, chores: "Chores") -> bool:
        """Does what is due; whether there may be more. A database that does not answer is waited for."""
        close_old_connections()
        try:
            chores.do_due()
            return self.run_one()
        except DatabaseError:
            logger.exception("The database does not answer.", extra={"worker": self.name})
            connection.close()
            return False

    def drain(self) -> int:
        """Runs every waiting task and returns their number."""
        beat(self.name)
        reap()
        done = 0
        while not self.stopping.is_set() and self.run_one():
            done += 1
        return done

    def run_one(self) -> bool:
        """Claims one waiting task and runs it. A task that fails is logged, and stops nothing."""
        waiting = DBTaskResult.objects.ready().filter(backend_name="default")
        with exclusive_transaction(waiting.db):
            task = waiting.get_locked()
            if task is None:
                return False
            task.claim(self.name)
        began = time.monotonic()
        self.runner.run_task(task)
        seconds = round(time.monotonic() - began, 3)
        told = {"task": task.task_path, "seconds": seconds, "worker": self.name}
        if task.status == TaskResultStatus.FAILED:
            logger.error("A task failed: %s.", task.exception_class_path, extra=told)
        else:
            logger.info("A task is done.", extra=told)
        return True

    def keep_beating(self) -> None:
        """Runs in a thread, so that a long task is no silence."""
        while True:
            try:
                beat(self.name)
            except DatabaseError:
                logger.warning("A sign of life could not be written.", extra={"worker": self.name})
            finally:
                connection.close()
            if self.stopping.wait(BEAT_EVERY):
                return

    def keep_sending(self) -> None:
        """Tells the network in front of the site what to forget, and followers what is new.

        In a thread: a withdrawal waits for no long task.
        """
        while True:
            try:
                cdn.send_due()
                websub.announce_due()
            except DatabaseError:
                logger.warning("Purges could not be read.", extra={"worker": self.name})
            finally:
                connection.close()
            if self.stopping.wait(SEND_EVERY):
                return


class Chores:
    """What a worker does from time to time beside the tasks."""

    def __init__(self) -> None:
        self.due = dict.fromkeys(CHORES, 0.0)

    def do_due(self) -> None:
        for chore, every in CHORES.items():
            if time.monotonic() >= self.due[chore]:
                self.due[chore] = time.monotonic() + every
                chore()


def beat(name: str) -> None:
    now = timezone.now()
    WorkerBeat.objects.update_or_create(
        worker=name, defaults={"seen": now}, create_defaults={"seen": now, "started": now}
    )


def reap() -> int:
    """Gives back the tasks whose worker is gone; returns how many.

    A worker is gone when it gave no sign of life for NEWSROOM_WORKER_SILENCE seconds. The update is
    conditional on the attempt that was seen, so that two workers reap a task once.
    """
    since = timezone.now() - timedelta(seconds=settings.NEWSROOM_WORKER_SILENCE)
    living = set(WorkerBeat.objects.filter(seen__gte=since).values_list("worker", flat=True))
    reaped = 0
    for task in DBTaskResult.objects.running().filter(started_at__lt=since).defer("args_kwargs", "return_value"):
        if task.worker_ids and task.worker_ids[-1] in living:
            continue
        attempt = DBTaskResult.objects.running().filter(pk=task.pk, started_at=task.started_at)
        attempts = len(task.worker_ids)
        if attempts < MOST_ATTEMPTS:
            changed = attempt.update(status=TaskResultStatus.READY)
        else:
            changed = attempt.update(
                status=TaskResultStatus.FAILED,
                finished_at=timezone.now(),
                exception_class_path="newsroom.worker.Killed",
            )
        if changed:
            reaped += 1
            logger.warning("The worker of a task is gone.", extra={"task": task.task_path, "attempts": attempts})
    return reaped


def tidy() -> None:
    """Forgets dead workers, ended sessions, the results of tasks long done, and purges that everybody has heard of."""
    WorkerBeat.objects.filter(seen__lt=timezone.now() - timedelta(days=1)).delete()
    done = timezone.now() - timedelta(days=KEEP_RESULTS_DAYS)
    DBTaskResult.objects.finished().filter(finished_at__lt=done).delete()
    outbox.tidy()
    call_command("clearsessions")


CHORES: dict[Callable[[], object], float] = {  # seconds from one time to the next
    reap: 30.0,
    freshness.catch_up: 60.0,
    memory.catch_up: 60.0,
    jobs.expire_claims: 300.0,
    verifying.by_night: 20.0,
    tidy: 3600.0,
}
