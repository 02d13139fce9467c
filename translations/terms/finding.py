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
_SHORTEST, _LONGEST_ENDING = 4, 3
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
    if min(len(one), len(other)) < _SHORTEST or one[:3] != other[:3]:
        return False
    if any("\u0400" <= sign <= "\u052f" for sign in one):
        return bool(names.nominatives(one) & names.nominatives(other))
    short, long = sorted((_bare(one), _bare(other)), key=len)
    return len(short) >= _SHORTEST and long.startswith(short) and len(long) - len(short) <= _LONGEST_ENDING


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


def _bare(word: str) -> str:
    """A word in Latin letters without the vowels and the s at its end."""
    return word.rstrip("aeious") if len(word) > _SHORTEST else word
