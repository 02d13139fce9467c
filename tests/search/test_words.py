"""What the search takes for the same word, and what it reads in a query."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from articles.search.asking import MOST, Asked, parse, typed
from articles.search.excerpts import LENGTH, excerpt, marked, printed
from articles.search.words import folded, latin, stem, words


@pytest.mark.parametrize(
    ("printed", "asked"),
    [
        ("Ședință", "sedinta"),
        ("şedinţă", "ședință"),  # with cedillas, and with commas
        ("Шёлк", "шелк"),
        ("Кишинёв", "КИШИНЕВ"),
        ("об'єднання", "об’єднання"),
        ("Moldova’s", "moldova's"),
        ("«Luceafărul»", '"luceafarul"'),
        ("Łódź", "lodz"),
        ("co\u00adoperation", "cooperation"),
        ("e\u0301clair", "éclair"),
        ("молоко\u0301", "молоко"),  # with a mark for the stress
    ],
)
def test_same_word_however_it_is_typed(printed, asked):
    assert words(printed) == words(asked) != []


@pytest.mark.parametrize(("one", "other"), [("їжак", "іжак"), ("мой", "мои"), ("лист", "Liszt")])
def test_other_words_stay_others(one, other):
    assert words(one) != words(other)


@given(st.text())
@example("ǅ İstanbul ﬁ ß ª² \x00 _")
def test_folding_twice_changes_nothing(text):
    once = folded(text)
    assert folded(once) == once


@given(st.text(alphabet="aăâîșşțţёеїі'’\u0301 -", max_size=40))
def test_composed_and_decomposed_letters_are_the_same(text):
    assert words(unicodedata.normalize("NFD", text)) == words(unicodedata.normalize("NFC", text))


@given(st.text())
def test_words_hold_letters_and_digits_alone(text):
    assert all(word and len(word) <= 64 and not set(word) & set(" \"'*:()&|!\\-_\x00") for word in words(text))


def test_names_in_cyrillic_have_a_latin_form():
    assert [latin(word) for word in words("Дарчиев Łukasz")] == ["darchiev", "lukasz"]


@pytest.mark.parametrize(
    ("language", "word", "others"),
    [
        ("en", "talks", ["talk", "talks", "talking"]),
        ("ro", "sedinta", ["sedinta", "sedintei", "sedinte"]),
        ("ru", "москва", ["москвы", "москве", "москвой"]),
        ("uk", "столиця", ["столиці", "столицею"]),
    ],
)
def test_other_forms_begin_with_the_stem(language, word, others):
    assert all(other.startswith(stem(word, language)) for other in others)


@pytest.mark.parametrize("word", ["war", "sea", "мир", "iaşi", "2026"])
def test_short_word_has_no_stem(word):
    assert stem(word, "ro") == ""


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("", Asked()),
        ("peace talks", Asked((("peace",), ("talks",)))),
        ('"peace talks" geneva', Asked((("peace", "talks"), ("geneva",)))),
        ("„pace acum” «мир»", Asked((("pace", "acum"), ("мир",)))),
        ("talks -geneva", Asked((("talks",),), (("geneva",),))),
        ('-"peace talks"', Asked((), (("peace", "talks"),))),
        ("Bălți-based", Asked((("balti", "based"),))),
        ('"peace talks', Asked((("peace",), ("talks",)))),
        ("talks talks", Asked((("talks",),))),
        ('- " -- "" -" ! & | * ( ) : <-> NEAR/2', Asked((("near", "2"),))),
        ("a\x00b", Asked((("a",), ("b",)))),
    ],
)
def test_query_is_taken_apart(text, asked):
    assert parse(text) == asked


@given(st.text(max_size=400))
def test_any_text_is_a_query(text):
    asked = parse(text)
    assert len(asked.wanted) + len(asked.unwanted) <= MOST
    assert all(term and all(words(word) == [word] for word in term) for term in asked.wanted + asked.unwanted)


@given(st.text())
def test_what_is_shown_again_asks_the_same(text):
    assert parse(typed(text)) == parse(text)


def test_excerpt_shows_where_most_was_found():
    text = "The fair. " + "Nothing here at all. " * 30 + "Then the peace talks ended in Geneva. " + "And so on. " * 40
    found = excerpt(text, {"peace", "Geneva"})
    assert "<mark>peace</mark> talks ended in <mark>Geneva</mark>" in found
    assert found.startswith("… ")
    assert found.endswith(" …")


def test_excerpt_without_a_word_is_the_beginning():
    assert excerpt("They met. They parted.", {"geneva"}) == "They met. They parted."


def test_marked_words_are_whole_with_their_accents():
    text = "Ședința e’n Moldova’s"
    found = {word for word, folds in printed([text]).items() if {"sedinta", "moldovas"} & set(folds)}
    assert marked(text, found) == "<mark>Ședința</mark> e’n <mark>Moldova’s</mark>"


@given(st.text(alphabet="ab<>&\"' \n", max_size=600), st.sets(st.sampled_from(["a", "b", "ab", "amp", "lt"])))
def test_excerpt_is_the_text_escaped(text, found):
    for shown in (marked(text, found), excerpt(text, found)):
        bare = shown.replace("<mark>", "").replace("</mark>", "")
        assert "<" not in bare
        assert ">" not in bare
        plain = bare.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"').replace("&#x27;", "'")
        plain = plain.replace("&amp;", "&").removeprefix("… ").removesuffix(" …")
        assert plain in text
        assert len(plain) <= LENGTH + 60
