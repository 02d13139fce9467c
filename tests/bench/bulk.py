"""Many rows at once, past Django's models but not past the database's rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.core.management.color import no_style
from django.db import connection
from django.db.models import JSONField, Model
from psycopg import sql
from psycopg.types.json import Jsonb


def write(model: type[Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Adds the rows: by COPY on PostgreSQL, else as Django does. *columns* are names of columns, ``section_id``.

    What is not among the columns gets the model's default.
    """
    fields = {field.column: field for field in model._meta.concrete_fields}
    others = [field for column, field in fields.items() if column not in columns]
    columns, given = [*columns, *(field.column for field in others)], [field.get_default() for field in others]
    rows = ([*row, *given] for row in rows)
    if connection.vendor != "postgresql":
        names = [fields[column].attname for column in columns]
        model._default_manager.bulk_create([model(**dict(zip(names, row, strict=True))) for row in rows])
        return
    documents = [number for number, column in enumerate(columns) if isinstance(fields[column], JSONField)]
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            for number in documents:
                row[number] = Jsonb(row[number])
            copy.write_row(row)


def next_id(model: type[Model]) -> int:
    """The id from which rows can be numbered."""
    last = model._default_manager.order_by("-pk").values_list("pk", flat=True).first()
    return (last or 0) + 1


def continue_numbering(models: Sequence[type[Model]]) -> None:
    """Lets the database go on behind the ids that were given."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models)):
            cursor.execute(statement)


@contextmanager
def indexes_later(models: Sequence[type[Model]]) -> Iterator[None]:
    """Takes indexes, keys and exclusions off the tables and puts them back over all rows at the end.

    What is put back reads every row: no rule of the database goes unasked. Triggers and checks stay.
    """
    if connection.vendor != "postgresql":
        yield
        return
    tables = [model._meta.db_table for model in models]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what a transaction around this has put off
        cursor.execute(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid::regclass::text = ANY(%s) AND contype IN ('f', 'u', 'x')"
            " ORDER BY array_position(ARRAY['u', 'x', 'f']::\"char\"[], contype)",
            [tables],
        )
        constraints = cursor.fetchall()
        for table, name, _definition in constraints:
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s)"
            " AND indexname NOT IN (SELECT conname FROM pg_constraint)",
            [tables],
        )
        indexes = cursor.fetchall()
        for name, _definition in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for _name, definition in indexes:
            cursor.execute(definition)
        for table, name, definition in constraints:
            cursor.execute(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {definition}')
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def settle() -> None:
    """What the database does by itself in quiet hours. Not inside a transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
            cursor.execute("CHECKPOINT")
