"""Newsroom pages at the desk: which there are in which language, and the way to begin one.

A page is an article like any other, without what only a story has. Its kind is in the address of the form that files it
and fixed from then on.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles import permissions
from articles.enums import DeskState, PageKind
from articles.models.article import Article


def asked(request: HttpRequest, article: Article | None) -> str:
    """The kind of page that a form is about, empty for a story. An address that names no kind is an Http404."""
    if article is not None and article.pk is not None:
        return article.page
    kind = request.GET.get("page", "")
    if kind and kind not in PageKind.values:
        raise Http404
    return kind


def title(kind: str) -> str:
    return str(PageKind(kind).label) if kind else ""


def overview(request: HttpRequest) -> HttpResponse:
    """Every kind of page in every language: where it stands, or how to begin it."""
    if not permissions.may_file(request.user):
        raise PermissionDenied
    pages = Article.objects.visible_to(request.user).filter(page__in=PageKind.values).exclude(state=DeskState.SPIKED)
    there = {(page.page, page.language): page for page in pages.defer("body", "standfirst")}
    languages = [(code, str(name)) for code, name in settings.LANGUAGES]
    context = {
        **admin.site.each_context(request),
        "title": _("Newsroom pages"),
        "opts": Article._meta,
        "languages": languages,
        "kinds": [(kind.label, [_cell(kind, code, name, there) for code, name in languages]) for kind in PageKind],
    }
    return TemplateResponse(request, "desk/newsroom_pages.html", context)


def _cell(kind: PageKind, code: str, name: str, there: dict[tuple[str, str], Article]) -> dict[str, Any]:
    begin = f"{reverse('admin:articles_article_add')}?{urlencode({'page': kind.value, 'language': code})}"
    return {"language": name, "page": there.get((kind.value, code)), "begin": begin}
