"""“Log a credit”, my credits, and the editor's decision on a logged one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.articles import ArticleAdmin
from articles.admin.choices import is_number
from articles.admin.forms import unix_lines
from articles.admin.lists import beginning
from articles.enums import CreditRole
from articles.errors import DeskError, Refused
from articles.models.article import Article
from articles.permissions import DESK, roles_of
from translations import ledger, logging_credits
from translations.admin.acting import Act, MoneyAdmin, ReasonForm
from translations.admin.rates import DAY
from translations.counting import Count, count
from translations.enums import LogState
from translations.models.work import LoggedWork
from translations.permissions import APPROVE_CREDITS, LOG_CREDITS, may_decide, may_see_entry, may_see_logged

OFFERED = 8  # stories among which one is chosen
TEXT_MOST = 400_000
_NUMBER_IN_ADDRESS = re.compile(r"/article/([0-9]{1,18})(?:/|$)")


class LogForm(forms.ModelForm[LoggedWork]):
    """One screen: a story of ours by number, address or headline, or one elsewhere; and the text, or its figures."""

    story = forms.CharField(
        label=gettext_lazy("Story of ours"), required=False, max_length=500,
        help_text=gettext_lazy("Its number, its address, or the beginning of its headline. Its own text is counted."),
    )  # fmt: skip
    url = forms.URLField(
        label=gettext_lazy("Address elsewhere"), required=False, max_length=500, assume_scheme="https",
        widget=forms.TextInput(attrs={"inputmode": "url"}),
    )  # fmt: skip
    article = forms.ModelChoiceField(Article.objects.none(), required=False, widget=forms.RadioSelect)

    class Meta:
        model = LoggedWork
        fields = [
            "role", "url", "title", "source_language", "target_language", "done_on", "text", "basis", "words",
            "characters", "characters_no_spaces", "share", "note",
        ]  # fmt: skip
        widgets = {"done_on": DAY, "text": forms.Textarea(attrs={"rows": 8})}

    def __init__(self, user: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.user = user
        self.offered: list[Article] = []
        self.fields["article"].queryset = Article.objects.visible_to(user)  # type: ignore[attr-defined]  # a choice of rows
        for name in (
            "title",
            "source_language",
            "target_language",
            "words",
            "characters",
            "characters_no_spaces",
            "share",
        ):
            self.fields[name].required = False
        self.fields["text"].help_text = _("Paste it here and it is counted. Nobody but editors and you sees it.")

    def clean_share(self) -> Decimal:
        share = self.cleaned_data["share"]
        if share is None:
            return Decimal(1)
        if not 0 < share <= 1:
            raise forms.ValidationError(_("A share is more than 0 and not more than 1, such as 0.5."))
        return Decimal(share)

    def clean_text(self) -> str:
        text = unix_lines(self.cleaned_data["text"] or "")
        if len(text) > TEXT_MOST:
            raise forms.ValidationError(_("That is more than a story's length. Log it in parts."))
        return text

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ("words", "characters", "characters_no_spaces"):
            cleaned[name] = cleaned.get(name) or 0
        if cleaned.get("article") is None and (sought := str(cleaned.get("story") or "").strip()):
            self._find(cleaned, sought)
        elif cleaned.get("article") is None:
            self._elsewhere(cleaned)
        return cleaned

    def _find(self, cleaned: dict[str, Any], sought: str) -> None:
        found = stories(self.user, sought)
        if len(found) == 1:
            cleaned["article"] = found[0]
            return
        self.offered = found
        told = (
            _("Several stories match: choose one below.")
            if found
            else _(
                "No story that you see matches. Write its number or the beginning of its headline; "
                "or give the address of a story elsewhere."
            )
        )
        self.add_error("story", told)

    def _elsewhere(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("url") and "url" not in self.errors:
            self.add_error("url", _("Name a story of ours above, or give the address of the one elsewhere."))
        for name in ("title", "source_language", "target_language"):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("Fill this in for a story elsewhere."))
        same = cleaned.get("source_language") and cleaned.get("source_language") == cleaned.get("target_language")
        if same and CreditRole(cleaned.get("role") or CreditRole.TRANSLATOR).is_translation:
            self.add_error("target_language", _("A translation is into another language."))

    def counted(self) -> Count | None:
        text = self["text"].value() or ""
        return count(text) if text.strip() else None


def stories(user: Any, sought: str) -> list[Article]:
    """The stories that the user sees and that the number, the address or the words mean; a few at the most."""
    seen = Article.objects.visible_to(user).filter(page="").only("pk", "headline", "language", "original", "head")
    in_address = _NUMBER_IN_ADDRESS.search(sought)
    number = in_address[1] if in_address else sought
    if is_number(number):
        return list(seen.filter(pk=number))
    slug = sought.rstrip("/").rpartition("/")[2]
    match = beginning("headline", sought)
    if "/" in sought and slug:
        match |= Q(slug=slug)
    return list(seen.filter(match).order_by("-changed_at")[:OFFERED])


@admin.register(LoggedWork)
class LoggedWorkAdmin(MoneyAdmin):
    detail_template = "desk/money/logged.html"
    list_display = ["title", "contributor", "role", "pair", "done_on", "characters", "state"]
    list_filter = ["state", "role"]
    list_select_related = ["contributor"]
    ordering = ["-id"]

    def may_list(self, user: Any) -> bool:
        return bool(roles_of(user) & DESK)

    def may_see(self, user: Any, row: Any) -> bool:
        return may_see_logged(user, row)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(roles_of(request.user) & LOG_CREDITS)

    def get_queryset(self, request: HttpRequest) -> QuerySet[LoggedWork]:
        rows = LoggedWork.objects.select_related("contributor", "created_by", "decided_by", "article")
        if roles_of(request.user) & APPROVE_CREDITS:
            return rows
        return rows.filter(contributor__user=request.user.pk)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = LogForm(request.user, request.POST if request.method == "POST" else None, initial=_first(request))
        if form.is_bound and "_count" not in request.POST and form.is_valid():
            work = form.save(commit=False)
            work.article = form.cleaned_data["article"]
            try:
                logging_credits.log(work, by=request.user)
            except DeskError as error:
                form.add_error(None if not isinstance(error, Refused) else "text", error.messages)
            else:
                messages.success(request, _("The credit is logged. It waits for an editor."))
                return HttpResponseRedirect(reverse("admin:translations_loggedwork_changelist"))
        context = {
            **admin.site.each_context(request),
            "title": _("Log a credit"),
            "opts": self.opts,
            "form": form,
            "counted": form.counted() if form.is_bound else None,
            "byline": logging_credits.byline_of(request.user),
        }
        status = 422 if form.is_bound and form.errors and "_count" not in request.POST else 200
        return TemplateResponse(request, "desk/money/log.html", context, status=status)

    def acts(self, user: Any, row: LoggedWork) -> Sequence[Act]:
        if row.state != LogState.WAITING or not may_decide(user, row):
            return ()
        decline = _("Nothing is entered. The contributor reads the reason and can log it anew.")
        declining = Act("decline", _("Decline"), decline, _decline, _("The credit is declined."), ReasonForm)
        if logging_credits.entered_already(row) is not None:
            return [declining]
        approve = _("The work is entered into the ledger with these figures. That can't be undone, only reversed.")
        done = _("The credit is approved and entered into the ledger.")
        return [Act("approve", _("Approve"), approve, _approve, done), declining]

    def details(self, request: HttpRequest, row: LoggedWork) -> dict[str, Any]:
        story = row.article
        sees = story is not None and Article.objects.visible_to(request.user).filter(pk=story.pk).exists()
        entry = row.ledger.order_by("seq").first()
        twin = logging_credits.entered_already(row) if row.state == LogState.WAITING else None
        return {
            "sees_story": sees,
            "credited": logging_credits.credited(row),
            "edits": bool(roles_of(request.user) & APPROVE_CREDITS),
            "entry": entry,
            "twin": twin,
            "sees_entry": any(may_see_entry(request.user, one) for one in (entry, twin) if one is not None),
        }

    @admin.display(description=gettext_lazy("languages"))
    def pair(self, row: LoggedWork) -> str:
        return f"{row.source_language}→{row.target_language}"


def _approve(row: LoggedWork, by: Any, said: dict[str, Any]) -> None:
    logging_credits.approve(row, by=by)


def _decline(row: LoggedWork, by: Any, said: dict[str, Any]) -> None:
    logging_credits.decline(row, by=by, reason=said["reason"])


def _first(request: HttpRequest) -> dict[str, Any]:
    """What is filled in already: the story of the address, today, and languages and role as they were last."""
    user: Any = request.user
    last = LoggedWork.objects.filter(contributor__user=user.pk).order_by("-pk").first()
    codes = [code for code, _name in settings.LANGUAGES]
    asked = request.GET.get("story", "")
    return {
        "story": asked if is_number(asked) else "",
        "role": last.role if last else CreditRole.TRANSLATOR,
        "source_language": last.source_language if last else codes[0],
        "target_language": last.target_language if last else "",
        "done_on": ledger.today(),
    }


def tool(article: Article, user: Any) -> tuple[str, str] | None:
    """The link beside the story's other pages, for who has work of their own to log."""
    if article.page or not roles_of(user) & LOG_CREDITS:
        return None
    return _("Log a credit"), f"{reverse('admin:translations_loggedwork_add')}?story={article.pk}"


ArticleAdmin.tools.append(tool)
