"""The memory on PostgreSQL: an inverted index of the words' beginnings, and trigrams of both sides.

Fuzzy matches: ``words`` as a ``tsvector`` in a GIN index. Each group is a walk through the list of its rarest word, so
that a million entries cost little more than a thousand. Which words are rare is known from what ANALYZE keeps of the
index. The concordance: GIN indexes by pg_trgm.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import ClassVar

from django.db import connection as default
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from translations.enums import Standing
from translations.models.memory_entry import MemoryEntry

ENTRIES = MemoryEntry._meta.db_table
WORDS = f"{ENTRIES}_words"
VECTOR = "array_to_tsvector(string_to_array(words, ' '))"
SIDES = ("source_key", "target_key")
FEW = 0.0001
"""The share of the entries that may have the words of a group before a further word is asked for."""
UNKNOWN = 0.01  # of a word, before ANALYZE has counted any
KEPT = 600.0  # seconds that what is known of rare words is kept
MOST_KNOWN = 1_000  # times ten: how many of the most frequent words ANALYZE counts


class PostgreSQL:
    _known: ClassVar[dict[str, tuple[float, dict[str, float]]]] = {}

    def install(self, connection: BaseDatabaseWrapper) -> None:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            cursor.execute(f"CREATE INDEX IF NOT EXISTS {WORDS} ON {ENTRIES} USING gin (({VECTOR}))")
            cursor.execute(f"ALTER INDEX {WORDS} ALTER COLUMN 1 SET STATISTICS {MOST_KNOWN}")
            for side in SIDES:
                name = f"{ENTRIES}_{side}_parts"
                cursor.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {ENTRIES} USING gin ({side} gin_trgm_ops)")

    def rarest_first(self, words: Sequence[str]) -> list[str]:
        share = self._shares()
        return sorted(words, key=lambda word: (share.get(word, 0.0), -len(word)))

    def alike(self, groups: Sequence[Sequence[str]], pair: tuple[str, str], limit: int) -> list[tuple[int, str]]:
        """A question for each group: in one, each entry of any rare word would be held against all the words.

        The planner takes reading every entry for cheap, and is told not to.
        """
        one = (
            f"(SELECT id, source_key FROM {ENTRIES} WHERE {VECTOR} @@ %s::tsquery AND source_language = %s"  # noqa: S608
            f" AND target_language = %s AND standing = '{Standing.USABLE}' LIMIT {int(limit) // len(groups)})"
        )
        asked = [" & ".join(f"'{word}'" for word in self._enough(group)) for group in groups]
        with transaction.atomic(), default.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL jit = off")
            cursor.execute(" UNION ".join([one] * len(asked)), [value for text in asked for value in (text, *pair)])
            found = list(cursor.fetchall())
            cursor.execute("SET LOCAL enable_seqscan = DEFAULT; SET LOCAL jit = DEFAULT")
        return found

    def containing(self, texts: Sequence[str], side: str, pair: tuple[str, str], limit: int) -> list[int]:
        has = " AND ".join([f"{side} LIKE %s"] * len(texts))
        statement = (
            f"SELECT id FROM {ENTRIES} WHERE {has} AND source_language = %s AND target_language = %s"  # noqa: S608
            f" AND standing = '{Standing.USABLE}' ORDER BY id DESC LIMIT {int(limit)}"
        )
        with default.cursor() as cursor:
            cursor.execute(statement, [*(f"%{_as_it_is(text)}%" for text in texts), *pair])
            return [pk for (pk,) in cursor.fetchall()]

    def anywhere(self, text: str, limit: int) -> list[int]:
        """A union, since with *or* the planner reads every entry."""
        one = f"SELECT id FROM {ENTRIES} WHERE {{}} LIKE %s ORDER BY id DESC LIMIT {int(limit)}"  # noqa: S608  # constants
        statement = " UNION ".join(f"({one.format(side)})" for side in SIDES)
        with default.cursor() as cursor:
            cursor.execute(statement, [f"%{_as_it_is(text)}%"] * len(SIDES))
            return sorted((pk for (pk,) in cursor.fetchall()), reverse=True)[:limit]

    def _enough(self, group: Sequence[str]) -> list[str]:
        """So many words of the group, the rarest first, as make the entries few that have them all."""
        share = self._shares()
        otherwise = min(share.values(), default=UNKNOWN)
        taken, left = [], 1.0
        for word in group:
            taken.append(word)
            left *= share.get(word, otherwise)
            if left <= FEW:
                break
        return taken

    def _shares(self) -> dict[str, float]:
        """In how many of the entries the most frequent words stand, as shares of one."""
        name = str(default.settings_dict["NAME"])
        asked, shares = self._known.get(name, (-KEPT, {}))
        if time.monotonic() - asked > KEPT:
            with default.cursor() as cursor:
                cursor.execute(
                    "SELECT most_common_elems::text::text[], most_common_elem_freqs FROM pg_stats"
                    " WHERE schemaname = current_schema() AND tablename = %s",
                    [WORDS],
                )
                row = cursor.fetchone()
            shares = dict(zip(row[0] or (), row[1] or (), strict=False)) if row else {}
            self._known[name] = (time.monotonic(), shares)
        return shares


def _as_it_is(text: str) -> str:
    """For LIKE, whose signs stand for themselves."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
