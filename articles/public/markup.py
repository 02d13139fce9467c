"""XML that is well-formed whatever stands in the text, for feeds and sitemaps."""

import re
from collections.abc import Mapping
from typing import Any

from lxml import etree

NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
    "sitemap": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "xml": "http://www.w3.org/XML/1998/namespace",
}
_NOT_IN_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
Attributes = Mapping[str, object]


def clean(text: str) -> str:
    """The text without the characters that no XML document may hold, such as U+0008."""
    return _NOT_IN_XML.sub("", text)


def start(tag: str, *prefixes: str, default: str | None = None, attributes: Attributes | None = None) -> Any:
    """The element that holds all others. *default* and *prefixes* are keys of ``NAMESPACES``."""
    names: dict[str | None, str] = {prefix: NAMESPACES[prefix] for prefix in prefixes}
    if default:
        names[None] = NAMESPACES[default]
    element = etree.Element(f"{{{NAMESPACES[default]}}}{tag}" if default else tag, nsmap=names)
    return _with(element, attributes)


def put(parent: Any, tag: str, text: str = "", attributes: Attributes | None = None) -> Any:
    """A new last child. ``dc:creator`` is of that namespace; a bare name is of the document's own."""
    element = etree.SubElement(parent, _name(tag, parent.nsmap.get(None)))
    element.text = clean(text) or None
    return _with(element, attributes)


def written(root: Any) -> bytes:
    document: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return document


def _with(element: Any, attributes: Attributes | None) -> Any:
    """An attribute that is empty is left out."""
    for name, value in (attributes or {}).items():
        if value not in {None, ""}:
            element.set(_name(name, None), clean(str(value)))
    return element


def _name(name: str, default: str | None) -> str:
    prefix, colon, local = name.rpartition(":")
    namespace = NAMESPACES[prefix] if colon else default
    return f"{{{namespace}}}{local}" if namespace else local
