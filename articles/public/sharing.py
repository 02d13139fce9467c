"""How a story is handed on: plain links to where people share, and the sentence to cite it by.

No script and no request of another's: who follows such a link chose to.
"""

from collections.abc import Collection
from typing import Any
from urllib.parse import quote, urlencode

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from articles.enums import CreditRole
from articles.models.publication import Publication
from articles.public.site import Site
from articles.public.telling import WRITERS, credited
from articles.public.times import day_text


def sharing(publication: Publication, site: Site) -> dict[str, Any]:
    """What the story's page needs to be handed on; its language must be active."""
    address = site.whole(publication.get_absolute_url())
    return {"share": share_links(publication.headline, address), "cited_as": cited_as(publication, site)}


def share_links(headline: str, address: str) -> list[dict[str, str]]:
    """Where to share, by name, with the headline and the address filled in."""
    mail = urlencode({"subject": headline, "body": f"{headline}\r\n\r\n{address}"}, quote_via=quote)
    both = urlencode({"url": address, "text": headline}, quote_via=quote)
    return [
        {"name": _("E-mail"), "address": f"mailto:?{mail}"},
        {"name": "Telegram", "address": f"https://t.me/share/url?{both}"},
        {
            "name": "WhatsApp",
            "address": f"https://wa.me/?{urlencode({'text': f'{headline} {address}'}, quote_via=quote)}",
        },
        {"name": "Facebook", "address": f"https://www.facebook.com/sharer/sharer.php?{urlencode({'u': address})}"},
        {"name": "X", "address": f"https://x.com/intent/post?{both}"},
    ]


def cited_as(publication: Publication, site: Site) -> str:
    """Authors, headline, translators, paper, day and address, as a list of sources has them."""
    translators = _names(publication, {CreditRole.TRANSLATOR, CreditRole.POST_EDITOR})
    parts = [
        _names(publication, WRITERS),
        pgettext("cited", "“%(headline)s”") % {"headline": publication.headline},
        translators and _("translated by %(names)s") % {"names": translators},
        site.name,
        day_text(publication.first_published),
        site.whole(publication.get_absolute_url()),
    ]
    return ", ".join(filter(None, parts))


def _names(publication: Publication, roles: Collection[str]) -> str:
    """Each name once."""
    return ", ".join(dict.fromkeys(credited(publication, roles).values()))
