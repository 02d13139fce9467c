"""What people said, and who is named, in an article."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.enums import QuoteKind
from articles.models.constraints import ascii_word, from_one, known
from articles.models.fields import LanguageField


class Quote(models.Model):
    """An article quotes somebody: the words, who said them, and where the newsroom has them from."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="quotes")
    number = models.PositiveSmallIntegerField(_("number"))
    person = models.ForeignKey(
        "articles.Person",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("speaker"),
    )
    description = models.CharField(
        _("unnamed speaker"),
        max_length=200,
        blank=True,
        help_text=_("Such as “an official who asked not to be named”."),
    )
    role = models.CharField(
        _("role at the time"), max_length=200, blank=True, help_text=_("Empty: taken from the register.")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=QuoteKind, default=QuoteKind.DIRECT)
    words = models.TextField(_("words"), max_length=4000)
    original_words = models.TextField(_("original words"), max_length=4000, blank=True)
    original_language = LanguageField(verbose_name=_("original language"), blank=True)
    citation = models.ForeignKey(
        "articles.Citation",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="quotes",
        verbose_name=_("obtained from"),
    )
    said_on = models.DateField(_("said on"), null=True, blank=True)

    class Meta:
        verbose_name = _("quote")
        verbose_name_plural = _("quotes")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="quote_number_once"),
            from_one("number", "quote_number_from_one"),
            known("kind", QuoteKind, "quote_kind_known"),
            ascii_word("original_language", "quote_language_is_a_tag", blank=True),
            models.CheckConstraint(
                condition=Q(person=None) | Q(description=""),
                name="quote_one_speaker",
                violation_error_message=_("A quote has a person or an unnamed speaker, not both."),
            ),
            models.CheckConstraint(
                condition=Q(original_words="") | ~Q(original_language=""),
                name="quote_original_has_language",
                violation_error_message=_("Say which language the original words are in."),
            ),
        ]

    def __str__(self) -> str:
        return self.words[:60]


class Mention(models.Model):
    """An article names a person without quoting them."""

    article = models.ForeignKey("articles.Article", on_delete=models.CASCADE, related_name="mentions")
    person = models.ForeignKey("articles.Person", on_delete=models.PROTECT, related_name="+", verbose_name=_("person"))

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["article", "person"], name="mention_once")]

    def __str__(self) -> str:
        return str(self.person)
