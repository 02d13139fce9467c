"""Required parts."""

import pytest

from tests.copydesk.story import brief, found


@pytest.mark.parametrize("name", ["headline", "section", "language", "slug"])
def test_a_part_that_is_missing_blocks(name):
    assert brief(found("parts", **{name: None})) == [("blocking", name, "")]


def test_a_missing_standfirst_is_an_error_that_can_be_waived():
    assert brief(found("parts", standfirst="  ")) == [("error", "standfirst", "")]


@pytest.mark.parametrize("body", ["", "<p><br></p>", '<figure data-picture="1"></figure>'])
def test_a_body_without_text_blocks(body):
    assert brief(found("parts", body=body)) == [("blocking", "body", "")]


def test_a_long_headline_is_a_warning_with_its_length():
    (finding,) = found("parts", headline="word " * 200)
    assert finding.severity == "warning"
    assert "1000" in finding.text
    assert len(finding.place.excerpt) <= 120


@pytest.mark.parametrize("slug", ["Über", "a b", "-a", "a--b", "tag/slash", "știri"])
def test_a_slug_that_is_no_address_blocks(slug):
    assert brief(found("parts", slug=slug)) == [("blocking", "slug", slug)]
