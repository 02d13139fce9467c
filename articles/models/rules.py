"""Rules that the database itself holds, beyond what a model's ``Meta`` can say.

- A Revision, a Transition, a Publication and its links can't be changed or deleted, whoever asks and however:
  ``save``, ``update()``, cascade or raw SQL. On SQLite that includes ``REPLACE``.
- Of a Publication ``visible_until`` alone may change, only while it is empty (NULL) or lies ahead, never to a
  time that has passed, and never again once the period is empty (a cancelled schedule).
- A Publication is of a revision of its own article, and of that article's family; a translation's was made from a
  Publication of its original. On SQLite, which keeps times as text,
  its period begins and ends with times as Django writes them.
- Periods of one article don't overlap; one slug in one language belongs to one article at a time.
- A translation is of an original, not of a translation, in another language than its original, and the same kind of
  page where that is one.
- Of what an article that was ever published or scheduled is a translation stays.
- A quote, or a key figure, cites a citation of its own story.
- A translation that goes live says who translated it, or why it does not; one that is released is as it was before.
- The shares of one role in one story come to 1 at the most.

``install`` is idempotent and runs after every ``migrate``: SQLite drops the triggers of a table that a
migration remakes. ``step_aside`` runs before: SQLite remakes no table that another table's trigger reads.
"""

from typing import Any

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from articles.enums import CreditRole, Unnamed
from articles.models import frozen
from articles.models.frozen import run

PUBLICATION = "articles_publication"
FROZEN = (
    "articles_revision",
    "articles_transition",
    "articles_publicationtag",
    "articles_publicationsource",
    "articles_publicationperson",
    "articles_publicationcontributor",
    "articles_publicationpicture",
    "articles_publicationquote",
)

# A workflow step reads the clock before its last statement; hosts may differ by this much.
LEEWAY = 2  # seconds

ARTICLE, QUOTE, KEY_FACT, CITATION = "articles_article", "articles_quote", "articles_keyfact", "articles_citation"
OVERLAPS = (f"{PUBLICATION}_no_overlap_new", f"{PUBLICATION}_no_overlap_moved")  # constraints on PostgreSQL
TRANSLATES = (f"{ARTICLE}_translates_new", f"{ARTICLE}_translates_moved")
CITING = {QUOTE: "quote_cites_its_own_story", KEY_FACT: "key_fact_cites_its_own_story"}
CITES = {f"{table}_cites_{how}": table for table in CITING for how in ("new", "moved")}
STAYS = f"{CITATION}_stays"
# What stands against an article as it is about to be: its original's row, or one of its translations' rows.
NO_ORIGINAL = f"""EXISTS (SELECT 1 FROM {ARTICLE} o
        WHERE o.id = NEW.original_id
        AND (o.original_id IS NOT NULL OR o.language = NEW.language OR o.page <> NEW.page)
    ) OR EXISTS (SELECT 1 FROM {ARTICLE} t
        WHERE t.original_id = NEW.id
        AND (NEW.original_id IS NOT NULL OR t.language = NEW.language OR t.page <> NEW.page))"""  # noqa: S608  # constants alone
KEEPS = f"{ARTICLE}_keeps_its_original"
PUBLISHED = f"EXISTS (SELECT 1 FROM {PUBLICATION} p WHERE p.article_id = OLD.id)"  # noqa: S608  # constants alone
OWN = f"{PUBLICATION}_of_its_own"
# What stands against a publication as it is about to be: its revision is another article's, or its family is.
NOT_ITS_OWN = f"""NOT EXISTS (SELECT 1 FROM articles_revision r
        WHERE r.id = NEW.revision_id AND r.article_id = NEW.article_id
    ) OR NOT EXISTS (SELECT 1 FROM {ARTICLE} a
        WHERE a.id = NEW.article_id AND COALESCE(a.original_id, a.id) = NEW.family
    ) OR EXISTS (SELECT 1 FROM {PUBLICATION} o
        WHERE o.id = NEW.made_from_id AND o.article_id <> NEW.family)"""  # noqa: S608  # constants alone
FOREIGN_CITATION = f"""EXISTS (SELECT 1 FROM {CITATION} c
        WHERE c.id = NEW.citation_id AND c.article_id <> NEW.article_id)"""  # noqa: S608  # constants alone

NAMED = f"{PUBLICATION}_names_its_translator"
# A translated story goes live; what is released from a hold is as it was.
TRANSLATED = "NEW.state = 'live' AND NEW.change <> 'release' AND NEW.page = '' AND NEW.family <> NEW.article_id"
_MAKERS = ", ".join(f"'{role.value}'" for role in CreditRole if role.makes_translation)
_SAID = ", ".join(f"'{why}'" for why in Unnamed.said())
CREDIT = "articles_credit"
SHARES = (f"{CREDIT}_shares_new", f"{CREDIT}_shares_moved")
# What stands against a credit as it is about to be: with the others of its role it is more than the whole.
MORE_THAN_ALL = f"""NEW.share IS NOT NULL AND ROUND(NEW.share + (SELECT COALESCE(SUM(c.share), 0) FROM {CREDIT} c
        WHERE c.article_id = NEW.article_id AND c.role = NEW.role AND c.id <> COALESCE(NEW.id, 0)), 6) > 1"""  # noqa: S608  # constants alone


def install(connection: BaseDatabaseWrapper) -> None:
    """Replaces the triggers, and adds the constraints that are missing, in one transaction."""
    with transaction.atomic(using=connection.alias):
        for name, table in _triggers(connection).items():
            run(connection, frozen.drop(connection, name, table))
        for statement in _create(connection):
            run(connection, statement)
        if connection.vendor == "postgresql":
            _add_constraints(connection)


def step_aside(connection: BaseDatabaseWrapper) -> None:
    """Drops what stands in the way of a migration; ``install`` makes it again."""
    if connection.vendor == "sqlite":
        for name in (*CITES, OWN, KEEPS):
            run(connection, f"DROP TRIGGER IF EXISTS {name}")


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of the triggers that are not there; for the system check."""
    return sorted(_triggers(connection).keys() - frozen.there(connection))


def _triggers(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """The table of every trigger, by the trigger's name."""
    postgresql = connection.vendor == "postgresql"
    names = frozen.triggers(connection, (PUBLICATION, *FROZEN))
    citing = _citing(connection)
    names |= {name: table for name, table in CITES.items() if table in citing}
    names |= dict.fromkeys(TRANSLATES, ARTICLE)
    names |= {STAYS: CITATION, OWN: PUBLICATION, KEEPS: ARTICLE, NAMED: PUBLICATION}
    if _has_shares(connection):
        names |= dict.fromkeys(SHARES, CREDIT)
    return names if postgresql else names | dict.fromkeys(OVERLAPS, PUBLICATION)


def _citing(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """``CITING`` as far as its tables are there: a database may be taken back to an older migration."""
    there = connection.introspection.table_names()
    return {table: rule for table, rule in CITING.items() if table in there}


def _has_shares(connection: BaseDatabaseWrapper) -> bool:
    """Whether credits have shares: as with ``_citing``, an older migration has none."""
    return "share" in _columns(connection, CREDIT)


def _columns(connection: BaseDatabaseWrapper, table: str) -> list[str]:
    with connection.cursor() as cursor:
        description: list[Any] = connection.introspection.get_table_description(cursor, table)
    return [column.name for column in description]


def _create(connection: BaseDatabaseWrapper) -> list[str]:
    if connection.vendor == "postgresql":
        own = _postgresql(_citing(connection)) + (_postgresql_shares() if _has_shares(connection) else [])
    else:
        own = _sqlite(connection)
    return frozen.statements(connection, (PUBLICATION, *FROZEN), but_update=[PUBLICATION]) + own


def _postgresql(citing: dict[str, str]) -> list[str]:
    statements = [
        f"""CREATE OR REPLACE FUNCTION articles_refuse_but_period() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF to_jsonb(NEW) - 'visible_until' IS DISTINCT FROM to_jsonb(OLD) - 'visible_until' THEN
                RAISE EXCEPTION 'of a publication only visible_until changes' USING ERRCODE = 'restrict_violation';
            END IF;
            IF NEW.visible_until IS DISTINCT FROM OLD.visible_until THEN
                IF NOT isfinite(NEW.visible_until) THEN
                    RAISE EXCEPTION 'visible_until is no time' USING ERRCODE = 'check_violation';
                END IF;
                IF OLD.visible_until <= transaction_timestamp() OR OLD.visible_until = OLD.visible_from THEN
                    RAISE EXCEPTION 'the period has ended' USING ERRCODE = 'restrict_violation';
                END IF;
                IF NEW.visible_until < transaction_timestamp() - interval '{LEEWAY} seconds' THEN
                    RAISE EXCEPTION 'visible_until would lie in the past' USING ERRCODE = 'restrict_violation';
                END IF;
            END IF;
            RETURN NEW;
        END $$""",
        f"""CREATE TRIGGER {PUBLICATION}_no_update BEFORE UPDATE ON {PUBLICATION}
        FOR EACH ROW EXECUTE FUNCTION articles_refuse_but_period()""",
    ]
    new, moved = TRANSLATES
    statements += [
        f"""CREATE OR REPLACE FUNCTION articles_translates_an_original() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF {NO_ORIGINAL} THEN
                RAISE EXCEPTION 'article_translates_an_original' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        END $$""",
        f"""CREATE TRIGGER {new} BEFORE INSERT ON {ARTICLE} FOR EACH ROW WHEN (NEW.original_id IS NOT NULL)
        EXECUTE FUNCTION articles_translates_an_original()""",
        f"""CREATE TRIGGER {moved} BEFORE UPDATE OF original_id, language, page ON {ARTICLE} FOR EACH ROW
        WHEN ((NEW.original_id, NEW.language, NEW.page) IS DISTINCT FROM (OLD.original_id, OLD.language, OLD.page))
        EXECUTE FUNCTION articles_translates_an_original()""",
        f"""CREATE OR REPLACE FUNCTION articles_keeps_its_original() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF {PUBLISHED} THEN
                RAISE EXCEPTION 'article_keeps_its_original' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        END $$""",
        f"""CREATE TRIGGER {KEEPS} BEFORE UPDATE OF original_id ON {ARTICLE} FOR EACH ROW
        WHEN (NEW.original_id IS DISTINCT FROM OLD.original_id)
        EXECUTE FUNCTION articles_keeps_its_original()""",
        f"""CREATE OR REPLACE FUNCTION articles_publishes_its_own() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF {NOT_ITS_OWN} THEN
                RAISE EXCEPTION 'publication_of_its_own_story' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        END $$""",
        f"""CREATE TRIGGER {OWN} BEFORE INSERT ON {PUBLICATION} FOR EACH ROW
        EXECUTE FUNCTION articles_publishes_its_own()""",
        f"""CREATE OR REPLACE FUNCTION articles_names_its_translator() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF {TRANSLATED} AND COALESCE(NEW.story ->> 'unnamed', '') NOT IN ({_SAID}) AND NOT EXISTS (
                SELECT 1 FROM jsonb_array_elements(COALESCE(NEW.story -> 'credits', '[]')) c
                WHERE c ->> 'role' IN ({_MAKERS})
            ) THEN
                RAISE EXCEPTION 'publication_names_its_translator' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        END $$""",  # noqa: S608  # constants alone
        f"""CREATE TRIGGER {NAMED} BEFORE INSERT ON {PUBLICATION} FOR EACH ROW
        EXECUTE FUNCTION articles_names_its_translator()""",
        f"""CREATE OR REPLACE FUNCTION articles_cites_its_own() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF {FOREIGN_CITATION} THEN
                RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        END $$""",
        f"""CREATE TRIGGER {STAYS} BEFORE UPDATE OF article_id ON {CITATION} FOR EACH ROW
        WHEN (NEW.article_id IS DISTINCT FROM OLD.article_id) EXECUTE FUNCTION articles_refuse()""",
    ]
    for table, rule in citing.items():
        statements += [
            f"""CREATE TRIGGER {table}_cites_new BEFORE INSERT ON {table} FOR EACH ROW
            WHEN (NEW.citation_id IS NOT NULL) EXECUTE FUNCTION articles_cites_its_own('{rule}')""",
            f"""CREATE TRIGGER {table}_cites_moved BEFORE UPDATE OF citation_id, article_id ON {table} FOR EACH ROW
            EXECUTE FUNCTION articles_cites_its_own('{rule}')""",
        ]
    return statements


def _postgresql_shares() -> list[str]:
    first, other = SHARES
    return [
        f"""CREATE OR REPLACE FUNCTION articles_shares_of_a_whole() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF {MORE_THAN_ALL} THEN
                RAISE EXCEPTION 'credit_shares_of_a_whole' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
        END $$""",
        f"""CREATE TRIGGER {first} BEFORE INSERT ON {CREDIT} FOR EACH ROW
        EXECUTE FUNCTION articles_shares_of_a_whole()""",
        f"""CREATE TRIGGER {other} BEFORE UPDATE ON {CREDIT} FOR EACH ROW
        EXECUTE FUNCTION articles_shares_of_a_whole()""",
    ]


def _add_constraints(connection: BaseDatabaseWrapper) -> None:
    """What triggers do on SQLite. Left alone where they stand: adding one reads the whole table."""
    run(connection, "CREATE EXTENSION IF NOT EXISTS btree_gist")
    # The second one names no article, for the first keeps an article from meeting itself, and its columns only as
    # a number made of them: docs/decisions/0004.
    period = "tstzrange(visible_from, visible_until) WITH &&"
    address = "(('x' || left(md5(language || '/' || slug), 16))::bit(64)::bigint)"
    wanted = {
        "publication_no_overlap": f"article_id WITH =, {period}",
        "publication_slug_once": f"{address} WITH =, {period}",
    }
    with connection.cursor() as cursor:
        there = connection.introspection.get_constraints(cursor, PUBLICATION)
    for name, columns in wanted.items():
        if name not in there:
            run(connection, f"ALTER TABLE {PUBLICATION} ADD CONSTRAINT {name} EXCLUDE USING gist ({columns})")


def _no_time(column: str) -> str:
    """The condition that a value is no time as Django writes it: other spellings would compare wrongly."""
    return f"""typeof({column}) <> 'text' OR julianday({column}) IS NULL
            OR substr({column}, 11, 1) <> ' ' OR substr({column}, 20, 1) NOT IN ('', '.')
            OR substr({column}, 21) GLOB '*[^0-9]*'"""


def _sqlite(connection: BaseDatabaseWrapper) -> list[str]:
    columns = [column for column in _columns(connection, PUBLICATION) if column != "visible_until"]
    differs = " OR ".join(f'NEW."{column}" IS NOT OLD."{column}"' for column in columns)
    # Times are text in one zone here and compare as they are. The end of an open period must not look like a
    # number: the columns have numeric affinity, and to SQLite any text is more than any number.
    never = "'9999-12-31'"
    now = "strftime('%Y-%m-%d %H:%M:%f', 'now')"
    passed = f"strftime('%Y-%m-%d %H:%M:%f', 'now', '-{LEEWAY} seconds')"
    no_end, no_start = _no_time("NEW.visible_until"), _no_time("NEW.visible_from")
    ends = f"""SELECT RAISE(ABORT, 'visible_until is no time as Django keeps it')
            WHERE NEW.visible_until IS NOT NULL AND ({no_end});"""
    begins = f"SELECT RAISE(ABORT, 'visible_from is no time as Django keeps it') WHERE {no_start};"
    own = f"SELECT RAISE(ABORT, 'publication_of_its_own_story') WHERE {NOT_ITS_OWN};"
    period = f"""SELECT RAISE(ABORT, 'of a publication only visible_until changes')
            WHERE {differs};
        {ends}
        SELECT RAISE(ABORT, 'the period has ended') WHERE NEW.visible_until IS NOT OLD.visible_until
            AND (OLD.visible_until <= {now} OR OLD.visible_until = OLD.visible_from);
        SELECT RAISE(ABORT, 'visible_until would lie in the past')
            WHERE NEW.visible_until IS NOT OLD.visible_until AND NEW.visible_until < {passed};"""
    overlap = f"""SELECT RAISE(ABORT, '{{name}}') WHERE EXISTS (
            SELECT 1 FROM {PUBLICATION} p WHERE {{same}} AND p.id IS NOT NEW.id
            AND p.visible_from < COALESCE(NEW.visible_until, {never})
            AND NEW.visible_from < COALESCE(p.visible_until, {never})
            AND p.visible_from < COALESCE(p.visible_until, {never})
            AND NEW.visible_from < COALESCE(NEW.visible_until, {never}));"""  # noqa: S608  # constants alone
    same_slug = "p.language = NEW.language AND p.slug = NEW.slug AND p.article_id <> NEW.article_id"
    both = overlap.format(name="publication_no_overlap", same="p.article_id = NEW.article_id")
    both += overlap.format(name="publication_slug_once", same=same_slug)
    new, moved = OVERLAPS
    statements = [
        f"CREATE TRIGGER {PUBLICATION}_no_update BEFORE UPDATE ON {PUBLICATION} BEGIN {period} END",
        f"CREATE TRIGGER {new} BEFORE INSERT ON {PUBLICATION} BEGIN {begins} {ends} {both} END",
        f"CREATE TRIGGER {OWN} BEFORE INSERT ON {PUBLICATION} BEGIN {own} END",
        f"CREATE TRIGGER {moved} BEFORE UPDATE OF visible_until ON {PUBLICATION} BEGIN {both} END",
    ]
    statements.append(
        f"""CREATE TRIGGER {NAMED} BEFORE INSERT ON {PUBLICATION} WHEN {TRANSLATED}
            AND COALESCE(json_extract(NEW.story, '$.unnamed'), '') NOT IN ({_SAID})
            AND NOT EXISTS (SELECT 1 FROM json_each(NEW.story, '$.credits') c
                WHERE json_extract(c.value, '$.role') IN ({_MAKERS}))
            BEGIN SELECT RAISE(ABORT, 'publication_names_its_translator'); END"""  # noqa: S608  # constants alone
    )
    if _has_shares(connection):
        too_much = f"BEGIN SELECT RAISE(ABORT, 'credit_shares_of_a_whole') WHERE {MORE_THAN_ALL}; END"
        statements += [
            f"CREATE TRIGGER {SHARES[0]} BEFORE INSERT ON {CREDIT} {too_much}",
            f"CREATE TRIGGER {SHARES[1]} BEFORE UPDATE ON {CREDIT} {too_much}",
        ]
    first, other = TRANSLATES
    wrong = f"BEGIN SELECT RAISE(ABORT, 'article_translates_an_original') WHERE {NO_ORIGINAL}; END"
    statements += [
        f"CREATE TRIGGER {first} BEFORE INSERT ON {ARTICLE} WHEN NEW.original_id IS NOT NULL {wrong}",
        f"""CREATE TRIGGER {other} BEFORE UPDATE OF original_id, language, page ON {ARTICLE}
            WHEN NEW.original_id IS NOT OLD.original_id OR NEW.language IS NOT OLD.language OR NEW.page IS NOT OLD.page
            {wrong}""",
        f"""CREATE TRIGGER {KEEPS} BEFORE UPDATE OF original_id ON {ARTICLE}
            WHEN NEW.original_id IS NOT OLD.original_id
            BEGIN SELECT RAISE(ABORT, 'article_keeps_its_original') WHERE {PUBLISHED}; END""",
    ]
    for table, rule in _citing(connection).items():
        wrong = f"BEGIN SELECT RAISE(ABORT, '{rule}') WHERE {FOREIGN_CITATION}; END"
        statements += [
            f"CREATE TRIGGER {table}_cites_new BEFORE INSERT ON {table} WHEN NEW.citation_id IS NOT NULL {wrong}",
            f"CREATE TRIGGER {table}_cites_moved BEFORE UPDATE OF citation_id, article_id ON {table} {wrong}",
        ]
    statements.append(
        f"""CREATE TRIGGER {STAYS} BEFORE UPDATE OF article_id ON {CITATION} WHEN NEW.article_id IS NOT OLD.article_id
            BEGIN SELECT RAISE(ABORT, 'a citation stays with its story'); END"""
    )
    return statements
