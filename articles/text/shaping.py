"""Mapping HTML to the body's schema, one tag after another.

Reads what nh3 wrote (each tag closed, attributes vetted, ``<`` and ``>`` in text and attributes escaped), and
nothing else. What it writes may need the parser once more to nest rightly, which ``cleaning`` sees to.
"""

import re
from dataclasses import dataclass, field

from articles.text.schema import BLOCKS, BREAKS, INLINE, RENAMED

_TOKEN = re.compile(r"<(?P<close>/?)(?P<tag>[a-z][a-z0-9]*)(?P<attributes>[^>]*)>|[^<]+|<")
_CITATION = re.compile(r'data-citation="([0-9]+)"')
_MARK_TEXT = re.compile(r"[\s\[\]()0-9*]*")
_TEXT_BLOCKS = frozenset(["p", "h2", "h3"])
_LOOSE_TEXT_BECOMES_PARAGRAPH = frozenset(["", "blockquote"])
_KEPT_EMPTY = frozenset(["table", "thead", "tbody", "tr", "td", "th"])


def shape(cleaned: str) -> str:
    """The HTML with our tags only, empty elements dropped and loose text in paragraphs."""
    shaper = _Shaper()
    for match in _TOKEN.finditer(cleaned):
        if match["tag"] is None:
            shaper.text(match[0])
        elif match["close"]:
            shaper.leave()
        else:
            shaper.enter(match["tag"], match["attributes"])
    shaper.end_paragraph()
    return "".join(shaper.out)


@dataclass
class _Shaper:
    out: list[str] = field(default_factory=list)
    waiting: list[tuple[str, str]] = field(default_factory=list)
    """Opening tags not written yet: they are once something stands inside."""
    path: list[tuple[str, str]] = field(default_factory=list)
    """Each open tag as (kind, tag as written)."""
    holders: list[str] = field(default_factory=lambda: [""])
    """The open block tags alone."""
    own_paragraph: bool = False
    broken: bool = False

    def enter(self, tag: str, attributes: str) -> None:
        tag = RENAMED.get(tag, tag)
        if tag in {"br", "hr"}:
            self._void(tag)
        elif tag == "figure" and "data-picture" in attributes:
            self.end_paragraph()
            self._write(f"<figure{attributes}></figure>")
            self.path.append(("break", ""))
        elif tag in BREAKS or tag == "figure":
            self.end_paragraph()
            self.broken = True
            self.path.append(("break", ""))
        elif tag in BLOCKS:
            self.end_paragraph()
            self.broken = False
            self.path.append(("block", tag))
            self.holders.append(tag)
            self._open(tag, attributes)
        else:
            self._enter_inline(tag, attributes)

    def _enter_inline(self, tag: str, attributes: str) -> None:
        if tag == "sup" and (citation := _CITATION.search(attributes)):
            self._need_paragraph()
            self._write(f'<sup data-citation="{citation[1]}">{citation[1]}</sup>')
            self.path.append(("mark", ""))
        elif tag == "q":
            self.text("“")
            self.path.append(("quotation", ""))
        elif tag in INLINE and (attributes or tag not in {"a", "span"}):
            self._need_paragraph()
            self.path.append(("inline", tag))
            self._open(tag, attributes)
        else:
            self.path.append(("dropped", ""))

    def leave(self) -> None:
        kind, tag = self.path.pop() if self.path else ("dropped", "")
        if kind == "break":
            self.end_paragraph()
            self.broken = True
        elif kind == "block":
            self.end_paragraph()
            self.holders.pop()
            self.broken = False
            self._close(tag)
        elif kind == "inline":
            self._close(tag)
        elif kind == "quotation":
            self.text("”")

    def text(self, text: str) -> None:
        if self.path and self.path[-1][0] == "mark" and _MARK_TEXT.fullmatch(text):
            return
        if text.isspace() and "\u00a0" not in text and self._between_blocks():
            return
        self._need_paragraph()
        self._write(text)

    def _between_blocks(self) -> bool:
        """Whether white space here would stand in no line of text."""
        if self.waiting:
            return self.waiting[-1][0] not in INLINE
        return not self.own_paragraph and self.holders[-1] not in _TEXT_BLOCKS | {"li", "td", "th"}

    def _void(self, tag: str) -> None:
        if tag == "hr":
            self.end_paragraph()
        else:
            self._need_paragraph()
        self._write(f"<{tag}>")

    def _need_paragraph(self) -> None:
        holder = self.holders[-1]
        if self.own_paragraph or holder in _TEXT_BLOCKS:
            return
        if holder in _LOOSE_TEXT_BECOMES_PARAGRAPH or (self.broken and holder in {"li", "td", "th"}):
            self.own_paragraph = True
            self._open("p", "")

    def end_paragraph(self) -> None:
        """Ends a paragraph that loose text had opened."""
        if self.own_paragraph:
            self.own_paragraph = False
            self._close("p")

    def _open(self, tag: str, attributes: str) -> None:
        self.waiting.append((tag, attributes))
        if tag in _KEPT_EMPTY:
            self._write("")

    def _close(self, tag: str) -> None:
        if self.waiting and self.waiting[-1][0] == tag:
            self.waiting.pop()
        else:
            self._write(f"</{tag}>")

    def _write(self, text: str) -> None:
        self.out.extend(f"<{tag}{attributes}>" for tag, attributes in self.waiting)
        self.waiting.clear()
        self.out.append(text)
