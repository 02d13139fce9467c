"""What changed between two publications of a story, for readers. Both are live ones: they have their text."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from articles import text
from articles.enums import CreditRole
from articles.models.publication import Publication

_MARK = re.compile(r'<sup class="citation"><a href="#source-\d+">(\d+)</a></sup>')


@dataclass(frozen=True)
class Line:
    """A paragraph or an entry of a list in pieces; ``alike`` counts paragraphs that are left out as unchanged."""

    pieces: tuple[text.Piece, ...] = ()
    alike: int = 0


@dataclass(frozen=True)
class Difference:
    label: str
    lines: tuple[Line, ...]


def differences(old: Publication, new: Publication) -> list[Difference]:
    """The parts of the page in which the two differ, from the top of the page down."""
    parts = [
        (_("Kicker"), _worded([old.kicker], [new.kicker])),
        (_("Headline"), _worded([old.headline], [new.headline])),
        (_("Standfirst"), _worded([old.standfirst], [new.standfirst])),
        (_("Text"), _worded(_paragraphs(old), _paragraphs(new))),
        *((label, _listed(_entries(old, of, told), _entries(new, of, told))) for of, label, told in _lists()),
    ]
    return [Difference(label, tuple(lines)) for label, lines in parts if any(line.pieces for line in lines)]


def _worded(old: list[str], new: list[str]) -> list[Line]:
    """Changed paragraphs with their changed words; how many between them are alike."""
    lines: list[Line] = []
    for pair in text.paragraphs(old, new):
        if not pair.same:
            lines.append(Line(tuple(text.passages(pair.old, pair.new))))
        elif lines and lines[-1].alike:
            lines[-1] = Line(alike=lines[-1].alike + 1)
        else:
            lines.append(Line(alike=1))
    return lines


def _listed(old: list[str], new: list[str]) -> list[Line]:
    """What was taken out of a list, then what was put in."""
    gone = (text.Piece(False, entry, "") for entry in old if entry not in new)
    come = (text.Piece(False, "", entry) for entry in new if entry not in old)
    return [Line((piece,)) for piece in (*gone, *come)]


def _paragraphs(publication: Publication) -> list[str]:
    """The text as lines, with its dateline and the numbers of its sources as the page shows them."""
    blocks = text.blocks(_MARK.sub(r"[\1]", publication.body))
    lines = [("• " if block.tag == "li" else "") + block.text for block in blocks if block.text]
    if publication.dateline:
        lines[:1] = [" — ".join([publication.dateline, *lines[:1]])]
    return lines


def _entries(publication: Publication, of: str, told: Callable[[Mapping[str, Any]], Iterable[str]]) -> list[str]:
    return list(dict.fromkeys(" · ".join(filter(None, told(row))) for row in publication.story.get(of, [])))


def _lists() -> Iterator[tuple[str, str, Callable[[Mapping[str, Any]], Iterable[str]]]]:
    yield "key_facts", _("Figures and dates"), lambda row: (row["figure"], row["text"])
    yield "pictures", _("Pictures"), lambda row: (row["caption"] or row["alt"], row["credit"])
    yield "citations", _("Sources"), lambda row: (row["name"], row["title"], row["url"])
    yield "credits", _("Credits"), lambda row: (row["name"], str(CreditRole(row["role"]).label))
    yield "tags", _("Topics"), lambda row: (row["name"],)
