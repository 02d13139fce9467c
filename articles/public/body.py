"""A frozen body made ready for its page.

The body was sanitised and rendered at publication. What is left to put in are the pictures, whose files may
have come since, and a frame around tables, which scroll on their own where the screen is narrow.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

_PLACE = re.compile(r'<figure\b[^>]*\bdata-picture="(\d{1,5})"[^>]*></figure>')
_FIRST_PARAGRAPH = re.compile(r"\s*<p\b[^>]*>")


def fill(body: str, pictures: Iterable[Mapping[str, Any]], dateline: str = "") -> SafeString:
    """The body with its dateline and pictures; a place whose picture is not on record stays empty."""
    shots = {int(shot["number"]): shot for shot in pictures}

    def figure(match: re.Match[str]) -> str:
        shot = shots.get(int(match[1]))
        return render_to_string("public/_partials/figure.html", {"shot": shot}) if shot else ""

    filled = _PLACE.sub(figure, with_dateline(body, dateline))
    frame = format_html('<section class="wide" tabindex="0" aria-label="{}"><table', _("Table"))
    filled = filled.replace("<table", frame).replace("</table>", "</table></section>")
    return mark_safe(filled)  # noqa: S308  # a Publication's body is sanitised, and so is what was put in


def with_dateline(body: str, dateline: str) -> str:
    """The place stands at the head of the first paragraph, as papers set it."""
    if not dateline:
        return body
    place = format_html('<span class="dateline">{}</span> — ', dateline)
    opening = _FIRST_PARAGRAPH.match(body)
    if opening is None:
        return f"<p>{place}</p>{body}"
    return opening[0] + place + body[opening.end() :]
