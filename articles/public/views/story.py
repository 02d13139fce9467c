"""A story's address: the story, or why it is not shown, or where it has moved."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from articles.enums import PublicState
from articles.models.publication import Publication, PublicationQuerySet
from articles.public.page import Page, reader_page
from articles.public.telling import telling

WITHDRAWN = {
    PublicState.HELD: ("public/held.html", 200),
    PublicState.RETRACTED: ("public/retracted.html", 200),
    PublicState.REMOVED: ("public/removed.html", 410),
}


@reader_page
def story(request: HttpRequest, language: str, *, year: int, month: int, day: int, slug: str) -> Page | HttpResponse:
    here = _published_on(year, month, day).filter(language=language, slug=slug)
    found = here.valid().select_related("section", "lead_picture").first()
    if found is None:
        return _moved(here)
    if found.state in WITHDRAWN:
        template, status = WITHDRAWN[PublicState(found.state)]
        return Page(template, {"publication": found}, status=status, indexed=False)
    context: dict[str, Any] = telling(found)
    pages = {version.language: version.get_absolute_url() for version in [found, *context["versions"]]}
    return Page("public/story.html", context, pages)


def _published_on(year: int, month: int, day: int) -> PublicationQuerySet:
    """Publications of stories whose address has this day: a day in the newsroom's zone."""
    zone = ZoneInfo(settings.TIME_ZONE)
    try:
        start = datetime(year, month, day, tzinfo=zone)
    except ValueError:
        raise Http404 from None
    end = start + timedelta(days=1)
    return Publication.objects.filter(first_published__gte=start, first_published__lt=end)


def _moved(here: PublicationQuerySet) -> HttpResponse:
    """To the address that the story has now, if it once stood at this one and readers get anything of it."""
    old = here.ever_public().order_by("-visible_from").first()
    now = old and Publication.objects.valid().filter(article=old.article_id).first()
    if not now:
        raise Http404
    return HttpResponsePermanentRedirect(now.get_absolute_url())
