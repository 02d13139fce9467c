"""Who translates beside a job's translator."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.admin import conflict
from articles.errors import DeskError, Stale
from translations import jobs, permissions
from translations.admin.people import workers
from translations.enums import JobStep
from translations.models.job import Job


class HelpersForm(forms.Form):
    def __init__(self, job: Job, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.fields["helpers"] = forms.ModelMultipleChoiceField(
            workers().exclude(pk=job.translator_id), required=False, label=_("Translating with them"),
            widget=forms.CheckboxSelectMultiple,
            help_text=_("They write in the same story. Each segment keeps who translated it."),
        )  # fmt: skip


def may_choose(user: Any, job: Job) -> bool:
    return permissions.may(user, JobStep.REASSIGN, job) and job.state in permissions.WRITING


def choose(request: HttpRequest, job: Job) -> HttpResponse:
    """GET asks, POST lets them in; in the states in which the text is written."""
    user: Any = request.user
    allowed = may_choose(user, job)
    form = HelpersForm(job, request.POST or None, initial={"helpers": list(job.helpers.values_list("pk", flat=True))})
    status = 200 if allowed else 403
    newer = False
    if allowed and request.method == "POST":
        status = 422
        newer = conflict.posted_version(request) != job.version
        if newer:
            status = 409
        elif form.is_valid():
            try:
                jobs.with_helpers(job, list(form.cleaned_data["helpers"]), by=user, version=job.version)
            except Stale:
                newer, status = True, 409
            except DeskError as error:
                form.add_error(None, error.messages)
            else:
                messages.success(request, _("Saved."))
                return HttpResponseRedirect(reverse("admin:translations_job_change", args=[job.pk]))
    context = {
        **admin.site.each_context(request),
        "title": _("Translating with them: %(headline)s") % {"headline": job.headline},
        "opts": Job._meta,
        "job": job,
        "form": form if allowed else None,
        "newer": newer,
    }
    return TemplateResponse(request, "desk/translations/helpers.html", context, status=status)
