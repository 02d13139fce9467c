"""Whose work an article is."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.enums import CreditRole


class Credit(models.Model):
    """An article credits a contributor in a role."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="credits")
    contributor = models.ForeignKey(
        "articles.Contributor",
        on_delete=models.PROTECT,
        related_name="credits",
        verbose_name=_("contributor"),
    )
    role = models.CharField(_("role"), max_length=14, choices=CreditRole, default=CreditRole.AUTHOR)
    position = models.PositiveSmallIntegerField(_("order"), default=0)
    public = models.BooleanField(_("shown to readers"), default=True)

    class Meta:
        verbose_name = _("credit")
        verbose_name_plural = _("credits")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["article", "contributor", "role"], name="credit_once_per_role"),
            models.CheckConstraint(condition=Q(role__in=CreditRole.values), name="credit_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.contributor} ({self.get_role_display()})"
