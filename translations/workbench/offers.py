"""Brings beside a segment what the newsroom has: its memory, its terms and people, its machine, and the checks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from translations import checking, machine, memory, terms
from translations.enums import Method
from translations.models.job import Job
from translations.models.segment import Segment
from translations.workbench import beside
from translations.workbench.beside import Fault, Hint, Note, Passage, Suggestion


def connect() -> None:
    beside.providers += [remembered, translated]
    beside.hinters.append(hinted)
    beside.searchers.append(said_elsewhere)
    beside.checkers.append(checked)


def remembered(segment: Segment, user: Any) -> Iterable[Suggestion | Note]:
    found = memory.matches(segment, user)
    for match in found:
        yield Suggestion(
            match.target, match.source, match.percent, match.method, match.engine, match.origin, match.by, match.when
        )  # fmt: skip
    if found.cut_short:
        yield _there_may_be_more()


def translated(segment: Segment, user: Any) -> Iterable[Suggestion]:
    made = machine.suggest(segment)
    if made is not None:
        yield Suggestion(made.target, method=Method.MACHINE, engine=made.engine)


def hinted(segment: Segment) -> Iterable[Hint]:
    return [
        Hint(hint.source_form, hint.target_form, hint.kind, hint.forbidden, hint.note) for hint in terms.hints(segment)
    ]


def said_elsewhere(words: str, job: Job, user: Any) -> Iterable[Passage | Note]:
    found = memory.concordance(words, job.original.language, job.language, user)
    for line in found:
        yield Passage(_marked(line.source), _marked(line.target), line.origin, line.when)
    if found.cut_short:
        yield _there_may_be_more()


def _there_may_be_more() -> Note:
    return Note(_("There may be more in the memory: with SQLite the search looks at a limited number of entries."))


def checked(job: Job, user: Any) -> Iterable[Fault]:
    return [
        Fault(fault.segment.pk if fault.segment else 0, fault.message, fault.serious) for fault in checking.faults(job)
    ]


def _marked(pieces: Iterable[tuple[str, bool]]) -> SafeString:
    tags = {True: (mark_safe("<mark>"), mark_safe("</mark>")), False: (SafeString(""), SafeString(""))}
    return format_html_join("", "{}{}{}", ((tags[found][0], text, tags[found][1]) for text, found in pieces))
