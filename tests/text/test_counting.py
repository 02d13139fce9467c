"""What translators are paid by."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from articles.text import characters, words


def test_words_are_runs_that_hold_a_letter_or_digit():
    assert words("The U.S. – and 27 “deep-state” hawks … да") == 7


def test_characters_count_each_run_of_white_space_once():
    assert characters("  два\u00a0 \n слова ") == 9


def test_a_letter_with_a_combining_mark_is_one_character():
    assert characters("и\u0306") == 1


@given(st.text())
def test_counts_do_not_depend_on_normal_form_or_spacing(text):
    spaced = "\n " + unicodedata.normalize("NFD", unicodedata.normalize("NFC", text)) + "\t"
    assert characters(spaced) == characters(text)
    assert words(" ".join(text.split())) == words(text)
