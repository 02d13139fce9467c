"""Real processes that meet in the test database."""

from collections.abc import Iterator

import pytest

from tests.stress.racers import Nursery, nursery


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "concurrency: processes that act at the same moment")


@pytest.fixture(scope="module")
def racers(django_db_setup) -> Iterator[Nursery]:
    """Starts races; the process behind it is loaded once for a module."""
    with nursery() as started:
        yield started
