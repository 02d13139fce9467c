"""What came of walking the ledger."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from articles.models.constraints import from_one


class LedgerCheck(models.Model):
    """One walk through the ledger and the issued statements, from ``began_at`` on; it goes on where it was left.

    ``seq`` and ``hash`` are those of the last entry that was found right, ``statement`` is the id of the last such
    statement, ``statements`` their number. Once it is finished, ``fault`` says what is not as it was written, and
    nothing where all is; ``fault_seq`` is the number of the entry, where it is an entry.
    """

    began_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)
    statement = models.BigIntegerField(default=0)
    statements = models.PositiveIntegerField(default=0)
    fault = models.CharField(max_length=500, blank=True)
    fault_seq = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            from_one("fault_seq", "ledger_check_fault_from_one"),
            models.CheckConstraint(
                condition=Q(fault="", fault_seq=None) | ~Q(fault="") & Q(finished_at__isnull=False),
                name="ledger_check_ends_at_a_fault",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.began_at:%Y-%m-%d}: {self.fault or self.seq}"
