"""Percentages of likeness, and the bands that they fall into."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translations.matching import BANDS, band, difference, normal, similarity

TEXTS = st.lists(
    st.sampled_from(["talks", "in", "Istanbul", "27", "3.5", "ambasadorul", "Дарчиев", "<1>", "</1>", "<2/>", ",", ".", "é"]), max_size=12
).map(" ".join)  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "least", "most"),
    [
        ("The talks go on.", "The talks go on.", 100, 100),
        ("The talks  go\u00a0on.", "The talks go on.", 100, 100),
        ("The <1>talks</1> go on.", "The talks go on.", 97, 99),
        ("The <1>talks</1> go on.", "<1>The</1> talks go on.", 99, 99),
        ("They met on 27 February.", "They met on 10 February.", 99, 99),
        ("the talks go on.", "The talks go on.", 99, 99),
        ("Talks between the two countries were held in Istanbul on Friday.", "Talks between the two countries were held in Ankara on Friday.", 85, 95),
        ("Talks between both countries were held in Istanbul.", "The ambassador spoke of hawks in Congress.", 0, 40),
        ("Посол заявил об этом в пятницу.", "Посол заявила об этом в пятницу.", 85, 95),
        ("", "Talks.", 0, 0),
        ("", "", 100, 100),
        ("!", "?", 0, 60),
    ],
)  # fmt: skip
def test_likeness_is_what_a_translator_would_call_it(one, other, least, most):
    assert least <= similarity(one, other) <= most


def test_a_changed_ending_costs_less_than_another_word():
    said = "Посол заявил об этом в Стамбуле."
    assert similarity(said, "Посол заявила об этом в Стамбуле.") > similarity(
        said, "Министр заявил об этом в Стамбуле."
    )


@given(TEXTS, TEXTS)
def test_likeness_is_mutual_and_whole_only_for_what_is_the_same(one, other):
    percent = similarity(one, other)
    assert 0 <= percent <= 100
    assert percent == similarity(other, one)
    if percent == 100:
        assert normal(one) == normal(other)
    assert similarity(one, one) == 100
    assert similarity(unicodedata.normalize("NFD", one), one) == 100
    assert similarity(one, other, marks=False) >= percent


@pytest.mark.parametrize(
    ("percent", "expected"),
    [(101, "101"), (100, "100"), (99, "95-99"), (95, "95-99"), (94, "85-94"), (84, "75-84"), (75, "75-84"), (74, "50-74"), (49, "none"), (0, "none")],
)  # fmt: skip
def test_each_percentage_has_its_band(percent, expected):
    assert band(percent) == expected
    assert expected in BANDS


def test_the_difference_is_shown_by_word_without_marks():
    found = difference("The <1>old</1> talks &amp; more", "The new talks &amp; more")
    assert [(piece.old, piece.new) for piece in found if not piece.same] == [("old", "new")]
    assert "".join(piece.new for piece in found) == "The new talks & more"
