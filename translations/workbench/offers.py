"""Brings beside a segment what the newsroom has: its memory, its terms and people, its machine, and the checks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from translations import checking, machine, memory, terms
from translations.enums import Method
from translations.models.job import Job
from translations.models.segment import Segment
from translations.workbench import beside
from translations.workbench.beside import Fault, Hint, Passage, Suggestion


def connect() -> None:
    beside.providers += [remembered, translated]
    beside.hinters.append(hinted)
    beside.searchers.append(said_elsewhere)
    beside.checkers.append(checked)


def remembered(segment: Segment, user: Any) -> Iterable[Suggestion]:
    for match in memory.matches(segment, user):
        yield Suggestion(
            match.target, match.source, match.percent, match.method, match.engine, match.origin, match.by, match.when
        )  # fmt: skip


def translated(segment: Segment, user: Any) -> Iterable[Suggestion]:
    made = machine.suggest(segment)
    if made is not None:
        yield Suggestion(made.target, method=Method.MACHINE, engine=made.engine)


def hinted(segment: Segment) -> Iterable[Hint]:
    return [
        Hint(hint.source_form, hint.target_form, hint.kind, hint.forbidden, hint.note) for hint in terms.hints(segment)
    ]


def said_elsewhere(words: str, job: Job, user: Any) -> Iterable[Passage]:
    for line in memory.concordance(words, job.original.language, job.language, user):
        yield Passage(_marked(line.source), _marked(line.target), line.origin, line.when)


def checked(job: Job, user: Any) -> Iterable[Fault]:
    return [
        Fault(fault.segment.pk if fault.segment else 0, fault.message, fault.serious) for fault in checking.faults(job)
    ]


def _marked(pieces: Iterable[tuple[str, bool]]) -> SafeString:
    tags = {True: (mark_safe("<mark>"), mark_safe("</mark>")), False: (SafeString(""), SafeString(""))}
    return format_html_join("", "{}{}{}", ((tags[found][0], text, tags[found][1]) for text, found in pieces))
