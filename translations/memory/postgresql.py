"""The memory on PostgreSQL: an inverted index of the words' beginnings, and trigrams of both sides.

Fuzzy matches: ``words`` as a ``tsvector`` in a GIN index. Each group is a walk through the list of its rarest word, so
that a million entries cost little more than a thousand. Which words are rare is known from what ANALYZE keeps of the
index. The concordance: the same, and GIN indexes by pg_trgm for parts of words.
"""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from math import prod
from typing import ClassVar

from django.db import connection as default
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from translations.enums import Standing
from translations.models.memory_entry import MemoryEntry, beginnings

ENTRIES = MemoryEntry._meta.db_table
SIDES = {"source_key": "words", "target_key": "target_words"}
"""The columns of the texts, and those of the beginnings of their words."""
FEW = 0.0001
"""The share of the entries that may have the words of a group before a further word is asked for."""
COMMON = 0.002
"""Words that stand in so great a share of the entries are looked for in the newest ones first."""
WALKED = 20_000
"""Entries that are looked through for one question of the concordance: beyond, it is bounded."""
OFFERED = f"source_language = %s AND target_language = %s AND standing = '{Standing.USABLE}'"
UNKNOWN = 0.01  # of a word, before ANALYZE has counted any
SHORTEST = 3  # letters or digits of a trigram
KEPT = 600.0  # seconds that what is known of rare words is kept
MOST_KNOWN = 1_000  # times ten: how many of the most frequent words ANALYZE counts


class PostgreSQL:
    is_small: ClassVar[bool] = False
    _known: ClassVar[dict[tuple[str, str], tuple[float, dict[str, float]]]] = {}

    def install(self, connection: BaseDatabaseWrapper) -> None:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            for side, words in SIDES.items():
                by_words, parts = f"{ENTRIES}_{words}", f"{ENTRIES}_{side}_parts"
                cursor.execute(f"CREATE INDEX IF NOT EXISTS {by_words} ON {ENTRIES} USING gin (({_vector(words)}))")
                cursor.execute(f"ALTER INDEX {by_words} ALTER COLUMN 1 SET STATISTICS {MOST_KNOWN}")
                cursor.execute(f"CREATE INDEX IF NOT EXISTS {parts} ON {ENTRIES} USING gin ({side} gin_trgm_ops)")

    def rarest_first(self, words: Sequence[str]) -> list[str]:
        share = self._shares("words")
        return sorted(words, key=lambda word: (share.get(word, 0.0), -len(word)))

    def alike(self, groups: Sequence[Sequence[str]], pair: tuple[str, str], limit: int) -> list[tuple[int, str]]:
        """A question for each group: in one, each entry of any rare word would be held against all the words.

        The planner takes reading every entry for cheap, and is told not to.
        """
        one = (
            f"(SELECT id, source_key FROM {ENTRIES} WHERE {_vector('words')} @@ %s::tsquery"  # noqa: S608
            f" AND {OFFERED} LIMIT {int(limit) // len(groups)})"
        )
        asked = [" & ".join(f"'{word}'" for word in self._enough(group)) for group in groups]
        with transaction.atomic(), default.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL jit = off")
            cursor.execute(" UNION ".join([one] * len(asked)), [value for text in asked for value in (text, *pair)])
            found = list(cursor.fetchall())
            cursor.execute("SET LOCAL enable_seqscan = DEFAULT; SET LOCAL jit = DEFAULT")
        return found

    def containing(self, texts: Sequence[str], side: str, pair: tuple[str, str], limit: int) -> list[int]:
        """Where the words are common the newest entries are walked through; else by the index of words, and what is
        no whole word by trigrams."""
        share, words = self._shares(SIDES[side]), beginnings(" ".join(texts))
        has = " AND ".join([f"position(%s in {side}) > 0"] * len(texts))
        found: list[int] = []
        if prod(share.get(word, 0.0) for word in words) > COMMON:
            newest = f"SELECT * FROM {ENTRIES} ORDER BY id DESC LIMIT {WALKED}"  # noqa: S608  # constants alone
            found = self._ids(newest, f"{OFFERED} AND {has}", [*pair, *texts], limit)
        if not found and words:
            rarest = sorted(words, key=lambda word: share.get(word, 0.0))
            asked = " & ".join(f"'{word}'" for word in self._enough(rarest, SIDES[side]))
            some = f"SELECT * FROM {ENTRIES} WHERE {_vector(SIDES[side])} @@ %s::tsquery LIMIT {WALKED}"  # noqa: S608
            found = self._ids(some, f"{OFFERED} AND {has}", [asked, *pair, *texts], limit)
        if not found and len(texts) == 1 and _has_parts(texts[0]):
            some = f"SELECT * FROM {ENTRIES} WHERE {side} LIKE %s LIMIT {WALKED}"  # noqa: S608  # constants alone
            found = self._ids(some, OFFERED, [f"%{_as_it_is(texts[0])}%", *pair], limit)
        return found

    def _ids(self, some: str, condition: str, values: Sequence[str], limit: int) -> list[int]:
        """The newest *limit* of *some* entries that meet the condition; their table is not read from its beginning."""
        statement = f"SELECT id FROM ({some}) AS looked_at WHERE {condition} ORDER BY id DESC LIMIT {int(limit)}"  # noqa: S608
        with transaction.atomic(), default.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL jit = off")
            cursor.execute(statement, values)
            found = [pk for (pk,) in cursor.fetchall()]
            cursor.execute("SET LOCAL enable_seqscan = DEFAULT; SET LOCAL jit = DEFAULT")
        return found

    def anywhere(self, text: str, limit: int) -> list[int]:
        """A union, since with *or* the planner reads every entry."""
        if not _has_parts(text):
            return []
        one = f"SELECT id FROM {ENTRIES} WHERE {{}} LIKE %s ORDER BY id DESC LIMIT {int(limit)}"  # noqa: S608  # constants
        statement = " UNION ".join(f"({one.format(side)})" for side in SIDES)
        with default.cursor() as cursor:
            cursor.execute(statement, [f"%{_as_it_is(text)}%"] * len(SIDES))
            return sorted((pk for (pk,) in cursor.fetchall()), reverse=True)[:limit]

    def _enough(self, group: Sequence[str], column: str = "words") -> list[str]:
        """So many words of the group, the rarest first, as make the entries few that have them all."""
        share = self._shares(column)
        otherwise = min(share.values(), default=UNKNOWN)
        taken, left = [], 1.0
        for word in group:
            taken.append(word)
            left *= share.get(word, otherwise)
            if left <= FEW:
                break
        return taken

    def _shares(self, column: str) -> dict[str, float]:
        """In how many of the entries the most frequent words stand, as shares of one."""
        key = str(default.settings_dict["NAME"]), column
        asked, shares = self._known.get(key, (-KEPT, {}))
        if time.monotonic() - asked > KEPT:
            with default.cursor() as cursor:
                cursor.execute(
                    "SELECT most_common_elems::text::text[], most_common_elem_freqs FROM pg_stats"
                    " WHERE schemaname = current_schema() AND tablename = %s",
                    [f"{ENTRIES}_{column}"],
                )
                row = cursor.fetchone()
            shares = dict(zip(row[0] or (), row[1] or (), strict=False)) if row else {}
            self._known[key] = (time.monotonic(), shares)
        return shares


def _vector(column: str) -> str:
    return f"array_to_tsvector(string_to_array({column}, ' '))"


def _has_parts(text: str) -> bool:
    """Whether there is a trigram in the text: without one every entry would be read."""
    return any(len(run) >= SHORTEST for run in re.findall(r"[^\W_]+", text))


def _as_it_is(text: str) -> str:
    """For LIKE, whose signs stand for themselves."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
