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
        from translations import receivers

        receivers.connect()


def install_rules(using: str, **_signal: Any) -> None:
    """Puts the database's own rules in place once the tables are there."""
    from translations.models import rules

    rules.install(connections[using])
