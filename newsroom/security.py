"""What a browser may do with our pages: the content security policy with its nonce, and the other headers.

A reader's page has no inline script and so needs no nonce: its policy is the same on every response.
A page of the desk has a nonce, which reaches the import map of the prose editor through ``{{ media }}``.
"""

from collections.abc import Callable
from typing import Any

from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.forms import Media
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from js_asset import Media as MediaWithNonce

from newsroom.doors import is_desk

NOT_USED = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "encrypted-media",
    "geolocation", "gyroscope", "magnetometer", "microphone", "midi", "payment", "usb",
)  # fmt: skip
HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in NOT_USED),
    "X-Permitted-Cross-Domain-Policies": "none",
}


class HeadersMiddleware:
    """Adds the headers that Django's own SecurityMiddleware does not; a view's own value stays."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        if is_desk(request):
            response.headers.setdefault("Cache-Control", "no-store, private")
            response.headers["Referrer-Policy"] = "same-origin"  # an unpublished headline may be in an address
        return response


class PolicyMiddleware(CSPMiddleware):
    """django-csp with a policy of its own for the desk."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request, response, report_only)
        if is_desk(request) and not report_only and parts.config is None:
            parts.config = settings.NEWSROOM_DESK_POLICY
        return parts

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        """Hands the nonce to ``media`` in the context of an admin page."""
        context: dict[str, Any] | None = response.context_data
        if is_desk(request) and context and isinstance(context.get("media"), Media):
            context["media"] = with_nonce(context["media"], request)
        return response


def with_nonce(media: Media, request: HttpRequest) -> MediaWithNonce:
    """The same assets; their tags and import map carry the nonce of this request."""
    return MediaWithNonce.from_media(media, nonce=request.csp_nonce)  # type: ignore[attr-defined]  # set by CSPMiddleware
