"""Nothing is left untranslated, and no machine's words are handed in unread."""

from __future__ import annotations

import re

from translations.enums import Method, SegmentState
from translations.matching import normal
from translations.proofing.base import ERROR, WARNING, Fault, Faults, Pair, Work, excerpt

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_SHORTEST = 3
_FEW = 2


def examine(work: Work) -> Faults:
    for at, pair in enumerate(work.pairs):
        if pair.omitted.strip():
            continue
        if not pair.says.strip():
            yield Fault("untranslated", ERROR, at, excerpt(pair.said))
        elif pair.method == Method.MACHINE:
            yield Fault("raw_machine", ERROR, at, excerpt(pair.says))
        elif pair.state == SegmentState.INITIAL:
            yield Fault("unconfirmed", ERROR, at, excerpt(pair.says))
        if words := _untouched(pair, work):
            yield Fault("untouched", ERROR if words > _FEW else WARNING, at, excerpt(pair.says))


def _untouched(pair: Pair, work: Work) -> int:
    """How many words should have been translated and stand as in the original; 0 where the texts differ.

    Names, numbers and terms that are never translated are the same in both languages.
    """
    if not pair.target.strip() or normal(pair.source).casefold() != normal(pair.target).casefold():
        return 0
    text = pair.says
    known = [form for person in work.people for form, _, _ in person.forms]
    for kept in sorted([*work.kept, *known], key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(kept)}(?!\w)", " ", text, flags=re.IGNORECASE)
    words = _WORD.findall(text)
    return len(words) if any(len(word) >= _SHORTEST and word[0].islower() for word in words) else 0
