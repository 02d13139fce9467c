"""“Translate into…” of a newsroom page: from the page to a draft of it in another language."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from articles import permissions
from articles.enums import DeskState
from articles.errors import NotAllowed, Refused
from articles.models.article import Article
from translations import drafting


def open_languages(article: Article) -> list[tuple[str, Any]]:
    """The newsroom's languages in which the story does not exist yet."""
    source = article.original or article
    taken = set(
        Article.objects.filter(original=source).exclude(state=DeskState.SPIKED).values_list("language", flat=True)
    )
    if source.page:
        pages = Article.objects.filter(page=source.page).exclude(state=DeskState.SPIKED)
        taken |= set(pages.values_list("language", flat=True))
    return [(code, name) for code, name in settings.LANGUAGES if code not in taken | {source.language}]


class LanguageForm(forms.Form):
    def __init__(self, article: Article, *args: Any) -> None:
        super().__init__(*args)
        self.fields["language"] = forms.ChoiceField(
            label=_("Translate into"), choices=open_languages(article), widget=forms.RadioSelect
        )


def translate(request: HttpRequest, article: Article) -> HttpResponse:
    """GET asks for the language, POST files the draft and opens it."""
    user: Any = request.user
    form = LanguageForm(article, request.POST) if request.method == "POST" else LanguageForm(article)
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                draft = drafting.begin(article, language=form.cleaned_data["language"], by=user)
            except NotAllowed as error:
                form.add_error(None, error.messages)
                status = 403
            except Refused as error:
                form.add_error(None, error.messages)
            else:
                messages.success(request, _("A draft of the translation is filed."))
                return HttpResponseRedirect(draft.get_absolute_url())
    context = {
        **admin.site.each_context(request),
        "title": _("Translate: %(headline)s") % {"headline": article.headline},
        "opts": Article._meta,
        "article": article,
        "form": form,
        "languages": open_languages(article),
    }
    return TemplateResponse(request, "desk/translate.html", context, status=status)


def tool(article: Article, user: Any) -> tuple[str, str] | None:
    """The link beside the story's other pages, while a language is left."""
    if not permissions.may_file(user) or not open_languages(article):
        return None
    return _("Translate into…"), reverse("admin:articles_article_translate", args=[article.pk])
