"""Telling others on the web, at addresses from the settings."""

import urllib.request
from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

PATIENCE = 10
"""Seconds until a call is taken for failed."""


def call(
    address: str,
    *,
    method: str = "POST",
    headers: Mapping[str, str] | None = None,
    form: Sequence[tuple[str, str]] = (),
) -> None:
    """Sends it. Raises ``OSError`` unless it is acknowledged: by any status of success."""
    data = urlencode(form).encode() if form else None
    request = urllib.request.Request(address, data, dict(headers or {}), method=method)  # noqa: S310  # http or https
    with urllib.request.urlopen(request, timeout=PATIENCE):  # noqa: S310  # checked where the settings are read
        pass
