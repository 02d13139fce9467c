"""The parts of the paper."""

from typing import Any

from django.contrib import admin
from django.db.models import Q

from articles.admin.registers import RegisterAdmin, RegisterForm
from articles.models.section import Section
from articles.text import slugify


class SectionForm(RegisterForm):
    slug_from = "names"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "names" in self.fields:
            self.fields["names"].required = True


@admin.register(Section)
class SectionAdmin(RegisterAdmin):
    form = SectionForm
    fields = ["names", "slug", "descriptions", "position"]
    list_display = ["__str__", "slug", "position"]
    ordering = ["position", "slug"]
    sortable_by = ["slug", "position"]
    search_fields = ["slug"]

    def matching(self, term: str) -> Q:
        return Q(slug__contains=slugify(term)) | Q(names__icontains=term)
