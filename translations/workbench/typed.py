"""A coded text as a person types and reads it.

In a field ``&`` and ``<`` stand as themselves and marks as ``<1>…</1>``. Words of the text that look like a mark get a
backslash before them, so that what is typed always reads back as what it was. On the page a mark is a small sign.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from articles import text
from translations import segmenting

_MARK = re.compile(r"</?[1-9][0-9]{0,3}>|<[1-9][0-9]{0,3}/>")
_TYPED = re.compile(rf"(?P<slash>\\*)(?P<mark>{_MARK.pattern})|(?P<text>[&<>])")


def to_typed(coded: str) -> str:
    """The coded text as it stands in a field."""
    return _by_mark(coded, mark=_after_slashes, words=_slashed)


def to_coded(typed: str) -> str:
    """What was typed as coded text."""
    return _TYPED.sub(_read, typed)


def to_read(coded: str, marks: Mapping[str, Any]) -> SafeString:
    """The coded text as HTML in which each mark is a sign that says what it is."""
    parts = []
    end = 0
    for found in _MARK.finditer(coded):
        parts += [format_html("{}", html.unescape(coded[end : found.start()])), sign(found[0], marks)]
        end = found.end()
    parts.append(format_html("{}", html.unescape(coded[end:])))
    return mark_safe("".join(parts))  # noqa: S308  # each part is escaped


def sign(mark: str, marks: Mapping[str, Any]) -> SafeString:
    """One mark as a sign: its number, and in words for who doesn't see it."""
    number = mark.strip("</>")
    return format_html(
        '<span class="mark" data-mark="{}" title="{}"><span aria-hidden="true">{}</span>'
        '<span class="visually-hidden">{}</span></span>',
        mark, meaning(number, marks), _shape(mark, number), f"[{_spoken(mark, number)}]",
    )  # fmt: skip


def meaning(number: str, marks: Mapping[str, Any]) -> str:
    """What the mark stands for, such as ``link: /en/…``."""
    tag, attributes = marks.get(number, ["", {}])
    if "data-citation" in attributes:
        return _("citation %(number)s") % {"number": attributes["data-citation"]}
    if tag == "a":
        return _("link: %(address)s") % {"address": attributes.get("href", "")}
    names = {
        "strong": _("bold"),
        "em": _("italic"),
        "sub": _("subscript"),
        "sup": _("superscript"),
        "span": _("words in another language"),
        "br": _("line break"),
    }
    return names.get(tag, str(tag))


def differing(old: str, new: str) -> SafeString:
    """Two coded texts in one line: what only the old one has in ``<del>``, what only the new one has in ``<ins>``."""
    parts: list[tuple[SafeString, str, SafeString]] = []
    for piece in text.pieces(to_typed(old), to_typed(new)):
        if piece.same:
            parts.append((SafeString(""), piece.new, SafeString("")))
            continue
        if piece.old:
            parts.append((SafeString("<del>"), piece.old, SafeString("</del>")))
        if piece.new:
            parts.append((SafeString("<ins>"), piece.new, SafeString("</ins>")))
    return format_html_join("", "{}{}{}", parts)


def words_of(coded: Iterable[str]) -> int:
    return sum(text.words(segmenting.plain(each)) for each in coded)


def characters_of(coded: Iterable[str]) -> int:
    return sum(text.characters(segmenting.plain(each)) for each in coded)


def _shape(mark: str, number: str) -> str:
    """① for what opens or stands alone, with a stroke where it closes."""
    round_number = chr(0x2460 + int(number) - 1) if int(number) <= 20 else f"({number})"
    return f"/{round_number}" if mark.startswith("</") else round_number


def _spoken(mark: str, number: str) -> str:
    if mark.startswith("</"):
        return _("end of mark %(number)s") % {"number": number}
    return _("mark %(number)s") % {"number": number}


def _by_mark(coded: str, *, mark: Any, words: Any) -> str:
    parts = []
    end = 0
    for found in _MARK.finditer(coded):
        before = words(html.unescape(coded[end : found.start()]))
        parts += [before, mark(before, found[0])]
        end = found.end()
    return "".join([*parts, words(html.unescape(coded[end:]))])


def _slashed(words: str) -> str:
    """Words that look like a mark, with a backslash more than stood before them, and those before doubled."""
    return re.sub(rf"(\\*)({_MARK.pattern})", lambda found: f"{found[1] * 2}\\{found[2]}", words)


def _after_slashes(before: str, mark: str) -> str:
    """A mark right behind backslashes of the text: they are doubled, so that none is taken for the mark's own."""
    return before[len(before.rstrip("\\")) :] + mark


def _read(found: re.Match[str]) -> str:
    if found["text"]:
        return html.escape(found["text"], quote=False)
    slashes = len(found["slash"])
    said: str = found["mark"] if slashes % 2 == 0 else html.escape(found["mark"], quote=False)
    return "\\" * (slashes // 2) + said
