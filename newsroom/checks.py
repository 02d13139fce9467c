"""System checks: what is set wrongly is said before anything runs.

| id | what |
|---|---|
| newsroom.E001 | a variable has a value that cannot be used, or two contradict each other |
| newsroom.W002 | demo users exist although NEWSROOM_DEBUG is off |
| newsroom.E003 | no CSRF middleware guards the desk |
| newsroom.E004 | the cache is not shared, so that the sign-in lock-out counts per process |
| newsroom.W005 | the database lacks triggers that keep history from being changed |
| newsroom.E006 | the engine of machine translation can't be loaded |
"""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core import checks
from django.db import DatabaseError, connections
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.module_loading import import_string

from articles.models import rules
from newsroom.models import User
from translations import machine
from translations.models import money_rules
from translations.models import rules as translation_rules

NOT_SHARED = ("locmem.LocMemCache", "dummy.DummyCache")


@checks.register()
def variables(app_configs: Any, **kwargs: Any) -> Iterable[checks.CheckMessage]:
    for problem in settings.NEWSROOM_PROBLEMS:
        yield checks.Error(f"{problem.variable}: {problem.message}", id="newsroom.E001")


@checks.register()
def machine_translation(app_configs: Any, **kwargs: Any) -> Iterable[checks.CheckMessage]:
    if problem := machine.problem():
        yield checks.Error(
            f"NEWSROOM_MACHINE_TRANSLATION: {problem}",
            hint="Write the dotted path of a translations.machine.Engine, or leave it empty.",
            id="newsroom.E006",
        )


@checks.register(checks.Tags.database)
def demo_users(app_configs: Any, databases: Any = None, **kwargs: Any) -> Iterable[checks.CheckMessage]:
    """Runs with ``migrate`` and with ``check --database default``."""
    if settings.NEWSROOM_DEBUG or not databases:
        return
    try:
        names = list(User.objects.filter(is_demo=True).values_list("username", flat=True))
    except DatabaseError:  # before the first migration there is nobody
        return
    if names:
        yield checks.Warning(
            f"Demo users exist although NEWSROOM_DEBUG is off: {', '.join(names)}. They cannot sign in.",
            hint="Delete them, or switch them off and take their demo mark away.",
            id="newsroom.W002",
        )


@checks.register(checks.Tags.database)
def rules_of_history(app_configs: Any, databases: Any = None, **kwargs: Any) -> Iterable[checks.CheckMessage]:
    """A warning, since ``migrate`` asks too, and is what puts them back."""
    for alias in databases or ():
        connection = connections[alias]
        if rules.PUBLICATION not in connection.introspection.table_names():
            continue
        kept = (rules, translation_rules, money_rules)
        if missing := [name for module in kept for name in module.missing(connection)]:
            yield checks.Warning(
                f"The database lacks triggers that keep history: {', '.join(missing)}.",
                hint="Run migrate: it puts them back.",
                id="newsroom.W005",
            )


@checks.register(checks.Tags.security, deploy=True)
def csrf(app_configs: Any, **kwargs: Any) -> Iterable[checks.CheckMessage]:
    """Takes the place of Django's security.W003, which looks for the stock class by name."""
    classes = [import_string(path) for path in settings.MIDDLEWARE]
    if not any(isinstance(item, type) and issubclass(item, CsrfViewMiddleware) for item in classes):
        yield checks.Error("Nothing in MIDDLEWARE guards the desk against forged forms.", id="newsroom.E003")


@checks.register(checks.Tags.security, deploy=True)
def shared_cache(app_configs: Any, **kwargs: Any) -> Iterable[checks.CheckMessage]:
    if settings.CACHES["default"]["BACKEND"].endswith(NOT_SHARED):
        yield checks.Error(
            "The default cache lives in one process, so the sign-in lock-out can be gone around.",
            id="newsroom.E004",
        )


def refuse_bad_variables() -> None:
    """For the server, which runs no system checks: ends it with one line a problem."""
    if settings.NEWSROOM_PROBLEMS:
        raise SystemExit("\n".join(f"{problem.variable}: {problem.message}" for problem in settings.NEWSROOM_PROBLEMS))
