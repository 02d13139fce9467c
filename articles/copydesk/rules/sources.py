"""What a story rests on."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from articles.copydesk.base import Finding, Place, excerpt
from articles.copydesk.reading import Reading
from articles.enums import Severity

_NOT_LISTED = gettext_noop(
    "The body has the citation mark %(number)s, but no citation has this number. Add the citation or remove the mark."
)
_NOT_MARKED = gettext_noop(
    "Citation %(number)s (%(source)s) has no mark in the body. Set one where the story rests on it."
)


class Sources:
    id = "sources"
    title = _("Sources")
    help = _("A story rests on sources that readers can see, or on our own reporting.")

    def examine(self, reading: Reading) -> Iterator[Finding]:
        cited = {citation.number for citation in reading.citations}
        if not cited and not reading.own_reporting:
            yield Finding(
                self.id,
                Severity.ERROR,
                gettext_noop("No source is cited. Add the sources, or tick “own reporting”."),
                Place("citations"),
            )
        for number in reading.marks.citations:
            if number not in cited:
                yield Finding(
                    self.id,
                    Severity.ERROR,
                    _NOT_LISTED,
                    _mark(reading, number),
                    {"number": str(number)},
                )
        for citation in reading.citations:
            if citation.number not in reading.marks.citations:
                yield Finding(
                    self.id,
                    Severity.ADVICE,
                    _NOT_MARKED,
                    Place("citations", row=citation.number),
                    {"number": str(citation.number), "source": citation.source_name},
                )


def _mark(reading: Reading, number: int) -> Place:
    block = next(block for block in reading.blocks if number in block.citations)
    return Place("body", start=block.start, end=block.start + len(block.text), excerpt=excerpt(block.text))
