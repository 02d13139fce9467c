"""Parts of pages as they go out, kept in the memory of a process: the card of a story, the frame around all pages.

A part is kept as long as nothing that it shows has changed (``articles.delivery.memory``).
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any, NamedTuple

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from articles.delivery.memory import remember, remember_each
from articles.models.publication import Publication
from articles.public.listing import Listing
from articles.public.past import query
from articles.public.shown import keys_of


@dataclass(frozen=True)
class Look:
    """How a card looks: the level of its heading, what it shows besides, and the sizes of its picture."""

    level: int = 3
    picture: bool = False
    standfirst: bool = False
    eager: bool = False
    in_section: bool = False
    """A story without a kicker says its section."""
    sizes: str = ""


class Wanted(NamedTuple):
    """The card of a Publication, by its id, in a language."""

    publication: int
    look: Look
    language: str


OF_LIST = Look(level=2, picture=True, standfirst=True, sizes="(min-width: 46rem) 14rem, 40vw")
OF_MIXED_LIST = replace(OF_LIST, in_section=True)
BELOW_HEADING = replace(OF_MIXED_LIST, level=3)
"""In a list with a heading of its own."""


def part(template: str, name: tuple[Any, ...], context: Callable[[], Mapping[str, Any]], key: str) -> SafeString:
    """The template in the language that is active, drawn with what *context* returns; see ``remember``."""
    named = (template, get_language(), *name)
    return remember(named, lambda: render_to_string(template, dict(context())), key)


def in_list(listing: Listing, look: Look, at: datetime | None = None) -> Listing:
    """The page of a list with the cards of its stories."""
    looks = dict.fromkeys((story.pk for story in listing.rows), look)
    return replace(listing, cards=list(drawn(looks, listing.rows, at).values()))


def drawn(
    looks: Mapping[int, Look], rows: Collection[Publication], at: datetime | None = None
) -> dict[int, SafeString]:
    """The cards of stories by their ids, each with its look, in the language that is active; *rows* are the stories.

    Of a page as it was at a moment they are drawn anew, as *rows* say, and lead to the stories of that moment.
    """
    language = get_language() or ""
    if at is not None:
        return {row.pk: _card(row, looks[row.pk], language, at) for row in rows if row.pk in looks}
    wanted = {Wanted(row.pk, looks[row.pk], language): row for row in rows if row.pk in looks}
    made = remember_each("drawn", wanted, partial(_drawn, wanted))
    return {card.publication: html for card, html in made.items()}


def _drawn(rows: Mapping[Wanted, Publication], missing: list[Wanted]) -> Iterator[tuple[Wanted, SafeString, list[str]]]:
    for card in missing:
        yield card, _card(rows[card], card.look, card.language, None), keys_of(rows[card])


def _card(story: Publication, look: Look, language: str, at: datetime | None) -> SafeString:
    context = {"story": story, "language": language, "past": query(at), **asdict(look)}
    return render_to_string("public/_partials/card.html", context)
