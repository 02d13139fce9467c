"""What every test stands on: a clean cache, a folder for files, a database on disk; see also tests/browser.py."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connections
from django.template import Template
from django.test.utils import _TestState, instrumented_test_render

from tests import flush

pytest_plugins = ["tests.browser"]


# Deterministic and without a deadline: a slow machine is no reason to fail. Wide runs: HYPOTHESIS_PROFILE=wide.
hypothesis.settings.register_profile("suite", deadline=None, max_examples=60, derandomize=True)
hypothesis.settings.register_profile("wide", deadline=None, max_examples=5000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "suite"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database-only", action="store_true", help="leave out what asks no database: it is the same on each of them"
    )


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The suite's second run, on the other database, doesn't repeat what the first has shown."""
    if config.getoption("--database-only"):
        asks = {"db", "transactional_db", "live_server", "database", "django_db_setup"}
        kept = [
            item
            for item in items
            if item.get_closest_marker("django_db") or asks & set(getattr(item, "fixturenames", ()))
        ]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
        items[:] = kept


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """SQLite's test database is a file, as in use: threads and processes of a test can meet in it."""
    database = connections["default"].settings_dict
    if database["ENGINE"].endswith("sqlite3"):
        database["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "newsroom.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> Iterator[None]:
    """Lets the wipe after a transactional test pass the triggers that keep history from being deleted."""
    with flush.past_triggers():
        yield


@pytest.fixture(scope="session", autouse=True)
def only_pages(django_test_environment: None) -> None:
    """Templates render as in use: a test looks at the page. A copy of every context costs an eighth of the suite."""
    Template._render = _TestState.saved_data.template_render


@pytest.fixture
def contexts(monkeypatch: pytest.MonkeyPatch) -> None:
    """For a test that looks into ``response.context`` all the same."""
    monkeypatch.setattr(Template, "_render", instrumented_test_render)


@pytest.fixture(autouse=True)
def clean_caches() -> Iterator[None]:
    """Counters of failed sign-ins and the like never reach the next test."""
    yield
    for name in settings.CACHES:
        caches[name].clear()


@pytest.fixture(autouse=True)
def media_root(tmp_path_factory: pytest.TempPathFactory, settings) -> Path:
    """A folder of its own for the files of each test; there is none until a file is kept."""
    settings.MEDIA_ROOT = tmp_path_factory.getbasetemp() / "media" / uuid.uuid4().hex
    return settings.MEDIA_ROOT
