"""Machine translation: the seam between the workbench and an engine, which the newsroom chooses.

``NEWSROOM_MACHINE_TRANSLATION`` is the dotted path of a class of the kind of ``Engine``; without it nothing is offered.
What an engine gives is only ever a suggestion beside the segment: its text is marked with the engine, whoever changes
or confirms it makes it post-edited, and as it came it can't be delivered.
"""

from __future__ import annotations

import html
import logging
import re
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from articles.errors import Refused
from translations import segmenting
from translations.enums import Method
from translations.models.job import Job
from translations.models.segment import Segment

log = logging.getLogger(__name__)
AT_ONCE = 50
"""Segments that an engine is given at a time."""
_pool = ThreadPoolExecutor(4, thread_name_prefix="machine-translation")
_OPEN, _CLOSE, _ALONE = re.compile(r"<([1-9]\d*)>"), re.compile(r"</([1-9]\d*)>"), re.compile(r"<([1-9]\d*)/>")
_ELEMENT = re.compile(r'<g id="([1-9]\d*)">|<x id="([1-9]\d*)"\s*/>|(</g>)|<[^>]*>')


class Engine:
    """An engine of machine translation: give it a name and a version, and write ``translate``.

    It gets pieces of XML, in which ``<g id="1">…</g>`` stands around words and ``<x id="2"/>`` between them, and gives
    back as many. Language codes are those of the newsroom. It may raise whatever it likes.
    """

    name = ""
    version = ""

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        raise NotImplementedError

    @property
    def label(self) -> str:
        """As it stands with a segment: the name and the version."""
        return f"{self.name} {self.version}".strip()[:80]


class Fake(Engine):
    """For tests and demonstrations: gives each text back with the language before it."""

    name = "Fake"
    version = "1"

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        return [f"[{target}] {text}" for text in texts]


@dataclass(frozen=True)
class Suggestion:
    """What an engine made of a segment: coded, with all its marks."""

    target: str
    engine: str


def engine() -> Engine | None:
    """The engine that the newsroom chose, if any."""
    if not settings.NEWSROOM_MACHINE_TRANSLATION:
        return None
    made: Any = import_string(settings.NEWSROOM_MACHINE_TRANSLATION)()
    return made if isinstance(made, Engine) else None


def problem() -> str:
    """What is wrong with the setting, for the system check; empty where nothing is."""
    if not settings.NEWSROOM_MACHINE_TRANSLATION:
        return ""
    try:
        chosen = engine()
    except Exception as error:  # noqa: BLE001  # whatever the class does when it is made
        return f"It can't be loaded: {error}"
    if chosen is None or not chosen.name:
        return "It is no translations.machine.Engine with a name."
    return ""


def suggest(segment: Segment) -> Suggestion | None:
    """The engine's translation of a segment; None where there is no engine, or where it lost a mark.

    Raises ``Refused`` where the engine fails or does not answer in time; nothing is written either way.
    """
    return suggest_all([segment]).get(segment.pk)


def suggest_all(segments: Iterable[Segment]) -> dict[int, Suggestion]:
    """The same for segments of one job, by their ids. Those whose marks were lost are missing."""
    rows, chosen = list(segments), engine()
    found: dict[int, Suggestion] = {}
    if chosen is None:
        return found
    for begin in range(0, len(rows), AT_ONCE):
        some = rows[begin : begin + AT_ONCE]
        job = some[0].job
        said = _asked(chosen, [_as_xml(row.source) for row in some], job.original.language, job.language)
        for row, text in zip(some, said, strict=True):
            target = _as_coded(text)
            if segmenting.plain(target).strip() and not segmenting.mark_faults(row.source, target):
                found[row.pk] = Suggestion(target, chosen.label)
    return found


def method_of(suggested: str, written: str) -> Method:
    """How a segment came about whose translator took *suggested* and wrote *written*; both are coded."""
    return Method.MACHINE if " ".join(suggested.split()) == " ".join(written.split()) else Method.POST_EDITED


def part_in(job: Job) -> str:
    """The engines that had a part in what the job's segments say now, by name and version; empty for none."""
    made = job.segments.filter(omitted="").exclude(target="").exclude(engine="").exclude(method=Method.HUMAN)
    return ", ".join(sorted(set(made.values_list("engine", flat=True))))[:200]


def _asked(chosen: Engine, texts: Sequence[str], source: str, target: str) -> list[str]:
    """The engine's answer. It works in a thread, so that one that hangs holds nobody up."""
    try:
        said = _pool.submit(chosen.translate, texts, source, target).result(settings.NEWSROOM_MACHINE_SECONDS)
    except TimeoutError as error:
        raise Refused(
            _("%(engine)s did not answer in time. Nothing is lost: translate by hand, or try again.")
            % {"engine": chosen.label}
        ) from error
    except Exception as error:
        log.warning("machine translation failed", exc_info=True, extra={"engine": chosen.label})
        raise Refused(
            _("%(engine)s could not translate this. Nothing is lost: translate by hand, or try again.")
            % {"engine": chosen.label}
        ) from error
    if len(said) != len(texts):
        raise Refused(_("%(engine)s answered with something else than was asked.") % {"engine": chosen.label})
    return [str(text) for text in said]


def _as_xml(coded: str) -> str:
    """Marks as elements that engines know to leave alone; a half whose other half stands elsewhere stands alone."""
    marks = set(segmenting.marks_of(coded))

    def element(match: re.Match[str]) -> str:
        number = match[1]
        if {f"<{number}>", f"</{number}>"} <= marks:
            return "</g>" if match[0].startswith("</") else f'<g id="{number}">'
        return match[0]

    return _ALONE.sub(r'<x id="\1"/>', _CLOSE.sub(element, _OPEN.sub(element, coded)))


def _as_coded(text: str) -> str:
    """The engine's XML as coded text; tags that it made up go."""
    opened: list[str] = []

    def mark(match: re.Match[str]) -> str:
        begins, alone, ends = match.groups()
        if begins:
            opened.append(begins)
            return f"\0{begins}\1"
        if alone:
            return f"\0{alone}/\1"
        return f"\0/{opened.pop()}\1" if ends and opened else ""

    halves = re.compile(r"<(/?[1-9]\d*)>")
    marked = _ELEMENT.sub(mark, halves.sub(lambda match: f"\0{match[1]}\1", text.replace("\0", "").replace("\1", "")))
    return segmenting.code(html.unescape(marked)).replace("\0", "<").replace("\1", ">")
