"""Cleaning a body: whatever HTML comes in, what goes out is of the schema and safe to show.

Three passes. nh3 parses the HTML as a browser would and keeps the tags that mean something to us. ``_Shaper`` maps
those to the schema and puts loose text into paragraphs. nh3 then cleans strictly, so that what leaves was written
by it and by nothing else. This is done until nothing changes any more, so that cleaning twice is cleaning once.
"""

import html
import re

import nh3

from .schema import ATTRIBUTES, BREAKS, RENAMED, TAGS, allowed_value
from .shaping import shape
from .visible import plain

_ROUNDS = 6
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

    Idempotent. Tags outside the schema are mapped (h1 to h2, b to strong, div to p …) or unwrapped; scripts, styles
    and comments go. Where HTML is so broken that it never settles, its text is kept in plain paragraphs.
    """
    for _ in range(_ROUNDS):
        cleaned = _clean_once(body)
        if cleaned == body:
            return cleaned
        body = cleaned
    return "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in plain(body).split("\n") if line)


def _clean_once(body: str) -> str:
    # Thousands of <b x=1><b x=2>… would be reopened by the parser in each paragraph that follows: without their
    # attributes it reopens three of a kind at most.
    calmed = _FORMATTING.sub(r"<\1>", body)
    return _STRICT.clean(shape(_WIDE.clean(calmed)))
