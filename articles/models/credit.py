"""Whose work an article is."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.enums import CreditRole, Unnamed
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
    """An article credits a contributor in a role.

    ``share`` is the contributor's part of the role's work, from 0 to 1; empty, the parts are equal. Of an article and a
    role they come to 1 at the most, which the database holds (``articles.models.rules``). A credit that readers don't
    see says why.
    """

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
    unnamed = models.CharField(
        _("why not shown"), max_length=8, choices=Unnamed, blank=True, default="", help_text=_("Where it is not shown.")
    )
    share = models.DecimalField(
        _("share"),
        max_digits=7,
        decimal_places=6,
        null=True,
        blank=True,
        help_text=_("Of the role's work, such as 0.25. Empty: equal parts."),
    )

    objects = CreditQuerySet.as_manager()

    class Meta:
        verbose_name = _("credit")
        verbose_name_plural = _("credits")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(fields=["article", "contributor", "role"], name="credit_once_per_role"),
            known("role", CreditRole, "credit_role_known"),
            known("unnamed", Unnamed, "credit_unnamed_known", blank=True),
            models.CheckConstraint(
                condition=Q(public=True, unnamed="") | Q(public=False) & ~Q(unnamed=""),
                name="credit_hidden_says_why",
                violation_error_message=_("Say why readers don't see the credit, or show it to them."),
            ),
            models.CheckConstraint(
                condition=Q(share=None) | Q(share__gt=0, share__lte=1),
                name="credit_share_is_a_part",
                violation_error_message=_("A share is more than 0 and not more than 1, such as 0.5."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contributor} ({self.get_role_display()})"
