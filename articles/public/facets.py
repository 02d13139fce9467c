"""How the stories that a search found divide: by section, time, people and sources, each a link that narrows it."""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.models.person import preferred_form
from articles.models.publication import PublicationPerson, PublicationQuerySet, PublicationSource
from articles.models.section import Section

SHOWN = 6
"""How many values of each kind are shown."""
RECENT = 30
"""Days."""
WAYS = ("section", "from", "person", "source")
"""By the filter that each sets."""
Divided = list[tuple[str, int, dict[str, str]]]
"""What a value is called, how many stories have it, and what narrows the search to them."""
Address = Callable[[Mapping[str, str]], str]


@dataclass(frozen=True)
class Value:
    shown: str
    number: int
    address: str


@dataclass(frozen=True)
class Facet:
    """One way to divide the stories; it has two values or more."""

    label: str
    values: list[Value]


def facets(found: PublicationQuerySet, language: str, given: Container[str], address: Address) -> list[Facet]:
    """The ways that are not *given* as a filter yet: four queries for any number of stories.

    *found* holds no more than the search looks at one by one; *address* makes a search of what narrows it.
    """
    names = [name for name in WAYS if name not in given and not (name == "from" and "to" in given)]
    ways = _ways(found, language) if names else {}
    made = []
    for name in names:
        label, divide = ways[name]
        values = [Value(shown, number, address(narrowing)) for shown, number, narrowing in divide()[:SHOWN]]
        if len(values) > 1:
            made.append(Facet(label, values))
    return made


def _ways(found: PublicationQuerySet, language: str) -> dict[str, tuple[str, Callable[[], Divided]]]:
    """By the name of each: its label, and how it divides the stories."""
    rows = list(found.order_by().values_list("pk", "section", "first_published"))
    pks = [pk for pk, _section, _at in rows]
    return {
        "section": (_("Section"), lambda: _sections(section for _pk, section, _at in rows)),
        "from": (_("Time"), lambda: _times([at for _pk, _section, at in rows])),
        "person": (_("Person"), lambda: _people(pks, language)),
        "source": (_("Source"), lambda: _sources(pks, language)),
    }


def _sections(ids: Iterable[int]) -> Divided:
    counted = Counter(ids)
    names = Section.objects.in_bulk(counted)
    return [(str(names[pk]), number, {"section": names[pk].slug}) for pk, number in counted.most_common()]


def _times(moments: list[datetime]) -> Divided:
    """The last 30 days where they hold some of the stories and not all, then years, the newest first."""
    days = [timezone.localtime(moment).date() for moment in moments]
    since = timezone.localdate() - timedelta(days=RECENT)
    recent = sum(day >= since for day in days)
    divided: Divided = []
    if 0 < recent < len(days):
        divided.append((_("The last %(days)d days") % {"days": RECENT}, recent, {"from": since.isoformat()}))
    for year, number in sorted(Counter(day.year for day in days).items(), reverse=True):
        divided.append((str(year), number, {"from": f"{year}-01-01", "to": f"{year}-12-31"}))
    return divided


def _people(pks: list[int], language: str) -> Divided:
    rows: Any = (
        PublicationPerson.objects.filter(publication__in=pks)
        .values("person", slug=F("person__slug"), name=F("person__name"))
        .annotate(number=Count("publication"))
        .annotate(form=preferred_form(language))
        .order_by("-number", "name")[:SHOWN]
    )
    return [(row["form"] or row["name"], row["number"], {"person": row["slug"]}) for row in rows]


def _sources(pks: list[int], language: str) -> Divided:
    rows: Any = (
        PublicationSource.objects.filter(publication__in=pks)
        .values("source__slug", "source__name", "source__names")
        .annotate(number=Count("publication"))
        .order_by("-number", "source__name")[:SHOWN]
    )
    return [
        (
            row["source__names"].get(language) or row["source__name"],
            row["number"],
            {"source": row["source__slug"]},
        )
        for row in rows
    ]
