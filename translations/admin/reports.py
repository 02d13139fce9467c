"""Reports on screen: drawings made on the server, their figures beneath, and all of it as CSV."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from translations import ledger, reports
from translations.admin import drawing
from translations.permissions import sees_reports

DRAWN = reports.MONTHS  # rows of a drawing; the table has every row
HEAD = [
    "report", "name", "words", "characters", "jobs", "median_hours", "longest_hours",
    "fresh", "minor", "stale", "missing",
]  # fmt: skip


class StretchForm(forms.Form):
    """From which month to which, and of which role."""

    first = forms.CharField(max_length=7, widget=forms.TextInput(attrs={"type": "month"}))
    last = forms.CharField(max_length=7, widget=forms.TextInput(attrs={"type": "month"}))
    role = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        self.fields["first"].label, self.fields["last"].label, self.fields["role"].label = _("From"), _("To"), _("Role")
        self.fields["role"].choices = [("", _("all")), *reports.roles()]  # type: ignore[attr-defined]  # a choice

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ("first", "last"):
            if name in cleaned and not re.fullmatch(r"20[0-9]{2}-(0[1-9]|1[0-2])", cleaned[name]):
                self.add_error(name, _("Write the month as 2026-11."))
        if not self.errors and cleaned["first"] > cleaned["last"]:
            self.add_error("last", _("The last month lies before the first."))
        if not self.errors and _apart(cleaned) > reports.MONTHS:
            self.add_error("last", _("A report looks at %(months)s months at the most.") % {"months": reports.MONTHS})
        return cleaned


def _apart(cleaned: dict[str, Any]) -> int:
    first, last = ([int(part) for part in cleaned[name].split("-")] for name in ("first", "last"))
    return (last[0] - first[0]) * 12 + last[1] - first[1] + 1


def screen(request: HttpRequest) -> HttpResponse:
    """The reports of a stretch of months; ``?as=csv`` gives them as a file."""
    if not sees_reports(request.user):
        raise PermissionDenied
    this = ledger.period(timezone.now())
    usual = {"first": f"{int(this[:4]) - (this[5:] != '12')}-{int(this[5:]) % 12 + 1:02}", "last": this, "role": ""}
    form = StretchForm({**usual, **{name: request.GET[name] for name in usual if name in request.GET}})
    told = _told(form.cleaned_data) if form.is_valid() else {}
    if told and request.GET.get("as") == "csv":
        return _csv(form.cleaned_data, told)
    context = {
        **admin.site.each_context(request),
        "title": _("Translation reports"),
        "form": form,
        "query": "&".join(f"{name}={form[name].value()}" for name in usual),
        "most": reports.STORIES,
        **told,
    }
    return TemplateResponse(request, "desk/money/reports.html", context, status=200 if told else 422)


def _told(said: dict[str, Any]) -> dict[str, Any]:
    """Every report with its drawing."""
    stretch = said["first"], said["last"], said["role"]
    tables = [
        ("month", _("By month"), reports.by_month(*stretch)),
        ("pair", _("By language pair"), reports.by_pair(*stretch)),
        ("person", _("By person"), reports.by_person(*stretch)),
        ("section", _("By section"), reports.by_section(*stretch)),
    ]
    by_month = reports.turnaround_by_month(*stretch[:2])
    stories, languages = reports.languages()
    return {
        "tables": [
            {"kind": kind, "title": title, "lines": lines, "chart": _characters(lines)} for kind, title, lines in tables
        ],
        "turnaround": reports.turnaround(*stretch[:2]),
        "by_month": by_month,
        "days": _days(by_month),
        "stories": stories,
        "languages": languages,
        "standing": _standing(languages),
    }


def _characters(lines: Sequence[reports.Line]) -> drawing.Drawing:
    return drawing.drawn([(line.name, [("one", line.characters)], str(line.characters)) for line in lines[:DRAWN]])


def _days(lines: Sequence[reports.Turnaround]) -> drawing.Drawing:
    """Two bars a month: the median and the slowest."""
    rows = []
    for line in lines:
        middle, longest = line.days
        rows.append((line.name, [("one", middle), ("two", longest)], f"{middle} / {longest}" if line.jobs else "–"))
    return drawing.drawn(rows)


def _standing(lines: Sequence[reports.Language]) -> drawing.Drawing:
    """One bar a language, in four parts."""
    rows = [
        (line.name, [("one", line.fresh), ("two", line.minor), ("three", line.stale), ("four", line.missing)], "")
        for line in lines
    ]
    return drawing.drawn(rows, end_to_end=True)


def _csv(said: dict[str, Any], told: dict[str, Any]) -> HttpResponse:
    name = f"translations-{said['first']}-{said['last']}.csv"
    answer = HttpResponse(
        content_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
    answer.write("\ufeff")
    writer = csv.DictWriter(answer, HEAD)
    writer.writeheader()
    for table in told["tables"]:
        for line in table["lines"]:
            said_name = f"'{line.name}" if line.name[:1] in "=+-@" else line.name
            figures = {"words": line.words, "characters": line.characters}
            writer.writerow({"report": table["kind"], "name": said_name, **figures})
    for kind in ("turnaround", "by_month"):
        for row in told[kind]:
            taken = {"median_hours": row.median, "longest_hours": row.longest} if row.jobs else {}
            report = "turnaround_month" if kind == "by_month" else kind
            writer.writerow({"report": report, "name": row.name, "jobs": row.jobs, **taken})
    for row in told["languages"]:
        standing = {"fresh": row.fresh, "minor": row.minor, "stale": row.stale, "missing": row.missing}
        writer.writerow({"report": "language", "name": row.code, **standing})
    return answer
