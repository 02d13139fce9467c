"""What other sites' pages and our own drafts leave in a body."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from articles.copydesk.base import Finding, Place, excerpt
from articles.copydesk.reading import Reading
from articles.enums import Severity

_LONGEST_LINE = 160
_NAME = r"[^\W\d_a-zа-яёіїєґ][\w.'’ʼ-]*(?:\s+[^\W\d_a-zа-яёіїєґ][\w.'’ʼ-]*){1,3}"
_END = r"\s*[.)\]]?\s*$"
_START = r"(?:^|(?<=[.!?…”\"»]\s))\s*[(\[]?\s*"


@dataclass(frozen=True)
class _Leftover:
    pattern: re.Pattern[str]
    message: str


def _leftover(pattern: str, message: str, *, ignore_case: bool = True) -> _Leftover:
    return _Leftover(re.compile(pattern, re.IGNORECASE if ignore_case else 0), message)


_CREDIT_TRANSLATOR = gettext_noop("“%(line)s” is typed in the story. Remove it and add the translator to the credits.")
_CREDIT_AUTHOR = gettext_noop("“%(line)s” is typed in the story. Remove it and add the author to the credits.")
_CREDIT_PICTURE = gettext_noop(
    "“%(line)s” is typed in the story. Remove it and write the credit in the picture's record."
)
_CITE = gettext_noop("“%(line)s” is typed in the story. Remove it and add the source to the citations.")
_NOT_TEXT = gettext_noop("“%(line)s” is no part of the story. Remove it: the page makes its own links to read on.")
_UNFINISHED = gettext_noop("“%(line)s” marks something that is still to be written. Write it.")

_TRANSLATION_BY_NAME = (
    _START
    + r"(?i:translat(?:ion|ed)\s*(?:by|:)|translator\s*:|traducere(?:a)?\s*(?:de|:)|tradus\s+de"
    + r"|traducător\s*:"
    + r"|перевод(?:\s+с\s+\w+)?\s*:?|перев[её]л[аи]?\s*:?|переводчи(?:к|ца)\s*:"
    + r"|пере(?:клад|клав|клала)(?:\s+з\s+\w+)?\s*:?|перекладач(?:ка)?\s*:)\s*"
    + _NAME
    + _END
)
_TRANSLATION_LINE = r"^\s*[(\[]?(?:translat(?:ed|ion)\s+by|traducere(?:a)?\s+de)\b.*$"
_BYLINE = r"^\s*(?:By|BY|De|Autor(?:i|ul)?\s*:|Author\s*:|Автор(?:ы|и)?\s*:?)\s+" + _NAME + _END
_PICTURE_LINE = r"^\s*[(\[]?(?:photos?|foto|fotografie|фото)(?:\s+(?:by|de))?\s*:\s*\S.*$"
_SOURCE_LINE = r"^\s*[(\[]?(?:sources?|sursa|surse|sursă|источники?|джерел[оа])\s*:\s*\S.*$"
_READ_ON_WORDS = (
    r"(?:(?:read|see)\s+(?:more|also|further)|continue\s+reading"
    r"|read\s+(?:the\s+)?full\s+(?:story|article)"
    r"|cite[sșş]te\s+(?:[sșş]i|mai\s+mult|mai\s+departe|continuarea|integral)|vezi\s+[sșş]i"
    r"|читайте\s+(?:также|ещ[её]|далее|також|ще|далі)|читать\s+(?:далее|полностью|также|ещ[её])"
    r"|читати\s+(?:далі|також|повністю)|подробнее|детальніше|смотрите\s+также|дивіться\s+також)"
)
_READ_ON = (
    r"^\s*[(\[]?" + _READ_ON_WORDS + r"(?:\s*$|\s*[:.…>»→)\]\-–—].*$|\s+(?:on|at|here|aici|pe|на|тут|здесь)\b.*$)"
)
_READ_ON_AT_THE_END = _START + _READ_ON_WORDS + r"\s*[:.…>»→)\]]*\s*$"
_PLACEHOLDER = r"\b(?:TK(?:TK)*|XXX+|TODO|FIXME)\b|\?\?\?+|\b(?i:lorem ipsum)\b"

_LEFTOVERS = (
    _leftover(_TRANSLATION_BY_NAME, _CREDIT_TRANSLATOR, ignore_case=False),
    _leftover(_TRANSLATION_LINE, _CREDIT_TRANSLATOR),
    _leftover(_BYLINE, _CREDIT_AUTHOR, ignore_case=False),
    _leftover(_PICTURE_LINE, _CREDIT_PICTURE),
    _leftover(_SOURCE_LINE, _CITE),
    _leftover(_READ_ON, _NOT_TEXT),
    _leftover(_READ_ON_AT_THE_END, _NOT_TEXT),
    _leftover(_PLACEHOLDER, _UNFINISHED, ignore_case=False),
)


class Leftovers:
    id = "leftovers"
    title = _("Leftovers")
    help = _("Credits, source lines, links to read on and reminders don't stand in the story itself.")

    def examine(self, reading: Reading) -> Iterator[Finding]:
        yield from self._lines("standfirst", reading.standfirst, 0)
        for block in reading.blocks:
            yield from self._lines("body", block.text, block.start)

    def _lines(self, field: str, text: str, offset: int) -> Iterator[Finding]:
        start = 0
        for line in text.split("\n"):
            found = _first(line)
            if found:
                message, begin, end = found
                at = offset + start
                words = excerpt(line, begin, end)
                place = Place(field, start=at + begin, end=at + end, excerpt=words)
                yield Finding(self.id, Severity.ERROR, message, place, {"line": words})
            start += len(line) + 1


def _first(line: str) -> tuple[str, int, int] | None:
    """The first leftover of a line as (message, start, end). Of a long line only the end counts."""
    skipped = max(0, len(line) - _LONGEST_LINE)
    for leftover in _LEFTOVERS:
        begins_line = leftover.pattern.pattern.startswith("^")
        if begins_line and skipped:
            continue
        match = leftover.pattern.search(line, 0 if leftover.message == _UNFINISHED else skipped)
        if match:
            return leftover.message, match.start(), match.end()
    return None
