"""One name is spelled one way within a text, registered or not."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from articles.copydesk.base import Finding, Place
from articles.copydesk.mixing import mixed_words
from articles.copydesk.reading import Passage, Reading
from articles.copydesk.spotting import spots
from articles.enums import NameKind, Severity
from articles.names import Likeness, Name, fold, light, names_in, same_person_spelling

_MOST = 5
_MOST_NAMES = 200
_Standing = dict[tuple[str, int | None, int], str]
"""By the place of a family name: "good" or "bad" in the register."""

_TWO_WAYS = gettext_noop(
    "“%(printed)s” and “%(other)s” look like one name spelled two ways. Make them one. "
    "If they are two people, say so when you let this stand."
)
_TWO_SCRIPTS = gettext_noop("“%(printed)s” mixes letters of two scripts that look alike. Write it in one: %(meant)s.")


@dataclass(frozen=True)
class _Printed:
    name: Name
    passage: Passage
    standing: str
    """"good" or "bad" in the register, or empty where it doesn't know the name."""


class Spellings:
    id = "spellings"
    title = _("One spelling")
    help = _("A name is spelled one way throughout the story. Case forms are no other spelling.")

    def examine(self, reading: Reading) -> Iterator[Finding]:
        standing = _standing(reading)
        yield from self._mixed(reading, standing)
        printed = _printed(reading, standing)
        counts = Counter(light(one.name.text) for one in printed)
        first: dict[str, _Printed] = {}
        for one in printed:
            first.setdefault(light(one.name.text), one)
        told: set[frozenset[str]] = set()
        for a, b in _pairs(list(first.values())[:_MOST_NAMES]):
            families = frozenset((light(a.name.family), light(b.name.family)))
            if len(told) >= _MOST or families in told:
                continue
            if same_person_spelling(a.name.text, b.name.text) is not Likeness.VARIANT:
                continue
            told.add(families)
            suspect, other = _suspect(a, b, counts)
            yield self._finding(suspect, other)

    def _mixed(self, reading: Reading, standing: _Standing) -> Iterator[Finding]:
        for word in mixed_words(reading):
            passage = word.passage
            start, end = passage.offset + word.start, passage.offset + word.end
            if standing.get((passage.field, passage.row, start)) != "bad":
                yield Finding(
                    self.id,
                    Severity.ERROR,
                    _TWO_SCRIPTS,
                    Place(passage.field, passage.row, start, end, word.printed),
                    {"printed": word.printed, "meant": word.meant},
                    suggestion=word.meant,
                )

    def _finding(self, suspect: _Printed, other: _Printed) -> Finding:
        name, passage, at = suspect.name, suspect.passage, suspect.passage.offset
        wanted = other.name.text if name.is_full and other.name.is_full else other.name.family
        return Finding(
            self.id,
            Severity.ERROR,
            _TWO_WAYS,
            Place(passage.field, passage.row, at + name.start, at + name.end, _as_it_stands(suspect)),
            {"printed": name.text, "other": other.name.text},
            suggestion=wanted if not name.is_full or other.name.is_full else None,
        )


def _as_it_stands(one: _Printed) -> str:
    """The words to be found in the passage: with signs in them that the name's text is without."""
    there = one.passage.text[one.name.start : one.name.end]
    return one.name.text if one.name.text in there else there.removesuffix("'s").removesuffix("’s")


def _printed(reading: Reading, standing: _Standing) -> list[_Printed]:
    """The names of the text, with what the register says of each.

    All passages are read as one, so that a name in a caption is held against the body's.
    """
    passages = [passage for passage in reading.passages if passage.text and not passage.language]
    joined = "\n".join(passage.text for passage in passages)
    starts: list[int] = []
    at = 0
    for passage in passages:
        starts.append(at)
        at += len(passage.text) + 1
    found: list[_Printed] = []
    index = 0
    for name in names_in(joined):
        while index + 1 < len(starts) and starts[index + 1] <= name.start:
            index += 1
        passage = passages[index]
        here = Name(name.text, name.start - starts[index], name.end - starts[index])
        family_start = here.end - len(passage.text[here.start : here.end].split()[-1])
        place = (passage.field, passage.row, passage.offset + family_start)
        found.append(_Printed(here, passage, standing.get(place, "")))
    return found


def _standing(reading: Reading) -> _Standing:
    found: _Standing = {}
    for hits in spots(reading):
        good = any(hit.form.kind != NameKind.MISSPELLING for hit in hits)
        hit = hits[0]
        place = (hit.passage.field, hit.passage.row, hit.passage.offset + hit.family_start)
        found[place] = "good" if good else "bad"
    return found


def _pairs(names: list[_Printed]) -> Iterator[tuple[_Printed, _Printed]]:
    """Pairs that may be one name; what the register has settled is left out."""
    groups: dict[str, list[_Printed]] = {}
    for one in names:
        if one.standing != "bad":
            groups.setdefault(fold(one.name.family)[:1], []).append(one)
    for group in groups.values():
        for place, a in enumerate(group):
            for b in group[place + 1 :]:
                if not (a.standing == b.standing == "good") and (a.name.is_full or b.name.is_full):
                    yield a, b


def _suspect(a: _Printed, b: _Printed, counts: Counter[str]) -> tuple[_Printed, _Printed]:
    """The one that is rather wrong first: not in the register, rarer, later."""
    if a.standing != b.standing:
        return (a, b) if b.standing == "good" else (b, a)
    times_a, times_b = counts[light(a.name.text)], counts[light(b.name.text)]
    return (a, b) if times_a < times_b else (b, a)
