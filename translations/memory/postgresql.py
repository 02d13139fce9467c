"""The memory on PostgreSQL: an inverted index of the words' beginnings, and trigrams of both sides.

Fuzzy matches: ``words`` as a ``tsvector`` in a GIN index. A question such as ``(a & b) | (c & d)`` is one walk through
the lists of the rarest words, so that a million entries cost hardly more than a thousand. Which words are rare is
known from what ANALYZE keeps of the index. The concordance: GIN indexes by pg_trgm.
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

    def alike(self, groups: Sequence[Sequence[str]], pair: str, limit: int) -> list[tuple[int, str]]:
        """The planner takes reading every entry for cheap, and is told not to."""
        question = " | ".join(" & ".join(f"'{word}'" for word in [*group, pair]) for group in groups)
        statement = (
            f"SELECT id, source_key FROM {ENTRIES}"  # noqa: S608  # constants alone
            f" WHERE {VECTOR} @@ %s::tsquery AND standing = '{Standing.USABLE}' LIMIT {int(limit)}"
        )
        with transaction.atomic(), default.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL jit = off")
            cursor.execute(statement, [question])
            found = list(cursor.fetchall())
            cursor.execute("SET LOCAL enable_seqscan = DEFAULT; SET LOCAL jit = DEFAULT")
        return found

    def containing(self, texts: Sequence[str], side: str, pair: Sequence[str], limit: int) -> list[int]:
        has = " AND ".join([f"{side} LIKE %s"] * len(texts))
        statement = (
            f"SELECT id FROM {ENTRIES} WHERE {has} AND source_language = %s AND target_language = %s"  # noqa: S608
            f" AND standing = '{Standing.USABLE}' ORDER BY id DESC LIMIT {int(limit)}"
        )
        with default.cursor() as cursor:
            cursor.execute(statement, [*(f"%{_as_it_is(text)}%" for text in texts), *pair])
            return [pk for (pk,) in cursor.fetchall()]

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
