"""Marks of citations: each leads to its entry in the list of sources, which leads back to each of them.

A Publication's body holds bare marks, numbers with a link. The page names each for its source, so that it says
something to who can't see where it stands, and gives it an id to come back to. No script is needed for either.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext as _

_MARK = re.compile(r'<sup class="citation"><a href="#source-(\d{1,5})">\d{1,5}</a></sup>')


def with_named_marks(body: str, sources: Sequence[Mapping[str, Any]]) -> str:
    """The body with its marks named and numbered; *sources* are the frozen citations."""
    names = {int(cited["number"]): named(cited) for cited in sources}
    met: dict[int, int] = {}

    def mark(match: re.Match[str]) -> str:
        number = int(match[1])
        if number not in names:
            return match[0]
        met[number] = met.get(number, 0) + 1
        return format_html(
            '<sup class="citation" id="{}"><a href="#source-{}" aria-label="{}">{}</a></sup>',
            place(number, met[number]), number, names[number], number,
        )  # fmt: skip

    return _MARK.sub(mark, body)


def named(cited: Mapping[str, Any]) -> str:
    """What a mark is called, such as “Source 1: TASS”."""
    return _("Source %(number)s: %(name)s") % {"number": cited["number"], "name": cited["name"]}


def with_marks(facts: Iterable[Mapping[str, Any]], sources: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Key figures with the name and the id of the mark behind each that rests on one of the *sources*."""
    names = {cited["number"]: named(cited) for cited in sources}
    return [
        {
            **fact,
            "mark": names.get(fact["citation"], ""),
            "place": f"cited-{fact['citation']}-figure-{fact['number']}",
        }
        for fact in facts
    ]


def place(number: int, time: int) -> str:
    """The id of the *time*-th mark of citation *number*."""
    return f"cited-{number}-{time}"


def with_places(
    sources: Iterable[Mapping[str, Any]], body: str, facts: Iterable[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """The sources of a page, each with the ids of its marks: in the *body*, then behind the key figures *facts*."""
    places: dict[int, list[str]] = {}
    for match in _MARK.finditer(body):
        there = places.setdefault(int(match[1]), [])
        there.append(place(int(match[1]), len(there) + 1))
    for fact in facts:
        if fact["mark"]:
            places.setdefault(fact["citation"], []).append(fact["place"])
    return [{**cited, "places": places.get(cited["number"], [])} for cited in sources]
