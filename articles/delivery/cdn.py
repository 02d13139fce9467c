"""The network that keeps pages in front of the site, where there is one.

Pages carry their surrogate keys and how long they live; each purge of the outbox is sent to it, again and again until
it is acknowledged. Two ways of being told are in use: Fastly's (a POST), and that of Varnish with the module xkey.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator

from django.conf import settings

from articles.delivery import keys, outbox
from articles.delivery.calling import call
from articles.models.purge import Purge

LONGEST_LIFE = 3600
"""Seconds that a page may lie in the network, unless it changes sooner by itself."""
STALE_IF_ERROR = 24 * 3600
AT_ONCE = 200
"""How many keys one call purges; Fastly takes 256."""


def headers(names: Collection[str], until: float | None) -> list[tuple[str, str]]:
    """What the network has to know of a page, where there is a network."""
    life = LONGEST_LIFE if until is None else max(0, min(LONGEST_LIFE, int(until - time.time())))
    named = {"Surrogate-Control": f"max-age={life}, stale-if-error={STALE_IF_ERROR}"}
    return [*named.items(), (KEYS_HEADER[settings.NEWSROOM_CDN], " ".join(sorted(names)))]


def send_due() -> int:
    """Sends the purges that wait; returns how many were acknowledged."""
    if not settings.NEWSROOM_CDN_URL:
        return 0
    return outbox.hand_on(Purge.objects.filter(sent_at=None).order_by("pk")[:1000], "sent_at", _send)


def _send(names: list[str]) -> None:
    for some in _batches(names):
        BACKENDS[settings.NEWSROOM_CDN](some)


def fastly(names: Collection[str]) -> None:
    """https://www.fastly.com/documentation/reference/api/purging/"""
    told = {"Fastly-Key": settings.NEWSROOM_CDN_TOKEN, "Accept": "application/json"}
    if keys.ALL in names:
        call(f"{settings.NEWSROOM_CDN_URL}_all", headers=told)
    else:
        call(settings.NEWSROOM_CDN_URL, headers=told | {"Surrogate-Key": " ".join(names)})


def varnish(names: Collection[str]) -> None:
    """A PURGE with the header that the VCL of the module xkey reads; "*" is for it to take as all."""
    told = {"xkey-purge": " ".join(names), "Authorization": f"Bearer {settings.NEWSROOM_CDN_TOKEN}"}
    call(settings.NEWSROOM_CDN_URL, method="PURGE", headers=told)


BACKENDS: dict[str, Callable[[Collection[str]], None]] = {"fastly": fastly, "varnish": varnish}
KEYS_HEADER = {"fastly": "Surrogate-Key", "varnish": "xkey"}


def _batches(names: list[str]) -> Iterator[list[str]]:
    for first in range(0, len(names), AT_ONCE):
        yield names[first : first + AT_ONCE]
