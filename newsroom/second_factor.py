"""Who may work at the desk without a second factor: nobody, where the newsroom requires one."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from newsroom.doors import is_desk

FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
# Enrolment itself, what it asks for on the way, and the way out
OPEN = (
    "/accounts/2fa/",
    "/accounts/reauthenticate/",
    "/accounts/login/",
    "/accounts/logout/",
    "/accounts/password/reset/",
    "/admin/logout/",
    "/admin/jsi18n/",
)


class SecondFactorMiddleware:
    """Leads a signed-in user without an authenticator app or a passkey to the enrolment page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if not settings.NEWSROOM_REQUIRE_MFA or not is_desk(request) or request.path_info.startswith(OPEN):
            return None
        if not request.user.is_authenticated or get_adapter().is_mfa_enabled(request.user, FACTORS):
            return None
        messages.info(request, _("Set up an authenticator app or a passkey first. The desk opens after that."))
        return redirect("mfa_index")
