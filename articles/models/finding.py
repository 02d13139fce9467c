"""What the copy desk found in a revision."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.enums import Severity
from articles.models.constraints import known


class Finding(models.Model):
    """A rule's finding, waivable with a reason unless it is blocking.

    ``fingerprint`` is the same in the next revision while the same words are at fault, so that a waiver lasts.
    ``found`` is false where the rule finds it no longer; only a waived one is kept then, for its waiver's sake.
    """

    revision = models.ForeignKey("articles.Revision", on_delete=models.PROTECT, related_name="findings")
    rule = models.CharField(max_length=40)
    severity = models.CharField(max_length=8, choices=Severity)
    message = models.TextField()
    params = models.JSONField(default=dict)
    place = models.JSONField(default=dict)
    suggestion = models.CharField(max_length=300, blank=True)
    fingerprint = models.CharField(max_length=64)
    found = models.BooleanField(default=True)
    waived_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    waived_at = models.DateTimeField(null=True)
    waived_reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["revision", "fingerprint"], condition=Q(found=True), name="finding_once"),
            models.CheckConstraint(
                condition=Q(found=True) | Q(waived_by__isnull=False), name="finding_kept_for_its_waiver"
            ),
            known("severity", Severity, "finding_severity_known"),
            models.CheckConstraint(
                condition=Q(waived_by=None, waived_at=None, waived_reason="")
                | (Q(waived_by__isnull=False, waived_at__isnull=False) & ~Q(waived_reason="")),
                name="finding_waiver_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(waived_by=None) | ~Q(severity=Severity.BLOCKING),
                name="finding_blocking_is_never_waived",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule} ({self.severity})"

    @property
    def refuses(self) -> bool:
        """Whether it stands in the way of an approval."""
        return self.severity == Severity.BLOCKING or (self.severity == Severity.ERROR and self.waived_by_id is None)
