"""What all readers' pages have in common: language, zone, methods, headers and the frame around them.

A view takes the request, the language of its address and what else the address holds, and returns a ``Page``.
It raises ``Http404`` for what is not public; the answer is then the same as for an address that never was.
No context processor runs: nothing of a request but its address reaches a page, so that any cache may keep it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial, wraps
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.safestring import SafeString
from django.views.decorators.http import conditional_page, require_safe

from articles.delivery import keys
from articles.delivery.memory import at_most, remember
from articles.enums import PageKind
from articles.models.paper import Paper
from articles.models.publication import Publication
from articles.models.section import Section
from articles.public.drawn import part
from articles.public.feeds.links import feeds
from articles.public.head import About, head_of
from articles.public.past import query
from articles.public.shown import newsroom_pages
from articles.public.site import Sized, sized


@dataclass(frozen=True)
class Page:
    """``elsewhere`` is the address of the same page in each language: language → path; ``about`` is for its head.

    ``at`` is the past moment of a page as it was; its own language in ``elsewhere`` then leads to the present.
    ``head`` is the head, where it is drawn already.
    """

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    status: int = 200
    indexed: bool = True
    about: About = field(default_factory=About)
    at: datetime | None = None
    head: str = ""

    @property
    def to_index(self) -> bool:
        """Whether search engines may show it."""
        return self.indexed and not self.at


FRESH = "public, no-cache"
"""Kept by who likes, but asked for again each time: a correction or a withdrawal is seen at once, and what
has not changed is a 304. It says nothing of what is scheduled."""

LOGO = 640
"""How wide the logo is fetched, where it is so wide: twice what it is shown."""

UNKEPT = "no-store"
"""Of a page as it was: were it kept in place of the present one, readers would get old news."""

NOTHING_HERE = Page("404.html", {"own_search": True}, status=404, indexed=False)
View = Callable[..., "Page | HttpResponseBase"]


def reader_page(view: View) -> Callable[..., HttpResponseBase]:
    """Makes a public view of a function that returns a ``Page`` (or a redirect).

    In a language in which the paper is not published, every address is nonsense.
    """

    @require_safe
    @conditional_page
    def answer(request: HttpRequest, language: str, **address: Any) -> HttpResponseBase:
        with translation.override(language), timezone.override(Paper.objects.current().zone):
            try:
                found = view(request, language, **address)
            except Http404:
                found = NOTHING_HERE
            return draw(found, language, request) if isinstance(found, Page) else found

    @wraps(view)
    def opened(request: HttpRequest, language: str, **address: Any) -> HttpResponseBase:
        if language not in Paper.objects.current().public_languages:
            raise Http404
        return answer(request, language, **address)

    return opened


def draw(page: Page, language: str, request: HttpRequest | None = None) -> HttpResponse:
    """The page as it goes out. The language must be active. A page to be indexed needs its *request*."""
    pages = newsroom_pages(language)
    context = {**_frame(page, language), **page.context}
    context |= _around(context, language, pages)
    context["head"] = page.head or drawn_head(page, language, request, pages)
    response = HttpResponse(render_to_string(page.template, context), status=page.status)
    if not page.to_index:
        response["X-Robots-Tag"] = "noindex"
    return as_reader_keeps_it(response, language, UNKEPT if page.at else FRESH)


def drawn_head(page: Page, language: str, request: HttpRequest | None, pages: Mapping[str, str]) -> SafeString:
    """What machines read of it; *pages* are the newsroom pages. The language must be active."""
    head = None
    if page.to_index and request:
        head = head_of(page.about, language, page.elsewhere, request, pages)
    context = {"head": head, "site_name": Paper.objects.current().site_name}
    return render_to_string("public/_partials/head.html", context)


def drawn_alone(template: str, page: Page, language: str) -> SafeString:
    """The template with what the page holds, without the frame. The language must be active."""
    return render_to_string(template, {"language": language, "past": query(page.at), **page.context})


def as_reader_keeps_it(response: HttpResponse, language: str = "", cache: str = FRESH) -> HttpResponse:
    """With the headers that all answers to readers have. None outlives the newsroom's day, which many of them name."""
    now = timezone.localtime()
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    at_most(midnight.timestamp() - now.timestamp())
    if language:
        response["Content-Language"] = language
    response["Cache-Control"] = cache
    return response


def document(content: str | bytes, media_type: str, language: str = "") -> HttpResponse:
    """Something for programs: not a page, but kept by caches as a page is."""
    return as_reader_keeps_it(HttpResponse(content, content_type=f"{media_type}; charset=utf-8"), language)


def _frame(page: Page, language: str) -> dict[str, Any]:
    paper = Paper.objects.current()
    return {
        "site_name": paper.site_name,
        "language": language,
        "direction": "rtl" if translation.get_language_bidi() else "ltr",
        "languages": _languages(language, page.elsewhere),
        "sections": remember(("menu", language), partial(_sections, language), keys.menu(language)),
        "today": timezone.localdate(page.at),
        "at": page.at,
        "past": query(page.at),
        "present": page.elsewhere.get(language, ""),
        "feeds": [] if "feeds" in page.context else feeds("front", language),
    }


def _around(context: Mapping[str, Any], language: str, pages: Mapping[str, str]) -> dict[str, SafeString]:
    """What stands in, above and below all pages in a language; *context* says which of its places this one has."""
    front, search = context.get("is_front", False), context.get("own_search", False)
    here, current = getattr(context.get("section"), "slug", ""), context.get("current_page", "")
    feed = next(iter(context["feeds"]), None)
    above = partial(_above, context, language, here)
    below = partial(_below, language, current, feed, pages)
    menu = keys.menu(language)
    return {
        "everywhere": part("public/_partials/everywhere.html", (), _linked, menu),
        "above": part("public/_partials/nameplate.html", (front, search, here), above, menu),
        "below": part("public/_partials/footer.html", (current, feed and feed["address"]), below, menu),
    }


def _linked() -> dict[str, Any]:
    return {"colours": colours_of(Paper.objects.current())}


def _above(context: Mapping[str, Any], language: str, here: str) -> dict[str, Any]:
    paper = Paper.objects.current()
    place = {name: context.get(name) for name in ("is_front", "own_search", "sections")}
    return {"site_name": paper.site_name, "logo": logo_of(paper), "language": language, "here": here, **place}


def _below(language: str, current: str, feed: Mapping[str, str] | None, pages: Mapping[str, str]) -> dict[str, Any]:
    paper = Paper.objects.current()
    return {
        "site_name": paper.site_name, "language": language, "feed": feed, "current_page": current,
        "newsroom_pages": [{"kind": kind, "name": PageKind(kind).label, "address": pages[kind]} for kind in pages],
        "paper_rights": paper.rights_in(language), "contact": paper.contact,
    }  # fmt: skip


def _sections(language: str) -> list[Section]:
    """Those that have a story in the language."""
    live = Publication.objects.live().filter(language=language, section=OuterRef("pk"))
    return list(Section.objects.filter(Exists(live)))


def _languages(here: str, elsewhere: Mapping[str, str]) -> list[dict[str, Any]]:
    """The newsroom's languages under their own names; where the page is not in one, its front page."""
    return [
        {
            "code": code,
            "name": own_name(code),
            "here": code == here,
            "address": elsewhere.get(code) or reverse("front", kwargs={"language": code}),
        }
        for code in Paper.objects.current().public_languages
    ]


def everywhere(name: str, **address: Any) -> dict[str, str]:
    """The address of a page that stands in every language of the paper."""
    languages = Paper.objects.current().public_languages
    return {code: reverse(name, kwargs={"language": code, **address}) for code in languages}


def logo_of(paper: Paper) -> Sized | None:
    """The file of the logo, which stands in place of the name; WebP, since it may be see-through."""
    if paper.logo is None:
        return None
    return sized(paper.logo.as_frozen(), LOGO, "webp")


def colours_of(paper: Paper) -> str:
    """The address of the stylesheet with the paper's own colours, empty where it has none. They are its version."""
    if paper.accents is None:
        return ""
    light, dark = (colour.removeprefix("#") for colour in paper.accents)
    return reverse("colours", kwargs={"light": light, "dark": dark})


def own_name(code: str) -> str:
    """What a language calls itself."""
    try:
        return str(translation.get_language_info(code)["name_local"])
    except KeyError:  # a language that Django has no record of: as the settings call it
        return str(dict(settings.LANGUAGES).get(code, code))
