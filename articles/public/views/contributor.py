"""A contributor's page: what they wrote, translated, photographed and edited, each apart."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from articles.enums import CreditRole
from articles.models.contributor import Contributor
from articles.models.publication import Publication, PublicationContributor
from articles.public import linked_data
from articles.public.feeds.answering import answer
from articles.public.feeds.entry import ENTRIES, of_stories
from articles.public.feeds.links import feeds
from articles.public.head import About
from articles.public.page import Page, reader_page
from articles.public.shown import find, linked_stories
from articles.public.site import site_of

WORK = {
    "wrote": (_("Wrote"), [CreditRole.AUTHOR, CreditRole.REPORTER]),
    "translated": (_("Translated"), [CreditRole.TRANSLATOR, CreditRole.REVISER]),
    "photographed": (_("Photographed"), [CreditRole.PHOTOGRAPHER]),
    "edited": (_("Edited"), [CreditRole.EDITOR]),
}


@reader_page
def contributor(request: HttpRequest, language: str, *, slug: str) -> Page:
    """All kinds of work begin at their newest; ``?of=wrote`` with a key goes on in one of them."""
    found, pages = _find(language, slug)
    before, of = request.GET.get("before"), request.GET.get("of", "")
    if before is not None and of not in WORK:
        raise Http404
    groups = [_group(found, language, kind, before) for kind in WORK if before is None or kind == of]
    groups = [group for group in groups if group["listing"]]
    if not groups:
        raise Http404
    told = found.about.get(language, "")
    about = About(
        str(found),
        told,
        kind="profile",
        listed=_each_once(groups),
        entity=linked_data.contributor(str(found), told),
        paged_by=["of", "before"],
    )
    context = {
        "contributor": found,
        "about": told,
        "groups": groups,
        "feeds": feeds("contributor", language, slug=slug),
    }
    return Page("public/contributor.html", context, pages, about=about)


def _each_once(groups: Iterable[Mapping[str, Any]]) -> list[Publication]:
    """The stories of all groups; who wrote and edited the same has it once."""
    return list({story.pk: story for group in groups for story in group["listing"].rows}.values())


@reader_page
def feed(request: HttpRequest, language: str, *, slug: str, kind: str) -> HttpResponse:
    """All that the contributor made, whatever their part in it."""
    found, _pages = _find(language, slug)
    newest = linked_stories(*_credited(found, language, CreditRole), before=None, size=ENTRIES)
    entries = of_stories(newest.rows, site_of(request))
    return answer(request, language, kind, entries, title=str(found), about=found.about.get(language, ""))


def _find(language: str, slug: str) -> tuple[Contributor, dict[str, str]]:
    register = Contributor.objects.all()
    return find(register, PublicationContributor, "contributor", slug=slug, language=language, name="contributor")


def _group(contributor: Contributor, language: str, kind: str, before: str | None) -> dict[str, Any]:
    title, roles = WORK[kind]
    listing = linked_stories(*_credited(contributor, language, roles), before=before)
    return {"kind": kind, "title": title, "listing": listing}


def _credited(
    contributor: Contributor, language: str, roles: Iterable[CreditRole]
) -> list[QuerySet[PublicationContributor]]:
    """The stories of each role; who is author and reporter of one story has it once."""
    roles = list(roles)
    credited = PublicationContributor.objects.filter(contributor=contributor, language=language)
    twice = credited.filter(publication=OuterRef("publication"), role__in=roles, pk__lt=OuterRef("pk"))
    once = credited.exclude(Exists(twice))
    return [once.filter(role=role) for role in roles]
