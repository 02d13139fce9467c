"""The paper's own colours as a stylesheet. They stand in its address, so it never changes and any cache may keep it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

FOR_EVER = "public, max-age=31536000, immutable"
_SHEET = """@layer tokens {{
  @media (prefers-color-scheme: light) {{ :root {{ --accent: #{light}; }} }}
  @media (prefers-color-scheme: dark) {{ :root {{ --accent: #{dark}; }} }}
}}
"""


@require_safe
def colours(request: HttpRequest, light: str, dark: str) -> HttpResponse:
    """Puts the two in place of the software's accent colours (``static/public/page.css``)."""
    response = HttpResponse(_SHEET.format(light=light, dark=dark), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = FOR_EVER
    return response
