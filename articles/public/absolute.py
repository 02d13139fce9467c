"""Addresses with their host, for what is read elsewhere than on its own page."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> str:
    """The readers' address, such as ``https://news.example``: the setting, else the host that was asked."""
    return settings.NEWSROOM_BASE_URL or f"{request.scheme}://{request.get_host()}"
