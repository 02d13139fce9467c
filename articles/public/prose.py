"""A Publication's body as text that stands without HTML: plain, or as Markdown.

Both are forms that answer the same questions: how a heading, a link or a quotation looks in them. Pure functions:
no database, no settings.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from lxml import html

from articles.text import schema

_BLOCKS = schema.BLOCKS | {"footer", "hr", "figure"}
_DEEPEST = 20
"""What nests deeper is given as one run of words."""
_SPACE = re.compile(r"[ \t\r\n\f]+")
_MARKED = re.compile(r"[\\`*_\[\]<>|~]|&(?=#?\w)")
_LINE_START = re.compile(r"^(?:([#+=-])|(\d{1,9})([.)])(?=\s|$))", re.MULTILINE)


class Plain:
    """Words and line breaks alone."""

    line_break = "\n"
    rule = "* * *"

    def text(self, words: str) -> str:
        return words

    def paragraph(self, run: str) -> str:
        return run

    def heading(self, run: str, level: int) -> str:
        return f"{run}\n{('=' if level == 1 else '-') * min(len(run), 72)}"

    def strong(self, run: str) -> str:
        return run

    emphasis = strong

    def link(self, run: str, address: str) -> str:
        return address if run in {"", address} else f"{run} ({address})"

    def picture(self, shot: Mapping[str, Any], address: str) -> str:
        told = " ".join(filter(None, (shot.get("caption"), shot.get("credit"))))
        return f"[{shot['alt']}]" + (f"\n{told}" if told else "")

    def table(self, rows: Sequence[Sequence[str]]) -> str:
        return "\n".join(" | ".join(row) for row in rows)


class Markdown(Plain):
    """CommonMark, with the tables of GitHub's. What a body says literally is escaped."""

    line_break = "\\\n"

    def text(self, words: str) -> str:
        return _MARKED.sub(r"\\\g<0>", words)

    def paragraph(self, run: str) -> str:
        run = run.replace("![", "\\![")  # an exclamation before a link is no picture
        return _LINE_START.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", run)

    def heading(self, run: str, level: int) -> str:
        return f"{'#' * level} {run}"

    def strong(self, run: str) -> str:
        return _around(run, "**")

    def emphasis(self, run: str) -> str:
        return _around(run, "*")

    def link(self, run: str, address: str) -> str:
        target = address.replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C")
        return f"[{run or self.text(address)}](<{target}>)"

    def picture(self, shot: Mapping[str, Any], address: str) -> str:
        told = " ".join(filter(None, (shot.get("caption"), shot.get("credit"))))
        shown = "!" + self.link(self.text(_spaced(shot["alt"])), address)
        return shown + (f"\n\n{self.emphasis(self.text(_spaced(told)))}" if told else "")

    def table(self, rows: Sequence[Sequence[str]]) -> str:
        columns = max((len(row) for row in rows), default=0)
        filled = [[*row, *[""] * (columns - len(row))] for row in rows]
        lines = [f"| {' | '.join(row)} |" for row in filled]
        return "\n".join([*lines[:1], "|" + " --- |" * columns, *lines[1:]])


class Prose:
    """Writes a body in a *form*. *whole* makes a whole address of a path; *picture* draws the picture of a number."""

    def __init__(self, form: Plain, whole: Callable[[str], str], picture: Callable[[int], str]) -> None:
        self.form, self.whole, self.picture = form, whole, picture

    def write(self, body: str) -> str:
        """The sanitised HTML of a Publication as blocks with an empty line between them."""
        if not body.strip():
            return ""
        return _joined(self._flow(html.fragment_fromstring(body, create_parent="div"), 0))

    def _flow(self, element: Any, depth: int, *, flat: bool = False) -> Iterator[str]:
        """The blocks in an element; words beside blocks are paragraphs too. *flat* gives the words of all alone."""
        run = self.form.text(_spaced(element.text))
        for child in element:
            if child.tag in _BLOCKS and depth < _DEEPEST:
                yield self._paragraph(run)
                if flat:
                    yield from self._flow(child, depth + 1, flat=True)
                else:
                    yield self._block(child, depth + 1)
                run = ""
            else:
                run += self._inline(child, depth + 1)
            run += self.form.text(_spaced(child.tail))
        yield self._paragraph(run)

    def _paragraph(self, run: str) -> str:
        lines = (_spaced(line).strip(" ") for line in run.split(self.form.line_break))
        return self.form.paragraph(self.form.line_break.join(filter(None, lines)))

    def _block(self, element: Any, depth: int) -> str:
        match element.tag:
            case "h2" | "h3" if words := self._words(element, depth):
                return self.form.heading(words, int(element.tag[1]))
            case "ul" | "ol":
                return self._list(element, depth)
            case "blockquote":
                return _before_lines(_joined(self._flow(element, depth)), "> ", "> ")
            case "footer":
                return f"— {self._words(element, depth)}"
            case "table":
                return self._table(element, depth)
            case "figure":
                number = element.get("data-picture", "")
                return self.picture(int(number)) if number.isdecimal() else ""
            case "hr":
                return self.form.rule
        return _joined(self._flow(element, depth))

    def _list(self, element: Any, depth: int) -> str:
        items = [_joined(self._flow(item, depth)) for item in element.iterchildren("li")]
        marks = ["- "] * len(items) if element.tag == "ul" else [f"{n}. " for n in range(1, len(items) + 1)]
        return "\n".join(
            _before_lines(item, mark, " " * len(mark)) for mark, item in zip(marks, items, strict=True) if item
        )

    def _table(self, element: Any, depth: int) -> str:
        rows = [
            [self._words(cell, depth) for cell in row.iterchildren("td", "th")]
            for row in element.xpath("./tr | ./*/tr")
        ]
        return self.form.table([row for row in rows if row])

    def _words(self, element: Any, depth: int) -> str:
        """All that an element says, on one line."""
        joined = " ".join(filter(None, self._flow(element, depth, flat=True)))
        return joined.replace(self.form.line_break, " ")

    def _inline(self, element: Any, depth: int) -> str:
        if not isinstance(element.tag, str):
            return ""
        if element.tag == "br":
            return self.form.line_break
        if element.tag == "sup" and element.get("class") == "citation":
            return self.form.text(f"[{element.text_content()}]")
        if depth >= _DEEPEST:
            return self.form.text(_spaced(element.text_content()))
        run = self.form.text(_spaced(element.text)) + "".join(
            self._inline(child, depth + 1) + self.form.text(_spaced(child.tail)) for child in element
        )
        return self._marked_up(element, run)

    def _marked_up(self, element: Any, run: str) -> str:
        address = element.get("href", "")
        if element.tag == "strong":
            return self.form.strong(run)
        if element.tag == "em":
            return self.form.emphasis(run)
        if element.tag == "a" and address and not address.startswith("#"):
            return self.form.link(run, self.whole(address) if address.startswith("/") else address)
        return run


def _spaced(words: str | None) -> str:
    """White space of HTML as one space; a no-break space stays."""
    return _SPACE.sub(" ", words or "")


def _around(run: str, mark: str) -> str:
    """Marks close to the words: a space inside them would leave them without effect."""
    bare = run.strip()
    if not bare or "\n" in bare:
        return run
    start = run.index(bare)
    return f"{run[:start]}{mark}{bare}{mark}{run[start + len(bare) :]}"


def _before_lines(block: str, first: str, others: str) -> str:
    marked = ((first if number == 0 else others) + line for number, line in enumerate(block.split("\n")))
    return "\n".join(line.rstrip(" ") for line in marked)


def _joined(blocks: Iterator[str]) -> str:
    return "\n\n".join(block for block in blocks if block)
