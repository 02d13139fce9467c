"""Numbers, months and currencies as words, in the newsroom's languages."""

from __future__ import annotations

import unicodedata
from collections.abc import Hashable, Iterable, Mapping
from typing import Generic, TypeVar

Value = TypeVar("Value", bound=Hashable)

LANGUAGES = ("ro", "en", "ru", "uk")
"""Those whose words stand here."""
_APOSTROPHES = str.maketrans(dict.fromkeys("'’ʼ"))

# The beginning of each word by which a number is written out; "=" ends it. Words of which one is another's beginning
# are no harm: what is found here only excuses a number that is missing on the other side.
_WRITTEN: dict[str, dict[int, str]] = {
    "en": {
        0: "zero nil", 1: "one= once first single a= an=", 2: "two twice second both pair double",
        3: "three third triple",
        4: "four",
        5: "five fifth", 6: "six", 7: "seven", 8: "eight", 9: "nine ninth", 10: "ten tenth", 11: "eleven",
        12: "twelve twelfth dozen", 13: "thirteen", 14: "fourteen", 15: "fifteen", 16: "sixteen", 17: "seventeen",
        18: "eighteen", 19: "nineteen", 20: "twent", 30: "thirt", 40: "fort", 50: "fift", 60: "sixt", 70: "sevent",
        80: "eight", 90: "ninet", 100: "hundred", 1000: "thousand",
    },
    "ro": {
        0: "zero", 1: "un= una= unu o= unul unei prim întâi singur",
        2: "doi= două= doilea doua= ambel amb dublu secund al=",
        3: "trei triplu", 4: "patru", 5: "cinci", 6: "șase şase", 7: "șapte şapte", 8: "opt", 9: "nou", 10: "zece",
        11: "unsprezece", 12: "doisprezece douăsprezece duzin", 13: "treisprezece", 14: "paisprezece",
        15: "cincisprezece", 16: "șaisprezece", 17: "șaptesprezece", 18: "optsprezece", 19: "nouăsprezece",
        20: "douăzeci", 30: "treizeci", 40: "patruzeci", 50: "cincizeci", 60: "șaizeci", 70: "șaptezeci",
        80: "optzeci", 90: "nouăzeci", 100: "sut", 1000: "mie= mii=",
    },
    "ru": {
        0: "нол нул", 1: "один одн перв раз=", 2: "два= две= двух двум двое втор оба обе пар двой", 3: "три= тре тро",
        4: "четыр четв", 5: "пять пят", 6: "шест", 7: "семь= семи седьм семер", 8: "восем восьм", 9: "девят",
        10: "десят", 11: "одиннадцат", 12: "двенадцат дюжин", 13: "тринадцат", 14: "четырнадцат", 15: "пятнадцат",
        16: "шестнадцат", 17: "семнадцат", 18: "восемнадцат", 19: "девятнадцат", 20: "двадцат", 30: "тридцат",
        40: "сорок", 50: "пятьдесят пятидесят", 60: "шестьдесят шестидесят", 70: "семьдесят семидесят",
        80: "восемьдесят восьмидесят", 90: "девяност", 100: "сто= сот", 1000: "тысяч",
    },
    "uk": {
        0: "нул", 1: "один одн перш раз=", 2: "два= дві= двох двом двоє друг обидв оби пар подвій", 3: "три= тр",
        4: "чотир четв", 5: "пят", 6: "шіст шест шост", 7: "сім= сьом семи семер", 8: "вісім восьм", 9: "девят",
        10: "десят", 11: "одинадцят", 12: "дванадцят дюжин", 13: "тринадцят", 14: "чотирнадцят", 15: "пятнадцят",
        16: "шістнадцят", 17: "сімнадцят", 18: "вісімнадцят", 19: "девятнадцят", 20: "двадцят", 30: "тридцят",
        40: "сорок", 50: "пятдесят", 60: "шістдесят", 70: "сімдесят", 80: "вісімдесят", 90: "девяност",
        100: "сто= сот", 1000: "тисяч",
    },
}  # fmt: skip

_MONTHS: dict[str, list[str]] = {
    "en": [
        "jan= january=", "feb= february=", "mar= march=", "apr= april=", "may=", "jun= june=", "jul= july=",
        "aug= august=", "sep= sept= september=", "oct= october=", "nov= november=", "dec= december=",
    ],
    "ro": [
        "ian= ianuarie=", "feb= febr= februarie=", "mart= martie=", "apr= aprilie=", "mai=", "iun= iunie=",
        "iul= iulie=", "aug= august=", "sept= septembrie=", "oct= octombrie=", "noi= nov= noiembrie=",
        "dec= decembrie=",
    ],
    "ru": [
        "янв", "фев", "март", "апр", "май= мая= маю= мае= маем=", "июн", "июл", "авг", "сент", "окт", "ноя", "дек",
    ],
    "uk": [
        "січ", "лют", "берез", "квіт", "трав", "черв", "лип", "серп", "верес", "жовт", "листоп", "груд",
    ],
}  # fmt: skip

_SCALES = {
    "en": {10**3: "thousand= thousands=", 10**6: "million= millions= mln=", 10**9: "billion= billions= bn="},
    "ro": {10**3: "mie= mii=", 10**6: "mil= mln= milion milioane", 10**9: "mld= miliard", 10**12: "trilion"},
    "ru": {10**3: "тыс", 10**6: "млн= миллион", 10**9: "млрд= миллиард", 10**12: "трлн= триллион"},
    "uk": {10**3: "тис", 10**6: "млн= мільйон", 10**9: "млрд= мільярд", 10**12: "трлн= трильйон"},
}  # fmt: skip

_CURRENCIES = {
    "USD": "usd= dollar dolar доллар долар",
    "EUR": "eur= euro euros= евро= євро=",
    "MDL/RON": "mdl= ron= lei= leu= leul= leilor= лей= лея= леев= леи= леями= леях= лею= леїв= леям= лев=",
    "RUB": "rub= rur= ruble rouble rubl рубл руб=",
    "UAH": "uah= hryvni hryvna grivn hrivn грн= гривен гривн",
    "GBP": "gbp= pound= pounds= lire= liră= sterlin фунт",
}
SIGNS = {"$": "USD", "€": "EUR", "₽": "RUB", "₴": "UAH", "£": "GBP"}
_PER_CENT = "percent percentage percents cent= procent sută= процент відсот"


class Lexicon(Generic[Value]):
    """What words mean, by how they begin; a beginning that ends with "=" is the whole word."""

    def __init__(self, words: Iterable[tuple[Value, str]]) -> None:
        self._whole: dict[str, list[Value]] = {}
        self._begun: dict[str, list[Value]] = {}
        for value, beginnings in words:
            for one in beginnings.split():
                kind = self._whole if one.endswith("=") else self._begun
                kind.setdefault(one.removesuffix("="), []).append(value)

    def all(self, word: str) -> set[Value]:
        """Each value that the word may have."""
        key = unicodedata.normalize("NFC", word).casefold().translate(_APOSTROPHES)
        found = set(self._whole.get(key, ()))
        for length in range(len(key), 1, -1):
            found.update(self._begun.get(key[:length], ()))
        return found

    def one(self, word: str) -> Value | None:
        """The only value that it has."""
        found = self.all(word)
        return found.pop() if len(found) == 1 else None


def _each(tables: Mapping[str, Iterable[tuple[Value, str]]]) -> dict[str, Lexicon[Value]]:
    return {language: Lexicon(table) for language, table in tables.items()}


WRITTEN = _each({language: list(words.items()) for language, words in _WRITTEN.items()})
"""Numbers by language."""
MONTHS = _each({language: list(enumerate(stems, start=1)) for language, stems in _MONTHS.items()})
"""Months by language, from 1."""
SCALES = _each({language: list(words.items()) for language, words in _SCALES.items()})
"""Thousands, millions … by language."""
CURRENCIES = Lexicon(list(_CURRENCIES.items()))
PER_CENT = Lexicon([("%", _PER_CENT)])
