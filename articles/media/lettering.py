"""Setting words in lines: which words stand together, how large they can be, where a line ends. Pure.

The letters are in ``fonts``: Latin and Cyrillic. A letter that they lack is written in Latin.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from anyascii import anyascii
from PIL import ImageFont, features

FONTS = Path(__file__).resolve().parent / "fonts"
Font = ImageFont.FreeTypeFont
RAQM = ImageFont.Layout.RAQM
SERIF, SANS = "NotoSerif-Bold.ttf", "NotoSans-Bold.ttf"
_LACKING = re.compile("[^\u0000-\u036f\u0400-\u052f\u2000-\u206f\u20a0-\u20bf\u2100-\u214f\u2190-\u2193\u2200-\u22ff]")
_UNSEEN = re.compile("[\u0000-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f]")
_DASH = re.compile(r" (?=[–—])")  # a dash never begins a line
_SHORT = re.compile(r"(?<!\S)(\w) ", re.UNICODE)  # nor does a word of one letter end one
_TOGETHER = "\N{NO-BREAK SPACE}"
_ELLIPSIS = "…"


@dataclass(frozen=True)
class Setting:
    """Words set in lines in a font."""

    lines: tuple[str, ...]
    font: Font

    @property
    def leading(self) -> int:
        """Pixels from line to line."""
        return round(self.font.size * 1.17)

    @property
    def height(self) -> int:
        return self.leading * len(self.lines)


@cache
def font(name: str, size: int) -> Font:
    engine = RAQM if features.check("raqm") else ImageFont.Layout.BASIC
    return ImageFont.truetype(FONTS / name, size, layout_engine=engine)


def plain(words: str) -> str:
    """The words as they can be set: on one line, without unseen signs, in letters that the fonts have."""
    seen = _UNSEEN.sub("", " ".join(words.split()))
    return " ".join(_LACKING.sub(lambda letter: anyascii(letter[0]), seen).split(" "))


def headline(words: str, *, width: int, height: int, sizes: Sequence[int]) -> Setting:
    """The words in the first of *sizes* (largest first) in which they fit, in lines of like length.

    What does not fit in the smallest size either is cut, with an ellipsis.
    """
    units = _units(plain(words))
    for size in sizes:
        letters = font(SERIF, size)
        if max(map(letters.getlength, units), default=0) > width:
            continue
        set_in = Setting(tuple(_even(units, letters, width)), letters)
        if set_in.height <= height:
            return set_in
    letters = font(SERIF, sizes[-1])
    most = height // Setting((), letters).leading
    lines = _filled([piece for unit in units for piece in _broken(unit, letters, width)], letters, width)
    if len(lines) > most:
        lines = [*lines[: most - 1], line(f"{lines[most - 1]}{_ELLIPSIS}", letters, width, cut=True)]
    return Setting(tuple(lines), letters)


def line(words: str, letters: Font, width: int, *, cut: bool = False) -> str:
    """The words, or as many letters of them as *width* holds, with an ellipsis in their number.

    *cut* says that they end in an ellipsis already.
    """
    whole = words.removesuffix(_ELLIPSIS) if cut else words
    if letters.getlength(words) <= width:
        return words
    while whole and letters.getlength(whole + _ELLIPSIS) > width:
        whole = whole[:-1]
    return whole.rstrip(" ,;:–—-" + _TOGETHER) + _ELLIPSIS


def _units(words: str) -> list[str]:
    """What stands between the places at which a line may end."""
    return _SHORT.sub(rf"\1{_TOGETHER}", _DASH.sub(_TOGETHER, words)).split(" ") if words else []


def _filled(units: Sequence[str], letters: Font, width: float) -> list[str]:
    """Lines as full as they get; a unit that is wider than *width* has one to itself."""
    lines: list[str] = []
    for unit in units:
        if lines and letters.getlength(f"{lines[-1]} {unit}") <= width:
            lines[-1] += f" {unit}"
        else:
            lines.append(unit)
    return lines


def _even(units: Sequence[str], letters: Font, width: int) -> list[str]:
    """As few lines as *width* allows, none much shorter than the others: set in the least width that does it."""
    number = len(_filled(units, letters, width))
    least, enough = int(max(map(letters.getlength, units), default=0)), width
    while least < enough:
        middle = (least + enough) // 2
        if len(_filled(units, letters, middle)) > number:
            least = middle + 1
        else:
            enough = middle
    return _filled(units, letters, enough)


def _broken(unit: str, letters: Font, width: int) -> list[str]:
    """A word in pieces that are no wider than *width*."""
    pieces = [""]
    for letter in unit:
        if pieces[-1] and letters.getlength(pieces[-1] + letter) > width:
            pieces.append("")
        pieces[-1] += letter
    return pieces
