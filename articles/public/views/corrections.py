"""What the paper got wrong and put right: corrections, clarifications and retractions, newest first."""

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.enums import Change
from articles.models.publication import Publication
from articles.public.head import About
from articles.public.listing import newest_first
from articles.public.page import Page, everywhere, reader_page


@reader_page
def corrections(request: HttpRequest, language: str) -> Page:
    """A correction stands here while its story is live, a retraction while it is in force."""
    now = timezone.now()
    live = Exists(Publication.objects.live(now).filter(article=OuterRef("article")))
    told = [
        Publication.objects.ever_public(now).filter(live, change=Change.CORRECTION),
        Publication.objects.ever_public(now).filter(live, change=Change.CLARIFICATION),
        Publication.objects.valid(now).filter(change=Change.RETRACTION),
    ]
    lists = [rows.filter(language=language).defer("body", "story") for rows in told]
    before = request.GET.get("before")
    listing = newest_first(*lists, before=before, moment="visible_from")
    if before is not None and not listing:
        raise Http404
    articles = [row.article_id for row in listing.rows]
    shown = Publication.objects.valid(now).filter(article__in=articles).for_lists()
    today = {row.article_id: row for row in shown}
    entries = [{"told": row, "story": today[row.article_id]} for row in listing.rows]
    context = {"entries": entries, "listing": listing}
    about = About(
        _("Corrections"),
        _("What we got wrong and put right, and what we took back, newest first."),
        listed=list(dict.fromkeys(today[pk] for pk in articles)),
        paged_by=["before"],
    )
    return Page("public/corrections.html", context, everywhere("corrections"), about=about)
