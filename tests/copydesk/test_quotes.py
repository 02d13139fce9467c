"""Quotations and their records."""

import pytest

from tests.copydesk.story import BODY, SAID, brief, found, quote


def more(text, **changes):
    return brief(found("quotes", body=f"{BODY}<p>{text}</p>", **changes))


@pytest.mark.parametrize(
    "text",
    [
        "“one two three four”",
        '"one two three four"',
        "«one two three four»",
        "„one two three four”",
        "‘one two three four’",
        "``one two three four''",
        "″one two three four″",
        "»one two three four«",
    ],
)
def test_four_words_without_record_are_an_error(text):
    assert more(f"He said {text} at last.") == [("error", "body", "one two three four")]


def test_a_line_break_does_not_hide_a_quotation():
    assert more("He said “one two<br>three four” at last.") == [("error", "body", "one two three four")]
    assert brief(found("quotes", standfirst="He said “one two\nthree four”.")) == [
        ("error", "standfirst", "one two three four")
    ]
    assert more(f"He said “{SAID.replace(' will', '<br>will')}”.") == []


def test_three_words_need_no_record():
    assert more("They were “deep state hawks”.") == []
    assert more("They were “deep sta\u00adte haw\u200bks”.") == []


def test_single_marks_around_a_recorded_quotation_and_apostrophes_are_no_alarm():
    assert more(f"He said ‘{SAID}’ and they don’t know the ambassadors’ views of the ’90s.") == []


def test_a_quotation_in_the_standfirst_counts():
    assert brief(found("quotes", standfirst="He said “one two three four”.")) == [
        ("error", "standfirst", "one two three four")
    ]


def test_the_record_covers_its_words_whatever_the_punctuation_and_case():
    assert more("Again: «the next round will be held – in Moscow»!") == []


def test_an_ellipsis_leaves_words_out():
    assert more("He said “The next round […] in Moscow very soon”.") == []


def test_other_words_are_not_covered():
    assert more("He said “The next round will be in Moscow”.") == [
        ("error", "body", "The next round will be in Moscow")
    ]


def test_a_paraphrase_covers_no_quotation():
    assert brief(found("quotes", quotes=[quote(kind="paraphrase")])) == [("error", "body", f"{SAID},")]


def test_a_block_quotation_needs_a_record_as_well():
    body = f'{BODY}<blockquote data-quote="1"><p>{SAID}.</p></blockquote><blockquote><p>One two three four.</p></blockquote>'
    assert brief(found("quotes", body=body)) == [("error", "body", "One two three four.")]


def test_a_mark_of_a_quote_that_is_not_there_is_an_error():
    body = f'{BODY}<blockquote data-quote="8"><p>{SAID}.</p></blockquote>'
    assert brief(found("quotes", body=body)) == [("error", "body", f"{SAID}.")]


def test_a_record_whose_words_are_not_printed_is_a_warning():
    second = quote(number=2, words="Nobody has printed these words")
    assert brief(found("quotes", quotes=[quote(), second])) == [("warning", "quotes", "Nobody has printed these words")]


def test_a_record_may_hold_more_than_is_printed():
    assert found("quotes", quotes=[quote(words=f"I can tell you this. {SAID}. We wait.")]) == []


def test_a_paraphrase_need_not_be_printed():
    assert found("quotes", quotes=[quote(), quote(number=2, kind="paraphrase", words="Hopes for more")]) == []


def test_a_quote_has_a_speaker_or_a_description():
    assert [f.severity for f in found("quotes", quotes=[quote(person=None, speaker="")])] == ["error"]
    assert found("quotes", quotes=[quote(person=None, speaker="", description="a diplomat")]) == []


@pytest.mark.parametrize("citation", [None, 7])
def test_a_quote_has_a_source_of_the_story(citation):
    (finding,) = found("quotes", quotes=[quote(citation=citation)])
    assert (finding.severity, finding.place.row) == ("error", 1)
    assert found("quotes", quotes=[quote(citation=citation)], own_reporting=True) == []


def test_a_quote_has_words():
    assert len(found("quotes", body="<p>x</p>", quotes=[quote(words=" ")])) == 1
