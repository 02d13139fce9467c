"""Followers of the feeds: their hub is told which feeds have something new (WebSub, W3C recommendation of 2018).

The feeds name the hub. It fetches a feed that it was told of, and hands what is new to those who asked for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.conf import settings
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone

from articles.delivery import outbox
from articles.delivery.calling import call
from articles.models.contributor import Contributor
from articles.models.person import Person
from articles.models.purge import Purge
from articles.models.section import Section
from articles.models.source import Source
from articles.models.tag import Tag

FORMATS = ("rss", "atom", "json")
REGISTERS: dict[str, tuple[type[Model], str]] = {
    "section": (Section, "section"),
    "tag": (Tag, "slug"),
    "person": (Person, "slug"),
    "source": (Source, "slug"),
    "contributor": (Contributor, "slug"),
}


def announce_due() -> int:
    """Tells the hub what is new and not yet told; returns how many purges it acknowledged."""
    if not (settings.NEWSROOM_WEBSUB_HUB and settings.NEWSROOM_BASE_URL):
        return 0
    waiting = Purge.objects.filter(announced_at=None, announce_at__lte=timezone.now()).order_by("pk")
    return outbox.hand_on(waiting[:100], "announced_at", _announce)


def _announce(names: list[str]) -> None:
    new = [("hub.url", feed) for feed in feeds(names)]
    call(settings.NEWSROOM_WEBSUB_HUB, form=[("hub.mode", "publish"), *new])


def feeds(names: Sequence[str]) -> list[str]:
    """The whole addresses of the feeds that have something new when these surrogate keys are purged."""
    languages = [name.removeprefix("list-") for name in names if name.startswith("list-")]
    lists: list[tuple[str, dict[str, str]]] = [("front", {}), ("corrections", {}), *_registers(names)]
    return [
        settings.NEWSROOM_BASE_URL + reverse(f"{name}_feed", kwargs={"language": language, "kind": kind, **address})
        for language in languages
        for name, address in lists
        for kind in FORMATS
    ]


def _registers(names: Sequence[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """The lists of the entries among the keys: the name of their address, and what it needs besides."""
    for register, (model, part) in REGISTERS.items():
        pks = [int(pk) for name in names if name.startswith(f"{register}-") and (pk := name.split("-")[1]).isdigit()]
        for slug in model._default_manager.filter(pk__in=pks).order_by("pk").values_list("slug", flat=True):
            yield register, {part: slug}
