"""The ledger: who did what work on which text, and what it comes to."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Round
from django.db.models.lookups import LessThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.enums import CreditRole
from articles.models.constraints import filled, from_one, known
from articles.models.fields import LanguageField
from translations.enums import Basis, EntryKind
from translations.models.rate import PAID_ROLES

BOOKED = [EntryKind.WORK, EntryKind.VOLUNTEER]
EXPLAINED = [EntryKind.ADJUSTMENT, EntryKind.REVERSAL, EntryKind.KILL_FEE]


class LedgerEntry(models.Model):
    """One line, for ever: the database refuses change and deletion, gaps in ``seq`` and a break of the chain.

    ``hash`` is that of all other columns, ``prev_hash`` among them (``translations.ledger.digest``). The counts are of
    the whole text that ``text_sha256`` is of; ``share`` is the contributor's part of it, and ``share_after`` what the
    shares come to that are reckoned before it, so that the amounts of one work come to the whole. The text itself is a
    revision's, or stands in ``text``. ``terms`` is the rate as it was, so that ``amount`` can be computed again. Where
    no rate held, there is no amount: an adjustment gives it later. ``period`` is the month of the acceptance by the
    newsroom's clock.
    ``bands`` holds the characters of the original by kind of match, ``methods`` by how they were translated.
    """

    seq = models.BigIntegerField(unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=EntryKind)
    contributor = models.ForeignKey("articles.Contributor", on_delete=models.PROTECT, related_name="ledger")
    role = models.CharField(_("role"), max_length=14, choices=PAID_ROLES)
    job = models.ForeignKey("translations.Job", on_delete=models.PROTECT, null=True, related_name="ledger")
    round = models.PositiveSmallIntegerField(default=1)
    logged = models.ForeignKey("translations.LoggedWork", on_delete=models.PROTECT, null=True, related_name="ledger")
    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, null=True, related_name="ledger")
    url = models.URLField(max_length=500, blank=True)
    title = models.CharField(_("headline"), max_length=200)
    source_language = LanguageField()
    target_language = LanguageField()
    work_date = models.DateField(_("date"))
    accepted_at = models.DateTimeField(_("accepted"))
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    period = models.CharField(_("month"), max_length=7)

    basis = models.CharField(_("counted text"), max_length=6, choices=Basis)
    source_revision = models.ForeignKey("articles.Revision", on_delete=models.PROTECT, null=True, related_name="+")
    target_revision = models.ForeignKey("articles.Revision", on_delete=models.PROTECT, null=True, related_name="+")
    captions = models.BooleanField(default=False)
    text = models.TextField(blank=True)
    text_sha256 = models.CharField(max_length=64, blank=True)
    counter_version = models.CharField(max_length=8, blank=True)
    words = models.PositiveIntegerField(_("words"), default=0)
    characters = models.PositiveIntegerField(_("characters with spaces"), default=0)
    characters_no_spaces = models.PositiveIntegerField(_("characters without spaces"), default=0)
    bands = models.JSONField(default=dict, blank=True)
    methods = models.JSONField(default=dict, blank=True)

    rate = models.ForeignKey("translations.RateCard", on_delete=models.PROTECT, null=True, related_name="+")
    terms = models.JSONField(default=dict, blank=True)
    urgent = models.BooleanField(default=False)
    special = models.BooleanField(default=False)
    units = models.DecimalField(_("units"), max_digits=12, decimal_places=4, null=True)
    share = models.DecimalField(_("share"), max_digits=7, decimal_places=6, default=Decimal(1))
    share_after = models.DecimalField(max_digits=7, decimal_places=6, default=Decimal(0))
    amount = models.DecimalField(_("amount"), max_digits=12, decimal_places=2, null=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)

    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="corrections")
    reason = models.CharField(_("reason"), max_length=500, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    prev_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("ledger entry")
        verbose_name_plural = _("ledger")
        ordering = ["-seq"]
        indexes = [
            models.Index("contributor", "period", "seq", name="ledger_contributor_idx"),
            models.Index("period", "seq", name="ledger_period_idx"),
        ]
        constraints = [
            known("kind", EntryKind, "ledger_kind_known"),
            known("role", CreditRole, "ledger_role_known"),
            known("basis", Basis, "ledger_basis_known"),
            from_one("seq", "ledger_seq_from_one"),
            filled("hash", "ledger_has_hash"),
            models.CheckConstraint(condition=Q(share__gt=0, share__lte=1), name="ledger_share_is_a_part"),
            models.CheckConstraint(
                condition=Q(share_after__gte=0) & Q(LessThanOrEqual(Round(F("share_after") + F("share"), 6), 1)),
                name="ledger_shares_fit_into_the_whole",
            ),
            models.CheckConstraint(
                condition=Q(amount=None, currency="") | Q(amount__isnull=False) & ~Q(currency=""),
                name="ledger_amount_has_a_currency",
            ),
            models.CheckConstraint(
                condition=~Q(kind=EntryKind.VOLUNTEER) | Q(amount=0), name="ledger_volunteers_are_at_zero"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=BOOKED, corrects=None)
                | Q(kind=EntryKind.KILL_FEE, corrects=None)
                | Q(kind__in=[EntryKind.ADJUSTMENT, EntryKind.REVERSAL], corrects__isnull=False),
                name="ledger_correction_says_of_what",
            ),
            models.CheckConstraint(condition=~Q(kind__in=EXPLAINED) | ~Q(reason=""), name="ledger_correction_says_why"),
            models.UniqueConstraint(
                "logged", condition=Q(kind__in=BOOKED, logged__isnull=False), name="ledger_logged_once"
            ),
            models.UniqueConstraint("corrects", condition=Q(kind=EntryKind.REVERSAL), name="ledger_reversed_once"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"№ {self.seq}"
