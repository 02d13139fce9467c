"""What is made of measurements."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.bench.figures import AT_LEAST, AT_MOST, Figure, percentile, ratio, ratios, short

NUMBERS = st.lists(st.floats(0.001, 1e6), min_size=1)


def test_a_ratio_is_the_median_of_the_rounds():
    figure = ratio("cached", "story", [10, 30, 20], [10, 10, 10], AT_LEAST, 1.5)
    assert figure.value == 2
    assert list(figure.rounds) == [1, 3, 2]
    assert figure.met


def test_one_slow_minute_for_both_changes_no_ratio():
    assert ratios([10, 1, 10], [5, 0.5, 5]) == [2, 2, 2]


@pytest.mark.parametrize(("bound", "met"), [(AT_LEAST, [False, True, True]), (AT_MOST, [True, True, False])])
def test_what_is_asked_is_enough(bound, met):
    assert [Figure("a", "b", value, "×", bound, 2).met for value in (1.9, 2, 2.1)] == met


@given(NUMBERS)
def test_percentiles_are_measured_values_in_order(values):
    found = [percentile(values, share) for share in (0, 0.5, 0.99, 1)]
    assert found == sorted(found)
    assert set(found) <= set(values)
    assert (found[0], found[-1]) == (min(values), max(values))


def test_ninety_nine_of_a_hundred():
    assert percentile(list(range(1, 101)), 0.99) == 99
    assert percentile([7], 0.99) == 7
    with pytest.raises(ValueError, match="nothing was measured"):
        percentile([], 0.99)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (12345.6, "12,300"), (123.4, "123"), (12.34, "12.3"), (1.234, "1.23"), (0.1234, "0.123"), (8, "8"), (0, "0"),
        (0.00012, "0.000"),
    ],
)  # fmt: skip
def test_numbers_are_short(number, text):
    assert short(number) == text
