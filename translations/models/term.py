"""How a word or phrase is always translated, never translated, or never said."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.models.constraints import filled, known
from articles.models.fields import LanguageField
from articles.search.words import stem, words
from translations.enums import TermKind


def stems(text: str, language: str) -> list[str]:
    """The words of *text*, folded and without their endings, so that most forms of a word are one."""
    return [stem(word, language) or word for word in words(text)]


class Term(models.Model):
    """A rule of the newsroom's for one word or phrase.

    *translate so*: ``source`` becomes one of the forms of ``target``, the first of them preferred. *do not
    translate*: ``source`` stands in the translation as it is; ``target_language`` may be empty, for all. *forbidden*:
    the forms of ``target`` are not used; ``source`` says what they would translate, empty for wherever they stand.

    ``first`` is the stem of the source's first word, by which a text's terms are found.
    """

    source_language = LanguageField(verbose_name=_("source language"))
    target_language = LanguageField(verbose_name=_("target language"), blank=True)
    kind = models.CharField(_("kind"), max_length=9, choices=TermKind, default=TermKind.TRANSLATE)
    source = models.CharField(_("word or phrase"), max_length=200, blank=True, db_index=True)
    target = models.TextField(_("in the other language"), max_length=1000, blank=True)
    case_sensitive = models.BooleanField(_("letters as they are"), default=False)
    section = models.ForeignKey(
        "articles.Section", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("section")
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    first = models.CharField(max_length=64, editable=False, blank=True, db_index=True)

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["source", "id"]
        constraints = [
            known("kind", TermKind, "term_kind_known"),
            models.UniqueConstraint(
                fields=["source_language", "target_language", "kind", "source", "section"],
                condition=~Q(source="") & Q(section__isnull=False),
                name="term_once_in_a_section",
                violation_error_message=_("There is such a term already."),
            ),
            models.UniqueConstraint(
                fields=["source_language", "target_language", "kind", "source"],
                condition=~Q(source="") & Q(section=None),
                name="term_once",
                violation_error_message=_("There is such a term already."),
            ),
            models.CheckConstraint(
                condition=~Q(source_language=models.F("target_language")),
                name="term_of_two_languages",
                violation_error_message=_("Choose two languages."),
            ),
            models.CheckConstraint(
                condition=Q(kind=TermKind.KEEP) | ~Q(target_language=""),
                name="term_names_its_language",
                violation_error_message=_("Choose the language that it is translated into."),
            ),
            models.CheckConstraint(
                condition=Q(kind=TermKind.FORBIDDEN) | ~Q(source=""),
                name="term_has_a_source",
                violation_error_message=_("Write the word or phrase."),
            ),
            models.CheckConstraint(
                condition=Q(kind=TermKind.KEEP) | ~Q(target=""),
                name="term_has_a_form",
                violation_error_message=_("Write how it is said in the other language."),
            ),
            filled("source_language", "term_has_a_language"),
        ]

    def __str__(self) -> str:
        return f"{self.source or ', '.join(self.forms)} ({self.source_language} → {self.target_language or '*'})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.source = " ".join(self.source.split())
        self.target = "\n".join(self.forms)
        self.first = next(iter(stems(self.source, self.source_language)), "")[:64]
        super().save(*args, **kwargs)

    @property
    def forms(self) -> list[str]:
        """What stands in ``target``, a form a line."""
        return [form for line in self.target.splitlines() if (form := " ".join(line.split()))]
