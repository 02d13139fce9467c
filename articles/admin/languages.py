"""Language tags as people type them; texts in several languages, shown to who may not change them."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles.models.fields import PerLanguageField

_TAG = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def language_tags(typed: str) -> str:
    """``RO , en`` → ``ro, en``; refuses what is no tag, and says which."""
    tags = [part.strip() for part in typed.replace(";", ",").split(",") if part.strip()]
    tags = [tag[:3].lower() + tag[3:] if len(tag) > 3 else tag.lower() for tag in tags]
    wrong = [tag for tag in tags if not _TAG.fullmatch(tag)]
    if wrong:
        raise ValidationError(
            _("“%(tag)s” is no language tag. Write tags with commas between, such as ru, en."),
            params={"tag": wrong[0]},
        )
    return ", ".join(dict.fromkeys(tags))


def in_words(model: type[Model], fieldsets: Any) -> Any:
    """The same fieldsets, in which a text per language is shown as lines of text, not as data."""
    return [
        (title, {**options, "fields": [_in_words(model, item) for item in options["fields"]]})
        for title, options in fieldsets
    ]


def _in_words(model: type[Model], item: Any) -> Any:
    if isinstance(item, (list, tuple)):
        return [_in_words(model, name) for name in item]
    names = {field.name for field in model._meta.fields if isinstance(field, PerLanguageField)}
    return _lines(model, item) if item in names else item


@cache
def _lines(model: type[Model], name: str) -> Callable[[Any], SafeString]:
    field = model._meta.get_field(name)

    @admin.display(description=getattr(field, "verbose_name", name))
    def lines(row: Any) -> SafeString:
        texts: dict[str, str] = getattr(row, name) or {}
        line = '<p class="in-words" lang="{}"><span class="language">{}</span> {}</p>'
        return format_html_join("", line, ((code, code, text) for code, text in texts.items()))

    return lines
