"""Whether two names in one text are one name spelled two ways."""

from enum import StrEnum

from rapidfuzz.distance import OSA

from articles.names.folding import fold, light
from articles.names.inflection import nominatives
from articles.names.script import settle
from articles.names.sounds import distance, key

FAMILY_LIMIT = 0.20
ALONE_LIMIT = 0.15
GIVEN_LIMIT = 0.20
GIVEN_VARIANT_LIMIT = 0.15
_SHORTEST = 4
_SHORTEST_ALONE = 5
_SHORTEST_FOR_TYPO = 5
_FEMININE = [
    ("aya", "iy"), ("aya", "y"), ("a", ""), ("a", "iy"), ("a", "yi"), ("a", "yy"), ("a", "y"), ("a", "i"),
    ("a", "u"),
]  # fmt: skip


class Likeness(StrEnum):
    """``SAME``: one spelling or its case forms; ``VARIANT``: one name in two; ``OTHER``: two names."""

    SAME = "same"
    VARIANT = "variant"
    OTHER = "other"


def same_person_spelling(a: str, b: str) -> Likeness:
    """Compares two names that stand in one text, each a family name alone or with given names before it.

    Leans to ``OTHER``: a family name of fewer than four letters, a feminine form beside a masculine one, two
    scripts, given names that disagree are never called a variant.
    """
    *given_a, family_a = settle(a).split() or [""]
    *given_b, family_b = settle(b).split() or [""]
    both_full = bool(given_a and given_b)
    family = _family(family_a, family_b, both_full=both_full)
    if family is Likeness.OTHER or not both_full:
        return family
    given = _given(" ".join(given_a), " ".join(given_b))
    if given is Likeness.OTHER:
        return Likeness.OTHER
    if family is Likeness.SAME and given is Likeness.VARIANT and not _variant_of_given(given_a[0], given_b[0]):
        return Likeness.OTHER
    return Likeness.VARIANT if Likeness.VARIANT in (family, given) else Likeness.SAME


def given_agrees(a: str, b: str) -> bool:
    """Whether two given names may be one: alike, or one the other's initial."""
    return _given(settle(a), settle(b)) is not Likeness.OTHER


def _family(a: str, b: str, *, both_full: bool) -> Likeness:
    """Family names; where one stands alone, without a given name to agree, they must be closer and longer."""
    if _inflected(a, b):
        return Likeness.SAME
    folded_a, folded_b = fold(a), fold(b)
    shorter = min(len(folded_a), len(folded_b))
    if shorter < (_SHORTEST if both_full else _SHORTEST_ALONE) or _cyrillic(a) != _cyrillic(b):
        return Likeness.OTHER
    if folded_a[0] != folded_b[0] or abs(len(folded_a) - len(folded_b)) > 3 or _two_sexes(a, b):
        return Likeness.OTHER
    apart = min(
        (distance(key(x), key(y)) for x in nominatives(a) for y in nominatives(b) if len(x) >= _SHORTEST <= len(y)),
        default=1.0,
    )
    if apart <= (FAMILY_LIMIT if both_full else ALONE_LIMIT):
        return Likeness.VARIANT
    typo = both_full and shorter >= _SHORTEST_FOR_TYPO and OSA.distance(folded_a, folded_b) <= 1
    return Likeness.VARIANT if typo else Likeness.OTHER


def _given(a: str, b: str) -> Likeness:
    if _inflected(a, b):
        return Likeness.SAME
    folded_a, folded_b = fold(a).split(), fold(b).split()
    if not folded_a or not folded_b or folded_a[0] == folded_b[0]:
        return Likeness.SAME
    first_a, first_b = folded_a[0], folded_b[0]
    if min(len(first_a), len(first_b)) == 1:
        return Likeness.SAME if first_a[0] == first_b[0] else Likeness.OTHER
    if _cyrillic(a) == _cyrillic(b) and _inflected(a.split()[0], b.split()[0]):
        return Likeness.SAME
    if _cyrillic(a) != _cyrillic(b) or _two_sexes(a.split()[0], b.split()[0]):
        return Likeness.OTHER
    return Likeness.VARIANT if distance(key(first_a), key(first_b)) <= GIVEN_LIMIT else Likeness.OTHER


def _variant_of_given(a: str, b: str) -> bool:
    """Behind one family name, given names must be closer: brothers and sisters have like names."""
    long_enough = min(len(fold(a)), len(fold(b))) >= _SHORTEST
    return long_enough and distance(key(a), key(b)) <= GIVEN_VARIANT_LIMIT


def _inflected(a: str, b: str) -> bool:
    """One spelling, or case forms of one."""
    if light(a) == light(b):
        return True
    return bool(nominatives(light(a)) & nominatives(light(b)))


def _cyrillic(word: str) -> bool:
    return any("\u0400" <= sign <= "\u052f" for sign in word)


def _two_sexes(a: str, b: str) -> bool:
    """Popov and Popova, Zelenskiy and Zelenska, Alexandru and Alexandra."""
    readings = [(fold(x), fold(y)) for x in nominatives(a) for y in nominatives(b)]
    return any(
        x.endswith(feminine) and y.endswith(masculine) and x.removesuffix(feminine) == y[: len(y) - len(masculine)]
        for pair in readings
        for x, y in (pair, pair[::-1])
        for feminine, masculine in _FEMININE
    )
