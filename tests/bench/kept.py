"""Lets Django's cache keep readers' pages: it would heed that browsers are told to ask again each time."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


def kept(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Stands inside the cache, so that it costs a page that is kept nothing."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response["Cache-Control"] = "public"
        return response

    return middleware
