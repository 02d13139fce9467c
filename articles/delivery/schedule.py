"""What is going to appear: nothing that it changes is kept for longer than until then."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from articles.delivery import keys, purging
from articles.delivery.counters import Counters, places
from articles.models.publication import Publication

Ahead = list[tuple[float, set[str]]]


class _Known(NamedTuple):
    counters: Counters
    made: int
    ahead: Ahead


_known: list[_Known] = []
_PLACE = places([keys.SCHEDULE])


def next_change(of: Collection[str], counters: Counters) -> float | None:
    """When the next scheduled Publication changes something that depends on the keys *of* (seconds since 1970)."""
    known = _known[0] if _known else None
    if known is None or known.counters is not counters or counters.purged_since(known.made, _PLACE):
        known = _Known(counters, counters.now(), _ahead())
        _known[:] = [known]
    return next((moment for moment, moved in known.ahead if not moved.isdisjoint(of)), None)


def _ahead() -> Ahead:
    """Each schedule's moment with what it will change, the next one first."""
    scheduled = list(Publication.objects.ahead().defer("body").order_by("visible_from"))
    stories = {row.article_id for row in scheduled}
    now = {row.article_id: row for row in Publication.objects.valid().filter(article__in=stories).defer("body")}
    return [(row.visible_from.timestamp(), purging.moved_by(now.get(row.article_id), row)) for row in scheduled]
