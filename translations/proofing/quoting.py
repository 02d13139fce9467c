"""What is quoted stays quoted, and words that were said in this language are not translated back into it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from articles.names import light
from translations.proofing.base import ERROR, WARNING, Fault, Faults, Pair, Work, excerpt

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_LEFT_OUT = re.compile(r"[(\[]?(?:…|\.{3,})[)\]]?")
_SENTENCE = re.compile(r"[.!?…;]+")
_SIGN = re.compile(r"[„“”«»\"]")
_QUOTED = re.compile(r"[„“«\"]([^„“”«»\"]+)[“”»\"]")
_DASH = re.compile(r"(?:^|[.!?:]\s)\s*[–—]\s")
_SPEECH = 3  # words


def examine(work: Work) -> Faults:
    yield from _translated_back(work)
    for paragraph in work.paragraphs:
        yield from _dropped(paragraph)


def _translated_back(work: Work) -> Faults:
    said = _words(" ".join(pair.says for _, pair in work.translated))
    for quote in work.quotes:
        if quote.original_language != work.target_language or not _words(quote.original_words).strip():
            continue
        places = _places(work, _words(quote.words))
        there = [at for at in places if not work.pairs[at].omitted.strip()]
        left_out = len(places) - len(there)
        if left_out and not there:
            continue
        parts = [_words(part) for part in (_SENTENCE if left_out else _LEFT_OUT).split(quote.original_words)]
        if sum(part not in said for part in parts if part.strip()) > left_out:
            shown = work.pairs[there[0]].says if there else quote.words
            index = there[0] if there else None
            yield Fault("round_trip", ERROR, index, excerpt(shown), {"words": excerpt(quote.original_words)})


def _places(work: Work, wanted: str) -> list[int]:
    """The pairs in which the original quotes the words: whole, or a part of them. What is left out counts."""
    fields: dict[str, list[tuple[int, str]]] = {}
    for at, pair in enumerate(work.pairs):
        fields.setdefault(pair.field, []).append((at, _words(pair.said).strip()))
    found = []
    for pairs in fields.values():
        text, ends = " ", []
        for at, words in pairs:
            begin = len(text)
            text += f"{words} " if words else ""
            ends.append((at, begin, len(text)))
        begun = text.find(wanted) if wanted.strip() else -1
        if begun >= 0:
            found += [at for at, first, last in ends if first < begun + len(wanted) - 1 and last > begun + 1]
    return found


def _dropped(paragraph: Sequence[tuple[int, Pair]]) -> Faults:
    """A paragraph that quotes words in the original, and nobody's in the translation. A dash begins speech, too."""
    quoted = [words for words in _QUOTED.findall(" ".join(pair.said for _, pair in paragraph)) if _is_speech(words)]
    says = " ".join(pair.says for _, pair in paragraph)
    if not quoted or _SIGN.search(says) or _DASH.search(says):
        return
    index = next((at for at, pair in paragraph if _SIGN.search(pair.said)), paragraph[0][0])
    yield Fault("quotation_lost", WARNING, index, excerpt(says), {"words": excerpt(quoted[0])})


def _is_speech(words: str) -> bool:
    """Not a name or a title of a word or two."""
    return len(_WORD.findall(words)) >= _SPEECH and any(word[0].islower() for word in _WORD.findall(words))


def _words(text: str) -> str:
    """The words alone, each between blanks, so that ``in`` compares whole words."""
    return f" {' '.join(_WORD.findall(light(text)))} "
