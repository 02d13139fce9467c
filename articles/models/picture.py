"""Photographs and drawings, and the files derived from them."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.constraints import from_one


def original_path(picture: "Picture", _filename: str) -> str:
    """Where the original lies below MEDIA_ROOT; the name is the content's hash, never the sender's."""
    return f"pictures/{picture.sha256[:2]}/{picture.sha256}.{picture.extension}"


def rendition_path(rendition: "Rendition", _filename: str) -> str:
    digest = rendition.picture.sha256
    return f"renditions/{digest[:2]}/{digest}-{rendition.width}.{rendition.format}"


class Picture(models.Model):
    """One picture as it came in (cleaned of its location by ``media.metadata``), with its rights."""

    title = models.CharField(_("title for the desk"), max_length=200)
    file = models.ImageField(
        _("file"),
        upload_to=original_path,
        width_field="width",
        height_field="height",
        max_length=200,
        help_text=_("JPEG, PNG, WebP or GIF; at most 40 megapixels and 30 MB."),
    )
    extension = models.CharField(max_length=4, editable=False)
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    credit = models.CharField(_("credit"), max_length=200, blank=True, help_text=_("Who made it, as readers see it."))
    licence = models.CharField(
        _("licence"),
        max_length=200,
        blank=True,
        help_text=_("Such as own picture, CC BY 4.0, agency contract."),
    )
    licence_until = models.DateField(_("licence ends"), null=True, blank=True)
    focal_x = models.FloatField(
        _("focal point, from the left"), default=0.5, validators=[MinValueValidator(0), MaxValueValidator(1)]
    )
    focal_y = models.FloatField(
        _("focal point, from the top"), default=0.5, validators=[MinValueValidator(0), MaxValueValidator(1)]
    )
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("uploaded by"),
    )
    uploaded_at = models.DateTimeField(_("uploaded"), auto_now_add=True)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-id"]
        constraints = [
            from_one("width", "picture_has_a_width"),
            from_one("height", "picture_has_a_height"),
            models.CheckConstraint(
                condition=Q(focal_x__gte=0, focal_x__lte=1, focal_y__gte=0, focal_y__lte=1),
                name="picture_focus_inside",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def as_frozen(self, **use: Any) -> dict[str, Any]:
        """What a page needs to show the picture without asking the register again."""
        return {
            "picture": self.pk, "sha256": self.sha256, "width": self.width, "height": self.height,
            "focal": [self.focal_x, self.focal_y], "credit": self.credit, "licence": self.licence, **use,
        }  # fmt: skip


class Rendition(models.Model):
    """A picture at one width in one format, made by ``media.renditions``; can be made again at any time."""

    picture = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    format = models.CharField(max_length=4)
    file = models.FileField(upload_to=rendition_path, max_length=200)

    class Meta:
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
        constraints = [
            models.UniqueConstraint(fields=["picture", "width", "format"], name="rendition_once"),
        ]

    def __str__(self) -> str:
        return f"{self.picture_id} {self.width} {self.format}"
