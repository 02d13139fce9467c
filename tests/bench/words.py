"""What the stories of the benchmarks say: the same text for the same number, on every site and every machine.

The words come as they do in a paper: some stand in nearly every story, some in one of a hundred, one in a single story.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random

SECTIONS = ("politics", "economy", "region", "world", "culture", "science", "sport", "opinion")
TAGS, PEOPLE, SOURCES, CONTRIBUTORS, PICTURES = 60, 50, 8, 20, 40
NEWEST = datetime(2025, 6, 1, 9, 0, tzinfo=UTC)
APART = timedelta(minutes=10)
"""From one story to the next: a million of them are nineteen years."""
PARAGRAPHS, IN_A_STORY = 400, 6

WHO = (
    "commission", "ministry", "council", "court", "parliament", "company", "university", "union", "port", "railway",
    "hospital", "committee", "agency", "association", "bank", "museum", "observatory", "orchestra", "federation", "institute",
)  # fmt: skip
KIND = (
    "regional", "national", "independent", "joint", "local", "northern", "southern", "new", "former", "public",
    "private", "central", "municipal", "international", "temporary", "annual", "technical", "rural", "coastal", "federal",
)  # fmt: skip
DID = (
    "agreed on", "postponed", "published", "rejected", "reviewed", "announced", "signed", "questioned", "financed",
    "inspected", "completed", "extended", "opened", "suspended", "measured", "restored", "compared", "debated", "renewed",
)  # fmt: skip
WHAT = (
    "timetable", "budget", "bridge", "report", "agreement", "harvest", "school", "pipeline", "survey", "election",
    "exhibition", "season", "vaccine", "forest", "tariff", "road", "archive", "treaty", "reservoir", "championship",
)  # fmt: skip
WHEN = (
    "on Monday",
    "on Tuesday",
    "on Wednesday",
    "on Thursday",
    "on Friday",
    "at the weekend",
    "this spring",
    "in autumn",
)
TAIL = (
    "and gave no further details", "after months of talks", "according to the documents", "in spite of objections",
    "for the third year in a row", "as had been expected", "with the votes of both groups", "before the summer recess",
    "at a meeting behind closed doors", "for the first time since the reform", "and set a date for the next round",
)  # fmt: skip
SYLLABLES = ("ba", "dor", "ka", "lin", "mer", "no", "pas", "rou", "sel", "tav", "ul", "ves", "zim", "gor", "hel", "jan")


@dataclass(frozen=True)
class Text:
    """``paragraphs`` are plain text without marks; ``section`` and the rest count from 0 in their registers."""

    number: int
    headline: str
    slug: str
    standfirst: str
    paragraphs: tuple[str, ...]
    quote: str
    moment: datetime
    section: int
    tags: tuple[int, ...]
    person: int
    source: int
    contributor: int
    picture: int


def name(number: int) -> str:
    """A made-up word that stands for this number alone; it has four syllables or more."""
    syllables = []
    while number or len(syllables) < 4:
        number, rest = divmod(number, len(SYLLABLES))
        syllables.append(SYLLABLES[rest])
    return "".join(syllables).capitalize()


def person(number: int) -> str:
    """First and family name of somebody in the register."""
    return f"{name(number * 7 + 1)[:5]} {name(number + 40_000_000)}"


def text(number: int, of: int) -> Text:
    """Story *number* of 1 to *of*; the higher the number, the newer the story."""
    chance = Random(number)
    who, kind, did, what = chance.choice(WHO), chance.choice(KIND), chance.choice(DID), chance.choice(WHAT)
    place = name(number % 2000 + 5_000_000)
    headline = f"{kind.capitalize()} {who} {did} the {what} of {place}"
    begin = f"{place}, case {name(number)}. "
    paragraphs = [paragraph(chance.randrange(PARAGRAPHS)) for _ in range(IN_A_STORY)]
    paragraphs[0] = begin + paragraphs[0]
    return Text(
        number=number,
        headline=headline,
        slug=f"{kind}-{who}-{what}-{number}",
        standfirst=_sentence(chance) + " " + _sentence(chance),
        paragraphs=tuple(paragraphs),
        quote=f"We have waited for this {what} for years, and the {who} of {place} knows why.",
        moment=NEWEST - (of - number) * APART,
        section=number % len(SECTIONS),
        tags=(number % TAGS, (number * 7 + 3) % TAGS),
        person=chance.randrange(PEOPLE),
        source=chance.randrange(SOURCES),
        contributor=chance.randrange(CONTRIBUTORS),
        picture=number % PICTURES,
    )


@cache
def paragraph(number: int) -> str:
    """One of the 400 paragraphs that all stories are made of: some fifty words."""
    chance = Random(f"paragraph {number}")
    return " ".join(_sentence(chance) for _ in range(4))


def queries() -> list[str]:
    """What readers look for: words of nearly all stories, of many, of few, of one, phrases, exclusions, and nothing."""
    asked = [*WHO[:8], *WHAT[:8], *(f"{kind} {what}" for kind, what in zip(KIND[:8], WHAT[8:16], strict=True))]
    asked += [name(number % 2000 + 5_000_000) for number in range(3, 1000, 90)]
    asked += [name(number) for number in (5, 77, 500, 999)]
    asked += [f'"{did} the {what}"' for did, what in zip(DID[:6], WHAT[:6], strict=True)]
    asked += [f"{who} -{what}" for who, what in zip(WHO[8:12], WHAT[:4], strict=True)]
    asked += [person(number) for number in range(4)]
    return [*asked, "unheard", "xylophones quartet"]


def _sentence(chance: Random) -> str:
    return (
        f"The {chance.choice(KIND)} {chance.choice(WHO)} {chance.choice(DID)} the {chance.choice(KIND)} "
        f"{chance.choice(WHAT)} {chance.choice(WHEN)} {chance.choice(TAIL)}."
    )
