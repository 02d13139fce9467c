"""Purges, from the transaction that needs them to all who keep pages.

``purge`` writes one in the transaction under way. When that is committed, this host's counters move at once; other
hosts hear of it by PostgreSQL's NOTIFY. Who was dead or deaf at that moment catches up from the table.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from articles.delivery.counters import shared
from articles.models.purge import Purge

logger = logging.getLogger(__name__)

CHANNEL = "newsroom_purge"
LOOK_BACK = timedelta(minutes=10)
"""How far back purges are looked for that may have been missed."""
KEPT = timedelta(days=1)
GIVEN_UP = timedelta(days=7)


def purge(keys: Iterable[str], *, withdrawn: bool = False, announce_at: datetime | None = None) -> None:
    """What depends on *keys* is made anew once the transaction under way is committed.

    *withdrawn*: not even where nothing newer can be had may the old be served. *announce_at*: followers of the feeds
    are told then.
    """
    row = write(keys, withdrawn=withdrawn, announce_at=announce_at)
    transaction.on_commit(partial(carry_out, [row]), robust=True)


def write(keys: Iterable[str], *, withdrawn: bool = False, announce_at: datetime | None = None) -> Purge:
    """Puts a purge into the outbox and calls the other hosts; this one is left to hear of it as they do."""
    row = Purge.objects.create(keys=" ".join(sorted(set(keys))), withdrawn=withdrawn, announce_at=announce_at)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, str(row.pk)])  # is sent at commit
    return row


def carry_out(purges: Iterable[Purge]) -> None:
    """Moves this host's counters, for each purge once."""
    if counters := shared():
        for row in purges:
            counters.purge(row.keys.split(), withdrawn=row.withdrawn, number=row.pk)


def catch_up() -> int:
    """Carries out what was purged lately and not yet here; returns the newest purge's number."""
    since = timezone.now() - LOOK_BACK
    rows = list(Purge.objects.filter(made_at__gte=since).order_by("pk"))
    carry_out(rows)
    return rows[-1].pk if rows else Purge.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def after(number: int) -> int:
    """Carries out the purges after *number*; returns the last one's number."""
    rows = list(Purge.objects.filter(pk__gt=number).order_by("pk"))
    carry_out(rows)
    return rows[-1].pk if rows else number


def numbered(numbers: Iterable[int]) -> Iterable[Purge]:
    """The purges with these numbers."""
    return Purge.objects.filter(pk__in=list(numbers))


def hand_on(waiting: Iterable[Purge], column: str, tell: Callable[[list[str]], None]) -> int:
    """Tells somebody the keys of each purge that waits, and notes in *column* when that was acknowledged.

    Returns how many were. The first that fails ends it: who does not answer is not asked for each of them.
    """
    done = 0
    for row in waiting:
        try:
            tell(row.keys.split())
        except OSError as error:
            logger.warning("A purge was not acknowledged (%s); it is told again. %s", column, type(error).__name__)
            break
        done += Purge.objects.filter(pk=row.pk).update(**{column: timezone.now()})
    return done


def tidy() -> None:
    """Forgets purges that everybody has heard of, and those that somebody did not acknowledge for a week."""
    now = timezone.now()
    heard = Purge.objects.filter(Q(announce_at=None) | Q(announce_at__lt=now - KEPT), made_at__lt=now - KEPT)
    waiting = Q()
    if settings.NEWSROOM_CDN_URL:
        waiting |= Q(sent_at=None)
    if settings.NEWSROOM_WEBSUB_HUB:
        waiting |= Q(announce_at__isnull=False, announced_at=None)
    given_up = Q(made_at__lt=now - GIVEN_UP)
    (heard.filter(~waiting | given_up) if waiting else heard).delete()
