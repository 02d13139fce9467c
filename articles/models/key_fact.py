"""The figures and dates that a story hangs on, as an editor lists them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.constraints import filled, from_one


class KeyFact(models.Model):
    """A figure or a date of an article, and what it says. ``number`` is its place in the box that readers see."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="key_facts")
    number = models.PositiveSmallIntegerField(_("number"))
    figure = models.CharField(_("figure or date"), max_length=60, help_text=_("Such as 3.2 million, or 14 March 2026."))
    text = models.CharField(_("what it says"), max_length=200, help_text=_("Such as: people crossed the bridge."))
    citation = models.ForeignKey(
        "articles.Citation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="key_facts",
        verbose_name=_("obtained from"),
    )

    class Meta:
        verbose_name = _("key figure or date")
        verbose_name_plural = _("key figures and dates")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="key_fact_number_once"),
            from_one("number", "key_fact_number_from_one"),
            filled("figure", "key_fact_has_a_figure"),
            filled("text", "key_fact_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.figure}: {self.text}"[:60]
