"""What the database itself holds of the ledger and of what is paid, on both engines.

- An entry of the ledger, a payment and a line of a statement are never changed; the first two never deleted.
- A currency is three letters.
- An entry follows the last one: the next number, and its hash before its own. Nobody accepts work of their own.
- Of the entries that nobody reversed there is one for each job, round, role and contributor; and the shares of one
  role in a round of a story come to 1 at the most.
- A rate is never edited but for the day on which it ends, once; two of one contributor, role and pair never overlap.
- A logged credit stays as it is once it is decided; its work is done, and a translation is into another language.
- A payment is of a statement that was issued and isn't paid, and of no more than is left of it.
- An entry of a story comes onto a statement once readers have had the story; or where a kill fee was entered for the
  work, or it corrects what stands on a statement.
- A statement's lines are its contributor's, in its currency, and change only while it is a draft. It is issued with
  the next number of the year and with the sum of its lines as its total; from then on only its state goes on, and what
  is said with a state stays. It is paid when its payments come to its total.
- On SQLite nothing of this is passed by by ``REPLACE``, by any unique key of the tables.

``install`` is idempotent and runs after every ``migrate``; ``step_aside`` before: SQLite remakes no table that another
table's trigger reads.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from articles.models import frozen

ENTRY = "translations_ledgerentry"
RATE = "translations_ratecard"
WORK = "translations_loggedwork"
STATEMENT = "translations_statement"
LINE = "translations_statementline"
PAYMENT = "translations_payment"
MONEY = (ENTRY, RATE, PAYMENT)  # tables with a currency of their own
TABLES = {ENTRY, RATE, WORK, STATEMENT, LINE, PAYMENT}
DONE = "'work', 'volunteer'"  # kinds of entries that were work,
PAID = f"{DONE}, 'kill_fee'"  # or stand in the place of it
OVERLAP = "rate_no_overlap"
# What of an issued statement goes on, and which state follows which. What is said with a state stays from then on.
SAID = {
    "disputed": ("disputed_at", "dispute"),
    "acknowledged": ("acknowledged_at", "acknowledged_by_id", "acknowledged_how"),
    "paid": ("paid_at",),
}
GOES_ON = ("state", "version", *(column for columns in SAID.values() for column in columns))
NEXT = {
    "issued": "'issued', 'acknowledged', 'disputed'",
    "disputed": "'disputed', 'acknowledged', 'paid'",
    "acknowledged": "'acknowledged', 'paid'",
    "paid": "'paid'",
}


@dataclass(frozen=True)
class Rule:
    """A trigger: *against* is the condition under which the act is refused, in SQL that both engines read."""

    name: str
    table: str
    act: str  # INSERT, UPDATE or DELETE
    against: str
    says: str


def install(connection: BaseDatabaseWrapper) -> None:
    """Replaces the triggers, in one transaction; nothing where the tables are not there yet."""
    if not _there(connection):
        return
    with transaction.atomic(using=connection.alias):
        _drop(connection)
        for rule in _rules(connection):
            for statement in _created(connection, rule):
                _run(connection, statement)
        if connection.vendor == "postgresql":
            _exclude(connection)


def step_aside(connection: BaseDatabaseWrapper) -> None:
    """Drops what could stand in the way of a migration; ``install`` makes it again."""
    if connection.vendor == "sqlite" and _there(connection):
        _drop(connection)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of the triggers that are not there; for the system check."""
    if not _there(connection):
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger"
            if connection.vendor == "postgresql"
            else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        )
        return sorted({rule.name for rule in _rules(connection)} - {row[0] for row in cursor.fetchall()})


def _there(connection: BaseDatabaseWrapper) -> bool:
    return set(connection.introspection.table_names()) >= TABLES


def _rules(connection: BaseDatabaseWrapper) -> list[Rule]:
    rules = [*_fixed(), *_ledger(), *_rate(connection), *_statement(connection), *_work(connection), *_payment()]
    rules += [Rule(f"{table}_currency", table, "INSERT", _no_code(connection), "currency_is_a_code") for table in MONEY]
    rules.append(Rule(f"{WORK}_no_update", WORK, "UPDATE", "OLD.state <> 'waiting'", "a decided credit stays"))
    for table in TABLES:
        if connection.vendor == "sqlite":  # REPLACE deletes without a trigger where recursive_triggers is off
            same, says = frozen.same(connection, table), f"{table} is never replaced"
            for act, other in (("INSERT", ""), ("UPDATE", "id <> OLD.id AND ")):
                twin = f"EXISTS (SELECT 1 FROM {table} WHERE {other}({same}))"  # noqa: S608  # names of columns alone
                rules.append(Rule(f"{table}_no_replace_by_{act.lower()}", table, act, twin, says))
        else:
            rules.append(Rule(f"{table}_no_truncate", table, "TRUNCATE", "TRUE", f"{table} is never emptied"))
    return rules


def _fixed() -> list[Rule]:
    never = [(ENTRY, "UPDATE"), (PAYMENT, "UPDATE"), (LINE, "UPDATE")]
    never += [(table, "DELETE") for table in (ENTRY, PAYMENT, RATE, WORK)]
    return [Rule(f"{table}_no_{act.lower()}", table, act, "1 = 1", f"{table} is never changed") for table, act in never]


def _ledger() -> list[Rule]:
    follows = f"""NEW.seq <> (SELECT COALESCE(MAX(e.seq), 0) + 1 FROM {ENTRY} e)
        OR NEW.prev_hash <> COALESCE((SELECT e.hash FROM {ENTRY} e ORDER BY e.seq DESC LIMIT 1), '')"""  # noqa: S608  # constants alone
    own = """EXISTS (SELECT 1 FROM articles_contributor c
        WHERE c.id = NEW.contributor_id AND c.user_id = NEW.accepted_by_id)"""
    stands = f"NOT EXISTS (SELECT 1 FROM {ENTRY} b WHERE b.corrects_id = e.id AND b.kind = 'reversal')"  # noqa: S608  # constants alone
    once = f"""NEW.kind IN ({PAID}) AND EXISTS (SELECT 1 FROM {ENTRY} e WHERE e.job_id = NEW.job_id
        AND e.round = NEW.round AND e.role = NEW.role AND e.contributor_id = NEW.contributor_id
        AND e.kind IN ({PAID}) AND {stands})"""  # noqa: S608  # constants alone
    shared = f"""(SELECT COALESCE(SUM(e.share), 0) FROM {ENTRY} e WHERE e.article_id = NEW.article_id
        AND e.round = NEW.round AND e.role = NEW.role AND e.kind IN ({DONE}) AND {stands})"""  # noqa: S608  # constants alone
    whole = f"NEW.kind IN ({DONE}) AND ROUND({shared} + NEW.share, 6) > 1"
    return [
        Rule(f"{ENTRY}_once_per_round", ENTRY, "INSERT", once, "ledger_once_per_round"),
        Rule(f"{ENTRY}_shares", ENTRY, "INSERT", whole, "ledger_shares_come_to_one"),
        Rule(f"{ENTRY}_follows", ENTRY, "INSERT", follows, "ledger_entry_follows"),
        Rule(f"{ENTRY}_of_another", ENTRY, "INSERT", own, "ledger_accepted_by_another"),
    ]


def _work(connection: BaseDatabaseWrapper) -> list[Rule]:
    day = "date('now', '+1 day')" if connection.vendor == "sqlite" else "(now() AT TIME ZONE 'UTC')::date + 1"
    same = "NEW.role IN ('translator', 'post_editor') AND NEW.source_language = NEW.target_language"
    return [
        Rule(f"{WORK}_was_done", WORK, "INSERT", f"NEW.done_on > {day}", "logged_work_was_done"),
        Rule(f"{WORK}_translates", WORK, "INSERT", same, "logged_translation_is_of_two_languages"),
    ]


def _payment() -> list[Rule]:
    """A payment is of a statement that its contributor has, and of no more than is left of it."""
    before = f"(SELECT COALESCE(SUM(p.settled), 0) FROM {PAYMENT} p WHERE p.statement_id = NEW.statement_id)"  # noqa: S608  # constants alone
    owed = f"""EXISTS (SELECT 1 FROM {STATEMENT} s WHERE s.id = NEW.statement_id
        AND s.state IN ('issued', 'acknowledged', 'disputed')
        AND ROUND({before} + NEW.settled, 2) <= ROUND(s.total, 2))"""  # noqa: S608  # constants alone
    return [Rule(f"{PAYMENT}_is_owed", PAYMENT, "INSERT", f"NOT {owed}", "payment_is_owed")]


def _rate(connection: BaseDatabaseWrapper) -> list[Rule]:
    changed = _changed(connection, RATE, ("valid_until",))
    edited = f"{changed} OR OLD.valid_until IS NOT NULL OR NEW.valid_until IS NULL"
    rules = [Rule(f"{RATE}_no_edit", RATE, "UPDATE", edited, "rate_is_superseded_not_edited")]
    if connection.vendor == "sqlite":  # a constraint on PostgreSQL
        both = f"""EXISTS (SELECT 1 FROM {RATE} r WHERE r.contributor_id IS NEW.contributor_id AND r.role = NEW.role
            AND r.source = NEW.source AND r.target = NEW.target
            AND r.valid_from < COALESCE(NEW.valid_until, '9999-12-31')
            AND NEW.valid_from < COALESCE(r.valid_until, '9999-12-31')
            AND r.valid_from < COALESCE(r.valid_until, '9999-12-31')
            AND NEW.valid_from < COALESCE(NEW.valid_until, '9999-12-31'))"""  # noqa: S608  # constants alone
        rules.append(Rule(f"{RATE}_no_overlap", RATE, "INSERT", both, OVERLAP))
    return rules


def _statement(connection: BaseDatabaseWrapper) -> list[Rule]:
    fixed = _changed(connection, STATEMENT, GOES_ON)
    wrong = " AND ".join(f"NOT (OLD.state = '{before}' AND NEW.state IN ({afters}))" for before, afters in NEXT.items())
    total = f"""(SELECT COALESCE(SUM(e.amount), 0) FROM {LINE} l JOIN {ENTRY} e ON e.id = l.entry_id
        WHERE l.statement_id = NEW.id)"""  # noqa: S608  # constants alone
    next_number = f"(SELECT COALESCE(MAX(s.number), 0) + 1 FROM {STATEMENT} s WHERE s.year = NEW.year)"  # noqa: S608  # as above
    issued = f"""OLD.state = 'draft' AND NEW.state <> 'draft' AND (NEW.state <> 'issued'
        OR ROUND(NEW.total, 2) <> ROUND({total}, 2) OR NEW.number <> {next_number}
        OR NOT EXISTS (SELECT 1 FROM {LINE} l WHERE l.statement_id = NEW.id))"""  # noqa: S608  # constants alone
    draft = f"EXISTS (SELECT 1 FROM {STATEMENT} s WHERE s.id = {{row}}.statement_id AND s.state = 'draft')"  # noqa: S608  # as above
    own = f"""EXISTS (SELECT 1 FROM {STATEMENT} s JOIN {ENTRY} e ON e.id = NEW.entry_id WHERE s.id = NEW.statement_id
        AND s.contributor_id = e.contributor_id AND s.currency = e.currency AND e.period <= s.period)"""  # noqa: S608  # constants alone
    paid = f"(SELECT COALESCE(SUM(p.settled), 0) FROM {PAYMENT} p WHERE p.statement_id = NEW.id)"  # noqa: S608  # as above
    unpaid = f"NEW.state = 'paid' AND ROUND({paid}, 2) <> ROUND(NEW.total, 2)"
    stays = f"OLD.state <> 'draft' AND (({fixed}) OR ({wrong}) OR ({_unsaid(connection)}) OR ({unpaid}))"
    waits = f"""NOT EXISTS (SELECT 1 FROM {ENTRY} e WHERE e.id = NEW.entry_id AND (e.article_id IS NULL
        OR EXISTS (SELECT 1 FROM articles_publication p WHERE p.article_id = e.article_id
            AND p.visible_from <= {_soon(connection)} AND (p.visible_until IS NULL OR p.visible_until > p.visible_from))
        OR EXISTS (SELECT 1 FROM {ENTRY} k WHERE k.kind = 'kill_fee' AND k.job_id = e.job_id AND k.round = e.round
            AND k.role = e.role AND k.contributor_id = e.contributor_id)
        OR EXISTS (SELECT 1 FROM {LINE} l WHERE l.entry_id = e.corrects_id)))"""  # noqa: S608  # constants alone
    return [
        Rule(f"{STATEMENT}_frozen", STATEMENT, "UPDATE", stays, "statement_is_frozen"),
        Rule(f"{STATEMENT}_issued", STATEMENT, "UPDATE", issued, "statement_is_issued_in_order"),
        Rule(f"{STATEMENT}_begins", STATEMENT, "INSERT", "NEW.state <> 'draft'", "statement_begins_as_a_draft"),
        Rule(f"{STATEMENT}_no_delete", STATEMENT, "DELETE", "OLD.state <> 'draft'", "statement_is_frozen"),
        Rule(f"{LINE}_of_a_draft", LINE, "INSERT", f"NOT {draft.format(row='NEW')}", "statement_is_frozen"),
        Rule(f"{LINE}_of_its_own", LINE, "INSERT", f"NOT {own}", "statement_line_is_its_contributors"),
        Rule(f"{LINE}_published", LINE, "INSERT", waits, "statement_line_waits_for_publication"),
        Rule(f"{LINE}_no_delete", LINE, "DELETE", f"NOT {draft.format(row='OLD')}", "statement_is_frozen"),
    ]  # fmt: skip


def _no_code(connection: BaseDatabaseWrapper) -> str:
    letters = "GLOB '[A-Z][A-Z][A-Z]'" if connection.vendor == "sqlite" else "~ '^[A-Z]{3}$'"
    return f"NEW.currency <> '' AND NOT NEW.currency {letters}"


def _soon(connection: BaseDatabaseWrapper) -> str:
    """The moment up to which a publication counts as begun: the hosts' clocks may differ by a minute."""
    if connection.vendor == "sqlite":
        return "strftime('%Y-%m-%d %H:%M:%f', 'now', '+1 minute')"
    return "clock_timestamp() + INTERVAL '1 minute'"


def _unsaid(connection: BaseDatabaseWrapper) -> str:
    """The condition that a state is reached without its time, or that what was said with one is another now."""
    without = [f"NEW.state = '{state}' AND NEW.{state}_at IS NULL" for state in SAID]
    again = [f"OLD.{state}_at IS NOT NULL AND ({_differs(connection, columns)})" for state, columns in SAID.items()]
    return " OR ".join([*without, *again])


def _changed(connection: BaseDatabaseWrapper, table: str, may: tuple[str, ...]) -> str:
    """The condition that a column other than those that *may* is changed."""
    with connection.cursor() as cursor:
        columns = [column.name for column in connection.introspection.get_table_description(cursor, table)]
    return _differs(connection, [column for column in columns if column not in may])


def _differs(connection: BaseDatabaseWrapper, columns: Iterable[str]) -> str:
    differs = "IS DISTINCT FROM" if connection.vendor == "postgresql" else "IS NOT"
    return " OR ".join(f"NEW.{column} {differs} OLD.{column}" for column in columns)


def _created(connection: BaseDatabaseWrapper, rule: Rule) -> list[str]:
    if connection.vendor == "sqlite":
        return [
            f"""CREATE TRIGGER {rule.name} BEFORE {rule.act} ON {rule.table} WHEN {rule.against}
            BEGIN SELECT RAISE(ABORT, '{rule.says}'); END"""
        ]
    each = "STATEMENT" if rule.act == "TRUNCATE" else "ROW"
    row = "OLD" if rule.act == "DELETE" else "NEW"
    return [
        f"""CREATE OR REPLACE FUNCTION {rule.name}() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF {rule.against} THEN
                RAISE EXCEPTION '{rule.says}' USING ERRCODE = 'restrict_violation';
            END IF;
            RETURN {row};
        END $$""",
        f"""CREATE TRIGGER {rule.name} BEFORE {rule.act} ON {rule.table} FOR EACH {each}
        EXECUTE FUNCTION {rule.name}()""",
    ]


def _drop(connection: BaseDatabaseWrapper) -> None:
    for rule in _rules(connection):
        on = f" ON {rule.table}" if connection.vendor == "postgresql" else ""
        _run(connection, f"DROP TRIGGER IF EXISTS {rule.name}{on}")


def _exclude(connection: BaseDatabaseWrapper) -> None:
    with connection.cursor() as cursor:
        if OVERLAP in connection.introspection.get_constraints(cursor, RATE):
            return
    _run(connection, "CREATE EXTENSION IF NOT EXISTS btree_gist")
    _run(
        connection,
        f"""ALTER TABLE {RATE} ADD CONSTRAINT {OVERLAP} EXCLUDE USING gist (COALESCE(contributor_id, 0) WITH =,
        role WITH =, source WITH =, target WITH =, daterange(valid_from, valid_until) WITH &&)""",
    )


def _run(connection: BaseDatabaseWrapper, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
