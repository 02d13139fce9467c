"""Sentences for the translation memory's benchmark: the same for the same number.

Words come as they do in a language, in several forms each: the commonest stands in most sentences, the ten thousandth in one of ten
thousand. Every
fiftieth sentence is one of a hundred turns of phrase with another word in it, as a paper repeats itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import accumulate, islice
from random import Random

STEMS, FORMS = 20_000, 3
TURNS = 100


@dataclass(frozen=True)
class Letters:
    """What the words of a language are made of."""

    consonants: tuple[str, ...]
    vowels: str
    endings: tuple[str, ...]


LATIN = Letters((*"bcdfglmnprstvz", "st", "tr", "pr", "ch"), "aeiouă", ("", "ul", "ilor"))
CYRILLIC = Letters((*"бвгдзклмнпрстх", "ст", "тр", "пр", "щ"), "аеиоуя", ("", "ом", "ами"))


@cache
def vocabulary(letters: Letters) -> list[str]:
    """Made-up words in their forms, the commonest first; those are the shortest, too."""
    chance = Random("vocabulary")
    stems: dict[str, None] = {}
    while len(stems) < STEMS:
        most = 2 if len(stems) < 300 else 4
        syllables = (chance.choice(letters.consonants) + chance.choice(letters.vowels) for _ in range(9))
        stems["".join(islice(syllables, chance.randint(1 if most == 2 else 2, most)))] = None
    return [stem + ending for stem in stems for ending in letters.endings]


@cache
def _weights() -> list[float]:
    return list(accumulate(1 / (rank + 2.7) for rank in range(STEMS * FORMS)))


def sentence(number: int, letters: Letters = LATIN) -> str:
    """Five to thirty-five words, seventeen on average."""
    turn = number % 50 == 0
    chance = Random(f"turn {number // 50 % TURNS}") if turn else Random(number)
    length = min(35, max(5, round(chance.gauss(17, 6))))
    words = chance.choices(vocabulary(letters), cum_weights=_weights(), k=length)
    if turn:
        words[chance.randrange(length)] = Random(number).choice(vocabulary(letters))
    return " ".join([words[0].capitalize(), *words[1:]]) + "."


def changed(number: int, letters: Letters = LATIN) -> str:
    """The sentence with one word in eight another, one at least."""
    chance = Random(f"changed {number}")
    words = sentence(number, letters).split()
    for _ in range(max(1, len(words) // 8)):
        words[chance.randrange(len(words))] = chance.choice(vocabulary(letters))
    return " ".join(words)
