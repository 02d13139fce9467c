"""What differs between two texts: paragraph by paragraph, and word by word."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"\w+|\s+|[^\w\s]")
_MOST_WORDS = 4_000  # words and spaces of one changed passage; beyond that it is taken whole
_MOST_FOR_READERS = 1_000  # the same for a page that anybody may ask for as often as they like
_MOST_PAIRS = 2_500  # of changed paragraphs that are weighed against each other
_ALIKE = 0.4  # the share of their words that two wordings of one paragraph have in common


@dataclass(frozen=True)
class Piece:
    """A stretch of the old text and what stands for it in the new one; either may be empty."""

    same: bool
    old: str
    new: str


def pieces(old: str, new: str, most: int = _MOST_WORDS) -> list[Piece]:
    """Both texts cut where they differ: the old sides joined are the old text, the new sides the new one.

    A changed passage of more than *most* words and spaces is one piece.
    """
    found = []
    for run in _runs(old.split("\n"), new.split("\n"), "\n"):
        before, after = _WORD.findall(run.old), _WORD.findall(run.new)
        if run.same or max(len(before), len(after)) > most:
            found.append(run)
        else:
            found += _runs(before, after, "")
    return found


def passages(old: str, new: str) -> list[Piece]:
    """As ``pieces``, for readers: words that changed side by side are one piece, as space alone parts them."""
    found: list[Piece] = []
    for piece in pieces(old, new, _MOST_FOR_READERS):
        between = len(found) > 1 and found[-1].same and not found[-1].new.strip() and not found[-2].same
        if between and not piece.same:
            found[-2:] = [_joined(*found[-2:], piece)]
        elif found and not piece.same and not found[-1].same:
            found[-1] = _joined(found[-1], piece)
        else:
            found.append(piece)
    return found


def paragraphs(old: Sequence[str], new: Sequence[str]) -> list[Piece]:
    """The paragraphs of two texts beside each other, in order; one that has no like has nothing on its other side."""
    found: list[Piece] = []
    for act, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if act == "equal":
            found += [Piece(True, text, text) for text in old[i:j]]
        else:
            found += _paired(old[i:j], new[k:m])
    return found


def _joined(*parts: Piece) -> Piece:
    return Piece(False, "".join(part.old for part in parts), "".join(part.new for part in parts))


def _runs(old: list[str], new: list[str], joint: str) -> Iterator[Piece]:
    for act, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        left, right = joint.join(old[i:j]), joint.join(new[k:m])
        yield Piece(
            act == "equal",
            left + joint if left and j < len(old) else left,
            right + joint if right and m < len(new) else right,
        )


def _paired(old: Sequence[str], new: Sequence[str]) -> list[Piece]:
    """Changed paragraphs, each beside its other wording: so that together they have the most words in common."""
    if not (old and new) or len(old) * len(new) > _MOST_PAIRS:
        return [*(Piece(False, text, "") for text in old), *(Piece(False, "", text) for text in new)]
    likeness = _likeness(old, new)
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]  # of what follows row and column
    for i in reversed(range(len(old))):
        for k in reversed(range(len(new))):
            best[i][k] = max(best[i + 1][k], best[i][k + 1], likeness[i][k] + best[i + 1][k + 1])
    found, i, k = [], 0, 0
    while i < len(old) or k < len(new):
        if i < len(old) and k < len(new) and likeness[i][k] and best[i][k] == likeness[i][k] + best[i + 1][k + 1]:
            found.append(Piece(False, old[i], new[k]))
            i, k = i + 1, k + 1
        elif i < len(old) and best[i][k] == best[i + 1][k]:
            found.append(Piece(False, old[i], ""))
            i += 1
        else:
            found.append(Piece(False, "", new[k]))
            k += 1
    return found


def _likeness(old: Sequence[str], new: Sequence[str]) -> list[list[float]]:
    """For any two the share of words in common; 0 where they are not two wordings of one paragraph."""
    before, after = ([Counter(re.findall(r"\w+", text)) for text in side] for side in (old, new))
    return [[_share(one, other) for other in after] for one in before]


def _share(one: Counter[str], other: Counter[str]) -> float:
    words = one.total() + other.total()
    share = 2 * (one & other).total() / words if words else 0.0
    return share if share >= _ALIKE else 0.0
