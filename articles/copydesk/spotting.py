"""Finding registered name forms in the article's text."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from articles import names
from articles.copydesk.reading import Passage, Reading
from articles.names.script import UNSEEN, settle, word_pattern
from articles.names.spelling import given_agrees
from articles.names.stopwords import PLACES, STARTERS, TITLES

_WORD = word_pattern("'’ʼ")
_CLOSE = re.compile(rf"(?:{UNSEEN}*+[\s.\u2010-\u2015-]){{1,3}}+{UNSEEN}*+")


@dataclass(frozen=True)
class Form:
    """One form of one registered person, with its folded words."""

    person: int
    form: str
    language: str
    kind: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Hit:
    """A form met in a passage, in full or by its last word alone; ``exact`` if it is no case form of it."""

    form: Form
    passage: Passage
    start: int
    end: int
    family_start: int
    is_full: bool
    exact: bool

    @property
    def printed(self) -> str:
        return self.passage.text[self.start : self.end]


@dataclass(frozen=True)
class _Word:
    text: str
    start: int
    end: int
    readings: frozenset[str]
    follows: bool
    """Whether it stands right after the word before it."""


def spots(reading: Reading) -> Iterator[list[Hit]]:
    """For each place of the text at which a registered name seems to stand, the forms that fit best.

    Full forms go before last words alone, exact spellings before case forms. But in tags, only capitalised
    words are names.
    """
    by_tail = _index(reading)
    if not by_tail:
        return
    for passage in reading.passages:
        if passage.language:
            continue
        words = _words(passage.text)
        for place, word in enumerate(words):
            if not word.text[0].isupper() and passage.field != "tags":
                continue
            hits = [
                hit
                for tail in sorted(word.readings)
                for form in by_tail.get(tail, ())
                if (hit := _hit(form, passage, words, place)) is not None
            ]
            if hits:
                yield _best(hits)


def _index(reading: Reading) -> dict[str, list[Form]]:
    by_tail: dict[str, list[Form]] = defaultdict(list)
    for known in reading.people:
        for form, language, kind in known.forms:
            words = tuple(names.fold(form).split())
            if words:
                by_tail[words[-1]].append(Form(known.person, form, language, kind, words))
    return by_tail


def _words(text: str) -> list[_Word]:
    found: list[_Word] = []
    end = 0
    for match in _WORD.finditer(text):
        follows = bool(found) and bool(_CLOSE.fullmatch(text, end, match.start()))
        found.append(_Word(match[0], match.start(), match.end(), _readings(match[0]), follows))
        end = match.end()
    return found


@lru_cache(maxsize=20_000)
def _readings(word: str) -> frozenset[str]:
    """The folds of what the word may be a case form of."""
    return frozenset(names.fold(reading) for reading in names.nominatives(word))


def _hit(form: Form, passage: Passage, words: list[_Word], place: int) -> Hit | None:
    given = form.words[:-1]
    last = words[place]
    first = place - len(given)
    is_full = first >= 0 and all(
        name in word.readings and after.follows
        for name, word, after in zip(given, words[first:place], words[first + 1 : place + 1], strict=True)
    )
    if not is_full:
        before = _given_before(words, place)
        if not given or (before and not given_agrees(before, given[0])):
            return None
        first = place
    start, end = words[first].start, last.end
    printed = passage.text[start:end]
    form_end = form.form if is_full else re.split(r"[\s\-]", form.form)[-1]
    exact = names.light(printed).replace("-", " ") == names.light(form_end).replace("-", " ")
    return Hit(form, passage, start, end, last.start, is_full, exact)


def _given_before(words: list[_Word], place: int) -> str:
    """The given name that stands before a family name, if one does."""
    if place == 0 or not words[place].follows:
        return ""
    before = settle(words[place - 1].text)
    folded = names.fold(before)
    is_name = before[0].isupper() and folded not in TITLES | STARTERS | PLACES
    return before if is_name and (len(before) == 1 or not before.isupper() or words[place].text.isupper()) else ""


def _best(hits: list[Hit]) -> list[Hit]:
    for wanted in ((True, True), (True, False), (False, True)):
        best = [hit for hit in hits if (hit.is_full, hit.exact) == wanted]
        if best:
            return best
    return hits
