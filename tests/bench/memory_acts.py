"""The translation memory's benchmark, in a process of the newsroom: ``python -m tests.bench.memory_acts fill 10000``."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django.setup()

from django.contrib.auth.models import Group  # noqa: E402  # apps have to be ready
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from articles.enums import Role  # noqa: E402
from newsroom.models import User  # noqa: E402
from tests.bench import bulk, sentences  # noqa: E402
from tests.bench.sentences import CYRILLIC  # noqa: E402
from translations import matching, memory  # noqa: E402
from translations.memory.engine import engine  # noqa: E402
from translations.models.memory_entry import MemoryEntry  # noqa: E402

LANGUAGES = ("ro", "ru")
COLUMNS = (
    "id", "source_language", "target_language", "source", "target", "sha256", "source_key", "target_key", "words", "target_words",
    "origin", "at",
)  # fmt: skip


def fill(count: str) -> None:
    """Brings up the database and fills the memory with *count* entries, by COPY where the database has it."""
    call_command("migrate", verbosity=0, interactive=False)
    call_command("sync_roles", verbosity=0)
    with bulk.indexes_later([MemoryEntry]):
        bulk.write(MemoryEntry, COLUMNS, _rows(int(count)))
    bulk.continue_numbering([MemoryEntry])
    engine().install(connection)  # how closely words are counted is not part of an index's definition
    bulk.settle()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT gin_clean_pending_list(indexrelid) FROM pg_index JOIN pg_class c ON c.oid = indexrelid"
                           f" JOIN pg_am a ON a.oid = c.relam WHERE a.amname = 'gin'"
                           f" AND indrelid = '{MemoryEntry._meta.db_table}'::regclass")  # fmt: skip


def _rows(count: int) -> Iterator[list[Any]]:
    now = timezone.now()
    for number in range(count):
        entry = MemoryEntry(
            id=number + 1, source_language=LANGUAGES[0], target_language=LANGUAGES[1],
            source=sentences.sentence(number), target=sentences.sentence(number, CYRILLIC),
            origin=f"bench-{number // 40}", at=now,
        ).keyed()  # fmt: skip
        yield [getattr(entry, name) for name in COLUMNS]
        if number % 10_000 == 0:
            print(number, flush=True)


def look_up(count: str, samples: str) -> dict[str, list[float]]:
    """Milliseconds of each look-up: of sentences that are there, that are there in other words, that are new; and of
    words in the concordance, common and rare ones on either side."""
    editor = _editor()
    chance = Random("look-up")
    numbers = [chance.randrange(int(count)) for _ in range(int(samples))]
    return {
        "exact": _timed(lambda number: _find(sentences.sentence(number), editor), numbers),
        "fuzzy": _timed(lambda number: _find(sentences.changed(number), editor), numbers),
        "new": _timed(lambda number: _find(sentences.sentence(number + 10**9), editor), numbers),
        "concordance": _timed(lambda number: memory.concordance(_phrase(number), *LANGUAGES, editor), numbers),
    }


def found(count: str, samples: str) -> dict[str, list[float]]:
    """The share of changed sentences whose own entry is among the matches."""
    editor = _editor()
    chance = Random("found")
    numbers = [chance.randrange(int(count)) for _ in range(int(samples))]
    like = [number for number in numbers if _similar(number)]
    hits = sum(
        any(match.source == sentences.sentence(number) for match in _find(sentences.changed(number), editor))
        for number in like
    )
    return {"asked": [len(like)], "found": [hits]}


def _similar(number: int) -> bool:
    return matching.similarity(sentences.sentence(number), sentences.changed(number)) >= 75


def _find(source: str, user: User) -> list[memory.Match]:
    return memory.find(memory.Asked(source, *LANGUAGES), user)


def _phrase(number: int) -> str:
    """One to three words that follow one another in a sentence, on either side."""
    chance = Random(f"phrase {number}")
    words = sentences.sentence(number, chance.choice((sentences.LATIN, CYRILLIC))).rstrip(".").split()
    begin = chance.randrange(len(words) - 2)
    text = " ".join(words[begin : begin + chance.randint(1, 3)])
    return text if len(text) >= 3 else " ".join(words[begin : begin + 3])


def _timed(act: Callable[[int], Any], numbers: list[int]) -> list[float]:
    for number in numbers[:20]:  # to warm up
        act(number + 1)
    took = []
    for number in numbers:
        begin = time.perf_counter()
        act(number)
        took.append(1000 * (time.perf_counter() - begin))
    return took


def _editor() -> User:
    editor, _made = User.objects.get_or_create(username="memory-editor", defaults={"is_staff": True})
    editor.groups.add(Group.objects.get_or_create(name=Role.EDITOR)[0])
    return User.objects.get(pk=editor.pk)


def main(act: str, *arguments: str) -> None:
    acts: dict[str, Callable[..., Any]] = {"fill": fill, "look_up": look_up, "found": found}
    answer = acts[act](*arguments)
    if answer is not None:
        print(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
