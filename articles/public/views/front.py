"""The front page."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from articles.models.paper import Paper
from articles.models.publication import Publication
from articles.public import past
from articles.public.feeds.answering import answer
from articles.public.feeds.entry import ENTRIES, of_stories
from articles.public.head import About
from articles.public.linked_data import newsroom, website
from articles.public.listing import newest_first
from articles.public.page import Page, everywhere, reader_page
from articles.public.pictures import with_public_pictures
from articles.public.quoted_people import most_quoted
from articles.public.shown import cards, stories
from articles.public.site import site_of

SECONDS = 4
LATEST = 8
OF_A_SECTION = 4
RECENT = 240
"""How far back the sections on the front page look, in stories."""


@reader_page
def front(request: HttpRequest, language: str) -> Page:
    """The newest story leads; then seconds, latest, and what each section has beyond those. ``?at=``: as it was."""
    at = past.asked(request)
    recent = list(stories(language, at).newest().values_list("pk", "section")[:RECENT])
    top = [pk for pk, _of in recent[: 1 + SECONDS + LATEST]]
    by_section: dict[int, list[int]] = {}
    for pk, section in recent[len(top) :]:
        held = by_section.setdefault(section, [])
        if len(held) < OF_A_SECTION:
            held.append(pk)
    wanted = [*top, *(pk for held in by_section.values() for pk in held)]
    rows = cards(wanted, at)
    found = {story.pk: story for story in (rows if at is None else with_public_pictures(rows))}

    def shown(pks: list[int]) -> list[Publication]:
        return [found[pk] for pk in pks if pk in found]

    groups = [group for group in map(shown, by_section.values()) if group]
    groups.sort(key=lambda group: (first.position, first.slug) if (first := group[0].section) else (0, ""))
    context = {
        "is_front": True,
        "lead": next(iter(shown(top[:1])), None),
        "seconds": shown(top[1 : 1 + SECONDS]),
        "latest": shown(top[1 + SECONDS :]),
        "blocks": [{"section": group[0].section, "stories": group} for group in groups],
        "quoted": most_quoted(language) if at is None else [],  # of these days, not of those
    }
    said = _("%(site)s: the news with its sources, corrections and translations.")
    about = About(
        description=said % {"site": Paper.objects.current().site_name},
        data=lambda site: [website(site, language), newsroom(site)],
    )
    return Page("public/front.html", context, everywhere("front"), about=about, at=at)


@reader_page
def feed(request: HttpRequest, language: str, *, kind: str) -> HttpResponse:
    """What is newest in the paper."""
    newest = newest_first(stories(language), size=ENTRIES)
    return answer(request, language, kind, of_stories(newest.rows, site_of(request)))
