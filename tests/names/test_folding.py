"""What stays of a name however it is typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.names import fold, light, tail


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Ștefan Țurcanu", "stefan turcanu"),
        ("Ştefan Ţurcanu", "stefan turcanu"),
        ("Артём Королёв", "artem korolev"),
        ("Артем Королев", "artem korolev"),
        ("Мар'яна Руф’єва", "maryana rufieva"),
        ("Călin Popescu-Tăriceanu", "calin popescu tariceanu"),
        ("Călin Popescu–Tăriceanu", "calin popescu tariceanu"),
        ("O’Neill", "oneill"),
        ("  A.  DARCHIEV ", "a darchiev"),
        ("", ""),
    ],
)
def test_fold(name, folded):
    assert fold(name) == folded


def test_tail_is_the_fold_of_the_last_word():
    assert tail("Ursula von der Leyen") == "leyen"
    assert tail("Popescu-Tăriceanu") == "tariceanu"
    assert tail("") == ""


def test_light_keeps_diacritics_but_not_their_encoding():
    assert light("TĂTARU") == light("ta\u0306taru") != light("tataru")
    assert light("Şor") == light("Șor")


@given(st.text())
def test_folding_twice_is_folding_once_and_fits_its_column(name):
    assert fold(fold(name)) == fold(name)
    assert len(fold(name)) <= 200
    assert fold(name).endswith(tail(name))
