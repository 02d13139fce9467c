"""Slugs for addresses, from any script."""

import re
import unicodedata

from anyascii import anyascii

_APOSTROPHES = frozenset("'’‘ʼʹ`´")
_BETWEEN = re.compile(r"[^a-z0-9]+")
_READ_AT_MOST = 1000


def slugify(text: str, max_length: int = 80) -> str:
    """ASCII lower-case words joined by hyphens: "Știri din Chișinău" → ``stiri-din-chisinau``.

    Cut between words where one ends within ``max_length``. Empty only if the text holds no letter and no
    digit: what to do then is the caller's. Reads the first 1,000 characters.
    """
    composed = unicodedata.normalize("NFC", text[:_READ_AT_MOST])
    kept = "".join(sign if _counts(sign) else " " for sign in composed if sign not in _APOSTROPHES)
    ascii_text = anyascii(kept).replace("'", "").replace("`", "").lower()
    slug = _BETWEEN.sub("-", ascii_text).strip("-")
    if not slug:
        slug = "-".join(f"{ord(sign):x}" for sign in kept if sign.isalnum())
    return _cut(slug, max_length)


def _counts(sign: str) -> bool:
    """Letters, digits, and the marks that sit on letters."""
    return sign.isalnum() or unicodedata.category(sign).startswith("M")


def _cut(slug: str, max_length: int) -> str:
    if len(slug) <= max_length:
        return slug
    cut = slug[:max_length]
    if slug[max_length] != "-" and "-" in cut:
        cut = cut[: cut.rindex("-")]
    return cut.strip("-")
