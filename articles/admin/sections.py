"""The parts of the paper."""

from django.contrib import admin
from django.db.models import Q

from articles.admin.registers import RegisterAdmin, RegisterForm
from articles.models.section import Section
from articles.text import slugify


class SectionForm(RegisterForm):
    slug_from = "names"


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
