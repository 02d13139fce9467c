"""Quotation marks, ends of sentences, blanks, Romanian letters and the length of the headline."""

from __future__ import annotations

import re
from collections.abc import Sequence

from translations.proofing.base import ERROR, WARNING, Fault, Faults, Pair, Work, excerpt, target_of

LONGEST_HEADLINE = 200
_LONGER = 1.4
_SHORT_HEADLINE = 60

# How each language quotes: outer and inner.
MARKS = {
    "ro": ("„”", "«»"),
    "en": ("“”", "‘’"),
    "ru": ("«»", "„“"),
    "uk": ("«»", "“”„"),
}
_ANY = re.compile(r"[„“”«»\"‟″]|(?<!\w)''|''(?!\w)")
_INCHES = re.compile(r"(?<=\d)[\"″]")
_CEDILLA = re.compile(r"\w*[şţŞŢ]\w*")
_DOUBLE = re.compile(r"\S[ \u00a0]{2,}\S")
_CLOSING = "»”“’\"')]"
_FINAL = re.compile(r"[.!?…:;؟۔。！？]+$")
_CURLY = {"ro": "„”", "en": "“”", "ru": "„“"}  # in Ukrainian “ opens or closes


def examine(work: Work) -> Faults:
    for at, pair in work.translated:
        yield from _quotation_marks(at, pair, work.target_language)
        yield from _letters(at, pair, work.target_language)
        yield from _ends(at, pair)
        if pair.field == "headline":
            yield from _headline(at, pair)
    for paragraph in work.paragraphs:
        yield from _balance(paragraph, work)


def _quotation_marks(at: int, pair: Pair, language: str) -> Faults:
    outer, inner = MARKS.get(language.partition("-")[0], ("", ""))
    if not outer:
        return
    wrong = [sign for sign in _ANY.findall(_INCHES.sub("", pair.says)) if sign not in outer + inner]
    if wrong:
        args = {"printed": wrong[0], "wanted": f"{outer[0]}…{outer[1]}"}
        yield Fault("quotation_marks", WARNING, at, excerpt(pair.says), args)


def _letters(at: int, pair: Pair, language: str) -> Faults:
    if language.partition("-")[0] == "ro" and (found := _CEDILLA.search(pair.says)):
        yield Fault("cedilla", ERROR, at, found[0], {"printed": found[0]})
    if found := _DOUBLE.search(pair.says):
        yield Fault("double_blank", WARNING, at, excerpt(pair.says[max(0, found.start() - 20) : found.end() + 20]))


def _ends(at: int, pair: Pair) -> Faults:
    source, target = _final(pair.said), _final(pair.says)
    if source == target:
        return
    if source and target:
        yield Fault("final_sign", WARNING, at, excerpt(pair.says[-60:]), {"source": source, "target": target})
    else:
        yield Fault("no_final_sign", WARNING, at, excerpt(pair.says[-60:]))


def _final(text: str) -> str:
    """The sign at the end, before or behind what closes a quotation; an ellipsis is one sign."""
    for ending in (text.rstrip(), text.rstrip().rstrip(_CLOSING).rstrip()):
        if found := _FINAL.search(ending):
            return found[0].replace("...", "…")[-1]
    return ""


def _headline(at: int, pair: Pair) -> Faults:
    length = len(pair.says.strip())
    if length > LONGEST_HEADLINE:
        args = {"length": str(length), "most": str(LONGEST_HEADLINE)}
        yield Fault("headline_long", ERROR, at, excerpt(pair.says), args)
    elif length > _SHORT_HEADLINE and length > _LONGER * len(pair.said.strip()):
        yield Fault("headline_longer", WARNING, at, excerpt(pair.says))


def _balance(paragraph: Sequence[tuple[int, Pair]], work: Work) -> Faults:
    """A paragraph that the original leaves open, as one of several does, may stay open."""
    text = target_of(paragraph)
    original = " ".join(pair.said for _, pair in paragraph)
    if not _balanced(text, work.target_language) and _balanced(original, work.source_language):
        yield Fault("unbalanced", WARNING, paragraph[0][0], excerpt(text))


def _balanced(text: str, language: str) -> bool:
    count = {sign: text.count(sign) for sign in "„“”«»"}
    if count["«"] != count["»"] or _INCHES.sub("", text).count('"') % 2:
        return False
    if curly := _CURLY.get(language.partition("-")[0]):
        return count[curly[0]] == count[curly[1]]
    return (count["„"] + count["“"] + count["”"]) % 2 == 0
