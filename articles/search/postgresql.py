"""The search on PostgreSQL: a stored ``tsvector`` beside each entry, one configuration per language.

Names are kept unstemmed. Ukrainian has no configuration there: it has ``simple``, and a word of five letters
or more finds all that begins with it, less its ending.
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
INDEX = f"{ENTRIES}_words"
CONFIGURATIONS = {"en": "english", "ro": "romanian", "ru": "russian"}
PLAIN = "simple"
Part = tuple[str, list[str]]
"""A piece of SQL and its parameters."""


class PostgreSQL:
    def install(self, connection: BaseDatabaseWrapper) -> None:
        """Adds the column that the database fills by itself, and its index. Adding it reads the whole table once."""
        cases = " ".join(f"WHEN '{code}' THEN '{name}'::regconfig" for code, name in CONFIGURATIONS.items())
        own = f"CASE language {cases} ELSE '{PLAIN}'::regconfig END"
        vector = " || ".join(
            f"setweight(to_tsvector({configuration}, {column}), '{weight}')"
            for column, configuration, weight in (
                ("headline", own, "A"),
                ("names", f"'{PLAIN}'::regconfig", "A"),
                ("standfirst", own, "B"),
                ("labels", own, "C"),
                ("body", own, "D"),
            )
        )
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            there = {column.name for column in connection.introspection.get_table_description(cursor, ENTRIES)}
            if "vector" not in there:
                cursor.execute(
                    f"ALTER TABLE {ENTRIES} ADD COLUMN vector tsvector GENERATED ALWAYS AS ({vector}) STORED"
                )
            cursor.execute(f"CREATE INDEX IF NOT EXISTS {INDEX} ON {ENTRIES} USING gin (vector)")

    def matches(self, asked: Asked, language: str) -> Q:
        if not asked:
            return Q()
        query, values = _query(asked, language)
        rows = f"SELECT publication_id FROM {ENTRIES} WHERE vector @@ ({query})"  # noqa: S608  # constants alone
        return Q(pk__in=RawSQL(rows, values))  # noqa: S611  # values are parameters

    def few(self, asked: Asked, language: str) -> list[int] | None:
        """PostgreSQL takes reading every entry for cheap, long as the vectors are: so it is told not to."""
        if not asked.wanted:
            return None
        query, values = _query(asked, language)
        rows = f"SELECT publication_id FROM {ENTRIES} WHERE vector @@ ({query}) LIMIT {FEW + 1}"  # noqa: S608
        with transaction.atomic(), default.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
            cursor.execute(rows, values)
            pks = [pk for (pk,) in cursor.fetchall()]
            cursor.execute("SET LOCAL enable_seqscan = DEFAULT; SET LOCAL enable_indexscan = DEFAULT")
        return pks if len(pks) <= FEW else None

    def best(self, asked: Asked, language: str, among: Sequence[int]) -> list[int]:
        if not asked:
            return list(among)
        query, values = _query(asked, language)
        statement = (
            f"SELECT publication_id FROM {ENTRIES} WHERE publication_id = ANY(%s)"  # noqa: S608  # constants alone
            f" ORDER BY ts_rank_cd(vector, {query}, 1) DESC, publication_id DESC"
        )
        with default.cursor() as cursor:
            cursor.execute(statement, [list(among), *values])
            return [pk for (pk,) in cursor.fetchall()]

    def alike(self, asked: Asked, language: str, words: Iterable[str]) -> set[str]:
        parts, printed = [_word(word, language) for term in asked.wanted for word in term], list(words)
        if not parts or not printed:
            return set()
        query, values = _joined(parts, "||")
        own = CONFIGURATIONS.get(language, PLAIN)
        statement = (
            "SELECT word FROM unnest(%s::text[]) AS word"  # noqa: S608  # names of configurations alone
            f" WHERE (to_tsvector('{own}', word) || to_tsvector('{PLAIN}', word)) @@ {query}"
        )
        with default.cursor() as cursor:
            cursor.execute(statement, [printed, *values])
            return {word for (word,) in cursor.fetchall()}


def _query(asked: Asked, language: str) -> Part:
    wanted = [_term(term, language) for term in asked.wanted]
    unwanted = [(f"!!{sql}", values) for sql, values in (_term(term, language) for term in asked.unwanted)]
    return _joined(wanted + unwanted, "&&")


def _term(term: tuple[str, ...], language: str) -> Part:
    if len(term) == 1:
        return _word(term[0], language)
    own, phrase = CONFIGURATIONS.get(language, PLAIN), " ".join(term)
    return _unless_empty(
        (f"phraseto_tsquery('{own}', %s)", [phrase]),
        [(f"phraseto_tsquery('{PLAIN}', %s)", [text]) for text in _spellings(phrase, " ".join(map(latin, term)))],
    )


def _word(word: str, language: str) -> Part:
    own = CONFIGURATIONS.get(language, PLAIN)
    begins = stem(word, language) if own == PLAIN else ""
    there: Part = (f"plainto_tsquery('{own}', %s)", [word])
    if begins:
        there = (f"to_tsquery('{PLAIN}', %s)", [f"'{begins}':*"])
    return _unless_empty(there, [(f"plainto_tsquery('{PLAIN}', %s)", [text]) for text in _spellings(word, latin(word))])


def _spellings(*texts: str) -> list[str]:
    return list(dict.fromkeys(texts))


def _unless_empty(own: Part, others: list[Part]) -> Part:
    """*own* or one of the *others*. A stop word is in no entry, so that it must not be asked for in a name either."""
    sql, values = own
    either, all_values = _joined([own, *others], "||")
    return f"(CASE WHEN numnode({sql}) = 0 THEN ''::tsquery ELSE {either} END)", [*values, *all_values]


def _joined(parts: Sequence[Part], sign: str) -> Part:
    return f"({f' {sign} '.join(sql for sql, _values in parts)})", [v for _sql, values in parts for v in values]
