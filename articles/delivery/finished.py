"""An answer in every form that readers ask for: plain, packed, or "you have it"."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from hashlib import blake2b
from http import HTTPStatus
from typing import Any

import brotli

from articles.delivery.encoding import encoding

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
Start = Callable[..., Any]

OVERHEAD = 2_000
"""Bytes that a page takes besides its own."""
LEAST = 600
"""Smaller than this, in bytes, nothing is packed."""
_OURS = {"etag", "content-length", "vary", "accept-ranges"}


class Finished:
    """An answer in every form that readers ask for."""

    __slots__ = ("body", "code", "etag", "forms", "headers", "packed", "size", "status")

    def __init__(self, status: str, headers: Headers, body: bytes) -> None:
        self.status, self.body = status, body
        self.code = int(status[:3])
        named = {name.lower(): value for name, value in headers}
        self.headers = [(name, value) for name, value in headers if name.lower() not in _OURS]
        kind = named.get("content-type", "")
        self.packed = len(body) >= LEAST and ("text/" in kind or "xml" in kind or "json" in kind)
        self.etag = blake2b(body, digest_size=15).hexdigest() if self.code == HTTPStatus.OK else ""
        if self.packed:
            self.headers.append(("Vary", "Accept-Encoding"))
        self.size = OVERHEAD + len(body)
        """Bytes that it takes, in all forms that have been asked for."""
        self.forms: dict[str, tuple[Headers, bytes, Headers]] = {}

    def answer(self, environ: Environ, start: Start, more: Headers) -> list[bytes]:
        """The body in the form that the request accepts, or that its reader has it already."""
        form = encoding(environ.get("HTTP_ACCEPT_ENCODING", "")) if self.packed else ""
        headers, body, unchanged = self.forms.get(form) or self._formed(form)
        asked = environ.get("HTTP_IF_NONE_MATCH")
        if asked and self.etag and (self.etag in asked or asked.strip() == "*"):
            start("304 Not Modified", unchanged + more)
            return []
        start(self.status, headers + more)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _formed(self, form: str) -> tuple[Headers, bytes, Headers]:
        body = self.body
        marks: Headers = []
        if form == "br":
            body = brotli.compress(body, quality=5)
        elif form == "gzip":
            body = gzip.compress(body, 6, mtime=0)
        if form:
            marks.append(("Content-Encoding", form))
        if self.etag:
            marks.append(("ETag", f'"{self.etag}{form and "-" + form}"'))
        unchanged = [*self._about_keeping(), *marks[-1:]] if self.etag else []
        made = [*self.headers, *marks, ("Content-Length", str(len(body)))], body, unchanged
        self.forms[form] = made
        self.size = OVERHEAD + len(self.body) + sum(len(body) for name, (_, body, _) in self.forms.items() if name)
        return made

    def _about_keeping(self) -> Headers:
        return [(name, value) for name, value in self.headers if name.lower() in {"cache-control", "vary"}]
