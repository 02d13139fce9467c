"""The jobs of the translation desk: their list, and the page of each with its steps and what happened to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.lists import KeyPaginatedAdmin
from articles.models.publication import Publication
from translations import cutting, jobs, permissions
from translations.admin import acts, helping, languages
from translations.admin.people import workers
from translations.enums import JobState, JobStep
from translations.models.job import Job
from translations.steps import STEPS

MAIN = {JobStep.ACCEPT, JobStep.DELIVER, JobStep.REVISE, JobStep.FINISH}  # what brings the work on
WITH_WORKBENCH = frozenset(JobState) - {JobState.CANCELLED}


class TranslatorFilter(admin.SimpleListFilter):
    title = gettext_lazy("translator")
    parameter_name = "translator"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, str]]:
        return [("0", _("nobody yet")), *((str(one.pk), str(one)) for one in workers()[:50])]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Job]) -> QuerySet[Job]:
        asked = self.value() or ""
        if not asked.isascii() or not asked.isdigit() or len(asked) > 15:
            return queryset
        return queryset.filter(translator=int(asked) or None)


class LateFilter(admin.SimpleListFilter):
    title = gettext_lazy("due")
    parameter_name = "late"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, str]]:
        return [("yes", _("overdue"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Job]) -> QuerySet[Job]:
        return (
            queryset.filter(state__in=permissions.OPEN, due__lt=timezone.now()) if self.value() == "yes" else queryset
        )


@admin.register(Job)
class JobAdmin(KeyPaginatedAdmin):
    """Shows who may see. What is done, ``translations.jobs`` does; nothing is edited here."""

    list_display = ["headline", "language", "state", "freshness", "translator", "due_at", "changed"]
    list_select_related = ["original", "translator"]
    list_filter = ["state", "language", "freshness", LateFilter, TranslatorFilter]
    ordering = ["-changed_at"]
    sortable_by = ["changed"]
    actions = None

    # What others add to a job's page: (label, address) for a job and a user, or None; and their addresses.
    tools: ClassVar[list[Callable[[Job, Any], tuple[str, str] | None]]] = []
    tool_urls: ClassVar[list[Callable[[JobAdmin], Sequence[URLPattern]]]] = []

    # Who may

    def get_queryset(self, request: HttpRequest) -> QuerySet[Job]:
        rows = permissions.visible_jobs(request.user)
        return rows.defer("brief", "original__body", "original__standfirst").annotate(
            said=KeyTextTransform("headline", "base__document")
        )

    def has_module_permission(self, request: HttpRequest) -> bool:
        return permissions.may_take(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Job | None = None) -> bool:
        return permissions.may_take(request.user)  # of which jobs is get_queryset's

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Job | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Job | None = None) -> bool:
        return False

    def visible(self, request: HttpRequest, pk: str | int) -> Job:
        """The job, or the same 404 whether it is hidden or was never there."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        number = str(pk)
        if not number.isascii() or not number.isdigit() or len(number) > 15:
            raise Http404
        whole = permissions.visible_jobs(request.user).select_related(
            "original", "article", "base", "translator", "reviser", "requested_by"
        )
        job = whole.filter(pk=int(number)).first()
        if job is None:
            raise Http404
        return job

    # The list

    @admin.display(description=gettext_lazy("story"))
    def headline(self, job: Any) -> SafeString:
        return format_html('<span lang="{}">{}</span>', job.original.language, job.said)

    @admin.display(description=gettext_lazy("due"))
    def due_at(self, job: Job) -> SafeString | str:
        if job.due is None:
            return "-"
        said = date_format(timezone.localtime(job.due), "SHORT_DATETIME_FORMAT")
        if job.overdue:
            return format_html('<strong class="overdue">{} {}</strong>', _("overdue since"), said)
        return said

    @admin.display(description=gettext_lazy("changed"), ordering="-changed_at")
    def changed(self, job: Job) -> str:
        return date_format(timezone.localtime(job.changed_at), "SHORT_DATETIME_FORMAT")

    # The page of one

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        job = self.visible(request, object_id)
        user: Any = request.user
        context = {
            **self.admin_site.each_context(request),
            "title": _("Translation: %(headline)s") % {"headline": job.headline},
            "opts": self.opts,
            "job": job,
            "steps": [STEPS[step] for step in jobs.open_steps(job, user)],
            "main": MAIN,
            "tools": [tool for make in self.tools if (tool := make(job, user))],
            "coverage": cutting.coverage(job),
            "helpers": list(job.helpers.all()),
            "helping": helping.may_choose(user, job),
            "events": list(job.events.select_related("by", "translator", "reviser").order_by("-at", "-id")),
            "published": Publication.objects.filter(revision=job.base_id).order_by("number").first(),
            "work": reverse("admin:translations_job_work", args=[job.pk]) if job.state in WITH_WORKBENCH else "",
            "writes": permissions.may_write(user, job),
            "story": self._link(user, job.original),
            "draft": self._link(user, job.article),
        }
        return TemplateResponse(request, "desk/translations/job.html", context)

    def _link(self, user: Any, article: Any) -> str:
        """The article's form, for who sees it."""
        if article is None or not type(article).objects.visible_to(user).filter(pk=article.pk).exists():
            return ""
        address: str = article.get_absolute_url()
        return address

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """What happened stands on the job's page."""
        return self.change_view(request, object_id)

    def page(self, route: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
        """An address below the job's own; *view* gets the job if this user sees it."""

        def answer(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
            return view(request, self.visible(request, pk), **kwargs)

        return path(f"<int:pk>/{route}", self.admin_site.admin_view(answer), name=f"translations_job_{name}")

    def get_urls(self) -> list[URLPattern]:
        return [
            path("languages/", self.admin_site.admin_view(languages.table), name="translations_job_languages"),
            self.page("step/<slug:step>/", acts.confirm, "step"),
            self.page("helpers/", helping.choose, "helpers"),
            *(address for make in self.tool_urls for address in make(self)),
            *super().get_urls(),
        ]
