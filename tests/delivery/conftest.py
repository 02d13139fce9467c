"""Delivery switched on for a test: counters in a file of its own, nothing in memory, and a reader who goes through the cache."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.test.utils import CaptureQueriesContext

from articles.delivery import counters, memory
from articles.delivery.counters import Counters
from articles.delivery.page_cache import PageCache


@dataclass(frozen=True)
class Seen:
    """An answer as its reader gets it."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def how(self) -> str:
        """How the cache came by it."""
        return self.headers.get("cache-status", "")


@pytest.fixture
def shared(settings, tmp_path: Path) -> Iterator[Counters]:
    """The counters of this host."""
    settings.NEWSROOM_SHARED_MEMORY = str(tmp_path)
    counters.forget()
    memory.forget()
    found = counters.shared()
    assert found is not None
    yield found
    counters.forget()
    memory.forget()


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """The end of a request closes no connection: the test's transaction is on it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def cache(shared) -> PageCache:
    """In front of the whole site."""
    return PageCache(WSGIHandler(), 8)


def ask(application: Any, address: str, method: str = "GET", **environ: Any) -> Seen:
    """What the application answers. Headers are given as in WSGI: ``HTTP_COOKIE="a=b"``."""
    told: list[Any] = []
    path, _, query = address.partition("?")
    base = {
        "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "SCRIPT_NAME": "", "HTTP_HOST": "localhost",
        "SERVER_NAME": "localhost", "SERVER_PORT": "80", "wsgi.url_scheme": "http", "wsgi.input": BytesIO(),
    }  # fmt: skip
    parts = application({**base, **environ}, lambda *answer: told.extend(answer))
    body = b"".join(parts)
    if close := getattr(parts, "close", None):
        close()
    return Seen(int(told[0][:3]), {name.lower(): value for name, value in told[1]}, body)


@pytest.fixture
def visit(cache) -> Callable[..., Seen]:
    """A reader's request."""
    return lambda address, method="GET", **environ: ask(cache, address, method, **environ)


@pytest.fixture
def committed(django_capture_on_commit_callbacks) -> Callable[[Callable[[], Any]], Any]:
    """Does something as a transaction of its own: what waits for its commit happens."""

    def committed(act: Callable[[], Any]) -> Any:
        with django_capture_on_commit_callbacks(execute=True):
            return act()

    return committed


@pytest.fixture
def asked() -> Callable[..., int]:
    """How often something asks the database."""

    def asked(act: Callable[[], Any]) -> int:
        with CaptureQueriesContext(connection) as queries:
            act()
        return len(queries)

    return asked
