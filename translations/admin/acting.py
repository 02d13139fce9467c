"""What the screens of credits and money share: who sees which rows, and a page with the acts that are open on a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy

from articles.admin.choices import is_number
from articles.admin.lists import KeyPaginatedAdmin
from articles.errors import DeskError, NotAllowed, Stale, WrongState


class VersionForm(forms.Form):
    """Carries the version of the row that the screen was drawn for."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})


class ReasonForm(VersionForm):
    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2, "maxlength": None})
    )


class CurrencyField(forms.RegexField):
    """Three letters, such as MDL."""

    def __init__(self, **kwargs: Any) -> None:
        told = {"invalid": gettext_lazy("Three letters, such as MDL, RON or EUR.")}
        super().__init__("^[A-Za-z]{3}$", label=gettext_lazy("Currency"), error_messages=told, **kwargs)

    def clean(self, value: Any) -> str:
        return str(super().clean(value)).upper()


@dataclass(frozen=True)
class Act:
    """Something to be done with a row: *run* takes the row, the user and the form's cleaned data.

    ``done`` is said afterwards; *run* may give the address to go on to, else the row's own page is shown again.
    """

    name: str
    label: Any
    explain: Any
    run: Callable[[Any, Any, dict[str, Any]], str | None]
    done: Any
    form: type[forms.Form] = VersionForm
    initial: dict[str, Any] | None = None


class MoneyAdmin(KeyPaginatedAdmin):
    """Rows that are read, and acted upon by functions alone. A subclass says who sees which, and what is open."""

    change_list_template = "desk/money/list.html"
    detail_template = ""

    def may_see(self, user: Any, row: Any) -> bool:
        raise NotImplementedError

    def may_list(self, user: Any) -> bool:
        raise NotImplementedError

    def acts(self, user: Any, row: Any) -> Sequence[Act]:
        return ()

    def details(self, request: HttpRequest, row: Any) -> dict[str, Any]:
        return {}

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.may_list(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_list(request.user) if obj is None else self.may_see(request.user, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def row(self, request: HttpRequest, object_id: str) -> Any:
        """The row of the address, which the user may see."""
        row = self.get_queryset(request).filter(pk=object_id).first() if is_number(object_id) else None
        if row is None:
            raise Http404
        if not self.may_see(request.user, row):
            raise PermissionDenied
        return row

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The row with what can be done with it; POST does one of these."""
        row = self.row(request, object_id)
        status, bound = 200, None
        if request.method == "POST":
            acts = {act.name: act for act in self.acts(request.user, row)}
            act = acts.get(request.POST.get("_act", ""))
            if act is None:
                status, bound = 403, None
            else:
                form = act.form(request.POST, prefix=act.name)
                status, answer = self._do(request, row, act, form)
                if answer is not None:
                    return answer
                bound = (act.name, form)
                row = self.row(request, object_id)
        return self._page(request, row, bound, status)

    def _do(self, request: HttpRequest, row: Any, act: Act, form: forms.Form) -> tuple[int, HttpResponse | None]:
        if not form.is_valid():
            return 422, None
        try:
            address = act.run(row, request.user, form.cleaned_data)
        except DeskError as error:
            form.add_error(None, error.messages)
            refused = {NotAllowed: 403, Stale: 409, WrongState: 409}
            return next((code for kind, code in refused.items() if isinstance(error, kind)), 422), None
        messages.success(request, str(act.done))
        return 302, HttpResponseRedirect(address or request.path)

    def _page(
        self, request: HttpRequest, row: Any, bound: tuple[str, forms.Form] | None, status: int
    ) -> TemplateResponse:
        acts = []
        for act in self.acts(request.user, row):
            fresh = {"version": getattr(row, "version", None), **(act.initial or {})}
            form = act.form(initial=fresh, prefix=act.name)
            if bound is not None and bound[0] == act.name:
                form = bound[1]
                form.data = {**form.data.dict(), f"{act.name}-version": fresh["version"]}  # type: ignore[attr-defined]  # a QueryDict
            acts.append((act, form))
        errors = bound[1].non_field_errors() if bound and bound[0] not in {act.name for act, _form in acts} else []
        context = {
            **admin.site.each_context(request),
            "title": str(row),
            "opts": self.opts,
            "original": row,
            "row": row,
            "acts": acts,
            "refused": status == 403 and bound is None,
            "errors": errors,
            **self.details(request, row),
        }
        return TemplateResponse(request, self.detail_template, context, status=status)
