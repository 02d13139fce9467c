"""What a search engine has to be able to do, and which one the database has."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q

from articles.search.asking import Asked
from articles.search.postgresql import PostgreSQL
from articles.search.sqlite import SQLite


class Engine(Protocol):
    """Looks words up in the entries. It knows nothing of what is public."""

    def install(self, connection: BaseDatabaseWrapper) -> None:
        """Makes what is missing of the index beside the table of entries. Safe to repeat."""

    def matches(self, asked: Asked, language: str) -> Q:
        """A condition on Publications: the entry has all that is wanted and nothing that is unwanted."""

    def few(self, asked: Asked, language: str) -> list[int] | None:
        """The ids of all Publications whose entries match, found by the index alone; None where they are many."""

    def best(self, asked: Asked, language: str, among: Sequence[int]) -> list[int]:
        """The ids *among* in the order of how well they answer, the best first."""

    def alike(self, asked: Asked, language: str, words: Iterable[str]) -> set[str]:
        """Which of the folded *words* the query asks for, in whatever form they stand."""


ENGINES: dict[str, type[Engine]] = {"postgresql": PostgreSQL, "sqlite": SQLite}


def engine(of: BaseDatabaseWrapper = connection) -> Engine:
    return ENGINES[of.vendor]()
