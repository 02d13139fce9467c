"""Sentences for the translation memory's benchmark: the same for the same number.

Words come as they do in a language: the commonest stands in most sentences, the ten thousandth in one of ten thousand. Every
fiftieth sentence is one of a hundred turns of phrase with another word in it, as a paper repeats itself.
"""

from __future__ import annotations

from functools import cache
from itertools import accumulate
from random import Random

VOCABULARY = 60_000
TURNS = 100
LATIN = ("ba", "dor", "ca", "lin", "me", "no", "pas", "ro", "sel", "ta", "ul", "ves", "zi", "gor", "e", "jan")
CYRILLIC = ("ба", "дор", "ка", "лин", "ме", "но", "пас", "ро", "сел", "та", "ул", "вес", "зи", "гор", "е", "ян")


@cache
def vocabulary(syllables: tuple[str, ...]) -> list[str]:
    """Made-up words, the commonest first; those are the shortest, too."""
    chance = Random("vocabulary")
    found: dict[str, None] = {}
    while len(found) < VOCABULARY:
        most = 2 if len(found) < 100 else 5
        found["".join(chance.choice(syllables) for _ in range(chance.randint(1 if most == 2 else 2, most)))] = None
    return list(found)


@cache
def _weights() -> list[float]:
    return list(accumulate(1 / (rank + 2.7) for rank in range(VOCABULARY)))


def sentence(number: int, syllables: tuple[str, ...] = LATIN) -> str:
    """Five to thirty-five words, seventeen on average."""
    turn = number % 50 == 0
    chance = Random(f"turn {number // 50 % TURNS}") if turn else Random(number)
    length = min(35, max(5, round(chance.gauss(17, 6))))
    words = chance.choices(vocabulary(syllables), cum_weights=_weights(), k=length)
    if turn:
        words[chance.randrange(length)] = Random(number).choice(vocabulary(syllables))
    return " ".join([words[0].capitalize(), *words[1:]]) + "."


def changed(number: int, syllables: tuple[str, ...] = LATIN) -> str:
    """The sentence with one word in eight another, one at least."""
    chance = Random(f"changed {number}")
    words = sentence(number, syllables).split()
    for _ in range(max(1, len(words) // 8)):
        words[chance.randrange(len(words))] = chance.choice(vocabulary(syllables))
    return " ".join(words)
