"""Which answers count as old: the story is held from 10.0 to 10.1, and released from 20.0 to 20.1."""

import pytest

from tests.bench.rows.stale import Change, Seen, stale

CHANGES = [Change(10.0, 10.1, False), Change(20.0, 20.1, True)]


@pytest.mark.parametrize(
    ("asked", "came", "shown", "old"),
    [
        (9.0, 9.1, True, 0),  # nothing has happened yet
        (9.0, 9.1, False, 1),  # held before anybody asked for it
        (9.9, 10.05, True, 0),  # while it happens either is right
        (9.9, 10.05, False, 0),
        (10.15, 10.16, True, 0),  # within the tenth of a second
        (10.25, 10.26, True, 1),
        (10.25, 10.26, False, 0),
        (19.9, 20.05, True, 0),
        (20.3, 20.4, False, 1),
        (20.3, 20.4, True, 0),
    ],
)
def test_answers_are_compared_with_what_was_done_before_they_were_asked_for(asked, came, shown, old):
    assert stale([Seen(asked, came, shown)], CHANGES, 0.1) == old


def test_without_leeway_the_tenth_of_a_second_counts():
    assert stale([Seen(10.15, 10.16, True)], CHANGES, 0) == 1
