"""Where a text quotes."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text import quotations


def said(text):
    return [span.words for span in quotations(text)]


@pytest.mark.parametrize(
    "text",
    [
        "He said “one two” today",
        'He said "one two" today',
        "A spus „one two” azi",
        "Er sagte „one two“ heute",
        "Он сказал «one two» вчера",
        'He said “one two" today',
        'A spus „one two" azi',
        '("one two")',
        '—"one two"',
        "“one two",
        "He said “one two",
        "He said ``one two'' today",
        "He said ''one two'' today",
        "He said ″one two″ today",
        "Er sagte »one two« heute",
        "Hän sanoi »one two» tänään",
        "A spus ”one two” azi",
    ],
)
def test_quotation_marks_of_the_trade(text):
    assert said(text) == ["one two"]


def test_nested_quotations_follow_the_one_that_holds_them():
    spans = quotations("„Numesc asta «deep state», a zis“ и «он „так“ сказал»")
    assert [(span.words, span.depth) for span in spans] == [
        ("Numesc asta «deep state», a zis", 0),
        ("deep state", 1),
        ("он „так“ сказал", 0),
        ("так", 1),
    ]


def test_straight_marks_inside_others():
    assert said('«Он сказал "да" им»') == ['Он сказал "да" им', "да"]


def test_apostrophes_and_single_marks_are_no_quotations():
    assert said("It's the ambassadors' view, 'so called', п'ять, l’homme") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("He said ‘one two three four’ today", ["one two three four"]),
        ("‘One two three, four,’ he said", ["One two three, four,"]),
        ("(‘one two three four’)", ["one two three four"]),
        ("He said ‘we don’t know the ambassadors’ view yet’ today", ["we don’t know the ambassadors’ view yet"]),
        ("He said ‘we saw the ambassadors’ today", ["we saw the ambassadors"]),
        ("the ‘hawks’ and ‘the one and only doves’", ["the one and only doves"]),
        ("‘one two “three four” five’", ["one two “three four” five", "three four"]),
        ("“one ‘two three four five’ six”", ["one ‘two three four five’ six", "two three four five"]),
    ],
)
def test_four_words_in_single_curly_marks_are_a_quotation(text, words):
    assert said(text) == words


def test_what_stands_inside_single_marks_is_a_level_deeper():
    assert [span.depth for span in quotations("‘one two “three ‘four five six seven’ eight” nine’")] == [0, 1, 2]


@pytest.mark.parametrize(
    "text",
    [
        "I don’t know the ambassadors’ view of the ’90s, or the boys’ own",
        "the ‘deep state’ and the ‘hawks’ stand in the ambassadors’ way, don’t they",
        "rock ‘n’ roll of the ‘90s and the workers’ hopes, they took ‘em all in the ambassadors’ day",
        "‘one two three four",
        "one two‘ three four five’ six",
        "‘ one two three four ’",
        "‘one two\nthree four’",
        "‘one two three’",
        "п’ять слів і м’ята об’єднань ’",
    ],
)
def test_apostrophes_raise_no_alarm(text):
    assert said(text) == []


def test_inches_are_no_quotations():
    assert said('A 15" screen and a 6\'2" man, "quoted" once') == ["quoted"]


@pytest.mark.parametrize(
    "text", ["A 15″ screen at 47°01′28″ N", "Home » World » Talks", "a 15” screen", "6'' and more", "« one » »"]
)
def test_signs_that_only_look_so_open_nothing(text):
    assert [words for words in said(text) if words.strip() != "one"] == []


def test_marks_the_wrong_way_round_may_be_nested():
    spans = quotations("»Er nennt es «deep state» heute« und «so»")
    assert [(span.words, span.depth) for span in spans] == [
        ("Er nennt es «deep state» heute", 0),
        ("deep state", 1),
        ("so", 0),
    ]


def test_a_forgotten_mark_ends_with_its_line():
    assert said("“one two\nplain\n«three»") == ["one two", "three"]


def test_offsets_are_of_the_words():
    text = 'x "ab c" y'
    (span,) = quotations(text)
    assert text[span.start : span.end] == span.words == "ab c"


@given(st.text(alphabet="ab \n“”„«»″`‘’\"'", max_size=60))
def test_spans_say_what_stands_at_their_offsets(text):
    spans = quotations(text)
    assert all(text[span.start : span.end] == span.words for span in spans)
    outer = [span for span in spans if span.depth == 0]
    assert all(a.end <= b.start for a, b in pairwise(outer))


@pytest.mark.parametrize(
    "text",
    [
        "«" * 75_000,
        "“x" * 50_000,
        "«x» " * 50_000,
        '"' * 75_000,
        "``" * 50_000,
        " »a" * 50_000,
        " ‘a" * 50_000,
        " ‘as’ " * 50_000,
        "‘a “b " * 50_000 + "c ” d’ " * 50_000,
    ],
    ids=lambda text: text[:6],
)
def test_a_line_of_marks_alone_is_read_in_one_go(text):
    assert sum(len(span.words) for span in quotations(text)) <= 3 * len(text)
