"""Key figures and dates."""

from hypothesis import given
from hypothesis import strategies as st

from articles.copydesk.rules.figures import numbers, stands_in
from tests.copydesk.story import brief, found


def fact(figure: str, **changes) -> dict:
    return {"number": 1, "figure": figure, "text": "met in Istanbul", "citation": None, **changes}


def test_a_date_that_the_story_tells_stands():
    assert found("figures", key_facts=[fact("27 February")]) == []


def test_a_figure_that_the_story_does_not_tell_needs_a_source():
    assert brief(found("figures", key_facts=[fact("35 rounds")])) == [("error", "key_facts", "35 rounds")]
    assert found("figures", key_facts=[fact("35 rounds", citation=1)]) == []


def test_a_citation_that_is_not_there_is_no_source():
    assert len(found("figures", key_facts=[fact("35 rounds", citation=9)])) == 1


def test_a_figure_in_words_is_looked_for_as_it_is_spelled():
    assert found("figures", key_facts=[fact("Twice")]) == []
    assert len(found("figures", key_facts=[fact("Two thirds")])) == 1


def test_thousands_are_set_apart_in_any_way():
    assert stands_in("3,200", "There were 3 200 of them.")
    assert stands_in("3.200", "There were 3\u202f200 of them.")
    assert stands_in("3200", "There were 3'200 of them.")
    assert not stands_in("3200", "There were 3 20 of them.")


def test_a_part_of_a_number_is_another_number():
    assert not stands_in("20", "In 2026 there were 120.")
    assert numbers("3,5 %") == numbers("3.5 %") == {"3.5"}


@given(st.integers(min_value=0, max_value=10**12), st.sampled_from([",", ".", " ", "\u00a0", "\u202f", ""]))
def test_a_number_is_found_however_it_is_grouped(number, sign):
    assert stands_in(str(number), f"It was {f'{number:,}'.replace(',', sign)}, they said.")


@given(st.text())
def test_whatever_is_typed_a_figure_stands_in_itself_if_it_says_anything(text):
    if any(character.isalnum() for character in text):
        stands_in(text, text)
