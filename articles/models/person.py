"""Who is quoted or named, and how the name is spelled in each language."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from articles import names
from articles.enums import NameKind
from articles.models.constraints import ascii_word, filled, known
from articles.models.fields import LanguageField, PerLanguageField, in_language


class Person(models.Model):
    """One human being, however many spellings there are."""

    name = models.CharField(
        pgettext_lazy("person", "name"),
        max_length=120,
        db_index=True,
        help_text=_("As the register sorts it; readers see the preferred form of their language."),
    )
    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    wikidata = models.CharField(_("Wikidata id"), max_length=20, null=True, blank=True, unique=True)
    note = models.TextField(_("note for the desk"), blank=True)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name"]
        constraints = [
            filled("wikidata", "person_wikidata_not_empty"),
            ascii_word("slug", "person_slug_is_ascii"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.wikidata = self.wikidata or None
        super().save(*args, **kwargs)

    def form_in(self, language: str) -> str:
        """The preferred form of the name in *language*, else the register's own."""
        for form in self.forms.all():
            if form.language == language and form.kind == NameKind.PREFERRED:
                return form.form
        return self.name

    def role_at(self, day: date, language: str) -> str:
        """The title held on *day*, in *language*; empty where none is on file."""
        for role in self.roles.all():
            if (role.held_from is None or role.held_from <= day) and (
                role.held_until is None or day <= role.held_until
            ):
                return in_language(role.titles, language)
        return ""


class PersonName(models.Model):
    """A form of a person's name in one language.

    ``fold`` and ``tail`` are made from ``form`` by ``articles.names`` at each save; the copy desk looks names
    up by them.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="forms", verbose_name=_("person"))
    language = LanguageField()
    kind = models.CharField(_("kind"), max_length=12, choices=NameKind, default=NameKind.PREFERRED)
    form = models.CharField(_("form"), max_length=120)
    fold = models.CharField(max_length=200, editable=False, db_index=True)
    tail = models.CharField(max_length=200, editable=False, db_index=True)

    class Meta:
        verbose_name = _("name form")
        verbose_name_plural = _("name forms")
        ordering = ["language", "kind", "form"]
        constraints = [
            models.UniqueConstraint(fields=["person", "language", "form"], name="name_form_once"),
            models.UniqueConstraint(
                fields=["person", "language"],
                condition=Q(kind=NameKind.PREFERRED),
                name="name_one_preferred_per_language",
                violation_error_message=_("A person has one preferred form per language."),
            ),
            known("kind", NameKind, "name_kind_known"),
            ascii_word("language", "name_language_is_a_tag"),
            filled("form", "name_form_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.form} ({self.language})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.fold, self.tail = names.fold(self.form), names.tail(self.form)
        super().save(*args, **kwargs)


class PersonRole(models.Model):
    """An office or function with its dates; the title is given in each language."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="roles", verbose_name=_("person"))
    titles = PerLanguageField(_("title"), blank=False)
    held_from = models.DateField(_("from"), null=True, blank=True)
    held_until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = [F("held_from").desc(nulls_last=True), "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(held_from=None) | Q(held_until=None) | Q(held_until__gte=F("held_from")),
                name="role_ends_after_it_begins",
                violation_error_message=_("The role ends before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return in_language(self.titles, get_language() or "", next(iter(self.titles.values()), ""))


def preferred_form(language: str) -> models.Subquery:
    """For rows with a ``person``: the preferred form of the name, of which there is one in a language, else NULL."""
    preferred = PersonName.objects.filter(person=models.OuterRef("person"), language=language, kind=NameKind.PREFERRED)
    return models.Subquery(preferred.values("form")[:1])
