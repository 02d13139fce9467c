"""Somebody on the web who is told things, and acknowledges them or not."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Told(http.server.ThreadingHTTPServer):
    """Notes what it is asked, and answers with ``status``."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        self.bodies: list[str] = []
        self.status = 200

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Handler(http.server.BaseHTTPRequestHandler):
    def answer(self) -> None:
        server = self.server
        assert isinstance(server, Told)
        server.bodies.append(self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode())
        server.asked.append((self.command, self.path, {name.lower(): value for name, value in self.headers.items()}))
        self.send_response(server.status)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_POST = do_PURGE = answer  # noqa: N815  # the names that the server looks for

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # as the base class calls it
        pass


@contextmanager
def told() -> Iterator[Told]:
    server = Told()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
