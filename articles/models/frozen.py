"""Tables whose rows are never changed or deleted, whoever asks and however: by triggers, on both engines.

On SQLite that includes ``REPLACE``. ``articles.models.rules`` and its like in the apps above install them after each
``migrate``.
"""

import re
from collections.abc import Iterable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

_COLUMN = re.compile(r'"(\w+)"')
FUNCTION = """CREATE OR REPLACE FUNCTION articles_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '% is never changed or deleted', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
        END $$"""


def triggers(connection: BaseDatabaseWrapper, tables: Iterable[str]) -> dict[str, str]:
    """The table of every trigger, by the trigger's name."""
    acts = ("update", "delete", "truncate" if connection.vendor == "postgresql" else "replace")
    return {f"{table}_no_{act}": table for table in tables for act in acts}


def statements(connection: BaseDatabaseWrapper, tables: Iterable[str], *, but_update: Iterable[str] = ()) -> list[str]:
    """What makes the triggers; those against updates are left out for the tables *but_update*, which have their own."""
    on_postgresql = connection.vendor == "postgresql"
    make = _postgresql if on_postgresql else _sqlite
    left_out = {f"{table}_no_update" for table in but_update}
    made = [sql for table in tables for name, sql in make(connection, table).items() if name not in left_out]
    return [FUNCTION, *made] if on_postgresql else made


def there(connection: BaseDatabaseWrapper) -> set[str]:
    """The names of all triggers of the database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_trigger"
            if connection.vendor == "postgresql"
            else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        )
        return {row[0] for row in cursor.fetchall()}


def drop(connection: BaseDatabaseWrapper, name: str, table: str) -> str:
    on = f" ON {table}" if connection.vendor == "postgresql" else ""
    return f"DROP TRIGGER IF EXISTS {name}{on}"


def run(connection: BaseDatabaseWrapper, statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _postgresql(_connection: BaseDatabaseWrapper, table: str) -> dict[str, str]:
    refuse = "EXECUTE FUNCTION articles_refuse()"
    return {
        f"{table}_no_update": f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW {refuse}",
        f"{table}_no_delete": f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW {refuse}",
        f"{table}_no_truncate": (
            f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {refuse}"
        ),
    }


def _sqlite(connection: BaseDatabaseWrapper, table: str) -> dict[str, str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is never changed or deleted'); END"
    # REPLACE fires the delete trigger only where recursive_triggers is on; the third holds without it.
    twin = f"EXISTS (SELECT 1 FROM {table} WHERE {same(connection, table)})"  # noqa: S608  # names of columns alone
    return {
        f"{table}_no_delete": f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refuse}",
        f"{table}_no_replace": f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} WHEN {twin} {refuse}",
        f"{table}_no_update": f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refuse}",
    }


def same(connection: BaseDatabaseWrapper, table: str) -> str:
    """On SQLite, the condition that a row of the table has one of its unique keys in common with NEW.

    Of a key that holds for some rows alone both have to be such rows.
    """
    both = [
        " AND ".join([*(f'"{column}" = NEW."{column}"' for column in columns), *_among(where)])
        for columns, where in _keys(connection, table)
    ]
    return " OR ".join(f"({one})" for one in both)


def _among(where: str) -> list[str]:
    return [f"({where})", "({})".format(_COLUMN.sub(r'NEW."\1"', where))] if where else []


def _keys(connection: BaseDatabaseWrapper, table: str) -> list[tuple[list[str], str]]:
    """The columns by which a row of the table is the only one, the primary key first; and among which, if not all."""
    with connection.cursor() as cursor:
        constraints: Any = connection.introspection.get_constraints(cursor, table)
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s", [table])
        partial = {name: sql.partition(" WHERE ")[2] for name, sql in cursor.fetchall() if sql}
    found = [
        (item["columns"], partial.get(name, ""))
        for name, item in constraints.items()
        if (item["unique"] or item["primary_key"]) and item["columns"]
    ]
    return sorted(found, key=lambda key: key[0] != ["id"])
