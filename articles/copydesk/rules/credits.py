"""Whose work readers see it to be."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from articles.copydesk.base import Finding, Place
from articles.copydesk.reading import Reading
from articles.enums import CreditRole, Severity

_NO_TRANSLATOR = gettext_noop(
    "The story is a translation, and nobody is credited as its translator. "
    "Add the credit: it is what names and pays them."
)
_TRANSLATED_NOTHING = gettext_noop(
    "%(name)s is credited as translator or reviser, but the story is no translation. "
    "Choose the story that it translates, or another role."
)


class Credits:
    id = "credits"
    title = _("Credits")
    help = _("A translation names its translator to readers; an original has none.")

    def examine(self, reading: Reading) -> Iterator[Finding]:
        translating = [
            credit for credit in reading.credits if credit.role in {CreditRole.TRANSLATOR, CreditRole.REVISER}
        ]
        if reading.original is None:
            for credit in translating:
                yield Finding(self.id, Severity.WARNING, _TRANSLATED_NOTHING, Place("credits"), {"name": credit.name})
        elif not any(credit.role == CreditRole.TRANSLATOR and credit.public for credit in translating):
            yield Finding(self.id, Severity.ERROR, _NO_TRANSLATOR, Place("credits"))
