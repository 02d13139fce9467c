"""What the desk says to itself about an article."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Comment(models.Model):
    """An internal note; readers never see it."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="comments")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    text = models.TextField(_("comment"), max_length=4000)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    resolved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(resolved_by=None, resolved_at=None)
                | models.Q(resolved_by__isnull=False, resolved_at__isnull=False),
                name="comment_resolution_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]
