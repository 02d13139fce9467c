"""What was typed is not lost when a form arrives after its session ended, or with an old token.

A late form is kept in the new, anonymous session for the user whose session it was. After that user has
signed in again, a page shows it with one button that sends it once more. Another user never sees it:
signing in as somebody else throws it away. Files and passwords are not kept.
"""

import json
import time
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import get_random_string
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from newsroom.doors import is_admin

KEPT = "kept_forms"
MOST_CHARACTERS = 4_000_000  # of all forms that one session keeps
MOST_FORMS = 5
LIFETIME = 8 * 3600  # seconds
NEVER_KEPT = ("csrfmiddlewaretoken", "password", "old_password")
NOT_FORMS = ("/admin/login/", "/admin/logout/", "/admin/password_change/")


def typed(request: HttpRequest) -> list[list[str]]:
    """The posted fields as pairs, in order, a field with several values as several pairs."""
    return [
        [name, value]
        for name, values in request.POST.lists()
        if not name.startswith(NEVER_KEPT) and "password" not in name
        for value in values
    ]


def shown(fields: Iterable[list[str]]) -> list[dict[str, Any]]:
    """What a person typed, without the fields that only steer the form."""
    return [
        {"name": name, "value": value, "rows": min(20, 1 + len(value) // 80 + value.count("\n"))}
        for name, value in fields
        if value.strip() and not name.startswith(("_", "action")) and not name.endswith("_FORMS")
    ]


def read(request: HttpRequest) -> list[dict[str, Any]]:
    """What was typed in a form of the desk, for the page that says why it failed; [] if it cannot be read."""
    if request.method != "POST" or not is_admin(request) or request.path_info.startswith(NOT_FORMS):
        return []
    try:
        return shown(typed(request))
    except (MultiPartParserError, OSError, RuntimeError, SuspiciousOperation, ValueError):
        return []


def keep(request: HttpRequest, *, owner: str) -> HttpResponse | None:
    """Keeps a form posted to the admin without a session; None where there is nothing to keep.

    Answers with the way to the sign-in page, or with the form itself where it is too large to keep.
    """
    if request.method != "POST" or not is_admin(request) or request.path_info.startswith(NOT_FORMS):
        return None
    if not (fields := typed(request)):
        return None
    form = {
        "id": get_random_string(12),
        "owner": owner,
        "address": request.get_full_path(),
        "fields": fields,
        "files": sorted(request.FILES),
        "at": time.time(),
    }
    forms = [*living(request.session), form][-MOST_FORMS:]
    if len(json.dumps(forms, ensure_ascii=False)) > MOST_CHARACTERS:
        return render(request, "account/form_refused.html", {"fields": shown(fields)}, status=403)
    request.session[KEPT] = forms
    return redirect(f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': reverse('kept_forms')})}")


def living(session: SessionBase) -> list[dict[str, Any]]:
    """The forms of this session that have not expired, oldest first."""
    return [form for form in session.get(KEPT, []) if time.time() - form["at"] < LIFETIME]


def drop_others(session: SessionBase, *, owner: str) -> None:
    """At sign-in: what another user typed is thrown away."""
    if KEPT in session:
        session[KEPT] = [form for form in living(session) if form["owner"] == owner]


def remind(request: HttpRequest) -> None:
    """At sign-in: says that a form waits, for those who do not come by the page that shows it."""
    if request.session.get(KEPT):
        notice = format_html('<a href="{}">{}</a>', reverse("kept_forms"), _("Your form was kept"))
        messages.info(request, notice, fail_silently=True)


def drop_sent(request: HttpRequest) -> None:
    """Forgets a kept form that its user sends again; the admin now answers for it."""
    if request.method == "POST" and is_admin(request) and request.session.get(KEPT):
        sent = request.POST.get("_kept_form", "")
        request.session[KEPT] = [form for form in request.session[KEPT] if form["id"] != sent]


@login_required
@require_http_methods(["GET", "POST"])
def kept_forms(request: HttpRequest) -> HttpResponse:
    """Shows the signed-in user's kept forms; a POST throws one away."""
    mine = [form for form in living(request.session) if form["owner"] == str(request.user.pk)]
    if request.method == "POST":
        request.session[KEPT] = [form for form in mine if form["id"] != request.POST.get("form", "")]
        return HttpResponseRedirect(reverse("kept_forms" if request.session[KEPT] else "admin:index"))
    if not mine:
        raise Http404
    forms = [form | {"shown": shown(form["fields"])} for form in reversed(mine)]
    return render(request, "account/kept_forms.html", {"forms": forms})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 that keeps what was typed at the desk on the screen.

    A token goes stale when its user signs in again in another tab. Where the browser says that the form
    came from this very site, the page offers to send it with a fresh token; from elsewhere it does not.
    """
    fields = typed(request) if is_admin(request) and not request.path_info.startswith(NOT_FORMS) else []
    ours = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    context = {
        "fields": shown(fields),
        "resend": fields if ours else [],
        "address": request.get_full_path(),
        "files": sorted(request.FILES),
    }
    return render(request, "account/form_refused.html", context, status=403)
