"""Who is quoted or named: names and roles inline."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import names
from articles.admin.hidden import SaysWhatIsGone
from articles.admin.lists import FOUND_AT_MOST, beginning
from articles.admin.registers import RegisterAdmin, RegisterForm, RegisterInline
from articles.enums import NameKind
from articles.models.person import Person, PersonName, PersonRole
from articles.text import slugify


class PersonForm(RegisterForm):
    wikidata = forms.CharField(
        label=gettext_lazy("Wikidata id"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Such as Q42, or the whole address."),
    )

    def clean_wikidata(self) -> str | None:
        wikidata = str(self.cleaned_data["wikidata"] or "").strip().upper().rpartition("/")[2]
        if wikidata and not (wikidata.startswith("Q") and wikidata[1:].isascii() and wikidata[1:].isdigit()):
            self.add_error("wikidata", _("A Wikidata id is the letter Q and a number, such as Q42."))
        return wikidata or None


class PersonNameFormSet(SaysWhatIsGone):
    """What the database refuses of a person's forms together, said beside the row that is one too many."""

    def clean(self) -> None:
        super().clean()
        seen: set[tuple[Any, ...]] = set()
        for form in self.forms:
            row = getattr(form, "cleaned_data", None)
            if not row or row.get("DELETE"):
                continue
            if row.get("kind") == NameKind.PREFERRED:
                self._once(
                    form,
                    "kind",
                    (row.get("language"),),
                    seen,
                    _("A person has one preferred form per language."),
                )
            spelled = (row.get("language"), row.get("form"))
            self._once(form, "form", spelled, seen, _("This form is there twice."))

    def _once(self, form: Any, field: str, key: tuple[Any, ...], seen: set[tuple[Any, ...]], reason: str) -> None:
        if (field, *key) in seen:
            form.add_error(field, reason)
        seen.add((field, *key))


class PersonNameInline(RegisterInline, admin.TabularInline[PersonName, Person]):
    model = PersonName
    formset = PersonNameFormSet
    extra = 0
    min_num = 1
    fields = ["language", "kind", "form"]
    verbose_name_plural = gettext_lazy("Name forms: how the name is spelled, and how it is not")


class PersonRoleInline(RegisterInline, admin.TabularInline[PersonRole, Person]):
    model = PersonRole
    formset = SaysWhatIsGone
    fields = ["titles", "held_from", "held_until"]
    extra = 0


@admin.register(Person)
class PersonAdmin(RegisterAdmin):
    form = PersonForm
    fields = ["name", "slug", "wikidata", "note"]
    inlines = [PersonNameInline, PersonRoleInline]
    list_display = ["name", "wikidata"]
    ordering = ["name"]
    sortable_by = ["name"]
    search_fields = ["slug"]

    def matching(self, term: str) -> Q:
        """By any form of the name in any script, from the beginning of the whole name or of the surname."""
        folded = names.fold(term)
        if not folded:
            return Q(pk__in=[])
        forms_found = PersonName.objects.filter(beginning("fold", folded) | beginning("tail", folded))
        found = set(forms_found.order_by().values_list("person", flat=True)[:FOUND_AT_MOST])
        if slug := slugify(term):  # asked apart: either of the two in one question reads the whole register
            found |= set(
                Person.objects.filter(beginning("slug", slug)).order_by().values_list("pk", flat=True)[:FOUND_AT_MOST]
            )
        if not found:  # a word in the middle of a name: read through, for what the indexes don't know
            within = PersonName.objects.filter(fold__contains=f" {folded}").order_by()
            found = set(within.values_list("person", flat=True)[:FOUND_AT_MOST])
        return Q(pk__in=found)
