"""The ledger on screen: everything for who pays, to a contributor their own."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.choices import is_number
from articles.enums import CreditRole
from articles.errors import DeskError
from articles.models.contributor import Contributor
from articles.permissions import DESK, roles_of
from translations import amounts, ledger, statements, verifying
from translations.admin.acting import Act, CurrencyField, MoneyAdmin, ReasonForm
from translations.admin.jobs import JobAdmin
from translations.enums import EntryKind, JobState
from translations.models.job import Job
from translations.models.ledger import LedgerEntry
from translations.models.rate import PAID_ROLES
from translations.permissions import PAY, is_of, may_see_entry, visible_jobs


class AdjustForm(ReasonForm):
    amount = forms.DecimalField(
        label=gettext_lazy("Amount"), max_digits=12, decimal_places=2, help_text=gettext_lazy("Less than 0 takes away.")
    )
    currency = CurrencyField()
    field_order = ("amount", "currency", "reason", "version")


class WaitsForARate(admin.SimpleListFilter):
    title = gettext_lazy("amount")
    parameter_name = "amount"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("none", _("waits for a rate"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(pk__in=ledger.unpriced().values("pk")) if self.value() == "none" else queryset


class Standing(admin.SimpleListFilter):
    title = gettext_lazy("statement")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("waits", _("waits for publication"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(waits=True) if self.value() == "waits" else queryset


class KillFeeForm(forms.Form):
    """What is paid for work that was called off."""

    job = forms.ModelChoiceField(
        Job.objects.all(), label=gettext_lazy("Number of the job"),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    contributor = forms.ModelChoiceField(Contributor.objects.order_by("name"), label=gettext_lazy("Contributor"))
    role = forms.ChoiceField(choices=PAID_ROLES, label=gettext_lazy("Role"))
    amount = forms.DecimalField(label=gettext_lazy("Amount"), max_digits=12, decimal_places=2, min_value=Decimal(0))
    currency = CurrencyField()
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})


@admin.register(LedgerEntry)
class LedgerEntryAdmin(MoneyAdmin):
    change_list_template = "desk/money/ledger_list.html"
    detail_template = "desk/money/entry.html"
    list_display = [
        "seq", "title", "money", "contributor", "role", "kind", "pair", "characters", "part", "period", "stands",
    ]  # fmt: skip
    list_filter = [WaitsForARate, Standing, "kind", "role"]
    list_select_related = ["contributor", "line__statement"]
    ordering = ["-seq"]

    def may_list(self, user: Any) -> bool:
        return bool(roles_of(user) & DESK)

    def may_see(self, user: Any, row: Any) -> bool:
        return may_see_entry(user, row)

    def get_queryset(self, request: HttpRequest) -> QuerySet[LedgerEntry]:
        rows = LedgerEntry.objects.select_related("contributor", "accepted_by", "created_by", "corrects", "article")
        rows = rows.annotate(waits=Exists(statements.waiting().filter(pk=OuterRef("pk"))))
        rows = rows.annotate(unpriced=Exists(ledger.unpriced().filter(pk=OuterRef("pk"))))
        if roles_of(request.user) & PAY:
            return rows
        return rows.filter(contributor__user=request.user.pk)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """The list; for who pays with what came of the last walk through the ledger."""
        pays = bool(roles_of(request.user) & PAY)
        check = verifying.last() if pays else None
        return super().changelist_view(request, {"check": check, "pays": pays, **(extra_context or {})})

    def has_add_permission(self, request: HttpRequest) -> bool:
        return bool(roles_of(request.user) & PAY)

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A kill fee: the one entry that is written by hand."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = KillFeeForm(request.POST or None, initial=_called_off(request.GET.get("job", "")))
        if request.method == "POST" and form.is_valid():
            try:
                entry = amounts.kill_fee(**form.cleaned_data, by=request.user)
            except DeskError as error:
                form.add_error(None, error.messages)
            else:
                messages.success(request, _("The kill fee is entered."))
                return HttpResponseRedirect(reverse("admin:translations_ledgerentry_change", args=[entry.pk]))
        context = {**admin.site.each_context(request), "title": _("Kill fee"), "opts": self.opts, "form": form}
        return TemplateResponse(request, "desk/money/kill_fee.html", context, status=422 if form.errors else 200)

    def acts(self, user: Any, row: LedgerEntry) -> Sequence[Act]:
        if not roles_of(user) & PAY or is_of(user, row.contributor):
            return ()
        found = []
        corrections = list(row.corrections.all())
        if row.amount is None and not corrections and row.kind != EntryKind.REVERSAL:
            found.append(
                Act(
                    "price",
                    _("Price it"),
                    _("By the rate that holds on the day of the work now."),
                    _price,
                    _("The entry has its amount."),
                )
            )
        adjust = _("An amount beside the entry, which stays as it is. It stands on the next statement with its reason.")
        found.append(
            Act(
                "adjust",
                _("Adjust"),
                adjust,
                _adjust,
                _("The adjustment is entered."),
                AdjustForm,
                {"currency": row.currency},
            )
        )
        if row.kind != EntryKind.REVERSAL and not any(one.kind == EntryKind.REVERSAL for one in corrections):
            explain = _("An entry with the opposite amount. It stands on the next statement with its reason.")
            found.append(Act("reverse", _("Reverse"), explain, _reverse, _("The entry is reversed."), ReasonForm))
        return found

    def details(self, request: HttpRequest, row: LedgerEntry) -> dict[str, Any]:
        return {
            "title": _("Ledger entry %(number)s") % {"number": row.seq},
            "job": visible_jobs(request.user).filter(pk=row.job_id).first() if row.job_id else None,
            "corrections": row.corrections.order_by("seq"),
            "statement": getattr(getattr(row, "line", None), "statement", None),
        }

    @admin.display(description=gettext_lazy("languages"))
    def pair(self, row: LedgerEntry) -> str:
        return f"{row.source_language}→{row.target_language}"

    @admin.display(description=gettext_lazy("share"))
    def part(self, row: LedgerEntry) -> str:
        return "" if row.share == 1 else f"{row.share.normalize():f}"

    @admin.display(description=gettext_lazy("statement"))
    def stands(self, row: Any) -> str:
        line = getattr(row, "line", None)
        return _("waits for publication") if row.waits else (line.statement.name if line else "")

    @admin.display(description=gettext_lazy("amount"))
    def money(self, row: Any) -> str:
        if row.amount is not None:
            return f"{row.amount} {row.currency}"
        return _("no rate") if row.unpriced else _("by adjustment")


def _called_off(number: str) -> dict[str, Any]:
    """What the form of a kill fee begins with: the job, and its translator's byline where one person had it alone."""
    if not is_number(number):
        return {}
    alone = Job.objects.filter(pk=number, helpers=None, translator__isnull=False).values("translator")
    byline = Contributor.objects.filter(user__in=alone).only("pk").first()
    return {"job": number} | ({"contributor": byline.pk, "role": CreditRole.TRANSLATOR} if byline else {})


def tool(job: Job, user: Any) -> tuple[str, str] | None:
    """The way to a kill fee from a job that was called off, for who pays."""
    if job.state != JobState.CANCELLED or not roles_of(user) & PAY:
        return None
    return _("Kill fee"), f"{reverse('admin:translations_ledgerentry_add')}?job={job.pk}"


def _price(row: LedgerEntry, by: Any, said: dict[str, Any]) -> None:
    amounts.price(row, by=by)


def _adjust(row: LedgerEntry, by: Any, said: dict[str, Any]) -> None:
    amount: Decimal = said["amount"]
    amounts.adjust(row, amount=amount, currency=said["currency"], reason=said["reason"], by=by)


def _reverse(row: LedgerEntry, by: Any, said: dict[str, Any]) -> None:
    amounts.reverse(row, reason=said["reason"], by=by)


JobAdmin.tools.append(tool)
