"""Readers' search: what was typed, narrowed by filters, newest or best first."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles.models.paper import Paper
from articles.models.person import Person
from articles.models.publication import (
    Publication,
    PublicationPerson,
    PublicationQuerySet,
    PublicationSource,
    PublicationTag,
)
from articles.models.section import Section
from articles.models.source import Source
from articles.models.tag import Tag
from articles.public.facets import Facet, facets
from articles.public.head import About
from articles.public.listing import PAGE, Listing, newest_first
from articles.public.page import Page, everywhere, reader_page
from articles.public.shown import on_live
from articles.search import finding
from articles.search.asking import FEW, Asked, parse, typed
from articles.search.suggesting import nearest_name

REGISTERS: dict[str, type[Model]] = {"person": PublicationPerson, "source": PublicationSource, "tag": PublicationTag}
DAYS = ("from", "to")
LABELS = {
    "section": _("Section"),
    "person": _("Person"),
    "source": _("Source"),
    "tag": _("Topic"),
    "from": _("From"),
    "to": _("To"),
}
LONGEST_SLUG = 80
MINYEAR, MAXYEAR = 1000, 2999


@dataclass(frozen=True)
class Filter:
    """One thing that narrows the search, as the page shows it; ``without`` is the search less this."""

    name: str
    label: Any
    value: str
    shown: str
    day: date | None = None
    without: str = ""


@dataclass(frozen=True)
class Search:
    """What the address asks for. ``params`` makes the same search again."""

    language: str
    query: str
    asked: Asked
    best: bool
    given: Mapping[str, str]
    days: Mapping[str, date] = field(default_factory=dict)
    wrong_days: tuple[str, ...] = ()

    @property
    def params(self) -> dict[str, str]:
        wanted = {"q": self.query, **self.given, "sort": "best" if self.best else ""}
        return {name: value for name, value in wanted.items() if value}

    def narrowed(self, by: Mapping[str, str]) -> str:
        """The same search, narrowed further."""
        return "?" + urlencode({**self.params, **by})

    def without(self, *names: str) -> str:
        return "?" + urlencode({name: value for name, value in self.params.items() if name not in names})


@reader_page
def search(request: HttpRequest, language: str) -> Page:
    """Without words and filters the form alone. A key or a number that names no page is an Http404."""
    wanted = _read(request, language)
    context: dict[str, Any] = {
        "own_search": True,
        "search": wanted,
        "given": wanted.given,
        "wrong_days": wanted.wrong_days,
        "hidden": [(name, wanted.given[name]) for name in REGISTERS if name in wanted.given],
        "query": wanted.query,
        "best": wanted.best,
    }
    elsewhere = everywhere("search")
    context["only_excluded"] = wanted.asked.only_excludes
    if wanted.asked.only_excludes or not (wanted.asked or wanted.given):
        said = gettext("Look for stories by their words, people, sources, topics, sections and days.")
        return Page("public/search.html", context, elsewhere, about=About(gettext("Search"), said))
    narrowed, filters = _narrowed(wanted)
    context |= _answer(narrowed.stories, wanted, request) | {"filters": filters, "asked": True, **_orders(wanted)}
    if context["number"] > 1:
        context["facets"] = _facets(narrowed, wanted)
        context["too_many"] = bool(wanted.asked) and not narrowed.few and FEW
    if wanted.query:
        elsewhere = {code: f"{path}?{urlencode({'q': wanted.query})}" for code, path in elsewhere.items()}
    return Page("public/search.html", context, elsewhere, indexed=False)


def _read(request: HttpRequest, language: str) -> Search:
    query = typed(request.GET.get("q", ""))
    given: dict[str, str] = {}
    for name in ("section", *REGISTERS, *DAYS):
        if value := typed(request.GET.get(name, ""))[:LONGEST_SLUG]:
            given[name] = value
    days = {name: day for name in DAYS if (day := _day(given.get(name, "")))}
    wrong = [given.pop(name) for name in DAYS if name in given and name not in days]
    best = request.GET.get("sort") == "best"
    return Search(language, query, parse(query), best, given, days, tuple(wrong))


def _day(text: str) -> date | None:
    """A day of the years 1000 to 2999, as a date field sends it."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if MINYEAR <= day.year <= MAXYEAR else None


def _narrowed(wanted: Search) -> tuple[finding.Found, list[Filter]]:
    """What is found, and the filters. A filter that names nothing public is passed by no story."""
    passing, tied, filters = Q(), [], []
    for name, value in wanted.given.items():
        label, shown = LABELS[name], value
        if name in DAYS:
            passing &= _by_day(name, wanted.days[name])
        elif name == "section":
            section = Section.objects.filter(slug=value).first()
            passing &= Q(section=section and section.pk)
            shown = str(section or value)
        else:
            entry = _entry(name, value, wanted.language)
            tied.append(REGISTERS[name]._default_manager.filter(**{name: entry and entry.pk}))
            shown = entry.form_in(wanted.language) if isinstance(entry, Person) else str(entry or value)
        filters.append(Filter(name, label, value, shown, wanted.days.get(name), wanted.without(name)))
    return finding.found(wanted.asked, wanted.language, passing=passing, tied=tied), filters


def _facets(narrowed: finding.Found, wanted: Search) -> list[Facet]:
    """Nothing where the words match more stories than are looked at, or where no word was given."""
    if not narrowed.few:
        return []
    return facets(narrowed.stories, wanted.language, wanted.given, wanted.narrowed)


def _by_day(name: str, day: date) -> Q:
    """From the day's first moment, or up to its last one, in the newsroom's zone."""
    zone = Paper.objects.current().zone
    if name == "from":
        return Q(first_published__gte=datetime.combine(day, time.min, zone))
    return Q(first_published__lt=datetime.combine(day + timedelta(days=1), time.min, zone))


def _entry(name: str, slug: str, language: str) -> Person | Source | Tag | None:
    """The entry, if a live story in the language uses it: any other is not public."""
    register: QuerySet[Any] = {
        "person": Person.objects.prefetch_related("forms"),
        "source": Source.objects.all(),
        "tag": Tag.objects.all(),
    }[name]
    links = REGISTERS[name]._default_manager.filter(**{name: OuterRef("pk")}, language=language)
    found: Person | Source | Tag | None = register.filter(Exists(on_live(links)), slug=slug).first()
    return found


def _answer(rows: PublicationQuerySet, wanted: Search, request: HttpRequest) -> dict[str, Any]:
    """The page of stories, how many there are, and what may have been meant where there are none."""
    if wanted.best:
        ordered = finding.best_first(rows, wanted.asked, wanted.language)
        number = len(ordered)
        pks, listing = _numbered(ordered, request.GET.get("page", "1"))
        older = f"{wanted.without()}&page={listing.older}" if listing.older else ""
    else:
        number = finding.number(rows)
        listing = newest_first(rows.only("first_published"), before=request.GET.get("before"))
        if not listing and not listing.first:
            raise Http404
        pks = [row.pk for row in listing.rows]
        older = f"{wanted.without()}&{urlencode({'before': listing.older})}" if listing.older else ""
    found = Publication.objects.filter(pk__in=pks).select_related("section", "lead_picture").in_bulk()
    stories = [found[pk] for pk in pks]
    finding.show(stories, wanted.asked, wanted.language)
    return {
        "listing": replace(listing, rows=stories),
        "number": min(number, finding.COUNTED),
        "more": number > finding.COUNTED,
        "older": older,
        "newest": wanted.without(),
        "meant": _meant(wanted) if not number else None,
    }


def _numbered(ordered: list[int], page: str) -> tuple[list[int], Listing]:
    """A page of the best 500 by its number."""
    if not (page.isascii() and page.isdigit() and len(page) < 4 and int(page)):
        raise Http404
    number = int(page)
    pks = ordered[(number - 1) * PAGE : number * PAGE]
    if not pks and number > 1:
        raise Http404
    older = str(number + 1) if len(ordered) > number * PAGE else ""
    return pks, Listing(pks, older, first=number == 1)


def _meant(wanted: Search) -> dict[str, str] | None:
    name = nearest_name(wanted.asked, wanted.language)
    return {"name": name, "address": "?" + urlencode({"q": name})} if name else None


def _orders(wanted: Search) -> dict[str, str]:
    """The same search in the other order."""
    return {
        "by_date": wanted.without("sort"),
        "by_rank": "?" + urlencode(wanted.params | {"sort": "best"}),
    }
