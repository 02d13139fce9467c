"""The translations app."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class TranslationsConfig(AppConfig):
    name = "translations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(install_indexes, sender=self)
        from translations import receivers

        receivers.connect()


def install_indexes(using: str, **_signal: Any) -> None:
    """Puts the memory's indexes in place once its table is there."""
    from translations.memory.engine import engine
    from translations.models.memory_entry import MemoryEntry

    connection = connections[using]
    if MemoryEntry._meta.db_table in connection.introspection.table_names():
        engine(connection).install(connection)
