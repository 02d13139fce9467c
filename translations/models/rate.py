"""What work on translations is paid by."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from articles.enums import CreditRole
from articles.models.constraints import filled, known
from articles.models.fields import LanguageField
from translations.enums import Basis, CountUnit, Rounding

UNIT_SIZES = (1, 1000, 1500, 1800, 2000)
PAID_ROLES = [(role.value, role.label) for role in CreditRole if role.is_of_one_version]


class RateCard(models.Model):
    """A price for a role, from one day up to another, for one contributor or for everybody.

    It is never edited: a new one takes its place from a day on, and ``valid_until`` is then set, once. That day itself
    is the first on which it is not valid. An empty language stands for any. ``bands`` gives factors by kind of match,
    such as ``{"exact": "0.3"}``; one that is not named counts whole. Two cards of one contributor, role and pair are
    never valid on the same day: the database holds that, too (``translations.models.money_rules``).
    """

    contributor = models.ForeignKey(
        "articles.Contributor",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="rates",
        verbose_name=_("contributor"),
        help_text=_("Empty: everybody who has no rate of their own."),
    )
    role = models.CharField(_("role"), max_length=14, choices=PAID_ROLES, default=CreditRole.TRANSLATOR)
    source = LanguageField(verbose_name=_("from"), blank=True, help_text=_("Empty: any language."))
    target = LanguageField(verbose_name=_("into"), blank=True, help_text=_("Empty: any language."))
    unit = models.CharField(_("counted by"), max_length=9, choices=CountUnit, default=CountUnit.CHARACTER)
    unit_size = models.PositiveSmallIntegerField(
        _("so many are a unit"), choices=[(size, str(size)) for size in UNIT_SIZES], default=1800
    )
    count_spaces = models.BooleanField(_("spaces count"), default=True, help_text=_("Where characters are counted."))
    captions = models.BooleanField(_("captions count"), default=False, help_text=_("And the descriptions of pictures."))
    basis = models.CharField(_("which text is counted"), max_length=6, choices=Basis, default=Basis.SOURCE)
    price = models.DecimalField(
        _("price of a unit"), max_digits=12, decimal_places=4, help_text=_("0: counted, and not paid.")
    )
    currency = models.CharField(_("currency"), max_length=3, help_text=_("Such as MDL, RON or EUR."))
    bands = models.JSONField(_("factors of matches"), default=dict, blank=True)
    minimum_units = models.DecimalField(_("least units"), max_digits=8, decimal_places=4, default=Decimal(0))
    minimum_amount = models.DecimalField(_("least amount"), max_digits=12, decimal_places=2, default=Decimal(0))
    rounding = models.CharField(_("units are rounded"), max_length=5, choices=Rounding, default=Rounding.EXACT)
    urgent_factor = models.DecimalField(_("factor when urgent"), max_digits=5, decimal_places=3, default=Decimal(1))
    special_factor = models.DecimalField(
        _("factor of specialised text"), max_digits=5, decimal_places=3, default=Decimal(1)
    )
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until, without that day"), null=True, editable=False)
    note = models.CharField(_("note"), max_length=300, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("rate")
        verbose_name_plural = _("rates")
        ordering = ["-id"]
        constraints = [
            known("role", CreditRole, "rate_role_known"),
            known("unit", CountUnit, "rate_unit_known"),
            known("basis", Basis, "rate_basis_known"),
            known("rounding", Rounding, "rate_rounding_known"),
            models.CheckConstraint(condition=Q(unit_size__in=UNIT_SIZES), name="rate_unit_size_known"),
            models.CheckConstraint(condition=Q(price__gte=0), name="rate_price_from_zero"),
            models.CheckConstraint(
                condition=Q(minimum_units__gte=0, minimum_amount__gte=0), name="rate_least_from_zero"
            ),
            models.CheckConstraint(condition=Q(urgent_factor__gt=0), name="rate_urgent_above_zero"),
            models.CheckConstraint(condition=Q(special_factor__gt=0), name="rate_special_above_zero"),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")), name="rate_ends_after_it_begins"
            ),
            filled("currency", "rate_has_a_currency"),
        ]

    def __str__(self) -> str:
        return f"№ {self.pk}: {self.for_a_unit}"

    @property
    def for_a_unit(self) -> str:
        """Such as “2.50 EUR / 1800 characters”."""
        price = self.price.quantize(Decimal("0.01"))
        shown = price if price == self.price else self.price.normalize()
        if self.unit_size == 1:
            return f"{shown:f} {self.currency} / {self.get_unit_display()}"
        if self.unit == CountUnit.WORD:
            many = ngettext("%(count)d word", "%(count)d words", self.unit_size)
        else:
            many = ngettext("%(count)d character", "%(count)d characters", self.unit_size)
        return f"{shown:f} {self.currency} / {many % {'count': self.unit_size}}"

    def valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)
