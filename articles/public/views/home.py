"""The bare address of the site."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.http import require_safe

from articles.models.paper import Paper
from articles.public.page import FRESH


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Leads to the front page in the language that the browser asks for, as far as the paper has it."""
    language = _wanted(request.headers.get("Accept-Language", ""))
    response = HttpResponseRedirect(reverse("front", kwargs={"language": language}))
    response["Vary"] = "Accept-Language"
    response["Cache-Control"] = FRESH
    return response


def _wanted(header: str) -> str:
    paper = Paper.objects.current()
    for language, _weight in parse_accept_lang_header(header.lower()):
        if language == "*":
            break
        try:
            found = get_supported_language_variant(language)
        except LookupError:
            continue
        if found in paper.public_languages:
            return found
    return paper.first_language
