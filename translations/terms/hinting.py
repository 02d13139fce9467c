"""What a translator is told of the words in a sentence, and what is wrong with those of its translation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from django.utils.translation import gettext as _

from articles.copydesk.reading import Reading
from articles.copydesk.spotting import spots
from articles.enums import Severity
from translations import segmenting
from translations.enums import TermKind
from translations.models.job import Job
from translations.models.segment import Segment
from translations.models.term import Term
from translations.terms.book import Book, read
from translations.terms.finding import Word, find, split

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
    """What is wrong with a segment's words. ``check`` is term, kept or forbidden; ``segment`` an id.

    How people are spelled is checked with the rest of the text, in ``translations.proofing``.
    """

    check: str
    severity: Severity
    segment: int
    excerpt: str
    message: str


def hints(segment: Segment) -> list[Hint]:
    """The terms and people of a segment's source, in the order in which they stand there."""
    return hints_for(segmenting.plain(segment.source), book_of(segment.job, [segment]))


def hints_for(text: str, book: Book) -> list[Hint]:
    """The same for a plain text."""
    found: list[tuple[int, Hint]] = []
    for term, place in book.in_source(split(text), text):
        forms = [term.source] if term.kind == TermKind.KEEP else term.forms
        forbidden = term.kind == TermKind.FORBIDDEN
        found += [(place.start, Hint(place.printed, form, term.kind, forbidden, term.note)) for form in forms]
    known = {person.person: person for person in book.people}
    named: set[int] = set()
    for hits in spots(Reading(language=book.source_language, standfirst=text, people=book.people)):
        person = known[hits[0].form.person]
        preferred = person.preferred(book.target_language)
        if preferred and person.person not in named:
            named.add(person.person)
            found.append((hits[0].start, Hint(hits[0].printed, preferred, PERSON, False, "")))
    return [hint for _start, hint in sorted(found, key=lambda one: one[0])]


def faults(segments: Iterable[Segment]) -> list[Fault]:
    """What is wrong with the words of one job's segments, in their order. Empty and omitted ones have no faults."""
    rows = [row for row in segments if row.target and not row.omitted]
    if not rows:
        return []
    book = book_of(rows[0].job, rows)
    return [fault for row in rows for fault in _faults(row, book)]


def book_of(job: Job, segments: Iterable[Segment]) -> Book:
    """What bears on these segments of the job."""
    text = "\n".join(segmenting.plain(segment.source) for segment in segments)
    return read(text, job.original.language, job.language, job.original.section_id)


def _faults(row: Segment, book: Book) -> Iterator[Fault]:
    source, target = segmenting.plain(row.source), segmenting.plain(row.target)
    there = split(target)
    meant = dict(book.in_source(split(source), source))
    for term in book.terms:
        if term in meant or (term.kind == TermKind.FORBIDDEN and not term.source):
            yield from _against(term, meant[term].printed if term in meant else "", there, target, row.pk)


def _against(term: Term, printed: str, there: list[Word], target: str, segment: int) -> Iterator[Fault]:
    """What a translation has against one term that stands in its source."""
    fault = partial(Fault, segment=segment)
    written = [place for form in term.forms for place in find(form, there, target, exactly=term.case_sensitive)[:1]]
    if term.kind == TermKind.FORBIDDEN:
        for place in written:
            said = _("“%(word)s” is not used here.") % {"word": place.printed}
            yield fault("forbidden", Severity.ERROR, excerpt=place.printed, message=_with_note(said, term))
    elif term.kind == TermKind.KEEP:
        if not _kept(term, target):
            said = _("“%(word)s” has to stand as it is: this word isn't translated.") % {"word": term.source}
            yield fault("kept", Severity.ERROR, excerpt=printed, message=_with_note(said, term))
    elif not written:
        said = _("“%(word)s” is translated as “%(form)s”.") % {"word": printed, "form": "”, “".join(term.forms)}
        yield fault("term", Severity.WARNING, excerpt=printed, message=_with_note(said, term))


def _kept(term: Term, target: str) -> bool:
    if term.case_sensitive:
        return term.source in target
    return term.source.casefold() in target.casefold()


def _with_note(said: str, term: Term) -> str:
    return f"{said} {term.note}".strip()
