"""The desk's addresses, and Django's machinery for people who sign in, which acts on those alone.

A reader's page passes all of these untouched: no session is opened, no cookie is read or set, and the
response does not vary by cookie. So it may be kept by any cache between here and the reader.
"""

from collections.abc import Callable
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.utils import timezone, translation

from articles.delivery import keys
from articles.delivery.memory import begun, remember
from articles.models.paper import Paper, read_once

DESK = ("/admin/", "/accounts/")


def is_desk(request: HttpRequest) -> bool:
    """Whether the address is for people who sign in."""
    return request.path_info.startswith(DESK)


def is_admin(request: HttpRequest) -> bool:
    return request.path_info.startswith("/admin/")


class DeskSessionMiddleware(SessionMiddleware):
    def process_request(self, request: HttpRequest) -> None:
        if is_desk(request):
            super().process_request(request)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        return super().process_response(request, response) if is_desk(request) else response


class DeskCsrfMiddleware(CsrfViewMiddleware):
    """Elsewhere there is nothing to forge: no address but the desk's knows who sends a request."""

    def process_request(self, request: HttpRequest) -> None:
        if is_desk(request):
            super().process_request(request)

    def process_view(
        self, request: HttpRequest, callback: Callable[..., HttpResponseBase], args: Any, kwargs: Any
    ) -> HttpResponseForbidden | None:
        return super().process_view(request, callback, args, kwargs) if is_desk(request) else None

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        return super().process_response(request, response) if is_desk(request) else response


class DeskAuthenticationMiddleware(AuthenticationMiddleware):
    def process_request(self, request: HttpRequest) -> None:
        if is_desk(request):
            super().process_request(request)


class DeskMessageMiddleware(MessageMiddleware):
    def process_request(self, request: HttpRequest) -> None:
        if is_desk(request):
            super().process_request(request)

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        return super().process_response(request, response) if is_desk(request) else response


class LanguageMiddleware:
    """Sets the language and the time zone for one request, and puts back what was there.

    At the desk: the user's own, else the browser's language and the paper's zone. Elsewhere: the
    environment's, until a reader's page sets the language in its address and the paper's zone. The paper is
    read once for a request.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # The desk reads what is stored, which it may be changing; what readers get is kept until it changes.
        paper = None if is_desk(request) else partial(remember, "paper", Paper.objects.stored, keys.PAPER)
        with begun(), read_once(paper):
            return self._answer(request)

    def _answer(self, request: HttpRequest) -> HttpResponse:
        language, zone = settings.NEWSROOM_DEFAULT_LANGUAGE, ZoneInfo(settings.TIME_ZONE)
        if is_desk(request):
            zone = zone_of(request.user)
            language = getattr(request.user, "language", "") or translation.get_language_from_request(request)
        with translation.override(language), timezone.override(zone):
            response = self.get_response(request)
        if is_desk(request):
            response.headers.setdefault("Content-Language", language)
        return response


def zone_of(user: object) -> ZoneInfo:
    """The user's zone; the paper's where there is none, or none that this machine knows."""
    own = getattr(user, "time_zone", "")
    try:
        return ZoneInfo(own) if own else Paper.objects.current().zone
    except (KeyError, ValueError):
        return Paper.objects.current().zone


def site(request: HttpRequest) -> dict[str, Any]:
    """Template values about the site itself; the same for everybody."""
    return {"site_name": Paper.objects.current().site_name}
