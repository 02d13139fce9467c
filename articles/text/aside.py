"""Setting some characters aside while nh3 works.

nh3 takes time quadratic to the length of a text in which many ampersands or characters from U+00A0 to U+00BF
stand (« » among them, and the non-breaking space). They are replaced by private characters before it and put
back after it.
"""

import html
import re

_PRIVATE = 0x10FF00
_CODES = [ord("&"), *range(0xA0, 0xC0)]
_AWAY: dict[int, int | None] = {code: _PRIVATE + code for code in _CODES[1:]}
_AWAY |= dict.fromkeys(range(0x80, 0xA0))  # control characters: no text
_AWAY |= {_PRIVATE + code: None for code in _CODES}
_AS_TEXT = {_PRIVATE + code: code for code in _CODES}
_AS_HTML: dict[int, int | str] = {**_AS_TEXT, _PRIVATE + ord("&"): "&amp;"}
_REFERENCE = re.compile(r"&(?P<named>(?:#[0-9]{1,10}|#[xX][0-9a-fA-F]{1,8}|[a-zA-Z][a-zA-Z0-9]{1,31});)?")


def set_aside(body: str) -> str:
    """The HTML with those characters, and references to them, replaced. U+0080 to U+009F are removed.

    A reference needs its semicolon: "&copy=1" is text.
    """
    return _REFERENCE.sub(_reference, body.translate(_AWAY))


def put_back(body: str) -> str:
    """The HTML as it has to be."""
    return body.translate(_AS_HTML)


def as_text(value: str) -> str:
    """The text that is meant: what an attribute's value says."""
    return value.translate(_AS_TEXT)


def _reference(match: re.Match[str]) -> str:
    character = html.unescape(match[0]) if match["named"] else "&"
    if len(character) == 1 and ord(character) in _CODES:
        return chr(_PRIVATE + ord(character))
    return match[0]
