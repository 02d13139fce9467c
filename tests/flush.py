"""Empties the tables after a test that commits.

History refuses to be deleted, by triggers that know no exception. So the wipe drops or disables them, and
puts them back in the same transaction; no other code can do that. What Django makes again after a flush needs no
rules: they were put back.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models.signals import post_migrate

from articles.apps import install_rules
from articles.models import SearchEntry
from translations.apps import install_rules as install_translation_rules

ATTEMPTS = 5  # a server's thread may still be answering a browser that has gone, and write between two tables


@contextmanager
def past_triggers() -> Iterator[None]:
    """While it lasts, Django's own flush passes the triggers."""
    operations = type(connection.ops)
    stock = operations.execute_sql_flush

    def sql_flush(self, style: object, tables: list[str], **_options: bool) -> list[str]:
        """A TRUNCATE of many small tables costs PostgreSQL a second."""
        return [f"DELETE FROM {self.quote_name(table)}" for table in tables]

    def execute_sql_flush(self, statements: list[str]) -> None:
        for left in reversed(range(ATTEMPTS)):
            try:
                with transaction.atomic(), _triggers_off():
                    stock(self, statements)
                break
            except (IntegrityError, OperationalError):
                if not left:
                    raise
                time.sleep(0.2)

    post_migrate.disconnect(install_rules, sender=apps.get_app_config("articles"))
    post_migrate.disconnect(install_translation_rules, sender=apps.get_app_config("translations"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "execute_sql_flush", execute_sql_flush)
        if connection.vendor == "postgresql":
            patch.setattr(operations, "sql_flush", sql_flush)
        yield


@contextmanager
def _triggers_off() -> Iterator[None]:
    off, on = _for_sqlite() if connection.vendor == "sqlite" else _for_postgresql()
    with connection.cursor() as cursor:
        for statement in off:
            cursor.execute(statement)
    yield
    with connection.cursor() as cursor:
        for statement in on:
            cursor.execute(statement)


def _for_sqlite() -> tuple[list[str], list[str]]:
    with connection.cursor() as cursor:
        # The search's triggers stay: through them its index is emptied with its table.
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name <> %s",
            [SearchEntry._meta.db_table],
        )
        triggers = cursor.fetchall()
    return [f'DROP TRIGGER "{name}"' for name, _ in triggers], [sql for _, sql in triggers]


def _for_postgresql() -> tuple[list[str], list[str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal")
        tables = [table for (table,) in cursor.fetchall()]
    off, on = ([f"ALTER TABLE {table} {verb} TRIGGER USER" for table in tables] for verb in ("DISABLE", "ENABLE"))
    return off, ["SET CONSTRAINTS ALL IMMEDIATE", *on]
