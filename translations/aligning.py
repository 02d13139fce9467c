"""What of an older cut is still there in a newer one: so that exactly what changed in the original asks for work.

Pure: it knows no database. First whole paragraphs are matched, in order and then wherever they moved; of those that
changed the sentences are; a sentence that changed is matched with what stood in its place. What a translator put
together stays together, and halves whose sentence changed become one again: what they say is beside all that it says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from translations.segmenting import joined, marks_of, sha256

ALIKE = 0.4  # of their words two sentences, or paragraphs, share at least, if one is to be what became of the other


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
    """A segment of the newer text. ``key`` is that of the older one that it was, None for a new one; ``also`` are the
    keys of those that follow that one and are part of it now."""

    paragraph: int
    source: str
    marks: dict[str, Any]
    key: Any = None
    changed: bool = False
    also: tuple[Any, ...] = ()


@dataclass(frozen=True)
class _Group:
    """Neighbours that say together what neighbouring sentences said: one and one, unless a translator cut them anew."""

    rows: list[Old]
    sentences: list[str]


def align(old: Sequence[Old], new: Sequence[New], former: Sequence[New] = ()) -> list[Placed]:
    """The segments of a field, in the order of the newer text. What isn't placed is gone.

    *former* is the older cut as it was before anybody split or merged; left out, the segments are taken for it.
    """
    return _Alignment(old, new, former).placed()


class _Alignment:
    def __init__(self, old: Sequence[Old], new: Sequence[New], former: Sequence[New]) -> None:
        self.old = _by_paragraph(old)
        self.former = {part[0].paragraph: [one.source for one in part] for part in _by_paragraph(former)}
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
        groups = _groups(old, self.former.get(old[0].paragraph, []))
        owners = [group for group in groups for _sentence in group.sentences]
        pairs = _paired([one.source for one in new], [one for group in groups for one in group.sentences])
        placed: dict[int, list[Placed | New]] = {at: [one] for at, one in enumerate(new)}
        for group in groups:
            if run := _run(group, {at: owners[one] for at, one in pairs.items()}):
                placed[run[0]] = self._together(group, new[run[0] : run[-1] + 1])
                placed |= {at: [] for at in run[1:]}
        self.spare += [one for one in old if id(one) not in self.used]
        return [one for at in sorted(placed) for one in placed[at]]

    def _together(self, group: _Group, new: list[New]) -> list[Placed | New]:
        """What became of a group: cut by hand as it was where it says the same, else one."""
        paragraph, marks = new[0].paragraph, _marks(new)
        if len(group.rows) > 1 and _text(group.rows) == _text(new):
            return [self._place(one, paragraph, one.source, marks) for one in group.rows]
        first, *others = group.rows
        self.used |= {id(one) for one in others}
        source = new[0].source if len(new) == 1 else joined(one.source for one in new)
        return [self._place(first, paragraph, source, marks, others)]

    def _moved(self, row: New) -> Placed:
        """A sentence that came from elsewhere as it is keeps its translation; else it is new."""
        digest = sha256(row.source)
        for one in self.spare:
            if id(one) not in self.used and sha256(one.source) == digest:
                return self._place(one, row.paragraph, row.source, row.marks)
        return Placed(row.paragraph, row.source, row.marks)

    def _place(
        self, old: Old, paragraph: int, source: str, marks: dict[str, Any], others: Sequence[Old] = ()
    ) -> Placed:
        self.used.add(id(old))
        own = {mark.strip("</>") for mark in marks_of(source)}
        kept = {number: mark for number, mark in marks.items() if number in own}
        said = joined(one.source for one in (old, *others)) if others else old.source
        also = tuple(one.key for one in others)
        return Placed(paragraph, source, kept, old.key, sha256(said) != sha256(source), also)


def _by_paragraph(rows: Sequence[Any]) -> list[list[Any]]:
    parts: dict[int, list[Any]] = {}
    for row in rows:
        parts.setdefault(row.paragraph, []).append(row)
    return list(parts.values())


def _text(rows: Sequence[Old] | Sequence[New]) -> str:
    return " ".join(joined(row.source for row in rows).split())


def _marks(rows: Sequence[New]) -> dict[str, Any]:
    return {number: mark for row in rows for number, mark in row.marks.items()}


def _groups(rows: list[Old], sentences: list[str]) -> list[_Group]:
    """The segments of a paragraph with the sentences that they were cut from."""
    if _bare(row.source for row in rows) != _bare(sentences):
        return [_Group([row], [row.source]) for row in rows]
    groups: list[_Group] = []
    at = one = 0
    while at < len(rows):
        last, end = at + 1, one + 1
        while (more := len(_bare(row.source for row in rows[at:last])) - len(_bare(sentences[one:end]))) != 0:
            last, end = (last + 1, end) if more < 0 else (last, end + 1)
        groups.append(_Group(rows[at:last], sentences[one:end]))
        at, one = last, end
    return groups


def _bare(texts: Iterable[str]) -> str:
    """The coded texts without white space: the same for a paragraph, however it is cut."""
    return "".join("".join(texts).split())


def _paired(new: Sequence[str], old: Sequence[str]) -> dict[int, int]:
    """Which of the older sentences of a paragraph each of the newer ones is, if any."""
    pairs: dict[int, int] = {}
    was, now = [sha256(one) for one in old], [sha256(one) for one in new]
    for kind, a, last, b, end in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        if kind == "equal":
            pairs |= zip(range(b, end), range(a, last), strict=True)
        elif kind == "replace":
            alone = end - b == last - a == 1
            found = [(0, 0)] if alone else _matched(new[b:end], old[a:last])
            pairs |= {b + at: a + one for at, one in found}
    return pairs


def _run(group: _Group, owners: Mapping[int, _Group]) -> list[int]:
    """The newer sentences that a group became, with what was put between them; of those that were parted the first."""
    mine = [at for at, owner in sorted(owners.items()) if owner is group]
    if not mine:
        return []
    run = list(range(mine[0], mine[-1] + 1))
    return run if all(owners.get(at, group) is group for at in run) else mine[:1]


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
