"""What an article rests on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.constraints import from_one


class Citation(models.Model):
    """An article uses a source. ``number`` is what the mark in the body shows."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="citations")
    number = models.PositiveSmallIntegerField(_("number"))
    source = models.ForeignKey("articles.Source", on_delete=models.PROTECT, related_name="+", verbose_name=_("source"))
    title = models.CharField(_("title"), max_length=300, blank=True)
    url = models.URLField(_("address"), max_length=1000, blank=True)
    published = models.DateField(_("published"), null=True, blank=True)
    accessed = models.DateField(_("accessed"), null=True, blank=True)
    note = models.CharField(_("note for the desk"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="citation_number_once"),
            from_one("number", "citation_number_from_one"),
        ]

    def __str__(self) -> str:
        return f"[{self.number}] {self.source}"
