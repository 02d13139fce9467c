"""A question that the database answers row by row."""

from typing import Any

from django.db.models import Q, QuerySet, Subquery
from django.db.models.lookups import IsNull


def there_is(rows: QuerySet[Any]) -> Q:
    """Whether *rows* (which name the outer row by ``OuterRef``) hold any.

    Says what ``Exists`` says, for conditions beside an *or* and for lists that stop when the page is full. Of an
    EXISTS there PostgreSQL may make a table of all rows that could match, and read 200,000 credits of a busy
    writer to draw a page of twenty stories. A scalar subquery it asks again for each row that it looks at.
    """
    return Q(IsNull(Subquery(rows.order_by().values("pk")[:1]), False))
