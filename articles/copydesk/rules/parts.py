"""The parts that a story can't go without."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from articles.copydesk.base import Finding, Place, excerpt
from articles.copydesk.reading import Reading
from articles.enums import Severity

LONGEST_HEADLINE = 110
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

_MISSING = {
    "headline": gettext_noop("There is no headline. Write one."),
    "standfirst": gettext_noop("There is no standfirst. Say in a sentence or two what happened."),
    "section": gettext_noop("There is no section. Choose where the story belongs."),
    "language": gettext_noop("There is no language. Choose the one that the story is written in."),
    "slug": gettext_noop("There is no slug. Write the last part of the story's address."),
}


class Parts:
    id = "parts"
    title = _("Required parts")
    help = _("A story has a headline, a standfirst, a body, a section, a language and an address.")

    def examine(self, reading: Reading) -> Iterator[Finding]:
        needed = {"headline", "language"} if reading.page else _MISSING.keys()
        for name, message in _MISSING.items():
            if name not in needed:
                continue
            value = getattr(reading, name)
            if not str(value or "").strip():
                severity = Severity.ERROR if name == "standfirst" else Severity.BLOCKING
                yield Finding(self.id, severity, message, Place(name))
        if not reading.text.strip():
            message = gettext_noop("The body is empty. Write the story.")
            yield Finding(self.id, Severity.BLOCKING, message, Place("body"))
        if len(reading.headline) > LONGEST_HEADLINE:
            yield Finding(
                self.id,
                Severity.WARNING,
                gettext_noop("The headline has %(length)s characters. Cut it to %(limit)s or fewer."),
                Place("headline", excerpt=excerpt(reading.headline)),
                {"length": str(len(reading.headline)), "limit": str(LONGEST_HEADLINE)},
            )
        if reading.slug and not reading.page and not _SLUG.fullmatch(reading.slug):
            yield Finding(
                self.id,
                Severity.BLOCKING,
                gettext_noop("The slug may hold a to z, 0 to 9 and single hyphens only. Write it so."),
                Place("slug", excerpt=excerpt(reading.slug)),
            )
