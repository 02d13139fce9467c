"""Where the site stands, for whoever needs whole addresses: machines, sharers and those who cite."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language

from articles.media.renditions import widths
from articles.models.paper import Paper

PICTURE = 1280
"""How wide a picture is handed to who shares or lists a story, where it is so wide."""


@dataclass(frozen=True)
class Sized:
    """A rendition of a picture: its path on the site and its measures."""

    path: str
    width: int
    height: int


@dataclass(frozen=True)
class Site:
    """``address`` has no slash at its end: ``https://news.example``. ``pages`` are the newsroom pages: kind → path."""

    address: str
    name: str
    pages: Mapping[str, str] = field(default_factory=dict)
    logo: Sized | None = None
    contact: str = ""
    rights: str = ""

    def whole(self, path: str) -> str:
        """The whole address of a path of the site."""
        return self.address + path

    def page_of(self, register: str, language: str, slug: str) -> str:
        """The whole address of the page of a person, source or contributor."""
        return self.whole(reverse(register, kwargs={"language": language, "slug": slug}))


def address_of(request: HttpRequest) -> str:
    """Where the site stands, as the environment names it, else the request; without a slash at its end."""
    return settings.NEWSROOM_BASE_URL or f"{request.scheme}://{request.get_host()}"


def site_of(request: HttpRequest, pages: Mapping[str, str] | None = None) -> Site:
    """The site with its newsroom pages where they are known. Its line of rights is in the language that is active."""
    paper = Paper.objects.current()
    return Site(
        address_of(request),
        paper.site_name,
        pages or {},
        sized(paper.logo.as_frozen(), PICTURE) if paper.logo else None,
        paper.contact,
        paper.rights_in(get_language() or ""),
    )


def sized(shot: Mapping[str, Any], wanted: int, form: str = "jpeg") -> Sized:
    """The file of a frozen picture that is at least *wanted* wide, else the widest."""
    original, offered = int(shot["width"]), widths(int(shot["width"]))
    width = next((step for step in offered if step >= wanted), offered[-1])
    return Sized(
        picture_path(shot["sha256"], width, form), width, max(1, round(int(shot["height"]) * width / original))
    )


def handed_on(shot: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """A frozen picture as a page's head names it: path, width, height and alt."""
    if shot is None:
        return None
    file = sized(shot, PICTURE)
    return {"path": file.path, "width": file.width, "height": file.height, "alt": shot["alt"]}


def picture_path(sha256: str, width: int, form: str) -> str:
    return reverse("picture", kwargs={"sha256": sha256, "width": width, "format": form})
