"""The command line, the places in a list, and the stories' words."""

import pytest

from tests.bench import depths, words
from tests.bench.__main__ import GROUPS, options
from tests.bench.bench import QUICK, Sizes


def test_sizes_can_be_chosen_one_by_one():
    chosen = options(["--stories", "1000", "--only", "stale,cached"])
    assert chosen.stories == 1000
    assert chosen.many == Sizes().many
    assert chosen.only == ["cached", "stale"]  # what changes the stories comes last
    assert options([]).only == list(GROUPS)


def test_quick_sizes_can_be_chosen_too():
    chosen = options(["--quick", "--rounds", "1"])
    assert (chosen.stories, chosen.rounds) == (QUICK.stories, 1)


@pytest.mark.parametrize("arguments", [["--only", "cache"], ["--stories", "0"], ["--stories", "many"]])
def test_what_can_not_be_measured_is_refused_with_what_can(arguments, capsys):
    with pytest.raises(SystemExit):
        options(arguments)
    assert "choose of cached" in capsys.readouterr().err or "--stories" in arguments


def test_same_places_in_a_short_list_and_in_a_long_one():
    assert depths.offsets(1000) == [100, 500, 900, 990]
    assert depths.spread(list(range(3))) == [0, 1, 2]
    spread = depths.spread(list(range(1000)))
    assert len(spread) == depths.SPREAD
    assert spread[:3] == [0, 5, 10]


def test_each_story_has_words_of_its_own():
    texts = [words.text(number, 300) for number in range(1, 301)]
    assert len({text.slug for text in texts}) == len({words.name(text.number) for text in texts}) == 300
    assert texts[-1].moment == words.NEWEST
    assert max(len(text.headline) for text in texts) <= 110
    assert max(len(text.slug) for text in texts) <= 80
