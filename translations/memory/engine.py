"""What finds entries of the memory in a database, and which one the database has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Protocol

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from translations.memory.postgresql import PostgreSQL
from translations.memory.sqlite import SQLite


class Engine(Protocol):
    """Finds candidates. Whether they are good enough, and who may see them, is decided above.

    ``is_small``: it looks at so few entries that people are told where there were more.
    """

    is_small: ClassVar[bool]

    def install(self, connection: BaseDatabaseWrapper) -> None:
        """Makes what is missing of the indexes beside the table of entries. Safe to repeat."""

    def rarest_first(self, words: Sequence[str]) -> list[str]:
        """The beginnings of words in the order in which they say the most."""

    def alike(self, groups: Sequence[Sequence[str]], pair: tuple[str, str], limit: int) -> list[tuple[int, str]]:
        """Id and source key of entries of the pair (from, into) with all words of a group; *limit* at the most."""

    def containing(self, texts: Sequence[str], side: str, pair: tuple[str, str], limit: int) -> list[int]:
        """Ids, the newest first, of entries of the pair (from, into) whose *side*, a column, contains all *texts*."""

    def anywhere(self, text: str, limit: int) -> list[int]:
        """Ids, the newest first, of entries of whatever pair and standing that contain *text* on either side."""


ENGINES: dict[str, type[Engine]] = {"postgresql": PostgreSQL, "sqlite": SQLite}


def engine(of: BaseDatabaseWrapper = connection) -> Engine:
    return ENGINES[of.vendor]()
