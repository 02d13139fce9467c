"""Whose work an article is."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.enums import CreditRole
from articles.models.constraints import known
from articles.models.contributor import Contributor


class CreditQuerySet(models.QuerySet["Credit"]):
    def of_user(self, user: Any) -> CreditQuerySet:
        """The credits under the byline of *user*. Who that is, is looked up once, not for each credit."""
        byline = Contributor.objects.filter(user=user.pk).values("pk")[:1]
        return self.filter(contributor=models.Subquery(byline))

    def give(self, article: Any, *, user: Any, role: CreditRole) -> Credit | None:
        """Credits the byline of *user* on *article*, after those that it has; None where they have no byline."""
        byline = Contributor.objects.filter(user=user.pk).first()
        if byline is None:
            return None
        last = article.credits.aggregate(last=models.Max("position"))["last"] or 0
        return self.create(article=article, contributor=byline, role=role, position=last + 1)


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

    objects = CreditQuerySet.as_manager()

    class Meta:
        verbose_name = _("credit")
        verbose_name_plural = _("credits")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["article", "contributor", "role"], name="credit_once_per_role"),
            known("role", CreditRole, "credit_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.contributor} ({self.get_role_display()})"
