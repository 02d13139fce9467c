"""A few lines of a text with the words marked that were asked for."""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from articles.search.words import words

LENGTH = 240
"""Of an excerpt, in characters, give or take a word."""
BEFORE = 60
"""How much of it stands before the first word that is marked."""
_WORD = re.compile(r"[^\W_]+(?:['’‘ʼʹ`´\u00ad\u0300-\u036f][^\W_]*)*")


class Place(NamedTuple):
    start: int
    end: int


def printed(texts: Iterable[str]) -> dict[str, list[str]]:
    """The words of the texts as they are printed, each with its folds."""
    return {word: words(word) for word in set().union(*(_WORD.findall(text) for text in texts))}


def marked(text: str, found: Collection[str]) -> SafeString:
    """The whole text as HTML, marked where a word is among *found*, as it is printed."""
    return _drawn(text, list(_places(text, found)))


def excerpt(text: str, found: Collection[str]) -> SafeString:
    """The lines of the text that have the most of what was found, marked; the beginning where there is nothing."""
    places = list(_places(text, found))
    start, end = _window(text, places)
    inside = [Place(place.start - start, place.end - start) for place in places if start <= place.start < end]
    lines = _drawn(text[start:end], [place for place in inside if place.end <= end - start])
    return format_html("{}{}{}", "… " if start else "", lines, " …" if end < len(text) else "")


def _places(text: str, found: Collection[str]) -> Iterator[Place]:
    for match in _WORD.finditer(text):
        if match[0] in found:
            yield Place(*match.span())


def _window(text: str, places: list[Place]) -> Place:
    """Where the excerpt begins and ends: at the ends of words."""
    first = max(range(len(places)), key=lambda n: (_within(places, n), -n), default=None)
    start = 0 if first is None or places[first].start <= BEFORE else places[first].start - BEFORE
    if start:
        start = text.find(" ", start, places[first or 0].start) + 1 or places[first or 0].start
    end = start + LENGTH
    if end >= len(text):
        return Place(start, len(text))
    space = text.rfind(" ", start + LENGTH // 2, end)
    return Place(start, space if space > 0 else end)


def _within(places: list[Place], first: int) -> int:
    """How many places an excerpt would show that begins with this one, counted up to six."""
    return sum(place.end <= places[first].start + LENGTH - BEFORE for place in places[first : first + 6])


def _drawn(text: str, places: list[Place]) -> SafeString:
    pieces, end = [], 0
    for place in places:
        pieces.append(format_html("{}<mark>{}</mark>", text[end : place.start], text[place.start : place.end]))
        end = place.end
    pieces.append(format_html("{}", text[end:]))
    return mark_safe("".join(pieces))  # noqa: S308  # every piece was escaped
