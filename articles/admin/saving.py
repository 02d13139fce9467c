"""How an article's posted form is answered: saved, refused beside its fields, or shown again beside what is newer."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.admin import conflict
from articles.admin.forms import ArticleForm, labels
from articles.admin.inlines import INLINES, CitingFormSet, save_rows
from articles.admin.lists import KeyPaginatedAdmin
from articles.admin.rights import may_save
from articles.enums import CreditRole, Step
from articles.errors import NotAllowed, Refused, Stale
from articles.models.article import Article
from articles.models.comment import Comment
from articles.models.credit import Credit
from articles.workflow import filing, machine
from articles.workflow.steps import STEPS

STALE_ATTEMPTS = 3


class SavesArticles(KeyPaginatedAdmin):
    """Whatever stands against saving, what was typed is shown again."""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Draws the form, or saves it. Whatever stands against saving, what was typed is shown again."""
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        for _attempt in range(STALE_ATTEMPTS):
            if answered := self._answered(request, object_id):
                return answered
            if getattr(request, "stale", False):  # nothing is written: no transaction that others would wait for
                shown: HttpResponse = self._changeform_view(  # type: ignore[attr-defined]  # not in the stubs
                    request, object_id, form_url, extra_context
                )
                return shown
            try:
                return super().changeform_view(request, object_id, form_url, extra_context)
            except IntegrityError:
                if self._filed_already(request) is None and not request.GET.get("page"):
                    raise  # else the same form, or another of the same page, came at once: that one filed it
            except Stale:
                continue  # saved by another between our look and our lock: now the form is seen to be stale
            except NotAllowed:
                request.__dict__.pop("_may_save", None)
                continue
            except Refused as refusal:
                request.refusals = refusal.messages  # type: ignore[attr-defined]  # read by get_form
        return self._kept(request, None, _("The story is being saved by many people at once. Try again."), 409)

    def _answered(self, request: HttpRequest, object_id: str | None) -> HttpResponse | None:
        """What answers a form without saving it; None where it can go on."""
        if object_id is not None:
            return self._refused(request, object_id)
        filed = self._filed_already(request)
        return self.response_add(request, filed) if filed else None

    def _filed_already(self, request: HttpRequest) -> Article | None:
        """The story that this very form has filed before: it was sent twice."""
        try:
            key = uuid.UUID(request.POST.get("filing_key", ""))
        except ValueError:
            return None
        return Article.objects.filter(filing_key=key, created_by=request.user.pk).first()

    def _refused(self, request: HttpRequest, object_id: str) -> HttpResponse | None:
        """What answers a form that this user can't save as it was drawn; None where it can go on."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        article = self.get_object(request, object_id)
        if article is None:
            return self._kept(request, None, _("You don't see this story, or not any more. Nothing was saved."), 404)
        sent = conflict.posted_version(request)
        if not may_save(request, article):
            newer = sent is not None and sent < article.version
            why = _("The story changed hands or state while you had it open, and you may not save it now.")
            return self._kept(
                request,
                article,
                why if newer else _("You may not save this story as it stands."),
                409 if newer else 403,
            )
        if sent != article.version:
            request.stale = True  # type: ignore[attr-defined]  # read by get_form
            request.POST = conflict.for_version(request.POST, article.version)  # type: ignore[assignment]  # settable
        return None

    def _kept(self, request: HttpRequest, article: Article | None, why: str, status: int) -> HttpResponse:
        return conflict.not_saved(
            request, article, why=why, status=status, labels=labels(ArticleForm, [inline.model for inline in INLINES])
        )

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Nothing yet: the row is written together with its rows, in ``save_related``."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        article = form.instance
        user: Any = request.user

        def write() -> None:
            article.save()
            form.save_m2m()
            save_rows(formsets)
            if said := form.cleaned_data.get("comment"):
                Comment.objects.create(article=article, by=user, text=said)
            if not change and not article.page and not article.credits.exists():
                Credit.objects.give(article, user=user, role=CreditRole.AUTHOR)

        if change:
            stood = article.approved_id
            filing.save(article, by=user, version=form.cleaned_data["version"], write=write)
            if stood and article.approved_id is None:
                messages.warning(request, _("The text has changed: its approval is void, and the story is with you."))
        else:
            article.filing_key = form.cleaned_data.get("filing_key")
            filing.file(article, by=user, write=write)

    def response_add(self, request: HttpRequest, obj: Article, post_url_continue: str | None = None) -> HttpResponse:
        messages.success(request, _("Filed as a draft."))
        return HttpResponseRedirect(obj.get_absolute_url())

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        step = request.POST.get("_step", "")
        if step in Step.values and machine.open_steps(obj, request.user, [STEPS[Step(step)]]):
            address = reverse("admin:articles_article_step", args=[obj.pk, step])
            return HttpResponseRedirect(f"{address}?version={obj.version}")
        messages.success(request, _("Saved."))
        return HttpResponseRedirect(obj.get_absolute_url())

    def get_formset_kwargs(self, request: HttpRequest, obj: Any, inline: Any, prefix: str) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        if "data" in kwargs and getattr(request, "stale", False):
            formset = inline.get_formset(request, obj)
            now = formset(instance=obj, prefix=prefix, queryset=inline.get_queryset(request))
            kwargs["data"] = conflict.rebased(request.POST, now)
        return kwargs

    def _create_formsets(self, request: HttpRequest, obj: Any, change: bool) -> Any:
        formsets, inlines = super()._create_formsets(request, obj, change)  # type: ignore[misc]  # not in the stubs
        by_prefix = {formset.prefix: formset for formset in formsets}
        for formset in formsets if request.method == "POST" else ():
            if isinstance(formset, CitingFormSet):
                formset.citations = by_prefix["citations"]
        return formsets, inlines
