"""Pictures."""

import pytest

from tests.copydesk.story import BODY, found, picture


@pytest.mark.parametrize("name", ["alt", "credit", "licence"])
def test_a_picture_without_it_is_an_error(name):
    (finding,) = found("pictures", pictures=[picture(**{name: " "})])
    assert (finding.severity, finding.place.field, finding.place.row) == ("error", "pictures", 1)


def test_a_mark_without_picture_is_an_error():
    (finding,) = found("pictures", body=BODY + '<figure data-picture="4"></figure>')
    assert (finding.severity, finding.place.field, finding.params["number"]) == ("error", "body", "4")


def test_a_picture_for_the_body_that_is_not_placed_is_advice():
    (finding,) = found("pictures", body="<p>Text</p>")
    assert finding.severity == "advice"
    assert found("pictures", body="<p>Text</p>", pictures=[picture(use="lead")]) == []
