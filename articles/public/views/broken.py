"""What readers see when something failed: drawn without the database, which may be what failed."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation

from articles.public.page import UNKEPT, as_reader_keeps_it


def broken(request: HttpRequest, error_id: str) -> HttpResponse:
    """The readers' 500, in the language that the address begins with; *error_id* is what the log calls the fault."""
    first = request.path_info.strip("/").split("/")[0]
    language = first if first in dict(settings.LANGUAGES) else settings.NEWSROOM_DEFAULT_LANGUAGE
    response = HttpResponse(fault_page(language, error_id), status=500)
    return as_reader_keeps_it(response, language, UNKEPT)


def fault_page(language: str, error_id: str = "") -> str:
    """The page as HTML. Without *error_id* it says that the site can't be reached."""
    with translation.override(language):
        context = {
            "language": language,
            "direction": "rtl" if translation.get_language_bidi() else "ltr",
            "site_name": settings.NEWSROOM_SITE_NAME,
            "error_id": error_id,
        }
        return render_to_string("public/broken.html", context)
