"""TMX 1.4, out and in: what a translation memory holds, one unit after another.

Marks are ``bpt`` and ``ept`` where a text has both halves, ``it`` where it has one, ``ph`` where they stand alone; the
mark's number is ``x`` on all of them. A file of another program may have none: then they are numbered in order.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from itertools import count
from typing import Any, BinaryIO
from xml.sax.saxutils import quoteattr

from django.utils.translation import gettext as _
from lxml import etree

from translations.coded import TOKEN, code
from translations.exchange import safe
from translations.exchange.sheet import Unreadable

MOST_BYTES = 200 * 1024 * 1024
_MOMENT = "%Y%m%dT%H%M%SZ"
_NUMBER = re.compile(r"[1-9][0-9]{0,3}")
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_PROPERTIES = ("origin", "before", "after", "field", "method", "engine")


@dataclass(frozen=True)
class Entry:
    """A text and its translation, both coded. ``before`` and ``after`` are the hashes of its neighbours, ``by`` is a
    user's name, ``method`` and ``engine`` say what part a machine had."""

    source_language: str
    target_language: str
    source: str
    target: str
    by: str = ""
    at: datetime | None = None
    origin: str = ""
    before: str = ""
    after: str = ""
    field: str = ""
    method: str = ""
    engine: str = ""


def write(entries: Iterable[Entry], source_language: str = "*all*") -> Iterator[bytes]:
    """The file in pieces, so that a memory of any size can be sent. *source_language* is that of all, if any."""
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4"><header creationtool="newsroom"'
        ' creationtoolversion="1" segtype="sentence" o-tmf="newsroom" adminlang="en" datatype="html"'
        f" srclang={quoteattr(source_language)}/><body>\n"
    ).encode()
    for entry in entries:
        yield _unit(entry).encode()
    yield b"</body></tmx>\n"


def read(stream: BinaryIO | bytes) -> Iterator[Entry]:
    """The entries of a file, one after another. Raises ``Unreadable`` where the file is none.

    A unit of one language is left out. One of several is an entry for each besides its source, which is of the language
    that it or the header names, or the first.
    """
    held = _Bounded(BytesIO(stream) if isinstance(stream, bytes) else stream)
    language = "*all*"
    try:
        walk = etree.iterparse(
            held, events=("start", "end"), resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False,
            remove_comments=True, remove_pis=True,
        )  # fmt: skip
        first = True
        for event, element in walk:
            if first:
                first = False
                _is_tmx(element)
            if event == "start" and element.tag == "header":
                language = element.get("srclang", "*all*")
            elif event == "end" and element.tag == "tu":
                yield from _entries(element, language)
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(_("The file can't be read as TMX. Export it anew from your program.")) from error


class _Bounded:
    """A stream that ends where a file is larger than is read."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream, self.left = stream, MOST_BYTES

    def read(self, size: int = 65536) -> bytes:
        part = self.stream.read(size)
        self.left -= len(part)
        if self.left < 0:
            most = MOST_BYTES // 1024 // 1024
            raise Unreadable(_("The file is too large: at most %(most)s MB are read.") % {"most": most})
        return part


def _is_tmx(element: Any) -> None:
    if element.tag != "tmx":
        raise Unreadable(_("This is no TMX file. Export the memory as TMX 1.4."))
    declared = element.getroottree().docinfo.internalDTD
    if declared is not None and list(declared.iterentities()):
        raise Unreadable(_("The file declares entities of its own. Export it anew without them."))


def _unit(entry: Entry) -> str:
    moment = f' creationdate="{entry.at.astimezone(UTC).strftime(_MOMENT)}"' if entry.at else ""
    who = f" creationid={_attribute(entry.by)}" if entry.by else ""
    held = "".join(
        f'<prop type="x-{name}">{_text(value)}</prop>' for name in _PROPERTIES if (value := getattr(entry, name))
    )
    sides = ((entry.source_language, entry.source), (entry.target_language, entry.target))
    variants = "".join(
        f"<tuv xml:lang={_attribute(language)}><seg>{_segment(text)}</seg></tuv>" for language, text in sides
    )
    return f"<tu{moment}{who} srclang={_attribute(entry.source_language)}>{held}{variants}</tu>\n"


def _segment(coded: str) -> str:
    tokens = list(TOKEN.finditer(coded))
    opens = Counter(token["open"] for token in tokens if token["open"] and not token["alone"])
    closes = Counter(token["close"] for token in tokens if token["close"])
    out = []
    for token in tokens:
        number = token["open"] or token["close"]
        if token["text"]:
            out.append(_text(html.unescape(token["text"])))
        elif token["alone"]:
            out.append(f'<ph x="{number}"/>')
        elif opens[number] == closes[number] == 1:
            out.append(f'<bpt i="{number}" x="{number}"/>' if token["open"] else f'<ept i="{number}"/>')
        else:
            out.append(f'<it pos="{"begin" if token["open"] else "end"}" x="{number}"/>')
    return "".join(out)


def _text(text: str) -> str:
    return code(_NOT_XML.sub("", text)).replace("\r", "&#13;")


def _attribute(text: str) -> str:
    return quoteattr(_NOT_XML.sub("", text))


def _entries(unit: Any, header_language: str) -> Iterator[Entry]:
    found: dict[str, str] = {}
    for variant in unit.findall("tuv"):
        language = (variant.get(safe.XML_LANG) or variant.get("lang") or "").strip()
        segment = variant.find("seg")
        if language and segment is not None:
            found.setdefault(language, _Reader().coded(segment))
    wanted = unit.get("srclang") or header_language
    source = next((one for one in found if one.lower() == wanted.lower()), next(iter(found), ""))
    held = {prop.get("type", "")[2:]: "".join(prop.itertext()) for prop in unit.findall("prop")}
    for language, text in found.items():
        if language == source or not text.strip() or not found[source].strip():
            continue
        yield Entry(
            source, language, found[source], text, unit.get("creationid", ""), _moment(unit.get("creationdate", "")),
            **{name: held[name] for name in _PROPERTIES if name in held},
        )  # fmt: skip


def _moment(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, _MOMENT).replace(tzinfo=UTC)
    except ValueError:
        return None


class _Reader:
    """Reads one text. What a code holds of another program's is left out; its number counts."""

    def __init__(self) -> None:
        self.pairs: dict[str, str] = {}
        self.used: set[str] = set()

    def coded(self, element: Any) -> str:
        return "".join(self._pieces(element))

    def _pieces(self, element: Any) -> Iterator[str]:
        if isinstance(element, etree._Entity):
            raise Unreadable(_("The file declares entities of its own. Export it anew without them."))
        yield code(element.text or "")
        for child in element:
            yield from self._one(child)
            yield code(child.tail or "")

    def _one(self, child: Any) -> Iterator[str]:
        if child.tag == "hi":
            yield from self._pieces(child)
        elif child.tag == "bpt":
            number = self._number(child.get("x") or child.get("i"))
            self.pairs[child.get("i", "")] = number
            yield f"<{number}>"
        elif child.tag == "ept":
            number = self.pairs.get(child.get("i", "")) or self._number(child.get("x") or child.get("i"))
            yield f"</{number}>"
        elif child.tag == "it":
            number = self._number(child.get("x"))
            yield f"</{number}>" if child.get("pos") == "end" else f"<{number}>"
        elif child.tag in {"ph", "ut"}:
            yield f"<{self._number(child.get('x'))}/>"
        else:
            raise Unreadable(_("The file has an element inside a text that TMX doesn't know."))

    def _number(self, given: str | None) -> str:
        number = given if given and _NUMBER.fullmatch(given) else self._free()
        self.used.add(number)
        return number

    def _free(self) -> str:
        return next(number for number in map(str, count(1)) if number not in self.used)
