"""The memory and the terms, as registers of the desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import Q
from django.http import HttpRequest
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.lists import FOUND_AT_MOST, beginning
from articles.admin.registers import RegisterAdmin, RegisterForm
from translations import matching, segmenting
from translations.admin import tmx_files
from translations.enums import TermKind
from translations.memory.engine import engine
from translations.models.memory_entry import MemoryEntry
from translations.models.term import Term
from translations.permissions import may_register

BY_HAND = "by hand"  # the origin of what an editor wrote into the memory
SHOWN = 120  # characters of a sentence in the list


class TranslationRegister(RegisterAdmin):
    """A register whose rights stand in ``translations.permissions``."""

    def _may(self, request: HttpRequest, act: str, row: Any = None) -> bool:
        return may_register(request.user, self.opts.model_name or "", act)


class MemoryForm(RegisterForm):
    """Both sides as coded text: what is no mark becomes text."""

    def clean_source(self) -> str:
        return self._coded("source")

    def clean_target(self) -> str:
        return self._coded("target")

    def _coded(self, name: str) -> str:
        coded = segmenting.repair(str(self.cleaned_data[name])).strip()
        if not matching.normal(coded):
            self.add_error(name, _("Write a text."))
        return coded

    def clean(self) -> dict[str, Any] | None:
        """The marks of both sides are the same, or a match could not be set into a sentence."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        source, target = cleaned.get("source"), cleaned.get("target")
        if source and target and sorted(segmenting.marks_of(source)) != sorted(segmenting.marks_of(target)):
            self.add_error("target", _("The marks, such as <1>, have to be the same on both sides."))
        if source and self._twin(source, cleaned):
            self.add_error("source", _("There is such an entry already."))
        return cleaned

    def _twin(self, source: str, cleaned: dict[str, Any]) -> bool:
        row = self.instance
        asked = MemoryEntry(
            source=source, target="-", source_language=cleaned.get("source_language") or row.source_language,
            target_language=cleaned.get("target_language") or row.target_language,
        ).keyed()  # fmt: skip
        others = MemoryEntry.objects.exclude(pk=row.pk).filter(
            origin=row.origin or BY_HAND, sha256=asked.sha256, source_language=asked.source_language,
            target_language=asked.target_language, before=row.before, after=row.after,
        )  # fmt: skip
        return others.exists()


@admin.register(MemoryEntry)
class MemoryAdmin(TranslationRegister):
    """What was translated before: to be searched, mended, and taken out of use."""

    form = MemoryForm
    fieldsets = [
        (None, {"fields": [("source_language", "target_language"), "source", "target", "standing"]}),
        (gettext_lazy("Where it comes from"), {"fields": ["comes_from", "by", "at", "made"]}),
    ]
    readonly_fields = ["comes_from", "by", "at", "made"]
    list_display = ["source_short", "target_short", "languages", "standing"]
    list_filter = ["source_language", "target_language", "standing"]
    ordering = ["-id"]
    search_fields = ["source_key"]
    formfield_overrides = {models.TextField: {"widget": forms.Textarea(attrs={"rows": 4})}}

    def get_urls(self) -> list[URLPattern]:
        file = path("tmx/", self.admin_site.admin_view(tmx_files.files), name="translations_memoryentry_tmx")
        return [file, *super().get_urls()]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The languages stay: another pair is another entry."""
        fixed = super().get_readonly_fields(request, obj)
        return [*fixed, "source_language", "target_language"] if obj else fixed

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return super().get_fieldsets(request, obj) if obj else self.fieldsets[:1]

    def matching(self, term: str) -> Q:
        """By words on either side, as the concordance finds them, in whatever pair."""
        return Q(pk__in=engine().anywhere(matching.normal(segmenting.code(term)).casefold(), FOUND_AT_MOST))

    def save_model(self, request: HttpRequest, obj: MemoryEntry, form: Any, change: bool) -> None:
        if not change:
            obj.origin, obj.by = BY_HAND, request.user  # type: ignore[assignment]  # nobody unknown comes here
        super().save_model(request, obj, form, change)

    @admin.display(description=gettext_lazy("source text"))
    def source_short(self, row: MemoryEntry) -> SafeString:
        return _cut(row.source, row.source_language)

    @admin.display(description=gettext_lazy("translation"))
    def target_short(self, row: MemoryEntry) -> SafeString:
        return _cut(row.target, row.target_language)

    @admin.display(description=gettext_lazy("languages"))
    def languages(self, row: MemoryEntry) -> str:
        return f"{row.source_language} → {row.target_language}"

    @admin.display(description=gettext_lazy("story or file"))
    def comes_from(self, row: MemoryEntry) -> str | SafeString:
        if row.article is None:
            return _("written by hand") if row.origin == BY_HAND else row.origin
        return format_html('<a href="{}">{}</a>', row.article.get_absolute_url(), row.article.headline)

    @admin.display(description=gettext_lazy("made by"))
    def made(self, row: MemoryEntry) -> str:
        return " · ".join(filter(None, [row.get_method_display(), row.engine])) or "—"


class TermForm(RegisterForm):
    def clean(self) -> dict[str, Any] | None:
        """What the kind of term asks for, said beside the field."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        kind = cleaned.get("kind")
        if kind != TermKind.KEEP and not cleaned.get("target_language") and "target_language" not in self.errors:
            self.add_error("target_language", _("Choose the language that it is translated into."))
        if kind == TermKind.KEEP and str(cleaned.get("target") or "").strip():
            said = _("What isn't translated has no other form. Leave this empty, or choose “translate so”.")
            self.add_error("target", said)
        if kind != TermKind.KEEP and not str(cleaned.get("target") or "").strip() and "target" not in self.errors:
            self.add_error("target", _("Write how it is said in the other language."))
        if kind != TermKind.FORBIDDEN and not str(cleaned.get("source") or "").strip() and "source" not in self.errors:
            self.add_error("source", _("Write the word or phrase."))
        if cleaned.get("source_language") and cleaned.get("source_language") == cleaned.get("target_language"):
            self.add_error("target_language", _("Choose two languages."))
        cleaned["source"] = " ".join(str(cleaned.get("source") or "").split())
        return cleaned


@admin.register(Term)
class TermAdmin(TranslationRegister):
    """How words are translated, kept or avoided."""

    form = TermForm
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "kind",
                    ("source_language", "target_language"),
                    "source",
                    "target",
                    "case_sensitive",
                    "note",
                ],
                "description": gettext_lazy(
                    "“Translate so”: the forms in the other language, one a line, the preferred one first."
                    " “Do not translate”: the word stands in the translation as it is."
                    " “Forbidden”: the forms in the other language are not used."
                ),
            },
        ),
        (gettext_lazy("Where it holds"), {"fields": ["section"]}),
    ]
    list_display = ["source", "first_form", "kind", "languages", "section", "note"]
    list_filter = ["kind", "source_language", "target_language"]
    list_select_related = ["section"]
    list_display_links = ["source", "first_form"]
    ordering = ["source"]
    sortable_by = ["source"]
    search_fields = ["source"]
    formfield_overrides = {models.TextField: {"widget": forms.Textarea(attrs={"rows": 3})}}

    def matching(self, term: str) -> Q:
        return beginning("source", term) | Q(source__icontains=term) | Q(target__icontains=term)

    @admin.display(description=gettext_lazy("in the other language"))
    def first_form(self, row: Term) -> str:
        return ", ".join(row.forms) or "—"

    @admin.display(description=gettext_lazy("languages"))
    def languages(self, row: Term) -> str:
        return f"{row.source_language} → {row.target_language or _('all')}"


def _cut(coded: str, language: str) -> SafeString:
    return format_html(
        '<span lang="{}" dir="auto">{}</span>', language, Truncator(segmenting.plain(coded)).chars(SHOWN)
    )
