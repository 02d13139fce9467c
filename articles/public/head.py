"""What machines and sharers read of a page: its head, beside title and styles.

A view says what its page is ``About``; ``head_of`` makes the rest of the page's addresses. A page that is not
to be indexed has no such head.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import to_locale

from articles.models.paper import Paper
from articles.models.publication import Publication
from articles.public import linked_data
from articles.public.site import Site, site_of
from articles.public.times import iso

LOCALES = {"en": "en_GB", "ro": "ro_RO", "ru": "ru_RU", "uk": "uk_UA"}
"""Those who show shared links know languages with a country alone."""
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"}


class Edition(NamedTuple):
    """Another form of a page, as a file."""

    path: str
    type: str
    name: str


@dataclass(frozen=True)
class About:
    """What a page is about. Without a title it is the paper itself.

    ``trail`` is the way to the page from the front page, without both. ``listed`` and ``entity`` make its linked
    data, or ``data`` does, given the site. ``paged_by`` names the keys of a list's pages; the last of them has
    to be in the address, or none counts. ``editions`` are other forms of the page.
    ``picture`` is what sharers show: its path, width, height and alt.
    """

    title: str = ""
    description: str = ""
    kind: str = "website"
    picture: Mapping[str, Any] | None = None
    published: datetime | None = None
    modified: datetime | None = None
    section: str = ""
    tags: Sequence[str] = ()
    trail: Sequence[tuple[str, str]] = ()
    listed: Sequence[Publication] = ()
    entity: linked_data.Node | None = None
    data: Callable[[Site], list[linked_data.Node]] | None = None
    paged_by: Sequence[str] = ()
    editions: Sequence[Edition] = ()


def head_of(
    about: About, language: str, elsewhere: Mapping[str, str], request: HttpRequest, pages: Mapping[str, str]
) -> dict[str, Any]:
    """The context of ``public/_partials/head.html``; the page's language must be active. *pages*: see ``Site``."""
    site = site_of(request, pages)
    path = elsewhere.get(language) or request.path
    paging = _paging(about.paged_by, request)
    canonical = site.whole(path + paging)
    there = {} if paging else elsewhere  # older pages of a list have no like in another language
    return {
        "canonical": canonical,
        "alternates": _alternates(there, site),
        "title": about.title or site.name,
        "description": about.description,
        "kind": about.kind,
        "locale": _locale(language),
        "other_locales": [_locale(code) for code in there if code != language],
        "picture": _picture(about.picture, site),
        "published": about.published and iso(about.published),
        "modified": about.modified and iso(about.modified),
        "section": about.section,
        "tags": about.tags,
        "editions": [
            {"address": site.whole(edition.path), "type": edition.type, "name": edition.name}
            for edition in about.editions
        ],
        "data": as_script(linked_data.document(_nodes(about, language, site, path, canonical))),
    }


def as_script(data: linked_data.Node) -> SafeString:
    """JSON as it may stand in a script element: nothing in it ends the element or begins a tag."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPES)
    return mark_safe(text)  # noqa: S308  # what could be markup was escaped


def _paging(keys: Sequence[str], request: HttpRequest) -> str:
    """The part of the address that names an older page of a list, in the order of *keys*."""
    if not keys or keys[-1] not in request.GET:
        return ""
    return "?" + urlencode([(key, request.GET[key]) for key in keys if key in request.GET])


def _alternates(elsewhere: Mapping[str, str], site: Site) -> list[dict[str, str]]:
    """The page in every language that has it, itself among them, and for speakers of any other."""
    if not elsewhere:
        return []
    default = Paper.objects.current().first_language
    fallback = elsewhere.get(default) or reverse("front", kwargs={"language": default})
    return [
        {"language": code, "address": site.whole(path)} for code, path in (*elsewhere.items(), ("x-default", fallback))
    ]


def _locale(language: str) -> str:
    return LOCALES.get(language) or to_locale(language)


def _picture(shared: Mapping[str, Any] | None, site: Site) -> dict[str, Any] | None:
    return {**shared, "address": site.whole(shared["path"])} if shared else None


def _nodes(about: About, language: str, site: Site, path: str, canonical: str) -> list[linked_data.Node]:
    if about.data:
        nodes = about.data(site)
    else:
        nodes = [
            linked_data.collection(
                site,
                language,
                canonical,
                name=about.title,
                description=about.description,
                listed=about.listed,
                entity=about.entity,
            )
        ]
    front = reverse("front", kwargs={"language": language})
    if path == front:
        return nodes
    way = [(_("Front page"), front), *about.trail, (about.title or site.name, path)]
    return [*nodes, linked_data.breadcrumbs(site, way)]
