"""Rates: listed, introduced, ended. Nothing of one is edited."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.validators import MinValueValidator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.errors import DeskError
from articles.models.contributor import Contributor
from articles.permissions import roles_of
from translations import rates
from translations.admin.acting import Act, CurrencyField, MoneyAdmin, VersionForm
from translations.models.rate import RateCard
from translations.permissions import PAY

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
BANDS = {
    "context": gettext_lazy("whole match in context"),
    "exact": gettext_lazy("whole match"),
    "95": gettext_lazy("match of 95 % and more"),
    "85": gettext_lazy("match of 85 to 94 %"),
    "75": gettext_lazy("match of 75 to 84 %"),
    "repetition": gettext_lazy("repetition"),
    "machine": gettext_lazy("machine translation"),
}


class RateForm(forms.ModelForm[RateCard]):
    """A new rate. A factor that is left empty is 1: such text is paid whole."""

    currency = CurrencyField(max_length=3, help_text=RateCard._meta.get_field("currency").help_text)

    class Meta:
        model = RateCard
        fields = [
            "contributor", "role", "source", "target", "unit", "unit_size", "count_spaces", "captions", "basis",
            "price", "currency", "minimum_units", "minimum_amount", "rounding", "urgent_factor", "special_factor",
            "valid_from", "note",
        ]  # fmt: skip
        widgets = {"valid_from": DAY}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.fields["contributor"] = forms.ModelChoiceField(
            Contributor.objects.order_by("name"), required=False, label=_("Contributor"),
            empty_label=_("everybody who has no rate of their own"),
        )  # fmt: skip
        for name in ("price", "minimum_units", "minimum_amount"):
            self.fields[name].validators.append(MinValueValidator(Decimal(0)))
        for name, label in BANDS.items():
            self.fields[f"band_{name}"] = forms.DecimalField(
                label=str(label),
                required=False,
                min_value=Decimal(0),
                max_value=Decimal(10),
                max_digits=5,
                decimal_places=3,
            )

    def factors(self) -> list[Any]:
        return [self[f"band_{name}"] for name in BANDS]

    def plain(self) -> list[Any]:
        return [self[name] for name in self._meta.fields or ()]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.instance.bands = {
            name: f"{cleaned[f'band_{name}'].normalize():f}"
            for name in BANDS
            if cleaned.get(f"band_{name}") is not None
        }
        return cleaned


class EndForm(VersionForm):
    day = forms.DateField(label=gettext_lazy("First day on which it no longer holds"), widget=DAY)


@admin.register(RateCard)
class RateCardAdmin(MoneyAdmin):
    detail_template = "desk/money/rate.html"
    list_display = ["number", "for_whom", "role", "pair", "valid_from", "last_day"]
    list_select_related = ["contributor"]
    ordering = ["-id"]

    def may_list(self, user: Any) -> bool:
        return bool(roles_of(user) & PAY)

    def may_see(self, user: Any, row: Any) -> bool:
        return self.may_list(user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.may_list(request.user)

    def acts(self, user: Any, row: RateCard) -> Sequence[Act]:
        if row.valid_until is not None:
            return ()

        def end(row: RateCard, by: Any, said: dict[str, Any]) -> None:
            rates.end(row, by=by, day=said["day"])

        explain = _("Work from that day on needs another rate. What is in the ledger stays as it is.")
        return [Act("end", _("End this rate"), explain, end, _("The rate has an end."), EndForm)]

    def details(self, request: HttpRequest, row: RateCard) -> dict[str, Any]:
        return {
            "last_day": rates.last_day(row),
            "factors": [(BANDS[name], factor) for name, factor in row.bands.items() if name in BANDS],
        }

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """A new rate; the one that it takes the place of ends by itself."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = RateForm(request.POST or None, initial={"valid_from": timezone.localdate()})
        if request.method == "POST" and form.is_valid():
            try:
                card = rates.introduce(form.save(commit=False), by=request.user)
            except DeskError as error:
                form.add_error(None, error.messages)
            else:
                messages.success(request, _("The rate holds from %(day)s.") % {"day": date_format(card.valid_from)})
                return HttpResponseRedirect(reverse("admin:translations_ratecard_changelist"))
        context = {**admin.site.each_context(request), "title": _("New rate"), "opts": self.opts, "form": form}
        return TemplateResponse(request, "desk/money/rate_add.html", context, status=422 if form.errors else 200)

    @admin.display(description=gettext_lazy("rate"))
    def number(self, row: RateCard) -> str:
        return str(row)

    @admin.display(description=gettext_lazy("contributor"))
    def for_whom(self, row: RateCard) -> str:
        return str(row.contributor) if row.contributor else _("everybody")

    @admin.display(description=gettext_lazy("languages"))
    def pair(self, row: RateCard) -> str:
        return f"{row.source or _('any')} → {row.target or _('any')}"

    @admin.display(description=gettext_lazy("last day"))
    def last_day(self, row: RateCard) -> str:
        day = rates.last_day(row)
        return day.isoformat() if day else "—"
