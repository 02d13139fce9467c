"""The log of editorial acts."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.enums import DeskState, Step
from articles.models.constraints import known


class Transition(models.Model):
    """One step that was taken: append-only, the database refuses change and deletion."""

    article = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="transitions")
    step = models.CharField(max_length=12, choices=Step)
    from_state = models.CharField(max_length=10, choices=DeskState)
    to_state = models.CharField(max_length=10, choices=DeskState)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    note = models.TextField(_("note"), blank=True)
    revision = models.ForeignKey("articles.Revision", on_delete=models.PROTECT, null=True, related_name="+")
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("transition")
        verbose_name_plural = _("transitions")
        ordering = ["at", "id"]
        indexes = [models.Index("step", Length("note"), name="transition_step_said")]  # approvals with a reason
        constraints = [
            known("step", Step, "transition_step_known"),
            known("from_state", DeskState, "transition_from_state_known"),
            known("to_state", DeskState, "transition_to_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.get_step_display()}"
