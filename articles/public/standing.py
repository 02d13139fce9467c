"""What stands at a story's address: now, or at a moment that has passed."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import Http404

from articles.delivery import keys
from articles.delivery.memory import depends
from articles.enums import PublicState
from articles.models.publication import Publication, PublicationQuerySet
from articles.public.page import Page

WITHDRAWN = {
    PublicState.HELD: ("public/held.html", 200),
    PublicState.RETRACTED: ("public/retracted.html", 200),
    PublicState.REMOVED: ("public/removed.html", 410),
}


def published_at(language: str, *, year: int, month: int, day: int, slug: str) -> PublicationQuerySet:
    """Publications whose address this is or was. A day that is none is an Http404.

    It is the day in the environment's zone, as ``Publication.get_absolute_url`` writes it.
    """
    zone = ZoneInfo(settings.TIME_ZONE)
    try:
        start = datetime(year, month, day, tzinfo=zone)
    except ValueError:
        raise Http404 from None
    end = start + timedelta(days=1)
    depends(keys.address(language, slug))
    here = Publication.objects.stories().filter(language=language, slug=slug)
    return here.filter(first_published__gte=start, first_published__lt=end)


def page_at(language: str, page: str) -> PublicationQuerySet:
    """Publications of the newsroom page of this kind; one at the most is valid at a time."""
    depends(keys.newsroom_page(page))
    return Publication.objects.filter(language=language, page=page)


def whole(rows: PublicationQuerySet) -> Any:
    """The first of the rows with all that its page shows; ``changed`` says whether there was another text."""
    others = Publication.objects.ever_public().filter(article=OuterRef("article")).exclude(pk=OuterRef("pk"))
    return rows.select_related("section", "lead_picture").annotate(changed=Exists(others)).first()


def moved(here: PublicationQuerySet, at: datetime | None = None) -> Publication:
    """What readers get, or got at *at*, of the story that last stood here. An Http404 where that is nothing."""
    old = here.ever_public().order_by("-visible_from").first()
    found = old and Publication.objects.valid(at).filter(article=old.article_id).first()
    if not found:
        raise Http404
    return found


def gone(publication: Publication) -> bool:
    """Whether the story was removed: each of its addresses says so itself, and names no other."""
    return publication.state == PublicState.REMOVED


def notice(publication: Publication) -> Page | None:
    """The page in place of a story that is withdrawn; None for one that is live."""
    if publication.state not in WITHDRAWN:
        return None
    template, status = WITHDRAWN[PublicState(publication.state)]
    return Page(template, {"publication": publication}, status=status, indexed=False)
