"""The text of a story made fit to be read in another program."""

from typing import Any

from django.utils import translation
from lxml import html as parser

from articles.public.markup import clean

_OF_A_PICTURE = ("src", "alt", "width", "height")


def portable(html: str, address: str, language: str) -> str:
    """The HTML in one ``div`` that says its language and direction, with nothing that needs our pages.

    Links and pictures get whole addresses; *address* is that of the story, where its notes and sources stand.
    The language must be active.
    """
    root = parser.fragment_fromstring(clean(html), create_parent="div")
    root.set("lang", language)
    root.set("dir", "rtl" if translation.get_language_bidi() else "ltr")
    for element in root.iter():
        for name in {"href", "src"} & set(element.attrib):
            element.set(name, _whole(element.get(name), address))
    _plain_pictures(root)
    for frame in root.xpath(".//section[@class='wide']"):  # scrolls by a style that is not there
        frame.drop_tag()
    return str(parser.tostring(root, encoding="unicode"))


def _whole(value: str, address: str) -> str:
    if value.startswith("#"):
        return address + value
    return "/".join(address.split("/", 3)[:3]) + value if value.startswith("/") else value


def _plain_pictures(root: Any) -> None:
    """One file of each picture: feed readers choose none."""
    for around in root.xpath(".//picture|.//picture//source"):  # lxml takes what follows a source for its content
        around.drop_tag()
    for shown in root.iter("img"):
        for name in set(shown.attrib) - set(_OF_A_PICTURE):
            del shown.attrib[name]
