"""What stories are about."""

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext as _

from articles.admin.lists import beginning
from articles.admin.registers import RegisterAdmin, RegisterForm
from articles.models.tag import Tag
from articles.text import slugify


class TagForm(RegisterForm):
    def clean_name(self) -> str:
        """A comma or a quotation mark would split the tag where tags are typed in a row."""
        name = " ".join(str(self.cleaned_data["name"]).split())
        if "," in name or '"' in name:
            self.add_error("name", _("A tag has no comma and no quotation mark in it. Make two tags of it."))
        elif twin := self._twin(name):
            self.add_error("name", _("There is the tag “%(tag)s” already.") % {"tag": twin.name})
        return name

    def _twin(self, name: str) -> Tag | None:
        others = Tag.objects.filter(slug=slugify(name)).exclude(pk=self.instance.pk)
        return next((tag for tag in others if tag.name.casefold() == name.casefold()), None)


@admin.register(Tag)
class TagAdmin(RegisterAdmin):
    form = TagForm
    fields = ["name", "slug"]
    list_display = ["name", "slug"]
    ordering = ["name"]
    sortable_by = ["name", "slug"]
    search_fields = ["slug"]

    def matching(self, term: str) -> Q:
        return beginning("slug", slugify(term) or term) | beginning("name", term)
