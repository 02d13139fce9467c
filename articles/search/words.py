"""Words as the search compares them: what is typed and what is printed go through the same fold."""

import re
import unicodedata

from articles.names.folding import fold, light

_ACCENTS = re.compile(r"([a-z])[\u0300-\u036f]+")
_STRESS = re.compile(r"[\u0300\u0301]")
_LATIN = str.maketrans({"đ": "d", "ð": "d", "ł": "l", "ø": "o", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"})
_APOSTROPHES = str.maketrans(dict.fromkeys("'’‘ʼʹ`´"))
_WORD = re.compile(r"[^\W_]+")
_LONGEST = 64

# Endings that a word of five letters or more may do without where no stemmer is at hand: a trailing letter of
# these is cut, twice at the most.
_ENDINGS = {"en": "s", "ro": "aeiu", "ru": "аеиоуыэюяйь", "uk": "аеиіоуюяєїйь"}
_LONG, _SHORTEST = 5, 4


def words(text: str) -> list[str]:
    """The words of *text* in order, folded: case, accents on Latin letters, apostrophes and ё do not count.

    ș is s with a comma or with a cedilla; й and ї stay what they are. A word keeps its first 64 letters.
    """
    plain = light(text).translate(_APOSTROPHES).translate(_LATIN)
    if not plain.isascii():
        apart = _STRESS.sub("", _ACCENTS.sub(r"\1", unicodedata.normalize("NFD", plain)))
        plain = unicodedata.normalize("NFC", apart)
    return [word[:_LONGEST] for word in _WORD.findall(plain)]


def folded(text: str) -> str:
    """The words of *text* with a space between any two."""
    return " ".join(words(text))


def latin(word: str) -> str:
    """A word in Latin letters, as names are transliterated; the same word where it is in them already."""
    return word if word.isascii() else fold(word).replace(" ", "")


def stem(word: str, language: str) -> str:
    """What is left of a word of five letters or more without its ending: its other forms begin with it.

    A shorter word gives an empty text: it is looked for as it is.
    """
    if len(word) < _LONG:
        return ""
    endings = _ENDINGS.get(language, "")
    for _time in range(2):
        if len(word) > _SHORTEST and word[-1] in endings:
            word = word[:-1]
    return word
