"""Where the site stands, for whoever needs whole addresses: machines, sharers and those who cite."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from articles.media.renditions import widths

PICTURE = 1280
"""How wide a picture is handed to who shares or lists a story, where it is so wide."""


@dataclass(frozen=True)
class Site:
    """``address`` has no slash at its end: ``https://news.example``."""

    address: str
    name: str

    def whole(self, path: str) -> str:
        """The whole address of a path of the site."""
        return self.address + path

    def page_of(self, register: str, language: str, slug: str) -> str:
        """The whole address of the page of a person, source or contributor."""
        return self.whole(reverse(register, kwargs={"language": language, "slug": slug}))


def site_of(request: HttpRequest) -> Site:
    """The site as the settings name it, else as the request does."""
    address = settings.NEWSROOM_BASE_URL or f"{request.scheme}://{request.get_host()}"
    return Site(address, settings.NEWSROOM_SITE_NAME)


@dataclass(frozen=True)
class Sized:
    """A rendition of a picture: its path on the site and its measures."""

    path: str
    width: int
    height: int


def sized(shot: Mapping[str, Any], wanted: int) -> Sized:
    """The JPEG of a frozen picture that is at least *wanted* wide, else the widest."""
    original, offered = int(shot["width"]), widths(int(shot["width"]))
    width = next((step for step in offered if step >= wanted), offered[-1])
    return Sized(
        picture_path(shot["sha256"], width, "jpeg"), width, max(1, round(int(shot["height"]) * width / original))
    )


def picture_path(sha256: str, width: int, form: str) -> str:
    return reverse("picture", kwargs={"sha256": sha256, "width": width, "format": form})
