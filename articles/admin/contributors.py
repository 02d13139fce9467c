"""Who makes the paper."""

from typing import Any

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.forms import ModelChoiceField
from django.utils.translation import gettext as _

from articles.admin.languages import language_tags
from articles.admin.registers import RegisterAdmin, RegisterForm
from articles.enums import Role
from articles.models.contributor import Contributor
from articles.text import slugify


class ContributorForm(RegisterForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        user = self.fields.get("user")
        if isinstance(user, ModelChoiceField):  # staff with a role and no byline yet: a short list
            free = Q(groups__name__in=Role.values, is_active=True, contributor=None)
            own = Q(contributor=self.instance.pk or 0)
            user.queryset = get_user_model()._default_manager.filter(free | own).order_by("username").distinct()
            user.help_text = _("Who signs in and works under this byline.")

    def clean_languages(self) -> str:
        return language_tags(self.cleaned_data["languages"])


@admin.register(Contributor)
class ContributorAdmin(RegisterAdmin):
    form = ContributorForm
    fields = ["name", "names", "slug", "languages", "about", "user"]
    list_display = ["name", "languages", "user"]
    list_select_related = ["user"]
    ordering = ["name"]
    sortable_by = ["name"]
    search_fields = ["slug"]

    def matching(self, term: str) -> Q:
        return Q(slug__contains=slugify(term) or term) | Q(name__icontains=term)
