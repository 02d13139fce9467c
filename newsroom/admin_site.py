"""The desk: Django's admin with our own door, order and front page."""

from typing import Any

from django.contrib import admin
from django.db.models.base import ModelBase
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path, reverse
from django.utils.translation import gettext_lazy as _

from articles.permissions import may_file, sees_desk
from newsroom import desk
from newsroom.choices import KeyAutocomplete
from translations.permissions import may_take, sees_reports

OWN_APPS = {"articles", "translations", "newsroom"}

# What stands where in the navigation: a heading, and models in the order in which the trade speaks of them.
GROUPS = (
    (_("Stories"), ("articles.article",)),
    (
        _("Registers"),
        (
            "articles.person",
            "articles.source",
            "articles.contributor",
            "articles.picture",
            "articles.tag",
            "articles.section",
        ),
    ),
    (_("Translation"), ("translations.job", "translations.term", "translations.memoryentry")),
    (
        _("Credits and pay"),
        (
            "translations.loggedwork",
            "translations.statement",
            "translations.ledgerentry",
            "translations.ratecard",
        ),
    ),
    (_("Settings"), ("articles.paper",)),
    (_("Administration"), ("newsroom.user",)),
)


class NewsroomAdminSite(admin.AdminSite):
    """Open to who has a role; being staff opens nothing."""

    index_title = _("Desk")
    index_template = "desk/index.html"

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        self.disable_action("delete_selected")

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Takes in our own models. Libraries' admins go by Django's permissions, which mean nothing here."""
        models: list[Any] = [model_or_iterable] if isinstance(model_or_iterable, ModelBase) else list(model_or_iterable)
        own = [model for model in models if model._meta.app_label in OWN_APPS]
        super().register(own, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        return sees_desk(request.user)

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        name = _paper().site_name
        return {**super().each_context(request), "site_title": name, "site_header": name}

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        """The models in the order of ``GROUPS``, then those of other apps."""
        apps = self._build_app_dict(request, app_label)
        left = {model["model"]._meta.label_lower: (app, model) for app in apps.values() for model in app["models"]}
        groups: list[dict[str, Any]] = []
        for heading, labels in GROUPS:
            found = [left.pop(label) for label in labels if label in left]
            if found:
                models = [model for _app, model in found]
                if "articles.article" in labels:
                    models.append(_pages_of(models[0]))
                if "translations.job" in labels and may_take(request.user):
                    models.insert(1, _languages_of(models[0]))
                if "translations.ledgerentry" in labels and sees_reports(request.user):
                    models.append(_reports_of(models[0]))
                groups.append({**found[0][0], "name": heading, "models": models})
        for app in apps.values():
            models = [model for model in app["models"] if model["model"]._meta.label_lower in left]
            if models:
                groups.append({**app, "models": models})
        return groups

    def index(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """The desk's front page: the user's queues, then the registers."""
        return super().index(
            request,
            {"queues": desk.front(request.user), "files": may_file(request.user), **(extra_context or {})},
        )

    def queue(self, request: HttpRequest, name: str) -> TemplateResponse:
        """One queue of the front page, longer."""
        queue = desk.one(request.user, name)
        if queue is None:
            raise Http404
        context = {**self.each_context(request), "title": queue.title, "subtitle": None, "queue": queue}
        request.current_app = self.name
        return TemplateResponse(request, "desk/queue.html", context)

    def preferences(self, request: HttpRequest) -> HttpResponse:
        from newsroom.preferences import preferences  # only once the models are loaded

        return preferences(request)

    def newsroom_pages(self, request: HttpRequest) -> HttpResponse:
        from articles.admin.newsroom_pages import overview  # as above

        return overview(request)

    def reports(self, request: HttpRequest) -> HttpResponse:
        from translations.admin.reports import screen  # as above

        return screen(request)

    def autocomplete_view(self, request: HttpRequest) -> Any:
        return KeyAutocomplete.as_view(admin_site=self)(request)

    def get_urls(self) -> list[URLResolver | URLPattern]:
        """Without Django's redirect to any object's public address: it would tell slugs before their time."""
        urls = super().get_urls()
        for pattern in urls:
            if isinstance(pattern, URLPattern) and pattern.name == "view_on_site":
                pattern.callback = self.admin_view(_nowhere)
        return [
            path("desk/<slug:name>/", self.admin_view(self.queue), name="queue"),
            path("newsroom-pages/", self.admin_view(self.newsroom_pages), name="newsroom_pages"),
            path("translation-reports/", self.admin_view(self.reports), name="translation_reports"),
            path("preferences/", self.admin_view(self.preferences), name="preferences"),
            *_workbench(self),
            *urls,
        ]


def _workbench(site: NewsroomAdminSite) -> list[URLPattern]:
    from translations.workbench.addresses import addresses  # only once the apps are loaded

    return addresses(site)


def _paper() -> Any:
    from articles.models.paper import Paper  # only once the apps are loaded

    return Paper.objects.current()


def _pages_of(articles: dict[str, Any]) -> dict[str, Any]:
    """The entry of the newsroom pages, beside that of the articles which they are among."""
    address = reverse("admin:newsroom_pages")
    names = {"name": _("Newsroom pages"), "object_name": "NewsroomPages"}
    return {**articles, **names, "admin_url": address, "add_url": None}


def _languages_of(jobs: dict[str, Any]) -> dict[str, Any]:
    names = {"name": _("Languages of stories"), "object_name": "LanguagesOfStories"}
    return {**jobs, **names, "admin_url": reverse("admin:translations_job_languages"), "add_url": None}


def _reports_of(logged: dict[str, Any]) -> dict[str, Any]:
    names = {"name": _("Reports"), "object_name": "TranslationReports"}
    return {**logged, **names, "admin_url": reverse("admin:translation_reports"), "add_url": None}


def _nowhere(request: HttpRequest, **kwargs: str) -> HttpResponse:
    raise Http404
