"""XLIFF 2.1, out and in: a file per job, a group per paragraph, a unit per segment.

A unit's id is the segment and the version that it had (``s12.v3``); tools have to leave ids alone. Marks are ``pc``
where they nest and ``ph`` where they stand alone; a half whose other half is in another segment is an isolated ``sc``
or ``ec``. What they mean is in ``originalData``. A segment that is left out says why in a note of the category
*omitted*.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from translations.coded import TOKEN, code
from translations.enums import SegmentState
from translations.exchange import safe
from translations.exchange.sheet import Line, Returned, Row, Sheet, Unreadable, job_name, job_of, key_of

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
_X = f"{{{NAMESPACE}}}"
OMITTED = "omitted"
STALE = "newsroom:changed"
LEFT_OUT = "newsroom:omitted"
_TYPES = {"a": "link", "strong": "fmt", "em": "fmt", "sub": "fmt", "sup": "fmt", "br": "fmt"}
_SUBTYPES = {"strong": "xlf:b", "em": "xlf:i", "br": "xlf:lb"}
_FIXED = {"canCopy": "no", "canDelete": "no"}
_NUMBER = re.compile(r"e?(?P<number>[1-9][0-9]{0,3})(?:-[0-9]+)?")
_NAME = re.compile(r"[^A-Za-z0-9_.-]")
_VERSIONS = frozenset(["2.0", "2.1", "2.2"])
_SPANS = frozenset(["mrk"])
_POINTS = frozenset(["sm", "em"])
_DEEPEST = 100


def write(sheet: Sheet) -> bytes:
    """The job as an XLIFF file in UTF-8."""
    root = etree.Element(
        f"{_X}xliff", {"version": "2.1", "srcLang": sheet.source_language, "trgLang": sheet.target_language},
        nsmap={None: NAMESPACE},
    )  # fmt: skip
    root.set(safe.XML_SPACE, "preserve")
    file = etree.SubElement(root, f"{_X}file", id=job_name(sheet.job), original=_clean(sheet.headline))
    file.set("canResegment", "no")
    if sheet.brief.strip():
        _note(file, "brief", sheet.brief)
    for number, (where, lines) in enumerate(groupby(sheet.lines, key=lambda line: (line.field, line.paragraph))):
        group = etree.SubElement(file, f"{_X}group", id=f"g{number}", name=_NAME.sub("-", f"{where[0]}-{where[1]}"))
        for line in lines:
            _unit(group, line)
    content: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return content


def read(content: bytes) -> Returned:
    """What an XLIFF file of ours says now. Raises ``Unreadable``."""
    root = safe.xml(content)
    if etree.QName(root).localname != "xliff":
        raise Unreadable(_("This is no XLIFF file. Send the file that was downloaded here, translated."))
    if etree.QName(root).namespace != NAMESPACE or root.get("version") not in _VERSIONS:
        raise Unreadable(_("This is another version of XLIFF. Save the file as XLIFF 2.1 (or 2.0)."))
    files = root.findall(f"{_X}file")
    job = job_of(files[0].get("id", "")) if len(files) == 1 else None
    if job is None:
        raise Unreadable(
            _("The file doesn't say which translation it belongs to. Send the one that was downloaded here.")
        )
    rows = tuple(_row(unit) for unit in files[0].iter(f"{_X}unit"))
    return Returned(job, root.get("srcLang", ""), root.get("trgLang", ""), rows)


def _unit(group: Any, line: Line) -> None:
    unit = etree.SubElement(group, f"{_X}unit", id=line.key, name=_NAME.sub("-", line.field), canResegment="no")
    notes = [(OMITTED, line.omitted), ("changed-from", _readable(line.old_source) if line.stale else "")]
    for category, text in notes:
        if text.strip():
            _note(unit, category, text)
    if line.marks:
        _original_data(unit, line.marks)
    segment = etree.SubElement(unit, f"{_X}segment", state=line.state)
    if line.omitted or line.stale:
        segment.set("subState", LEFT_OUT if line.omitted else STALE)
    _inline(etree.SubElement(segment, f"{_X}source"), line.source, line.marks)
    if line.target or line.state != SegmentState.INITIAL:
        _inline(etree.SubElement(segment, f"{_X}target"), line.target, line.marks)


def _note(owner: Any, category: str, text: str) -> None:
    notes = owner.find(f"{_X}notes")
    if notes is None:
        notes = etree.SubElement(owner, f"{_X}notes")
    etree.SubElement(notes, f"{_X}note", category=category).text = _clean(text)


def _original_data(unit: Any, marks: Mapping[str, Any]) -> None:
    held = etree.SubElement(unit, f"{_X}originalData")
    for number, (tag, attributes) in marks.items():
        written = "".join(f' {name}="{html.escape(value)}"' for name, value in attributes.items())
        etree.SubElement(held, f"{_X}data", id=f"d{number}").text = _clean(f"<{tag}{written}>")
        if not _alone(tag, attributes):
            etree.SubElement(held, f"{_X}data", id=f"d{number}e").text = f"</{tag}>"


def _alone(tag: str, attributes: Mapping[str, str]) -> bool:
    return tag == "br" or (tag == "sup" and "data-citation" in attributes)


def _inline(element: Any, coded: str, marks: Mapping[str, Any]) -> None:
    """Writes a coded text into the element, whatever its marks: those that don't nest as ``sc`` and ``ec``."""
    tokens = list(TOKEN.finditer(coded))
    nested, halves = _partners(tokens)
    place, used = _Place(element), _Ids()
    for at, token in enumerate(tokens):
        if token["text"]:
            place.text(_clean(html.unescape(token["text"])))
        elif token["alone"]:
            place.empty("ph", used.code(token["open"]) | _kind(token["open"], marks) | _data(token["open"], marks))
        elif token["open"] and at in nested:
            place.enter("pc", used.code(token["open"]) | _kind(token["open"], marks) | _pair_data(token["open"], marks))
        elif at in nested:
            place.leave()
        elif token["open"]:
            begun = used.code(token["open"]) | {"canOverlap": "yes"}
            isolated = {} if at in halves else {"isolated": "yes"}
            place.empty("sc", begun | isolated | _kind(token["open"], marks) | _data(token["open"], marks))
            used.begun[at] = begun["id"]
        elif at in halves:
            ends = {"startRef": used.begun[halves[at]], "canOverlap": "yes"} | _FIXED
            place.empty("ec", ends | _data(token["close"], marks, "e"))
        else:
            isolated = {"isolated": "yes"} | _kind(token["close"], marks) | _data(token["close"], marks, "e")
            place.empty("ec", used.code(token["close"], "e") | isolated)


def _partners(tokens: list[re.Match[str]]) -> tuple[set[int], dict[int, int]]:
    """Which tags are halves of pairs that nest; and where the other half stands of those that cross, both ways."""
    last: dict[str, list[int]] = {}
    pairs: list[tuple[int, int]] = []
    for at, token in enumerate(tokens):
        if token["open"] and not token["alone"]:
            last.setdefault(token["open"], []).append(at)
        elif token["close"] and last.get(token["close"]):
            pairs.append((last[token["close"]].pop(), at))
    stack: list[tuple[int, int]] = []
    crossed: set[tuple[int, int]] = set()
    for pair in sorted(pairs):
        while stack and stack[-1][1] < pair[0]:
            stack.pop()
        if (stack and stack[-1][1] < pair[1]) or len(stack) >= _DEEPEST:
            crossed.add(pair)
        else:
            stack.append(pair)
    nested = {at for pair in pairs if pair not in crossed for at in pair}
    return nested, {one: other for pair in crossed for one, other in (pair, pair[::-1])}


class _Ids:
    """Ids within one text: a second use of a mark is a copy of the first."""

    def __init__(self) -> None:
        self.used: dict[str, int] = {}
        self.begun: dict[int, str] = {}

    def code(self, number: str, prefix: str = "") -> dict[str, str]:
        name = prefix + number
        self.used[name] = self.used.get(name, 0) + 1
        if self.used[name] == 1:
            return {"id": name} | _FIXED
        return {"id": f"{name}-{self.used[name]}", "copyOf": name} | _FIXED


class _Place:
    """Where the next piece goes."""

    def __init__(self, element: Any) -> None:
        self.path = [element]
        self.path[0].text = ""

    def text(self, text: str) -> None:
        inner = self.path[-1]
        if len(inner):
            inner[-1].tail = (inner[-1].tail or "") + text
        else:
            inner.text = (inner.text or "") + text

    def empty(self, tag: str, attributes: dict[str, str]) -> None:
        etree.SubElement(self.path[-1], f"{_X}{tag}", attributes)

    def enter(self, tag: str, attributes: dict[str, str]) -> None:
        self.path.append(etree.SubElement(self.path[-1], f"{_X}{tag}", attributes))

    def leave(self) -> None:
        self.path.pop()


def _kind(number: str, marks: Mapping[str, Any]) -> dict[str, str]:
    tag = marks[number][0] if number in marks else ""
    kind = {"type": _TYPES.get(tag, "other")}
    return kind | ({"subType": _SUBTYPES[tag]} if tag in _SUBTYPES else {})


def _data(number: str, marks: Mapping[str, Any], end: str = "") -> dict[str, str]:
    return {"dataRef": f"d{number}{end}"} if number in marks else {}


def _pair_data(number: str, marks: Mapping[str, Any]) -> dict[str, str]:
    return {"dataRefStart": f"d{number}", "dataRefEnd": f"d{number}e"} if number in marks else {}


def _row(unit: Any) -> Row:
    key = key_of(unit.get("id", ""))
    if key is None:
        raise Unreadable(_("The file has a unit that isn't from here. Send the file that was downloaded here."))
    segments = unit.findall(f"{_X}segment")
    if not segments:
        raise Unreadable(_("The file has a unit without a segment. Export it anew from your program."))
    parts = [part for part in unit if part.tag in {f"{_X}segment", f"{_X}ignorable"}]
    states = [segment.get("state", SegmentState.INITIAL) for segment in segments]
    if not set(states) <= set(SegmentState.values):
        raise Unreadable(_("The file has a segment in a state that XLIFF doesn't know."))
    notes = unit.findall(f"{_X}notes/{_X}note[@category='{OMITTED}']")
    return Row(
        *key,
        source="".join(_texts(parts, "source")),
        target="".join(_texts(parts, "target")),
        state=min(states, key=SegmentState.values.index),
        omitted=" ".join("".join(notes[0].itertext()).split()) if notes else "",
    )


def _texts(parts: Iterable[Any], side: str) -> Iterator[str]:
    """One side of each part; white space between two segments of one unit has no target of its own."""
    for part in parts:
        found = part.find(f"{_X}{side}")
        if found is None and etree.QName(part).localname == "ignorable":
            found = part.find(f"{_X}source")
        if found is not None:
            yield "".join(_coded(found, {}))


def _coded(element: Any, begun: dict[str, str]) -> Iterator[str]:
    yield code(element.text or "")
    for child in element:
        yield from _one(child, begun)
        yield code(child.tail or "")


def _one(child: Any, begun: dict[str, str]) -> Iterator[str]:
    name = etree.QName(child).localname
    if name == "cp":
        yield code(_character(child.get("hex", "")))
    elif name in _SPANS:
        yield from _coded(child, begun)
    elif name == "ph":
        yield f"<{_number(child)}/>"
    elif name == "pc":
        number = _number(child)
        yield f"<{number}>"
        yield from _coded(child, begun)
        yield f"</{number}>"
    elif name == "sc":
        begun[child.get("id", "")] = _number(child)
        yield f"<{begun[child.get('id', '')]}>"
    elif name == "ec":
        yield f"</{begun.get(child.get('startRef', '')) or _number(child)}>"
    elif name not in _POINTS:
        raise Unreadable(_("The file has an element inside a text that XLIFF doesn't know."))


def _number(element: Any) -> str:
    """The mark's number: of what it is a copy of, else its own. A mark that a tool added is a number not in use."""
    found = _NUMBER.fullmatch(element.get("copyOf") or element.get("id", "")) or _NUMBER.fullmatch(
        element.get("startRef", "")
    )
    return found["number"] if found else "9999"


def _character(code_point: str) -> str:
    """A character that XML can't hold; what no text of ours can hold either goes."""
    try:
        sign = chr(int(code_point, 16))
    except (ValueError, OverflowError):
        return ""
    return sign if sign.isprintable() else ""


def _readable(coded: str) -> str:
    return html.unescape(coded)


_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _clean(text: str) -> str:
    """Without the characters that XML has no place for."""
    return _NOT_XML.sub("", text)
