"""Lists that are paged by key, so that page 5,000 costs what the first one does.

A key names the last row of the page before: its moment in UTC and its id, as
``2026-11-23T08:00:00.000000Z_12``. Rows that appear meanwhile move nothing; each row is met exactly once.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

PAGE = 20
_KEY = re.compile(r"([12]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6})Z_(\d{1,18})", re.ASCII)


@dataclass(frozen=True)
class Listing:
    """One page of a list; ``older`` is the key of the next page, empty on the last one.

    ``cards`` are its stories as the page shows them.
    """

    rows: Sequence[Any]
    older: str = ""
    first: bool = True
    cards: Sequence[str] = ()

    def __bool__(self) -> bool:
        return bool(self.rows)


def newest_first(
    *lists: QuerySet[Any], before: str | None = None, moment: str = "first_published", size: int = PAGE
) -> Listing:
    """The *size* newest rows, or those that follow the key *before*. A key that is none is an Http404.

    Of several *lists* (of one model, without a row in common) the page is made together. Give rows that an
    index orders only within each of several values as one list a value: a database that is asked for all the
    values at once reads and sorts every row.
    """
    found: list[Any] = []
    for rows in lists:
        if before is not None:
            at, pk = read_key(before)
            rows = rows.filter(Q(**{f"{moment}__lt": at}) | Q(pk__lt=pk), **{f"{moment}__lte": at})
        found += rows.order_by(f"-{moment}", "-pk")[: size + 1]
    found.sort(key=lambda row: (getattr(row, moment), row.pk), reverse=True)
    older = key(found[size - 1], moment) if len(found) > size else ""
    return Listing(found[:size], older, first=before is None)


def key(row: Any, moment: str) -> str:
    at: datetime = getattr(row, moment)
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z_{row.pk}"


def read_key(text: str) -> tuple[datetime, int]:
    match = _KEY.fullmatch(text)
    if not match:
        raise Http404
    try:
        return datetime.fromisoformat(match[1]).replace(tzinfo=UTC), int(match[2])
    except ValueError:
        raise Http404 from None
