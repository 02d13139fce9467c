"""What stands in a file of either format, apart from the format."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as column
from typing import Any

from articles.errors import Refused
from translations.enums import SegmentState

_KEY = re.compile(r"s(?P<segment>[1-9][0-9]{0,17})\.v(?P<version>[0-9]{1,9})")
_JOB = re.compile(r"job-(?P<job>[1-9][0-9]{0,17})")


class Unreadable(Refused):
    """The file is not what it should be; the text says what to do."""


@dataclass(frozen=True)
class Line:
    """A segment as it leaves. ``key`` names it and the version that it had."""

    segment: int
    version: int
    source: str
    target: str = ""
    state: str = SegmentState.INITIAL
    omitted: str = ""
    field: str = "body"
    paragraph: int = 0
    marks: Mapping[str, Any] = column(default_factory=dict, hash=False)
    stale: bool = False
    old_source: str = ""

    @property
    def key(self) -> str:
        return f"s{self.segment}.v{self.version}"


@dataclass(frozen=True)
class Sheet:
    """A job as it leaves."""

    job: int
    source_language: str
    target_language: str
    headline: str
    lines: tuple[Line, ...]
    brief: str = ""


@dataclass(frozen=True)
class Row:
    """A segment as it comes back. Without a ``state``, a changed text counts as translated."""

    segment: int
    version: int
    source: str
    target: str
    state: str | None = None
    omitted: str = ""


@dataclass(frozen=True)
class Returned:
    """A file that came back."""

    job: int
    source_language: str
    target_language: str
    rows: tuple[Row, ...]


def key_of(text: str) -> tuple[int, int] | None:
    """The segment and version that a key names."""
    found = _KEY.fullmatch(text.strip())
    return (int(found["segment"]), int(found["version"])) if found else None


def job_name(job: int) -> str:
    return f"job-{job}"


def job_of(text: str) -> int | None:
    """The job that a file's name for it names."""
    found = _JOB.fullmatch(text.strip())
    return int(found["job"]) if found else None
