"""Which pictures an article shows."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.enums import PictureUse
from articles.models.constraints import from_one, known


class ArticlePicture(models.Model):
    """An article uses a picture, with its own caption and alternative text."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="pictures")
    number = models.PositiveSmallIntegerField(_("number"))
    picture = models.ForeignKey(
        "articles.Picture", on_delete=models.PROTECT, related_name="uses", verbose_name=_("picture")
    )
    use = models.CharField(_("use"), max_length=5, choices=PictureUse, default=PictureUse.LEAD)
    alt = models.CharField(
        _("alternative text"),
        max_length=300,
        blank=True,
        help_text=_("What the picture shows, for who can't see it."),
    )
    caption = models.CharField(_("caption"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("picture of the article")
        verbose_name_plural = _("pictures of the article")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="article_picture_number_once"),
            from_one("number", "article_picture_number_from_one"),
            known("use", PictureUse, "article_picture_use_known"),
            models.UniqueConstraint(
                fields=["article"],
                condition=Q(use=PictureUse.LEAD),
                name="article_one_lead_picture",
                violation_error_message=_("A story has one lead picture."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.picture}"
