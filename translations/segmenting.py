"""Cutting a text into the pieces in which it is translated, and putting the translated pieces together again.

A body is cut at its blocks (paragraph, heading, list item, table cell) and each of these into sentences. What isn't
translated stays in the skeleton: the blocks' tags, pictures, rules, white space between sentences, tags that stand
around a whole paragraph, and paragraphs without a letter or digit. Inline tags become marks (``translations.coded``);
a sentence is never cut inside a pair of them. A line break is a mark, too, and ends a sentence.

``join_body(cut, targets)`` puts units back where they were. After a translator has split or merged segments there is
no unit for each any more: then ``join_paragraphs`` takes each paragraph as a whole, with a blank between its segments.
Joining never fails: marks that are unknown, doubled or crossed are dropped or closed, so that what comes out nests.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from translations.coded import (
    TOKEN,
    code,
    joined,
    mark_faults,
    marks_of,
    merged,
    plain,
    repair,
    sha256,
    split_at,
)
from translations.sentences import ends

__all__ = [
    "Cut",
    "Unit",
    "code",
    "cut_body",
    "cut_text",
    "join_body",
    "join_paragraphs",
    "join_text",
    "joined",
    "mark_faults",
    "marks_of",
    "merged",
    "plain",
    "repair",
    "sha256",
    "split_at",
]

_CITATION = r'<sup data-citation="(?P<citation>[0-9]+)">(?P=citation)</sup>'
_HTML = re.compile(rf"{_CITATION}|<(?P<close>/?)(?P<tag>[a-z][a-z0-9]*)(?P<attributes>[^>]*)>|(?P<text>[^<]+|<)")
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
_INLINE = frozenset(["strong", "em", "a", "sub", "sup", "span"])

Marks = dict[str, list[Any]]
"""By number: the tag and its attributes, ``{"1": ["a", {"href": "/x"}]}``."""


@dataclass(frozen=True)
class Unit:
    """A piece to translate: its paragraph from 0, its coded text, and what its marks are."""

    paragraph: int
    source: str
    marks: Marks = field(default_factory=dict)


@dataclass(frozen=True)
class Cut:
    """The units of a text, and ``skeleton``: what stands around them.

    The skeleton's strings stand as they are. A list is a paragraph: numbers of units, and the strings between them.
    """

    units: tuple[Unit, ...] = ()
    skeleton: list[Any] = field(default_factory=list)


@dataclass(frozen=True)
class _Atom:
    """A visible character, or a tag. ``turn`` is 1 for a tag that opens, -1 for one that closes."""

    raw: str
    seen: str = ""
    tag: str = ""
    attributes: tuple[tuple[str, str], ...] = ()
    turn: int = 0

    @property
    def blank(self) -> bool:
        return self.seen.isspace() and not self.tag


def cut_body(body: str, language: str) -> Cut:
    """Cuts a body as ``articles.text.sanitise`` gives it."""
    cutter = _Cutter(language)
    run: list[_Atom] = []
    for match in _HTML.finditer(body):
        if match["tag"] and match["tag"] not in _INLINE | {"br"}:
            cutter.run(run)
            cutter.write(match[0])
            run = []
        else:
            run += _atoms(match)
    cutter.run(run)
    return cutter.cut


def cut_text(text: str, language: str, sentences: bool = False) -> Cut:
    """Cuts a field of plain text: whole, or into the *sentences* of each line."""
    cutter = _Cutter(language if sentences else None)
    for line in text.splitlines(keepends=True) if sentences else [text]:
        cutter.run([_Atom(code(sign), sign) for sign in line])
    return cutter.cut


def join_body(cut: Cut, targets: Sequence[str]) -> str:
    """The body with *targets*, a coded text for each unit in order."""
    return _join(cut, lambda part, paragraph: _filled(part, targets), _html)


def join_paragraphs(cut: Cut, targets: Mapping[int, Sequence[str]]) -> str:
    """The body with *targets*: by paragraph, its segments. A paragraph that isn't given keeps its source.

    Where there are as many segments as units, what stands between these stays as it was; else a blank parts them.
    """
    return _join(cut, lambda part, paragraph: _said(cut, part, targets.get(paragraph)), _html)


def _said(cut: Cut, part: list[Any], segments: Sequence[str] | None) -> str:
    if segments is None:
        return _source(cut, part)
    if len(segments) != sum(isinstance(item, int) for item in part) or not all(text.strip() for text in segments):
        return joined(segments)
    left = iter(segments)
    return "".join(next(left).strip() if isinstance(item, int) else item for item in part)


def join_text(cut: Cut, targets: Sequence[str]) -> str:
    """The plain text with *targets*, a coded text for each unit in order."""
    whole = _join(cut, lambda part, paragraph: _filled(part, targets), lambda coded, marks: coded)
    return plain(whole)


def _filled(part: list[Any], targets: Sequence[str]) -> str:
    return "".join(targets[item] if isinstance(item, int) else item for item in part)


def _source(cut: Cut, part: list[Any]) -> str:
    return _filled(part, [unit.source for unit in cut.units])


def _join(cut: Cut, text: Callable[[list[Any], int], str], finish: Callable[[str, Marks], str]) -> str:
    out = []
    for part in cut.skeleton:
        if isinstance(part, str):
            out.append(part)
            continue
        units = [cut.units[item] for item in part if isinstance(item, int)]
        marks = {number: mark for unit in units for number, mark in unit.marks.items()}
        out.append(finish(text(part, units[0].paragraph), marks))
    return "".join(out)


def _html(coded: str, marks: Marks) -> str:
    """A coded paragraph as HTML that nests, whatever its marks."""
    out: list[str] = []
    opened: list[str] = []
    used: set[str] = set()
    for token in TOKEN.finditer(coded):
        number = token["open"]
        if token["text"]:
            out.append(code(html.unescape(token["text"])))
        elif token["close"]:
            if token["close"] in opened:
                while (inner := opened.pop()) != token["close"]:
                    out.append(f"</{marks[inner][0]}>")
                out.append(f"</{marks[token['close']][0]}>")
        elif number in marks and number not in used:
            used.add(number)
            tag, attributes = marks[number]
            out.append(_tag(tag, attributes))
            if tag == "sup" and "data-citation" in attributes and token["alone"]:
                out.append(f"{attributes['data-citation']}</sup>")
            elif tag != "br":
                opened.append(number)
    out += [f"</{marks[number][0]}>" for number in reversed(opened)]
    return "".join(out)


def _tag(tag: str, attributes: Mapping[str, str]) -> str:
    written = "".join(f' {name}="{_value(value)}"' for name, value in attributes.items())
    return f"<{tag}{written}>"


def _value(value: str) -> str:
    return code(value).replace('"', "&quot;")


def _atoms(match: re.Match[str]) -> list[_Atom]:
    if match["citation"]:
        return [_Atom(match[0], "", "sup", (("data-citation", match["citation"]),))]
    if match["text"]:
        return [_Atom(code(sign), sign) for sign in html.unescape(match["text"])]
    if match["tag"] == "br":
        return [_Atom(match[0], "\n", "br")]
    attributes = tuple((name, html.unescape(value)) for name, value in _ATTRIBUTE.findall(match["attributes"]))
    return [_Atom(match[0], "", match["tag"], attributes, -1 if match["close"] else 1)]


@dataclass
class _Cutter:
    """Gathers a cut. Without a language nothing is cut into sentences."""

    language: str | None
    units: list[Unit] = field(default_factory=list)
    skeleton: list[Any] = field(default_factory=list)
    paragraph: int = 0

    @property
    def cut(self) -> Cut:
        return Cut(tuple(self.units), self.skeleton)

    def write(self, raw: str) -> None:
        if raw and self.skeleton and isinstance(self.skeleton[-1], str):
            self.skeleton[-1] += raw
        elif raw:
            self.skeleton.append(raw)

    def run(self, atoms: list[_Atom]) -> None:
        """Takes what stands between two blocks. A tag whose other half isn't there parts it, as a block does."""
        pairs = _pairs(atoms)
        begun = 0
        for at, atom in enumerate(atoms):
            if atom.turn and at not in pairs:
                self._paragraph(atoms[begun:at])
                self.write(atom.raw)
                begun = at + 1
        self._paragraph(atoms[begun:])

    def _paragraph(self, atoms: list[_Atom]) -> None:
        if not any(atom.seen.isalnum() for atom in atoms):
            self.write(_raw(atoms))
            return
        start, end = _core(atoms)
        self.write(_raw(atoms[:start]))
        self._sentences(atoms[start:end])
        self.write(_raw(atoms[end:]))

    def _sentences(self, atoms: list[_Atom]) -> None:
        texts, marks = _coded(atoms)
        part: list[Any] = []
        end = 0
        for first, last in _cuts(atoms, self.language):
            if between := "".join(texts[end:first]):
                part.append(between)
            source = "".join(texts[first:last])
            part.append(len(self.units))
            own = {mark.strip("</>") for mark in marks_of(source)}
            self.units.append(Unit(self.paragraph, source, {n: mark for n, mark in marks.items() if n in own}))
            end = last
        self.skeleton.append(part)
        self.paragraph += 1


def _raw(atoms: Sequence[_Atom]) -> str:
    return "".join(atom.raw for atom in atoms)


def _pairs(atoms: Sequence[_Atom]) -> dict[int, int]:
    """Where each tag's other half stands, both ways; tags without one are not in it."""
    pairs: dict[int, int] = {}
    opened: list[int] = []
    for at, atom in enumerate(atoms):
        if atom.turn > 0:
            opened.append(at)
        elif atom.turn < 0 and opened and atoms[opened[-1]].tag == atom.tag:
            pairs[at] = opened.pop()
            pairs[pairs[at]] = at
    return pairs


def _core(atoms: Sequence[_Atom]) -> tuple[int, int]:
    """The paragraph without white space, breaks and pairs of tags that stand around all of it."""
    pairs = _pairs(atoms)
    start, end = 0, len(atoms)
    while True:
        if atoms[start].seen.isspace():
            start += 1
        elif atoms[end - 1].seen.isspace():
            end -= 1
        elif pairs.get(start) == end - 1:
            start, end = start + 1, end - 1
        else:
            return start, end


def _coded(atoms: Sequence[_Atom]) -> tuple[list[str], Marks]:
    """Each atom as coded text, and what the marks are."""
    pairs = _pairs(atoms)
    texts: list[str] = []
    marks: Marks = {}
    numbers: dict[int, int] = {}
    for at, atom in enumerate(atoms):
        if atom.turn < 0:
            texts.append(f"</{numbers[pairs[at]]}>")
        elif atom.tag:
            numbers[at] = len(marks) + 1
            marks[str(numbers[at])] = [atom.tag, dict(atom.attributes)]
            texts.append(f"<{numbers[at]}>" if atom.turn else f"<{numbers[at]}/>")
        else:
            texts.append(atom.raw)
    return texts, marks


def _cuts(atoms: Sequence[_Atom], language: str | None) -> list[tuple[int, int]]:
    """The sentences, from and to which atom. Each holds a letter or digit, and each mark's other half."""
    found: list[tuple[int, int]] = []
    begun = 0
    for end in _sentence_ends(atoms, language):
        first = _after_blanks(atoms, end)
        heard = any(atom.seen.isalnum() for atom in atoms[begun:end])
        if first > begun and heard and any(atom.seen.isalnum() for atom in atoms[first:]):
            found.append((begun, end))
            begun = first
    return [*found, (begun, len(atoms))]


def _sentence_ends(atoms: Sequence[_Atom], language: str | None) -> list[int]:
    if language is None:
        return []
    visible = [at for at, atom in enumerate(atoms) if atom.seen]
    depths, depth = [], 0
    for atom in atoms:
        depths.append(depth)
        depth += atom.turn
    found = []
    text = "".join(" " if atoms[at].blank and atoms[at].seen == "\n" else atoms[at].seen for at in visible)
    for end in ends(text, language):
        after_break = atoms[visible[end - 1]].tag == "br"
        at = visible[end - 1] + 1 if after_break else _with_citations(atoms, visible[end])
        if depths[at] == 0:
            found.append(at)
    return found


def _with_citations(atoms: Sequence[_Atom], at: int) -> int:
    """The end of a sentence, moved behind citation marks that a blank parts from it."""
    first = _after_blanks(atoms, at)
    while first < len(atoms) and atoms[first].tag == "sup" and not atoms[first].turn:
        at = first + 1
        first = _after_blanks(atoms, at)
    return at


def _after_blanks(atoms: Sequence[_Atom], at: int) -> int:
    while at < len(atoms) and atoms[at].blank:
        at += 1
    return at
