"""A story's text edition, at the story's address and ``text.txt`` or ``text.md``."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from articles.enums import PublicState
from articles.public.edition import FORMS, edition, notice
from articles.public.page import as_reader_keeps_it, reader_page
from articles.public.site import site_of
from articles.public.standing import WITHDRAWN, gone, moved, published_at
from articles.public.telling import facts


@reader_page
def story_text(request: HttpRequest, language: str, *, form: str, **address: Any) -> HttpResponse:
    """Answers as the story's page does: 410 for what was removed, the readers' 404 for what is not public."""
    here = published_at(language, **address)
    found = here.valid().select_related("section", "lead_picture").first()
    if found is None:
        found = moved(here)
        if not gone(found):
            return HttpResponsePermanentRedirect(f"{found.get_absolute_url()}text.{form}")
    site = site_of(request)
    if found.state in WITHDRAWN:
        _template, status = WITHDRAWN[PublicState(found.state)]
        response = _text(notice(found, site, FORMS[form]), status)
        response["X-Robots-Tag"] = "noindex"
    else:
        response = _text(edition(found, facts(found), site, FORMS[form]))
        response["Link"] = f'<{site.whole(found.get_absolute_url())}>; rel="canonical"'
    return as_reader_keeps_it(response, language)


def _text(words: str, status: int = 200) -> HttpResponse:
    return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")
