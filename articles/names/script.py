"""What a word is meant to be when its letters say something else than they show.

Signs that can't be seen (soft hyphens, zero-width spaces and joiners) come along when text is pasted; so do
letters of another script that look alike: a Cyrillic "а" in a Latin word, a Latin "c" in a Cyrillic one.
"""

import re
import unicodedata

_UNSEEN_SIGNS = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
_LETTER = r"[^\W\d_]"
_WITHIN = f"[{_UNSEEN_SIGNS}\u0300-\u036f]"
UNSEEN = f"[{_UNSEEN_SIGNS}]"
"""A regular expression for one sign that can't be seen."""

# Cyrillic letter → the Latin one that looks the same.
_LATIN = dict(zip("аесіјорѕхуһԁԛԝїёАВЕСНІЈКМОРЅТХУԌԚԜЇЁ", "aecijopsxyhdqwïëABECHIJKMOPSTXYGQWÏË", strict=True))
# The other way round, without the letters that none of our Cyrillic alphabets has.
_CYRILLIC = {latin: cyrillic for cyrillic, latin in _LATIN.items() if cyrillic not in "ѕјһԁԛԝЅЈԌԚԜ"}
_TO_LATIN, _TO_CYRILLIC = str.maketrans(_LATIN), str.maketrans(_CYRILLIC)
_IS_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_IS_CYRILLIC = re.compile(r"[\u0400-\u052f]")
_ANY_UNSEEN = re.compile(UNSEEN)
_RUN = re.compile(f"{_LETTER}+")
_ROMAN = re.compile(r"[IVXLCDM]+")
_ENDING_ON_CAPITALS = re.compile(r"[A-Z]{2,}[а-ѓѕ-џ]+")


def word_pattern(joints: str) -> re.Pattern[str]:
    """Matches a word: letters, with single signs of ``joints`` and any that can't be seen between them.

    Accents that are signs of their own may stand on the letters.
    """
    return re.compile(rf"{_LETTER}(?:{_WITHIN}*+(?:[{joints}]{_WITHIN}*+)?{_LETTER})*+(?:[\u0300-\u036f]++)?")


def seen(text: str) -> str:
    """The text in NFC, without what can't be seen."""
    return text if text.isascii() else unicodedata.normalize("NFC", _ANY_UNSEEN.sub("", text))


def settle(text: str) -> str:
    """What can be seen of the text, each word whose letters only look alike in one script.

    A mixed word goes to the script that most of its letters are of; where letters have no twin there, to the
    other. Stays mixed: what neither script could write, and capitals with an ending (VIPа).
    """
    shown = seen(text)
    if not (_IS_LATIN.search(shown) and _IS_CYRILLIC.search(shown)):
        return shown
    return _RUN.sub(lambda run: _in_one_script(run[0]), shown)


def _in_one_script(run: str) -> str:
    latin, cyrillic = len(_IS_LATIN.findall(run)), len(_IS_CYRILLIC.findall(run))
    if not (latin and cyrillic) or _ENDING_ON_CAPITALS.fullmatch(run):
        return run
    as_latin, as_cyrillic = run.translate(_TO_LATIN), run.translate(_TO_CYRILLIC)
    if _IS_CYRILLIC.search(as_latin):
        return run if _IS_LATIN.search(as_cyrillic) else as_cyrillic
    if _IS_LATIN.search(as_cyrillic) or _ROMAN.fullmatch(as_latin):
        return as_latin
    return as_cyrillic if cyrillic > latin else as_latin
