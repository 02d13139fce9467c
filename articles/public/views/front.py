"""The front page."""

from dataclasses import replace
from datetime import datetime
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from articles.delivery.memory import remember
from articles.models.paper import Paper
from articles.models.publication import Publication
from articles.public import past
from articles.public.drawn import Look, drawn
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
LEAD = Look(
    level=2, in_section=True, picture=True, standfirst=True, eager=True, sizes="(min-width: 60rem) 46rem, 100vw"
)
SECOND = Look(level=2, in_section=True, picture=True, sizes="7rem")
FIRST_SECOND = replace(SECOND, standfirst=True)
IN_LATEST = Look(in_section=True)
IN_BLOCK = Look()
FIRST_IN_BLOCK = Look(picture=True, sizes="(min-width: 60rem) 22rem, 100vw")


@reader_page
def front(request: HttpRequest, language: str) -> Page:
    """The newest story leads; then seconds, latest, and what each section has beyond those. ``?at=``: as it was."""
    at = past.asked(request)
    recent = remember(("recent", language), partial(_recent, language)) if at is None else _recent(language, at)
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
    seconds, latest = shown(top[1 : 1 + SECONDS]), shown(top[1 + SECONDS :])
    looks = _looks(shown(top[:1]), LEAD) | _looks(seconds, SECOND, FIRST_SECOND) | _looks(latest, IN_LATEST)
    for group in groups:
        looks |= _looks(group, IN_BLOCK, FIRST_IN_BLOCK)
    html = drawn(looks, found.values(), at)

    def drawn_of(stories: list[Publication]) -> list[str]:
        return [html[story.pk] for story in stories if story.pk in html]

    context = {
        "is_front": True,
        "lead": next(iter(drawn_of(shown(top[:1]))), None),
        "seconds": drawn_of(seconds),
        "latest": drawn_of(latest),
        "blocks": [{"section": group[0].section, "cards": drawn_of(group)} for group in groups],
        "quoted": most_quoted(language) if at is None else [],  # of these days, not of those
    }
    said = _("%(site)s: the news with its sources, corrections and translations.")
    about = About(
        description=said % {"site": Paper.objects.current().site_name},
        data=lambda site: [website(site, language), newsroom(site)],
    )
    return Page("public/front.html", context, everywhere("front"), about=about, at=at)


def _recent(language: str, at: datetime | None = None) -> list[tuple[int, int]]:
    """The newest stories, each with its section, by their ids."""
    return list(stories(language, at).newest().values_list("pk", "section")[:RECENT])


def _looks(stories: list[Publication], look: Look, first: Look | None = None) -> dict[int, Look]:
    """The look of each of them, where the *first* has one of its own."""
    return {story.pk: first if first and not at else look for at, story in enumerate(stories)}


@reader_page
def feed(request: HttpRequest, language: str, *, kind: str) -> HttpResponse:
    """What is newest in the paper."""
    newest = newest_first(stories(language), size=ENTRIES)
    return answer(request, language, kind, of_stories(newest.rows, site_of(request)))
