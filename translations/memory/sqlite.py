"""The memory on SQLite: an FTS5 table of trigrams over the entries, kept in step by triggers.

What it finds is bounded more narrowly than on PostgreSQL, and it knows no rare words: long ones stand in for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from django.db import connection as default
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from translations.enums import Standing
from translations.models.memory_entry import MemoryEntry

ENTRIES = MemoryEntry._meta.db_table
PARTS = f"{ENTRIES}_parts"
COLUMNS = ("source_key", "target_key", "words")
SHORTEST = 3  # letters that a trigram has
_LIST = ", ".join(COLUMNS)
_NEW, _OLD = (", ".join(f"{row}.{column}" for column in COLUMNS) for row in ("NEW", "OLD"))
_ADD = f"INSERT INTO {PARTS} (rowid, {_LIST}) VALUES (NEW.id, {_NEW});"  # noqa: S608  # constants alone
_TAKE = f"INSERT INTO {PARTS} ({PARTS}, rowid, {_LIST}) VALUES ('delete', OLD.id, {_OLD});"  # noqa: S608  # as above
_TRIGGERS = {"INSERT": _ADD, "DELETE": _TAKE, "UPDATE": _TAKE + _ADD}


class SQLite:
    is_small: ClassVar[bool] = True

    def install(self, connection: BaseDatabaseWrapper) -> None:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM sqlite_master WHERE name = %s", [PARTS])
            if not cursor.fetchone():
                cursor.execute(
                    f"CREATE VIRTUAL TABLE {PARTS} USING fts5({_LIST}, content='{ENTRIES}', content_rowid='id',"
                    " tokenize='trigram')"
                )
                cursor.execute(f"INSERT INTO {PARTS} ({PARTS}) VALUES ('rebuild')")  # noqa: S608  # constants alone
            for act, does in _TRIGGERS.items():
                name = f"{PARTS}_{act.lower()}"
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
                which = f"UPDATE OF {_LIST}" if act == "UPDATE" else act
                cursor.execute(f"CREATE TRIGGER {name} AFTER {which} ON {ENTRIES} BEGIN {does} END")

    def rarest_first(self, words: Sequence[str]) -> list[str]:
        return sorted(words, key=len, reverse=True)

    def alike(self, groups: Sequence[Sequence[str]], pair: tuple[str, str], limit: int) -> list[tuple[int, str]]:
        asked = [[word for word in group if len(word) >= SHORTEST] for group in groups]
        either = " OR ".join(f"({' AND '.join(map(_quoted, group))})" for group in asked if group)
        if not either:
            return []
        statement = (
            f"SELECT e.id, e.source_key FROM {PARTS} p JOIN {ENTRIES} e ON e.id = p.rowid"  # noqa: S608
            f" WHERE {PARTS} MATCH %s AND e.source_language = %s AND e.target_language = %s"
            f" AND e.standing = '{Standing.USABLE}' LIMIT {int(limit)}"
        )
        with default.cursor() as cursor:
            cursor.execute(statement, [f"words : ({either})", *pair])
            return list(cursor.fetchall())

    def containing(self, texts: Sequence[str], side: str, pair: tuple[str, str], limit: int) -> list[int]:
        asked = [text for text in texts if len(text) >= SHORTEST]
        if not asked:
            return []
        statement = (
            f"SELECT e.id FROM {PARTS} p JOIN {ENTRIES} e ON e.id = p.rowid"  # noqa: S608
            f" WHERE {PARTS} MATCH %s AND e.source_language = %s AND e.target_language = %s"
            f" AND e.standing = '{Standing.USABLE}' ORDER BY p.rowid DESC LIMIT {int(limit)}"
        )
        with default.cursor() as cursor:
            cursor.execute(statement, [f"{side} : ({' AND '.join(map(_quoted, asked))})", *pair])
            return [pk for (pk,) in cursor.fetchall()]

    def anywhere(self, text: str, limit: int) -> list[int]:
        if len(text) < SHORTEST:
            return []
        statement = f"SELECT rowid FROM {PARTS} WHERE {PARTS} MATCH %s ORDER BY rowid DESC LIMIT {int(limit)}"  # noqa: S608
        with default.cursor() as cursor:
            cursor.execute(statement, [f"{{source_key target_key}} : {_quoted(text)}"])
            return [pk for (pk,) in cursor.fetchall()]


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
