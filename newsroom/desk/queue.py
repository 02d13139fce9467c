"""A queue as the front page shows it: rows to a limit, and whether there are more. Nothing is counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models.article import Article
from articles.models.publication import Publication

# All that a row shows of an article; never its body.
COLUMNS = (
    "headline", "language", "page", "state", "version", "due", "changed_at", "original_id", "section__slug",
    "section__names", "claimed_by", "created_by", "claimed_by__first_name", "claimed_by__last_name",
    "claimed_by__username", "created_by__first_name", "created_by__last_name", "created_by__username",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """One story in a queue. ``when`` is the moment that the queue is about, ``label`` says which it is."""

    address: str
    headline: str
    language: str
    facts: Sequence[str] = ()
    when: datetime | None = None
    label: str = ""
    due: datetime | None = None
    note: str = ""

    @property
    def overdue(self) -> bool:
        return self.due is not None and self.due <= timezone.now()


@dataclass(frozen=True)
class Queue:
    """``name`` is its address, ``nothing`` the sentence that stands there while it is empty."""

    name: str
    title: str
    nothing: str
    rows: Sequence[Row] = field(default_factory=tuple)
    more: bool = False

    @property
    def count(self) -> str:
        """Such as 7, or 20+ where more follow."""
        return f"{len(self.rows)}+" if self.more else str(len(self.rows))


def cut(rows: Iterable[Row], limit: int) -> dict[str, Any]:
    """``rows`` and ``more`` of a Queue, out of one row more than is shown."""
    found = list(rows)
    return {"rows": found[:limit], "more": len(found) > limit}


def from_article(article: Article, *, label: str = "", note: str = "", facts: Sequence[str] = ()) -> Row:
    """A row about the working copy; its moment is that of the last change."""
    place = article.get_page_display() or (str(article.section) if article.section else _("no section"))
    said = [place, *facts]
    return Row(
        address=address(article.pk),
        headline=article.headline,
        language=article.language,
        facts=said,
        when=article.changed_at,
        label=label or _("changed"),
        due=article.due,
        note=note,
    )


def from_publication(row: Publication, *, label: str, note: str = "", facts: Sequence[str] = ()) -> Row:
    """A row about what readers get or will get. A held one has no headline: the desk's stands in."""
    return Row(
        address=address(row.article_id),
        headline=row.headline or row.article.headline,
        language=row.language,
        facts=[row.get_page_display() or str(row.section), *facts],
        when=row.visible_from,
        label=label,
        note=note,
    )


def address(article_id: int) -> str:
    return reverse("admin:articles_article_change", args=[article_id])
