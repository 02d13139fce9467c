"""Small posts about an article that don't touch its text: comments, and waivers of findings."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.admin.forms import COMMENT_MOST
from articles.errors import DeskError, NotAllowed
from articles.models.article import Article
from articles.models.comment import Comment
from articles.workflow import checking


def add_comment(request: HttpRequest, article: Article) -> HttpResponse:
    """Keeps a comment by anybody who sees the article."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    said = _typed(request, "text")
    if not said or len(said) > COMMENT_MOST:
        why = _("Write the comment in %(most)s characters at the most.") % {"most": COMMENT_MOST}
        return _answer(request, article, why, kept=said)
    Comment.objects.create(article=article, by=_user(request), text=said)
    return _answer(request, article)


def resolve_comment(request: HttpRequest, article: Article, comment: int) -> HttpResponse:
    """Marks a comment as dealt with; safe to repeat."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    row = get_object_or_404(article.comments, pk=comment)
    article.comments.filter(pk=row.pk, resolved_by=None).update(resolved_by=_user(request), resolved_at=timezone.now())
    return _answer(request, article)


def waive_finding(request: HttpRequest, article: Article, finding: int) -> HttpResponse:
    """Lets an error stand, with its reason; an editor's right."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    if article.head is None:
        raise PermissionDenied
    row = get_object_or_404(article.head.findings, pk=finding)
    reason = _typed(request, "reason")
    try:
        checking.waive(row, by=_user(request), reason=reason)
    except NotAllowed as error:
        raise PermissionDenied from error
    except DeskError as error:
        return _answer(request, article, str(error), kept=reason)
    return _answer(request, article)


def _answer(request: HttpRequest, article: Article, error: str = "", kept: str = "") -> HttpResponse:
    """JSON for the script beside the form, else the way back to it with a message."""
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"error": error}, status=422 if error else 200)
    if error:
        messages.error(request, f"{error} {_('You wrote: %(text)s') % {'text': kept}}" if kept else error)
    return HttpResponseRedirect(article.get_absolute_url())


def _typed(request: HttpRequest, name: str) -> str:
    """Without the NUL characters that no database keeps."""
    return request.POST.get(name, "").replace("\0", "").strip()


def _user(request: HttpRequest) -> Any:
    return request.user
