"""What the workbench shows of a job: its segments in their order and groups, and how far the work is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info, pgettext
from django.utils.translation import gettext as _

from translations import saving, segmenting
from translations.enums import Method, SegmentState
from translations.models.job import Job
from translations.models.segment import Segment
from translations.workbench import typed

FILTERS = ("all", "left", "stale", "mine", "faults")
LEFT_TO_RIGHT = {"name_local": "", "bidi": False}
_NUMBERED = re.compile(r"(?P<what>[a-z]+)-(?P<number>\d+)-(?P<part>[a-z]+)")


@dataclass(frozen=True)
class Mark:
    """A mark that can be put in: as it is typed, as its sign, and what it stands for."""

    typed: str
    sign: SafeString


@dataclass(frozen=True)
class Row:
    """A segment as the screen shows it. ``written`` is what stands in its field: what was typed, if not saved."""

    segment: Segment
    number: int
    heading: str = ""  # where a field begins
    begins: bool = False  # a paragraph
    next_version: int | None = None  # of the next segment in the paragraph, with which it can be merged
    written: str = ""
    theirs: SafeString | None = None  # where somebody else saved meanwhile: their text, what differs marked
    refusals: Sequence[str] = ()
    reviewing: bool = False

    @property
    def state(self) -> str:
        """One word for the eye: empty, draft, stale, omitted, translated, reviewed or final."""
        if self.segment.omitted:
            return "omitted"
        if self.segment.stale:
            return "stale"
        if self.segment.state != SegmentState.INITIAL:
            return self.segment.state
        return "draft" if self.segment.target else "empty"

    @property
    def state_in_words(self) -> str:
        return {
            "empty": pgettext("segment", "not translated"),
            "draft": pgettext("segment", "draft"),
            "stale": pgettext("segment", "original changed"),
            "omitted": pgettext("segment", "left out"),
        }.get(self.state) or self.segment.get_state_display()

    @property
    def done(self) -> bool:
        return is_done(self.segment, self.reviewing)

    @property
    def source(self) -> SafeString:
        return typed.to_read(self.segment.source, self.segment.marks)

    @property
    def target(self) -> SafeString:
        return typed.to_read(self.segment.target, self.segment.marks)

    @property
    def source_typed(self) -> str:
        return typed.to_typed(self.segment.source)

    @property
    def marks(self) -> list[Mark]:
        found = dict.fromkeys(segmenting.marks_of(self.segment.source))
        return [Mark(mark, typed.sign(mark, self.segment.marks)) for mark in found]

    @property
    def faults(self) -> list[str]:
        """What is wrong with the marks of what is written so far."""
        if not self.segment.target:
            return []
        return [saving.said(fault) for fault in segmenting.mark_faults(self.segment.source, self.segment.target)]

    @property
    def difference(self) -> SafeString:
        """The word difference of the original, where it changed."""
        if not (self.segment.stale and self.segment.old_source):
            return SafeString("")
        return typed.differing(self.segment.old_source, self.segment.source)

    @property
    def revision(self) -> SafeString:
        """The word difference to what the translator delivered."""
        if not self.segment.before_revision:
            return SafeString("")
        return typed.differing(self.segment.before_revision, self.segment.target)

    @property
    def made(self) -> str:
        """Who wrote it, how and when, such as “Tudor, 102 % translation memory, 12:04 EET”."""
        segment = self.segment
        if not segment.by_id or not (segment.target or segment.omitted):
            return ""
        how = [str(segment.get_method_display())] if segment.method not in {"", Method.HUMAN} else []
        if segment.match and how:
            how[0] = f"{how[0]} {segment.match} %"
        if segment.engine:
            how.append(segment.engine)
        people = [str(segment.by)]
        if segment.revised_by_id:
            people.append(_("revised by %(who)s") % {"who": segment.revised_by})
        return ", ".join([*people, *how, clock(segment.changed_at)])


@dataclass
class Progress:
    """How far the work is, in segments, words and characters. A segment left out counts as done."""

    segments: int = 0
    done: int = 0
    omitted: int = 0
    stale: int = 0
    source_words: int = 0
    done_words: int = 0
    target_words: int = 0
    source_characters: int = 0
    target_characters: int = 0

    @property
    def left(self) -> int:
        return self.segments - self.done

    @property
    def percent(self) -> int:
        """Of the original's words, rounded down: 100 is said only of what is whole."""
        if self.done == self.segments:
            return 100
        return min(99, self.done_words * 100 // max(1, self.source_words))

    def add(self, segment: Segment, reviewing: bool) -> None:
        words = typed.words_of([segment.source])
        self.segments += 1
        self.source_words += words
        self.source_characters += typed.characters_of([segment.source])
        self.target_words += typed.words_of([segment.target])
        self.target_characters += typed.characters_of([segment.target])
        self.omitted += bool(segment.omitted)
        self.stale += segment.stale
        if is_done(segment, reviewing):
            self.done += 1
            self.done_words += words


@dataclass
class Attempt:
    """What a form sent for a segment that could not be saved as it was."""

    written: str
    refusals: list[str] = field(default_factory=list)
    overtaken: bool = False


def is_done(segment: Segment, reviewing: bool = False) -> bool:
    """Whether a segment asks for nothing more: of the translator, or of the reviser who reads it after them."""
    if segment.stale or segment.state == SegmentState.INITIAL:
        return False
    return not reviewing or segment.state in {SegmentState.REVIEWED, SegmentState.FINAL}


def segments_of(job: Job) -> list[Segment]:
    return list(job.segments.select_related("by", "revised_by").order_by("position"))


def rows(segments: Sequence[Segment], attempts: dict[int, Attempt], *, reviewing: bool) -> list[Row]:
    """Every segment as a row, numbered from 1; *attempts* are by the segment's id."""
    return list(_rows(segments, attempts, reviewing))


def chosen(found: Iterable[Row], show: str, find: str, user: Any) -> list[Row]:
    """Those that the filter *show* and the search *find* leave."""
    needle = find.casefold()
    return [row for row in found if _shows(row, show, user) and (not needle or needle in _text(row))]


def progress(segments: Iterable[Segment], *, reviewing: bool) -> Progress:
    counted = Progress()
    for segment in segments:
        counted.add(segment, reviewing)
    return counted


def heading(name: str) -> str:
    """A field as people call it: “Headline”, “Picture 2: caption”."""
    plain = {
        "kicker": _("Kicker"),
        "headline": _("Headline"),
        "standfirst": _("Standfirst"),
        "dateline": _("Dateline"),
        "body": _("Body"),
    }
    numbered = _NUMBERED.fullmatch(name)
    if numbered is None:
        return plain.get(name, name)
    what = {"picture": _("Picture %(number)s"), "quote": _("Quote %(number)s"), "fact": _("Key figure %(number)s")}
    part = {
        "alt": _("alternative text"),
        "caption": _("caption"),
        "words": _("words"),
        "role": _("role of the speaker"),
        "description": _("description of the speaker"),
        "figure": _("figure"),
        "text": _("text"),
    }
    whole = what.get(numbered["what"], numbered["what"]) % {"number": numbered["number"]}
    return f"{whole}: {part.get(numbered['part'], numbered['part'])}"


def language(code: str) -> dict[str, str]:
    """A language's code, own name and direction."""
    try:
        info = get_language_info(code)
    except KeyError:
        info = {**LEFT_TO_RIGHT, "name_local": code}
    return {"code": code, "name": info["name_local"], "direction": "rtl" if info["bidi"] else "ltr"}


def clock(moment: Any) -> str:
    """The time with its zone; of another day with its date."""
    local = timezone.localtime(moment)
    today = local.date() == timezone.localdate()
    return local.strftime("%H:%M %Z") if today else date_format(local, "SHORT_DATETIME_FORMAT")


def _rows(segments: Sequence[Segment], attempts: dict[int, Attempt], reviewing: bool) -> Iterator[Row]:
    before: Segment | None = None
    for number, segment in enumerate(segments, 1):
        after = segments[number] if number < len(segments) else None
        follows = after is not None and (after.field, after.paragraph) == (segment.field, segment.paragraph)
        attempt = attempts.get(segment.pk)
        stored = typed.to_typed(segment.target)
        overtaken = attempt is not None and attempt.overtaken
        yield Row(
            segment=segment,
            number=number,
            heading=heading(segment.field) if before is None or before.field != segment.field else "",
            begins=before is None or (before.field, before.paragraph) != (segment.field, segment.paragraph),
            next_version=after.version if after is not None and follows else None,
            written=attempt.written if attempt else stored,
            theirs=typed.differing(typed.to_coded(attempt.written), segment.target) if attempt and overtaken else None,
            refusals=attempt.refusals if attempt else (),
            reviewing=reviewing,
        )
        before = segment


def _shows(row: Row, show: str, user: Any) -> bool:
    if show == "left":
        return not row.done
    if show == "stale":
        return row.segment.stale
    if show == "mine":
        return user.pk in {row.segment.by_id, row.segment.revised_by_id}
    if show == "faults":
        return bool(row.faults)
    return True


def _text(row: Row) -> str:
    return f"{segmenting.plain(row.segment.source)}\n{segmenting.plain(row.segment.target)}".casefold()
