"""Under what licence a story is handed on: the one that was frozen with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.enums import Licence
from articles.models.publication import Publication


@dataclass(frozen=True)
class Rights:
    """``address`` is the licence's own text, empty where all rights are reserved; ``notes`` say what is allowed."""

    year: int
    holder: str
    name: str
    address: str
    notes: tuple[str, ...]

    @property
    def owner(self) -> str:
        """Such as “© 2026 Newsroom”."""
        return f"© {self.year} {self.holder}"

    @property
    def line(self) -> str:
        return f"{self.owner}. {self.name}"


def rights_of(publication: Publication, holder: str) -> Rights:
    """The rights in a live story, in the language that is active. A row from before licences has today's default."""
    licence = Licence(publication.story.get("licence") or settings.NEWSROOM_LICENCE)
    return Rights(
        year=timezone.localtime(publication.first_published).year,
        holder=holder,
        name=str(licence.label),
        address=licence.address,
        notes=tuple(filter(None, (_allowed(licence), _reserved(publication.story)))),
    )


def _allowed(licence: Licence) -> str:
    """What whoever wants to reprint a story has to know, in a sentence."""
    return {
        Licence.RESERVED: _("Ask us before you reprint this story. You may always quote it and link to it."),
        Licence.CC0: _("You may reprint and change this story as you like."),
        Licence.CC_BY: _("You may reprint and change this story if you name us and link to it."),
        Licence.CC_BY_SA: _(
            "You may reprint and change this story if you name us, link to it and pass it on under the same licence."
        ),
        Licence.CC_BY_ND: _("You may reprint this story unchanged if you name us and link to it."),
        Licence.CC_BY_NC: _(
            "You may reprint and change this story if you name us, link to it and do not make money with it."
        ),
        Licence.CC_BY_NC_SA: _(
            "You may reprint and change this story if you name us, link to it, do not make money with it"
            " and pass it on under the same licence."
        ),
        Licence.CC_BY_NC_ND: _(
            "You may reprint this story unchanged if you name us, link to it and do not make money with it."
        ),
    }[licence]


def _reserved(story: Mapping[str, Any]) -> str:
    """The sources that keep the rights in what comes from them."""
    names = dict.fromkeys(cited["name"] for cited in story.get("citations", []) if cited.get("reserved"))
    told = _("Reprinting what comes from %(names)s needs the permission of the source.")
    return told % {"names": ", ".join(names)} if names else ""
