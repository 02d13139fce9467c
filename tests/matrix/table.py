"""What docs/workflow.md promises, read from its tables; nothing here asks the code that is tested."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "workflow.md"
EDITORS = {"editor", "chief"}


@dataclass(frozen=True)
class Person:
    """One of the people of the matrix; ``own`` is the story that they filed or are credited on."""

    name: str
    role: str = ""
    own: bool = False


@dataclass(frozen=True)
class Place:
    """Where a story stands: its desk state, what readers see, who has it, whether a schedule lies ahead."""

    desk: str
    public: str = ""
    claimed_by: str = ""
    scheduled: bool = False

    @property
    def was_public(self) -> bool:
        return bool(self.public)


@dataclass(frozen=True)
class Row:
    """A line of the table of steps."""

    step: str
    states: frozenset[str]
    to: str
    roles: frozenset[str]
    whose: str
    public: frozenset[str]
    needs: str

    def covers(self, person: Person, place: Place) -> bool:
        if person.role not in self.roles or place.desk not in self.states:
            return False
        if self.public and place.public not in self.public:
            return False
        return {
            "": True,
            "own": person.own,
            "claimed by them": place.claimed_by == person.name,
            "claimed by another": place.claimed_by != person.name,
        }[self.whose]


def cells(heading: str) -> list[list[str]]:
    """The cells of the table below a heading, without its head."""
    section = PAGE.read_text().split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


@cache
def steps() -> tuple[Row, ...]:
    rows = []
    for step, states, to, who, public, needs in cells("Steps"):
        roles, _bracket, whose = who.partition(" (")
        rows.append(
            Row(
                step=step.replace(" ", "_"),
                states=_words(states),
                to=to,
                roles=_words(roles),
                whose=whose.rstrip(")"),
                public=_words(public),
                needs=needs,
            )
        )
    return tuple(rows)


def names() -> list[str]:
    """Every step, in the order of the table."""
    return list(dict.fromkeys(row.step for row in steps()))


def allows(person: Person, step: str, place: Place) -> bool:
    """The table, with what the list below it says of scheduling and spiking."""
    if step == "unschedule" and not place.scheduled:
        return False
    if step == "spike" and (place.was_public or place.scheduled):
        return False
    return any(row.step == step and row.covers(person, place) for row in steps())


def leads_to(person: Person, step: str, place: Place) -> str:
    """The desk state after the step: an author reopens a draft, and what was only scheduled is ready again."""
    if step == "reopen" and person.role not in EDITORS:
        return "draft"
    if step == "unschedule" and place.desk == "published":
        return "ready"
    to = next(row.to for row in steps() if row.step == step and row.covers(person, place))
    return place.desk if to == "stays" else to


PUBLIC_AFTER = {
    "publish": "live",
    "hold": "held",
    "release": "live",
    "retract": "retracted",
    "remove": "removed",
}


def sees(person: Person, place: Place) -> bool:
    """Who sees what on the desk."""
    if person.role in EDITORS:
        return True
    if person.role not in {"reporter", "translator"}:
        return False
    public_as_it_stands = place.desk == "published" and place.public == "live"
    return person.own or public_as_it_stands or (person.role == "translator" and place.desk == "ready")


@cache
def registers() -> dict[str, dict[str, frozenset[str]]]:
    """Register → act → roles."""
    acts = ("view", "add", "change", "delete")
    return {
        name: {act: _words(cell) - {"nobody"} for act, cell in zip(acts, row, strict=True)}
        for name, *row in cells("Registers")
    }


def _words(cell: str) -> frozenset[str]:
    return frozenset(word.strip() for word in cell.split(",") if word.strip())
