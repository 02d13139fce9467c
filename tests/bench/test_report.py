"""The table, the JSON and the page that holds the table."""

import json

import pytest

from tests.bench.figures import AT_LEAST, AT_MOST, Figure
from tests.bench.report import BEGIN, END, NoPlace, as_json, table, write_into

FIGURES = [
    Figure(
        "cached", "cached story, 200 ÷ hello world", 0.712, "×", AT_LEAST, 0.65, "31,000/s and 43,500/s", (0.7, 0.712)
    ),
    Figure("search", "search, newest first", 140.2, "ms", AT_MOST, 100),
    Figure("stale", "stale answers after a purge", 0, "", AT_MOST, 0),
]
ABOUT = {"day": "2026-11-23", "machine": "a test"}


def test_table_says_what_is_measured_what_is_asked_and_whether_it_is_met():
    lines = table(FIGURES).splitlines()
    assert len({len(line) for line in lines}) == 1
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    assert cells[2] == [
        "cached story, 200 ÷ hello world",
        "0.712 ×",
        "at least 0.650 ×",
        "yes",
        "31,000/s and 43,500/s",
    ]
    assert cells[3][1:4] == ["140 ms", "at most 100 ms", "no"]
    assert cells[4][1:4] == ["0", "at most 0", "yes"]


def test_json_holds_every_round():
    told = json.loads(as_json(FIGURES, ABOUT))
    assert told["machine"] == "a test"
    assert told["figures"][0]["rounds"] == [0.7, 0.712]
    assert [figure["met"] for figure in told["figures"]] == [True, False, True]


def test_page_gets_the_table_in_place_of_the_old_one(tmp_path):
    page = tmp_path / "performance.md"
    page.write_text(f"Before.\n\n{BEGIN}\nold\n{END}\n\nAfter.\n")
    for _time in range(2):
        write_into(page, FIGURES, ABOUT)
    text = page.read_text()
    assert text.startswith(f"Before.\n\n{BEGIN}\n\n- day: 2026-11-23\n- machine: a test\n\n| what")
    assert text.endswith(f"{END}\n\nAfter.\n")
    assert "old" not in text
    assert text.count("hello world") == 1


def test_page_without_a_place_is_left_alone(tmp_path):
    page = tmp_path / "performance.md"
    page.write_text("Nothing here.\n")
    with pytest.raises(NoPlace, match="has no place"):
        write_into(page, FIGURES, ABOUT)
    assert page.read_text() == "Nothing here.\n"
