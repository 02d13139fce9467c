"""What a translation doesn't say yet: its original was corrected, clarified or updated since it was made."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from articles.enums import Change
from articles.models.publication import Publication
from articles.public.times import moment_text

TOLD = (Change.CORRECTION, Change.CLARIFICATION, Change.UPDATE)
"""What readers of a translation are told of, what weighs most first. A refile or a metadata change says nothing new."""


@dataclass(frozen=True)
class Behind:
    """The newest of the changes that weigh most; ``address`` is that of the original where readers can open it now."""

    change: Change
    at: datetime
    address: str = ""
    language: str = ""

    @property
    def said(self) -> str:
        """One sentence, with the time in the newsroom's zone."""
        told = {
            Change.CORRECTION: _("The original was corrected on %(time)s; this translation has not been updated yet."),
            Change.CLARIFICATION: _(
                "The original was clarified on %(time)s; this translation has not been updated yet."
            ),
            Change.UPDATE: _("The original was updated on %(time)s; this translation has not been updated yet."),
        }
        return told[self.change] % {"time": moment_text(self.at)}


def behind(
    translation: Publication, made_from: int | None, rows: Iterable[Publication], original: Publication | None
) -> Behind | None:
    """How the translation is behind its original, if it is.

    *made_from* is the number of the original's publication that it was made from; where nobody kept account of that,
    None, its text is taken to be as old as when it was last new, updated, corrected or clarified. *rows* holds what
    readers were told of the original, *original* is what they can open of it now.
    """
    if translation.article_id == translation.family:
        return None
    told = [row for row in rows if row.article_id == translation.family]
    if made_from is None:
        since = [row for row in told if row.visible_from > translation.updated]
    else:
        since = [row for row in told if row.number > made_from]
    for kind in TOLD:
        newest = max((row for row in since if row.change == kind), key=lambda row: row.number, default=None)
        if newest is not None:
            address = f"{original.get_absolute_url()}#changes" if original else ""
            return Behind(kind, newest.visible_from, address, original.language if original else "")
    return None
