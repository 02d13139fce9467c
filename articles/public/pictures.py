"""Pictures for readers: only while a live page shows them."""

from django.core.files.storage import Storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from articles.media import renditions
from articles.models.picture import Picture, Rendition
from articles.models.publication import PublicationPicture
from articles.public.shown import on_live

SECONDS = 60  # a picture may be withdrawn, so a copy of it lives no longer


@require_safe
def picture(request: HttpRequest, sha256: str, width: int, format: str) -> HttpResponseBase:  # noqa: A002 - as the address calls it
    """One picture in one width. A picture that no live page shows answers as if it did not exist."""
    row = Picture.objects.filter(sha256=sha256).first()
    offered = renditions.WIDTHS if row is None else (*renditions.WIDTHS, *renditions.widths(row.width))
    if row is None or format not in renditions.FORMATS or width not in offered or not is_public(row):
        raise Http404
    return answer(request, renditions.best(row, width, format), cache=f"public, max-age={SECONDS}")


def is_public(row: Picture) -> bool:
    """Whether a Publication that readers see now shows the picture."""
    return on_live(PublicationPicture.objects.filter(picture=row)).exists()


def answer(request: HttpRequest, rendition: Rendition, *, cache: str) -> HttpResponseBase:
    """The file, or 304 to who has it; readers' and desk's view alike."""
    etag = f'"{rendition.picture.sha256[:20]}-{rendition.width}-{rendition.format}"'
    headers = {"Cache-Control": cache, "ETag": etag, "X-Content-Type-Options": "nosniff"}
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        response: HttpResponseBase = unchanged
    else:
        storage: Storage = rendition.file.storage
        if request.method == "HEAD":
            response = HttpResponse()
            response.headers["Content-Length"] = str(storage.size(rendition.file.name or ""))
        else:
            response = FileResponse(storage.open(rendition.file.name or "", "rb"))
        response.headers["Content-Type"] = renditions.CONTENT_TYPES[rendition.format]
        response.headers["Content-Disposition"] = "inline"
    for name, value in headers.items():
        response.headers[name] = value
    return response
