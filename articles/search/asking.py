"""What a reader typed, taken apart: words that all have to be there, "phrases", and -excluded ones."""

import re
from dataclasses import dataclass

from articles.search.words import words

LONGEST = 200
"""How much of a query is read, in characters."""
MOST = 12
"""How many words and phrases of it are looked for."""
FEW = 2_000
"""So many matches are looked at one by one; where there are more, the newest stories are asked whether they match."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_PART = re.compile(r"""(?P<no>(?<!\S)[-−–])?(?:["“”„«»](?P<phrase>[^"“”„«»]*)["“”„«»]|(?P<word>[^\s"“”„«»]+))""")


@dataclass(frozen=True)
class Asked:
    """``wanted`` and ``unwanted`` are terms: one folded word each, or the words of a phrase in order."""

    wanted: tuple[tuple[str, ...], ...] = ()
    unwanted: tuple[tuple[str, ...], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.wanted or self.unwanted)

    @property
    def only_excludes(self) -> bool:
        """Whether nothing is looked for: such a query could make the database read the whole archive."""
        return bool(self.unwanted and not self.wanted)


def typed(text: str) -> str:
    """The query as it may be shown again: its first 200 characters, with single spaces and no control signs."""
    return " ".join(_CONTROL.sub(" ", text[:LONGEST]).split())


def parse(text: str) -> Asked:
    """Reads a query. There is no wrong one: what is no word, phrase or exclusion is passed over.

    What is typed without a space, such as *Franco-German*, is a phrase.
    """
    wanted: dict[tuple[str, ...], None] = {}
    unwanted: dict[tuple[str, ...], None] = {}
    for part in _PART.finditer(typed(text)):
        term = tuple(words(part["phrase"] or part["word"] or ""))
        if term and len(wanted) + len(unwanted) < MOST:
            (unwanted if part["no"] else wanted)[term] = None
    return Asked(tuple(wanted), tuple(unwanted))
