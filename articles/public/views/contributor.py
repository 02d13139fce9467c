"""A contributor's page: what they wrote, translated, photographed and edited, each apart."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _

from articles.enums import CreditRole
from articles.models.contributor import Contributor
from articles.models.publication import Publication, PublicationContributor
from articles.public import linked_data
from articles.public.head import About
from articles.public.page import Page, reader_page
from articles.public.shown import find, linked_stories

WORK = {
    "wrote": (_("Wrote"), [CreditRole.AUTHOR, CreditRole.REPORTER]),
    "translated": (_("Translated"), [CreditRole.TRANSLATOR, CreditRole.REVISER]),
    "photographed": (_("Photographed"), [CreditRole.PHOTOGRAPHER]),
    "edited": (_("Edited"), [CreditRole.EDITOR]),
}


@reader_page
def contributor(request: HttpRequest, language: str, *, slug: str) -> Page:
    """All kinds of work begin at their newest; ``?of=wrote`` with a key goes on in one of them."""
    found, pages = find(
        Contributor.objects.all(),
        PublicationContributor,
        "contributor",
        slug=slug,
        language=language,
        name="contributor",
    )
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
    return Page("public/contributor.html", {"contributor": found, "about": told, "groups": groups}, pages, about=about)


def _each_once(groups: Iterable[Mapping[str, Any]]) -> list[Publication]:
    """The stories of all groups; who wrote and edited the same has it once."""
    return list({story.pk: story for group in groups for story in group["listing"].rows}.values())


def _group(contributor: Contributor, language: str, kind: str, before: str | None) -> dict[str, Any]:
    title, roles = WORK[kind]
    credited = PublicationContributor.objects.filter(contributor=contributor, language=language)
    # Who is author and reporter of one story has it on the list once.
    twice = credited.filter(publication=OuterRef("publication"), role__in=roles, pk__lt=OuterRef("pk"))
    once = credited.exclude(Exists(twice))
    return {
        "kind": kind,
        "title": title,
        "listing": linked_stories(*(once.filter(role=role) for role in roles), before=before),
    }
