"""Whose work readers see it to be."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from articles.copydesk.base import Finding, Place
from articles.copydesk.reading import Credit, Reading
from articles.enums import CreditRole, Severity, Unnamed

_NO_TRANSLATOR = gettext_noop(
    "The story is a translation, and nobody is credited as its translator. "
    "Add the credit: it is what names and pays them. If readers are not to see it, the credit says why."
)
_TRANSLATED_NOTHING = gettext_noop(
    "%(name)s is credited with work on a translation, but the story is no translation. Translate the original itself "
    "where it is one of ours. Where it stands elsewhere, cite it, and the credit is right."
)


class Credits:
    id = "credits"
    title = _("Credits")
    help = _("A translation names its translator to readers, or says why not; an original has none.")

    def examine(self, reading: Reading) -> Iterator[Finding]:
        known = [credit for credit in reading.credits if credit.role in CreditRole.values]
        translating = [credit for credit in known if CreditRole(credit.role).is_translation]
        if reading.original is None:
            for credit in translating:
                yield Finding(self.id, Severity.ADVICE, _TRANSLATED_NOTHING, Place("credits"), {"name": credit.name})
        elif not any(_named_or_said(credit) for credit in translating):
            yield Finding(self.id, Severity.ERROR, _NO_TRANSLATOR, Place("credits"))


def _named_or_said(credit: Credit) -> bool:
    """Whether readers see who made the translation, or a reason stands why not."""
    return CreditRole(credit.role).makes_translation and (credit.public or credit.unnamed in Unnamed.said())
