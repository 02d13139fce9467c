"""What each user sets for their own desk: its language and the time zone of its clocks."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models.paper import Paper
from newsroom.models import User


class LanguageField(forms.ChoiceField):
    """The newsroom's languages under their own names; empty for the browser's."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=gettext_lazy("Interface language"),
            choices=lambda: [("", _("the browser's language")), *settings.LANGUAGES],
            required=False,
            **kwargs,
        )


class PreferencesForm(forms.ModelForm[User]):
    language = LanguageField()

    class Meta:
        model = User
        fields = ["language", "time_zone"]
        widgets = {
            "time_zone": forms.TextInput(attrs={"list": "time-zones", "autocomplete": "off", "spellcheck": "false"})
        }


def preferences(request: HttpRequest) -> HttpResponse:
    """Asks for the user's own language and zone, and keeps them. What is refused is shown again as it was typed."""
    assert isinstance(request.user, User)  # noqa: S101 - the desk's door lets nobody else in
    form = PreferencesForm(request.POST or None, label_suffix="", instance=User.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        user = form.save(commit=False)
        user.save(update_fields=list(form.Meta.fields))
        with translation.override(user.language or translation.get_language_from_request(request)):
            messages.success(request, _("Saved."))
        return HttpResponseRedirect(reverse("admin:index"))
    context = {
        **admin.site.each_context(request),
        "title": _("Preferences"),
        "form": form,
        "zones": sorted(available_timezones()),
        "default_zone": Paper.objects.current().zone.key,
    }
    return TemplateResponse(request, "desk/preferences.html", context, status=422 if form.errors else 200)
