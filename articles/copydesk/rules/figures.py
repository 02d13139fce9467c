"""A key figure or date can be found in the story, or where it comes from can."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from articles.copydesk.base import Finding, Place, excerpt
from articles.copydesk.reading import Reading
from articles.enums import Severity
from articles.names import light

_THIN = " \u00a0\u2009\u202f"
_NUMBER = re.compile(rf"(?P<whole>\d{{1,3}}(?:[{_THIN}.,'’]\d{{3}})+)(?!\d)(?P<part>[.,]\d+)?|\d+(?:[.,:]\d+)*")
_WORD = re.compile(r"\w+")

_UNFOUNDED = gettext_noop(
    "“%(figure)s” is a key figure that neither stands in the story nor names its source. "
    "Put it right, tell it in the story, or choose the citation that it was taken from."
)


class Figures:
    id = "figures"
    title = _("Key figures and dates")
    help = _("Each key figure or date stands in the story, or names the citation that it was taken from.")

    def examine(self, reading: Reading) -> Iterator[Finding]:
        cited = {citation.number for citation in reading.citations}
        told = f"{reading.headline}\n{reading.standfirst}\n{reading.text}"
        for fact in reading.key_facts:
            if fact.citation not in cited and not stands_in(fact.figure, told):
                place = Place("key_facts", row=fact.number, excerpt=excerpt(fact.figure))
                yield Finding(self.id, Severity.ERROR, _UNFOUNDED, place, {"figure": excerpt(fact.figure)})


def stands_in(figure: str, text: str) -> bool:
    """Whether all numbers of the figure are in the text; of one without numbers (“two thirds”) its words together."""
    if wanted := numbers(figure):
        return wanted <= numbers(text)
    words = _spelled(figure)
    return bool(words.strip()) and words in _spelled(text)


def numbers(text: str) -> set[str]:
    """The numbers in the text, however their thousands are set apart: “3,200” and “3 200” are both 3200."""
    found = set()
    for match in _NUMBER.finditer(text):
        if match["whole"]:
            found.add(re.sub(r"\D", "", match["whole"]) + (match["part"] or "").replace(",", "."))
        else:
            found.add(match[0].replace(",", "."))
    return found


def _spelled(text: str) -> str:
    return f" {' '.join(_WORD.findall(light(text)))} "
