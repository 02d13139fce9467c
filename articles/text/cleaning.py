"""Cleaning a body: whatever HTML comes in, what goes out is of the schema and safe to show.

Three passes. nh3 parses the HTML as a browser would and keeps the tags that mean something to us. ``shape``
maps those to the schema and puts loose text into paragraphs. nh3 then cleans strictly, so that what leaves
was written by it and by nothing else. This is done until nothing changes any more: cleaning twice is cleaning
once.
"""

import html
import re
from collections import Counter

import nh3

from articles.text.aside import put_back, set_aside
from articles.text.schema import ATTRIBUTES, BREAKS, RENAMED, TAGS, allowed_value
from articles.text.shaping import shape
from articles.text.visible import plain, text_without_tags

_ROUNDS = 6
_DEEPEST = 400
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
_NEEDS_NO_END = frozenset(
    ["p", "li", "dt", "dd", "tr", "td", "th", "option", "br", "hr", "img", "input", "meta", "link", "col"]
) | frozenset(["wbr", "area", "base", "embed", "source", "track", "param"])
_FORMATTING = re.compile(
    r"<(b|i|em|strong|u|s|strike|small|big|tt|code|font|nobr)\s"
    r"""(?:[^<>"']|"[^"<>]{0,200}"|'[^'<>]{0,200}'){0,40}+>""",
    re.IGNORECASE,
)

_WIDE = nh3.Cleaner(
    tags=set(TAGS | BREAKS | RENAMED.keys() | {"q"}),
    attributes=ATTRIBUTES,
    attribute_filter=allowed_value,
    link_rel=None,
    url_schemes={"http", "https", "mailto"},
)
_STRICT = nh3.Cleaner(
    tags=set(TAGS),
    attributes={tag: names for tag, names in ATTRIBUTES.items() if tag in TAGS},
    attribute_filter=allowed_value,
    link_rel=None,
    url_schemes={"http", "https", "mailto"},
)


def sanitise(body: str) -> str:
    """The body in our schema: safe, and with all its visible text.

    Idempotent. Tags outside the schema are mapped (h1 to h2, b to strong, div to p …) or unwrapped; scripts,
    styles and comments go. Where HTML nests deeper than 400 tags or never settles, its text is kept in plain
    paragraphs.
    """
    aside = set_aside(body)
    if _depth(aside) > _DEEPEST:
        return _text_alone(text_without_tags(aside))
    for _ in range(_ROUNDS):
        cleaned = _clean_once(aside)
        if cleaned == aside:
            return put_back(cleaned)
        aside = cleaned
    return _text_alone(plain(aside))


def _clean_once(body: str) -> str:
    # Thousands of <b x=1><b x=2>… would be reopened by the parser in each paragraph that follows: without
    # their attributes it reopens three of a kind at most.
    calmed = _FORMATTING.sub(r"<\1>", body)
    return _STRICT.clean(shape(_WIDE.clean(calmed)))


def _depth(body: str) -> int:
    """How many tags are open at once, about. A parser's time grows with it for each tag."""
    opened: Counter[str] = Counter()
    depth = deepest = 0
    for close, tag in _TAG.findall(body):
        name = tag.lower()
        if name in _NEEDS_NO_END:
            continue
        if not close:
            opened[name] += 1
            depth += 1
        elif opened[name]:
            opened[name] -= 1
            depth -= 1
        deepest = max(deepest, depth)
    return deepest


def _text_alone(text: str) -> str:
    lines = (" ".join(line.split()) for line in text.split("\n"))
    paragraphs = "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in lines if line)
    return put_back(_STRICT.clean(paragraphs))
