"""Reports on screen: a drawing made on the server, its figures beneath, and all of it as CSV."""

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
from translations.permissions import sees_reports

WIDE, BAR, GAP, LABEL = 420, 16, 8, 120  # of the drawing
DRAWN = 20  # bars of a drawing; the table has every row


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
    valid = form.is_valid()
    tables = _tables(form.cleaned_data) if valid else []
    taken = reports.turnaround(form.cleaned_data["first"], form.cleaned_data["last"]) if valid else []
    if valid and request.GET.get("as") == "csv":
        return _csv(form.cleaned_data, tables, taken)
    context = {
        **admin.site.each_context(request),
        "title": _("Translation reports"),
        "form": form,
        "tables": [{"title": title, "lines": lines, "chart": bars(lines)} for title, lines in tables],
        "turnaround": taken,
        "query": "&".join(f"{name}={form[name].value()}" for name in usual),
    }
    return TemplateResponse(request, "desk/money/reports.html", context, status=200 if valid else 422)


def _tables(said: dict[str, Any]) -> list[tuple[str, list[reports.Line]]]:
    stretch = said["first"], said["last"], said["role"]
    return [
        (_("By month"), reports.by_month(*stretch)),
        (_("By language pair"), reports.by_pair(*stretch)),
        (_("By person"), reports.by_person(*stretch)),
        (_("By section"), reports.by_section(*stretch)),
    ]


def bars(lines: Sequence[reports.Line]) -> dict[str, Any]:
    """What the template draws: a bar a line, as long as its characters are many."""
    shown = list(lines)[:DRAWN]
    most = max((line.characters for line in shown), default=0) or 1
    room = WIDE - LABEL - 60
    drawn = [
        {
            "name": line.name[:22],
            "number": line.characters,
            "top": place * (BAR + GAP),
            "middle": place * (BAR + GAP) + BAR - 4,
            "length": max(round(room * max(line.characters, 0) / most), 1),
            "end": LABEL + max(round(room * max(line.characters, 0) / most), 1) + 6,
        }
        for place, line in enumerate(shown)
    ]
    return {"bars": drawn, "width": WIDE, "height": max(len(shown) * (BAR + GAP), 1), "left": LABEL, "thick": BAR}


def _csv(said: dict[str, Any], tables: Any, taken: Sequence[reports.Turnaround]) -> HttpResponse:
    name = f"translations-{said['first']}-{said['last']}.csv"
    answer = HttpResponse(
        content_type="text/csv; charset=utf-8", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
    answer.write("\ufeff")
    writer = csv.writer(answer)
    writer.writerow(["report", "name", "words", "characters", "jobs", "median_hours", "longest_hours"])
    for kind, (_title, lines) in zip(("month", "pair", "person", "section"), tables, strict=True):
        for line in lines:
            said_name = f"'{line.name}" if line.name[:1] in "=+-@" else line.name
            writer.writerow([kind, said_name, line.words, line.characters, "", "", ""])
    for row in taken:
        writer.writerow(["turnaround", row.name, "", "", row.jobs, row.median, row.longest])
    return answer
