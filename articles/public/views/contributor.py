"""A contributor's page: what they wrote, translated, photographed and edited, each apart, and how much of it."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from articles.delivery import keys
from articles.delivery.memory import remember
from articles.enums import CreditRole
from articles.models.contributor import Contributor
from articles.models.publication import Publication, PublicationContributor
from articles.public import linked_data
from articles.public.drawn import BELOW_HEADING, in_list
from articles.public.feeds.answering import answer
from articles.public.feeds.entry import ENTRIES, of_stories
from articles.public.feeds.links import feeds
from articles.public.head import About
from articles.public.page import Page, reader_page
from articles.public.shown import find, linked_stories, on_live
from articles.public.site import site_of

WORK = {
    "wrote": (_("Wrote"), [CreditRole.AUTHOR, CreditRole.REPORTER]),
    "translated": (_("Translated"), [CreditRole.TRANSLATOR, CreditRole.POST_EDITOR, CreditRole.REVISER]),
    "photographed": (_("Photographed"), [CreditRole.PHOTOGRAPHER]),
    "edited": (_("Edited"), [CreditRole.EDITOR, CreditRole.REVIEWER, CreditRole.PROOFREADER]),
}

COUNTED = 1_000
"""How many of the newest credits are counted by kind of work and language."""


@reader_page
def contributor(request: HttpRequest, language: str, *, slug: str) -> Page:
    """All kinds of work begin at their newest; ``?of=wrote`` shows one of them, with a key from there on."""
    found, pages = _find(language, slug)
    before, of = request.GET.get("before"), request.GET.get("of")
    if of not in WORK and not (of is None and before is None):
        raise Http404
    work = _remembered(found)
    done = WORK if work["partly"] else {told["kind"] for told in work["work"]}
    groups = [_group(found, language, kind, before, work) for kind in WORK if of in (kind, None) and kind in done]
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
        "of": of,
        **work,
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
    roles = _there(CreditRole, _remembered(found))
    newest = linked_stories(*_credited(found, language, roles), before=None, size=ENTRIES)
    entries = of_stories(newest.rows, site_of(request))
    return answer(request, language, kind, entries, title=str(found), about=found.about.get(language, ""))


def _find(language: str, slug: str) -> tuple[Contributor, dict[str, str]]:
    register = Contributor.objects.all()
    return find(register, PublicationContributor, "contributor", slug=slug, language=language, name="contributor")


def _group(
    contributor: Contributor, language: str, kind: str, before: str | None, work: Mapping[str, Any]
) -> dict[str, Any]:
    title, roles = WORK[kind]
    listing = linked_stories(*_credited(contributor, language, _there(roles, work)), before=before)
    return {"kind": kind, "title": title, "listing": in_list(listing, BELOW_HEADING)}


def _there(roles: Iterable[CreditRole], work: Mapping[str, Any]) -> list[CreditRole]:
    """Those of the roles that the contributor has, each of which is asked for apart; all where not all are counted."""
    return [role for role in roles if work["partly"] or role in work["roles"]]


def _remembered(contributor: Contributor) -> dict[str, Any]:
    return remember(("work", contributor.pk), partial(_work, contributor), keys.row("contributor", contributor.pk))


def _work(contributor: Contributor) -> dict[str, Any]:
    """How often the newest credits name each kind of work and language; translations by the language they are from.

    One query, which begins in the index ``publication_credit_newest``. ``partly`` says that there are older credits.
    """
    live = on_live(PublicationContributor.objects.filter(contributor=contributor))
    newest = live.order_by("-first_published", "-pk").values("pk")[:COUNTED]
    rows = PublicationContributor.objects.filter(pk__in=newest).values_list(
        "language", "role", "publication__original_language", named=True
    )
    counted = rows.annotate(number=Count("pk")).order_by("-number", "language")
    work: dict[str, dict[tuple[str, str], int]] = {kind: {} for kind in WORK}
    roles = set()
    for language, role, original, number in counted:
        roles.add(role)
        kind = next(name for name, (_title, roles) in WORK.items() if role in roles)
        pair = (original if kind == "translated" else "", language)
        work[kind][pair] = work[kind].get(pair, 0) + number
    told = [
        {
            "kind": kind,
            "title": WORK[kind][0],
            "amounts": [{"original": pair[0], "language": pair[1], "number": n} for pair, n in amounts.items()],
        }
        for kind, amounts in work.items()
        if amounts
    ]
    number = sum(sum(amounts.values()) for amounts in work.values())
    return {"work": told, "roles": roles, "partly": COUNTED if number >= COUNTED else 0}


def _credited(
    contributor: Contributor, language: str, roles: Iterable[CreditRole]
) -> list[QuerySet[PublicationContributor]]:
    """The stories of each role; who is author and reporter of one story has it once."""
    roles = list(roles)
    credited = PublicationContributor.objects.filter(contributor=contributor, language=language)
    twice = credited.filter(publication=OuterRef("publication"), role__in=roles, pk__lt=OuterRef("pk"))
    once = credited.exclude(Exists(twice))
    return [once.filter(role=role) for role in roles]
