"""The memory as a TMX file: sent out by language pair, and taken in once somebody has seen what is in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _

from translations import coded, memory
from translations.enums import Standing
from translations.exchange import safe, tmx
from translations.exchange.sheet import Unreadable
from translations.models.memory_entry import MemoryEntry
from translations.permissions import may_register

_SALT = "translations.tmx"
_SHOWN_FOR = 24 * 3600  # seconds for which what was shown may be taken in
_SAMPLE = 5  # entries shown of each pair
_AT_ONCE = 2_000  # rows fetched at a time
_LONGEST = 10_000  # characters of a text in the memory

Pairs = dict[tuple[str, str], list[memory.Pair]]


class PairForm(forms.Form):
    """From which language into which."""

    source = forms.ChoiceField()
    target = forms.ChoiceField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for name, label in (("source", _("From")), ("target", _("Into"))):
            self.fields[name] = forms.ChoiceField(label=label, choices=settings.LANGUAGES)
        self.fields["target"].initial = settings.LANGUAGES[-1][0]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("source") and said.get("source") == said.get("target"):
            self.add_error("target", _("Choose two languages."))
        return said


class TmxForm(forms.Form):
    """A file, read into pairs of texts by their languages. Counted is what is in no language of the newsroom or unfit,
    and what the memory has given up."""

    file = forms.FileField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        file = self.fields["file"]
        file.label = _("TMX file")
        file.help_text = _("TMX 1.4, at most %(most)s MB.") % {"most": safe.MOST_BYTES // 1024 // 1024}
        file.error_messages |= {"required": _("Choose a TMX file."), "empty": _("The file is empty.")}
        file.widget.attrs["accept"] = ".tmx,.xml"

    def clean_file(self) -> tuple[str, Pairs, int, int]:
        file = self.cleaned_data["file"]
        try:
            content = file.read(safe.MOST_BYTES + 1)
            safe.sized(content)
            pairs, left_out = _by_languages(tmx.read(content))
        except Unreadable as error:
            raise forms.ValidationError(error.messages) from error
        known = {languages: memory.not_given_up(rows, languages=languages) for languages, rows in pairs.items()}
        given_up = sum(len(rows) - len(known[languages]) for languages, rows in pairs.items())
        return str(file.name), {languages: rows for languages, rows in known.items() if rows}, left_out, given_up


def files(request: HttpRequest) -> HttpResponseBase:
    """GET shows both forms, or sends the file of a pair; POST shows what a file holds, and then takes it in."""
    if not may_register(request.user, "memoryentry", "view"):
        raise PermissionDenied
    if request.method == "POST":
        if not may_register(request.user, "memoryentry", "add"):
            raise PermissionDenied
        return _take(request) if "shown" in request.POST else _look(request)
    if "source" in request.GET:
        form = PairForm(request.GET)
        return _send(**form.cleaned_data) if form.is_valid() else _page(request, status=422, pair=form)
    return _page(request)


def _send(source: str, target: str) -> HttpResponseBase:
    rows = MemoryEntry.objects.filter(source_language=source, target_language=target, standing=Standing.USABLE)
    content = tmx.write((_entry(row) for row in rows.select_related("by").iterator(_AT_ONCE)), source)
    response = StreamingHttpResponse(content, content_type="application/x-tmx+xml")
    response["Content-Disposition"] = f'attachment; filename="memory-{source}-{target}.tmx"'
    return response


def _entry(row: MemoryEntry) -> tmx.Entry:
    return tmx.Entry(
        row.source_language, row.target_language, row.source, row.target,
        row.by.get_username() if row.by else "", row.at.replace(microsecond=0), row.origin, row.before, row.after,
        row.field, row.method, row.engine,
    )  # fmt: skip


def _look(request: HttpRequest) -> HttpResponse:
    form = TmxForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, status=422, form=form)
    name, pairs, left_out, given_up = form.cleaned_data["file"]
    rows_told = [[*key, [_told(row) for row in rows]] for key, rows in pairs.items()]
    told = {"user": request.user.pk, "name": name, "pairs": rows_told}
    shown = [
        (get_language_info(source), get_language_info(target), len(rows), [_seen(row) for row in rows[:_SAMPLE]])
        for (source, target), rows in pairs.items()
    ]
    token = signing.dumps(told, salt=_SALT, compress=True) if pairs else ""
    return _page(request, name=name, shown=shown, left_out=left_out, given_up=given_up, token=token, looked=True)


def _take(request: HttpRequest) -> HttpResponse:
    try:
        told = signing.loads(request.POST["shown"], salt=_SALT, max_age=_SHOWN_FOR)
    except signing.BadSignature:
        told = {}
    if told.get("user") != request.user.pk:
        gone = [_("What was shown can't be taken any more. Send the file again and look what is in it.")]
        return _page(request, status=422, gone=gone)
    origin = f"TMX {told['name']}"
    taken = 0
    for source, target, rows in told["pairs"]:
        taken += memory.take_in(
            [_pair(row) for row in rows], languages=(source, target), origin=origin, by=request.user
        )
    said = ngettext("%(count)s entry was taken in.", "%(count)s entries were taken in.", taken)
    nothing = _("Nothing was taken in: the memory has all of it already.")
    messages.success(request, said % {"count": taken} if taken else nothing)
    return HttpResponseRedirect(reverse("admin:translations_memoryentry_changelist"))


def _by_languages(entries: Iterator[tmx.Entry]) -> tuple[Pairs, int]:
    """The usable pairs of texts; and how many are left out: of other languages, too long, with marks that differ."""
    pairs: Pairs = {}
    left_out = 0
    for entry in entries:
        languages = (_known(entry.source_language), _known(entry.target_language))
        texts = (coded.repair(entry.source).strip(), coded.repair(entry.target).strip())
        if "" in languages or languages[0] == languages[1] or not _fit(*texts):
            left_out += 1
        else:
            pairs.setdefault(languages, []).append(
                memory.Pair(
                    *texts, entry.before, entry.after, entry.field, entry.by, entry.at, entry.method, entry.engine
                )
            )
    return pairs, left_out


def _told(pair: memory.Pair) -> list[str]:
    """The pair as the page sends it back."""
    return [str(value or "") for value in astuple(pair)]


def _pair(told: list[str]) -> memory.Pair:
    source, target, before, after, field, by, at, method, engine = told
    moment = datetime.fromisoformat(at) if at else None
    return memory.Pair(source, target, before, after, field, by, moment, method, engine)


def _fit(source: str, target: str) -> bool:
    marks = sorted(coded.marks_of(source)) == sorted(coded.marks_of(target))
    return marks and 0 < len(source) <= _LONGEST and 0 < len(target) <= _LONGEST


def _known(language: str) -> str:
    """The newsroom's language that is meant: "ro-MD" and "RO" are "ro"; empty where it has none such."""
    code = language.lower().replace("_", "-")
    codes = dict(settings.LANGUAGES)
    return next((one for one in (code, code.partition("-")[0]) if one in codes), "")


def _seen(row: memory.Pair) -> tuple[str, str]:
    return coded.plain(row.source), coded.plain(row.target)


def _page(request: HttpRequest, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        **admin.site.each_context(request),
        "title": _("The memory as a file"),
        "opts": MemoryEntry._meta,
        "pair": PairForm(),
        "form": TmxForm(),
        "adds": may_register(request.user, "memoryentry", "add"),
        **more,
    }
    return TemplateResponse(request, "desk/translations/tmx.html", context, status=status)
