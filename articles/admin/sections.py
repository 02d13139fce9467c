"""The parts of the paper."""

from typing import Any

from django.contrib import admin
from django.db.models import Max, Q
from django.http import HttpRequest

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

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new section stands last in the readers' menu."""
        last = Section.objects.aggregate(last=Max("position"))["last"] or 0
        return {"position": last + 1, **super().get_changeform_initial_data(request)}

    def matching(self, term: str) -> Q:
        return Q(slug__contains=slugify(term)) | Q(names__icontains=term)
