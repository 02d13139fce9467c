"""Credits."""

import pytest

from tests.copydesk.story import found

TRANSLATOR = {"contributor": 1, "name": "Iurie Tataru", "role": "translator", "public": True}


def test_a_translation_with_its_translator_is_in_order():
    assert found("credits", original=12, credits=[TRANSLATOR]) == []


@pytest.mark.parametrize("listed", [[], [{**TRANSLATOR, "role": "author"}], [{**TRANSLATOR, "public": False}]])
def test_a_translation_without_a_named_translator_is_an_error(listed):
    (finding,) = found("credits", original=12, credits=listed)
    assert (finding.severity, finding.place.field) == ("error", "credits")


def test_a_translator_of_an_original_is_pointed_out():
    (finding,) = found("credits", original=None, credits=[TRANSLATOR])
    assert (finding.severity, finding.params["name"]) == ("advice", "Iurie Tataru")
