"""Finished readers' pages, kept in the memory of a process and served without waking Django.

``PageCache`` is a WSGI application around Django's. It keeps what readers' addresses answer to a GET, with the
surrogate keys that were noted while the page was made, and serves it while no counter of these has moved since *before*
the page was begun, and until the moment at which the page changes by itself. One page is made once, however many wait
for it. Where Django fails, what was kept is served although it is old; but nothing of a story that was withdrawn.

It knows no reader: a request with a session or with credentials goes to Django, and what is kept was made without
cookies and with no more of the query than the addresses know. Ranges are not served: a page is sent whole.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.db import DatabaseError
from django.http.request import split_domain_port, validate_host

from articles.delivery import cdn
from articles.delivery.counters import Counters, places, shared
from articles.delivery.finished import Environ, Finished, Headers, Start
from articles.delivery.memory import reading
from articles.delivery.schedule import next_change

logger = logging.getLogger(__name__)

Application = Callable[[Environ, Start], Iterable[bytes]]
Key = tuple[str, str, str, str, str]

KNOWN = ("before", "from", "of", "to", "until")
"""Parameters that choose among pages that are kept. All others reach no such page."""
WITHOUT_LANGUAGE = ("/sitemap", "/news-sitemap.xml")
"""Readers' addresses that begin with no language."""
PICTURE = ".jpeg"
"""How the cards of stories end: they are files, and stay where they lie."""
PAST = "at"
"""The parameter that asks for a page as it was: that is not kept."""
KEPT_STATUSES = {HTTPStatus.OK, HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.GONE}
LONGEST_ADDRESS = 400
PATIENCE = 10.0
"""Seconds that a request waits for another one to make the page."""
BETWEEN_TRIES = 1.0
"""Seconds between two tries to make a page anew, where Django fails."""
OLDEST = 24 * 3600.0
"""Seconds after which a page is no longer served in place of one that can't be made."""
READING = {"GET", "HEAD"}
HIT: Headers = [("Cache-Status", "newsroom; hit")]
"""How an answer came about is told in each (RFC 9211)."""
STALE: Headers = [("Cache-Status", "newsroom; hit; detail=stale-if-error")]
MISSED: Headers = [("Cache-Status", "newsroom; fwd=miss")]
STORED: Headers = [("Cache-Status", "newsroom; fwd=miss; stored")]
_BY_READER = (
    "HTTP_COOKIE", "HTTP_ACCEPT_ENCODING", "HTTP_ACCEPT_LANGUAGE", "HTTP_RANGE", "HTTP_IF_RANGE", "HTTP_IF_MATCH",
    "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE",
)  # fmt: skip


class Kept:
    """A finished page with what ends it. ``seen`` is the moment up to which no counter of its keys had moved."""

    __slots__ = ("at", "born", "finished", "keys", "made", "retry", "seen", "size", "until")

    def __init__(self, finished: Finished, keys: set[str], made: int, until: float | None) -> None:
        self.finished, self.keys, self.until = finished, keys, until
        self.made = self.seen = made
        self.at = places(keys)
        self.born, self.retry = time.time(), 0.0
        self.size = 0

    def servable(self, counters: Counters, now: float) -> Headers | None:
        """What a reader who gets it is told of it; None where it has to be made.

        An old one, too, is served for a moment, where Django has just failed to make a new one.
        """
        if self.good(counters, now):
            return HIT
        return STALE if now < self.retry and self.better_than_nothing(counters, now) else None

    def good(self, counters: Counters, now: float) -> bool:
        """Whether a reader may have it as the present page."""
        if self.until is not None and now >= self.until:
            return False
        moment = counters.now()
        if moment == self.seen:
            return True
        if counters.purged_since(self.made, self.at):
            return False
        self.seen = moment
        return True

    def better_than_nothing(self, counters: Counters, now: float) -> bool:
        """Whether it may stand in where no present page can be made."""
        return now - self.born < OLDEST and not counters.withdrawn_since(self.made, self.at)


class PageCache:
    """*application* with a memory of at most *megabytes* for finished pages."""

    def __init__(self, application: Application, megabytes: int) -> None:
        self.application = application
        self.most = megabytes * 1_000_000
        self.size = 0
        self._pages: OrderedDict[Key, Kept] = OrderedDict()
        self._making: dict[Key, threading.Event] = {}
        self._lock = threading.Lock()
        self._counters: Counters | None = None
        self._hosts: dict[str, bool] = {}
        self._forwarded = (settings.SECURE_PROXY_SSL_HEADER or ("",))[0]
        self._starts = (*(f"/{code}/" for code, _name in settings.LANGUAGES), *WITHOUT_LANGUAGE)

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        counters = shared()
        if counters is None:
            return self.application(environ, start)
        if counters is not self._counters:
            self._begin(counters)
        key = self._plain(environ)  # most requests are so: what they ask for was looked at when it was first kept
        kept = self._pages.get(key) if key else None
        if kept is None and (key := self.key(environ)) is not None:
            kept = self._pages.get(key)
        if key is None:
            return self.application(environ, start)
        if kept is not None and (told := kept.servable(counters, time.time())):
            return self._serve(key, kept, environ, start, told)
        return self._make(key, environ, start, counters)

    def _plain(self, environ: Environ) -> Key | None:
        """The key of a request that brings nothing but an address."""
        if "HTTP_COOKIE" in environ or "HTTP_AUTHORIZATION" in environ or environ.get("QUERY_STRING"):
            return None
        return self._key(environ, "") if environ["REQUEST_METHOD"] in READING else None

    def _key(self, environ: Environ, query: str) -> Key:
        get = environ.get
        return environ["PATH_INFO"], get("HTTP_HOST", ""), environ["wsgi.url_scheme"], get(self._forwarded, ""), query

    def key(self, environ: Environ) -> Key | None:
        """What the page is kept by; None for a request that is not for a page that may be kept.

        The scheme is told as it came, by the server and by the proxy: Django decides which of them it believes.
        """
        path: str = environ.get("PATH_INFO", "")
        if environ["REQUEST_METHOD"] not in READING or not path.startswith(self._starts):
            return None
        if "HTTP_AUTHORIZATION" in environ or settings.SESSION_COOKIE_NAME in environ.get("HTTP_COOKIE", ""):
            return None
        if environ.get("SCRIPT_NAME") or len(path) > LONGEST_ADDRESS or path.endswith(PICTURE):
            return None
        if not self._ours(environ.get("HTTP_HOST", "")):
            return None
        query = environ.get("QUERY_STRING", "")
        if query and (path.endswith("/search/") or (query := known(query)) is None):
            return None
        return self._key(environ, query)

    def _ours(self, host: str) -> bool:
        ours = self._hosts.get(host)
        if ours is None:
            allowed = settings.ALLOWED_HOSTS or [".localhost", "127.0.0.1", "[::1]"]
            ours = validate_host(split_domain_port(host)[0], allowed)
            if len(self._hosts) < 1000:
                self._hosts[host] = ours
        return ours

    def _begin(self, counters: Counters) -> None:
        """With new counters, nothing that was kept by the old ones may be served."""
        with self._lock:
            self._pages.clear()
            self.size, self._counters = 0, counters

    def _serve(self, key: Key, kept: Kept, environ: Environ, start: Start, told: Headers) -> list[bytes]:
        more = [*told, *cdn.headers(kept.keys, kept.until)] if settings.NEWSROOM_CDN_URL else told
        body = kept.finished.answer(environ, start, more)
        try:
            self._pages.move_to_end(key)
        except KeyError:  # dropped by another thread meanwhile
            return body
        if kept.size != kept.finished.size:
            self._weigh(key, kept)
        return body

    def _make(self, key: Key, environ: Environ, start: Start, counters: Counters) -> list[bytes]:
        """Makes the page, or waits for who is making it already."""
        with self._lock:
            other = self._making.get(key)
            if other is None:
                mine = self._making[key] = threading.Event()
        if other is not None:
            kept, now = self._pages.get(key), time.time()
            if kept is not None and kept.retry and kept.better_than_nothing(counters, now):
                return self._serve(key, kept, environ, start, STALE)  # Django failed: one reader alone waits for it
            other.wait(PATIENCE)
            kept, now = self._pages.get(key), time.time()
            if kept is not None and (told := kept.servable(counters, now)):
                return self._serve(key, kept, environ, start, told)
            return self._ask(key, environ, start, counters)
        try:
            return self._ask(key, environ, start, counters)
        finally:
            with self._lock:
                del self._making[key]
            mine.set()

    def _ask(self, key: Key, environ: Environ, start: Start, counters: Counters) -> list[bytes]:
        made = counters.now()  # before the database is read: a page that is overtaken on its way is not kept
        with reading() as read:
            status, headers, body = _answered(self.application, _anonymous(environ, key[-1]))
            finished = Finished(status, headers, body)
            if finished.code >= HTTPStatus.INTERNAL_SERVER_ERROR:
                old, now = self._pages.get(key), time.time()
                if old is not None and old.better_than_nothing(counters, now):
                    old.retry = now + BETWEEN_TRIES
                    return self._serve(key, old, environ, start, STALE)
                return finished.answer(environ, start, [])
            if not read.keys or finished.code not in KEPT_STATUSES or not _may_be_kept(headers):
                return finished.answer(environ, start, MISSED)
            keys = set(read.keys)
            try:
                read.end(next_change(keys, counters))
            except DatabaseError:  # it has stopped since: the page is right, but nobody knows until when
                return finished.answer(environ, start, MISSED)
        kept = Kept(finished, keys, made, read.until)
        self._weigh(key, kept)
        return self._serve(key, kept, environ, start, STORED)

    def _weigh(self, key: Key, kept: Kept) -> None:
        """Keeps it, with its size of now, and drops what was asked for longest ago until all fit."""
        with self._lock:
            size = kept.finished.size
            old = self._pages.get(key)
            self.size += size - (old.size if old is not None else 0)
            kept.size = size
            self._pages[key] = kept
            self._pages.move_to_end(key)
            while self.size > self.most and self._pages:
                _, dropped = self._pages.popitem(last=False)
                self.size -= dropped.size


def known(query: str) -> str | None:
    """The part of a query that chooses a page, in one order; None where it asks for what is not kept."""
    try:
        asked = dict(parse_qsl(query, keep_blank_values=True, max_num_fields=50))
    except ValueError:
        return None
    if PAST in asked:
        return None
    return urlencode([(name, asked[name]) for name in KNOWN if name in asked])


def _anonymous(environ: Environ, query: str) -> Environ:
    """The request as everybody's: with nothing of its reader."""
    asked = {name: value for name, value in environ.items() if name not in _BY_READER}
    return asked | {"REQUEST_METHOD": "GET", "QUERY_STRING": query}


def _answered(application: Application, environ: Environ) -> tuple[str, Headers, bytes]:
    told: list[Any] = []

    def start(status: str, headers: Headers, exc_info: Any = None) -> None:
        told[:] = [status, headers]

    parts = application(environ, start)
    try:
        body = b"".join(parts)
    finally:
        if close := getattr(parts, "close", None):
            close()
    return told[0], told[1], body


def _may_be_kept(headers: Headers) -> bool:
    named = {name.lower(): value.lower() for name, value in headers}
    keeping = named.get("cache-control", "")
    varies = named.get("vary", "accept-encoding")
    return (
        "set-cookie" not in named
        and "no-store" not in keeping
        and "private" not in keeping
        and varies == "accept-encoding"
    )
