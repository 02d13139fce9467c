"""docs/workflow.md shows the tables that the code holds, cell by cell."""

from pathlib import Path

from articles.enums import DeskState, Role, Step
from articles.permissions import REGISTERS, RIGHTS, Whose
from articles.workflow.steps import STEPS

PAGE = Path(__file__).parents[2] / "docs" / "workflow.md"
WHOSE = {
    Whose.ANY: "",
    Whose.OWN: " (own)",
    Whose.CLAIMED: " (claimed by them)",
    Whose.OF_ANOTHER: " (claimed by another)",
}


def rows(title: str) -> list[str]:
    """The table's rows below the heading *title*, without the two header lines."""
    section = PAGE.read_text().split(f"## {title}\n", 1)[1].split("\n## ", 1)[0]
    return [line for line in section.splitlines() if line.startswith("|")][2:]


def in_order(kind, values) -> str:
    return ", ".join(member.value for member in kind if member in values)


def expected_steps() -> list[str]:
    table = []
    for step in Step:
        rule = STEPS.get(step)
        public = in_order(type(next(iter(rule.public))), rule.public) if rule and rule.public else ""
        note = str(rule.note_label) if rule and rule.note_required else ""
        for right in (right for right in RIGHTS if right.step == step):
            leads = right.to or (rule.to if rule else None)
            to = leads.value if leads else "stays"
            who = in_order(Role, right.roles) + WHOSE[right.whose]
            cells = [step.value.replace("_", " "), in_order(DeskState, right.states), to, who, public, note]
            table.append("| " + " | ".join(cells) + " |")
    return table


def expected_registers() -> list[str]:
    return [
        "| "
        + " | ".join([model, *(in_order(Role, acts[act]) or "nobody" for act in ("view", "add", "change", "delete"))])
        + " |"
        for model, acts in REGISTERS.items()
    ]


def test_the_table_of_steps():
    assert rows("Steps") == expected_steps()


def test_the_table_of_registers():
    assert rows("Registers") == expected_registers()
