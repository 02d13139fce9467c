"""The terms and people that bear on a text, read at once for all its segments."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import Q

from articles import names
from articles.copydesk.reading import Known
from articles.models.person import Person, PersonName
from translations.enums import TermKind
from translations.models.term import Term
from translations.terms.finding import Found, Word, find, keys

AT_ONCE = 5_000  # keys in one question


@dataclass(frozen=True)
class Book:
    """What bears on a text from one language to another. Forbidden forms may lack a source."""

    source_language: str
    target_language: str
    terms: tuple[Term, ...]
    people: tuple[Known, ...]

    @property
    def kept(self) -> tuple[str, ...]:
        """The words that are never translated."""
        return tuple(term.source for term in self.terms if term.kind == TermKind.KEEP)

    def in_source(self, among: list[Word], text: str) -> Iterator[tuple[Term, Found]]:
        """The terms that stand in a source text, each once; of two that overlap, the longer one alone."""
        found = [
            (term, place)
            for term in self.terms
            if term.source
            for place in find(term.source, among, text, exactly=term.case_sensitive)[:1]
        ]
        for term, place in found:
            within = any(
                other.start <= place.start
                and place.end <= other.end
                and other.end - other.start > place.end - place.start
                for longer, other in found
                if longer.kind != TermKind.FORBIDDEN
            )
            if term.kind == TermKind.FORBIDDEN or not within:
                yield term, place


def read(text: str, source_language: str, target_language: str, section: int | None = None) -> Book:
    """The book for a plain source text. Terms of another section than *section* are left out.

    A story asks no more questions than a sentence, unless it has thousands of different words.
    """
    asked = sorted(keys(text))
    here = Term.objects.filter(Q(section=None) | Q(section=section), source_language=source_language).filter(
        Q(target_language=target_language) | Q(target_language="")
    )
    terms = list(here.filter(source="", kind=TermKind.FORBIDDEN))
    for begin in range(0, len(asked), AT_ONCE):
        terms += here.filter(first__in=asked[begin : begin + AT_ONCE]).exclude(source="")
    terms.sort(key=lambda term: (-len(term.source), term.section_id is None, term.pk))
    return Book(source_language, target_language, tuple(terms), tuple(_people(names.lookup_keys(text))))


def _people(tails: Collection[str]) -> Iterator[Known]:
    named = PersonName.objects.filter(tail__in=sorted(tails)[:AT_ONCE]).order_by()
    people = Person.objects.filter(pk__in=named.values("person")).prefetch_related("forms").order_by("name")
    for person in people:
        yield Known(person.pk, tuple((form.form, form.language, form.kind) for form in person.forms.all()))
