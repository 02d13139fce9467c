"""A job as a file for who works outside, and the file that comes back: first shown, then taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _

from translations.admin.jobs import JobAdmin
from translations.enums import SegmentState
from translations.exchange import proposing, safe, workbook, xliff
from translations.exchange.proposing import Change, Proposal, Refusal
from translations.exchange.sheet import Returned, Unreadable
from translations.models.job import Job
from translations.models.segment import Segment
from translations.workbench import typed

FORMATS = {
    "xliff": (xliff.write, "application/xliff+xml", "xlf"),
    "xlsx": (workbook.write, workbook.TYPE, "xlsx"),
}
_SALT = "translations.files"
_SHOWN_FOR = 24 * 3600  # seconds for which a preview may be confirmed
_ARCHIVE = b"PK"


class FileForm(forms.Form):
    """The file that came back."""

    file = forms.FileField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        file = self.fields["file"]
        file.label = _("File")
        file.help_text = _("XLIFF (.xlf) or the sheet (.xlsx), at most %(most)s MB.") % {
            "most": safe.MOST_BYTES // 1024 // 1024
        }
        file.error_messages |= {
            "required": _("Choose the file that came back."),
            "empty": _("The file is empty. Choose the one that was saved last."),
        }
        file.widget.attrs["accept"] = ".xlf,.xliff,.xml,.xlsx"

    def clean_file(self) -> Returned:
        file = self.cleaned_data["file"]
        try:
            content = file.read(safe.MOST_BYTES + 1)
            return workbook.read(content) if content.startswith(_ARCHIVE) else xliff.read(content)
        except Unreadable as error:
            raise forms.ValidationError(error.messages) from error


@dataclass(frozen=True)
class Shown:
    """A change as the page shows it, with the number of its segment."""

    change: Change
    number: int
    source: str
    difference: SafeString
    draft: bool


def export(request: HttpRequest, job: Job) -> HttpResponse:
    """The job as a file, for whoever sees it."""
    if request.method not in {"GET", "HEAD"}:
        return HttpResponseNotAllowed(["GET", "HEAD"])
    name = request.GET.get("format", "xliff")
    if name not in FORMATS:
        raise Http404
    write, kind, ending = FORMATS[name]
    response = HttpResponse(write(proposing.sheet(job)), content_type=kind)
    file = f"translation-{job.pk}-{job.original.language}-{job.language}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{file}"'
    return response


def take_back(request: HttpRequest, job: Job) -> HttpResponse:
    """GET asks for the file, a POST with it shows what it would change, a POST of what was shown changes it."""
    user: Any = request.user
    if request.method != "POST":
        return _page(request, job, FileForm())
    if not proposing.may_import(user, job):
        return _page(request, job, FileForm(), status=403)
    if "shown" in request.POST:
        return _take(request, job)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, job, form, status=422)
    return _preview(request, job, proposing.propose(job, form.cleaned_data["file"]))


def _preview(request: HttpRequest, job: Job, proposal: Proposal, status: int = 200, **more: Any) -> HttpResponse:
    token = signing.dumps(
        {"job": job.pk, "user": request.user.pk, "changes": [asdict(change) for change in proposal.changes]},
        salt=_SALT, compress=True,
    )  # fmt: skip
    context = {"proposal": proposal, "changes": _shown(job, proposal.changes), "token": token, **more}
    return _page(request, job, FileForm(), status=status, **context)


def _take(request: HttpRequest, job: Job) -> HttpResponse:
    try:
        told = signing.loads(request.POST["shown"], salt=_SALT, max_age=_SHOWN_FOR)
    except signing.BadSignature:
        told = {}
    if (told.get("job"), told.get("user")) != (job.pk, request.user.pk):
        form = FileForm()
        gone = [_("What was shown can't be taken any more. Send the file again and look at its changes.")]
        return _page(request, job, form, status=422, gone=gone)
    changes = [Change(**change) for change in told["changes"]]
    chosen = set(request.POST.getlist("take"))
    wanted = [change for change in changes if str(change.segment) in chosen]
    if not wanted:
        nothing = [_("No change was chosen. Tick those that you want.")]
        return _preview(request, job, Proposal(tuple(changes)), status=422, gone=nothing)
    outcome = proposing.apply(wanted, job=job, by=request.user)
    if outcome.saved:
        said = ngettext("%(count)s segment was saved.", "%(count)s segments were saved.", outcome.saved)
        messages.success(request, said % {"count": outcome.saved})
    if outcome.refused:
        return _page(request, job, FileForm(), status=409, refused=_numbered(job, outcome.refused))
    return HttpResponseRedirect(reverse("admin:translations_job_work", args=[job.pk]))


def _page(request: HttpRequest, job: Job, form: FileForm, status: int = 200, **more: Any) -> HttpResponse:
    proposal: Proposal | None = more.get("proposal")
    context = {
        **admin.site.each_context(request),
        "title": _("Files: %(headline)s") % {"headline": job.headline},
        "opts": Job._meta,
        "job": job,
        "form": form,
        "writes": proposing.may_import(request.user, job),
        "source": get_language_info(job.original.language),
        "target": get_language_info(job.language),
        "refused": _numbered(job, proposal.refused) if proposal else [],
        **more,
    }
    return TemplateResponse(request, "desk/translations/files.html", context, status=status)


def _shown(job: Job, changes: Sequence[Change]) -> list[Shown]:
    places = {
        pk: (number, source)
        for number, (pk, source) in enumerate(
            Segment.objects.filter(job=job).order_by("position").values_list("pk", "source"), start=1
        )
    }
    return [
        Shown(
            change,
            places[change.segment][0],
            typed.to_typed(places[change.segment][1]),
            typed.differing(change.old, change.new),
            change.state == SegmentState.INITIAL,
        )
        for change in changes
        if change.segment in places
    ]


def _numbered(job: Job, refused: Sequence[Refusal]) -> list[tuple[int | None, str, str]]:
    """The number of the segment, why its text is not taken, and the text, which is nowhere else."""
    if not refused:
        return []
    keys = Segment.objects.filter(job=job).order_by("position").values_list("pk", flat=True)
    numbers = {pk: number for number, pk in enumerate(keys, start=1)}
    return [(numbers.get(one.segment or 0), one.reason, typed.to_typed(one.text)) for one in refused]


def tool(job: Job, user: Any) -> tuple[str, str] | None:
    """The link on the job's page, once there are segments."""
    if not job.segments.exists():
        return None
    return _("Files to work outside"), reverse("admin:translations_job_import", args=[job.pk])


def addresses(job_admin: JobAdmin) -> list[URLPattern]:
    return [job_admin.page("export/", export, "export"), job_admin.page("import/", take_back, "import")]


JobAdmin.tools.append(tool)
JobAdmin.tool_urls.append(addresses)
