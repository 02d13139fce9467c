"""Who makes the paper: bylines and credits."""

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from articles.models.constraints import ascii_word
from articles.models.fields import PerLanguageField


class Contributor(models.Model):
    """Somebody who writes, edits, photographs or translates, with or without a sign-in."""

    name = models.CharField(_("byline"), max_length=120, db_index=True)
    names = PerLanguageField(_("byline by language"), help_text=_("Only where it differs from the byline above."))
    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    languages = models.CharField(
        _("languages"),
        max_length=60,
        blank=True,
        help_text=_("Language tags with commas between, such as ro, en."),
    )
    about = PerLanguageField(_("about, for readers"), long=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contributor",
        verbose_name=_("user"),
    )

    class Meta:
        verbose_name = _("contributor")
        verbose_name_plural = _("contributors")
        ordering = ["name"]
        constraints = [ascii_word("slug", "contributor_slug_is_ascii")]

    def __str__(self) -> str:
        return self.name_in(get_language() or "")

    def name_in(self, language: str) -> str:
        return self.names.get(language) or self.name
