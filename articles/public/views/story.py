"""A story's address: the story, or why it is not shown, or where it has moved."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.enums import PublicState
from articles.models.publication import Publication, PublicationQuerySet
from articles.public.head import About
from articles.public.linked_data import news_article
from articles.public.page import Page, reader_page
from articles.public.sharing import sharing
from articles.public.site import site_of
from articles.public.telling import telling

WITHDRAWN = {
    PublicState.HELD: ("public/held.html", 200),
    PublicState.RETRACTED: ("public/retracted.html", 200),
    PublicState.REMOVED: ("public/removed.html", 410),
}


@reader_page
def story(request: HttpRequest, language: str, *, year: int, month: int, day: int, slug: str) -> Page | HttpResponse:
    here = published_on(year, month, day).filter(language=language, slug=slug)
    found = valid_now(here)
    if found is None:
        return HttpResponsePermanentRedirect(moved(here).get_absolute_url())
    if found.state in WITHDRAWN:
        template, status = WITHDRAWN[PublicState(found.state)]
        return Page(template, {"publication": found}, status=status, indexed=False)
    context: dict[str, Any] = telling(found)
    pages = {version.language: version.get_absolute_url() for version in [found, *context["versions"]]}
    about = _about(found, context)
    return Page("public/story.html", {**context, **sharing(found, site_of(request))}, pages, about=about)


def published_on(year: int, month: int, day: int) -> PublicationQuerySet:
    """Publications of stories whose address has this day: a day in the newsroom's zone. Http404 where it is none."""
    zone = ZoneInfo(settings.TIME_ZONE)
    try:
        start = datetime(year, month, day, tzinfo=zone)
    except ValueError:
        raise Http404 from None
    end = start + timedelta(days=1)
    return Publication.objects.filter(first_published__gte=start, first_published__lt=end)


def valid_now(here: PublicationQuerySet) -> Publication | None:
    """What readers get at an address now."""
    return here.valid().select_related("section", "lead_picture").first()


def moved(here: PublicationQuerySet) -> Publication:
    """The story that once stood at this address, if readers get anything of it; else an Http404."""
    old = here.ever_public().order_by("-visible_from").first()
    now = old and Publication.objects.valid().filter(article=old.article_id).first()
    if not now:
        raise Http404
    return now


def _about(publication: Publication, context: dict[str, Any]) -> About:
    section, address = publication.section, publication.get_absolute_url()
    return About(
        publication.headline,
        publication.standfirst,
        kind="article",
        picture=context["lead"],
        published=publication.first_published,
        modified=publication.updated,
        section=str(section),
        tags=[tag["name"] for tag in context["tags"]],
        trail=[(str(section), reverse("section", kwargs={"language": publication.language, "section": section.slug}))],
        data=lambda site: [news_article(publication, context, site)],
        editions=[
            (f"{address}text.txt", "text/plain", _("As plain text")),
            (f"{address}text.md", "text/plain", _("As Markdown")),
        ],
    )
