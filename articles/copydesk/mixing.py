"""Finding words in which letters of two scripts stand for one another."""

from collections.abc import Iterator
from dataclasses import dataclass

from articles.copydesk.reading import Passage, Reading
from articles.names import settle
from articles.names.script import seen, word_pattern

_WORD = word_pattern("'’ʼ-")


@dataclass(frozen=True)
class Mixed:
    """A word as printed from ``start`` to ``end`` of its passage, and in one script."""

    passage: Passage
    start: int
    end: int
    printed: str
    meant: str


def mixed_words(reading: Reading) -> Iterator[Mixed]:
    """The words whose letters look like one script and are of two, in the order of the article."""
    for passage in reading.passages:
        if passage.language or passage.text.isascii():
            continue
        for match in _WORD.finditer(passage.text):
            if (meant := settle(match[0])) != seen(match[0]):
                yield Mixed(passage, match.start(), match.end(), match[0], meant)
