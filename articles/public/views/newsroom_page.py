"""What the paper says of itself: about it, its people, its rules, who owns it. Each has one address in a language."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse

from articles.delivery import keys
from articles.delivery.memory import depends
from articles.enums import PageKind
from articles.models.contributor import Contributor
from articles.models.publication import Publication, PublicationContributor
from articles.public import past
from articles.public.head import About
from articles.public.linked_data import newsroom_page as linked
from articles.public.page import Page, reader_page
from articles.public.pictures import with_public_pictures
from articles.public.shown import on_live
from articles.public.site import handed_on
from articles.public.standing import notice, page_at, whole
from articles.public.telling import telling


@reader_page
def newsroom_page(request: HttpRequest, language: str, *, page: str) -> Page | HttpResponse:
    """The page as it stands, or with ``?at=`` as readers saw it then. One that is withdrawn is so at any moment."""
    here = page_at(language, page)
    at = past.asked(request)
    now = whole(here.valid())
    if now is None:
        raise Http404
    if withdrawn := notice(now):
        return withdrawn
    if at is None:
        return _page(now, now, None)
    then = whole(here.valid(at))
    if then is None:
        raise Http404
    if checked := notice(then):
        return replace(checked, at=at, elsewhere={language: now.get_absolute_url()})
    return _page(then, now, at)


def _page(found: Any, now: Publication, at: datetime | None) -> Page:
    if at is not None:
        with_public_pictures([], found.story.get("pictures", []))
    context: dict[str, Any] = telling(found, at)
    context["history"] = now.history_url() if found.changed else ""
    context["current_page"] = found.page
    if found.page == PageKind.MASTHEAD and at is None:
        context["contributors"] = _contributors(found.language)
    pages = {version.language: version.get_absolute_url() for version in [now, *context["versions"]]}
    return Page("public/newsroom_page.html", context, pages, about=_about(found, context), at=at)


def _contributors(language: str) -> list[dict[str, str]]:
    """Whose work readers can open in the language, by name, with what is told of them."""
    depends(keys.stories_in(language))
    credited = PublicationContributor.objects.filter(contributor=OuterRef("pk"), language=language)
    found = Contributor.objects.filter(Exists(on_live(credited)))
    told = [{"name": one.name_in(language), "slug": one.slug, "about": one.about.get(language, "")} for one in found]
    return sorted(told, key=lambda one: one["name"].casefold())


def _about(publication: Publication, context: Mapping[str, Any]) -> About:
    return About(
        publication.headline,
        publication.standfirst,
        picture=handed_on(context["lead"]),
        data=lambda site: [linked(publication, site)],
    )
