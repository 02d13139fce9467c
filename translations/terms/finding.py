"""Words and phrases in a text, in whatever case or number they stand. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from articles import names
from articles.models.fields import languages
from articles.search.words import stem, words

_WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*")
_SHORTEST = 4  # letters that two forms of a word have in common at their beginning
_LATIN = re.compile(r"[aeiou]{0,3}(?:s|ul|lui|lor|le|ri|rile|rilor)?|l")
_CYRILLIC = re.compile(r"[аеиоуыэюяіїєйь]{0,3}(?:м|х|в|го|му|ми)?")
_CUT = 4  # letters that a word may have beyond the stem under which its term is filed


@dataclass(frozen=True)
class Word:
    """A word where it stands; ``folded`` is without case and accents."""

    text: str
    folded: str
    start: int
    end: int


@dataclass(frozen=True)
class Found:
    """A phrase where it stands, as it is printed."""

    printed: str
    start: int
    end: int


def split(text: str) -> list[Word]:
    """The words of a plain text."""
    return [Word(match[0], "".join(words(match[0])), match.start(), match.end()) for match in _WORD.finditer(text)]


def find(phrase: str, among: Sequence[Word], text: str, *, exactly: bool = False) -> list[Found]:
    """The places of *phrase* among the words of *text*; *exactly* as it is spelled, or in any of its forms."""
    wanted = split(phrase)
    if not wanted:
        return []
    found = []
    for place in range(len(among) - len(wanted) + 1):
        here = among[place : place + len(wanted)]
        if all(a.text == b.text if exactly else same(a.folded, b.folded) for a, b in zip(wanted, here, strict=True)):
            start, end = here[0].start, here[-1].end
            found.append(Found(text[start:end], start, end))
    return found


@lru_cache(maxsize=50_000)
def same(one: str, other: str) -> bool:
    """Whether two folded words may be forms of one: the same but for a case ending, an article or a plural."""
    if one == other:
        return True
    if one[:3] != other[:3]:
        return False
    begin = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    cyrillic = "\u0400" <= one[0] <= "\u052f"
    ending = _CYRILLIC if cyrillic else _LATIN
    if begin >= _SHORTEST and ending.fullmatch(one, begin) and ending.fullmatch(other, begin):
        return True
    return cyrillic and bool(names.nominatives(one) & names.nominatives(other))


def keys(text: str) -> set[str]:
    """What the terms that may stand in the text are filed under: stems of its words, and their beginnings."""
    found: set[str] = set()
    for word in {word.folded for word in split(text)}:
        found.add(word)
        for reading in names.nominatives(word):
            found |= {stem(reading, code) for code, _name in languages()}
        found |= {word[:-cut] for cut in range(1, _CUT + 1) if len(word) - cut >= _SHORTEST}
    found.discard("")
    return found
