"""The translations app."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate


class TranslationsConfig(AppConfig):
    name = "translations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(install_rules, sender=self)
        from translations import checking, receivers
        from translations.workbench import offers

        receivers.connect()
        checking.connect()
        offers.connect()


def install_rules(using: str, **_signal: Any) -> None:
    """Puts the database's own rules, and the memory's indexes, in place once the tables are there."""
    from translations.memory.engine import engine
    from translations.models import rules
    from translations.models.memory_entry import MemoryEntry

    connection = connections[using]
    rules.install(connection)
    if MemoryEntry._meta.db_table in connection.introspection.table_names():
        engine(connection).install(connection)
