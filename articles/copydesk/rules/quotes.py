"""Every quotation has a record, every record a speaker and a source."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from articles.copydesk.base import Finding, Place, excerpt
from articles.copydesk.reading import Quote, Reading
from articles.enums import QuoteKind, Severity
from articles.names import light
from articles.text import quotations

FEWEST_WORDS = 4
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_LEFT_OUT = re.compile(r"[(\[]?(?:…|\.{3,})[)\]]?")

_NO_RECORD = gettext_noop(
    "Nobody is recorded as having said “%(words)s”. Add a quote with these words, its speaker and its source."
)
_NO_MARK_RECORD = gettext_noop(
    "The body refers to quote %(number)s, but no quote has this number. Add the quote or free the paragraph."
)
_NOT_PRINTED = gettext_noop(
    "The words of quote %(number)s don't stand in the story. Bring the two into line, or make the quote a paraphrase."
)
_NO_SPEAKER = gettext_noop("Quote %(number)s has no speaker. Choose the person, or describe who said it.")
_NO_SOURCE = gettext_noop(
    "Quote %(number)s has no source. Choose the citation it was taken from, or tick “own reporting”."
)
_NO_WORDS = gettext_noop("Quote %(number)s has no words. Write what was said.")


@dataclass(frozen=True)
class _Printed:
    """A quotation as the story prints it."""

    words: str
    place: Place


class Quotes:
    id = "quotes"
    title = _("Quotes")
    help = _("A quotation of four words or more has a quote record with the same words, a speaker and a source.")

    def examine(self, reading: Reading) -> Iterator[Finding]:
        yield from self._printed(reading)
        yield from self._records(reading)

    def _printed(self, reading: Reading) -> Iterator[Finding]:
        recorded = [_plain(quote.words) for quote in reading.quotes if quote.kind == QuoteKind.DIRECT]
        for printed in _all_printed(reading):
            if _count(printed.words) >= FEWEST_WORDS and not _is_recorded(printed.words, recorded):
                params = {"words": excerpt(printed.words)}
                yield Finding(self.id, Severity.ERROR, _NO_RECORD, printed.place, params)
        numbers = {quote.number for quote in reading.quotes}
        for number in reading.marks.quotes:
            if number not in numbers:
                block = next(block for block in reading.blocks if block.quote == number)
                place = Place("body", start=block.start, end=block.start + len(block.text), excerpt=excerpt(block.text))
                yield Finding(self.id, Severity.ERROR, _NO_MARK_RECORD, place, {"number": str(number)})

    def _records(self, reading: Reading) -> Iterator[Finding]:
        text = _plain(f"{reading.headline}\n{reading.standfirst}\n{reading.text}")
        printed = [_plain(one.words) for one in _all_printed(reading)]
        cited = {citation.number for citation in reading.citations}
        for quote in reading.quotes:
            if not quote.words.strip():
                yield self._of(quote, Severity.ERROR, _NO_WORDS)
            elif quote.kind == QuoteKind.DIRECT and not _is_printed(quote, text, printed):
                yield self._of(quote, Severity.WARNING, _NOT_PRINTED)
            if quote.person is None and not quote.description.strip():
                yield self._of(quote, Severity.ERROR, _NO_SPEAKER)
            if quote.citation not in cited and not reading.own_reporting:
                yield self._of(quote, Severity.ERROR, _NO_SOURCE)

    def _of(self, quote: Quote, severity: Severity, message: str) -> Finding:
        place = Place("quotes", row=quote.number, excerpt=excerpt(quote.words))
        return Finding(self.id, severity, message, place, {"number": str(quote.number)})


def _all_printed(reading: Reading) -> Iterator[_Printed]:
    """The outermost quotations of standfirst and body; a block quotation is one whatever its marks.

    A line that is broken within a paragraph goes on: its break is read as a space.
    """
    for span in quotations(reading.standfirst.replace("\n", " ")):
        if span.depth == 0:
            yield _Printed(span.words, Place("standfirst", start=span.start, end=span.end, excerpt=excerpt(span.words)))
    for block in reading.blocks:
        if block.in_blockquote:
            end = block.start + len(block.text)
            yield _Printed(block.text, Place("body", start=block.start, end=end, excerpt=excerpt(block.text)))
            continue
        for span in quotations(block.text.replace("\n", " ")):
            if span.depth == 0:
                start, end = block.start + span.start, block.start + span.end
                yield _Printed(span.words, Place("body", start=start, end=end, excerpt=excerpt(span.words)))


def _plain(words: str) -> str:
    """The words alone, between spaces, so that ``in`` compares whole words."""
    return f" {' '.join(_WORD.findall(light(words)))} "


def _count(words: str) -> int:
    return len(_WORD.findall(light(words)))


def _is_recorded(words: str, recorded: list[str]) -> bool:
    """Whether records hold the words; what stands on either side of an ellipsis may be apart."""
    parts = [_plain(part) for part in _LEFT_OUT.split(words)]
    return any(all(part in record for part in parts if part.strip()) for record in recorded)


def _is_printed(quote: Quote, text: str, printed: list[str]) -> bool:
    """Whether the story has the record's words, whole or in quotations taken out of them."""
    parts = [_plain(part) for part in _LEFT_OUT.split(quote.words)]
    words = _plain(quote.words)
    return all(part in text for part in parts if part.strip()) or any(
        one.strip() and one in words and one.count(" ") > min(FEWEST_WORDS, words.count(" ") - 1) for one in printed
    )
