"""What readers' templates need besides Django's own: times with their zone, pictures, names of languages."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from articles.media.renditions import widths
from articles.models.picture import Picture
from articles.models.publication import Publication
from articles.public.page import own_name
from articles.public.site import picture_path, sized
from articles.public.telling import change_name
from articles.public.times import DAY, day_text, iso, moment_text

register = template.Library()
register.filter("change_name", change_name)
_EDGES = (1 / 3, 2 / 3)


@register.simple_tag
def moment(value: datetime) -> SafeString:
    """A time in the newsroom's zone, with the zone's abbreviation, in words of the page's language."""
    return format_html('<time datetime="{}">{}</time>', iso(value), moment_text(value))


@register.simple_tag
def day(value: date | datetime, form: str = DAY) -> SafeString:
    """A day, without the hour."""
    date_alone = timezone.localtime(value).date() if isinstance(value, datetime) else value
    return format_html('<time datetime="{}">{}</time>', date_alone.isoformat(), day_text(value, form))


@register.filter
def language_name(code: str) -> str:
    """What a language calls itself."""
    return own_name(code)


@register.filter
def language_here(code: str) -> str:
    """What a language is called in the language of the page."""
    try:
        return str(translation.get_language_info(code)["name_translated"])
    except KeyError:
        return str(dict(settings.LANGUAGES).get(code, code))


@register.filter
def from_language(code: str) -> str:
    """“from Romanian”: many tongues bend the name of a language after the preposition."""
    return {
        "en": pgettext("translated", "from English"),
        "ro": pgettext("translated", "from Romanian"),
        "ru": pgettext("translated", "from Russian"),
        "uk": pgettext("translated", "from Ukrainian"),
    }.get(code) or language_here(code)


@register.filter
def into_language(code: str) -> str:
    """“into English”, after ``from_language``."""
    return {
        "en": pgettext("translated", "into English"),
        "ro": pgettext("translated", "into Romanian"),
        "ru": pgettext("translated", "into Russian"),
        "uk": pgettext("translated", "into Ukrainian"),
    }.get(code) or language_here(code)


@register.inclusion_tag("public/_partials/picture.html")
def picture(shot: Mapping[str, Any], sizes: str = "100vw", *, eager: bool = False) -> dict[str, Any]:
    """A frozen picture of a story, in the widths and formats that there are."""
    offered, middle = widths(int(shot["width"])), sized(shot, 640)
    return {
        "alt": shot["alt"],
        "sizes": sizes,
        "eager": eager,
        "focus": _focus(shot["focal"]),
        "webp": _srcset(shot["sha256"], offered, "webp"),
        "jpeg": _srcset(shot["sha256"], offered, "jpeg"),
        "address": middle.path,
        "width": middle.width,
        "height": middle.height,
    }


@register.inclusion_tag("public/_partials/picture.html")
def lead_picture(publication: Publication, sizes: str = "100vw", *, eager: bool = False) -> dict[str, Any]:
    """The lead picture of a story in a list."""
    lead = publication.lead_picture
    if not isinstance(lead, Picture):
        return {}
    return picture(lead.as_frozen(alt=publication.lead_alt), sizes, eager=eager)


def _srcset(sha256: str, offered: tuple[int, ...], form: str) -> str:
    return ", ".join(f"{picture_path(sha256, width, form)} {width}w" for width in offered)


def _focus(focal: list[float]) -> str:
    """The class of the ninth of the picture that must stay in sight when it is cropped."""
    across, down = focal
    column = ("left", "centre", "right")[sum(across > edge for edge in _EDGES)]
    row = ("top", "middle", "bottom")[sum(down > edge for edge in _EDGES)]
    return f"focus-{column}-{row}"
