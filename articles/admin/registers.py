"""What the registers' admins share: rights on the row, slugs from names, deletion that explains itself."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import flatten_fieldsets
from django.db.models import Model, ProtectedError, URLField
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from articles.admin.languages import in_words
from articles.admin.lists import KeyPaginatedAdmin
from articles.admin.rights import without_hints
from articles.admin.uses import is_linked, kept_by
from articles.models.fields import in_language
from articles.permissions import may_register
from articles.text import slugify


class RegisterForm(forms.ModelForm[Any]):
    """Makes the slug from the name where it is left empty."""

    slug_from = "name"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False
            self.fields["slug"].help_text = _("Part of the page's address. Empty: made from the name.")

    def clean(self) -> dict[str, Any] | None:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if "slug" in self.fields and "slug" not in self.errors and not cleaned.get("slug"):
            cleaned["slug"] = self._free_slug(self._name(cleaned))
        return cleaned

    def _name(self, cleaned: dict[str, Any]) -> str:
        name = cleaned.get(self.slug_from) or ""
        return in_language(name, "", next(iter(name.values()), "")) if isinstance(name, dict) else name

    def _free_slug(self, name: str) -> str:
        model: type[Model] = self._meta.model
        stem = slugify(name, 50)
        if not stem:
            self.add_error("slug", _("No address can be made of this name: write one in Latin letters."))
            return ""
        others = model._default_manager.exclude(pk=self.instance.pk)
        slug, number = stem, 1
        while others.filter(slug=slug).exists():
            number += 1
            slug = f"{stem}-{number}"
        return slug


class RegisterAdmin(KeyPaginatedAdmin):
    """A register: who may do what comes from ``articles.permissions``, asked of the row."""

    delete_confirmation_template = "desk/register_delete.html"
    formfield_overrides = {URLField: {"assume_scheme": "https"}}

    def _may(self, request: HttpRequest, act: str, row: Any = None) -> bool:
        return may_register(request.user, self.opts.model_name or "", act, row)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self._may(request, "view")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "view", obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self._may(request, "add")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "change", obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may(request, "delete", obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The slug too, from the first publication on that links to the row's page."""
        fixed = super().get_readonly_fields(request, obj)
        return [*fixed, "slug"] if self._slug_stays(obj) else fixed

    def _slug_stays(self, row: Any) -> bool:
        if row is None or not hasattr(row, "slug"):
            return False
        known: dict[str, bool] = row.__dict__
        if "_slug_stays" not in known:  # asked several times for one page
            known["_slug_stays"] = is_linked(row)
        return known["_slug_stays"]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is not None and not self._may(request, "change", obj):
            kwargs["help_texts"] = without_hints(self.model)
        elif self._slug_stays(obj):
            kwargs["help_texts"] = {"slug": _("Published stories link to this address, so it stays.")}
        return super().get_form(request, obj, change=change, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)
        return fieldsets if obj is None or self._may(request, "change", obj) else in_words(self.model, fieldsets)

    def get_deleted_objects(
        self, objs: Any, request: HttpRequest
    ) -> tuple[list[str], dict[str, int], set[str], list[str]]:
        """What keeps the row from deletion. Nothing else is collected: it costs the same for every row."""
        kept = [line for row in objs for line in kept_by(row, request.user)]
        return [str(row) for row in objs], {}, set(), kept

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, extra_context)
        except ProtectedError:  # used since the page was drawn
            self.message_user(request, _("It has come into use meanwhile and was not deleted."), messages.ERROR)
            return HttpResponseRedirect(request.path)


class RegisterInline:
    """Rows that belong to a register's row and share its rights; mix it into an inline."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._parent_may(request, "view", obj)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._parent_may(request, "change" if obj else "add", obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_add_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_add_permission(request, obj)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fieldsets = super().get_fieldsets(request, obj)  # type: ignore[misc]  # of the inline it is mixed into
        model: type[Model] = self.model  # type: ignore[attr-defined]  # as above
        return fieldsets if self.has_change_permission(request, obj) else in_words(model, fieldsets)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The lines of text are no fields of a form, and Django wants to be told so."""
        shown = [name for name in flatten_fieldsets(self.get_fieldsets(request, obj)) if callable(name)]
        return [*super().get_readonly_fields(request, obj), *shown]  # type: ignore[misc]  # as above

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        if not self.has_change_permission(request, obj):
            kwargs["help_texts"] = without_hints(self.model)  # type: ignore[attr-defined]  # as above
        return super().get_formset(request, obj, **kwargs)  # type: ignore[misc]  # as above

    def _parent_may(self, request: HttpRequest, act: str, obj: Any) -> bool:
        model: type[Model] = self.parent_model  # type: ignore[attr-defined]  # of the inline it is mixed into
        return may_register(request.user, model._meta.model_name or "", act, obj)
