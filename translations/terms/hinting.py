"""What a translator is told of the words in a sentence, and what is wrong with those of its translation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from articles.enums import Severity
from translations import segmenting
from translations.enums import TermKind
from translations.models.job import Job
from translations.models.segment import Segment
from translations.models.term import Term
from translations.terms.book import Book, read
from translations.terms.finding import find, split

PERSON = "person"


@dataclass(frozen=True)
class Hint:
    """How a word of the sentence is said. ``kind`` is one of ``TermKind``, or ``person``.

    Where ``forbidden`` is true, ``target_form`` is what must not be written.
    """

    source_form: str
    target_form: str
    kind: str
    forbidden: bool
    note: str


@dataclass(frozen=True)
class Fault:
    """What is wrong with a segment's words. ``check`` is term, kept, forbidden or name."""

    check: str
    severity: Severity
    segment: int
    excerpt: str
    message: str


def hints(segment: Segment) -> list[Hint]:
    """The terms and people of a segment's source, in the order in which they stand there."""
    text = segmenting.plain(segment.source)
    return hints_for(text, _book(segment.job, [segment]))


def hints_for(text: str, book: Book) -> list[Hint]:
    """The same for a plain text."""
    among = split(text)
    found: list[tuple[int, Hint]] = []
    for term, place in book.in_source(among, text):
        forms = [place.printed] if term.kind == TermKind.KEEP else term.forms
        forbidden = term.kind == TermKind.FORBIDDEN
        found += [(place.start, Hint(place.printed, form, term.kind, forbidden, term.note)) for form in forms]
    for person in book.people:
        named, preferred = person.named(among, text, book.source_language), person.preferred(book.target_language)
        if named and preferred:
            found.append((named.start, Hint(named.printed, preferred, PERSON, False, "")))
    found.sort(key=lambda one: one[0])
    return [hint for _start, hint in found]


def faults(segments: Iterable[Segment]) -> list[Fault]:
    """What is wrong with the words of the segments of one job, in their order. Empty and omitted ones have no faults."""
    rows = [row for row in segments if row.target and not row.omitted]
    if not rows:
        return []
    book = _book(rows[0].job, rows)
    return [fault for row in rows for fault in _faults(row, book)]


def _book(job: Job, segments: Iterable[Segment]) -> Book:
    text = "\n".join(segmenting.plain(segment.source) for segment in segments)
    return read(text, job.original.language, job.language, job.original.section_id)


def _faults(row: Segment, book: Book) -> Iterator[Fault]:
    source, target = segmenting.plain(row.source), segmenting.plain(row.target)
    among, there = split(source), split(target)
    fault = partial(Fault, segment=row.pk)
    meant = dict(book.in_source(among, source))
    for term in book.terms:
        if term.kind == TermKind.FORBIDDEN and (term in meant or not term.source):
            for form in term.forms:
                for place in find(form, there, target, exactly=term.case_sensitive)[:1]:
                    said = _("“%(word)s” is not used here.") % {"word": place.printed}
                    message = _with_note(said, term)
                    yield fault(check="forbidden", severity=Severity.ERROR, excerpt=place.printed, message=message)
    for term, place in meant.items():
        if term.kind == TermKind.KEEP and not _kept(term, target):
            said = _("“%(word)s” is not translated: it stands as it is.") % {"word": term.source}
            yield fault(check="kept", severity=Severity.ERROR, excerpt=place.printed, message=_with_note(said, term))
        elif term.kind == TermKind.TRANSLATE and not any(
            find(form, there, target, exactly=term.case_sensitive) for form in term.forms
        ):
            said = _("“%(word)s” is translated as “%(form)s”.") % {
                "word": place.printed, "form": "”, “".join(term.forms),
            }  # fmt: skip
            yield fault(check="term", severity=Severity.WARNING, excerpt=place.printed, message=_with_note(said, term))
    for person in book.people:
        wrong, preferred = person.wrong(there, target, book.target_language), person.preferred(book.target_language)
        if wrong and preferred and person.named(among, source, book.source_language):
            said = _("“%(wrong)s” is written “%(right)s”.") % {"wrong": wrong.printed, "right": preferred}
            yield fault(check="name", severity=Severity.ERROR, excerpt=wrong.printed, message=said)


def _kept(term: Term, target: str) -> bool:
    if term.case_sensitive:
        return term.source in target
    return term.source.casefold() in target.casefold()


def _with_note(said: str, term: Any) -> str:
    return f"{said} {term.note}".strip()
