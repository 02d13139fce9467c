"""Cutting and joining: nothing is lost, sentences end where people end them, and marks stay whole."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text import plain as visible
from articles.text import sanitise, words
from tests.text.hostile import HOSTILE
from tests.text.test_cleaning import PIECES
from translations.segmenting import (
    code,
    cut_body,
    cut_text,
    join_body,
    join_paragraphs,
    join_text,
    joined,
    mark_faults,
    marks_of,
    merged,
    plain,
    repair,
    sha256,
    split_at,
)

SENTENCES = [
    *PIECES, "One. ", "Two! ", "Он сказал: «Нет». ", "т. е. ", "Dl. ", "A. Darchiev ", "<br>", "3.5 ", "… ", "<strong>", "</strong>",
    "<span lang=ru dir=ltr>", "<sub>", "</sub>", "<sup>", "<a href='/y?a=1&b=\"c\"'>", "<p>Whole. Rest.</p>", "<3>", "</3>",
]  # fmt: skip
BODIES = st.lists(st.sampled_from(SENTENCES), max_size=40).map("".join).map(sanitise)
LANGUAGES = st.sampled_from(["ro", "en", "ru", "uk", "de", "pt-br", ""])


def sources(cut):
    return [unit.source for unit in cut.units]


def by_paragraph(cut):
    found = {}
    for unit in cut.units:
        found.setdefault(unit.paragraph, []).append(unit.source)
    return found


@given(BODIES, LANGUAGES)
def test_a_body_that_is_cut_and_joined_is_the_same(body, language):
    cut = cut_body(body, language)
    assert join_body(cut, sources(cut)) == body
    assert join_paragraphs(cut, {}) == body


@pytest.mark.parametrize("hostile", HOSTILE)
def test_so_is_one_that_was_hostile(hostile):
    body = sanitise(hostile)
    cut = cut_body(body, "en")
    assert join_body(cut, sources(cut)) == body


@given(BODIES, LANGUAGES)
def test_segments_joined_by_paragraph_are_the_same(body, language):
    cut = cut_body(body, language)
    assert join_paragraphs(cut, by_paragraph(cut)) == body


@given(BODIES, LANGUAGES)
def test_paragraphs_whose_segments_were_merged_read_the_same(body, language):
    cut = cut_body(body, language)
    again = join_paragraphs(cut, {number: [joined(texts)] for number, texts in by_paragraph(cut).items()})
    assert visible(again).split() == visible(body).split()
    assert sanitise(again) == again


@given(
    BODIES, st.lists(st.sampled_from(["<1>", "</1>", "<2>", "</2>", "<2/>", "<9>", "a", "&", "<", " "]), max_size=12)
)
def test_what_is_joined_is_a_clean_body_whatever_was_typed(body, typed):
    cut = cut_body(body, "ru")
    again = join_body(cut, [repair("x" + "".join(typed))] * len(cut.units))
    assert join_body(cut_body(again, "ru"), sources(cut_body(again, "ru"))) == again
    assert visible(sanitise(again)).split() == visible(again).split()


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=120), LANGUAGES, st.booleans())
def test_a_field_that_is_cut_and_joined_is_the_same(text, language, sentences):
    cut = cut_text(text, language, sentences)
    assert join_text(cut, sources(cut)) == text


@given(BODIES, LANGUAGES)
def test_units_hold_text_their_marks_and_both_halves_of_each(body, language):
    for unit in cut_body(body, language).units:
        assert any(sign.isalnum() for sign in plain(unit.source))
        assert {mark.strip("</>") for mark in marks_of(unit.source)} == set(unit.marks)
        assert mark_faults(unit.source, unit.source) == []
        assert unit.source == unit.source.strip() == repair(unit.source)


@given(BODIES)
def test_words_counted_by_segment_are_those_of_the_page(body):
    counted = sum(words(plain(unit.source)) for unit in cut_body(body, "en").units)
    assert counted == words(visible(body))


@given(st.lists(st.sampled_from(["Știri. ", "Дарчієв їде. ", "<em>", "</em>", "Ă. ", "й! "]), max_size=20).map("".join))
def test_neither_the_cut_nor_hashes_depend_on_the_normal_form(body):
    composed, apart = (cut_body(sanitise(unicodedata.normalize(form, body)), "uk") for form in ("NFC", "NFD"))
    assert [sha256(text) for text in sources(composed)] == [sha256(text) for text in sources(apart)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Talks go on. They meet in Istanbul.", 2),
        ("en", "Mr. Darchiev met Ms. Coulter on Feb. 27 at No. 5. Then they left.", 2),
        ("en", "The U.S. President spoke. In the U.S. The end.", 3),
        ("en", "A. Darchiev and J. R. R. Tolkien met.", 1),
        ("en", "It rose by 3.5 per cent. He paid $1,000.50. “We talk.” She left!", 4),
        ("en", "Well… I don't know. Wait... And then?", 3),
        ("en", "(He left.) She stayed [alone.] Nobody asked.", 3),
        ("en", "Milk, bread, etc. are cheap. Eggs etc. Nobody buys.", 3),
        ("en", "At 5 p.m. the talks ended. At 6 p.m. He left.", 3),
        ("ro", "Dl. Darchiev și dna. Coulter s-au întâlnit pe str. Pușkin nr. 5. A plecat joi. Guvernul tace.", 3),
        ("ro", "La art. 5 alin. 2 din lege. „Da.” A spus el.", 3),
        ("ro", "Prețul e de 3.5 mil. lei, pâine, lapte etc. Guvernul tace.", 2),
        ("ro", "Pe 27.02. Darchiev a plecat.", 1),
        ("ru", "Он жил на ул. Пушкина, д. 5, г. Москва, т.е. далеко. А. Дарчиев уехал в 2026 г. Москва молчит.", 2),
        ("ru", "Театр им. Пушкина и др. Завод стоит. Цена 5 тыс. рублей, т. е. мало. Хлеб и т. д. Потом уехал.", 5),
        ("ru", "«Что происходит?» — спросил он. — Нет. — Да!", 3),
        ("ru", "Подождите… он идёт. Всё… Конец.", 3),
        ("uk", "На вул. Шевченка, буд. 5, м. Київ живе А. Дарчієв. Коштує 5 тис. грн. Уряд мовчить.", 3),
        ("uk", "Хліб, молоко та ін. Уряд мовчить, т. зв. «яструби» теж.", 2),
        ("de", "Er kam. Sie ging.", 2),
        ("ar", "ذهب الرجل. عاد الرجل؟ نعم.", 3),
        ("ja", "彼は来た。彼女は行った。", 2),
        ("en", "1. First point. 2. Second point.", 2),
        ("en", "One line.\nAnother one\n\n", 2),
        ("", "It rose. i.e. more", 1),
    ],
)  # fmt: skip
def test_sentences_end_where_people_end_them(language, text, expected):
    found = sources(cut_text(text, language, sentences=True))
    assert len(found) == expected, found


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>One. Two.</p><p>Three.</p>", [(0, "One."), (0, "Two."), (1, "Three.")]),
        ("<p>A <strong>b</strong> &amp; c.</p>", [(0, "A <1>b</1> &amp; c.")]),
        ("<p><em>One. Two.</em></p>", [(0, "One."), (0, "Two.")]),
        ("<p><em>One. Two.</em> Three. Four.</p>", [(0, "<1>One. Two.</1>"), (0, "Three."), (0, "Four.")]),
        ('<p>Talks.<sup data-citation="1">1</sup> More.</p>', [(0, "Talks.<1/>"), (0, "More.")]),
        ('<p>Talks. <sup data-citation="1">1</sup> More.</p>', [(0, "Talks. <1/>"), (0, "More.")]),
        ("<p>Street 5<br>Chișinău<br></p>", [(0, "Street 5<1/>"), (0, "Chișinău")]),
        ("<ul><li>one</li><li><p>two</p></li></ul>", [(0, "one"), (1, "two")]),
        ('<p>***</p><hr><figure data-picture="1"></figure><p>One.</p>', [(0, "One.")]),
        ("<p>«Да!» — сказал он. …</p>", [(0, "«Да!» — сказал он. …")]),
        ("<p>One.\nTwo\nthree.</p>", [(0, "One."), (0, "Two\nthree.")]),
    ],
)
def test_a_body_is_cut_at_its_blocks_and_sentences(body, expected):
    assert sanitise(body) == body
    assert [(unit.paragraph, unit.source) for unit in cut_body(body, "ru").units] == expected


def test_marks_say_what_they_are():
    (unit,) = cut_body('<p>See <a href="/x?a=1&amp;b=2">it</a><sup data-citation="4">4</sup> now.</p>', "en").units
    assert unit.source == "See <1>it</1><2/> now."
    assert unit.marks == {"1": ["a", {"href": "/x?a=1&b=2"}], "2": ["sup", {"data-citation": "4"}]}


def test_translated_words_stand_where_the_original_stood():
    body = '<p>He <strong>said</strong> no.<sup data-citation="1">1</sup> Bye.</p><ul><li>one</li></ul>'
    cut = cut_body(body, "en")
    assert join_body(cut, ["<1>A spus</1> nu.<2/>", "Pa &amp; pa.", "unu"]) == (
        '<p><strong>A spus</strong> nu.<sup data-citation="1">1</sup> Pa &amp; pa.</p><ul><li>unu</li></ul>'
    )
    assert join_paragraphs(cut, {0: ["Nu.<2/>"]}) == (
        '<p>Nu.<sup data-citation="1">1</sup></p><ul><li>one</li></ul>'
    )  # fmt: skip


@pytest.mark.parametrize(
    ("source", "target", "faults"),
    [
        ("a <1>b</1><2/>", "<2/><1>x</1> y", []),
        ("a <1>b</1>", "x", ["lost 1"]),
        ("a <1>b</1>", "<1>x", ["lost 1"]),
        ("a<2/>", "x<2/><2/>", ["doubled 2"]),
        ("a<2/>", "x<2/><7/>", ["unknown 7"]),
        ("<1>a</1> <2>b</2>", "<1>a <2>b</1> c</2>", ["crossed 1"]),
        ("<1>a</1>", "</1>a<1>", ["crossed 1"]),
        ("a", "x & y", ["broken"]),
        ("a", "x < y", ["broken"]),
        ("a <1>b", "<1>x y", []),
        ("a</1> <2>b</2>", "<2>x</1> y</2>", ["crossed 1"]),
        ("<1>a <2>b", "<2>x <1>y", ["crossed 2", "crossed 1"]),
    ],
)
def test_faults_of_marks_are_named(source, target, faults):
    assert sorted(mark_faults(source, target)) == sorted(faults)


@pytest.mark.parametrize(
    ("typed", "coded"),
    [
        ("a & b", "a &amp; b"),
        ("<1>x</1> < 5 > 3 &amp; &lt;", "<1>x</1> &lt; 5 &gt; 3 &amp; &lt;"),
        ("<b>x</b>\x00", "&lt;b&gt;x&lt;/b&gt;"),
        ("<0> <1 >", "&lt;0&gt; &lt;1 &gt;"),
    ],
)
def test_what_was_typed_is_made_well_formed(typed, coded):
    assert repair(typed) == coded
    assert repair(coded) == coded


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_text_is_coded_and_read_again(text):
    assert plain(code(text)) == text
    assert mark_faults("", code(text)) == []


@pytest.mark.parametrize(
    ("coded", "offset", "parts"),
    [
        ("One. Two.", 4, ("One.", "Two.")),
        ("One.<1/> <2>Two</2>.", 4, ("One.<1/>", "<2>Two</2>.")),
        ("<1>One. Two</1>", 5, ("<1>One.", "Two</1>")),
        ("a &amp; b", 3, ("a &amp;", "b")),
        ("<1>a</1>", 0, ("", "<1>a</1>")),
        ("a", 9, ("a", "")),
    ],
)
def test_a_segment_is_split_at_a_visible_character(coded, offset, parts):
    assert split_at(coded, offset) == parts


@given(BODIES, st.integers(0, 60))
def test_a_segment_that_was_split_and_merged_says_the_same(body, offset):
    for unit in cut_body(body, "en").units:
        first, second = split_at(unit.source, offset)
        assert marks_of(merged(first, second)) == marks_of(unit.source)
        assert plain(merged(first, second)).replace(" ", "").split() == plain(unit.source).replace(" ", "").split()
        assert mark_faults(first, first) == mark_faults(second, second) == []
