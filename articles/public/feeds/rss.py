"""RSS 2.0, with the modules that feed readers know."""

from email.utils import format_datetime
from typing import Any

from django.utils import timezone
from django.utils.html import escape

from articles.public.feeds.entry import Entry, Feed, Shot
from articles.public.feeds.links import FORMATS
from articles.public.markup import put, start, written
from articles.public.times import iso


def write(feed: Feed) -> bytes:
    root = start("rss", "atom", "content", "dc", "media", attributes={"version": "2.0"})
    channel = put(root, "channel")
    put(channel, "title", feed.title)
    put(channel, "link", feed.page)
    put(channel, "description", escape(feed.about))
    put(channel, "language", feed.language)
    if feed.rights:
        put(channel, "copyright", feed.rights)
    put(channel, "lastBuildDate", format_datetime(timezone.localtime(feed.updated)))
    own = {"href": feed.address, "rel": "self", "type": FORMATS["rss"][0]}
    put(channel, "atom:link", attributes=own)
    if feed.hub:
        put(channel, "atom:link", attributes={"href": feed.hub, "rel": "hub"})
    for entry in feed.entries:
        _item(put(channel, "item"), entry)
    return written(root)


def _item(item: Any, entry: Entry) -> None:
    put(item, "title", entry.title)
    put(item, "link", entry.address)
    put(item, "guid", entry.id, {"isPermaLink": "false"})
    put(item, "pubDate", format_datetime(timezone.localtime(entry.published)))
    put(item, "atom:updated", iso(entry.updated))
    for author in entry.authors:
        put(item, "dc:creator", author.name)
    for person in entry.contributors:
        put(item, "dc:contributor", person.name)
    put(item, "dc:language", entry.language)
    for _slug, name in entry.categories:
        put(item, "category", name)
    for source in entry.sources:
        put(item, "dc:source", f"{source.name}, {source.address}")
    for language, address in entry.versions.items():
        put(item, "atom:link", attributes={"rel": "alternate", "hreflang": language, "href": address})
    if entry.rights:
        put(item, "dc:rights", entry.rights)
    if entry.licence:
        put(item, "atom:link", attributes={"rel": "license", "href": entry.licence})
    if entry.summary:
        put(item, "description", escape(entry.summary))  # it is read as HTML
    put(item, "content:encoded", entry.content)
    if entry.picture:
        media(item, entry.picture)


def media(parent: Any, shot: Shot) -> None:
    """Media RSS, which tells who made the picture; Atom has it too. An ``enclosure`` would need its size in bytes."""
    file = {"url": shot.address, "type": shot.type, "medium": "image", "width": shot.width, "height": shot.height}
    content = put(parent, "media:content", attributes=file)
    if shot.caption or shot.alt:
        put(content, "media:description", shot.caption or shot.alt, {"type": "plain"})
    if shot.credit:
        put(content, "media:credit", shot.credit)
