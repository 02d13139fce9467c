"""The parts of the paper."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from articles.enums import PageKind
from articles.models.constraints import ascii_word
from articles.models.fields import PerLanguageField, in_language

# Words that stand in a section's place in the readers' addresses: /en/archive/ is no section.
RESERVED = {"archive", "contributor", "corrections", "history", "person", "search", "source", "tag", *PageKind.values}


def not_reserved(slug: str) -> None:
    """Refuses a slug at whose address readers find something else."""
    if slug in RESERVED:
        raise ValidationError(
            _("“%(slug)s” is the address of another page. Choose another slug."), params={"slug": slug}
        )


class Section(models.Model):
    """Such as *International*: where a story stands, for the desk and for readers."""

    slug = models.SlugField(
        _("slug"),
        max_length=60,
        unique=True,
        validators=[not_reserved],
        help_text=_("In the address: /en/international/"),
    )
    names = PerLanguageField(_("name"))
    descriptions = PerLanguageField(_("description"), long=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0, db_index=True)

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["position", "slug"]
        constraints = [
            ascii_word("slug", "section_slug_is_ascii"),
            models.CheckConstraint(condition=~models.Q(slug__in=sorted(RESERVED)), name="section_slug_is_free"),
        ]

    def __str__(self) -> str:
        return self.name(get_language() or "")

    def name(self, language: str) -> str:
        return in_language(self.names, language, self.slug)

    def description(self, language: str) -> str:
        return str(self.descriptions.get(language, ""))
