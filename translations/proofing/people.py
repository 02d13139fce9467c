"""Whoever the original names is named in the translation, as the register spells it."""

from __future__ import annotations

from articles.copydesk.reading import Known, Reading
from articles.copydesk.spotting import Hit, spots
from articles.enums import NameKind
from translations.proofing.base import ERROR, WARNING, Fault, Faults, Work

_BETWEEN = "\n•\n"  # so that no name is read across two segments
_GOOD = frozenset([NameKind.PREFERRED, NameKind.ACCEPTED])


def examine(work: Work) -> Faults:
    pairs = [pair for _, pair in work.translated]
    named = _met([pair.said for pair in pairs], work, work.source_language)
    found = _met([pair.says for pair in pairs], work, work.target_language)
    known = {person.person: person for person in work.people}
    written = {person for hits in found for person in _persons(hits[1])}
    told: set[int] = set()
    for at, hits in named:
        persons = _persons(hits)
        if not persons & (written | told):
            told |= persons
            yield _missing(known[hits[0].form.person], hits[0], work, work.translated[at][0])
    for at, hits in found:
        yield from _spelling(hits, known, work, work.translated[at][0])


def _met(texts: list[str], work: Work, language: str) -> list[tuple[int, list[Hit]]]:
    """The names met, each with the number of its text."""
    starts, length = [], 0
    for text in texts:
        starts.append(length)
        length += len(text) + len(_BETWEEN)
    reading = Reading(language=language, standfirst=_BETWEEN.join(texts), people=work.people)
    found, at = [], 0
    for hits in spots(reading):
        while at + 1 < len(starts) and starts[at + 1] <= hits[0].start:
            at += 1
        found.append((at, hits))
    return found


def _persons(hits: list[Hit]) -> set[int]:
    """Who is named: where a family name is that of several, any of them may be meant."""
    return {hit.form.person for hit in hits}


def _missing(person: Known, hit: Hit, work: Work, index: int) -> Fault:
    name = person.preferred(work.target_language)
    if name:
        return Fault("name_missing", ERROR, index, hit.printed, {"name": name})
    return Fault("name_unknown", WARNING, index, hit.printed, {"name": hit.printed})


def _spelling(hits: list[Hit], known: dict[int, Known], work: Work, index: int) -> Faults:
    language = work.target_language
    if any(hit.form.kind in _GOOD and hit.form.language == language for hit in hits):
        return
    hit = hits[0]
    preferred = known[hit.form.person].preferred(language)
    name = preferred if hit.is_full or not preferred else preferred.split()[-1]
    args = {"printed": hit.printed, "name": name}
    if not name:
        return
    if any(one.form.kind == NameKind.MISSPELLING for one in hits):
        yield Fault("name_misspelled", ERROR, index, hit.printed, args)
    elif any(one.form.kind == NameKind.DEPRECATED for one in hits):
        yield Fault("name_deprecated", WARNING, index, hit.printed, args)
    else:
        yield Fault("name_foreign", WARNING, index, hit.printed, args)
