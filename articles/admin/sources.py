"""Whom stories rest on."""

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.languages import language_tags
from articles.admin.registers import RegisterAdmin, RegisterForm
from articles.models.source import Source
from articles.text import slugify


class SourceForm(RegisterForm):
    def clean_country(self) -> str:
        country = str(self.cleaned_data["country"]).strip().upper()
        if country and not (len(country) == 2 and country.isascii() and country.isalpha()):
            self.add_error("country", _("Two Latin letters, such as MD."))
        return country

    def clean_languages(self) -> str:
        return language_tags(self.cleaned_data["languages"])


@admin.register(Source)
class SourceAdmin(RegisterAdmin):
    form = SourceForm
    fieldsets = [
        (None, {"fields": ["name", "names", "slug", "kind", "label", "credit_line"]}),
        (gettext_lazy("Where it is"), {"fields": ["homepage", "country", "languages", "feed"]}),
        (gettext_lazy("Rights"), {"fields": ["licence_until", "reserved"]}),
    ]
    list_display = ["name", "kind", "label", "country", "licence_until"]
    list_filter = ["kind", "label"]
    ordering = ["name"]
    sortable_by = ["name"]
    search_fields = ["slug"]

    def matching(self, term: str) -> Q:
        return Q(slug__contains=slugify(term) or term) | Q(name__icontains=term)
