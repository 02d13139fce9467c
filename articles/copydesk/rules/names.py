"""Registered people are spelled as the register says."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from articles.copydesk.base import Finding, Place
from articles.copydesk.reading import Known, Reading
from articles.copydesk.spotting import Hit, spots
from articles.enums import NameKind, Severity

_GOOD = {NameKind.PREFERRED, NameKind.ACCEPTED}

_MISSPELLED = gettext_noop(
    "“%(printed)s” is a misspelling: in this language the name is %(preferred)s. Put it right. "
    "If somebody else is meant, add them to the people."
)
_MISSPELLED_ALONE = gettext_noop(
    "“%(printed)s” is a known misspelling of a registered person. Put it right, "
    "and add the form for this language to the person's names."
)
_DEPRECATED = gettext_noop("“%(printed)s” is no longer how we spell this name. Write %(preferred)s.")
_FOREIGN = gettext_noop("“%(printed)s” is the form of another language (%(language)s). Here we write %(preferred)s.")
_NOT_LISTED = gettext_noop("%(printed)s is named but is not among the people of the story. Add a mention or a quote.")
_NAMED_NOWHERE = gettext_noop(
    "%(printed)s is among the people of the story, but the text names them nowhere. Take the mention out, "
    "or add the form that the text uses to the person's names."
)


class Names:
    id = "names"
    title = _("Names of people")
    help = _("Registered people are spelled as the register says, and are listed with the story.")

    def examine(self, reading: Reading) -> Iterator[Finding]:
        people = {known.person: known for known in reading.people}
        unlisted = not reading.page  # a newsroom page has no list of people
        listed = {quote.person for quote in reading.quotes} | {mention.person for mention in reading.mentions}
        named: set[int] = set()
        for hits in spots(reading):
            named |= {hit.form.person for hit in hits if hit.passage.field != "mentions"}
            hit = _telling(hits, reading.language)
            known = people[hit.form.person]
            finding = self._spelling(hit, known, reading.language)
            if finding:
                yield finding
            elif unlisted and hit.is_full and hit.form.person not in listed:
                listed.add(hit.form.person)
                yield self._finding(hit, Severity.ADVICE, _NOT_LISTED, "")
        named |= {quote.person for quote in reading.quotes if quote.person}
        for row, mention in enumerate(reading.mentions, start=1):
            if mention.name and mention.person not in named:
                place = Place("mentions", row, excerpt=mention.name)
                yield Finding(self.id, Severity.ADVICE, _NAMED_NOWHERE, place, {"printed": mention.name})

    def _spelling(self, hit: Hit, known: Known, language: str) -> Finding | None:
        preferred = _as_printed(hit, known.preferred(language))
        if hit.form.kind == NameKind.MISSPELLING:
            message = _MISSPELLED if preferred else _MISSPELLED_ALONE
            return self._finding(hit, Severity.BLOCKING, message, preferred)
        if hit.form.kind == NameKind.DEPRECATED and preferred:
            return self._finding(hit, Severity.WARNING, _DEPRECATED, preferred)
        if hit.form.kind in _GOOD and hit.form.language != language and preferred:
            return self._finding(hit, Severity.ADVICE, _FOREIGN, preferred)
        return None

    def _finding(self, hit: Hit, severity: Severity, message: str, preferred: str) -> Finding:
        passage = hit.passage
        place = Place(
            passage.field,
            passage.row,
            passage.offset + hit.start,
            passage.offset + hit.end,
            excerpt=hit.printed,
        )
        params = {"printed": hit.printed, "preferred": preferred, "language": hit.form.language}
        return Finding(self.id, severity, message, place, params, suggestion=_replacement(hit, preferred))


def _telling(hits: list[Hit], language: str) -> Hit:
    """The hit that decides: a good form of anybody acquits, this language's forms go before others'."""

    def weight(hit: Hit) -> tuple[int, bool, int, str]:
        own = hit.form.language == language
        good = hit.form.kind in _GOOD
        rank = 2 * (not own) + (not good)
        return rank, hit.form.kind != NameKind.MISSPELLING, hit.form.person, hit.form.form

    return min(hits, key=weight)


def _as_printed(hit: Hit, preferred: str) -> str:
    """The preferred form as long as what is printed: in full, or its last word."""
    return preferred if hit.is_full or not preferred else preferred.split()[-1]


def _replacement(hit: Hit, preferred: str) -> str | None:
    """What to put in place; None for a case form, whose ending the register can't give."""
    return preferred if preferred and hit.exact else None
