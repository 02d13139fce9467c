"""Tables of the translation desk whose rows the database itself lets nobody change or delete.

``install`` is idempotent and runs after every ``migrate``, as the rules of ``articles`` do.
"""

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from articles.models import frozen

FROZEN: tuple[str, ...] = ("translations_jobevent",)


def install(connection: BaseDatabaseWrapper) -> None:
    """Replaces the triggers of the tables that are there, in one transaction."""
    tables = _tables(connection)
    with transaction.atomic(using=connection.alias):
        for name, table in frozen.triggers(connection, tables).items():
            frozen.run(connection, frozen.drop(connection, name, table))
        for statement in frozen.statements(connection, tables):
            frozen.run(connection, statement)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The names of the triggers that are not there; for the system check."""
    return sorted(frozen.triggers(connection, _tables(connection)).keys() - frozen.there(connection))


def _tables(connection: BaseDatabaseWrapper) -> list[str]:
    there = set(connection.introspection.table_names())
    return [table for table in FROZEN if table in there]
