"""What a rule is, and what it finds."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext

from articles.copydesk.reading import Reading
from articles.enums import Severity

EXCERPT_LENGTH = 120
SUGGESTION_LENGTH = 300


@dataclass(frozen=True)
class Place:
    """Where in the article: a field, and within it a row or a span of its text.

    ``row`` is the number of the citation, quote, key figure or picture (for tags and mentions: the place in their list,
    from 1). ``start`` and ``end`` are offsets in the field's text; in the body, in its text without tags
    (``articles.text.plain``).
    """

    field: str
    row: int | None = None
    start: int | None = None
    end: int | None = None
    excerpt: str = ""

    def as_dict(self) -> dict[str, Any]:
        """For keeping: without what is empty."""
        found = asdict(self)
        return {name: value for name, value in found.items() if value is not None and value != ""}


@dataclass(frozen=True)
class Finding:
    """What a rule found. The message is a gettext key, filled with ``params`` when it is shown.

    ``fingerprint`` is the same in another revision as long as the same words are at fault, wherever they move
    to in their field; within one examination no two findings share one. ``suggestion`` is what could stand in
    place of the excerpt.
    """

    rule: str
    severity: Severity
    message: str
    place: Place
    params: Mapping[str, str] = field(default_factory=dict, hash=False)
    suggestion: str | None = None
    fingerprint: str = ""

    @property
    def text(self) -> str:
        """The message in the language that is active."""
        return gettext(self.message) % self.params if self.params else gettext(self.message)

    def print_of(self, occurrence: int) -> str:
        """The fingerprint of the ``occurrence``-th finding (from 0) that says the same of the same words."""
        parts = [self.rule, self.message, self.place.field, self.place.excerpt, str(occurrence)]
        parts += [f"{name}={value}" for name, value in sorted(self.params.items())]
        return hashlib.sha256("\x1f".join(parts).encode("utf-8", "replace")).hexdigest()


class Rule(Protocol):
    """One thing that the copy desk looks for. ``id`` is kept with findings and never changes."""

    @property
    def id(self) -> str: ...

    @property
    def title(self) -> str | Promise: ...

    @property
    def help(self) -> str | Promise: ...

    def examine(self, reading: Reading) -> Iterable[Finding]:
        """What is wrong, in the order of the article. Changes nothing and asks nobody."""
        ...


def excerpt(text: str, start: int = 0, end: int | None = None) -> str:
    """The words at fault, one line, cut to 120 characters."""
    words = " ".join(text[start:end][: EXCERPT_LENGTH * 4].split())
    return words if len(words) <= EXCERPT_LENGTH else words[: EXCERPT_LENGTH - 1].rstrip() + "…"
