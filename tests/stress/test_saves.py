"""Many people save the same few stories through the admin's own form: no accepted save is lost, no refused one either."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.auth.models import Group
from django.db import connection

from articles.enums import Role
from articles.models import Article, Revision
from articles.workflow import revisions
from newsroom.models import User
from tests import cast
from tests.stress.client import KEPT, START, TOKEN
from tests.stress.server import server

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass(frozen=True)
class Figures:
    """What came of it all. ``lost`` are accepted saves that no revision holds."""

    clients: int
    accepted: int
    refused: int
    lost: int
    seconds: float

    def __str__(self) -> str:
        return (
            f"{connection.vendor}: {self.clients} clients, {self.accepted + self.refused} saves in {self.seconds:.0f} s:"
            f" {self.accepted} accepted, {self.refused} refused, {self.lost} lost"
        )


def editors(count: int) -> list[str]:
    """People who edit, with a password as production hashes it."""
    group = Group.objects.get_or_create(name=Role.EDITOR)[0]
    password = PBKDF2PasswordHasher().encode(cast.PASSWORD, "salt", iterations=1000)
    for number in range(count):
        User.objects.create(username=f"desk{number}", password=password).groups.add(group)
    return [f"desk{number}" for number in range(count)]


def stories(count: int) -> list[Article]:
    return [cast.draft(slug=f"shared-{number}", standfirst=START) for number in range(count)]


def storm(folder: Path, *, clients: int, saves: int, shared: int, processes: int) -> Figures:
    names, articles = editors(clients), stories(shared)
    with server(folder, processes) as address:
        started = time.monotonic()
        told = _clients(address, names, [article.pk for article in articles], saves // clients)
        seconds = time.monotonic() - started
        log = (folder / "server.log").read_text()
    faults = Counter(save["fault"] for save in told if save["fault"])
    assert not faults, f"{faults.most_common(3)}\n{log[-2000:]}"
    accepted = {save["token"]: save["article"] for save in told if save["accepted"]}
    kept = {token: article.pk for article in articles for token in _chain(article)}
    assert set(kept) <= set(accepted), "a save that was refused got in"
    lost = len(set(accepted) - set(kept))
    assert all(kept[token] == accepted[token] for token in kept)
    return Figures(clients, len(accepted), len(told) - len(accepted), lost, seconds)


def _clients(address: str, names: list[str], articles: list[int], saves: int) -> list[dict[str, Any]]:
    running = []
    for number, name in enumerate(names):
        order = {
            "address": address,
            "name": name,
            "password": cast.PASSWORD,
            "articles": articles,
            "saves": saves,
        }
        command = [sys.executable, "-m", "tests.stress.client"]
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert process.stdin
        process.stdin.write(json.dumps(order | {"seed": number}))
        process.stdin.close()
        process.stdin = None
        running.append(process)
    told: list[dict[str, Any]] = []
    for process in running:
        said, errors = process.communicate()
        assert process.returncode == 0, errors[-2000:]
        told += json.loads(said)["saves"]
    return told


def _chain(article: Article) -> list[str]:
    """The tokens of the article's revisions, each of which is its predecessor and one client's change, whole."""
    article = cast.fresh(article)
    chain = list(Revision.objects.filter(article=article).select_related("by").order_by("number"))
    tokens = []
    for before, after in pairwise(chain):
        assert after.number == before.number + 1
        token = TOKEN.findall(after.document["standfirst"])[-1]
        assert after.document == _changed(before.document, token)
        assert token.startswith(f"T{after.by.username.removeprefix('desk')}x")
        tokens.append(token)
    assert article.head == chain[-1]
    assert revisions.digest(revisions.document(article)) == chain[-1].sha256
    assert len(tokens) == len(set(tokens))
    return tokens


def _changed(document: dict[str, Any], token: str) -> dict[str, Any]:
    """The document as the client with the token makes it of *document*."""
    standing = [*TOKEN.findall(document["standfirst"]), token][-KEPT:]
    first, *others = document["citations"]
    return document | {
        "standfirst": " ".join([START, *standing]),
        "body": f"<p>The river commission met in Galați.</p><p>{token}</p>",
        "citations": [first | {"note": token}, *others],
    }


@pytest.mark.concurrency
def test_four_people_save_two_stories(tmp_path: Path):
    figures = storm(tmp_path, clients=4, saves=40, shared=2, processes=2)
    assert figures.lost == 0
    assert figures.accepted + figures.refused == 40
    assert figures.accepted > 0
    assert figures.refused > 0


@pytest.mark.stress
def test_sixteen_people_save_four_stories_two_thousand_times(tmp_path: Path, capsys):
    figures = storm(tmp_path, clients=16, saves=2000, shared=4, processes=4)
    with capsys.disabled():
        print(f"\n{figures}")
    assert figures.lost == 0
    assert figures.accepted + figures.refused == 2000
