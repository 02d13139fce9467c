"""Names of people in a text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from articles.names.folding import fold
from articles.names.inflection import nominatives
from articles.names.script import seen, settle, word_pattern
from articles.names.spelling import Likeness, same_person_spelling
from articles.names.stopwords import PLACES, STARTERS, TITLES

_WORD = word_pattern("'’ʼ-")
_PARTICLES = frozenset(
    ["van", "von", "de", "der", "den", "di", "da", "del", "della", "dos", "al", "el", "bin", "ibn", "la", "ter"]
)
_STARTS_SENTENCE = frozenset('.!?…:;\n"“„«”»(—–•')
_LONGEST_RUN = 4
_LONGEST_GAP = 20
_MOST_KEYS = 20_000
_MOST_FAMILIES = 300
_MOST_ALONE = 2_000


@dataclass(frozen=True)
class Name:
    """A name where it stands: ``text`` is what is printed from ``start`` to ``end``, settled."""

    text: str
    start: int
    end: int

    @property
    def family(self) -> str:
        """The last word."""
        return self.text.split()[-1]

    @property
    def is_full(self) -> bool:
        return " " in self.text


@dataclass(frozen=True)
class _Word:
    text: str
    start: int
    end: int
    first_in_sentence: bool


def lookup_keys(text: str) -> set[str]:
    """What ``tail`` may be of the people named in the text, as printed and with case endings taken off.

    For the register to be searched by. At most 20,000, the first ones.
    """
    keys: set[str] = set()
    seen: set[str] = set()
    for match in _WORD.finditer(text):
        word = settle(match[0])
        if word in seen or not any(sign.isupper() for sign in word):
            continue
        seen.add(word)
        for part in {word, *re.split(r"-", word)}:
            keys.update(folded.rpartition(" ")[2] for folded in map(fold, nominatives(part)))
        if len(keys) > _MOST_KEYS:
            break
    keys.discard("")
    return keys


def names_in(text: str) -> list[Name]:
    """The full names (two to four capitalised words), and single words that equal or nearly equal a family
    name among them, in order.

    Titles before a name and words that only begin a sentence are left out; so are places, organisations in
    capitals, and single words that the text also has in lower case.
    """
    full: list[Name] = []
    alone: list[_Word] = []
    for run in _runs(text):
        trimmed = _without_titles(run)
        if 2 <= len(trimmed) <= _LONGEST_RUN and fold(trimmed[-1].text) not in PLACES:
            full.append(Name(_printed(trimmed), trimmed[0].start, trimmed[-1].end))
        elif len(trimmed) == 1 and fold(trimmed[0].text) not in PLACES:
            alone.append(trimmed[0])
    return sorted([*full, *_near(text, full, alone)], key=lambda name: name.start)


def _printed(run: list[_Word]) -> str:
    return " ".join(word.text.removesuffix("'s").removesuffix("’s") for word in run)


def _near(text: str, full: list[Name], alone: list[_Word]) -> Iterator[Name]:
    families: dict[str, dict[str, None]] = {}
    for name in full[:_MOST_FAMILIES]:
        families.setdefault(fold(name.family)[:1], {})[name.family] = None
    lower = set(re.findall(r"\b[^\W\d_A-Z]+\b", settle(text)))
    known: dict[str, bool] = {}
    for word in alone:
        if word.text not in known and len(known) < _MOST_ALONE:
            known[word.text] = word.text.lower() not in lower and any(
                same_person_spelling(word.text, family) is not Likeness.OTHER
                for family in families.get(fold(word.text)[:1], ())
            )
        if known.get(word.text):
            yield Name(_printed([word]), word.start, word.end)


def _runs(text: str) -> Iterator[list[_Word]]:
    """Capitalised words that follow one another, particles and initials between them included."""
    run: list[_Word] = []
    pending: list[_Word] = []
    end = 0
    for match in _WORD.finditer(text):
        between = text[end : match.start()]
        first = end == 0 or any(sign in _STARTS_SENTENCE for sign in between[:_LONGEST_GAP])
        word = _Word(settle(match[0]), match.start(), match.end(), first)
        end = match.end()
        joined = bool(run) and _joins(seen(between[:_LONGEST_GAP]), after=run[-1].text)
        if joined and word.text in _PARTICLES and len(pending) < _LONGEST_RUN:
            pending.append(word)
            continue
        if run and not (joined and _capitalised(word.text)):
            yield run
            run, pending = [], []
        if _capitalised(word.text):
            run.extend([*pending, word])
        pending = []
    if run:
        yield run


def _joins(between: str, *, after: str) -> bool:
    return between in {" ", "\u00a0"} or (between in {". ", ".\u00a0", "."} and len(after) == 1)


def _capitalised(word: str) -> bool:
    return word[0].isupper() and (len(word) == 1 or not word.isupper())


def _without_titles(run: list[_Word]) -> list[_Word]:
    start = 0
    while start < len(run):
        folded = fold(run[start].text)
        if folded not in TITLES and not (run[start].first_in_sentence and folded in STARTERS):
            break
        start += 1
    return run[start:]
