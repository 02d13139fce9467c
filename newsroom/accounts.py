"""How people sign in: allauth, with what this software decides otherwise."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.forms import LoginForm
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from newsroom.models import User
from newsroom.second_factor import FACTORS


def is_refused(user: AbstractBaseUser | None) -> bool:
    """Whether this is a demo user where debug is off: their password was printed on a screen."""
    return isinstance(user, User) and user.is_demo and not settings.NEWSROOM_DEBUG


class DeskBackend(AuthenticationBackend):  # type: ignore[misc]  # allauth is seen without types
    """Signs in by user name or e-mail address.

    Asked at each request, so that a refused user's session from before is of no use either.
    """

    def user_can_authenticate(self, user: AbstractBaseUser | None) -> bool:
        return not is_refused(user) and bool(super().user_can_authenticate(user))


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is seen without types
    """Nobody signs up: an administrator makes the accounts."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponseBase | None:
        """Passwords, passkeys and links in mails all come by here."""
        response: HttpResponseBase | None
        if is_refused(user):
            response = self.respond_user_inactive(request, user)
        else:
            response = super().pre_login(request, user, **kwargs)
        return response


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth is seen without types
    """Labels that say what to type, and no placeholders that vanish."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("User name or e-mail address")
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is seen without types
    """Keeps the last second factor of a user where the newsroom requires one."""

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        if not settings.NEWSROOM_REQUIRE_MFA or authenticator.type not in FACTORS:
            return True
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=FACTORS)
        return bool(others.exclude(pk=authenticator.pk).exists())


def admin_sign_in(request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponseRedirect:
    """Takes the place of the admin's own sign-in page, which would let in without a second factor.

    Who is signed in and may enter goes on, who may not gets a 403, and everybody else signs in with allauth.
    """
    wanted = request.GET.get(REDIRECT_FIELD_NAME, "")
    if not url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
        wanted = resolve_url(settings.LOGIN_REDIRECT_URL)
    if not request.user.is_authenticated:
        return redirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({REDIRECT_FIELD_NAME: wanted})}")
    if not admin.site.has_permission(request):
        raise PermissionDenied
    return redirect(wanted)
