"""How words are always translated, never translated or never said: offered to translators, and checked."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Person, PersonName
from tests import cast
from tests.translations.making import at_work, segments, term
from translations import terms
from translations.enums import TermKind
from translations.models import Term
from translations.terms.finding import find, same, split

pytestmark = pytest.mark.django_db


def hints(text: str, languages=("en", "ro"), section=None) -> list[tuple[str, str]]:
    book = terms.read(text, *languages, section)
    return [(hint.source_form, hint.target_form) for hint in terms.hints_for(text, book)]


def faults(source: str, target: str) -> list[tuple[str, str]]:
    number = Article.objects.count()
    row = segments(at_work(cast.live(slug=f"story-{number}")), (source, target))[0]
    return [(fault.check, fault.excerpt) for fault in terms.faults([row])]


class TestHints:
    def test_a_term_is_offered_where_it_stands(self):
        term("river commission", "comisie fluvială", "comisia Dunării", note="Ministry's usage")
        found = terms.hints_for("The River Commission met.", terms.read("The River Commission met.", "en", "ro"))
        assert [(hint.source_form, hint.target_form, hint.kind, hint.forbidden, hint.note) for hint in found] == [
            ("River Commission", "comisie fluvială", "translate", False, "Ministry's usage"),
            ("River Commission", "comisia Dunării", "translate", False, "Ministry's usage"),
        ]

    @pytest.mark.parametrize(
        ("language", "filed", "printed"),
        [
            ("en", "ceasefire", "ceasefires"),
            ("ro", "guvern", "guvernului"),
            ("ro", "armistițiu", "armistițiul"),
            ("ru", "правительство", "правительством"),
            ("ru", "перемирие", "перемирия"),
            ("uk", "перемир'я", "перемирʼя"),
            ("uk", "уряд", "урядом"),
        ],
    )
    def test_in_whatever_form(self, language, filed, printed):
        other = "en" if language != "en" else "ro"
        term(filed, "x", languages=(language, other))
        assert hints(f"— {printed} —", (language, other)) == [(printed, "x")]

    @pytest.mark.parametrize(
        ("one", "other"), [("port", "portrait"), ("governor", "government"), ("мир", "мирт"), ("стран", "странный")]
    )
    def test_another_word_is_no_form_of_it(self, one, other):
        assert not same(one, other)

    def test_letters_as_they_are(self):
        term("US", "SUA", case_sensitive=True)
        assert hints("It told us so.") == []
        assert hints("The US said so.") == [("US", "SUA")]

    def test_of_two_that_overlap_the_longer_one(self):
        term("commission", "comisie")
        term("river commission", "comisie fluvială")
        assert hints("The river commission met.") == [("river commission", "comisie fluvială")]

    def test_what_is_not_translated_is_said_for_every_language(self):
        term("Reuters", kind=TermKind.KEEP, languages=("en", ""))
        assert hints("Reuters reports it.", ("en", "ru")) == hints("Reuters reports it.") == [("Reuters", "Reuters")]

    def test_another_pair_and_another_section_have_their_own(self):
        term("commission", "комиссия", languages=("en", "ru"))
        term("commission", "comision", section=cast.section("economy"))
        assert hints("The commission met.") == []
        assert hints("The commission met.", section=cast.section("economy").pk) == [("commission", "comision")]

    def test_people_are_offered_by_their_preferred_form(self):
        cast.speaker()
        assert hints("Aleksandr Darchiev said so.") == [("Aleksandr Darchiev", "Aleksandr Darciev")]
        assert hints("Встреча с Дарчиевым прошла.", ("ru", "en")) == [("Дарчиевым", "Aleksandr Darchiev")]
        assert hints("Aleksandr Darchiev said so.", ("en", "uk")) == []  # none on file

    def test_they_stand_in_the_order_of_the_sentence(self):
        cast.speaker()
        term("timetable", "calendar")
        assert [source for source, _target in hints("A timetable, said Darchiev, exists.")] == ["timetable", "Darchiev"]

    def test_a_segment_asks_for_its_own(self):
        term("timetable", "calendar")
        row = segments(at_work(cast.live()), ("It agreed on a <1>timetable</1> &amp; more.", ""))[0]
        assert [hint.target_form for hint in terms.hints(row)] == ["calendar"]

    @pytest.mark.parametrize("text", ["", " ", "…", "— ! —", "'", "1 2 3", "%_", "日本"])
    def test_any_text_can_be_asked_about(self, text):
        term("timetable", "calendar")
        assert hints(text) == []


class TestFaults:
    def test_a_term_that_is_said_otherwise(self):
        term("timetable", "calendar", "grafic")
        assert faults("It agreed on a timetable.", "A convenit asupra unui orar.") == [("term", "timetable")]

    def test_one_of_its_forms_in_any_case_is_right(self):
        term("timetable", "calendar", "grafic")
        assert faults("It agreed on a timetable.", "A stabilit graficul.") == []

    def test_what_is_not_translated_stands_as_it_is(self):
        term("Radio Free Europe", kind=TermKind.KEEP, languages=("en", ""))
        assert faults("Radio Free Europe has it.", "Radio Europa Liberă are știrea.") == [("kept", "Radio Free Europe")]
        assert faults("Radio Free Europe has it.", "Radio Free Europe are știrea.") == []

    def test_what_is_forbidden_wherever_it_stands(self):
        term("", "așa-zisul", kind=TermKind.FORBIDDEN)
        assert faults("The minister spoke.", "Așa-zisul ministru a vorbit.") == [("forbidden", "Așa-zisul")]
        assert faults("The minister spoke.", "Ministrul a vorbit.") == []

    def test_what_is_forbidden_for_one_word_alone(self):
        term("fighters", "teroriști", kind=TermKind.FORBIDDEN, note="Say luptători.")
        assert faults("The fighters left.", "Teroriștii au plecat.") == [("forbidden", "Teroriștii")]
        assert faults("The terrorists left.", "Teroriștii au plecat.") == []

    def test_the_message_says_what_to_do(self):
        term("fighters", "teroriști", kind=TermKind.FORBIDDEN, note="Say luptători.")
        row = segments(at_work(cast.live()), ("The fighters left.", "Teroriștii au plecat."))[0]
        assert terms.faults([row])[0].message == "“Teroriștii” is not used here. Say luptători."

    def test_what_is_left_out_or_empty_has_no_faults(self):
        term("timetable", "calendar")
        of = at_work(cast.live())
        segments(of, ("A timetable.", ""))
        segments(of, ("A timetable.", "Un orar."), omitted="Said already.")
        assert terms.faults(of.segments.all()) == []

    def test_a_story_asks_no_more_than_a_sentence(self):
        term("timetable", "calendar")
        cast.speaker()
        of = at_work(cast.live())
        rows = segments(of, *((f"Timetable {n} of Darchiev, word{n}.", f"Orar {n}.") for n in range(300)))
        counts = []
        for some in (rows[:1], rows):
            some[0].job.original  # noqa: B018  # read before
            with CaptureQueriesContext(connection) as captured:
                assert len(terms.faults(some)) == len(some)
            counts.append(len(captured))
        assert counts[0] == counts[1]


class TestRegister:
    def test_forms_are_kept_a_line_each_without_empty_ones(self):
        row = term("  river   commission ", "  a ", "", " b  c")
        row.refresh_from_db()
        assert (row.source, row.forms) == ("river commission", ["a", "b c"])

    @pytest.mark.parametrize(
        "broken",
        [
            {"source": ""},
            {"target": ""},
            {"target_language": ""},
            {"target_language": "en"},
            {"kind": "other"},
        ],
    )
    def test_the_database_refuses_half_a_term(self, broken):
        values = {"source": "a", "target": "b", "source_language": "en", "target_language": "ro", "kind": "translate"}
        with pytest.raises(IntegrityError), transaction.atomic():
            Term.objects.create(**values | broken)

    @pytest.mark.parametrize("section", [None, "economy"])
    def test_the_database_keeps_a_term_once(self, section):
        where = cast.section(section) if section else None
        term("timetable", "calendar", section=where)
        with pytest.raises(IntegrityError), transaction.atomic():
            term("timetable", "grafic", section=where)

    def test_a_person_of_the_same_family_name_is_another(self):
        for slug, given in (("ion-rusu", "Ion"), ("ana-rusu", "Ana")):
            person = Person.objects.create(slug=slug, name=f"{given} Rusu")
            PersonName.objects.create(person=person, language="en", kind="preferred", form=f"{given} Rusu")
            PersonName.objects.create(person=person, language="ru", kind="preferred", form=f"{given}-ru")
        assert hints("Ana Rusu said so.", ("en", "ru")) == [("Ana Rusu", "Ana-ru")]


def test_a_phrase_is_found_where_it_is_printed():
    text = "„Comisia Fluvială”, a spus el"
    assert [found.printed for found in find("comisie fluvială", split(text), text)] == ["Comisia Fluvială"]
