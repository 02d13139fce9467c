"""Statements on screen, on paper and as files. A contributor sees their own, once it is issued, and nobody else's."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from articles.enums import CreditRole
from articles.errors import DeskError
from articles.models.paper import Paper
from articles.permissions import DESK, roles_of
from translations import ledger, statements
from translations.admin.acting import Act, CurrencyField, MoneyAdmin, VersionForm
from translations.admin.rates import DAY
from translations.enums import EntryKind, StatementState
from translations.models.statement import Statement
from translations.permissions import PAY, is_of, may_see_statement
from translations.statement_rows import SHORT, csv_of, xlsx_of

S = StatementState
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class MonthForm(forms.Form):
    """Which month the statements are for."""

    month = forms.CharField(label=gettext_lazy("Month"), widget=forms.TextInput(attrs={"type": "month"}), max_length=7)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})

    def clean_month(self) -> str:
        typed = str(self.cleaned_data["month"]).strip()
        if not re.fullmatch(r"20[0-9]{2}-(0[1-9]|1[0-2])", typed):
            raise forms.ValidationError(_("Write the month as 2026-11."))
        if typed > ledger.period(timezone.now()):
            raise forms.ValidationError(_("That month has not begun."))
        return typed


class DisputeForm(VersionForm):
    reason = forms.CharField(
        label=gettext_lazy("What is wrong, and in which line"), max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": None}),
    )  # fmt: skip


class InSteadForm(VersionForm):
    how = forms.CharField(
        label=gettext_lazy("How the contributor agreed, and when"), max_length=300,
        widget=forms.Textarea(attrs={"rows": 2, "maxlength": None}),
    )  # fmt: skip


class PayForm(VersionForm):
    paid_on = forms.DateField(label=gettext_lazy("Paid on"), widget=DAY)
    amount = forms.DecimalField(label=gettext_lazy("Amount"), max_digits=14, decimal_places=2, min_value=Decimal(0))
    currency = CurrencyField()
    fx_rate = forms.DecimalField(
        label=gettext_lazy("Exchange rate"), max_digits=14, decimal_places=6, min_value=Decimal("0.000001"),
        help_text=gettext_lazy("Of the statement's currency for one of this one; 1 where they are the same."),
    )  # fmt: skip
    method = forms.CharField(label=gettext_lazy("How"), max_length=80, required=False)
    reference = forms.CharField(label=gettext_lazy("Reference"), max_length=120, required=False)


def _run(act: Callable[..., Any]) -> Callable[[Any, Any, dict[str, Any]], None]:
    def run(row: Statement, by: Any, said: dict[str, Any]) -> None:
        said = {**said, "version": -1 if said["version"] is None else said["version"]}
        act(row, by=by, **said)

    return run


def _discard(row: Statement, by: Any, said: dict[str, Any]) -> str:
    _run(statements.discard)(row, by, said)
    return reverse("admin:translations_statement_changelist")


@admin.register(Statement)
class StatementAdmin(MoneyAdmin):
    change_list_template = "desk/money/statement_list.html"
    detail_template = "desk/money/statement.html"
    list_display = ["named", "contributor", "period", "money", "state"]
    list_filter = ["state", "currency"]
    list_select_related = ["contributor"]
    ordering = ["-id"]

    def may_list(self, user: Any) -> bool:
        return bool(roles_of(user) & DESK)

    def may_see(self, user: Any, row: Any) -> bool:
        return may_see_statement(user, row)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Statement]:
        rows = Statement.objects.select_related("contributor__user", "issued_by", "made_by", "acknowledged_by")
        if roles_of(request.user) & PAY:
            return rows
        return rows.filter(contributor__user=request.user.pk).exclude(state=S.DRAFT)

    def get_urls(self) -> list[Any]:
        here: list[URLPattern] = [
            path("draw-up/", self.admin_site.admin_view(self.draw_up), name="translations_statement_draw_up"),
            path(
                "<int:object_id>/print/", self.admin_site.admin_view(self.printed), name="translations_statement_print"
            ),
            path(
                "<int:object_id>/statement.csv", self.admin_site.admin_view(self.csv), name="translations_statement_csv"
            ),
            path(
                "<int:object_id>/statement.xlsx",
                self.admin_site.admin_view(self.xlsx),
                name="translations_statement_xlsx",
            ),
        ]
        return [*here, *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        pays = bool(roles_of(request.user) & PAY)
        month = MonthForm(initial={"month": ledger.period(timezone.now())}) if pays else None
        return super().changelist_view(request, {"month_form": month, **(extra_context or {})})

    def draw_up(self, request: HttpRequest) -> HttpResponse:
        """Drafts for everybody who has open entries up to a month."""
        if not roles_of(request.user) & PAY:
            raise PermissionDenied
        form = MonthForm(
            request.POST if request.method == "POST" else None, initial={"month": ledger.period(timezone.now())}
        )
        if form.is_bound and form.is_valid():
            try:
                drafts = statements.draw_up(form.cleaned_data["month"], by=request.user)
            except DeskError as error:
                form.add_error(None, error.messages)
            else:
                number = len(drafts)
                said = ngettext("%(count)d draft is drawn up.", "%(count)d drafts are drawn up.", number) % {
                    "count": number
                }
                messages.success(request, said if number else _("Nothing is open up to that month."))
                self._say_what_waits(request, form.cleaned_data["month"])
                return HttpResponseRedirect(reverse("admin:translations_statement_changelist"))
        context = {
            **admin.site.each_context(request),
            "title": _("Draw up statements"),
            "opts": self.opts,
            "form": form,
        }
        return TemplateResponse(request, "desk/money/draw_up.html", context, status=422 if form.errors else 200)

    def _say_what_waits(self, request: HttpRequest, month: str) -> None:
        if no_rate := ledger.unpriced().filter(period__lte=month).count():
            said = ngettext("%(count)d entry waits for a rate.", "%(count)d entries wait for a rate.", no_rate)
            address = f"{reverse('admin:translations_ledgerentry_changelist')}?amount=none"
            messages.warning(request, format_html('<a href="{}">{}</a>', address, said % {"count": no_rate}))
        if waits := statements.waiting().filter(period__lte=month).count():
            address = f"{reverse('admin:translations_ledgerentry_changelist')}?standing=waits"
            said = ngettext(
                "%(count)d entry waits for the publication of its story.",
                "%(count)d entries wait for the publication of their stories.",
                waits,
            ) % {"count": waits}
            messages.info(request, format_html('<a href="{}">{}</a>', address, said))

    def acts(self, user: Any, row: Statement) -> Sequence[Act]:
        found: list[Act] = []
        if is_of(user, row.contributor):
            if row.state in {S.ISSUED, S.DISPUTED}:
                explain = _("You agree with the lines and the total. They can be paid then.")
                found.append(
                    Act(
                        "acknowledge",
                        _("Acknowledge"),
                        explain,
                        _run(statements.acknowledge),
                        _("You have acknowledged the statement."),
                    )
                )
            if row.state == S.ISSUED:
                explain = _(
                    "Say what is wrong. It is put right by lines of your next statement; this one stays as it is."
                )
                found.append(
                    Act(
                        "dispute",
                        _("Dispute"),
                        explain,
                        _run(statements.dispute),
                        _("The statement is disputed."),
                        DisputeForm,
                    )
                )
        elif roles_of(user) & PAY:
            if row.state == S.DRAFT:
                explain = _(
                    "The statement gets its number, is shown to its contributor, and never changes from then on."
                )
                found.append(Act("issue", _("Issue"), explain, _run(statements.issue), _("The statement is issued.")))
                found.append(
                    Act(
                        "discard",
                        _("Discard"),
                        _("The draft goes; its lines can stand on another."),
                        _discard,
                        _("The draft is discarded."),
                    )
                )
            if row.state in {S.ISSUED, S.DISPUTED} and not statements.can_answer(row.contributor):
                explain = _(
                    "The contributor can't sign in here. Write down that they agreed; your name stands beside it."
                )
                found.append(
                    Act(
                        "in-stead",
                        _("Write down that they agreed"),
                        explain,
                        _run(statements.acknowledge_in_stead),
                        _("It is written down that the contributor agreed."),
                        InSteadForm,
                    )
                )
            if row.state in {S.ACKNOWLEDGED, S.DISPUTED}:
                first = {
                    "amount": statements.unpaid(row), "currency": row.currency, "fx_rate": 1,
                    "paid_on": ledger.today(),
                }  # fmt: skip
                explain = _(
                    "Write down money that has gone out. The statement is paid once the payments come to its total."
                )
                found.append(
                    Act(
                        "pay",
                        _("Write down a payment"),
                        explain,
                        _run(statements.pay),
                        _("The payment is written down."),
                        PayForm,
                        first,
                    )
                )
        return found

    def details(self, request: HttpRequest, row: Statement) -> dict[str, Any]:
        told = [_in_words(line) for line in statements.rows(row)]
        return {
            "title": _("Statement %(name)s") % {"name": row.name} if row.name else _("Draft of a statement"),
            "lines": told,
            "sums": [(*key, CreditRole(key[2]).label, amount) for *key, amount in statements.sums(told)],
            "payments": list(row.payments.all()),
            "left": statements.unpaid(row),
            "payee": row.payee or row.contributor.name,
            "house": Paper.objects.current().site_name,
            "zone": Paper.objects.current().zone.key,
        }

    def printed(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """The statement for A4 paper, without the desk around it."""
        row = self.row(request, str(object_id))
        return TemplateResponse(request, "desk/money/statement_print.html", {"row": row, **self.details(request, row)})

    def csv(self, request: HttpRequest, object_id: int) -> HttpResponse:
        return self._file(request, object_id, csv_of, "csv", "text/csv; charset=utf-8")

    def xlsx(self, request: HttpRequest, object_id: int) -> HttpResponse:
        return self._file(request, object_id, xlsx_of, "xlsx", XLSX)

    def _file(
        self, request: HttpRequest, object_id: int, made: Callable[[Statement], bytes], ending: str, kind: str
    ) -> HttpResponse:
        row = self.row(request, str(object_id))
        if row.state == S.DRAFT:
            row.rows = list(statements.rows(row))
        name = f"statement-{row.name or 'draft'}.{ending}"
        return HttpResponse(
            made(row), content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
        )

    @admin.display(description=gettext_lazy("statement"))
    def named(self, row: Statement) -> str:
        return row.name or _("draft")

    @admin.display(description=gettext_lazy("total"))
    def money(self, row: Statement) -> str:
        return f"{row.total} {row.currency}"


def _in_words(row: dict[str, Any]) -> dict[str, Any]:
    """The line with its codes as words of the user's language."""
    spaces = {"yes": _("characters with spaces"), "no": _("characters without spaces")}.get(row["spaces"], "")
    what = _("words") if row["unit"] == "word" else spaces
    counted = (
        row["words"]
        if row["unit"] == "word"
        else row["characters" if row["spaces"] != "no" else "characters_no_spaces"]
    )
    return {
        **row,
        "role_said": CreditRole(row["role"]).label,
        "kind_said": EntryKind(row["kind"]).label,
        "counted": counted,
        "what": what,
        "hash": row["text_sha256"][:SHORT],
        "price_said": f"{Decimal(row['price']).normalize():f}" if row["price"] else "",
        "units_said": f"{Decimal(row['units']).normalize():f}" if row["units"] else "",
        "share_said": f"{(Decimal(row['share']) * 100).normalize():f} %",
    }
