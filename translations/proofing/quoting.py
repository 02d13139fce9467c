"""Words that were said in the language of the translation are not translated back into it."""

from __future__ import annotations

import re

from articles.names import light
from translations.proofing.base import ERROR, Fault, Faults, Pair, Said, Work, excerpt

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_LEFT_OUT = re.compile(r"[(\[]?(?:…|\.{3,})[)\]]?")


def examine(work: Work) -> Faults:
    said = _words(" ".join(pair.says for _, pair in work.translated))
    for quote in work.quotes:
        if quote.original_language != work.target_language or not _words(quote.original_words).strip():
            continue
        parts = [_words(part) for part in _LEFT_OUT.split(quote.original_words)]
        if not all(part in said for part in parts if part.strip()):
            index = _place(work, quote)
            shown = work.pairs[index].says if index is not None else quote.words
            yield Fault("round_trip", ERROR, index, excerpt(shown), {"words": excerpt(quote.original_words)})


def _place(work: Work, quote: Said) -> int | None:
    """The pair in which the original quotes the words, whole or begun; none where it is left out."""
    wanted = _words(quote.words)

    def quotes(pair: Pair) -> bool:
        said = _words(pair.said)
        return bool(said.strip()) and (wanted in said or (said in wanted and said.count(" ") > 2))

    return next((at for at, pair in work.translated if wanted.strip() and quotes(pair)), None)


def _words(text: str) -> str:
    """The words alone, each between blanks, so that ``in`` compares whole words."""
    return f" {' '.join(_WORD.findall(light(text)))} "
