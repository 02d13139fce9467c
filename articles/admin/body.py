"""The editor of a story's body: a text area that our ES modules turn into django-prose-editor.

The library supplies ProseMirror and the look of the tool bar. Which nodes there are, and so what a body may
hold, is ours (``static/desk/prose``) and follows ``articles.text.schema``. Without script the text area
shows the HTML.
"""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from django_prose_editor.widgets import prose_editor_admin_media
from js_asset import ImportMap, Media, Script

from articles import text

MODULES = ("choose", "citation", "language", "link", "picture", "quote", "table")

LABELS: dict[str, Any] = {
    "toolbar": _("Formatting"),
    "paragraph": _("Paragraph"),
    "heading2": _("Heading"),
    "heading3": _("Smaller heading"),
    "bold": _("Bold"),
    "italic": _("Italic"),
    "subscript": _("Subscript"),
    "superscript": _("Superscript"),
    "bulletList": _("List"),
    "orderedList": _("Numbered list"),
    "horizontalRule": _("Line across"),
    "history:undo": _("Undo"),
    "history:redo": _("Redo"),
    "link": _("Link"),
    "unlink": _("Remove the link"),
    "address": _("Address (https://…, mailto:…, /path or #place)"),
    "table": _("Table"),
    "tableRows": _("Rows"),
    "tableColumns": _("Columns"),
    "tableHeader": _("The first row is a heading"),
    "table:addColumnAfter": _("Add a column"),
    "table:deleteColumn": _("Delete the column"),
    "table:addRowAfter": _("Add a row"),
    "table:deleteRow": _("Delete the row"),
    "table:mergeCells": _("Merge cells"),
    "table:splitCell": _("Split the cell"),
    "table:toggleHeaderCell": _("Heading cell"),
    "table:deleteTable": _("Delete the table"),
    "quotation": _("Quotation"),
    "quotationChoose": _("Who says it: the quote of this story"),
    "quotationNone": _("No quote on record"),
    "citation": _("Citation mark"),
    "citationChoose": _("Which source it rests on"),
    "citationMissing": _("Add the source under “Citations” first."),
    "picture": _("Picture in the text"),
    "pictureHere": _("Picture"),
    "pictureChoose": _("Which picture of this story"),
    "pictureMissing": _("Add the picture under “Pictures” first."),
    "passage": _("Words in another language"),
    "passageChoose": _("Language"),
    "passageNone": _("The language of the story"),
    "ok": _("OK"),
    "cancel": _("Cancel"),
}

IMPORTS = ImportMap({f"newsroom/prose/{name}": f"desk/prose/{name}.js" for name in MODULES})


class BodyWidget(forms.Textarea):
    """The text area, with what the editor needs to know in ``data-body``."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"rows": 24, "class": "body-source", **(attrs or {})})

    @property
    def media(self) -> Media:
        return prose_editor_admin_media + Media(importmap=IMPORTS, js=[Script("desk/prose/body.js", type="module")])

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        languages = {"languages": [[code, label] for code, label in settings.LANGUAGES]}
        context["widget"]["attrs"]["data-body"] = json.dumps(LABELS | languages, cls=DjangoJSONEncoder)
        return context

    def use_required_attribute(self, initial: Any) -> bool:
        return False


class BodyField(forms.CharField):
    """HTML in the body's schema, whatever comes in."""

    widget = BodyWidget

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strip=False, **kwargs)

    def to_python(self, value: Any) -> str:
        return text.sanitise(super().to_python(value) or "")


def to_read(body: str, language: str = "") -> SafeString:
    """The body as it reads, to be looked at and copied; cleaned at this moment, wherever it comes from."""
    clean = mark_safe(text.sanitise(body))  # noqa: S308 - cleaned here
    return format_html('<div class="body-to-read" lang="{}">{}</div>', language, clean)
