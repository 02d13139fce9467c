"""Whom a translation can be offered to."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from articles.models.contributor import Contributor
from translations.permissions import WORKERS

MOST = 500


def workers() -> QuerySet[Any]:
    """Active people whose roles let them translate."""
    people = get_user_model()._default_manager.filter(is_active=True, groups__name__in=list(WORKERS))
    return people.distinct().order_by("first_name", "last_name", "username")


class TranslatorField(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """One of them, with the languages of their byline; empty offers the work to all who know the language.

    Made for each form anew, since it reads who works here.
    """

    def __init__(self, **kwargs: Any) -> None:
        self.known = dict(Contributor.objects.filter(user__isnull=False).values_list("user", "languages")[:MOST])
        label = _("Translator")
        super().__init__(workers(), label=label, required=False, empty_label=_("All who know the language"), **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        languages = self.known.get(obj.pk, "")
        return f"{obj} ({languages})" if languages else str(obj)
