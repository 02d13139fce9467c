"""How much two texts are alike, in percent, as the translation memory and its prices count.

All functions take coded texts (``translations.coded``).
"""

import re
import unicodedata
from collections import Counter

from rapidfuzz.distance import Levenshtein

from articles.text import Piece, pieces
from translations.coded import marks_of, plain

EXACT = 100
IN_CONTEXT = 101
FUZZY = 75
"""The least percentage that is offered."""

_BANDS = ((101, "101"), (100, "100"), (95, "95-99"), (85, "85-94"), (75, "75-84"), (50, "50-74"))
BANDS = (*(name for _, name in _BANDS), "none")

_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|\w+|[^\w\s]")
_NUMBER = "\x00"
_WORDS_WEIGH = 2  # against the characters' 1
_MARKS_COST = 3  # percent at most


def normal(text: str) -> str:
    """The text as exact matches compare it: in NFC, white space as single blanks, without marks."""
    return _tidy(plain(text))


def similarity(a: str, b: str, marks: bool = True) -> int:
    """From 0 to 100; 100 only where text and (if they count) *marks* are the same.

    Words weigh two thirds and characters one, so that a changed ending costs less than another word. Numbers, capitals
    and marks that differ cost little: they are put right by the machine or with one key.
    """
    one, other = normal(a), normal(b)
    cost = min(_MARKS_COST, _apart(a, b)) if marks else 0
    if one == other:
        return EXACT - (cost or int(marks and _tidy(a) != _tidy(b)))  # the same marks around other words
    if not one or not other:
        return 0
    words, numbers = _words(one)
    other_words, other_numbers = _words(other)
    alike = _alike(words, other_words)
    cost += bool(numbers != other_numbers)
    return max(0, min(EXACT - 1, int(alike * 100) - cost))


def band(percent: int) -> str:
    """The band in which a match is paid: one of ``BANDS``."""
    return next((name for least, name in _BANDS if percent >= least), "none")


def difference(old: str, new: str) -> list[Piece]:
    """Word by word, what *new* says otherwise than *old*; marks left out."""
    return pieces(normal(old), normal(new))


def _tidy(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _apart(a: str, b: str) -> int:
    one, other = marks_of(a), marks_of(b)
    return ((Counter(one) - Counter(other)) + (Counter(other) - Counter(one))).total() or int(one != other)


def _words(text: str) -> tuple[list[str], list[str]]:
    """The words and signs, numbers as one sign; and the numbers."""
    found = _TOKEN.findall(text.casefold())
    return [_NUMBER if token[0].isdigit() else token for token in found], [one for one in found if one[0].isdigit()]


def _alike(one: list[str], other: list[str]) -> float:
    if not (one and other):
        return 0.0
    by_word = Levenshtein.normalized_similarity(one, other)
    by_sign = Levenshtein.normalized_similarity(" ".join(one), " ".join(other))
    return (_WORDS_WEIGH * by_word + by_sign) / (_WORDS_WEIGH + 1)
