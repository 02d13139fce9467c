"""Numbers, dates, per cents and currencies say the same in both texts, each written as its language writes them.

A number may be read in several ways (27.02 is a date or a fraction); one that the other text has is taken. It is read
as its language writes numbers, and as others do only where that makes no sense: 1,200 is twelve hundred in English. Of
3:1 both parts are asked for in their order. What a text has in words or Roman figures excuses a number of the other,
and is asked of nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise

from translations.proofing.base import ERROR, WARNING, Fault, Faults, Pair, Work, excerpt
from translations.proofing.lexicon import CURRENCIES, HALVES, MONTHS, PER_CENT, SCALES, SIGNS, WRITTEN

_NUMBER = re.compile(
    r"\d{4}-\d{2}-\d{2}|\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?!\d)(?:[.,]\d+)?|\d{1,30}(?:[.,:/]\d{1,30})*", re.ASCII
)
_HOUR = re.compile(r"(?P<hour>\d{1,2})[.:](?P<minute>\d\d)", re.ASCII)
_DATE = re.compile(r"\d{1,30}([./-])\d{1,30}(?:\1\d{1,30})?", re.ASCII)
_PARTS = re.compile(r"[.,:/-]")
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_AFTER = re.compile(r"[ \u00a0\u202f-]?(?P<word>[^\W\d_]+)")
_HALF_DAY = re.compile(r"\s?(?P<half>[ap])\.?\s?m\b", re.IGNORECASE)
_NEXT_TO_NUMBER = re.compile(r"\d[\u00a0\s.\-–]*(?:de |of |-?(?:st|nd|rd|th) )?$")
_NUMBER_NEXT = re.compile(r"\.?\s+\d")
_SHORT_YEAR = re.compile(r"(?:(?<=['’])\d\d|\d0(?=-[^\W\d_]))(?!\d)")
_ROMAN = re.compile(r"\b[IVXLCХІ]{1,7}\b")
_ROMAN_TO = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_TO_LATIN = str.maketrans("ХІ", "XI")
_COMMA_LANGUAGES = frozenset(["ro", "ru", "uk", "de", "fr", "es", "it", "pl", "bg"])
_MAY_BE_OTHER_WORDS = frozenset(["mai", "may", "mar", "март"])
_ASIDE = 4  # numbers in which the second part of a pair follows the first
_DAYS, _MONTHS_A_YEAR, _HOURS, _MINUTES = 31, 12, 24, 60


@dataclass(frozen=True)
class Number:
    """A number as printed, and what it may say: each reading is a tuple of values, the likeliest first.

    ``parts`` are the numbers of one like 3:1, which answer to such that stand apart in the other text.
    """

    printed: str
    readings: tuple[tuple[str, ...], ...]
    asked: bool = True
    parts: tuple[str, ...] = ()
    at: int = 0


def examine(work: Work) -> Faults:
    for paragraph in work.paragraphs:
        yield from _numbers(paragraph, work)
    for at, pair in work.translated:
        yield from _signs(at, pair)


def _numbers(paragraph: Sequence[tuple[int, Pair]], work: Work) -> Faults:
    """A number may move to a neighbour in the paragraph, as a sentence does."""
    said = [(at, number) for at, pair in paragraph for number in numbers(pair.said, work.source_language)]
    says = [(at, number) for at, pair in paragraph for number in numbers(pair.says, work.target_language)]
    for at, number in _without_like(said, says):
        yield Fault("number_lost", ERROR, at, excerpt(number.printed), {"printed": number.printed})
    for at, number in _without_like(says, said):
        yield Fault("number_added", WARNING, at, excerpt(number.printed), {"printed": number.printed})


def _without_like(
    these: Iterable[tuple[int, Number]], others: Sequence[tuple[int, Number]]
) -> Iterator[tuple[int, Number]]:
    known = {value for _, number in others for reading in number.readings for value in reading}
    known |= {part for _, number in others for part in number.parts} | _side_by_side([one for _, one in others])
    seen: set[str] = set()
    for at, number in these:
        if number.asked and number.printed not in seen and not any(set(one) <= known for one in number.readings):
            seen.add(number.printed)
            yield at, number


def _side_by_side(others: Sequence[Number]) -> set[str]:
    """What numbers that follow each other say as one: 3 and 1 say 3:1."""
    alone = [number.readings[0][0] for number in others if not number.parts]
    return {f"{one}:{other}" for at, one in enumerate(alone) for other in alone[at + 1 : at + 1 + _ASIDE]}


def numbers(text: str, language: str) -> list[Number]:
    """What the text has of numbers and months, in figures or in words, in order."""
    base = language.lower().partition("-")[0]
    found = [replace(_figure(match, text, base), at=match.start()) for match in _NUMBER.finditer(text)]
    found += _in_words(text, base)
    found += [
        Number(match[0], ((str(_roman(match[0])),),), asked=False, at=match.start()) for match in _ROMAN.finditer(text)
    ]
    return sorted(found, key=lambda number: number.at)


def _figure(match: re.Match[str], text: str, language: str) -> Number:
    printed = match[0]
    values = list(_values(printed, language))
    parts = _parts(printed)
    rows = [*_in_a_row(parts), *_in_a_row(_whole_years(parts))]
    readings = list(dict.fromkeys([*values, *_hours(printed), *_dates(printed, language), *rows, (f"={printed}",)]))
    readings += [(value.removesuffix(".5"), "half") for (value,) in values[:1] if value.endswith(".5")]
    if _SHORT_YEAR.match(text, match.start()):
        readings += [(century + printed,) for century in ("19", "20")]
    if values and (scale := _scale(text, match.end(), language)) > 1:
        readings = [(_tidy(Decimal(value) * scale),) for (value,) in values[:1]]
    if half := _HALF_DAY.match(text, match.end()):
        readings += _afternoon(printed, half["half"].lower())
    return Number(printed, tuple(readings), parts=parts + _whole_years(parts))


def _values(printed: str, language: str) -> Iterator[tuple[str, ...]]:
    """The number as the language writes it; else as others do."""
    bare = re.sub(r"[^\d.,]", "", printed)
    if bare != re.sub(r"[ \u00a0\u202f\u2009]", "", printed):
        return
    point, group = (",", ".") if language in _COMMA_LANGUAGES else (".", ",")
    for decimal, thousands in ((point, group), (group, point)):
        whole, _, fraction = bare.partition(decimal)
        grouped = whole.split(thousands)
        if decimal in fraction or thousands in fraction or not all(len(part) == 3 for part in grouped[1:]):
            continue
        yield (_tidy(Decimal("".join(grouped) + ("." + fraction if fraction else ""))),)
        return


def _hours(printed: str) -> Iterator[tuple[str, ...]]:
    """An hour and minute: 17.30, 17:30."""
    if match := _HOUR.fullmatch(printed):
        hour, minute = int(match["hour"]), int(match["minute"])
        if hour <= _HOURS and minute < _MINUTES:
            yield (str(hour),) if minute == 0 else (f"{hour}h{minute}",)


def _dates(printed: str, language: str) -> Iterator[tuple[str, ...]]:
    """A day and month, with or without a year. The month goes first in American English, where a stroke parts them."""
    if not _DATE.fullmatch(printed):
        return
    parts = [int(part) for part in _PARTS.split(printed)]
    if "-" in printed:
        parts.reverse()
    either = language == "en" and "/" in printed
    for day, month in (parts[:2], parts[1::-1]) if either else (parts[:2],):
        if 1 <= day <= _DAYS and 1 <= month <= _MONTHS_A_YEAR:
            yield (str(day), f"month {month}", *(str(year) for year in parts[2:]))


def _parts(printed: str) -> tuple[str, ...]:
    """Numbers that stand side by side: 3:1, 2025/26."""
    return tuple(str(int(part)) for part in _PARTS.split(printed)) if re.search(r"[:/]", printed) else ()


def _whole_years(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The years of a season, the second one written out: 2025 and 2026 of 2025/26."""
    two = len(parts) == 2 and len(parts[0]) == 4 and len(parts[1]) == 2
    return (parts[0], parts[0][:2] + parts[1]) if two else ()


def _in_a_row(parts: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Each two that follow each other, in their order."""
    if parts:
        yield tuple(f"{one}:{other}" for one, other in pairwise(parts))


def _afternoon(printed: str, half: str) -> Iterator[tuple[str, ...]]:
    hour, minute, *_ = [*(int(part) for part in re.split(r"[.:]", printed) if part.isdigit()), 0, 0]
    hour = hour % 12 + (12 if half == "p" else 0)
    yield (str(hour),) if minute == 0 else (f"{hour}h{minute}",)


def _scale(text: str, end: int, language: str) -> int:
    lexicon = SCALES.get(language)
    word = _AFTER.match(text, end)
    return (lexicon.one(word["word"]) or 1) if lexicon and word else 1


def _in_words(text: str, language: str) -> Iterator[Number]:
    """Months are asked of the other text where they stand beside a number; written numbers never are."""
    months, written, scales = MONTHS.get(language), WRITTEN.get(language), SCALES.get(language)
    if not (months and written and scales):
        return
    for match in _WORD.finditer(text):
        if (month := months.one(match[0])) and (language != "en" or match[0][0].isupper()):
            beside = _NEXT_TO_NUMBER.search(text[: match.start()][-12:]) or _NUMBER_NEXT.match(text, match.end())
            sure = match[0].casefold() not in _MAY_BE_OTHER_WORDS or language == "en"
            yield Number(match[0], ((f"month {month}",),), asked=bool(beside and sure), at=match.start())
        for value in written.all(match[0]) | scales.all(match[0]) | HALVES[language].all(match[0]):
            yield Number(match[0], ((str(value),),), asked=False, at=match.start())


def _roman(figures: str) -> int:
    values = [_ROMAN_TO[sign] for sign in figures.translate(_TO_LATIN)]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))


def _tidy(value: Decimal) -> str:
    return format(value.normalize(), "f")


def _signs(at: int, pair: Pair) -> Faults:
    said, says = _per_cent(pair.said), _per_cent(pair.says)
    if said != says:
        yield Fault("percent", WARNING, at, excerpt(pair.says))
    apart = _currencies(pair.said) ^ _currencies(pair.says)
    if apart and _NUMBER.search(pair.said):
        yield Fault("currency", WARNING, at, excerpt(pair.says), {"printed": ", ".join(sorted(apart))})


def _per_cent(text: str) -> bool:
    return "%" in text or any(PER_CENT.all(word) for word in _WORD.findall(text))


def _currencies(text: str) -> set[str]:
    found = {code for sign, code in SIGNS.items() if sign in text}
    return found.union(*(CURRENCIES.all(word) for word in _WORD.findall(text)))
