"""Who is quoted most these days, for the front page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from django.db.models import Count, F, Max, OuterRef, Q, Subquery
from django.utils import timezone

from articles.delivery import keys
from articles.delivery.memory import depends, remember
from articles.models.fields import in_language
from articles.models.person import PersonRole, preferred_form
from articles.models.publication import PublicationQuote
from articles.public.shown import on_live

DAYS = 30
SHOWN = 5
LOOKED_AT = 500
"""How many of the newest quotes of those days are counted: the cost is the same for any archive."""


@dataclass(frozen=True)
class Quoted:
    """Somebody with a page in the language; ``stories`` is how many live ones quote them."""

    slug: str
    name: str
    role: str
    stories: int


def most_quoted(language: str) -> list[Quoted]:
    """Who is quoted in most stories of the last 30 days, the newest quoted first among equals."""
    return remember(("most quoted", language), partial(_counted, language), keys.stories_in(language))


def _counted(language: str) -> list[Quoted]:
    """One query.

    It begins in the index ``publication_quote_newest`` at the newest quote of the language and walks it to the end of
    the days or until it has seen enough.
    """
    since = timezone.now() - timedelta(days=DAYS)
    recent = on_live(PublicationQuote.objects.filter(language=language, first_published__gte=since))
    newest = recent.order_by("-first_published", "-pk").values("pk")[:LOOKED_AT]
    rows = (
        PublicationQuote.objects.filter(pk__in=newest)
        .values(who=F("person"), slug=F("person__slug"), registered=F("person__name"))
        .annotate(stories=Count("publication", distinct=True), newest=Max("first_published"))
        .annotate(form=preferred_form(language), titles=_titles())
        .order_by("-stories", "-newest", "who")
    )
    found = list(rows[:SHOWN])
    depends(*(keys.row("person", row["who"]) for row in found))
    return [_quoted(row, language) for row in found]


def _titles() -> Subquery:
    """The titles of today's role, as ``Person.role_at`` chooses it."""
    today = timezone.localdate()
    held = PersonRole.objects.filter(
        Q(held_from=None) | Q(held_from__lte=today), Q(held_until=None) | Q(held_until__gte=today)
    )
    return Subquery(held.filter(person=OuterRef("person")).values("titles")[:1])


def _quoted(row: Mapping[str, Any], language: str) -> Quoted:
    role = in_language(row["titles"] or {}, language)
    return Quoted(row["slug"], row["form"] or row["registered"], role, row["stories"])
