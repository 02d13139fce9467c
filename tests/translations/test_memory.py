"""What was translated and accepted once is offered again: exactly, in its context, or like it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from articles.errors import Refused
from articles.workflow import withdrawing
from tests import cast
from tests.cast import user
from tests.translations.making import at_work, bylines, remembered, segments, targets
from translations import memory
from translations.enums import Standing
from translations.memory.grouping import groups
from translations.models import Job, MemoryEntry
from translations.models.memory_entry import beginnings
from translations.signals import finished

FIRST = ("The river commission met in Galați on Monday.", "Comisia fluvială s-a întrunit luni la Galați.")
SECOND = ("It agreed on a timetable.", "A convenit asupra unui calendar.")
THIRD = ("Work begins in March.", "Lucrările încep în martie.")


def asked(source: str, languages=("en", "ro"), **context: str) -> memory.Asked:
    return memory.Asked(source, *languages, **context)


def found(source: str, by: str = "elena", **context: str) -> list[memory.Match]:
    return memory.find(asked(source, **context), user(by))


def release(article, by: str = "elena"):
    return withdrawing.release(
        cast.fresh(article), by=user(by), version=cast.fresh(article).version, note="It was right."
    )


def hold(article, by: str = "elena"):
    return withdrawing.hold(cast.fresh(article), by=user(by), version=cast.fresh(article).version, note="A doubt.")


@pytest.fixture
def learned() -> Job:
    """A job on a live story, whose three sentences the memory has taken in."""
    of = at_work(cast.live())
    segments(of, FIRST, SECOND, THIRD)
    memory.learn(of)
    return of


@pytest.mark.django_db
class TestLearning:
    def test_what_was_accepted_is_taken_in_with_where_it_comes_from(self, learned):
        entry = MemoryEntry.objects.get(source=SECOND[0])
        assert entry.target == SECOND[1]
        assert (entry.source_language, entry.target_language) == ("en", "ro")
        assert (entry.article, entry.job, entry.revision, entry.by) == (
            learned.article, learned, learned.base, user("tudor"),
        )  # fmt: skip
        neighbours = MemoryEntry.objects.filter(source__in=[FIRST[0], THIRD[0]]).order_by("pk")
        assert [entry.before, entry.after] == [row.sha256 for row in neighbours]

    def test_the_road_s_signal_teaches(self):
        of = at_work(cast.live())
        segments(of, FIRST)
        bylines("tudor")
        finished.send(Job, job=of, round=1, article=of.article, by=user("emil"))
        assert targets(found(FIRST[0])) == [FIRST[1]]

    def test_twice_is_once(self, learned):
        memory.learn(learned)
        assert MemoryEntry.objects.count() == 3

    def test_the_newest_wins(self, learned):
        learned.segments.filter(source=SECOND[0]).update(target="A stabilit un calendar.")
        memory.learn(learned)
        assert targets(found(SECOND[0])) == ["A stabilit un calendar."]

    def test_a_sentence_that_stands_twice_in_one_context_is_kept_once(self):
        of = at_work(cast.live())
        segments(of, FIRST, SECOND, FIRST, SECOND, FIRST, SECOND)
        memory.learn(of)
        assert MemoryEntry.objects.filter(source=FIRST[0]).count() == 2  # first of its field, and after the second

    def test_what_is_not_translated_left_out_or_outdated_teaches_nothing(self):
        of = at_work(cast.live())
        segments(of, (FIRST[0], ""))
        segments(of, SECOND, omitted="Said already.")
        segments(of, THIRD, stale=True)
        assert memory.learn(of) == 0
        assert not MemoryEntry.objects.exists()

    def test_a_job_without_a_text_teaches_nothing(self):
        assert memory.learn(at_work(cast.live(), begun=False)) == 0

    def test_one_question_teaches_three_sentences_or_three_hundred(self):
        few, many = at_work(cast.live()), at_work(cast.live(slug="other", headline="Another story of the river"))
        segments(few, FIRST, SECOND, THIRD)
        segments(many, *((f"Sentence {number} of the story.", f"Fraza {number} din articol.") for number in range(300)))
        counts = []
        for of in (few, many):
            with CaptureQueriesContext(connection) as captured:
                memory.learn(of)
            counts.append(len([query for query in captured if query["sql"].startswith("SELECT")]))
        assert counts[0] == counts[1]
        assert len(captured) < 20  # the rows are written in batches

    def test_pairs_of_a_file_are_taken_in_once(self):
        pairs = [memory.Pair(*pair) for pair in (FIRST, SECOND, FIRST, ("", "x"), ("x", " "))]
        for origin, new in (("bureau.tmx", 2), ("bureau.tmx", 0), ("again.tmx", 0)):
            assert memory.take_in(pairs, languages=("en", "ro"), origin=origin, by=user("elena")) == new
        assert MemoryEntry.objects.count() == 2
        assert found(FIRST[0])[0].origin == "bureau.tmx"

    def test_the_database_keeps_one_sentence_of_an_origin_in_a_context_once(self):
        remembered(*FIRST)
        with pytest.raises(IntegrityError), transaction.atomic():
            remembered(*FIRST)

    @pytest.mark.parametrize(
        "broken", [{"source": ""}, {"target": ""}, {"target_language": "en"}, {"standing": "gone"}]
    )
    def test_the_database_refuses_half_an_entry(self, broken):
        values = {
            "source": FIRST[0],
            "target": FIRST[1],
            "source_language": "en",
            "target_language": "ro",
            "origin": "x",
        }
        with pytest.raises(IntegrityError), transaction.atomic():
            MemoryEntry.objects.create(**values | broken)


@pytest.mark.django_db
class TestMatches:
    def test_the_same_sentence_between_the_same_neighbours_is_101(self, learned):
        of = at_work(cast.live(slug="other", headline="Another story of the river"))
        rows = segments(of, (FIRST[0], ""), (SECOND[0], ""), (THIRD[0], ""))
        match = memory.matches(rows[1], user("elena"))[0]
        assert (match.percent, match.target, match.source) == (101, SECOND[1], SECOND[0])
        assert match.origin == learned.article.headline
        assert match.by == "Tudor"
        assert timezone.now() - match.when < timedelta(minutes=5)

    def test_the_same_sentence_elsewhere_is_100(self, learned):
        of = at_work(cast.live(slug="other", headline="Another story of the river"))
        row = segments(of, (SECOND[0], ""))[0]
        assert [match.percent for match in memory.matches(row, user("elena"))] == [100]

    def test_a_field_that_is_one_sentence_has_no_context(self):
        of = at_work(cast.live())
        segments(of, FIRST, field="headline")
        memory.learn(of)
        again = segments(at_work(cast.live(slug="other", headline="Another one")), (FIRST[0], ""), field="headline")[0]
        assert [match.percent for match in memory.matches(again, user("elena"))] == [100]

    def test_space_and_marks_make_no_other_sentence(self):
        remembered("It  agreed on a <1>timetable</1>.", "A convenit asupra unui <1>calendar</1>.")
        match = found("It agreed\u0020on a timetable.")[0]
        assert (match.percent, match.target) == (100, "A convenit asupra unui calendar.")

    def test_marks_stay_where_the_sentence_has_the_same(self):
        remembered("It agreed on a <1>timetable</1>.", "A convenit asupra unui <1>calendar</1>.")
        assert found("It agreed on a <1>timetable</1>.")[0].target == "A convenit asupra unui <1>calendar</1>."
        assert found("It <2>agreed</2> on a timetable.")[0].target == "A convenit asupra unui calendar."

    def test_a_like_sentence_comes_with_what_differs(self, learned):
        match = found("The river commission met in Galați on Friday.")[0]
        assert 75 <= match.percent < 100
        assert match.target == FIRST[1]
        assert [(piece.old, piece.new) for piece in match.difference if not piece.same] == [("Monday", "Friday")]

    def test_a_word_in_another_case_is_found(self):
        remembered(
            "Правительство объявило о новой реформе школьного образования.",
            "Guvernul a anunțat o nouă reformă a învățământului.", ("ru", "ro"),
        )  # fmt: skip
        like = "Правительством объявлено о новой реформе школьного образования."
        assert memory.find(asked(like, ("ru", "ro")), user("elena"))

    def test_what_is_not_like_it_is_not_offered(self, learned):
        assert found("The choir sang in the old town hall until midnight.") == []

    def test_another_pair_of_languages_is_another_memory(self, learned):
        assert memory.find(asked(FIRST[0], ("en", "ru")), user("elena")) == []
        assert memory.find(asked(FIRST[1], ("ro", "en")), user("elena")) == []

    def test_the_best_comes_first_and_nothing_twice(self):
        remembered("It agreed on a timetable for the work.", "Unu.", origin="a.tmx")
        remembered("It agreed on a timetable for the works.", "Doi.", origin="a.tmx")
        remembered("It agreed on a timetable for the work.", "Unu.", origin="b.tmx")
        remembered("It agreed on a timetable for the work.", "Trei.", origin="c.tmx")
        matches = found("It agreed on a timetable for the work.")
        assert targets(matches) == ["Trei.", "Unu.", "Doi."]
        assert [match.percent for match in matches[:2]] == [100, 100]

    def test_the_context_is_found_behind_any_number_of_the_same(self):
        for number in range(60):
            remembered("Photo: archive.", f"Foto {number}.", origin=f"{number}.tmx")
        of = at_work(cast.live())
        segments(of, FIRST, ("Photo: archive.", "Fotografie de arhivă."))
        memory.learn(of)
        for number in range(60, 120):
            remembered("Photo: archive.", f"Foto {number}.", origin=f"{number}.tmx")
        best = found("Photo: archive.", before=FIRST[0])[0]
        assert (best.percent, best.target) == (101, "Fotografie de arhivă.")

    def test_no_more_than_asked(self):
        for number in range(30):
            remembered(f"It agreed on timetable {number}.", f"A convenit {number}.", origin="a.tmx")
        assert len(found("It agreed on timetable 7.")) == 9
        assert len(memory.find(asked("It agreed on timetable 7."), user("elena"), 3)) == 3

    @pytest.mark.parametrize("text", ["", " ", "<1/>", "…", "—", "'", '"', "\\", "a' & b | c", "%_%", "1", "ab"])
    def test_any_text_can_be_asked_for(self, text):
        remembered(*FIRST)
        assert found(text) == []

    def test_queries_don_t_grow_with_what_is_found(self):
        def queries() -> int:
            editor = user("elena")
            memory.find(asked("It agreed on timetable 7."), editor)  # what is known of rare words, and the roles
            with CaptureQueriesContext(connection) as captured:
                memory.find(asked("It agreed on timetable 7."), editor)
            return len(captured)

        remembered("It agreed on timetable 7.", "A convenit.", origin="a.tmx")
        remembered("It agreed on timetable 8.", "A convenit opt.", origin="a.tmx")
        few = queries()
        for number in range(100, 300):
            remembered(f"It agreed on timetable {number}.", f"A convenit {number}.", origin="a.tmx")
        assert queries() == few

    def test_segments_that_say_the_same_are_repetitions(self):
        rows = segments(at_work(cast.live()), (FIRST[0], ""), (SECOND[0], ""), (FIRST[0], ""), (FIRST[0], ""))
        assert list(memory.repetitions(rows[2])) == [rows[0], rows[3]]
        assert not memory.repetitions(rows[1])


class TestGrouping:
    @given(
        words=st.lists(st.text("abcdef", min_size=3, max_size=6), min_size=3, max_size=28, unique=True), data=st.data()
    )
    def test_a_sentence_with_one_word_in_four_changed_keeps_a_group_whole(self, words, data):
        changed = set(data.draw(st.permutations(words))[: len(words) // 4])
        assert any(not changed & set(group) for group in groups(words))

    @given(words=st.lists(st.text("abcdef", min_size=3, max_size=6), max_size=60, unique=True))
    def test_each_word_is_in_one_group_and_the_rarest_lead(self, words):
        dealt = groups(words)
        assert sorted(word for group in dealt for word in group) == sorted(words)
        assert [group[0] for group in dealt] == words[: len(dealt)]

    def test_numbers_and_little_words_say_nothing_beside_others(self):
        assert beginnings("On 27 May the government of Moldova met in 2026") == [
            "may",
            "the",
            "govern",
            "moldov",
            "met",
        ]
        assert beginnings("27.05.2026") == ["27", "05", "2026"]


@pytest.mark.django_db
class TestWhoSees:
    """Before readers have a story, its sentences are shown to whoever may see it."""

    def test_of_a_story_that_is_being_edited_only_editors_and_its_translator_see_anything(self):
        of = at_work(cast.ready())
        segments(of, FIRST)
        memory.learn(of)
        # back at the desk, where no translator sees it
        cast.edit(of.original, user("elena"), standfirst="Something else.")
        assert found(FIRST[0], "elena")
        assert found(FIRST[0], "clara")
        assert found(FIRST[0], "tudor")  # who wrote it
        for name in ("rita", "adam", "sam", "nora"):
            if name != "rita":
                assert found(FIRST[0], name) == [], name
        of.segments.update(by=user("elena"))
        MemoryEntry.objects.update(by=user("elena"), article=of.original)
        assert found(FIRST[0], "tudor") == []
        assert memory.concordance("commission", "en", "ro", user("tudor")) == []

    def test_of_a_live_story_every_translator_sees_it(self, learned):
        MemoryEntry.objects.update(by=user("elena"))
        assert found(FIRST[0], "tudor")
        assert found(FIRST[0], "adam") == []

    def test_what_was_read_in_is_everybodys(self):
        remembered(*FIRST)
        assert found(FIRST[0], "tudor")


@pytest.mark.django_db(transaction=True)
class TestForgetting:
    """By the steps themselves: the memory hears of them once they are committed."""

    def test_a_held_story_is_not_offered_until_it_is_released(self, learned):
        hold(learned.original)
        assert set(MemoryEntry.objects.values_list("standing", flat=True)) == {Standing.HELD}
        assert found(FIRST[0]) == []
        release(learned.original)
        assert found(FIRST[0])

    @pytest.mark.parametrize("step", [withdrawing.retract, withdrawing.remove])
    def test_what_is_retracted_or_removed_is_forgotten(self, learned, step):
        original = cast.fresh(learned.original)
        step(original, by=user("clara"), version=original.version, note="Court order 12/2026.")
        assert set(MemoryEntry.objects.values_list("standing", flat=True)) == {Standing.WITHDRAWN}
        assert found(FIRST[0]) == []
        assert memory.concordance("commission", "en", "ro", user("elena")) == []

    def test_the_moment_between_the_step_and_its_news_shows_nothing_either(self, learned):
        hold(learned.original)
        MemoryEntry.objects.update(standing=Standing.USABLE)  # as if the news had not come
        assert found(FIRST[0]) == []
        assert memory.concordance("commission", "en", "ro", user("elena")) == []

    def test_what_is_learned_of_a_held_story_waits(self, learned):
        hold(learned.original)
        memory.learn(learned)
        assert found(FIRST[0]) == []
        release(learned.original)
        assert found(FIRST[0])

    def test_other_steps_leave_it_alone(self, learned):
        cast.corrected_again(learned.original)
        assert set(MemoryEntry.objects.values_list("standing", flat=True)) == {Standing.USABLE}

    def test_what_another_story_says_too_stays(self, learned):
        other = at_work(cast.live(slug="other", headline="Another story of the river"))
        segments(other, FIRST)
        memory.learn(other)
        original = cast.fresh(learned.original)
        withdrawing.retract(original, by=user("clara"), version=original.version, note="Not genuine.")
        assert targets(found(FIRST[0])) == [FIRST[1]]


@pytest.mark.django_db
class TestConcordance:
    def test_words_are_marked_where_they_stand(self, learned):
        line = memory.concordance("commission met", "en", "ro", user("elena"))[0]
        assert [piece for piece, marked in line.source if marked] == ["commission met"]
        assert "".join(piece for piece, _marked in line.source) == FIRST[0]
        assert line.target == ((FIRST[1], False),)
        assert line.origin == learned.article.headline

    def test_the_other_side_is_looked_through_too(self, learned):
        line = memory.concordance("CALENDAR", "en", "ro", user("elena"))[0]
        assert [piece for piece, marked in line.target if marked] == ["calendar"]

    def test_words_apart_are_found_where_the_phrase_is_not(self, learned):
        line = memory.concordance("monday commission", "en", "ro", user("elena"))[0]
        assert [piece for piece, marked in line.source if marked] == ["commission", "Monday"]

    def test_part_of_a_word_is_enough(self, learned):
        assert memory.concordance("imetab", "en", "ro", user("elena"))

    @pytest.mark.parametrize("text", ["", " a ", "ab"])
    def test_less_than_three_letters_is_refused_with_what_to_do(self, text):
        with pytest.raises(Refused, match="three letters"):
            memory.concordance(text, "en", "ro", user("elena"))

    @pytest.mark.parametrize("text", ["%%%", "___", 'a"b"c', "a'b'c", "\\\\\\", "<b>x", "[a-z]", "(((", "a b", "a & b"])
    def test_signs_stand_for_themselves(self, learned, text):
        assert memory.concordance(text, "en", "ro", user("elena")) == []

    def test_nothing_of_another_pair(self, learned):
        assert memory.concordance("commission", "en", "ru", user("elena")) == []
        assert memory.concordance("commission", "ro", "en", user("elena")) == []

    def test_no_more_than_asked_the_newest_first(self):
        for number in range(30):
            remembered(f"Timetable number {number}", f"Calendar {number}", origin="a.tmx")
        lines = memory.concordance("timetable", "en", "ro", user("elena"), 5)
        assert [line.target[0][0] for line in lines] == [f"Calendar {number}" for number in range(29, 24, -1)]
