"""Freezing a working copy into a Revision.

The document holds what the article itself says; what the registers say of the people, sources, contributors
and pictures that it names is joined when it is checked (``checking``) or published (``freezing``), so that a change
in a register never changes the hash of a text. Shape::

    {"language": str, "original": id|null, "section": id|null, "kicker", "headline", "standfirst", "slug",
     "dateline", "body": HTML, "licence": str, "machine_help": str, "own_reporting": bool, "tags": [id],
     "citations": [{"number", "source": id, "title", "url", "published": ISO date|null, "accessed", "note"}],
     "quotes": [{"number", "person": id|null, "description", "role", "kind", "words", "original_words",
                 "original_language", "citation": number|null, "said_on": ISO date|null}],
     "key_facts": [{"number", "figure", "text", "citation": number|null}],
     "mentions": [{"person": id}],
     "credits": [{"contributor": id, "role", "public": bool, "position": int,
                  "unnamed": value of Unnamed, "share": str}],                      the last two only where they are set
     "pictures": [{"number", "picture": id, "use", "alt", "caption"}]}

``LATER`` names the parts that older documents lack: read them with ``get``.
A newsroom page has its kind as "page" besides. A story's document lacks the key, so that the hashes of stories are what
they were before there were such pages.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

from articles.enums import Unnamed
from articles.models.article import Article
from articles.models.revision import Revision

LATER = ("key_facts", "licence", "machine_help")
TEXTS = ("language", "kicker", "headline", "standfirst", "slug", "dateline", "body")


def document(article: Article) -> dict[str, Any]:
    """The article as it stands in the database."""
    return {
        **{name: getattr(article, name) for name in TEXTS},
        **({"page": article.page} if article.page else {}),
        "original": article.original_id,
        "section": article.section_id,
        "licence": article.licence,
        "machine_help": article.machine_help,
        "own_reporting": article.own_reporting,
        "tags": sorted(article.tags.values_list("pk", flat=True)),
        "citations": [
            {
                "number": c.number, "source": c.source_id, "title": c.title, "url": c.url,
                "published": _day(c.published), "accessed": _day(c.accessed), "note": c.note,
            }
            for c in article.citations.order_by("number")
        ],
        "quotes": [
            {
                "number": q.number, "person": q.person_id, "description": q.description, "role": q.role, "kind": q.kind,
                "words": q.words, "original_words": q.original_words, "original_language": q.original_language,
                "citation": q.citation.number if q.citation else None, "said_on": _day(q.said_on),
            }
            for q in article.quotes.select_related("citation").order_by("number")
        ],
        "key_facts": [
            {
                "number": f.number, "figure": f.figure, "text": f.text,
                "citation": f.citation.number if f.citation else None,
            }
            for f in article.key_facts.select_related("citation").order_by("number")
        ],
        "mentions": [{"person": pk} for pk in article.mentions.order_by("person").values_list("person", flat=True)],
        "credits": [
            {
                "contributor": c.contributor_id, "role": c.role, "public": c.public, "position": c.position,
                **({"unnamed": c.unnamed} if c.unnamed in Unnamed.said() else {}),
                **({"share": f"{c.share.normalize():f}"} if c.share is not None else {}),
            }
            for c in article.credits.order_by("position", "id")
        ],
        "pictures": [
            {"number": p.number, "picture": p.picture_id, "use": p.use, "alt": p.alt, "caption": p.caption}
            for p in article.pictures.order_by("number")
        ],
    }  # fmt: skip


def digest(frozen: dict[str, Any]) -> str:
    """SHA-256 (hex) of the document in its one canonical spelling.

    A part of ``LATER`` that is empty does not count: a text from before it keeps its hash, and so its approval.
    """
    said = {name: value for name, value in frozen.items() if value or name not in LATER}
    canonical = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def snapshot(article: Article, *, by: Any, why: str = "") -> Revision | None:
    """A new Revision where the text differs from the head's, else None. Sets nothing on the article."""
    frozen = document(article)
    sha256 = digest(frozen)
    if article.head is not None and article.head.sha256 == sha256:
        return None
    number = article.head.number + 1 if article.head else 1
    return Revision.objects.create(article=article, number=number, document=frozen, sha256=sha256, by=by, why=why)


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None
