"""Coded text: what a segment holds.

``&``, ``<`` and ``>`` of the text stand as entities. ``<1>…</1>`` is a pair of marks around words, ``<2/>`` one that
stands alone. What a mark means is kept beside the text, by its number; numbers are unique within a paragraph, so that
its segments can be put together again in any cut. A mark's other half may stand in another segment of the paragraph.
"""

import hashlib
import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator

TOKEN = re.compile(r"</(?P<close>[1-9][0-9]{0,3})>|<(?P<open>[1-9][0-9]{0,3})(?P<alone>/?)>|(?P<text>[^<]+|<)")
_MARK = re.compile(r"</?[1-9][0-9]{0,3}>|<[1-9][0-9]{0,3}/>")
_ATOM = re.compile(rf"(?P<mark>{_MARK.pattern})|&(?:amp|lt|gt);|[^<]|<")
_STRAY = re.compile(rf"(?P<kept>{_MARK.pattern}|&(?:amp|lt|gt);)|[&<>]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def code(text: str) -> str:
    """Plain text as coded text without marks."""
    return html.escape(text, quote=False)


def plain(coded: str) -> str:
    """The text that a reader sees."""
    return html.unescape(_MARK.sub("", coded))


def marks_of(coded: str) -> list[str]:
    """The marks in order, as they stand: ``["<1>", "</1>", "<2/>"]``."""
    return _MARK.findall(coded)


def repair(coded: str) -> str:
    """What a person typed as well-formed coded text: marks and entities stay, stray signs become entities.

    Control characters, which neither XML nor PostgreSQL takes, go.
    """
    return _STRAY.sub(lambda match: match["kept"] or code(match[0]), _CONTROL.sub("", coded))


def sha256(coded: str) -> str:
    """The hash of a coded text in NFC, each run of white space counted as one blank."""
    return hashlib.sha256(" ".join(unicodedata.normalize("NFC", coded).split()).encode()).hexdigest()


def split_at(coded: str, offset: int) -> tuple[str, str]:
    """The text in two, after *offset* visible characters (code points); white space at the cut goes.

    A mark that opens at the cut goes with the second part, any other with the first.
    """
    left = offset
    at = len(coded)
    for atom in _ATOM.finditer(coded):
        opens = atom["mark"] and not atom["mark"].startswith("</") and not atom["mark"].endswith("/>")
        if left <= 0 and (opens or not atom["mark"]):
            at = atom.start()
            break
        left -= not atom["mark"]
    return coded[:at].rstrip(), coded[at:].lstrip()


def merged(first: str, second: str) -> str:
    """Two neighbours of a paragraph as one, with a blank between them."""
    return joined([first, second])


def joined(texts: Iterable[str]) -> str:
    """The segments of a paragraph as one coded text, with a blank between any two."""
    return " ".join(text for text in (each.strip() for each in texts) if text)


def mark_faults(source: str, target: str) -> list[str]:
    """What is wrong with the target's marks: ``lost 2``, ``doubled 3``, ``unknown 7``, ``crossed 1`` or ``broken``.

    ``broken`` is a text that isn't coded: a stray ``&``, ``<`` or ``>``. Marks may change places as words do, as long
    as they nest; those whose other half stands in another segment keep their order.
    """
    if repair(target) != target:
        return ["broken"]
    wanted, found = Counter(marks_of(source)), Counter(marks_of(target))
    known = {_number(mark) for mark in wanted}
    faults = {f"lost {_number(mark)}": None for mark in wanted if found[mark] < wanted[mark]}
    for mark in found:
        if _number(mark) not in known:
            faults[f"unknown {_number(mark)}"] = None
        elif found[mark] > wanted[mark]:
            faults[f"doubled {_number(mark)}"] = None
    if not faults:
        faults |= {f"crossed {number}": None for number in _crossed(source, target)}
    return list(faults)


def _number(mark: str) -> str:
    return mark.strip("</>")


def _crossed(source: str, target: str) -> list[str]:
    crossed = dict.fromkeys(_badly_nested(marks_of(target)))
    halves, others = ([mark for mark in marks_of(text) if mark in _halves(source)] for text in (source, target))
    crossed |= {_number(mark): None for mark, other in zip(halves, others, strict=True) if mark != other}
    return list(crossed)


def _halves(coded: str) -> set[str]:
    """The marks whose other half stands elsewhere."""
    marks = set(marks_of(coded))
    return {
        mark for mark in marks if not mark.endswith("/>") and not {f"<{_number(mark)}>", f"</{_number(mark)}>"} <= marks
    }


def _badly_nested(marks: list[str]) -> Iterator[str]:
    both = {_number(mark) for mark in marks if mark.startswith("</")} & {
        _number(mark) for mark in marks if not mark.startswith("</")
    }
    opened: list[str] = []
    for mark in marks:
        number = _number(mark)
        if mark.endswith("/>"):
            continue
        if not mark.startswith("</"):
            opened.append(number)
        elif opened and opened[-1] == number:
            opened.pop()
        elif opened or number in both:
            yield number
            if number in opened:
                opened.remove(number)
