"""Fields that several models share: a language, and a text per language."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.text import sanitise

if TYPE_CHECKING:
    _CharField = models.CharField[str, str]
    _TextField = models.TextField[str, str]
else:
    _CharField = models.CharField
    _TextField = models.TextField


def languages() -> list[tuple[str, Any]]:
    """The newsroom's languages as choices; a callable, so that a setting makes no migration."""
    return list(settings.LANGUAGES)


class LanguageField(_CharField):
    """A language tag out of ``settings.LANGUAGES``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 12)
        kwargs.setdefault("verbose_name", _("language"))
        kwargs["choices"] = languages
        super().__init__(*args, **kwargs)


class BodyField(_TextField):
    """A story's HTML, sanitised on every way into the database: ``save``, ``bulk_create`` and ``update()``."""

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        clean = sanitise(super().pre_save(model_instance, add) or "")
        setattr(model_instance, self.attname, clean)
        return clean

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        return super().get_db_prep_save(sanitise(value) if isinstance(value, str) else value, connection)


class PerLanguageWidget(forms.MultiWidget):
    """One input per language of the newsroom, each labelled with the language's own name."""

    template_name = "desk/widgets/per_language.html"

    def __init__(self, attrs: dict[str, Any] | None = None, *, long: bool = False) -> None:
        kind: type[forms.Widget] = forms.Textarea if long else forms.TextInput
        widgets: dict[str, forms.Widget | type[forms.Widget]] = {
            code: kind({**(attrs or {}), "lang": code}) for code, _name in languages()
        }
        super().__init__(widgets)

    def decompress(self, value: Any) -> list[str]:
        """Empty for what is no text per language, such as a word out of the page's address."""
        texts = value if isinstance(value, Mapping) else {}
        return [texts.get(code, "") for code, _name in languages()]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        for sub, (code, label) in zip(context["widget"]["subwidgets"], languages(), strict=True):
            sub["language"], sub["label"] = code, label
            sub["attrs"]["aria-label"] = str(label)
        return context


class PerLanguageFormField(forms.MultiValueField):
    """Gives a dict language → text, without the empty ones."""

    def __init__(self, *, long: bool = False, max_length: int | None = None, **kwargs: Any) -> None:
        kwargs.pop("encoder", None)
        kwargs.pop("decoder", None)
        kwargs["widget"] = PerLanguageWidget(long=long)
        fields = tuple(forms.CharField(required=False, max_length=max_length) for _language in languages())
        super().__init__(fields, require_all_fields=False, **kwargs)

    def compress(self, data_list: list[str]) -> dict[str, str]:
        codes = [code for code, _name in languages()]
        return {code: text for code, text in zip(codes, data_list, strict=False) if text}

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = self.widget.decompress(initial) if not isinstance(initial, list) else initial
        return before != [text or "" for text in (data or [""] * len(before))]


class PerLanguageField(models.JSONField):
    """A text in each language: a dict language → text. Read it with ``in_language``."""

    def __init__(self, *args: Any, long: bool = False, **kwargs: Any) -> None:
        self.long = long
        kwargs.setdefault("default", dict)
        kwargs.setdefault("blank", True)
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs: Any) -> Any:
        """Without the hidden input that Django draws beside a field whose default is a callable."""
        kwargs.pop("widget", None)
        own = {"form_class": PerLanguageFormField, "long": self.long, "show_hidden_initial": False}
        return super(models.JSONField, self).formfield(**{**own, **kwargs})


def in_language(texts: Mapping[str, str], language: str, otherwise: str = "") -> str:
    """The text in *language*, else the one in the newsroom's default language, else *otherwise*."""
    return texts.get(language) or texts.get(settings.NEWSROOM_DEFAULT_LANGUAGE) or otherwise
