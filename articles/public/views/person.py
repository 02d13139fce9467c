"""A person's page: what they said, with dates and sources, and the stories that name them."""

from itertools import groupby
from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from articles.delivery import keys
from articles.delivery.memory import depends
from articles.enums import NameKind
from articles.models.fields import in_language
from articles.models.person import Person
from articles.models.publication import PublicationPerson, PublicationQuote
from articles.public import linked_data
from articles.public.drawn import BELOW_HEADING, in_list
from articles.public.feeds.answering import answer
from articles.public.feeds.entry import ENTRIES, of_stories
from articles.public.feeds.links import feeds
from articles.public.head import About
from articles.public.listing import PAGE, Listing, newest_first
from articles.public.page import Page, reader_page
from articles.public.shown import find, linked_stories, on_live
from articles.public.site import site_of

RIGHT = {NameKind.PREFERRED, NameKind.ACCEPTED}
WEIGHED = 500
"""How many of a person's newest quotes are asked where they come from."""
SOURCES = 8
"""How many of those sources are named."""


@reader_page
def person(request: HttpRequest, language: str, *, slug: str) -> Page:
    """Both lists begin at their newest; ``?of=quotes`` or ``?of=stories`` with a key goes on in one."""
    found, pages = _find(language, slug)
    before, of = request.GET.get("before"), request.GET.get("of")
    if before is not None and of not in {"quotes", "stories"}:
        raise Http404
    context: dict[str, Any] = {
        "person": found,
        "name": found.form_in(language),
        "role": found.role_at(timezone.localdate(), language),
        "names": _other_names(found, language),
        "roles": _roles(found, language),
        "quotes": Listing([]) if before and of == "stories" else _quotes(found, language, before),
        "feeds": feeds("person", language, slug=slug),
        "stories": Listing([]) if before and of == "quotes" else _stories(found, language, before),
    }
    if not context["quotes"] and not context["stories"]:
        raise Http404
    context["stories"] = in_list(context["stories"], BELOW_HEADING)
    context["years"] = _by_year(context["quotes"])
    context["sources"] = _sources(found, language) if context["quotes"] else []
    about = About(
        context["name"],
        context["role"],
        kind="profile",
        listed=context["stories"].rows,
        entity=linked_data.person(found, language, context["role"]),
        paged_by=["of", "before"],
    )
    return Page("public/person.html", context, pages, about=about)


@reader_page
def feed(request: HttpRequest, language: str, *, slug: str, kind: str) -> HttpResponse:
    """The stories that quote or name the person."""
    found, _pages = _find(language, slug)
    newest = _stories(found, language, None, ENTRIES)
    entries = of_stories(newest.rows, site_of(request))
    return answer(request, language, kind, entries, title=found.form_in(language))


def _find(language: str, slug: str) -> tuple[Person, dict[str, str]]:
    register = Person.objects.prefetch_related("forms", "roles")
    return find(register, PublicationPerson, "person", slug=slug, language=language, name="person")


def _quotes(person: Person, language: str, before: str | None) -> Listing:
    said = PublicationQuote.objects.filter(person=person, language=language)
    # The body stays out: the page shows the headline above the words.
    unneeded = ("publication__body", "publication__story")
    printed = on_live(said).select_related("publication", "source").defer(*unneeded)
    return newest_first(printed, before=before)


def _by_year(quotes: Listing) -> list[tuple[int, list[PublicationQuote]]]:
    """The quotes of a page below the years in which they were printed, in the newsroom's zone."""
    return [
        (year, list(rows))
        for year, rows in groupby(quotes.rows, lambda quote: timezone.localtime(quote.first_published).year)
    ]


def _sources(person: Person, language: str) -> list[dict[str, Any]]:
    """Where the person's newest quotes come from, the commonest source first."""
    said = on_live(PublicationQuote.objects.filter(person=person, language=language))
    newest = said.order_by("-first_published", "-pk").values("pk")[:WEIGHED]
    rows = PublicationQuote.objects.filter(pk__in=newest, source__isnull=False)
    by_source = rows.values("source", "source__slug", "source__name", "source__names").annotate(number=Count("pk"))
    counted = list(by_source.order_by("-number", "source__name")[:SOURCES])
    depends(*(keys.row("source", row["source"]) for row in counted))
    return [
        {
            "slug": row["source__slug"],
            "name": row["source__names"].get(language) or row["source__name"],
            "number": row["number"],
        }
        for row in counted
    ]


def _other_names(person: Person, language: str) -> list[dict[str, str]]:
    """The right spellings of the name beside the one of the page, each once with a language that has it."""
    forms = {form.form: form.language for form in person.forms.all() if form.kind in RIGHT}
    return [{"form": form, "language": code} for form, code in forms.items() if form != person.form_in(language)]


def _roles(person: Person, language: str) -> list[dict[str, Any]]:
    """The offices on file, the newest first, where they have a title in the language."""
    told = [
        {"title": in_language(role.titles, language), "start": role.held_from, "end": role.held_until}
        for role in person.roles.all()
    ]
    return [role for role in told if role["title"]]


def _stories(person: Person, language: str, before: str | None, size: int = PAGE) -> Listing:
    naming = PublicationPerson.objects.filter(person=person, language=language)
    return linked_stories(naming, before=before, size=size)
