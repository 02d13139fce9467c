"""The pages for what went wrong: 400, 403, 404, 413 and 500. None shows internals.

What was typed in a form of the desk stays on the page: its browser would not give it back.
"""

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template import TemplateDoesNotExist
from django.template.loader import get_template

from articles.public.views.broken import broken
from articles.public.views.missing import not_found
from newsroom import kept_forms
from newsroom.doors import is_desk
from newsroom.logs import request_id

READ_ON_AT_MOST = 200 * 1024 * 1024  # bytes of a form that is refused
PIECE = 64 * 1024


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return too_large(request)
    return render(request, "400.html", {"error_id": request_id.get()}, status=400)


def too_large(request: HttpRequest) -> HttpResponse:
    """Says how large the form is and may be. Reads it to its end: a browser that still sends shows no answer."""
    left = READ_ON_AT_MOST
    try:
        while left > 0 and (piece := request.read(PIECE)):
            left -= len(piece)
    except OSError:
        pass
    size = request.META.get("CONTENT_LENGTH", "")
    context = {"size": int(size) if size.isdecimal() else 0, "most": settings.DATA_UPLOAD_MAX_MEMORY_SIZE}
    return render(request, "413.html", context, status=413)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", {"fields": kept_forms.read(request)}, status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """At the desk a page of the desk, elsewhere the one that readers get for whatever is not public."""
    if is_desk(request):
        return render(request, "desk_404.html", {"fields": kept_forms.read(request)}, status=404)
    return not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """Needs neither the database nor a session: they may be what failed.

    Shows the id under which the error stands in the log; to readers in their language and with the paper's looks.
    """
    error_id = request_id.get()
    try:
        if not is_desk(request):
            return broken(request, error_id)
        body = get_template("500.html").render({"error_id": error_id, "fields": kept_forms.read(request)})
    except (TemplateDoesNotExist, ValueError):  # ValueError: a static file that was never collected
        return HttpResponseServerError(f"Server error. {error_id}", content_type="text/plain; charset=utf-8")
    return HttpResponseServerError(body)
