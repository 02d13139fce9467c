"""What the paper got wrong and put right: corrections, clarifications and retractions, newest first."""

from dataclasses import replace

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.delivery import keys
from articles.delivery.memory import depends
from articles.enums import Change
from articles.models.publication import Publication
from articles.public.feeds.answering import answer
from articles.public.feeds.entry import ENTRIES, of_corrections
from articles.public.feeds.links import feeds
from articles.public.head import About
from articles.public.listing import PAGE, Listing, newest_first
from articles.public.page import Page, everywhere, reader_page
from articles.public.site import site_of


@reader_page
def corrections(request: HttpRequest, language: str) -> Page:
    before = request.GET.get("before")
    listing = _told(language, before)
    if before is not None and not listing:
        raise Http404
    context = {"entries": listing.rows, "listing": listing, "feeds": feeds("corrections", language)}
    about = About(
        _("Corrections"),
        _("What we got wrong and put right, and what we took back, newest first."),
        listed=list(dict.fromkeys(row["story"] for row in listing.rows)),
        paged_by=["before"],
    )
    return Page("public/corrections.html", context, everywhere("corrections"), about=about)


@reader_page
def feed(request: HttpRequest, language: str, *, kind: str) -> HttpResponse:
    entries = of_corrections(_told(language, size=ENTRIES).rows, site_of(request))
    return answer(request, language, kind, entries, title=_("Corrections"))


def _told(language: str, before: str | None = None, size: int = PAGE) -> Listing:
    """Each change with its story; a correction while its story is live, a retraction while it is in force."""
    now = timezone.now()
    depends(keys.stories_in(language))
    live = Exists(Publication.objects.live(now).filter(article=OuterRef("article")))
    told = [
        Publication.objects.ever_public(now).filter(live, change=Change.CORRECTION),
        Publication.objects.ever_public(now).filter(live, change=Change.CLARIFICATION),
        Publication.objects.valid(now).filter(change=Change.RETRACTION),
    ]
    lists = [rows.filter(language=language).defer("body", "story") for rows in told]
    listing = newest_first(*lists, before=before, moment="visible_from", size=size)
    articles = [row.article_id for row in listing.rows]
    shown = Publication.objects.valid(now).filter(article__in=articles).for_lists()
    today = {row.article_id: row for row in shown}
    return replace(listing, rows=[{"told": row, "story": today[row.article_id]} for row in listing.rows])
