"""Reading a cleaned body."""

from hypothesis import given
from hypothesis import strategies as st

from articles.text import Marks, blocks, marks, plain, sanitise
from tests.text.test_cleaning import PIECES

BODY = (
    "<p>Talks go on.<sup data-citation=\"1\">1</sup></p><figure data-picture=\"2\"></figure>"
    "<blockquote data-quote=\"3\" lang=\"ru\"><p>Первое.</p><p>Второе &amp; третье.</p></blockquote>"
    "<ul><li>one<br>two</li></ul><p>End<sup data-citation=\"2\">2</sup><sup data-citation=\"1\">1</sup></p>"
)  # fmt: skip


def test_plain_text_is_a_line_a_block_without_marks_and_pictures():
    assert plain(BODY) == "Talks go on.\nПервое.\nВторое & третье.\none\ntwo\nEnd"


def test_marks_are_listed_once_in_order():
    assert marks(BODY) == Marks(quotes=(3,), citations=(1, 2), pictures=(2,))


def test_a_block_knows_its_place_quote_and_language():
    first, figure, said, more, item, last = blocks(BODY)
    assert (first.tag, first.citations, first.quote) == ("p", (1,), None)
    assert (figure.tag, figure.text, figure.pictures) == ("figure", "", (2,))
    assert (said.quote, said.language, said.in_blockquote) == (3, "ru", True)
    assert (more.quote, more.text) == (3, "Второе & третье.")
    assert (item.tag, item.text) == ("li", "one\ntwo")
    assert last.citations == (2, 1)


def test_white_space_reads_as_a_browser_shows_it():
    assert plain("<p> a \n <em> b</em>\tc <br> d </p>") == "a b c\nd"


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_each_block_stands_in_the_plain_text_where_it_says(body):
    cleaned = sanitise(body)
    text = plain(cleaned)
    for block in blocks(cleaned):
        assert text[block.start : block.start + len(block.text)] == block.text
