"""What of an older cut is found again in a newer one, for any texts."""

from hypothesis import given
from hypothesis import strategies as st

from translations.aligning import New, Old, align

SENTENCE = st.lists(
    st.sampled_from(["river", "talks", "bank", "March", "5", "peace", "dam", "<1>Galați</1>", "and", "or"]),
    min_size=1,
    max_size=6,
)
TEXT = st.lists(st.lists(SENTENCE.map(" ".join), min_size=1, max_size=4), max_size=6)


def old(text):
    rows = [(number, one) for number, part in enumerate(text) for one in part]
    return [Old(key, paragraph, source) for key, (paragraph, source) in enumerate(rows)]


def new(text):
    return [New(number, one) for number, part in enumerate(text) for one in part]


@given(TEXT)
def test_a_text_that_did_not_change_asks_for_nothing(text):
    placed = align(old(text), new(text))
    assert [row.key for row in placed] == list(range(len(placed)))
    assert not any(row.changed for row in placed)


@given(TEXT, TEXT)
def test_the_newer_text_is_said_in_its_order_and_nothing_is_used_twice(before, after):
    placed = align(old(before), new(after))
    # Cut as the translator had it, a paragraph is the same words in other pieces.
    said = [(row.paragraph, word) for row in placed for word in row.source.split()]
    assert said == [(row.paragraph, word) for row in new(after) for word in row.source.split()]
    used = [row.key for row in placed if row.key is not None]
    assert len(used) == len(set(used))


@given(TEXT, st.randoms(use_true_random=False))
def test_paragraphs_that_only_change_places_ask_for_nothing(text, random):
    moved = text[:]
    random.shuffle(moved)
    placed = align(old(text), new(moved))
    assert all(row.key is not None and not row.changed for row in placed)


@given(TEXT.filter(bool), st.data())
def test_one_sentence_that_changed_asks_for_one(text, data):
    at = data.draw(st.integers(0, len(text) - 1))
    where = data.draw(st.integers(0, len(text[at]) - 1))
    after = [part[:] for part in text]
    after[at][where] = "Something else was said by nobody here"
    placed = align(old(text), new(after))
    asking = [row for row in placed if row.key is None or row.changed]
    assert [row.source for row in asking] == ["Something else was said by nobody here"]
