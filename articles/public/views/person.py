"""A person's page: what they said, with dates and sources, and the stories that name them."""

from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone

from articles.models.person import Person
from articles.models.publication import PublicationPerson, PublicationQuote
from articles.public import linked_data
from articles.public.head import About
from articles.public.listing import Listing, newest_first
from articles.public.page import Page, reader_page
from articles.public.shown import find, linked_stories, on_live


@reader_page
def person(request: HttpRequest, language: str, *, slug: str) -> Page:
    """Both lists begin at their newest; ``?of=quotes`` or ``?of=stories`` with a key goes on in one."""
    register = Person.objects.prefetch_related("forms", "roles")
    found, pages = find(register, PublicationPerson, "person", slug=slug, language=language, name="person")
    before, of = request.GET.get("before"), request.GET.get("of")
    if before is not None and of not in {"quotes", "stories"}:
        raise Http404
    context: dict[str, Any] = {
        "person": found,
        "name": found.form_in(language),
        "role": found.role_at(timezone.localdate(), language),
        "quotes": Listing([]) if before and of == "stories" else _quotes(found, language, before),
        "stories": Listing([]) if before and of == "quotes" else _stories(found, language, before),
    }
    if not context["quotes"] and not context["stories"]:
        raise Http404
    about = About(
        context["name"],
        context["role"],
        kind="profile",
        listed=context["stories"].rows,
        entity=linked_data.person(found, language, context["role"]),
        paged_by=["of", "before"],
    )
    return Page("public/person.html", context, pages, about=about)


def _quotes(person: Person, language: str, before: str | None) -> Listing:
    said = PublicationQuote.objects.filter(person=person, language=language)
    # The body stays out: the page shows the headline above the words.
    unneeded = ("publication__body", "publication__story")
    printed = on_live(said).select_related("publication", "source").defer(*unneeded)
    return newest_first(printed, before=before)


def _stories(person: Person, language: str, before: str | None) -> Listing:
    naming = PublicationPerson.objects.filter(person=person, language=language)
    return linked_stories(naming, before=before)
