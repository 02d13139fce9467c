"""What hangs on an article: citations, quotes, key figures, people named, pictures, credits.

Citations, quotes and pictures carry a number, by which the body refers to them. It never changes once saved;
an empty one is filled with the next free number. That of a key figure is its place, and may change. Who may save
the article may change its rows, nobody else.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.choices import ChooseRow
from articles.admin.forms import settle_fields, unix_lines
from articles.admin.hidden import SaysWhatIsGone
from articles.admin.rights import may_save, without_hints
from articles.enums import PictureUse, Unnamed
from articles.models.article import Article
from articles.models.article_picture import ArticlePicture
from articles.models.citation import Citation
from articles.models.credit import Credit
from articles.models.key_fact import KeyFact
from articles.models.quote import Mention, Quote

NUMBER_MOST = 999


class RowForm(forms.ModelForm[models.Model]):
    """A row of an inline; takes long pastes and any line ends."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        settle_fields(self)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, value in cleaned.items():
            if isinstance(value, str):
                cleaned[name] = unix_lines(value)
        return cleaned


class NumberedForm(RowForm):
    number = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=NUMBER_MOST,
        label=gettext_lazy("number"),
        help_text=gettext_lazy("Empty: the next free one."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["number"].widget.attrs["readonly"] = True
            self.fields["number"].help_text = ""

    def clean_number(self) -> int | None:
        """The body may refer to a saved number, so it stays."""
        if self.instance.pk:
            return int(self.instance.number)  # type: ignore[attr-defined]  # a numbered row
        number: int | None = self.cleaned_data["number"]
        return number


class CitingForm(NumberedForm):
    """Names its citation by number: a new quote or key figure can rest on a citation that is new in the same form."""

    citation_number = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=NUMBER_MOST,
        label=gettext_lazy("obtained from"),
        help_text=gettext_lazy("The number of the citation."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.instance, (Quote, KeyFact)) and self.instance.citation is not None:
            self.initial["citation_number"] = self.instance.citation.number


class KeyFactForm(CitingForm):
    """Its number is its place in the box: nothing refers to it, so that it may change."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].widget.attrs.pop("readonly", None)
        self.fields["number"].help_text = _("Its place in the box. Empty: the last one.")

    def clean_number(self) -> int | None:
        typed: int | None = self.cleaned_data["number"]
        return self.initial.get("number") if typed is None else typed

    def validate_constraints(self) -> None:
        """That a number stands once is the formset's rule: it sees both rows when two change places."""


class PictureForm(NumberedForm):
    def validate_constraints(self) -> None:
        """The rule of one lead picture is the formset's: it sees both rows when the lead moves."""


class RowFormSet(SaysWhatIsGone):
    def living(self) -> list[Any]:
        """The forms whose rows stay: filled in, and not ticked for deletion."""
        return [
            form
            for form in self.forms
            if (form.instance.pk or form.has_changed()) and not (form.is_bound and self._should_delete_form(form))  # type: ignore[attr-defined]  # not in the stubs
        ]


class NumberedFormSet(RowFormSet):
    def clean(self) -> None:
        """Numbers first: what is then found to be double is no number."""
        self._number()
        super().clean()

    def _number(self) -> None:
        taken = {form.instance.number for form in self.forms if form.instance.pk}
        waiting = []
        for form in self.living():
            number = getattr(form, "cleaned_data", {}).get("number")
            if form.instance.pk or "number" in form.errors:
                continue
            if number is None:
                waiting.append(form)
            elif number in taken:
                form.add_error("number", _("Number %(number)s is taken.") % {"number": number})
            else:
                taken.add(number)
        for form in waiting:
            number = max(taken, default=0) + 1
            taken.add(number)
            form.instance.number = form.cleaned_data["number"] = number
            if number > NUMBER_MOST:
                form.add_error("number", _("There are no more than %(most)s rows.") % {"most": NUMBER_MOST})


class CitingFormSet(NumberedFormSet):
    citations: NumberedFormSet | None = None  # of the same form; the admin sets it

    def clean(self) -> None:
        super().clean()
        if self.citations is None or not self.citations.is_valid():
            return
        numbers = {form.cleaned_data.get("number") for form in self.citations.living()}
        for form in self.living():
            number = getattr(form, "cleaned_data", {}).get("citation_number")
            if number is not None and number not in numbers:
                form.add_error("citation_number", _("There is no citation %(number)s.") % {"number": number})


class PictureFormSet(NumberedFormSet):
    def clean(self) -> None:
        super().clean()
        leads = [form for form in self.living() if getattr(form, "cleaned_data", {}).get("use") == PictureUse.LEAD]
        for form in leads[1:]:
            form.add_error("use", _("A story has one lead picture."))


class ArticleInline(admin.StackedInline[Any, Article]):
    """Follows the article: who sees it sees the rows, who may save it may change them."""

    form = RowForm
    formset = RowFormSet
    extra = 0
    formfield_overrides = {
        models.DateField: {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")},
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 3})},
        models.URLField: {"assume_scheme": "https"},
    }

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        if not may_save(request, obj):
            kwargs["help_texts"] = without_hints(self.model)
        return super().get_formset(request, obj, **kwargs)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.autocomplete_fields:
            kwargs["widget"] = ChooseRow(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True  # the article itself was asked for already

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_save(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_save(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may_save(request, obj)


class CitationInline(ArticleInline):
    model = Citation
    form = NumberedForm
    formset = NumberedFormSet
    autocomplete_fields = ("source",)
    fieldsets = [(None, {"fields": [("number", "source"), ("title", "url"), ("published", "accessed"), "note"]})]

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """Without Django's check of what a deletion takes along: what rests on it says which citation it lacks."""
        formset = super().get_formset(request, obj, **kwargs)
        formset.form = type("CitationForm", (formset.form,), {"hand_clean_DELETE": lambda _form: None})
        return formset


class CitingInline(ArticleInline):
    form = CitingForm
    formset = CitingFormSet

    @admin.display(description=gettext_lazy("obtained from"))
    def citation_number(self, row: Quote | KeyFact) -> str:
        """For who may see the row but not change it; else the form's own field stands here."""
        return str(row.citation or "")


class QuoteInline(CitingInline):
    model = Quote
    autocomplete_fields = ("person",)
    fieldsets = [
        (
            None,
            {
                "fields": [
                    ("number", "person"),
                    ("description", "role"),
                    "words",
                    ("kind", "citation_number", "said_on"),
                    ("original_words", "original_language"),
                ]
            },
        )
    ]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return super().get_queryset(request).select_related("citation", "person")


class KeyFactInline(CitingInline):
    model = KeyFact
    form = KeyFactForm
    fieldsets = [(None, {"fields": [("number", "figure", "citation_number"), "text"]})]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Any]:
        return super().get_queryset(request).select_related("citation")


class MentionInline(ArticleInline):
    model = Mention
    verbose_name = gettext_lazy("person named")
    verbose_name_plural = gettext_lazy("people named")
    autocomplete_fields = ("person",)


class PictureInline(ArticleInline):
    model = ArticlePicture
    verbose_name = gettext_lazy("picture")
    verbose_name_plural = gettext_lazy("pictures")
    form = PictureForm
    formset = PictureFormSet
    autocomplete_fields = ("picture",)
    fieldsets = [(None, {"fields": [("number", "picture", "use"), "alt", "caption"]})]


class CreditForm(RowForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Offers the reasons that are one; “not recorded” only where that stands already."""
        super().__init__(*args, **kwargs)
        field = self.fields.get("unnamed")
        if isinstance(field, forms.ChoiceField) and self.instance.unnamed != Unnamed.UNKNOWN:  # type: ignore[attr-defined]  # a Credit
            field.choices = [choice for choice in field.choices if choice[0] != Unnamed.UNKNOWN]  # type: ignore[union-attr, misc, index]  # pairs

    def clean(self) -> dict[str, Any]:
        """A reason that was left from when the credit was hidden goes."""
        cleaned = super().clean()
        if cleaned.get("public"):
            cleaned["unnamed"] = ""
        return cleaned


class CreditFormSet(RowFormSet):
    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """A new row comes after those that are there."""
        kwargs: dict[str, Any] = super().get_form_kwargs(index)
        if index is None or index >= self.initial_form_count():
            last = max((row.position for row in self.get_queryset()), default=0)
            kwargs["initial"] = {"position": last + 1}
        return kwargs

    def clean(self) -> None:
        super().clean()
        parts: dict[str, Decimal] = {}
        for form in self.living():
            cleaned = getattr(form, "cleaned_data", {})
            role, share = cleaned.get("role", ""), cleaned.get("share")
            parts[role] = parts.get(role, Decimal(0)) + (share or 0)
            if share and parts[role] > 1:
                form.add_error(
                    "share",
                    _("The shares of a role come to 1 at the most, here to %(sum)s.")
                    % {"sum": parts[role].normalize()},
                )


class CreditInline(ArticleInline):
    model = Credit
    form = CreditForm
    formset = CreditFormSet
    autocomplete_fields = ("contributor",)
    fieldsets = [(None, {"fields": [("contributor", "role"), ("position", "share"), ("public", "unnamed")]})]


INLINES = (CitationInline, QuoteInline, KeyFactInline, MentionInline, PictureInline, CreditInline)
INLINES_OF_A_PAGE = (PictureInline,)


def save_rows(formsets: Iterable[Any]) -> None:
    """Writes what the valid formsets hold, in an order in which no number is in the way of another row.

    Rows that nothing refers to are written anew; citations keep their ids, for quotes and key figures refer to them.
    """
    by_model = {formset.model: formset for formset in formsets}
    citations = by_model.pop(Citation, None)
    if citations is not None:
        for row in citations.save(commit=False):
            row.save()
    for formset in by_model.values():
        if isinstance(formset, CitingFormSet):
            _cite(formset)
        _rewrite(formset)
    if citations is not None:
        for row in citations.deleted_objects:
            row.delete()


def _cite(citing: Any) -> None:
    numbers = {row.number: row for row in Citation.objects.filter(article=citing.instance)}
    for form in citing.living():
        form.instance.citation = numbers.get(form.cleaned_data.get("citation_number"))


def _rewrite(formset: Any) -> None:
    rows = formset.save(commit=False)
    old = [row.pk for row in (*rows, *formset.deleted_objects) if row.pk]
    formset.model.objects.filter(pk__in=old).delete()
    for row in rows:
        row.pk = None
        row._state.adding = True
        row.save()
