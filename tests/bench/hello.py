"""The limit: an application that answers every request with the same bytes. ``HELLO_FILE`` names the file that holds them."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

BODY = [Path(os.environ["HELLO_FILE"]).read_bytes()]
HEADERS = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(BODY[0])))]


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    start_response("200 OK", HEADERS)
    return BODY
