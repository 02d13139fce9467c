"""A translation that still says what its original says."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from articles.copydesk.base import Finding, Place, excerpt
from articles.copydesk.reading import Reading
from articles.enums import Severity
from articles.text import Block, blocks, words

SHORTEST = 5
"""Words of a paragraph that is looked at: names, datelines and figures are the same in two languages."""
_ALL = gettext_noop("Headline and body still say word for word what the original says. Translate them.")
_HEADLINE = gettext_noop("The headline is still that of the original. Translate it.")
_PARAGRAPH = gettext_noop(
    "This paragraph still says word for word what the original says. Translate it. "
    "Where words are quoted in their own language, let it stand and say so."
)


class Untranslated:
    id = "untranslated"
    title = _("Untranslated text")
    help = _("A translation doesn't say word for word what its original says.")

    def examine(self, reading: Reading) -> Iterator[Finding]:
        original = {_line(block.text) for block in blocks(reading.original_body)}
        looked_at = [block for block in reading.blocks if _counts(block, reading)]
        same = [block for block in looked_at if _line(block.text) in original]
        headline = bool(_line(reading.headline)) and _line(reading.headline) == _line(reading.original_headline)
        at = Place("headline", excerpt=excerpt(reading.headline))
        if headline and same and len(same) == len(looked_at):
            yield Finding(self.id, Severity.BLOCKING, _ALL, at)
            return
        if headline and any(word[0].islower() for word in reading.headline.split()):  # else it is a name
            yield Finding(self.id, Severity.ERROR, _HEADLINE, at)
        for block in same:
            end = block.start + len(block.text)
            yield Finding(
                self.id, Severity.ERROR, _PARAGRAPH, Place("body", None, block.start, end, excerpt(block.text))
            )


def _counts(block: Block, reading: Reading) -> bool:
    return block.language in {"", reading.language} and words(block.text) >= SHORTEST


def _line(text: str) -> str:
    return " ".join(text.split()).casefold()
