"""What differs between two texts."""

from hypothesis import given
from hypothesis import strategies as st

from articles.text import Piece, paragraphs, passages, pieces

texts = st.text(st.sampled_from("ab .\n"), max_size=40) | st.text(max_size=40)
stories = st.lists(st.sampled_from(["they met today", "they met today again", "it rained", "snow", ""]), max_size=6)


@given(texts, texts)
def test_pieces_joined_are_both_texts(old, new):
    for cut in (pieces(old, new), passages(old, new)):
        assert "".join(piece.old for piece in cut) == old
        assert "".join(piece.new for piece in cut) == new


@given(texts)
def test_a_text_does_not_differ_from_itself(text):
    assert all(piece.same for piece in passages(text, text))


@given(stories, stories)
def test_paragraphs_beside_each_other_are_both_stories_in_order(old, new):
    pairs = paragraphs(old, new)
    assert [pair.old for pair in pairs if pair.old] == [text for text in old if text]
    assert [pair.new for pair in pairs if pair.new] == [text for text in new if text]
    assert all(pair.old == pair.new for pair in pairs if pair.same)


def test_words_are_marked_and_not_letters():
    assert passages("held in Rome.", "held in Romania.") == [
        Piece(True, "held in ", "held in "), Piece(False, "Rome", "Romania"), Piece(True, ".", "."),
    ]  # fmt: skip


def test_words_that_changed_side_by_side_are_one_piece():
    assert passages("on 27 February here", "on 10 April here") == [
        Piece(True, "on ", "on "), Piece(False, "27 February", "10 April"), Piece(True, " here", " here"),
    ]  # fmt: skip


def test_paragraph_put_in_before_a_changed_one_leaves_that_beside_its_other_wording():
    old = ["The ministers met in Rome on Monday.", "It rained."]
    new = ["Nobody had expected this.", "The ministers met in Oslo on Monday.", "It rained."]
    assert paragraphs(old, new) == [Piece(False, "", new[0]), Piece(False, old[0], new[1]), Piece(True, old[1], new[2])]


def test_wholly_another_paragraph_is_not_compared_word_by_word():
    assert paragraphs(["The ministers met."], ["Snow fell all night."]) == [
        Piece(False, "The ministers met.", ""), Piece(False, "", "Snow fell all night."),
    ]  # fmt: skip


def test_very_long_texts_are_taken_whole():
    old, new = "old word " * 5_000, "new text " * 5_000
    assert pieces(old, new) == [Piece(False, old, new)]
    many = [f"a {number}" for number in range(200)], [f"b {number}" for number in range(200)]
    assert len(paragraphs(*many)) == 400
