"""How much text work is counted by: the same text gives the same figures on every machine and in every year.

The counted text is that which readers see, in NFC, its ends stripped and each run of white space one blank; markup,
normal form and signs that nobody sees (soft hyphens, joiners, marks of order and direction) don't matter. ``VERSION``
is written beside every figure: whoever changes what counts gives it another one, and what was counted before is
counted again as it was.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from articles import text

VERSION = "2"
VERSIONS = ("1", "2")  # the first counted signs that nobody sees


@dataclass(frozen=True)
class Count:
    """The figures of one text, and the SHA-256 (hex) of the text as it was counted."""

    words: int
    characters: int
    characters_no_spaces: int
    sha256: str
    version: str = VERSION

    def as_columns(self) -> dict[str, Any]:
        """As the ledger and a logged credit keep it."""
        return {
            "words": self.words,
            "characters": self.characters,
            "characters_no_spaces": self.characters_no_spaces,
            "text_sha256": self.sha256,
            "counter_version": self.version,
        }


def count(said: str, version: str = VERSION) -> Count:
    """The figures of plain text, as the *version* counts."""
    counted = normal(said, version)
    return Count(
        words=text.words(counted),
        characters=text.characters(counted),
        characters_no_spaces=len(counted.replace(" ", "")),
        sha256=hashlib.sha256(counted.encode()).hexdigest(),
        version=version,
    )


def count_document(document: Mapping[str, Any], *, captions: bool = False, version: str = VERSION) -> Count:
    """The figures of a revision's document: headline, standfirst and body, and the pictures' words where *captions*."""
    return count(visible(document, captions=captions), version)


def visible(document: Mapping[str, Any], *, captions: bool = False) -> str:
    """What of a revision's document is counted, a line a part."""
    return "\n".join(_visible(document, captions))


def normal(said: str, version: str = VERSION) -> str:
    """The text as it is counted."""
    if version != "1":
        said = "".join(sign for sign in said if unicodedata.category(sign) != "Cf")
    return " ".join(unicodedata.normalize("NFC", said).split())


def _visible(document: Mapping[str, Any], captions: bool) -> Iterable[str]:
    yield document.get("headline", "")
    yield document.get("standfirst", "")
    yield text.plain(document.get("body", ""))
    if captions:
        for picture in document.get("pictures", ()):
            yield picture.get("alt", "")
            yield picture.get("caption", "")
