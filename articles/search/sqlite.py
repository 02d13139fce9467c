"""The search on SQLite: an FTS5 table over the entries, kept in step by triggers.

FTS5 has no stemmer for our languages. In its stead a word of five letters or more finds all that begins with
it, less its ending.
"""

from collections.abc import Iterable, Sequence

from django.db import connection as default
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Q
from django.db.models.expressions import RawSQL

from articles.models.search_entry import SearchEntry
from articles.search.asking import FEW, Asked
from articles.search.words import latin, stem

ENTRIES = SearchEntry._meta.db_table
WORDS = f"{ENTRIES}_words"
COLUMNS = ("headline", "names", "standfirst", "labels", "body")
_LIST = ", ".join(COLUMNS)
_NEW, _OLD = (", ".join(f"{row}.{column}" for column in COLUMNS) for row in ("NEW", "OLD"))
_WEIGHTS = "10.0, 8.0, 4.0, 2.0, 1.0"  # of the columns, in their order

_ADD = f"INSERT INTO {WORDS} (rowid, {_LIST}) VALUES (NEW.publication_id, {_NEW});"  # noqa: S608  # constants alone
_TAKE = f"""INSERT INTO {WORDS} ({WORDS}, rowid, {_LIST})
    VALUES ('delete', OLD.publication_id, {_OLD});"""  # noqa: S608  # constants alone
_TRIGGERS = {"INSERT": _ADD, "DELETE": _TAKE, "UPDATE": _TAKE + _ADD}


class SQLite:
    def install(self, connection: BaseDatabaseWrapper) -> None:
        """Makes the table of words, fills it if it is new, and replaces the triggers."""
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM sqlite_master WHERE name = %s", [WORDS])
            if not cursor.fetchone():
                cursor.execute(
                    f"CREATE VIRTUAL TABLE {WORDS} USING fts5({_LIST}, content='{ENTRIES}',"
                    " content_rowid='publication_id', tokenize='unicode61 remove_diacritics 1')"
                )
                cursor.execute(f"INSERT INTO {WORDS} ({WORDS}) VALUES ('rebuild')")  # noqa: S608  # constants alone
            for act, does in _TRIGGERS.items():
                name = f"{WORDS}_{act.lower()}"
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
                cursor.execute(f"CREATE TRIGGER {name} AFTER {act} ON {ENTRIES} BEGIN {does} END")

    def matches(self, asked: Asked, language: str) -> Q:
        found = Q()
        if asked.wanted:
            found &= Q(pk__in=_rows(_all(asked.wanted, language)))
        if asked.unwanted:
            found &= ~Q(pk__in=_rows(_any(asked.unwanted, language)))
        return found

    def few(self, asked: Asked, language: str) -> list[int] | None:
        if not asked.wanted:
            return None
        expression = _all(asked.wanted, language)
        if asked.unwanted:
            expression = f"({expression}) NOT ({_any(asked.unwanted, language)})"
        with default.cursor() as cursor:
            cursor.execute(
                f"SELECT rowid FROM {WORDS} WHERE {WORDS} MATCH %s LIMIT {FEW + 1}",  # noqa: S608  # constants alone
                [expression],
            )
            pks = [pk for (pk,) in cursor.fetchall()]
        return pks if len(pks) <= FEW else None

    def best(self, asked: Asked, language: str, among: Sequence[int]) -> list[int]:
        if not asked.wanted:
            return list(among)
        # The plus keeps SQLite from asking the words anew for each id.
        statement = (
            f"SELECT rowid FROM {WORDS} WHERE {WORDS} MATCH %s AND +rowid IN ({', '.join(['%s'] * len(among))})"  # noqa: S608
            f" ORDER BY bm25({WORDS}, {_WEIGHTS}), rowid DESC"
        )
        with default.cursor() as cursor:
            cursor.execute(statement, [_all(asked.wanted, language), *among])
            return [pk for (pk,) in cursor.fetchall()]

    def alike(self, asked: Asked, language: str, words: Iterable[str]) -> set[str]:
        exact = {word for term in asked.wanted for word in (*term, *map(latin, term))}
        begin = tuple(filter(None, (stem(term[0], language) for term in asked.wanted if len(term) == 1)))
        return {word for word in words if word in exact or word.startswith(begin)}


def _rows(expression: str) -> RawSQL:
    return RawSQL(f"SELECT rowid FROM {WORDS} WHERE {WORDS} MATCH %s", [expression])  # noqa: S608, S611  # constants alone


def _all(terms: Iterable[tuple[str, ...]], language: str) -> str:
    return " AND ".join(_term(term, language) for term in terms)


def _any(terms: Iterable[tuple[str, ...]], language: str) -> str:
    return " OR ".join(_term(term, language) for term in terms)


def _term(term: tuple[str, ...], language: str) -> str:
    """A term in FTS5's language. Folded words hold letters and digits alone, so that nothing needs escaping."""
    phrase = " ".join(term)
    begins = stem(phrase, language) if len(term) == 1 else ""
    there = f'"{begins}"*' if begins else f'"{phrase}"'
    in_latin = " ".join(map(latin, term))
    return there if in_latin == phrase else f'({there} OR names : "{in_latin}")'
