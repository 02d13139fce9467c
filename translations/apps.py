"""The translations app."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate


class TranslationsConfig(AppConfig):
    name = "translations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        pre_migrate.connect(step_aside, sender=self)
        post_migrate.connect(install_rules, sender=self)
        from translations import checking, receivers, recording
        from translations.workbench import offers

        receivers.connect()
        checking.connect()
        recording.connect()
        offers.connect()


def step_aside(using: str, **_signal: Any) -> None:
    """Takes away the rules that a migration could stumble over."""
    from translations.models import money_rules

    money_rules.step_aside(connections[using])


def install_rules(using: str, **_signal: Any) -> None:
    """Puts the database's own rules, and the memory's indexes, in place once the tables are there."""
    from translations.memory.engine import engine
    from translations.models import money_rules, rules
    from translations.models.memory_entry import MemoryEntry

    connection = connections[using]
    rules.install(connection)
    money_rules.install(connection)
    if MemoryEntry._meta.db_table in connection.introspection.table_names():
        engine(connection).install(connection)
