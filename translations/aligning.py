"""What of an older cut is still there in a newer one: so that exactly what changed in the original asks for work.

Pure: it knows no database. First whole paragraphs are matched, in order and then wherever they moved; of those that
changed the sentences are; a sentence that changed is matched with what stood in its place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from translations.segmenting import joined, marks_of, sha256

ALIKE = 0.4  # of their words two sentences, or paragraphs, share at least, if one is to be what became of the other
RUN = 4  # sentences at the most that a translator has put together or taken apart


@dataclass(frozen=True)
class Old:
    """A segment as it stands. ``key`` is handed back."""

    key: Any
    paragraph: int
    source: str


@dataclass(frozen=True)
class New:
    """A unit of the newer cut."""

    paragraph: int
    source: str
    marks: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Placed:
    """A segment of the newer text. ``key`` is that of the older one that it was, None for a new one."""

    paragraph: int
    source: str
    marks: dict[str, Any]
    key: Any = None
    changed: bool = False


def align(old: Sequence[Old], new: Sequence[New]) -> list[Placed]:
    """The segments of a field, in the order of the newer text. What isn't placed is gone."""
    return _Alignment(old, new).placed()


class _Alignment:
    def __init__(self, old: Sequence[Old], new: Sequence[New]) -> None:
        self.old = _by_paragraph(old)
        self.new = _by_paragraph(new)
        self.used: set[int] = set()  # ids of the old ones that have their place

    def placed(self) -> list[Placed]:
        pairs = self._paragraphs()
        taken = set(pairs.values())
        # What stands alone may be moved into a paragraph of another pair: it is looked for last.
        self.spare = [one for at, part in enumerate(self.old) if at not in taken for one in part]
        found: dict[int, list[Placed | New]] = {}
        for at, part in enumerate(self.new):
            found[at] = self._sentences(self.old[pairs[at]], part) if at in pairs else list(part)
        rows = [one for at in sorted(found) for one in found[at]]
        return [row if isinstance(row, Placed) else self._moved(row) for row in rows]

    def _paragraphs(self) -> dict[int, int]:
        """Which paragraph of the older cut each of the newer one is, if any."""
        old, new = [_text(part) for part in self.old], [_text(part) for part in self.new]
        pairs: dict[int, int] = {}
        blocks = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
        for kind, a, _end, b, end in blocks:
            if kind == "equal":
                pairs |= {b + step: a + step for step in range(end - b)}
        free = [at for at in range(len(old)) if at not in set(pairs.values())]
        for at in range(len(new)):  # moved as it is
            if at not in pairs and (same := next((one for one in free if old[one] == new[at]), None)) is not None:
                pairs[at] = same
                free.remove(same)
        for kind, a, last, b, end in blocks:  # changed in its place
            if kind == "replace":
                here = [one for one in range(a, last) if one in free]
                there = [at for at in range(b, end) if at not in pairs]
                for at, one in _matched([new[at] for at in there], [old[one] for one in here]):
                    pairs[there[at]] = here[one]
                    free.remove(here[one])
        return pairs

    def _sentences(self, old: list[Old], new: list[New]) -> list[Placed | New]:
        """The new sentences of a paragraph, each placed or left as it is."""
        if _text(old) == _text(new):
            marks = _marks(new)
            return [self._place(one, new[0].paragraph, one.source, marks) for one in old]
        new = _as_cut_by_hand(old, new)
        was, now = [sha256(one.source) for one in old], [sha256(one.source) for one in new]
        placed: list[Placed | New] = list(new)
        for kind, a, last, b, end in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
            if kind == "equal":
                for step in range(end - b):
                    placed[b + step] = self._place(old[a + step], new[b].paragraph, new[b + step].source, _marks(new))
            elif kind == "replace":
                texts = [one.source for one in new[b:end]], [one.source for one in old[a:last]]
                alone = len(texts[0]) == len(texts[1]) == 1
                for at, one in [(0, 0)] if alone else _matched(*texts):
                    here = new[b + at]
                    placed[b + at] = self._place(old[a + one], here.paragraph, here.source, here.marks)
        self.spare += [one for one in old if id(one) not in self.used]
        return placed

    def _moved(self, row: New) -> Placed:
        """A sentence that came from elsewhere as it is keeps its translation; else it is new."""
        digest = sha256(row.source)
        for one in self.spare:
            if id(one) not in self.used and sha256(one.source) == digest:
                return self._place(one, row.paragraph, row.source, row.marks)
        return Placed(row.paragraph, row.source, row.marks)

    def _place(self, old: Old, paragraph: int, source: str, marks: dict[str, Any]) -> Placed:
        self.used.add(id(old))
        own = {mark.strip("</>") for mark in marks_of(source)}
        kept = {number: mark for number, mark in marks.items() if number in own}
        return Placed(paragraph, source, kept, old.key, sha256(old.source) != sha256(source))


def _by_paragraph(rows: Sequence[Any]) -> list[list[Any]]:
    parts: dict[int, list[Any]] = {}
    for row in rows:
        parts.setdefault(row.paragraph, []).append(row)
    return list(parts.values())


def _text(rows: Sequence[Old] | Sequence[New]) -> str:
    return " ".join(joined(row.source for row in rows).split())


def _marks(rows: Sequence[New]) -> dict[str, Any]:
    return {number: mark for row in rows for number, mark in row.marks.items()}


def _as_cut_by_hand(old: list[Old], new: list[New]) -> list[New]:
    """The new sentences cut as the translator has cut those that are the same."""
    by_hand = {_text(run): run for run in _runs(old)}
    cut: list[New] = []
    at = 0
    while at < len(new):
        for size in range(min(RUN, len(new) - at), 0, -1):
            run = new[at : at + size]
            parts = by_hand.get(_text(run))
            if parts and (size == 1 or len(parts) == 1):
                marks = _marks(run)
                cut += [New(run[0].paragraph, part.source, marks) for part in parts]
                at += size
                break
        else:
            cut.append(new[at])
            at += 1
    return cut


def _runs(rows: list[Old]) -> list[list[Old]]:
    return [rows[at : at + size] for size in range(RUN, 0, -1) for at in range(len(rows) - size + 1)]


def _matched(new: Sequence[str], old: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of what is most alike, each once; what has too little in common stays alone."""
    ratios = [(_alike(one, other), -at, -number) for at, one in enumerate(new) for number, other in enumerate(old)]
    pairs: dict[int, int] = {}
    for ratio, at, number in sorted(ratios, reverse=True):
        if ratio >= ALIKE and -at not in pairs and -number not in pairs.values():
            pairs[-at] = -number
    return sorted(pairs.items())


def _alike(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one.split(), other.split(), autojunk=False)
    return matcher.ratio() if matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE else 0.0
