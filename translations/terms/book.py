"""The terms and people that bear on a text, read at once for all its segments."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.db.models import Q

from articles import names
from articles.enums import NameKind
from articles.models.person import Person, PersonName
from translations.enums import TermKind
from translations.models.term import Term
from translations.terms.finding import Found, Word, find, keys

AT_ONCE = 5_000  # keys in one question
RIGHT = frozenset({NameKind.PREFERRED, NameKind.ACCEPTED})


@dataclass(frozen=True)
class Form:
    """A spelling of a name."""

    language: str
    kind: str
    form: str


@dataclass(frozen=True)
class Known:
    """A registered person whom the text may name."""

    person: int
    forms: tuple[Form, ...]

    def preferred(self, language: str) -> str:
        return next((f.form for f in self.forms if f.language == language and f.kind == NameKind.PREFERRED), "")

    def named(self, among: list[Word], text: str, language: str) -> Found | None:
        """Where the text first names them by a right form of its language, in full or by the family name alone."""
        forms = [form.form for form in self.forms if form.language == language and form.kind in RIGHT]
        return next(_places(forms, among, text), None)

    def wrong(self, among: list[Word], text: str, language: str) -> Found | None:
        """Where the text spells them as it should not: by a form that is deprecated or wrong in its language."""
        wrong = [f.form for f in self.forms if f.language == language and f.kind not in RIGHT]
        return next((found for form in wrong for found in find(form, among, text)), None)


@dataclass(frozen=True)
class Book:
    """What bears on a text from ``source_language`` to ``target_language``. Forbidden forms may lack a source."""

    source_language: str
    target_language: str
    terms: tuple[Term, ...]
    people: tuple[Known, ...]

    def in_source(self, among: list[Word], text: str) -> Iterator[tuple[Term, Found]]:
        """The terms that stand in a source text; where two overlap, the longer one alone."""
        found = [
            (term, place)
            for term in self.terms
            if term.source
            for place in find(term.source, among, text, exactly=term.case_sensitive)[:1]
        ]
        for term, place in found:
            longer = (other for _term, other in found if other.end - other.start > place.end - place.start)
            if term.kind == TermKind.FORBIDDEN or not any(
                o.start <= place.start and place.end <= o.end for o in longer
            ):
                yield term, place


def read(text: str, source_language: str, target_language: str, section: int | None = None) -> Book:
    """The book for a plain source text. A term of another section than *section* is left out; its number of queries is
    the same for a sentence and a story.
    """
    asked = sorted(keys(text))
    here = Term.objects.filter(Q(section=None) | Q(section=section), source_language=source_language).filter(
        Q(target_language=target_language) | Q(target_language="")
    )
    terms = list(here.filter(source="", kind=TermKind.FORBIDDEN))
    for begin in range(0, len(asked), AT_ONCE):
        terms += here.filter(first__in=asked[begin : begin + AT_ONCE]).exclude(source="")
    terms.sort(key=lambda term: (-len(term.source), term.section_id is None, term.pk))
    return Book(
        source_language, target_language, tuple(terms), tuple(_people(names.lookup_keys(text), source_language))
    )


def _people(tails: Collection[str], language: str) -> Iterator[Known]:
    named = PersonName.objects.filter(tail__in=sorted(tails)[:AT_ONCE], language=language).order_by()
    people = Person.objects.filter(pk__in=set(named.values_list("person", flat=True))).prefetch_related("forms")
    for person in people.order_by("name"):
        yield Known(person.pk, tuple(Form(form.language, form.kind, form.form) for form in person.forms.all()))


def _places(forms: list[str], among: list[Word], text: str) -> Iterator[Found]:
    for form in forms:
        yield from find(form, among, text)
    for family in dict.fromkeys(form.split()[-1] for form in forms if form.split()):
        yield from (found for found in find(family, among, text) if found.printed[:1].isupper())
