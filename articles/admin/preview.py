"""The working copy as readers would see it now, at the desk alone."""

from __future__ import annotations

import re
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from articles.admin.forms import in_zones, zone_name
from articles.enums import Change
from articles.models.article import Article
from articles.models.paper import Paper
from articles.models.publication import Publication
from articles.models.section import Section
from articles.public.page import Page, draw
from articles.public.related import subject_of
from articles.public.telling import read_more, telling
from articles.workflow import freezing, revisions

_FILE = re.compile(r"/pictures/([0-9a-f]{64})/([0-9]+)\.(?:webp|jpeg)")
NO_SECTION = Section(slug="no-section", names={})


def preview(request: HttpRequest, article: Article) -> HttpResponse:
    """Frozen as a publication would be, shown with the readers' own templates, kept nowhere."""
    return draw_document(
        article,
        revisions.document(article),
        said=_("Preview, as saved %(when)s. Readers don't see this.")
        % {"when": " · ".join(in_zones(article.changed_at, zone_name()))},
        back=(reverse("admin:articles_article_change", args=[article.pk]), _("Back to the story")),
    )


def draw_document(article: Article, document: dict[str, Any], *, said: str, back: tuple[str, str]) -> HttpResponse:
    """*document*, of the kind that ``workflow.revisions`` keeps, as a page of *article*'s.

    *said* stands above it, with the way *back*: an address and its name.
    """
    publication = unsaved(article, document)
    language = document["language"]
    banner = {"said": said, "address": back[0], "back": back[1]}
    with translation.override(language), timezone.override(Paper.objects.current().zone):
        context: dict[str, Any] = telling(publication)
        if not article.page:
            context["related"] = read_more(subject_of(publication))
        page = draw(
            Page(
                "desk/preview.html",
                {**context, "banner": banner, "drawn_as": _template(article)},
                indexed=False,
            ),
            language,
        )
    page.content = _desk_pictures(page.content.decode(), publication).encode()
    page["Cache-Control"] = "no-store, private"
    return page


def _template(article: Article) -> str:
    return "public/newsroom_page.html" if article.page else "public/story.html"


def unsaved(article: Article, document: dict[str, Any]) -> Publication:
    """The Publication that publishing *document* now would make."""
    now = timezone.now()
    columns = freezing.freeze(document)
    first = article.publications.ever_public().order_by("number").first()
    publication = Publication(
        article=article,
        family=article.family_id,
        number=0,
        change=Change.UPDATE if first else Change.FIRST,
        visible_from=now,
        first_published=first.first_published if first else now,
        updated=now,
        original_language=article.original.language if article.original else "",
        **columns,
    )
    if columns["section_id"] is None and not article.page:
        publication.section = NO_SECTION
    return publication


def _desk_pictures(html: str, publication: Publication) -> str:
    """Readers' addresses of pictures answer only once a story is out; the desk has its own."""
    ids = {shot["sha256"]: shot["picture"] for shot in publication.story["pictures"]}

    def address(match: re.Match[str]) -> str:
        if match[1] not in ids:
            return match[0]
        return reverse("admin:articles_picture_file", args=[ids[match[1]], int(match[2])])

    return _FILE.sub(address, html)
