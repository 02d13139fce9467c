"""The articles app."""

from typing import Any

from django.apps import AppConfig
from django.db import connections
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = _("Newsroom")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        pre_migrate.connect(step_aside, sender=self)
        post_migrate.connect(install_rules, sender=self)
        from articles.delivery import receivers as delivery
        from articles.search import receivers as search

        delivery.connect()
        search.connect()


def step_aside(using: str, **_signal: Any) -> None:
    """Takes away the rules that a migration could stumble over."""
    from articles.models import rules

    rules.step_aside(connections[using])


def install_rules(using: str, **_signal: Any) -> None:
    """Puts the database's own rules, and the search's index, in place once the tables are there."""
    from articles.models import rules
    from articles.models.search_entry import SearchEntry
    from articles.search.engine import engine

    connection = connections[using]
    tables = connection.introspection.table_names()
    if rules.PUBLICATION in tables:
        rules.install(connection)
    if SearchEntry._meta.db_table in tables:
        engine(connection).install(connection)
