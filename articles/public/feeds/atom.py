"""Atom (RFC 4287)."""

from collections.abc import Iterable
from typing import Any

from articles.public.feeds.entry import Entry, Feed, Named
from articles.public.feeds.links import FORMATS
from articles.public.feeds.rss import media
from articles.public.markup import put, start, written
from articles.public.times import iso


def write(feed: Feed) -> bytes:
    root = start("feed", "media", default="atom", attributes={"xml:lang": feed.language})
    put(root, "id", feed.address)
    put(root, "title", feed.title)
    if feed.about != feed.title:
        put(root, "subtitle", feed.about)
    put(root, "updated", iso(feed.updated))
    put(root, "link", attributes={"rel": "self", "type": FORMATS["atom"][0], "href": feed.address})
    if feed.hub:
        put(root, "link", attributes={"rel": "hub", "href": feed.hub})
    put(root, "link", attributes={"rel": "alternate", "type": "text/html", "href": feed.page})
    if feed.rights:
        put(root, "rights", feed.rights)
    _people(root, "author", [feed.publisher])
    for entry in feed.entries:
        _entry(put(root, "entry", attributes={"xml:lang": entry.language}), entry)
    return written(root)


def _entry(element: Any, entry: Entry) -> None:
    put(element, "id", entry.id)
    put(element, "title", entry.title)
    for language, address in {entry.language: entry.address, **entry.versions}.items():
        link = {"rel": "alternate", "type": "text/html", "hreflang": language, "href": address}
        put(element, "link", attributes=link)
    put(element, "published", iso(entry.published))
    put(element, "updated", iso(entry.updated))
    _people(element, "author", entry.authors)
    _people(element, "contributor", entry.contributors)
    for slug, name in entry.categories:
        put(element, "category", attributes={"term": slug, "label": name})
    for source in entry.sources:
        put(element, "link", attributes={"rel": "via", "href": source.address, "title": source.name})
    if entry.rights:
        put(element, "rights", entry.rights)
    if entry.licence:
        put(element, "link", attributes={"rel": "license", "href": entry.licence})
    if entry.summary:
        put(element, "summary", entry.summary)
    put(element, "content", entry.content, {"type": "html"})
    if entry.picture:
        shot = entry.picture
        put(element, "link", attributes={"rel": "enclosure", "type": shot.type, "href": shot.address})
        media(element, shot)


def _people(element: Any, role: str, people: Iterable[Named]) -> None:
    for one in people:
        person = put(element, role)
        put(person, "name", one.name)
        put(person, "uri", one.address)
