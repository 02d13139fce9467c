"""JSON Feed 1.1. What the format has no word for begins with ``_``."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from articles.public.feeds.entry import Entry, Feed, Named, Shot
from articles.public.times import iso


def write(feed: Feed) -> bytes:
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.about,
        "home_page_url": feed.page,
        "feed_url": feed.address,
        "language": feed.language,
        "authors": _people([feed.publisher]),
        **({"hubs": [{"type": "WebSub", "url": feed.hub}]} if feed.hub else {}),
        "items": [_filled(_item(entry)) for entry in feed.entries],
    }
    return json.dumps(document, ensure_ascii=False).encode("utf-8", "replace")


def _item(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "url": entry.address,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.content,
        "date_published": iso(entry.published),
        "date_modified": iso(entry.updated),
        "authors": _people(entry.authors),
        "language": entry.language,
        "tags": [name for _slug, name in entry.categories],
        "_translation": _translation(entry),
        "_story": _story(entry),
        **(_picture(entry.picture) if entry.picture else {}),
    }


def _story(entry: Entry) -> dict[str, Any]:
    told: dict[str, Any] = {
        "sources": _people(entry.sources),
        "corrections": [{"kind": note.kind, "note": note.text, "date": iso(note.at)} for note in entry.notes],
        "versions": dict(entry.versions),
        "rights": entry.rights,
        "licence": entry.licence,
    }
    return _filled(told)


def _translation(entry: Entry) -> dict[str, Any]:
    """Nothing for an original."""
    made: dict[str, Any] = {
        "from": entry.translated_from,
        "of": entry.original,
        "translators": _people(entry.translators),
        "revisers": _people(entry.revisers),
        "post_editors": _people(entry.post_editors),
    }
    return _filled(made)


def _picture(shot: Shot) -> dict[str, Any]:
    told = {"alt": shot.alt, "caption": shot.caption, "credit": shot.credit}
    return {
        "image": shot.address,
        "attachments": [_filled({"url": shot.address, "mime_type": shot.type, "title": shot.caption or shot.alt})],
        "_picture": _filled({**told, "width": shot.width, "height": shot.height}),
    }


def _people(named: Iterable[Named]) -> list[dict[str, str]]:
    return [{"name": one.name, "url": one.address} for one in named]


def _filled(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Without what is empty."""
    return {name: value for name, value in fields.items() if value}
