"""What a contributor is told of their work, and paid."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.constraints import filled, known
from translations.enums import StatementState

S = StatementState


class Statement(models.Model):
    """A contributor's lines of the ledger up to a month, in one currency.

    Until it is issued it has no number and may be filled anew. From then on the database lets only its state go on,
    and what was said of it: ``translations.models.money_rules``. ``payee`` and ``rows``, the printed lines, are as they
    were when it was issued; ``sha256`` is that of the CSV file.
    """

    contributor = models.ForeignKey(
        "articles.Contributor", on_delete=models.PROTECT, related_name="statements", verbose_name=_("contributor")
    )
    period = models.CharField(_("month"), max_length=7)
    currency = models.CharField(_("currency"), max_length=3)
    total = models.DecimalField(_("total"), max_digits=14, decimal_places=2, default=Decimal(0))
    state = models.CharField(_("state"), max_length=12, choices=S, default=S.DRAFT)
    year = models.PositiveSmallIntegerField(null=True)
    number = models.PositiveIntegerField(null=True)
    payee = models.CharField(max_length=120, blank=True)
    rows = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    issued_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )  # who wrote it down for a contributor without an account
    acknowledged_how = models.CharField(max_length=300, blank=True)
    disputed_at = models.DateTimeField(null=True)
    dispute = models.CharField(_("what is wrong"), max_length=1000, blank=True)
    paid_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["contributor", "-id"], name="statement_contributor_idx"),
            models.Index("period", "id", name="statement_period_idx"),
        ]
        constraints = [
            known("state", S, "statement_state_known"),
            filled("currency", "statement_has_a_currency"),
            models.UniqueConstraint(fields=["year", "number"], name="statement_number_once"),
            models.UniqueConstraint(
                fields=["contributor", "period", "currency"], condition=Q(state=S.DRAFT), name="statement_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(state=S.DRAFT, number=None, year=None, issued_at=None, issued_by=None)
                | ~Q(state=S.DRAFT)
                & Q(number__gte=1, year__isnull=False, issued_at__isnull=False, issued_by__isnull=False)
                & ~Q(sha256=""),
                name="statement_issued_has_a_number",
            ),
            models.CheckConstraint(
                condition=Q(state=S.DRAFT) | Q(total__gte=0), name="statement_issued_owes_nothing_back"
            ),
            models.CheckConstraint(condition=~Q(state=S.DISPUTED) | ~Q(dispute=""), name="statement_disputed_says_why"),
            models.CheckConstraint(
                condition=Q(acknowledged_by=None, acknowledged_how="")
                | Q(acknowledged_by__isnull=False) & ~Q(acknowledged_how=""),
                name="statement_acknowledged_in_stead_says_how",
            ),
        ]

    def __str__(self) -> str:
        return self.name or f"{self.contributor} {self.period} {self.currency}"

    @property
    def name(self) -> str:
        """Such as 2026-0007; empty for a draft."""
        return f"{self.year}-{self.number:04}" if self.number else ""


class StatementLine(models.Model):
    """An entry stands in one statement at the most."""

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="lines")
    entry = models.OneToOneField("translations.LedgerEntry", on_delete=models.PROTECT, related_name="line")
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["statement", "position"], name="statement_position_once")]

    def __str__(self) -> str:
        return f"{self.statement_id}/{self.position}"


class Payment(models.Model):
    """Money that went out for a statement: append-only.

    ``amount`` is in ``currency``, as it left; ``settled`` is what it settled of the statement, in the statement's own.
    """

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="payments")
    paid_on = models.DateField(_("paid on"))
    settled = models.DecimalField(_("amount of the statement"), max_digits=14, decimal_places=2)
    currency = models.CharField(_("paid in"), max_length=3)
    fx_rate = models.DecimalField(_("exchange rate"), max_digits=14, decimal_places=6, default=Decimal(1))
    amount = models.DecimalField(_("amount paid"), max_digits=14, decimal_places=2)
    method = models.CharField(_("how"), max_length=80, blank=True)
    reference = models.CharField(_("reference"), max_length=120, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        ordering = ["paid_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(settled__gte=0, amount__gte=0, fx_rate__gt=0), name="payment_is_money"),
        ]

    def __str__(self) -> str:
        return f"{self.settled} {self.statement.currency}"
