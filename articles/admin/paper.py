"""The paper's settings: one form, for the chief editor. Each change is logged with what was and what is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.admin.registers import RegisterAdmin
from articles.models import colours
from articles.models.paper import ONLY, Paper
from articles.models.publication import Publication

_COLOUR = re.compile("#?([0-9a-f]{6})")
_SHORT = re.compile("#?([0-9a-f])([0-9a-f])([0-9a-f])")
LOGGED = {
    "name": gettext_lazy("name"), "logo": gettext_lazy("logo"), "accent": gettext_lazy("accent colour, light pages"),
    "accent_dark": gettext_lazy("accent colour, dark pages"), "languages": gettext_lazy("languages"),
    "default_language": gettext_lazy("first language"), "time_zone": gettext_lazy("time zone"),
    "rights": gettext_lazy("rights"), "machine_note": gettext_lazy("machine translation"),
    "contact": gettext_lazy("contact"),
}  # fmt: skip


class PaperForm(forms.ModelForm[Paper]):
    """What stays empty is as the environment says; the help below each field names it."""

    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"),
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy(
            "In which readers get the paper. In one that is turned off every address answers as if it had never been;"
            " the desk keeps its stories, and turned on again it shows them as before."
        ),
    )
    silenced = forms.BooleanField(
        label=gettext_lazy("Turn languages off although stories in them are live"), required=False
    )
    default_language = forms.ChoiceField(
        label=gettext_lazy("First language"),
        required=False,
        help_text=gettext_lazy("Of readers whose browser asks for none of the paper's languages."),
    )

    class Meta:
        model = Paper
        fields = [
            "name", "logo", "accent", "accent_dark", "languages", "default_language", "time_zone", "rights",
            "machine_note", "contact",
        ]  # fmt: skip
        widgets = {
            "accent": forms.TextInput(attrs={"spellcheck": "false", "placeholder": colours.ACCENTS[colours.LIGHT]}),
            "accent_dark": forms.TextInput(attrs={"spellcheck": "false", "placeholder": colours.ACCENTS[colours.DARK]}),
            "time_zone": forms.TextInput(attrs={"list": "time-zones", "autocomplete": "off", "spellcheck": "false"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(code, str(name)) for code, name in settings.LANGUAGES]
        empty = _("as the environment says: %(value)s")
        said = dict(choices).get(settings.NEWSROOM_DEFAULT_LANGUAGE, settings.NEWSROOM_DEFAULT_LANGUAGE)
        self.fields["languages"].choices = choices  # type: ignore[attr-defined]  # a field of choices
        self.fields["default_language"].choices = [  # type: ignore[attr-defined]  # a field of choices
            ("", empty % {"value": said}),
            *choices,
        ]
        self.initial["languages"] = list(self.instance.public_languages)
        for name, value in (("name", settings.NEWSROOM_SITE_NAME), ("time_zone", settings.TIME_ZONE)):
            self.fields[name].help_text = _("Empty: as the environment says, %(value)s.") % {"value": value}
        for name in ("accent", "accent_dark"):
            self.fields[name].widget.attrs.pop("maxlength", None)
            self.fields[name].max_length = None  # type: ignore[attr-defined]  # a word too long gets our own answer
            self.fields[name].validators = []
            self.fields[name].help_text = _(
                "Links and marks are in it. Such as %(value)s; empty: the software's own."
            ) % {"value": self.fields[name].widget.attrs["placeholder"]}

    def clean_accent(self) -> str:
        return self._colour("accent", colours.LIGHT)

    def clean_accent_dark(self) -> str:
        return self._colour("accent_dark", colours.DARK)

    def _colour(self, name: str, scheme: str) -> str:
        """As #rrggbb; refuses what is none, and what is hard to read on the page of the *scheme*."""
        typed = str(self.cleaned_data[name] or "").strip().lower()
        if not typed:
            return ""
        if short := _SHORT.fullmatch(typed):
            typed = "".join(digit * 2 for digit in short.groups())
        match = _COLOUR.fullmatch(typed)
        if match is None:
            raise ValidationError(_("Write a colour as # and six digits, such as #8f1d2c."), code="colour")
        colour = f"#{match[1]}"
        found = colours.least_contrast(colour, scheme)
        if found < colours.LEAST:
            said = {
                colours.LIGHT: _(
                    "Too pale to read on a light page: its contrast is %(found)s, and %(least)s is needed."
                ),
                colours.DARK: _("Too dark to read on a dark page: its contrast is %(found)s, and %(least)s is needed."),
            }[scheme]
            # Cut off, not rounded: 4.49 is no 4.5.
            raise ValidationError(
                said % {"found": f"{int(found * 100) / 100:.2f}", "least": colours.LEAST}, code="contrast"
            )
        return colour

    def clean_languages(self) -> list[str]:
        """None where all are chosen: one that the software learns later is then on by itself."""
        chosen = [code for code, _name in settings.LANGUAGES if code in self.cleaned_data["languages"]]
        return [] if len(chosen) == len(settings.LANGUAGES) else chosen

    def clean_time_zone(self) -> str:
        zone = str(self.cleaned_data["time_zone"] or "").strip()
        if zone and zone not in available_timezones():
            raise ValidationError(_("Write the name of a time zone, such as Europe/Chisinau."), code="zone")
        return zone

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "languages" not in cleaned:
            return cleaned
        public = set(cleaned["languages"]) or {code for code, _name in settings.LANGUAGES}
        if (first := cleaned.get("default_language")) and first not in public:
            self.add_error(
                "default_language", _("Readers don't get the paper in that language. Choose one that is on.")
            )
        told = [] if cleaned.get("silenced") else self._silenced(public)
        if told:
            said = _(
                "Stories are live in %(languages)s, and readers could not open them any more."
                " If it is meant, say so below."
            )
            self.add_error("languages", said % {"languages": ", ".join(told)})
        return cleaned

    def _silenced(self, public: set[str]) -> list[str]:
        """The languages that would be turned off while something in them is live, by their names."""
        names = self.instance.public_languages  # of the row as it was: clean sets nothing
        off = [code for code in names if code not in public]
        return [names[code] for code in off if Publication.objects.live().filter(language=code).exists()]


@admin.register(Paper)
class PaperAdmin(RegisterAdmin):
    """Opens the one row, whether it has been saved before or not."""

    form = PaperForm
    autocomplete_fields = ("logo",)
    change_form_template = "desk/paper.html"
    fieldsets = [
        (None, {"fields": ["name", "logo", ("accent", "accent_dark")]}),
        (gettext_lazy("Languages and clock"), {"fields": ["languages", "silenced", "default_language", "time_zone"]}),
        (gettext_lazy("What readers are told"), {"fields": ["machine_note"]}),
        (gettext_lazy("What stands at the foot of each page"), {"fields": ["rights", "contact"]}),
    ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """There is one: its form is the list."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return HttpResponseRedirect(_address())

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Paper | None:
        return Paper.objects.stored() if object_id == str(ONLY) else None

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        more = {"zones": sorted(available_timezones()), "show_save_and_continue": False, "title": _("The paper")}
        return super().render_change_form(request, {**context, **more}, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Paper, form: Any, change: bool) -> None:
        form.before = Paper.objects.stored()
        super().save_model(request, obj, form, change)

    def construct_change_message(self, request: HttpRequest, form: Any, formsets: Any, add: bool = False) -> Any:
        """Each field that changed, with what was and what is."""
        before, after = form.before, form.instance
        changed = [
            _("%(field)s: %(before)s → %(after)s")
            % {"field": label, "before": _told(before, name), "after": _told(after, name)}
            for name, label in LOGGED.items()
            if getattr(before, name) != getattr(after, name)
        ]
        return "; ".join(changed) or []

    def response_change(self, request: HttpRequest, obj: Paper) -> HttpResponse:
        self.message_user(request, _("Saved. Readers' pages follow at once."))
        return HttpResponseRedirect(_address())


def _address() -> str:
    return reverse("admin:articles_paper_change", args=[ONLY])


def _told(paper: Paper, name: str) -> str:
    value = getattr(paper, name)
    if isinstance(value, Mapping):
        value = ", ".join(f"{code} {text}" for code, text in value.items())
    elif isinstance(value, list):
        value = ", ".join(value)
    return f"“{value}”" if value else _("as the environment says")
