"""A feed as it goes out."""

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from articles.public.feeds import atom, json_feed, rss
from articles.public.feeds.entry import Entry, Feed, Named
from articles.public.feeds.links import FORMATS
from articles.public.page import document
from articles.public.site import site_of

WRITERS = {"rss": rss.write, "atom": atom.write, "json": json_feed.write}


def answer(
    request: HttpRequest, language: str, kind: str, entries: Sequence[Entry], *, title: str = "", about: str = ""
) -> HttpResponse:
    """The feed at the address that was asked, of the list one step up. The language must be active.

    *title* is that of the list, *about* what it is in a sentence; the front page needs neither.
    """
    site = site_of(request)
    whole = f"{title} – {site.name}" if title else site.name
    feed = Feed(
        title=whole,
        about=about or whole,
        language=language,
        page=site.whole(request.path.rpartition("/")[0] + "/"),
        address=site.whole(request.path),
        publisher=Named(site.name, site.whole(reverse("front", kwargs={"language": language}))),
        entries=entries,
        hub=settings.NEWSROOM_WEBSUB_HUB,
    )
    response = document(WRITERS[kind](feed), FORMATS[kind][0], language)
    if feed.hub:
        response["Link"] = f'<{feed.hub}>; rel="hub", <{feed.address}>; rel="self"'
    response["Access-Control-Allow-Origin"] = "*"  # feed readers that run in a browser ask from their own site
    return response
