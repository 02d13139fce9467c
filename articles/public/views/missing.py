"""What is not public, and what never was: one answer for both."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.urls import Resolver404, resolve
from django.utils import timezone, translation

from articles.models.paper import Paper
from articles.public.page import NOTHING_HERE, Page, draw, reader_page


@reader_page
def nonsense(request: HttpRequest, language: str, *, nonsense: str) -> Page | HttpResponse:
    """No page stands here. A page whose closing slash was forgotten is led to."""
    address = request.path_info + "/"
    try:
        match = resolve(address)
    except Resolver404:
        raise Http404 from None
    if nonsense.endswith("/") or match.url_name == "nonsense":
        raise Http404
    return HttpResponsePermanentRedirect(address)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The readers' 404 for any address."""
    language = language_of(request)
    with translation.override(language), timezone.override(Paper.objects.current().zone):
        return draw(NOTHING_HERE, language)


def language_of(request: HttpRequest) -> str:
    """The language that the address begins with, else the paper's own."""
    first = request.path_info.strip("/").split("/")[0]
    paper = Paper.objects.current()
    return first if first in paper.public_languages else paper.first_language
