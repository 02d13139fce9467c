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


def sentence(number, words="went on"):
    return f"Talks number {number} {words} in the house by the river."


def cut_by_hand(count, draw):
    """Sentences, and the same as a translator cut them: some put together, some taken apart."""
    rows, at = [], 0
    while at < count:
        how = draw(st.sampled_from(["one", "merged", "split"]))
        size = min(draw(st.integers(2, 5)), count - at) if how == "merged" else 1
        text = " ".join(sentence(number) for number in range(at, at + size))
        cut = text.index(" in the") if how == "split" else len(text)
        rows += [Old(len(rows) + place, 0, half.strip()) for place, half in enumerate((text[:cut], text[cut:])) if half]
        at += size
    return rows


@given(st.integers(1, 8), st.data())
def test_what_was_cut_by_hand_is_kept_where_nothing_changed_and_whole_where_it_did(count, data):
    rows = cut_by_hand(count, data.draw)
    former = [New(0, sentence(number)) for number in range(count)]
    at = data.draw(st.sets(st.integers(0, count - 1)))
    newer = [New(0, sentence(number, "broke off early" if number in at else "went on")) for number in range(count)]
    placed = align(rows, newer, former)
    assert " ".join(row.source for row in placed) == " ".join(row.source for row in newer)
    used = [key for row in placed for key in (row.key, *row.also)]
    assert used == [row.key for row in rows], "no translation is lost, none changes its place"
    for row in placed:
        before = " ".join(rows[key].source for key in (row.key, *row.also))
        assert before == row.source.replace("broke off early", "went on"), "what it says is beside all that it says"
        assert row.changed == ("broke off early" in row.source)
        assert not row.also or row.changed


def test_a_sentence_that_goes_out_of_two_that_were_merged_is_struck_out_there():
    merged = Old("merged", 0, f"{sentence(1)} {sentence(2)}")
    former = [New(0, sentence(1)), New(0, sentence(2)), New(0, sentence(3))]
    rows = [merged, Old("third", 0, sentence(3))]
    placed = align(rows, [former[1], former[2]], former)
    assert [(row.key, row.source, row.changed) for row in placed] == [
        ("merged", sentence(2), True), ("third", sentence(3), False),
    ]  # fmt: skip


def test_what_is_put_between_two_that_were_merged_is_part_of_them():
    merged = Old("merged", 0, f"{sentence(1)} {sentence(2)}")
    former = [New(0, sentence(1)), New(0, sentence(2))]
    placed = align([merged], [former[0], New(0, "A word on the weather."), former[1]], former)
    assert [(row.key, row.changed) for row in placed] == [("merged", True)]
    assert placed[0].source == f"{sentence(1)} A word on the weather. {sentence(2)}"
