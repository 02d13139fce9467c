"""The page as readers would get it, made of the segments as they stand. Nothing is written."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.admin import preview as desk_preview
from articles.workflow import revisions
from translations import cutting
from translations.workbench import shown
from translations.workbench.page import visible


def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What is not translated yet stands there in the original's language."""
    job = visible(request, pk)
    own = {"credits": revisions.document(job.article)["credits"]} if job.article else {}
    said = _("Preview of the translation, as of %(when)s. Readers don't see this.")
    return desk_preview.draw_document(
        job.article or job.original,
        {**cutting.translated(job), **own, "language": job.language},
        said=said % {"when": shown.clock(timezone.now())},
        back=(reverse("admin:translations_job_work", args=[job.pk]), _("Back to the workbench")),
    )
