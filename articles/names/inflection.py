"""Case endings of Russian and Ukrainian names, and English and Romanian genitives.

A case form is not another spelling. Endings are only ever taken off to compare: no dictionary, so that a name
which is never declined (Sandu, Ceban) is still met as it stands.
"""

from functools import lru_cache

from articles.names.script import settle

_SHORTEST_STEM = 3

# Ending of a case form → endings that the nominative may have instead.
_ENDINGS: dict[str, tuple[str, ...]] = {
    "а": ("", "о"),
    "у": ("", "а", "о"),
    "е": ("", "а", "о"),
    "и": ("а", "я", "ь", ""),
    "ы": ("а", ""),
    "і": ("а", "", "о"),
    "ї": ("я", "й"),
    "я": ("й", "ь"),
    "ю": ("й", "ь", "я"),
    "ом": ("", "о"),
    "ем": ("", "й", "ь"),
    "єм": ("й",),
    "ём": ("", "й", "ь"),
    "ым": ("", "ый"),
    "им": ("", "ий", "ій"),
    "ой": ("а", "ая"),
    "ей": ("а", "я"),
    "ою": ("а", "ая"),
    "ею": ("а", "я"),
    "єю": ("я",),
    "ої": ("а",),
    "ій": ("а",),
    "ую": ("ая",),
    "ого": ("ий", "ый", "ой", "ій"),
    "ому": ("ий", "ый", "ой", "ій"),
    "его": ("ий",),
    "ему": ("ий",),
    "ові": ("", "о"),
    "еві": ("", "ь"),
    "єві": ("й",),
    "ых": ("", "ый"),
    "их": ("", "ий"),
    "ыми": ("",),
    "ими": ("", "ий"),
    "ами": ("", "а", "о"),
    "ам": ("", "а", "о"),
    "ах": ("", "а", "о"),
}
_LONGEST_ENDING = 3
_FLEETING = {"ц": ("ец",), "к": ("ек", "ок")}
_VOWELS = frozenset("аеёиоуыэюяіїє")


@lru_cache(maxsize=20_000)
def nominatives(word: str) -> frozenset[str]:
    """What the word may be a case form of, settled and in lower case, itself included."""
    lower = settle(word).lower()
    found = {lower}
    if any("\u0400" <= sign <= "\u052f" for sign in lower):
        found |= _cyrillic(lower)
    else:
        for ending in ("'s", "’s", "ului"):
            if lower.endswith(ending) and len(lower) - len(ending) >= _SHORTEST_STEM:
                found.add(lower.removesuffix(ending))
    return frozenset(found)


def _cyrillic(word: str) -> set[str]:
    found: set[str] = set()
    for length in range(1, _LONGEST_ENDING + 1):
        stem = word[:-length]
        if len(stem) < _SHORTEST_STEM:
            break
        for nominative in _ENDINGS.get(word[-length:], ()):
            found.add(stem + nominative)
            if not nominative and stem[-2] not in _VOWELS:
                found.update(stem[:-1] + syllable for syllable in _FLEETING.get(stem[-1], ()))
            if not nominative and stem.endswith(("ов", "ев", "єв")):
                found.add(stem[:-2] + ("ів" if stem[-2] != "є" else "їв"))
    return found
