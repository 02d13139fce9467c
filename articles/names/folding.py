"""Reducing a name to what stays the same however it is typed."""

import re

from anyascii import anyascii

from articles.names.script import settle

_CEDILLA_TO_COMMA = str.maketrans("şţŞŢ", "șțȘȚ")
_NO_LETTER = str.maketrans(dict.fromkeys("'’‘ʼʹ`´"))
_ONE_KIND = str.maketrans("‘ʼ`´'‐‑‒–—―−", "’’’’’-------")
_YO = str.maketrans("ёЁ", "еЕ")
_APART = re.compile(r"[^a-z0-9]+")
_LONGEST = 200


def light(name: str) -> str:
    """The spelling itself: settled, case ignored, ş as ș, ţ as ț, ё as е, one kind of hyphen and apostrophe."""
    text = settle(name).translate(_CEDILLA_TO_COMMA).translate(_YO).casefold()
    return " ".join(text.translate(_ONE_KIND).split())


def fold(name: str) -> str:
    """ASCII words in lower case, settled: diacritics, apostrophes and hyphens do not count, ё is е.

    At most 200 characters, the width of the register's column.
    """
    text = settle(name).translate(_YO).translate(_NO_LETTER)
    ascii_text = anyascii(text).translate(_NO_LETTER).casefold()
    return " ".join(_APART.sub(" ", ascii_text).split())[:_LONGEST].strip()


def tail(name: str) -> str:
    """The fold of the last word, by which the register is searched: mostly the family name."""
    return fold(name).rpartition(" ")[2]
