"""Who makes the paper."""

from typing import Any

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.forms import ModelChoiceField
from django.http import HttpRequest
from django.utils.translation import gettext as _

from articles.admin.languages import language_tags
from articles.admin.registers import RegisterAdmin, RegisterForm
from articles.enums import Role
from articles.models.contributor import Contributor
from articles.permissions import CHIEF, roles_of
from articles.text import slugify


class ContributorForm(RegisterForm):
    not_to: int | None = None  # who changes a byline that is there, and may not take it themselves

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        user = self.fields.get("user")
        if isinstance(user, ModelChoiceField):  # staff with a role and no byline yet: a short list
            free = Q(groups__name__in=Role.values, is_active=True, contributor=None)
            own = Q(contributor=self.instance.pk or 0)
            staff = get_user_model()._default_manager.filter(free | own)
            if self.not_to is not None:
                staff = staff.exclude(pk=self.not_to)
            user.queryset = staff.order_by("username").distinct()
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

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Who has a byline is paid for it: once it is there, only a chief hands it over, and not their own."""
        fixed = super().get_readonly_fields(request, obj)
        return fixed if obj is None or self._may_hand_over(request, obj) else [*fixed, "user"]

    def _may_hand_over(self, request: HttpRequest, byline: Contributor) -> bool:
        return bool(roles_of(request.user) & CHIEF) and byline.user_id != request.user.pk

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        if obj is None:
            return form
        return type(form.__name__, (form,), {"not_to": request.user.pk})

    def matching(self, term: str) -> Q:
        return Q(slug__contains=slugify(term) or term) | Q(name__icontains=term)
