"""What the workbench shows beside a segment: suggestions of memory and machines, terms, and what was said elsewhere.

Whoever has something to show adds a function to one of the lists below; the screen works without any. One that fails is
left out and logged: a translator goes on writing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.core import signing
from django.utils.safestring import SafeString

from articles.errors import Refused
from translations import segmenting
from translations.enums import Method
from translations.models.job import Job
from translations.models.segment import Segment
from translations.workbench import typed

logger = logging.getLogger(__name__)
MOST = 9  # as many as there are keys
SALT = "translations.workbench.suggestion"
VALID_FOR = 12 * 3600  # seconds: longer than a page stays open
Found = TypeVar("Found")


@dataclass(frozen=True)
class Suggestion:
    """A translation that somebody or something offers. Both texts are coded; ``percent`` is 101 for one in context."""

    target: str
    source: str = ""
    percent: int = 0
    method: Method = Method.MEMORY
    engine: str = ""  # and its version, of a machine
    origin: str = ""  # the story that it comes from
    by: str = ""
    when: datetime | None = None


@dataclass(frozen=True)
class Hint:
    """A term or a name of the original, and how it is said in the translation's language."""

    source_form: str
    target_form: str
    kind: str = ""
    forbidden: bool = False
    note: str = ""


@dataclass(frozen=True)
class Passage:
    """What was translated elsewhere, with the words that were looked for marked; both are safe HTML."""

    source: SafeString
    target: SafeString
    origin: str = ""
    when: datetime | None = None


@dataclass(frozen=True)
class Note:
    """A sentence that belongs beside what was found, such as that there may be more."""

    text: str


@dataclass(frozen=True)
class Fault:
    """What a check has against a segment; 0 stands for the whole."""

    segment: int
    message: str
    serious: bool = True


providers: list[Callable[[Segment, Any], Iterable[Suggestion | Note]]] = []
hinters: list[Callable[[Segment], Iterable[Hint]]] = []
searchers: list[Callable[[str, Job, Any], Iterable[Passage | Note]]] = []
checkers: list[Callable[[Job, Any], Iterable[Fault]]] = []


@dataclass(frozen=True)
class Offered:
    """A suggestion as the screen shows it: ``key`` is sent back with its text and says where it is from."""

    number: int
    suggestion: Suggestion
    key: str
    typed: str
    difference: SafeString

    @property
    def percent(self) -> str:
        return f"{min(self.suggestion.percent, 101)} %" if self.suggestion.percent else ""


def suggestions(segment: Segment, user: Any, notes: list[str] | None = None) -> list[Offered]:
    """The best first, each text once, and no more than there are keys. *notes* gets what is to be said beside them."""
    found: dict[str, Suggestion] = {}
    for suggestion in sorted(_asked(providers, segment, user, notes=notes), key=lambda each: -each.percent):
        found.setdefault(suggestion.target, suggestion)
    return [_offered(number, each, segment) for number, each in enumerate(list(found.values())[:MOST], 1)]


def hints(segment: Segment) -> list[Hint]:
    return list(_asked(hinters, segment))


def passages(words: str, job: Job, user: Any, notes: list[str] | None = None) -> list[Passage]:
    return _asked(searchers, words, job, user, notes=notes)


def faults(job: Job, user: Any) -> list[Fault]:
    return list(_asked(checkers, job, user))


def origin(segment_id: int, key: str, target: str) -> dict[str, Any]:
    """What ``saving`` is told of a text that began as a suggestion: its method, engine and match.

    Empty where the key is not one that this segment was offered. A machine's words that were changed are edited.
    """
    try:
        told = signing.loads(key, salt=SALT, max_age=VALID_FOR)
    except (signing.BadSignature, UnicodeError):
        return {}
    if told["segment"] != segment_id:
        return {}
    untouched = told["sha256"] == segmenting.sha256(target)
    method = Method(told["method"])
    if not untouched:
        method = Method.POST_EDITED if method.is_machines else Method.HUMAN
    engine = told["engine"] if method.is_machines else ""
    return {"method": method, "engine": engine, "match": told["match"]}


def _offered(number: int, suggestion: Suggestion, segment: Segment) -> Offered:
    key = signing.dumps(
        {
            "segment": segment.pk, "sha256": segmenting.sha256(suggestion.target), "method": suggestion.method,
            "engine": suggestion.engine, "match": suggestion.percent,
        },
        salt=SALT,
    )  # fmt: skip
    differs = suggestion.source and suggestion.percent < 100
    difference = typed.differing(suggestion.source, segment.source) if differs else SafeString("")
    return Offered(number, suggestion, key, typed.to_typed(suggestion.target), difference)


def _asked(
    functions: Iterable[Callable[..., Iterable[Found | Note]]], *about: Any, notes: list[str] | None = None
) -> list[Found]:
    """What the functions give; *notes* gets their notes, and why one of them refused."""
    found: list[Found] = []
    said: list[str] = [] if notes is None else notes
    for function in functions:
        try:
            for one in function(*about):
                if isinstance(one, Note):
                    said.append(one.text)
                else:
                    found.append(one)
        except Refused as refusal:
            said += refusal.messages
        except Exception:
            logger.exception("workbench: %s has nothing to show", getattr(function, "__module__", function))
    return found
