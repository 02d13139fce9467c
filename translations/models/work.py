"""Credits that people log by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.enums import CreditRole
from articles.models.constraints import known
from articles.models.fields import LanguageField
from translations.enums import Basis, LogState
from translations.models.rate import PAID_ROLES


class LoggedWork(models.Model):
    """Work that the road did not see: a story of ours, or one elsewhere, whose credit waits for an editor.

    ``text`` is what was counted, where it was pasted; else the figures were typed. ``job`` is set where the road itself
    asks for a second person: a reviser who accepted the translation that they revised, or a share without room beside
    what others logged; ``bands`` and ``methods`` are then as the ledger's. Once decided, the row stays.
    """

    contributor = models.ForeignKey(
        "articles.Contributor", on_delete=models.PROTECT, related_name="logged_work", verbose_name=_("contributor")
    )
    role = models.CharField(_("role"), max_length=14, choices=PAID_ROLES, default=CreditRole.TRANSLATOR)
    article = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("story")
    )
    job = models.ForeignKey("translations.Job", on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    round = models.PositiveSmallIntegerField(default=1, editable=False)
    url = models.URLField(_("address elsewhere"), max_length=500, blank=True)
    title = models.CharField(_("headline"), max_length=200)
    source_language = LanguageField(verbose_name=_("from"))
    target_language = LanguageField(verbose_name=_("into"))
    done_on = models.DateField(_("done on"))
    basis = models.CharField(_("the counted text is the"), max_length=6, choices=Basis, default=Basis.TARGET)
    text = models.TextField(_("text"), blank=True)
    text_sha256 = models.CharField(max_length=64, blank=True, editable=False)
    counter_version = models.CharField(max_length=8, blank=True, editable=False)
    words = models.PositiveIntegerField(_("words"), default=0)
    characters = models.PositiveIntegerField(_("characters with spaces"), default=0)
    characters_no_spaces = models.PositiveIntegerField(_("characters without spaces"), default=0)
    share = models.DecimalField(
        _("share"), max_digits=7, decimal_places=6, default=Decimal(1),
        help_text=_("Your part of it, from 0 to 1: 0.5 where two did it by halves."),
    )  # fmt: skip
    bands = models.JSONField(default=dict, editable=False)
    methods = models.JSONField(default=dict, editable=False)
    note = models.CharField(_("note"), max_length=500, blank=True)

    state = models.CharField(_("state"), max_length=8, choices=LogState, default=LogState.WAITING, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    created_at = models.DateTimeField(_("logged"), default=timezone.now, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    decided_at = models.DateTimeField(null=True, editable=False)
    reason = models.CharField(_("reason"), max_length=500, blank=True, editable=False)

    class Meta:
        verbose_name = _("logged credit")
        verbose_name_plural = _("logged credits")
        ordering = ["-id"]
        indexes = [
            models.Index("state", "id", name="logged_state_idx"),
            models.Index(fields=["contributor", "-id"], name="logged_contributor_idx"),
        ]
        constraints = [
            known("role", CreditRole, "logged_role_known"),
            known("state", LogState, "logged_state_known"),
            known("basis", Basis, "logged_basis_known"),
            models.CheckConstraint(
                condition=Q(state=LogState.WAITING, decided_by=None, decided_at=None)
                | ~Q(state=LogState.WAITING) & Q(decided_by__isnull=False, decided_at__isnull=False),
                name="logged_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("created_by")), name="logged_decided_by_another"
            ),
            models.CheckConstraint(
                condition=~Q(state=LogState.DECLINED) | ~Q(reason=""), name="logged_declined_says_why"
            ),
            models.CheckConstraint(
                condition=Q(words__gt=0, characters__gt=0, characters_no_spaces__gt=0), name="logged_is_counted"
            ),
            models.CheckConstraint(
                condition=Q(article__isnull=False) | ~Q(url=""), name="logged_is_somewhere"
            ),
            models.CheckConstraint(condition=Q(share__gt=0, share__lte=1), name="logged_share_is_a_part"),
            models.UniqueConstraint(
                "job", "round", "role", "contributor",
                condition=Q(job__isnull=False) & ~Q(state=LogState.DECLINED), name="logged_once_per_round",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def validate_constraints(self, exclude: Any = None) -> None:
        """For forms: ``logging_credits.log`` fills in what the constraints ask for, and says itself what is missing."""
