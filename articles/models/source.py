"""Whom the newsroom's stories rest on."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from articles.enums import SourceKind
from articles.models.constraints import ascii_word, known
from articles.models.fields import PerLanguageField


class SourceLabel(models.TextChoices):
    """What readers should know of a source, shown beside its name."""

    STATE_CONTROLLED = "state-controlled", _("state-controlled")
    PUBLIC_BROADCASTER = "public-broadcaster", _("public broadcaster")
    GOVERNMENT = "government", _("government body")
    PARTY = "party", _("party-owned")
    PAID = "paid", _("paid content")


class Source(models.Model):
    """TASS, Deutsche Welle, a ministry, own reporting: something that a story cites."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    names = PerLanguageField(_("name by language"), help_text=_("Only where it differs from the name above."))
    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=SourceKind, default=SourceKind.AGENCY)
    homepage = models.URLField(_("homepage"), blank=True)
    country = models.CharField(_("country"), max_length=2, blank=True, help_text=_("Two letters, such as MD."))
    languages = models.CharField(
        _("languages"),
        max_length=60,
        blank=True,
        help_text=_("Language tags with commas between, such as ru, en."),
    )
    credit_line = models.CharField(_("credit line"), max_length=200, blank=True)
    label = models.CharField(_("label for readers"), max_length=30, choices=SourceLabel, blank=True)
    licence_until = models.DateField(_("licence ends"), null=True, blank=True)
    reserved = models.BooleanField(
        _("reprint needs its permission"),
        default=False,
        help_text=_("Readers are told so below each story that cites it."),
    )
    feed = models.URLField(_("feed"), blank=True)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["name"]
        constraints = [
            known("kind", SourceKind, "source_kind_known"),
            known("label", SourceLabel, "source_label_known", blank=True),
            ascii_word("slug", "source_slug_is_ascii"),
        ]

    def __str__(self) -> str:
        return self.name_in(get_language() or "")

    def name_in(self, language: str) -> str:
        return self.names.get(language) or self.name
