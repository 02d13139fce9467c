"""Reading a body: its visible text, its blocks and its marks.

The functions take a body as ``sanitise`` returns it. They walk its tags one after another, without a tree, so
that no depth of nesting is too much.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_TOKEN = re.compile(r"<(?P<close>/?)(?P<tag>[a-z][a-z0-9]*)(?P<attributes>[^>]*)>|(?P<text>[^<]+)|<")
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
_ANY_TAG = re.compile(r"<(?P<close>/?)(?P<tag>[a-zA-Z!?][a-zA-Z0-9]*)[^<>]*>")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_SPACE_RUN = re.compile(r" +")
_BLOCK_TAGS = frozenset(
    ["p", "h2", "h3", "ul", "ol", "li", "blockquote", "table", "thead", "tbody", "tr", "td", "th", "figure"]
)


@dataclass(frozen=True)
class Block:
    """One paragraph, heading, list item, table cell or picture.

    ``start`` is where its text begins in ``plain`` of the same body; a block without text has the offset at
    which the next text begins. ``quote`` is the number of the quote that it stands in.
    """

    tag: str
    text: str
    start: int
    quote: int | None = None
    in_blockquote: bool = False
    language: str = ""
    citations: tuple[int, ...] = ()
    pictures: tuple[int, ...] = ()


@dataclass(frozen=True)
class Marks:
    """The numbers that a body refers to, each once, in order of appearance."""

    quotes: tuple[int, ...] = ()
    citations: tuple[int, ...] = ()
    pictures: tuple[int, ...] = ()


def plain(body: str) -> str:
    """The text that a reader sees: a line a block. Citation marks and pictures leave nothing."""
    return "\n".join(block.text for block in blocks(body) if block.text)


def marks(body: str) -> Marks:
    """The quote, citation and picture numbers that the body uses."""
    found = blocks(body)
    return Marks(
        quotes=_once(block.quote for block in found if block.quote is not None),
        citations=_once(number for block in found for number in block.citations),
        pictures=_once(number for block in found for number in block.pictures),
    )


def blocks(body: str) -> list[Block]:
    """The blocks of the body that hold text or a mark, in order."""
    reader = _Reader()
    for match in _TOKEN.finditer(body):
        reader.take(match)
    reader.finish()
    return reader.found


def text_without_tags(anything: str) -> str:
    """The text of HTML that can't be parsed, a line between any two tags. It is text, not safe HTML."""
    lines: list[str] = []
    hidden = ""
    end = 0
    for match in _ANY_TAG.finditer(anything):
        if not hidden:
            lines.append(html.unescape(anything[end : match.start()]))
        tag = match["tag"].lower()
        if tag in {"script", "style"} and not hidden:
            hidden = "" if match["close"] else tag
        elif match["close"] and tag == hidden:
            hidden = ""
        end = match.end()
    lines.append("" if hidden else html.unescape(anything[end:]))
    return "\n".join(lines)


def _once(numbers: Iterator[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(numbers))


@dataclass
class _Open:
    """A block-level tag that is open, with what it hands down to those inside."""

    tag: str
    quote: int | None = None
    in_blockquote: bool = False
    language: str = ""


@dataclass
class _Reader:
    found: list[Block] = field(default_factory=list)
    path: list[_Open] = field(default_factory=lambda: [_Open("p")])
    pieces: list[str] = field(default_factory=list)
    citations: list[int] = field(default_factory=list)
    in_citation: bool = False
    offset: int = 0

    def take(self, match: re.Match[str]) -> None:
        tag = match["tag"]
        if tag is None:
            if not self.in_citation:
                self.pieces.append(_SPACE.sub(" ", html.unescape(match["text"] or "<")))
        elif match["close"]:
            self._leave(tag)
        else:
            self._enter(tag, dict(_ATTRIBUTE.findall(match["attributes"])))

    def _enter(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in _BLOCK_TAGS:
            self.finish()
            outer = self.path[-1]
            quote = _number(attributes.get("data-quote")) if tag == "blockquote" else None
            inside = outer.in_blockquote or tag == "blockquote"
            language = attributes.get("lang") or outer.language
            self.path.append(_Open(tag, quote or outer.quote, inside, language))
            if picture := _number(attributes.get("data-picture")):
                self._add("", (picture,))
        elif tag in {"br", "hr"}:
            self.pieces.append("\n")
        elif citation := _number(attributes.get("data-citation")):
            self.citations.append(citation)
            self.in_citation = True

    def _leave(self, tag: str) -> None:
        if tag in _BLOCK_TAGS:
            self.finish()
            if len(self.path) > 1:
                self.path.pop()
        elif tag == "sup":
            self.in_citation = False

    def finish(self) -> None:
        """Ends the block whose text was gathered."""
        text = _SPACE_RUN.sub(" ", "".join(self.pieces)).replace(" \n", "\n").replace("\n ", "\n").strip(" \n")
        self.pieces.clear()
        if text or self.citations:
            self._add(text)

    def _add(self, text: str, pictures: tuple[int, ...] = ()) -> None:
        inner = self.path[-1]
        citations = tuple(self.citations)
        self.citations.clear()
        self.found.append(
            Block(
                tag=inner.tag,
                text=text,
                start=self.offset,
                quote=inner.quote,
                in_blockquote=inner.in_blockquote,
                language=inner.language,
                citations=citations,
                pictures=pictures,
            )
        )
        if text:
            self.offset += len(text) + 1


def _number(value: str | None) -> int | None:
    return int(value) if value and value.isascii() and value.isdigit() else None
