"""The site's own addresses, and a form of the desk whose only use is to be posted to."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path

from newsroom import urls
from newsroom.urls import handler400, handler403, handler404, handler500  # noqa: F401


def notes(request: HttpRequest) -> HttpResponse:
    """Answers with what arrived; the text "break" breaks it."""
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    if request.POST.get("headline") == "break":
        raise RuntimeError("secret headline")
    return JsonResponse(dict(request.POST.lists()))


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("secret headline")


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


urlpatterns = [
    path("admin/forbidden/", forbidden),
    path("admin/notes/", notes),
    path("broken/", broken),
    *urls.urlpatterns,
]
