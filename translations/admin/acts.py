"""The page between a step's button and the step of a job: what will happen, and what stands against it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin import conflict
from articles.admin.forms import unix_lines
from articles.errors import NotAllowed, Refused, Stale, WrongState
from translations import jobs, permissions, renewing, working_copy
from translations.admin.asking import DueField
from translations.admin.people import TranslatorField
from translations.enums import JobState, JobStep
from translations.models.job import Job
from translations.segmenting import sha256
from translations.steps import STEPS, JobRule

NOTE_MOST = 4_000
TAKE: dict[JobStep, Callable[..., Job]] = {
    JobStep.ACCEPT: jobs.accept,
    JobStep.DECLINE: jobs.decline,
    JobStep.REASSIGN: jobs.reassign,
    JobStep.DELIVER: jobs.deliver,
    JobStep.REVISE: jobs.take_up,
    JobStep.RETURN: jobs.send_back,
    JobStep.FINISH: jobs.finish,
    JobStep.RENEW: renewing.renew,
    JobStep.CANCEL: jobs.cancel,
}
DONE = {
    JobStep.ACCEPT: gettext_lazy("The translation is yours."),
    JobStep.DECLINE: gettext_lazy("The translation is offered to others."),
    JobStep.REASSIGN: gettext_lazy("The translation is offered anew."),
    JobStep.DELIVER: gettext_lazy("The translation is delivered."),
    JobStep.REVISE: gettext_lazy("You revise the translation now."),
    JobStep.RETURN: gettext_lazy("The translation is back with its translator."),
    JobStep.FINISH: gettext_lazy("The translation is accepted for the desk."),
    JobStep.RENEW: gettext_lazy("The translator is asked to bring it up to date."),
    JobStep.CANCEL: gettext_lazy("The work is cancelled."),
}
CHECKED = {JobStep.DELIVER, JobStep.FINISH}


class DroppingField(forms.MultipleChoiceField):
    """A tick for each paragraph of the desk that may go. One that isn't lost any more needs none."""

    def __init__(self, gone: Sequence[str], language: str) -> None:
        self.gone = {sha256(one)[:16]: one for one in gone}
        choices = [(key, format_html('<span lang="{}">{}</span>', language, one)) for key, one in self.gone.items()]
        super().__init__(
            choices=choices,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            label=_("The desk wrote this, and no segment has it"),
            help_text=_("Take it over in a segment, or tick what may go."),
        )

    def valid_value(self, value: str) -> bool:
        return True

    def clean(self, value: Any) -> list[str]:
        return [self.gone[key] for key in super().clean(value) if key in self.gone]


class StepForm(forms.Form):
    """What the step asks for besides a yes."""

    def __init__(self, rule: JobRule, job: Job, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        if rule.step == JobStep.REASSIGN:
            self.fields["translator"] = TranslatorField(initial=job.translator_id)
            self.fields["due"] = DueField(initial=job.due if not job.overdue else None)
        if rule.step in CHECKED and (gone := working_copy.lost(job)):
            self.fields["dropping"] = DroppingField(gone, job.language)
        if rule.step == JobStep.FINISH and jobs.unrevised(job).exists():
            self.fields["read"] = forms.BooleanField(
                label=_("I have read them, too."),
                error_messages={"required": _("Confirm them in the workbench, or say that you have read them.")},
            )
        if rule.note_label:
            label = str(rule.note_label)
            self.fields["note"] = forms.CharField(
                label=label[:1].upper() + label[1:],
                required=rule.note_required or (rule.step == JobStep.DECLINE and job.state != JobState.REQUESTED),
                max_length=NOTE_MOST,
                widget=forms.Textarea(attrs={"rows": 4}),
            )
            self.fields["note"].widget.attrs.pop("maxlength", None)

    def clean_note(self) -> str:
        return unix_lines(self.cleaned_data["note"])


def confirm(request: HttpRequest, job: Job, step: str) -> HttpResponse:
    """GET asks, POST takes the step. A second POST finds a newer version and changes nothing."""
    if step not in TAKE:
        raise Http404
    rule = STEPS[JobStep(step)]
    user: Any = request.user
    if request.method == "POST" and conflict.posted_version(request) != job.version:
        return _page(request, rule, job, StepForm(rule, job, request.POST), status=409, newer=True)
    if rule.step not in jobs.open_steps(job, user):
        return _page(request, rule, job, None, status=403)
    if request.method != "POST":
        drawn = request.GET.get("version", str(job.version))
        return _page(request, rule, job, StepForm(rule, job), newer=drawn != str(job.version))
    form = StepForm(rule, job, request.POST)
    if not form.is_valid():
        return _page(request, rule, job, form, status=422)
    told = jobs.told_at_finish(job) if rule.step == JobStep.FINISH else []
    try:
        job = TAKE[rule.step](job, by=user, version=job.version, **form.cleaned_data)
    except Stale as error:
        return _page(request, rule, error.article, form, status=409, newer=True)
    except (NotAllowed, WrongState):
        return _page(request, rule, job, None, status=403)
    except Refused as error:
        form.add_error(None, error.messages)
        return _page(request, rule, job, form, status=422)
    messages.success(request, str(DONE[rule.step]))
    for sentence in told:
        messages.info(request, sentence)
    return HttpResponseRedirect(_after(job, user))


def _after(job: Job, user: Any) -> str:
    """The job's page, for who still sees it."""
    if permissions.may_see(user, job):
        return reverse("admin:translations_job_change", args=[job.pk])
    return reverse("admin:index")


def _page(
    request: HttpRequest, rule: JobRule, job: Job, form: StepForm | None, *, status: int = 200, newer: bool = False
) -> TemplateResponse:
    """``form`` is None where the step is not this user's now; ``newer`` where somebody changed the job."""
    allowed = form is not None and (status != 409 or rule.step in jobs.open_steps(job, request.user))
    context = {
        **admin.site.each_context(request),
        "title": _("%(step)s: %(headline)s") % {"step": str(rule.step.label).capitalize(), "headline": job.headline},
        "opts": Job._meta,
        "job": job,
        "rule": rule,
        "form": form if allowed else None,
        "obstacles": jobs.against_delivery(job) if allowed and rule.step in CHECKED else [],
        "told": jobs.told_at_finish(job) if allowed and rule.step == JobStep.FINISH else [],
        **(_left_to_revise(job) if allowed and rule.step == JobStep.FINISH else {}),
        "newer": newer,
        "last": job.events.select_related("by").last() if newer else None,
    }
    return TemplateResponse(request, "desk/translations/step.html", context, status=status)


def _left_to_revise(job: Job) -> dict[str, str]:
    """How many segments the reviser hasn't confirmed, in words, and the way to the first of them."""
    left = list(jobs.unrevised(job).values_list("pk", flat=True))
    if not left:
        return {}
    address = reverse("admin:translations_job_work", args=[job.pk])
    return {"unrevised": jobs.not_revised(len(left)), "first_unrevised": f"{address}?segment={left[0]}#s-{left[0]}"}
