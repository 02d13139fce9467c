"""How a name sounds: a short key in a small alphabet, and the distance between two keys.

Vowels are cheap to change, since transcriptions differ in them; so are consonants that scripts and languages
write for one another (č and c, š and s, g and h). Other consonants are dear.
"""

import re
from functools import lru_cache

from articles.names.folding import fold

_SKY = re.compile(r"(?:skiy|skyy|skyi|skyj|skii|skij|sky|schi|ski)$")
_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in [
        (r"shch|sch|sh", "š"),
        (r"tch|ch|tsch", "č"),
        (r"zh", "ž"),
        (r"kh", "h"),
        (r"gh", "g"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"ts|tz", "c"),
        (r"ck|q", "k"),
        (r"x", "ks"),
        (r"w", "v"),
        (r"[yj]", "i"),
        (r"([a-zčšž])\1+", r"\1"),
    ]
)
_VOWELS = frozenset("aeiou")
_NEAR = {
    frozenset(pair)
    for pair in ("čc", "čk", "ck", "cs", "šs", "šč", "gh", "zž", "zs", "gk", "gž", "vf", "dt", "bp", "hk")
}
_VOWEL, _NEAR_CONSONANT, _CONSONANT = 0.3, 0.4, 1.0


@lru_cache(maxsize=20_000)
def key(word: str) -> str:
    """The sounds of one word of a name."""
    sounds = _SKY.sub("ski", fold(word).replace(" ", ""))
    for pattern, sound in _RULES:
        sounds = pattern.sub(sound, sounds)
    return sounds[:30]


@lru_cache(maxsize=20_000)
def distance(a: str, b: str) -> float:
    """How far two keys are apart: the weight of the edits over the shorter length (3 at least)."""
    row = [0.0]
    for sound in b:
        row.append(row[-1] + _alone(sound))
    for x in a:
        above, row = row, [row[0] + _alone(x)]
        for place, y in enumerate(b):
            row.append(min(above[place + 1] + _alone(x), row[place] + _alone(y), above[place] + _swap(x, y)))
    return row[-1] / max(3, min(len(a), len(b)))


def _alone(sound: str) -> float:
    return _VOWEL if sound in _VOWELS else _CONSONANT


def _swap(x: str, y: str) -> float:
    if x == y:
        return 0.0
    if x in _VOWELS and y in _VOWELS:
        return _VOWEL
    return _NEAR_CONSONANT if frozenset((x, y)) in _NEAR else _CONSONANT
