"""Where a text quotes: the spans between quotation marks.

Knows “…” "…" „…” „…“ «…» and mixtures of them that are typed in practice (“…" and „…"), what is typed for want of
them (”…” ″…″ »…« »…» ``…''), and ‘…’ around four words or more. Straight single marks are left alone, since they
can't be told from apostrophes.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from articles.text.single import Single

_PAIRS = {
    "“": '”"“', "„": '“”"', "«": "»", '"': '"”', "‟": '”"', "”": '”"', "″": '″"”', "»": "«»",
}  # fmt: skip
_SIGNS = frozenset("‘’").union(*_PAIRS, *_PAIRS.values())
_ONLY_AT_A_WORD = frozenset('"”″»')  # they open at the start of a word alone
_STRAIGHT = '"'
_BOTH_WAYS = frozenset('“"«')
_TWO_SIGNS = re.compile(r"(?P<begins>``)|(?P<opens>(?<!\w)''(?=\w))|(?P<closes>'')")
_ONE_SIGN = {"begins": " “", "opens": ' "', "closes": '" '}
_DEPTH_KEPT = 3
_BEFORE_OPENING = frozenset(' \t\n\u00a0\u202f([{—–-/:;,“„«"’‘')


@dataclass(frozen=True)
class Span:
    """One quotation: ``start`` and ``end`` are offsets of its words; depth 0 is outermost."""

    start: int
    end: int
    words: str
    depth: int = 0


def quotations(text: str) -> list[Span]:
    """The quotations of a text in order, nested ones after the one that holds them.

    Each line (paragraph) stands alone, so that a mark forgotten in one does not spoil the rest. A quotation
    that its line opens and doesn't close runs to the line's end: that is how one of several paragraphs is
    typed, and a forgotten mark must not hide a quotation. Deeper than three levels nothing is reported.
    """
    found: list[Span] = []
    start = 0
    single = _in_single_signs(text)
    for line in text.split("\n"):
        found.extend(_in_line(single, start, start + len(line)))
        start += len(line) + 1
    if single != text:
        found = [replace(span, words=text[span.start : span.end]) for span in found]
    return sorted(found, key=lambda span: (span.start, span.depth))


def _in_single_signs(text: str) -> str:
    """The text, as long as it was, with “ for `` and " for ''."""
    return _TWO_SIGNS.sub(lambda match: _ONE_SIGN[str(match.lastgroup)], text)


def _in_line(text: str, start: int, end: int) -> list[Span]:
    found: list[Span] = []
    singles: list[tuple[int, int]] = []
    opened: list[tuple[str, int]] = []
    levels = [Single()]
    for at in range(start, end):
        sign = text[at]
        if sign not in _SIGNS:
            continue
        before = text[at - 1] if at > start else " "
        after = text[at + 1] if at + 1 < end else " "
        if sign in "‘’":
            if len(opened) < _DEPTH_KEPT:
                singles.extend(levels[-1].take(text, at, end, at_start=before in _BEFORE_OPENING))
        elif opened and sign in _PAIRS[opened[-1][0]] and _may_close(sign, opened[-1][0], before, after):
            singles.extend(levels.pop().finish(text))
            _, opened_at = opened.pop()
            if len(opened) < _DEPTH_KEPT:
                found.append(Span(opened_at, at, text[opened_at:at], len(opened)))
        elif sign in _PAIRS and _may_open(sign, before, after):
            opened.append((sign, at + 1))
            levels.append(Single())
    for level in levels:
        singles.extend(level.finish(text))
    if opened:
        opened_at = opened[0][1]
        found.append(Span(opened_at, end, text[opened_at:end], 0))
    found = [span for span in found if span.words.strip()]
    return _nested(text, found, singles) if singles else found


def _nested(text: str, found: list[Span], singles: Iterable[tuple[int, int]]) -> list[Span]:
    """All spans with their depths anew, where quotations in single marks came between."""
    spans = [*found, *(Span(start, end, text[start:end]) for start, end in singles)]
    nested: list[Span] = []
    around: list[int] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        while around and around[-1] < span.end:
            around.pop()
        if len(around) < _DEPTH_KEPT:
            nested.append(replace(span, depth=len(around)))
        around.append(span.end)
    return nested


def _may_open(sign: str, before: str, after: str) -> bool:
    """A straight mark opens at the start of a word; after a digit it means inches or seconds."""
    return sign not in _ONLY_AT_A_WORD or (before in _BEFORE_OPENING and not after.isspace())


def _may_close(sign: str, opened: str, before: str, after: str) -> bool:
    """``“``, ``"`` and ``«`` both open and close: at the start of a word they open another level."""
    if sign in _BOTH_WAYS and not sign == opened == _STRAIGHT:
        return not before.isspace() or after.isspace()
    return True
