"""Two people with one story open: what the later typed comes back whole, beside what the other saved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, QueryDict
from django.template.response import TemplateResponse

from articles.admin import compare
from articles.admin.body import to_read
from articles.admin.choices import is_number
from articles.models.article import Article
from articles.models.contributor import Contributor
from articles.models.person import Person
from articles.models.picture import Picture
from articles.models.section import Section
from articles.models.source import Source
from articles.models.tag import Tag
from articles.workflow import revisions

# Steer the form, or are of no use without it; they are not shown to be copied.
NOT_TYPED = {"id", "article", "filing_key", "number", "position", "public", "language"}
CHOSEN: dict[str, Any] = {
    "section": Section, "tags": Tag, "source": Source, "person": Person, "contributor": Contributor, "picture": Picture,
}  # fmt: skip
STEERING = ("csrfmiddlewaretoken", "version", "initial-", "_")


def posted_version(request: HttpRequest) -> int | None:
    """The version that the posted screen was drawn for; None where it carries none."""
    sent = request.POST.get("version", "")
    return int(sent) if is_number(sent) else None


def for_version(posted: QueryDict, version: int) -> QueryDict:
    """The same fields, as if the form had been drawn for *version*."""
    fields = posted.copy()
    fields["version"] = str(version)
    return fields


def rebased(posted: Mapping[str, Any], now: Any) -> QueryDict:
    """The posted rows of one inline, laid over the rows as they are *now* (an unbound formset).

    A row that is still there comes back as typed. One that somebody deleted meanwhile comes back as a new
    row, and one that somebody added stands among them: saving then loses neither.
    """
    prefix = now.prefix
    typed = _rows(posted, prefix)
    by_id = {row["id"]: row for row in typed if row.get("id")}
    rows: list[dict[str, str]] = []
    for form in now.initial_forms:
        pk = str(form.instance.pk)
        rows.append(by_id.pop(pk) if pk in by_id else {**_values(form), "id": pk})
    initial = len(rows)
    gone = [row for row in typed if not row.get("id") or row["id"] in by_id]
    rows += [{name: value for name, value in row.items() if name != "id"} for row in gone if "DELETE" not in row]
    fields = QueryDict(mutable=True)
    for name, number in (("TOTAL", len(rows)), ("INITIAL", initial), ("MIN_NUM", 0), ("MAX_NUM", 1000)):
        fields[f"{prefix}-{name}_FORMS"] = str(number)
    for index, row in enumerate(rows):
        for name, value in row.items():
            fields[f"{prefix}-{index}-{name}"] = value
    return fields


def _rows(posted: Mapping[str, Any], prefix: str) -> list[dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    for key, value in posted.items():
        head, _dash, name = key.removeprefix(f"{prefix}-").partition("-")
        if key.startswith(f"{prefix}-") and head.isascii() and head.isdigit() and len(head) < 5 and name:
            found.setdefault(int(head), {})[name] = value
    return [found[index] for index in sorted(found)]


def _values(form: forms.BaseForm) -> dict[str, str]:
    """What the browser would send for the form as it is drawn."""
    values = {}
    for name in form.fields:
        value = form[name].value()
        if isinstance(value, date):
            value = value.isoformat()
        if value is True:
            values[name] = "on"
        elif value is not None and value is not False:
            values[name] = str(value)
    values.pop("DELETE", None)
    return values


def newer(article: Article, form: Any, formsets: Iterable[Any]) -> dict[str, Any]:
    """For the template: who saved the newer text, when, and how it differs from what is typed in *form*."""
    saved = Article.objects.select_related("head__by").get(pk=article.pk)
    return {
        "article": saved,
        "revision": saved.head,
        "differences": compare.differences(revisions.document(saved), typed(saved, form, formsets)),
    }


def typed(saved: Article, form: Any, formsets: Iterable[Any]) -> dict[str, Any]:
    """What stands in the form, in the shape of a document, whether it is valid or not."""
    document: dict[str, Any] = revisions.document(saved)
    for name in document:
        if name in form.fields and name != "tags":
            document[name] = _settled(form, name)
    document["section"] = _number(document["section"])
    document["own_reporting"] = bool(document["own_reporting"])
    document["tags"] = sorted(tag.pk for tag in form.cleaned_data.get("tags") or [])
    for formset in formsets:
        document[formset.prefix] = [_row(row, document[formset.prefix]) for row in formset.living()]
    return document


def _settled(form: Any, name: str) -> Any:
    """The cleaned value, else what was typed."""
    value = form.cleaned_data.get(name) if name in getattr(form, "cleaned_data", {}) else form[name].value()
    return "" if value is None else getattr(value, "pk", value)


_ROW_EMPTY: dict[str, Any] = {
    "number": None, "source": None, "title": "", "url": "", "published": None, "accessed": None, "note": "",
    "person": None, "description": "", "role": "", "kind": "", "words": "", "original_words": "",
    "original_language": "", "citation": None, "said_on": None, "contributor": None, "public": False,
    "picture": None, "use": "", "alt": "", "caption": "", "figure": "", "text": "",
}  # fmt: skip
_ROW_IDS = ("number", "source", "person", "citation", "contributor", "picture")


def _row(form: Any, like: list[dict[str, Any]]) -> dict[str, Any]:
    names = {"citation": "citation_number"}
    row = {}
    for key, empty in _ROW_EMPTY.items():
        name = names.get(key, key)
        value = _settled(form, name) if name in form.fields else empty
        if key in _ROW_IDS:
            value = _number(value)
        elif isinstance(value, date):
            value = value.isoformat()
        row[key] = value
    return row


def _number(value: Any) -> int | None:
    return int(value) if is_number(value) else None


def _in_words(field: str, value: str) -> str:
    """What a person chose, as they saw it: a row by its name."""
    model = CHOSEN.get(field)
    row = model.objects.filter(pk=value).first() if model and is_number(value) else None
    return str(row or value)


def not_saved(
    request: HttpRequest, article: Article | None, *, why: str, status: int, labels: Mapping[str, str]
) -> TemplateResponse:
    """All that was typed, to be copied, for who may not save it (any more), beside the newer text."""
    fields = []
    for name, values in request.POST.lists():
        field = name.rpartition("-")[2]
        if name.startswith(STEERING) or name.endswith("_FORMS") or "__prefix__" in name or field in NOT_TYPED:
            continue
        for value in filter(str.strip, values):
            shown = _in_words(field, value)
            fields.append(
                {
                    "label": labels.get(field, field),
                    "value": shown,
                    "body": to_read(value, article.language if article else "") if name == "body" else "",
                    "rows": min(24, 1 + len(shown) // 70 + shown.count("\n")),
                }
            )
    context = {
        **admin.site.each_context(request),
        "why": why,
        "fields": fields,
        "article": article,
        "body": to_read(article.body, article.language) if article else "",
    }
    return TemplateResponse(request, "desk/not_saved.html", context, status=status)
