"""docs/translation-desk.md says what the tables of the code say."""

from pathlib import Path

from translations.enums import JobStep
from translations.permissions import RIGHTS
from translations.steps import STEPS

PAGE = Path(__file__).parents[2] / "docs" / "translation-desk.md"


def rows(heading: str) -> list[list[str]]:
    section = PAGE.read_text().split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def words(cell: str) -> frozenset[str]:
    return frozenset(word.strip() for word in cell.split(",") if word.strip())


def test_the_table_of_steps_is_the_code_s():
    documented = {
        (step, words(states), to, words(who), whose, note) for step, states, to, who, whose, note in rows("Steps")
    }
    coded = {
        (
            right.step.value,
            frozenset(state.value for state in right.states),
            STEPS[right.step].to.value,
            frozenset(role.value for role in right.roles),
            right.whose.value,
            str(STEPS[right.step].note_label),
        )
        for right in RIGHTS
    }
    assert documented == coded
    assert {step for step, *_rest in rows("Steps")} == set(JobStep.values) - {JobStep.EXPIRE}
