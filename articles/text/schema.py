"""What a body may hold: tags, attributes, and the forms that their values may take."""

import re

from articles.text.aside import as_text

BLOCKS = frozenset(["p", "h2", "h3", "ul", "ol", "li", "blockquote", "table", "thead", "tbody", "tr", "td", "th"])
INLINE = frozenset(["strong", "em", "a", "sub", "sup", "span"])
TAGS = BLOCKS | INLINE | {"br", "hr", "figure"}

RENAMED = {
    "h1": "h2",
    "h4": "h3",
    "h5": "h3",
    "h6": "h3",
    "b": "strong",
    "i": "em",
    "cite": "em",
    "dfn": "em",
    "menu": "ul",
    "dir": "ul",
    "dl": "ul",
    "dt": "li",
    "dd": "li",
    "tfoot": "tbody",
}
"""Tags outside the schema that have a near relation in it."""

BREAKS = frozenset(
    ["div", "section", "article", "main", "header", "footer", "nav", "aside", "address", "center", "pre"]
) | frozenset(
    [
        "figcaption",
        "caption",
        "legend",
        "details",
        "summary",
        "fieldset",
        "form",
        "option",
        "hgroup",
        "dialog",
    ]
)
"""Tags outside the schema whose text stands in a paragraph of its own."""

_LANG_TAGS = BLOCKS | {"span", "figure"} | BREAKS | set(RENAMED) - {"b", "i", "cite", "dfn"}
ATTRIBUTES: dict[str, set[str]] = {
    **{tag: {"lang", "dir"} for tag in _LANG_TAGS},
    "a": {"href"},
    "blockquote": {"data-quote", "lang", "dir"},
    "sup": {"data-citation"},
    "figure": {"data-picture", "lang", "dir"},
    "td": {"colspan", "rowspan", "lang", "dir"},
    "th": {"colspan", "rowspan", "lang", "dir"},
}

_SMALL_NUMBER = re.compile(r"[1-9][0-9]{0,2}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}")
_DIRECTION = re.compile(r"ltr|rtl|auto")
_ADDRESS = re.compile(
    r"https?://[^/?#@:\\]+(?::[0-9]{1,5})?(?:[/?#].*)?"  # a host, and no name or password before it
    r"|mailto:[^/\\]+"
    r"|/(?![/\\]).*"  # a path; two slashes would be another host
    r"|\#.*",
    re.IGNORECASE,
)
_LONGEST_ADDRESS = 2000
_NEVER_IN_ADDRESS = re.compile(r"[\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff\u200b-\u200f\u202a-\u202e\\]")


def allowed_value(tag: str, attribute: str, value: str) -> str | None:
    """The value as it may stand, or None where the attribute has to go."""
    if attribute == "href":
        return _address(as_text(value))
    pattern = {"lang": _LANGUAGE, "dir": _DIRECTION}.get(attribute, _SMALL_NUMBER)
    return value if pattern.fullmatch(value) else None


def _address(value: str) -> str | None:
    """Only ``https://host…``, ``http://host…``, ``mailto:``, ``/path`` and ``#fragment``."""
    address = value.strip(" \t\r\n\f")
    if len(address) > _LONGEST_ADDRESS or _NEVER_IN_ADDRESS.search(address) or not _ADDRESS.fullmatch(address):
        return None
    return address.replace(" ", "%20")
