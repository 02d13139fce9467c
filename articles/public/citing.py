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


def place(number: int, time: int) -> str:
    """The id of the *time*-th mark of citation *number*."""
    return f"cited-{number}-{time}"


def with_places(sources: Iterable[Mapping[str, Any]], body: str) -> list[dict[str, Any]]:
    """The sources of a page, each with the ids of its marks in the *body*, in the order of the text."""
    times: dict[int, int] = {}
    for match in _MARK.finditer(body):
        times[int(match[1])] = times.get(int(match[1]), 0) + 1
    return [
        {**cited, "places": [place(cited["number"], time + 1) for time in range(times.get(cited["number"], 0))]}
        for cited in sources
    ]
