"""Pictures for readers: only while a live page shows them."""

import logging
from collections.abc import Iterable
from typing import Any

from django.core.files.storage import Storage
from django.db.models import Exists, OuterRef, QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from articles.media import renditions
from articles.models.paper import Paper
from articles.models.picture import Picture, Rendition
from articles.models.publication import Publication, PublicationPicture
from articles.public.shown import on_live

logger = logging.getLogger(__name__)

SECONDS = 60  # a picture may be withdrawn, so a copy of it lives no longer


@require_safe
def picture(request: HttpRequest, sha256: str, width: int, format: str) -> HttpResponseBase:  # noqa: A002 - as the address calls it
    """One picture in one width. A picture that no live page shows answers as if it did not exist."""
    row = Picture.objects.filter(sha256=sha256).first()
    offered = renditions.WIDTHS if row is None else (*renditions.WIDTHS, *renditions.widths(row.width))
    if row is None or format not in renditions.FORMATS or width not in offered or not is_public(row):
        raise Http404
    response = answer(request, row, width, format, cache=f"public, max-age={SECONDS}")
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # feed readers show it on their own site
    return response


def is_public(row: Picture) -> bool:
    """Whether a Publication that readers see now shows the picture, or each page as the paper's logo."""
    return Paper.objects.current().logo_id == row.pk or _shown().filter(picture=row).exists()


def _shown() -> QuerySet[PublicationPicture]:
    """The pictures of what is live in a language in which the paper is published."""
    return on_live(PublicationPicture.objects.filter(language__in=Paper.objects.current().public_languages))


def public_among(ids: Iterable[int]) -> set[int]:
    """Of these pictures, by their ids, those that are public."""
    live = _shown().filter(picture=OuterRef("pk"))
    return set(Picture.objects.filter(Exists(live), pk__in=set(ids)).values_list("pk", flat=True))


def with_public_pictures(stories: Iterable[Publication], shots: Iterable[dict[str, Any]] = ()) -> list[Publication]:
    """The stories of a list on a page as it was: a lead picture that no live page shows any more is left out.

    Of the frozen pictures *shots* such a one is marked ``gone``.
    """
    rows, frozen = list(stories), list(shots)
    kept = public_among(
        [*(row.lead_picture_id for row in rows if row.lead_picture_id), *(s["picture"] for s in frozen)]
    )
    for row in rows:
        if row.lead_picture_id not in kept:
            row.lead_picture = None
    for shot in frozen:
        shot["gone"] = shot["picture"] not in kept
    return rows


def answer(request: HttpRequest, row: Picture, width: int, kind: str, *, cache: str) -> HttpResponseBase:
    """The file, or 304 to who has it; readers' and desk's view alike.

    Raises Http404 where the file is gone from the disk, and logs which.
    """
    try:
        rendition = renditions.best(row, width, kind)
        etag = f'"{row.sha256[:20]}-{rendition.width}-{rendition.format}"'
        response = get_conditional_response(request, etag=etag) or _file(request, rendition)
    except FileNotFoundError as error:
        logger.exception("The file of picture %s is missing", row.pk)
        raise Http404 from error
    response.headers["Cache-Control"] = cache
    response.headers["ETag"] = etag
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _file(request: HttpRequest, rendition: Rendition) -> HttpResponseBase:
    kind = renditions.CONTENT_TYPES[rendition.format]
    return stored(request, rendition.file.storage, rendition.file.name or "", kind)


def stored(request: HttpRequest, storage: Storage, name: str, kind: str) -> HttpResponseBase:
    """A stored picture of the content type *kind*; to HEAD its size alone."""
    response: HttpResponseBase
    if request.method == "HEAD":
        response = HttpResponse()
        response.headers["Content-Length"] = str(storage.size(name))
    else:
        response = FileResponse(storage.open(name, "rb"))
    response.headers["Content-Type"] = kind
    response.headers["Content-Disposition"] = "inline"
    return response
