"""Sources."""

from tests.copydesk.story import BODY, brief, found

NO_MARKS = BODY.replace('<sup data-citation="1">1</sup>', "").replace('<sup data-citation="2">2</sup>', "")


def test_a_story_without_source_is_an_error():
    assert brief(found("sources", citations=[], body=NO_MARKS)) == [("error", "citations", "")]


def test_own_reporting_needs_no_source():
    assert found("sources", citations=[], body=NO_MARKS, own_reporting=True) == []


def test_a_mark_without_citation_is_an_error_at_its_paragraph():
    (finding,) = found("sources", body=BODY + '<p>More.<sup data-citation="9">9</sup></p>')
    assert (finding.severity, finding.place.excerpt, finding.params["number"]) == ("error", "More.", "9")


def test_a_citation_without_mark_is_advice():
    findings = found("sources", body=NO_MARKS)
    assert [(finding.severity, finding.place.row) for finding in findings] == [("advice", 1), ("advice", 2)]
    assert "TASS" in findings[0].text
