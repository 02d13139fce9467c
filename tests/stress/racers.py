"""Processes of their own that act on one database at one moment.

The test talks to one process that has Django loaded and holds no connection. For each race it forks a racer for every
act; each racer opens its own connection, reads what it acts on, waits for the others, acts, tells, and ends.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import subprocess
import sys
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

PATIENCE = 60  # seconds for the slowest racer

Act = dict[str, Any]
"""``do``: a step, ``save``, ``begin`` or ``wander``; ``by``: a member of the cast; ``article``: its id; what the act needs."""

Told = dict[str, Any]
"""``outcome``: ``done``, or the name of the error; ``by``; ``text``: the messages, or the traceback of what is no desk error."""


def database_url() -> str:
    """Where the tests' own database is, for another process."""
    from django.db import connection

    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    user, password = quote(database["USER"], safe=""), quote(database["PASSWORD"], safe="")
    return f"postgres://{user}:{password}@{quote(database['HOST'], safe='')}:{database['PORT']}/{database['NAME']}"


class Nursery:
    """Starts races; see the module."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def race(self, *acts: Act) -> list[Told]:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(acts) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "the racers' process has ended"
        return json.loads(line)


@contextmanager
def nursery() -> Iterator[Nursery]:
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings", "DATABASE_URL": database_url()}
    command = [sys.executable, "-m", "tests.stress.racers"]
    process = subprocess.Popen(command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield Nursery(process)
    finally:
        assert process.stdin
        process.stdin.close()
        process.wait(PATIENCE)


def main() -> None:
    import django

    django.setup()
    import tests.cast  # noqa: F401  everything is loaded before the first fork
    import translations.drafting  # noqa: F401

    for line in sys.stdin:
        print(json.dumps(_race(json.loads(line))), flush=True)


def _race(acts: list[Act]) -> list[Told]:
    fork = multiprocessing.get_context("fork")
    barrier = fork.Barrier(len(acts))
    racers = []
    for act in acts:
        here, there = fork.Pipe(duplex=False)
        process = fork.Process(target=_racer, args=(act, barrier, there))
        process.start()
        there.close()
        racers.append((act, process, here))
    deadline = time.monotonic() + PATIENCE
    told = []
    for act, process, pipe in racers:
        if pipe.poll(max(0, deadline - time.monotonic())):
            told.append(pipe.recv())
        else:
            told.append({"outcome": "never came back", "by": act["by"], "text": str(act)})
            process.kill()
        process.join()
    return told


def _racer(act: Act, barrier: Any, pipe: Any) -> None:
    from django.db import connections

    from articles.errors import DeskError

    told: Told = {"outcome": "done", "by": act["by"], "text": ""}
    try:
        take = _prepared(act)
        barrier.wait(PATIENCE)
        told["text"] = take() or ""
    except DeskError as error:
        told |= {"outcome": type(error).__name__, "text": str(error)}
    except BaseException as error:  # noqa: BLE001  told to the test, which fails of it
        barrier.abort()
        told |= {"outcome": type(error).__name__, "text": traceback.format_exc()}
    pipe.send(told)
    connections.close_all()


def _prepared(act: Act) -> Any:
    """The act as a function that does the writing and nothing else: what it reads of a screen is read here."""
    from articles.models import Article
    from articles.permissions import roles_of
    from newsroom.models import User

    by = User.objects.get(username=act.pop("by"))
    roles_of(by)
    do, pk = act.pop("do"), act.pop("article")
    if do == "wander":
        return lambda: _wander(by, pk, **act)
    article = Article.objects.get(pk=pk)
    if do == "begin":
        from translations import drafting

        return lambda: drafting.begin(article, by=by, **act) and None
    version = act.pop("version", article.version)
    return lambda: _take(do, article, by, version, act) and None


def _take(do: str, article: Any, by: Any, version: int, details: dict[str, Any]) -> Any:
    from articles.workflow import filing, publishing, withdrawing

    if do == "save":
        for name, value in details.items():
            setattr(article, name, value)
        return filing.save(article, by=by, version=version, write=article.save)
    step = next(getattr(place, do) for place in (filing, publishing, withdrawing) if hasattr(place, do))
    if "hours" in details:
        from datetime import timedelta

        from django.utils import timezone

        details["visible_from"] = timezone.now() + timedelta(hours=details.pop("hours"))
    return step(article, by=by, version=version, **details)


def _wander(by: Any, pk: int, seed: int, turns: int) -> str:
    """Takes steps at random on any version of the story; anything but an answer of the desk ends the race."""
    from django.db.models import Q

    from articles.errors import DeskError
    from articles.models import Article

    chance = random.Random(seed)
    done: Counter[str] = Counter()
    for turn in range(turns):
        article = chance.choice(Article.objects.filter(Q(pk=pk) | Q(original=pk)).order_by("pk"))
        do, details = chance.choice(WANDERINGS)
        details = {name: f"{seed}.{turn}" if value is None else value for name, value in details.items()}
        try:
            _take(do, article, by, article.version, dict(details))
            done["done"] += 1
        except DeskError as error:
            done[type(error).__name__] += 1
    return json.dumps(done)


WANDERINGS: list[tuple[str, dict[str, Any]]] = [
    ("save", {"kicker": None}),
    ("save", {"kicker": None}),
    ("submit", {}),
    ("claim", {}),
    ("take_over", {}),
    ("approve", {"alone": "For the test."}),
    ("approve", {"alone": "For the test."}),
    ("publish", {"change": "update", "note": "More is known."}),
    ("publish", {"change": "refile"}),
    ("schedule", {"change": "refile", "hours": 2}),
    ("unschedule", {}),
    ("reopen", {}),
    ("hand_back", {"note": "Who said so?"}),
    ("hold", {"note": "A doubt."}),
    ("release", {"note": "No doubt."}),
]

if __name__ == "__main__":
    main()
