"""The article at the desk: its list and its form. Every change goes through ``workflow``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import permissions
from articles.admin import beside, conflict, history, newsroom_pages, notes, preview, steps
from articles.admin.body import to_read
from articles.admin.choices import is_number
from articles.admin.forms import (
    PARTS,
    PARTS_OF_A_PAGE,
    PARTS_OF_A_PAGE_TO_READ,
    PARTS_TO_READ,
    ArticleForm,
)
from articles.admin.inlines import INLINES, INLINES_OF_A_PAGE
from articles.admin.lists import beginning
from articles.admin.rights import may_save, without_hints
from articles.admin.saving import SavesArticles
from articles.enums import DeskState, PublicState
from articles.models.article import Article
from articles.models.paper import Paper
from articles.models.publication import Publication


@admin.register(Article)
class ArticleAdmin(SavesArticles):
    """Shows who may see; saves for who may save; asks before each step."""

    form = ArticleForm
    inlines = INLINES
    fieldsets = PARTS  # type: ignore[assignment]  # the stubs want their own kind of dict
    change_form_template = "admin/articles/article/change_form.html"
    list_display = ["headline_in_list", "language", "standing", "place", "claimed_by", "changed"]
    list_select_related = ["section", "claimed_by"]
    list_filter = ["state", "language"]
    ordering = ["-changed_at"]
    sortable_by = ["changed"]
    search_fields = ["headline", "slug"]
    search_help_text = gettext_lazy("The beginning of a headline or of a slug, or a number.")
    actions = None

    # What apps above add: (label, address) for an article and a user, or None; and their addresses.
    tools: ClassVar[list[Callable[[Article, Any], tuple[str, str] | None]]] = []
    tool_urls: ClassVar[list[Callable[[ArticleAdmin], URLPattern]]] = []

    class Media:
        css = {"all": ["desk/article.css"]}

    # Who may

    def get_queryset(self, request: HttpRequest) -> QuerySet[Article]:
        articles = Article.objects.visible_to(request.user)
        match = request.resolver_match
        if match is not None and match.url_name == "articles_article_changelist":
            rows = Publication.objects.filter(article=OuterRef("pk"))
            return articles.defer("body", "standfirst").annotate(
                for_readers=Subquery(rows.valid().values("state")[:1]), waits=Exists(rows.ahead())
            )
        return articles.select_related("head", "original", "section", "claimed_by")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return permissions.may_file(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return permissions.may_file(request.user)  # of which articles is get_queryset's

    def has_add_permission(self, request: HttpRequest) -> bool:
        return permissions.may_file(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return may_save(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        return False

    def visible(self, request: HttpRequest, pk: str | int) -> Article:
        """The article, or the same 404 whether it is hidden or was never there."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        article = self.get_object(request, str(pk))
        if article is None:
            raise Http404
        assert isinstance(article, Article)  # noqa: S101 - the admin's own model
        return article

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        raise Http404

    # The list

    @admin.display(description=gettext_lazy("headline"))
    def headline_in_list(self, article: Article) -> SafeString:
        return format_html('<span lang="{}">{}</span>', article.language, article.headline)

    @admin.display(description=gettext_lazy("state"))
    def standing(self, article: Any) -> str:
        """The state at the desk; of what is published, what readers get: scheduled, held, retracted or removed."""
        withdrawn = article.for_readers and article.for_readers != PublicState.LIVE
        said = [str(PublicState(article.for_readers).label)] if withdrawn else []
        if article.waits:
            said.append(_("scheduled"))
        if article.state != DeskState.PUBLISHED or article.for_readers == PublicState.LIVE:
            said.insert(0, article.get_state_display())
        return ", ".join(said)

    @admin.display(description=gettext_lazy("changed"), ordering="-changed_at")
    def changed(self, article: Article) -> str:
        """In the user's zone, which the format names."""
        return date_format(timezone.localtime(article.changed_at), "SHORT_DATETIME_FORMAT")

    def matching(self, term: str) -> Q:
        found = beginning("headline", term) | beginning("slug", term.lower())
        if is_number(term):
            found |= Q(pk=int(term))
        return found

    @admin.display(description=gettext_lazy("section"))
    def place(self, article: Article) -> str:
        """Where a story stands; of a newsroom page, which it is."""
        return article.get_page_display() or str(article.section or "-")

    # The form

    def get_form(self, request: HttpRequest, obj: Article | None = None, change: bool = False, **kwargs: Any) -> Any:
        kwargs["form"] = type(
            "ArticleForm",
            (ArticleForm,),
            {
                "request": request,
                "page": newsroom_pages.asked(request, obj),
                "stale": getattr(request, "stale", False),
                "refusals": getattr(request, "refusals", []),
            },
        )
        # The form declares these itself; on the model they aren't editable.
        own = {"version", "filing_key"}
        if not may_save(request, obj):
            kwargs["help_texts"] = without_hints(Article)
        kwargs["fields"] = [name for name in kwargs.get("fields") or [] if name not in own] or None
        return super().get_form(request, obj, change, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: Article | None = None) -> list[str]:
        return ["language"] if obj else []

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        writes = obj is None or may_save(request, obj)
        if newsroom_pages.asked(request, obj):
            return PARTS_OF_A_PAGE if writes else PARTS_OF_A_PAGE_TO_READ
        return PARTS if writes else PARTS_TO_READ

    def get_inlines(self, request: HttpRequest, obj: Article | None) -> Any:
        return INLINES_OF_A_PAGE if newsroom_pages.asked(request, obj) else INLINES

    @admin.display(description=gettext_lazy("body"))
    def body_to_read(self, article: Article) -> SafeString:
        """For who may see the text but not save it."""
        return to_read(article.body, article.language)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {
            "language": Paper.objects.current().first_language,
            **super().get_changeform_initial_data(request),
        }

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        article: Article | None = kwargs.get("obj")
        saves = may_save(request, article)
        context |= {"saves": saves, "desk": None, "newer": None, "most_bytes": settings.DATA_UPLOAD_MAX_MEMORY_SIZE}
        context["show_save"] = saves
        context["newsroom_page"] = newsroom_pages.title(newsroom_pages.asked(request, article))
        if article is not None:
            if request.method == "POST":  # what was typed is in it
                article = Article.objects.select_related("head", "original", "claimed_by").get(pk=article.pk)
            context["desk"] = beside.panel(article, request.user)
            context["tools"] = [tool for make in self.tools if (tool := make(article, request.user))]
            if getattr(request, "stale", False):
                form = context["adminform"].form
                formsets = [inline.formset for inline in context["inline_admin_formsets"]]
                context["newer"] = conflict.newer(article, form, formsets)
        response: HttpResponse = super().render_change_form(request, context, *args, **kwargs)
        if getattr(request, "stale", False):
            response.status_code = 409
        return response

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        return []

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Nothing: revisions and transitions are the log."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Nothing: revisions and transitions are the log."""

    # The pages of one article

    def page(self, route: str, view: Callable[..., HttpResponse], name: str) -> URLPattern:
        """An address below the article's own; *view* gets the article if this user sees it."""

        def answer(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
            return view(request, self.visible(request, pk), **kwargs)

        return path(f"<int:pk>/{route}", self.admin_site.admin_view(answer), name=f"articles_article_{name}")

    def worked_on(self, view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        """The view for who works on the story; for who only sees it, there is no such page."""

        def answer(request: HttpRequest, article: Article, **kwargs: Any) -> HttpResponse:
            if not permissions.works_on(request.user, article):
                raise Http404
            return view(request, article, **kwargs)

        return answer

    def get_urls(self) -> list[URLPattern]:
        own = self.worked_on
        return [
            self.page("step/<slug:step>/", steps.confirm, "step"),
            self.page("compare/", own(history.compare_revisions), "compare"),
            self.page("preview/", preview.preview, "preview"),
            self.page("comment/", own(notes.add_comment), "comment"),
            self.page("comment/<int:comment>/", own(notes.resolve_comment), "resolve"),
            self.page("finding/<int:finding>/", own(notes.waive_finding), "waive"),
            *(make(self) for make in self.tool_urls),
            *super().get_urls(),
        ]

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return self.worked_on(history.timeline)(request, self.visible(request, object_id))
