"""Users and their roles, for administrators."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as StockUserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.registers import RegisterAdmin
from articles.enums import Role
from newsroom.models import User
from newsroom.preferences import LanguageField


class RolesField(forms.MultipleChoiceField):
    """The newsroom's roles to tick; they are groups, of which no other can be given here."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=Role.choices,
            required=False,
            label=gettext_lazy("Roles"),
            widget=forms.CheckboxSelectMultiple,
            help_text=gettext_lazy("A change ends the user's sessions at once."),
            **kwargs,
        )


class UserForm(UserChangeForm[User]):
    """A user's data and roles; nobody locks themselves out."""

    roles = RolesField()
    language = LanguageField()
    actor: Any = None

    class Meta:
        model = User
        fields = [
            "username",
            "password",
            "first_name",
            "last_name",
            "email",
            "language",
            "time_zone",
            "is_active",
        ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            held = self.instance.groups.filter(name__in=Role.values)
            self.fields["roles"].initial = list(held.values_list("name", flat=True))

    def clean(self) -> dict[str, Any] | None:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.actor is not None and self.instance.pk == self.actor.pk:
            if not cleaned.get("is_active", True):
                self.add_error("is_active", _("You can't switch yourself off."))
            if Role.ADMINISTRATOR not in cleaned.get("roles", ()) and not self.actor.is_superuser:
                self.add_error("roles", _("You can't take the administrator's role from yourself."))
        return cleaned


@admin.register(User)
class UserAdmin(RegisterAdmin, StockUserAdmin[User]):
    """What a user may do comes from the roles alone; Django's own permissions are not offered."""

    form = UserForm
    fieldsets = (
        (None, {"fields": ["username", "password", "is_active"]}),
        (gettext_lazy("Person"), {"fields": ["first_name", "last_name", "email"]}),
        (gettext_lazy("Rights"), {"fields": ["roles", "is_superuser"]}),
        (gettext_lazy("Desk"), {"fields": ["language", "time_zone"]}),
    )
    add_fieldsets = (
        (None, {"fields": ["username", "usable_password", "password1", "password2"]}),
        (gettext_lazy("Person"), {"fields": ["first_name", "last_name", "email"]}),
    )
    readonly_fields = ["is_superuser"]
    filter_horizontal = ()
    list_display = ("username", "first_name", "last_name", "email", "roles_held", "is_active")
    list_filter = ("is_active",)
    ordering = ("username",)
    sortable_by = ["username"]
    search_fields = ("username",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).prefetch_related("groups")

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"actor": request.user})

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if "roles" in form.cleaned_data:
            wanted = set(form.cleaned_data["roles"])
            for role in Role.values:
                group, _made = Group.objects.get_or_create(name=role)
                held = form.instance.groups.filter(pk=group.pk).exists()
                if role in wanted and not held:
                    form.instance.groups.add(group)
                elif role not in wanted and held:
                    form.instance.groups.remove(group)

    def matching(self, term: str) -> Q:
        found = Q()
        for column in ("username", "first_name", "last_name", "email"):
            found |= Q((f"{column}__icontains", term))
        return found

    @admin.display(description=gettext_lazy("roles"))
    def roles_held(self, user: User) -> str:
        held = {group.name for group in user.groups.all()}
        return ", ".join(str(Role(name).label) for name in Role.values if name in held)
