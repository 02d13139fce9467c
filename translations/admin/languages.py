"""Which languages of which stories are fresh, stale or missing, in one table; and asking for many at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.errors import DeskError
from articles.models.article import Article
from translations import jobs, permissions, standing
from translations.admin.asking import WorkForm
from translations.models.job import Job

ON_A_PAGE = 40
BEFORE = "before"
WANT = "want"
MOST = ON_A_PAGE * 8


def table(request: HttpRequest) -> HttpResponse:
    """GET shows a page of the table; an editor's POST asks for what was ticked."""
    if not permissions.may_take(request.user):
        raise PermissionDenied
    asks = permissions.may_request(request.user)
    posted = request.POST if request.method == "POST" else None
    if posted is not None and not asks:
        raise PermissionDenied
    form = WorkForm(posted) if asks else None
    refused: list[str] = []
    if form is not None and posted is not None and form.is_valid():
        wanted = _wanted(posted.getlist(WANT))
        if not wanted:
            refused = [_("Tick the languages that you ask for.")]
        else:
            made, refused = _ask(wanted, form.cleaned_data, request.user)
            if made:
                said = ngettext("Asked for %(count)d translation.", "Asked for %(count)d translations.", len(made))
                messages.success(request, said % {"count": len(made)})
            for why in refused if made else ():
                messages.warning(request, why)
            if made:
                return HttpResponseRedirect(request.get_full_path())
    return _page(request, form, refused, ticked=set(posted.getlist(WANT)) if posted is not None else set())


def _page(request: HttpRequest, form: Any, refused: list[str], ticked: set[str]) -> TemplateResponse:
    before = _before(request.GET.get(BEFORE, ""))
    lines = standing.newest(ON_A_PAGE + 1, before)
    shown = lines[:ON_A_PAGE]
    following = ""
    if len(lines) > ON_A_PAGE:
        last = shown[-1].original
        following = f"{last.visible_from.isoformat()}_{last.pk}"
    stories = [line.original.article_id for line in shown]
    family = Article.objects.visible_to(request.user).filter(Q(pk__in=stories) | Q(original__in=stories))
    seen = set(family.values_list("pk", flat=True))
    known = set(permissions.visible_jobs(request.user).filter(original__in=stories).values_list("pk", flat=True))
    context = {
        **admin.site.each_context(request),
        "title": _("Languages of stories"),
        "opts": Job._meta,
        "languages": [(code, name) for code, name in settings.LANGUAGES],
        "lines": shown,
        "seen": seen,
        "known": known,
        "form": form,
        "refused": refused,
        "ticked": ticked,
        "following": following,
        "first_page": before is None,
    }
    status = 422 if refused or (form is not None and form.is_bound) else 200
    return TemplateResponse(request, "desk/translations/languages.html", context, status=status)


def _wanted(chosen: Iterable[str]) -> dict[int, list[str]]:
    """What was ticked: story → languages. What is no such thing is left out."""
    wanted: dict[int, list[str]] = {}
    for one in list(chosen)[:MOST]:
        number, _colon, code = one.partition(":")
        if number.isascii() and number.isdigit() and len(number) < 16 and code in dict(settings.LANGUAGES):
            wanted.setdefault(int(number), []).append(code)
    return wanted


def _ask(wanted: dict[int, list[str]], said: dict[str, Any], user: Any) -> tuple[list[Job], list[str]]:
    """Story by story: what can't be asked for of one stands in the way of no other."""
    made: list[Job] = []
    refused: list[str] = []
    for story in Article.objects.visible_to(user).filter(pk__in=wanted).order_by("pk"):
        try:
            made += jobs.request(story, languages=list(dict.fromkeys(wanted[story.pk])), by=user, **said)
        except DeskError as error:
            refused.append(f"{story.headline}: {error}")
    if not made and not refused:
        refused = [_("You don't see these stories any more.")]
    return made, refused


def _before(key: str) -> tuple[datetime, int] | None:
    if not key:
        return None
    text, _line, number = key.rpartition("_")
    try:
        at = parse_datetime(text.replace(" ", "+"))
    except ValueError:
        at = None
    if at is None or at.tzinfo is None or not (number.isascii() and number.isdigit()) or len(number) > 15:
        raise Http404
    return at, int(number)
