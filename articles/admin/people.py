"""Who is quoted or named: names and roles inline."""

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles import names
from articles.admin.lists import FOUND_AT_MOST, beginning
from articles.admin.registers import RegisterAdmin, RegisterForm, RegisterInline
from articles.models.person import Person, PersonName, PersonRole
from articles.text import slugify


class PersonForm(RegisterForm):
    def clean_wikidata(self) -> str | None:
        wikidata = str(self.cleaned_data["wikidata"] or "").strip().upper().rpartition("/")[2]
        if wikidata and not (wikidata.startswith("Q") and wikidata[1:].isascii() and wikidata[1:].isdigit()):
            self.add_error("wikidata", _("A Wikidata id is the letter Q and a number, such as Q42."))
        return wikidata or None


class PersonNameInline(RegisterInline, admin.TabularInline[PersonName, Person]):
    model = PersonName
    extra = 0
    min_num = 1
    fields = ["language", "kind", "form"]
    verbose_name_plural = gettext_lazy("Name forms: how the name is spelled, and how it is not")


class PersonRoleInline(RegisterInline, admin.TabularInline[PersonRole, Person]):
    model = PersonRole
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
        found = Q(pk__in=forms_found.values("person")[:FOUND_AT_MOST])
        slug = slugify(term)
        return found | beginning("slug", slug) if slug else found
