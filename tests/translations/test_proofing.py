"""The checks before a delivery find what is wrong and leave alone what is right."""

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.copydesk.reading import Known
from translations.enums import Method, SegmentState
from translations.proofing import ERROR, MESSAGES, Pair, Said, Work, message, proof
from translations.proofing.numbers import numbers

DARCHIEV = Known(
    1,
    (
        ("Aleksandr Darchiev", "en", "preferred"),
        ("Alexander Darchiev", "en", "accepted"),
        ("Aleksandr Darcheev", "en", "misspelling"),
        ("Alexandr Darchiev", "ro", "preferred"),
        ("Александр Дарчиев", "ru", "preferred"),
        ("Олександр Дарчієв", "uk", "preferred"),
        ("Александр Дарчеев", "ru", "misspelling"),
        ("Олександр Дарчиєв", "uk", "deprecated"),
    ),
)
COULTER = Known(2, (("Sonata Coulter", "en", "preferred"),))


def checks(*pairs, source="en", target="ro", **more):
    pairs = tuple(pair if isinstance(pair, Pair) else Pair(*pair) for pair in pairs)
    return [fault.check for fault in proof(Work(source, target, pairs, **more))]


def test_a_good_translation_has_no_fault():
    assert checks(
        Pair("Darchiev: <1>hawks</1> hamper talks", "Darchiev: <1>ulii</1> împiedică discuțiile", "headline"),
        ("Aleksandr Darchiev met Sonata Coulter on 27 February.<1/>", "Alexandr Darchiev a întâlnit-o pe Sonata Coulter pe 27 februarie.<1/>"),
        ("He said: “We talk.”", "El a spus: „Discutăm.”"),
        people=(DARCHIEV, COULTER),
    ) == []  # fmt: skip


class TestWholeness:
    def test_nothing_is_left_out_without_a_reason(self):
        assert checks(("A dog.", "")) == ["untranslated"]
        assert checks(("A dog.", "<1/> ")) == ["untranslated"]
        assert checks(Pair("A dog.", "", omitted="cut for length")) == []

    def test_what_a_machine_wrote_is_read_by_somebody(self):
        raw = Pair("A dog.", "Un câine.", method=Method.MACHINE, state=SegmentState.INITIAL)
        assert checks(raw) == ["raw_machine"]
        assert checks(Pair("A dog.", "Un câine.", method=Method.MACHINE)) == ["raw_machine"]
        assert checks(Pair("A dog.", "Un câine.", method=Method.POST_EDITED)) == []
        assert checks(Pair("A dog.", "Un câine.", state=SegmentState.INITIAL)) == ["unconfirmed"]

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("The talks go on.", ["untouched"]),
            ("Sonata Coulter", []),
            ("27.02, 3:1", []),
            ("TASS / Deutsche Welle", []),
            ("deep state", []),
            ("sport", ["untouched"]),
        ],
    )
    def test_the_original_does_not_stand_untouched(self, text, found):
        assert checks((text, text), people=(DARCHIEV, COULTER), kept=("Deep State",)) == found

    def test_few_words_that_are_the_same_are_only_a_warning(self):
        faults = proof(Work("en", "ro", (Pair("sport", "sport"), Pair("The talks go on.", "The talks go on."))))
        assert [fault.severity for fault in faults if fault.check == "untouched"] == ["warning", ERROR]


class TestMarks:
    def test_lost_and_crossed_marks_are_called_by_what_they_are(self):
        marks = {"1": ["a", {"href": "/x"}], "2": ["sup", {"data-citation": "1"}], "3": ["em", {}]}
        pair = Pair("<1>a</1> b<2/> <3>c</3>", "x y z", marks=marks)
        assert checks(pair) == ["link", "citation", "mark"]
        assert checks(Pair("<1>a</1> <3>c</3>", "<1>x <3>y</1> z</3>", marks=marks)) == ["link"]

    def test_a_printed_address_stays(self):
        assert checks(("See https://example.md/a.", "Vezi https://example.md/b.")) == ["address"]
        assert checks(("See https://example.md/a.", "Vezi https://example.md/a.")) == []


RIGHT = [
    ("en", "It cost $1,000.50.", "ro", "A costat 1.000,50 dolari."),
    ("en", "It cost 1,000 euros.", "ru", "Это стоило 1000 евро."),
    ("en", "About 27,000 people.", "uk", "Близько 27 000 людей."),
    ("en", "About 3.5 million people.", "ro", "Circa 3,5 milioane de oameni."),
    ("en", "About 3.5 million people.", "ru", "Около 3 500 000 человек."),
    ("en", "Some 5,000 people.", "ru", "Около 5 тыс. человек."),
    ("en", "On 27 February 2026.", "ro", "Pe 27.02.2026."),
    ("en", "On February 27, 2026.", "ru", "27 февраля 2026 года."),
    ("en", "On 10 April.", "uk", "10 квітня."),
    ("en", "On 10 May.", "ro", "Pe 10 mai."),
    ("en", "On 2026-02-27.", "ru", "27.02.2026."),
    ("en", "At 5 p.m. today.", "ro", "Astăzi la ora 17."),
    ("en", "At 5:30 p.m. today.", "ro", "Astăzi la ora 17:30."),
    ("en", "At 17:00 today.", "ro", "Astăzi la ora 17.00."),
    ("en", "They held 2 rounds.", "ro", "Au avut două runde."),
    ("en", "They held two rounds.", "uk", "Вони провели 2 раунди."),
    ("en", "It took 5.5 hours.", "uk", "Тривало п’ять з половиною годин."),
    ("en", "It took 1.5 hours.", "ru", "Заняло полтора часа."),
    ("en", "It took 2.5 hours.", "ro", "A durat două ore și jumătate."),
    ("en", "Five men, 12 women.", "uk", "П’ять чоловіків, дванадцять жінок."),
    ("en", "In the 21st century.", "ro", "În secolul XXI."),
    ("en", "In the 1990s.", "ro", "În anii '90."),
    ("en", "In the 1990s.", "ru", "В 90-х годах."),
    ("en", "It rose 5 percent.", "ro", "A crescut cu 5 la sută."),
    ("en", "It rose 5%.", "ru", "Вырос на 5 процентов."),
    ("ru", "Счёт 3:1.", "en", "The score was 3-1."),
    ("ro", "Are 10 mai mult.", "en", "He has 10 more."),
    ("ro", "1.000 de lei.", "ru", "1000 леев."),
    ("en", "It grew 5.3 per cent.", "ro", "A crescut cu 5,3 la sută."),
    ("en", "Some 1,200 came.", "ro", "Au venit 1 200."),
    ("en", "Some 1,200 came.", "ro", "Au venit 1.200."),
    ("en", "Some 1,200 came.", "ru", "Пришли 1200."),
    ("en", "It began on 10.11.", "ro", "A început pe 10 noiembrie."),
    ("en", "It began on 10/11.", "ro", "A început pe 11.10."),
    ("en", "It began on 11/10/2026.", "uk", "Почалося 10.11.2026."),
    ("en", "They won 3:1.", "ro", "Au câștigat cu 3 la 1."),
    ("en", "They won 3-1.", "uk", "Перемогли 3:1."),
    ("en", "They won 3:1.", "ro", "Au câștigat cu trei la unu."),
    ("en", "In the season of 2025/26.", "ru", "В сезоне 2025–2026 годов."),
    ("en", "Decree 7.204.", "ro", "Decretul 7.204."),
    ("en", "At 5.30 today.", "ro", "Astăzi la 5:30."),
]
WRONG = [
    ("en", "It grew 5.3 points.", "ro", "A crescut cu 3,5 puncte.", {"number_lost", "number_added"}),
    ("en", "They won 3:1.", "ro", "Au câștigat cu 1:3.", {"number_lost", "number_added"}),
    ("en", "They won 3:1.", "ro", "Au câștigat cu 1 la 3.", {"number_lost"}),
    ("en", "Some 1,200 came.", "ro", "Au venit 1,2.", {"number_lost", "number_added"}),
    ("en", "It began on 10.11.", "ro", "A început la 11.10.", {"number_lost", "number_added"}),
    ("ro", "A început pe 10/11.", "ru", "Началось 11.10.", {"number_lost", "number_added"}),
    ("en", "On 27 February.", "ro", "Pe 28 februarie.", {"number_lost", "number_added"}),
    ("en", "On 27 February.", "ro", "Pe 27 martie.", {"number_lost", "number_added"}),
    ("en", "About 3.5 million people.", "ro", "Circa 3,5 mii de oameni.", {"number_lost", "number_added"}),
    ("en", "It cost 1,000.5 euros.", "ru", "Это стоило 10005 евро.", {"number_lost", "number_added"}),
    ("en", "In 2026.", "uk", "Торік.", {"number_lost"}),
    ("en", "It took 5.5 hours.", "uk", "Тривало п’ять годин.", {"number_lost"}),
    ("en", "Last year.", "uk", "У 2025 році.", {"number_added"}),
    ("en", "It rose 5%.", "ru", "Вырос на 5 пунктов.", {"percent"}),
    ("en", "It cost $5.", "ro", "A costat 5 euro.", {"currency"}),
    ("en", "At 5 p.m. today.", "ro", "Astăzi la ora 18.", {"number_lost", "number_added"}),
]


def english(value: Decimal) -> list[str]:
    return [f"{value:,.2f}", f"{value:.2f}"]


def continental(value: Decimal) -> list[str]:
    grouped = f"{value:,.2f}".replace(".", "!")
    return [grouped.replace(",", sign).replace("!", ",") for sign in (".", " ", "\u00a0", "\u202f", "")]


WRITES = [("en", english), ("ro", continental), ("ru", continental), ("uk", continental)]


class TestNumbers:
    @pytest.mark.parametrize(("source", "said", "target", "says"), RIGHT)
    def test_numbers_as_each_language_writes_them_are_right(self, source, said, target, says):
        assert checks((said, says), source=source, target=target) == []

    @pytest.mark.parametrize(("source", "said", "target", "says", "found"), WRONG)
    def test_numbers_that_differ_are_found(self, source, said, target, says, found):
        assert set(checks((said, says), source=source, target=target)) == found

    @given(st.decimals(0, 99_999_999, places=2), st.sampled_from(WRITES), st.sampled_from(WRITES), st.data())
    def test_a_number_is_the_same_in_the_form_of_each_language_and_no_other(self, value, source, target, data):
        said, says = data.draw(st.sampled_from(source[1](value))), data.draw(st.sampled_from(target[1](value)))
        assert checks((f"Item {said} here.", f"Item {says} here!"[:-1] + "."), source=source[0], target=target[0]) in (
            [],
            ["untouched"],
        )
        other = data.draw(st.decimals(0, 99_999_999, places=2).filter(lambda one: one != value))
        wrong = data.draw(st.sampled_from(target[1](other)))
        if wrong != said:
            assert "number_lost" in checks(
                (f"Item {said} here.", f"Item {wrong} here."), source=source[0], target=target[0]
            )

    def test_a_number_may_move_within_its_paragraph(self):
        assert checks(("In 2026 he came.", "A venit."), ("He left.", "A plecat în 2026.")) == []
        assert checks(Pair("In 2026.", "Atunci.", paragraph=1), Pair("He left.", "A plecat în 2026.", paragraph=2)) == [
            "number_lost", "number_added",
        ]  # fmt: skip

    @given(
        st.lists(st.sampled_from(["2026-02-27", "3:1", "1,5", "1.000", "5", "17:30", " ", "million", "mii", "тыс.", "p.m.", "%", "май", "'90", "-х", "/", "XX"]), max_size=6).map("".join),
        st.sampled_from(["ro", "en", "ru", "uk", "de"]),
    )  # fmt: skip
    def test_any_heap_of_numbers_can_be_read(self, text, language):
        numbers(text, language)

    def test_versions_and_endless_numbers_agree_with_themselves(self):
        for text in ("Version 1.2.3.4 is out.", "9" * 6_000, "1/2/3/4/5", "1.2.3.4 million"):
            assert checks((text, f"Da {text}")) == []

    @given(st.text(max_size=80), st.sampled_from(["ro", "en", "ru", "uk", "de"]))
    def test_any_text_can_be_read_and_agrees_with_itself(self, text, language):
        numbers(text, language)
        assert not {"number_lost", "number_added"} & set(checks((text, text), source=language, target=language))


class TestPeople:
    def test_whoever_is_named_is_named_in_any_case(self):
        said = "Aleksandr Darchiev spoke. Darchiev left."
        assert checks((said, "Выступление Александра Дарчиева. Дарчиев ушёл."), target="ru", people=(DARCHIEV,)) == []
        assert checks((said, "Посол говорил. Потом ушёл."), target="ru", people=(DARCHIEV,)) == ["name_missing"]

    def test_one_naming_in_the_story_is_enough(self):
        assert checks(
            ("Aleksandr Darchiev spoke.", "Alexandr Darchiev a vorbit."),
            ("Darchiev left.", "Ambasadorul a plecat."),
            people=(DARCHIEV,),
        ) == []  # fmt: skip

    def test_spellings_are_those_of_the_register(self):
        said = "Aleksandr Darchiev spoke."
        assert checks((said, "Говорил Александр Дарчеев."), target="ru", people=(DARCHIEV,)) == ["name_misspelled"]
        assert checks((said, "Говорив Олександр Дарчиєв."), target="uk", people=(DARCHIEV,)) == ["name_deprecated"]
        assert checks((said, "Alexander Darchiev a vorbit."), people=(DARCHIEV,)) == ["name_foreign"]

    def test_a_person_without_a_form_in_the_language_is_looked_up(self):
        assert checks(("Sonata Coulter spoke.", "Говорила Соната Коултер."), target="ru", people=(COULTER,)) == [
            "name_unknown"
        ]

    def test_who_is_only_in_the_register_is_not_asked_for(self):
        assert checks(("Somebody spoke.", "Cineva a vorbit."), people=(DARCHIEV,)) == []


class TestRoundTrip:
    SAID = Said("The deep state hampers the dialogue", "Глубинное государство мешает диалогу", "ru")

    def test_words_on_file_are_not_translated_back(self):
        said = "“The deep state hampers the dialogue,” he said."
        back = "«Глубокое государство препятствует диалогу», — сказал он."
        right = "«Глубинное государство мешает диалогу», — сказал он."
        assert "round_trip" in checks(("A.", "Б."), (said, back), target="ru", quotes=(self.SAID,))
        assert "round_trip" not in checks(("A.", "Б."), (said, right), target="ru", quotes=(self.SAID,))
        (fault,) = (
            one
            for one in proof(Work("en", "ru", (Pair("A.", "Б."), Pair(said, back)), quotes=(self.SAID,)))
            if one.check == "round_trip"
        )
        assert fault.index == 1
        assert "Глубинное государство мешает диалогу" in message(fault)

    def test_another_language_may_be_translated(self):
        assert (
            checks(
                ("“The deep state hampers the dialogue”", "„Statul profund împiedică dialogul”"), quotes=(self.SAID,)
            )
            == []
        )


class TestTypography:
    @pytest.mark.parametrize(
        ("language", "right", "wrong"),
        [
            ("ro", "„Da «nu»”", "“Da”"),
            ("en", "“Yes ‘no’”", "«Yes»"),
            ("ru", "«Да „нет“»", "“Да”"),
            ("uk", "«Так “ні”»", '"Так"'),
        ],
    )
    def test_quotation_marks_are_those_of_the_language(self, language, right, wrong):
        source = "en" if language != "en" else "ro"
        said = "“Yes”" if source == "en" else "„Da”"
        assert "quotation_marks" not in checks((said, right), source=source, target=language)
        assert "quotation_marks" in checks((said, wrong), source=source, target=language)

    def test_quotations_are_closed_within_the_paragraph(self):
        assert checks(("“Yes. No.”", "„Da. Nu.”")) == []
        assert checks(("“Yes.", "„Da."), ("No.”", "Nu.”")) == []
        assert checks(("“Yes.”", "„Da.")) == ["unbalanced"]
        assert checks(("“Yes.", "„Da.")) == []

    def test_the_headline_is_not_too_long(self):
        assert checks(Pair("a" * 190, "b" * 201, "headline")) == ["headline_long"]
        assert checks(Pair("a" * 45, "b" * 64, "headline")) == ["headline_longer"]
        assert checks(Pair("a" * 10, "b" * 20, "headline"), ("a" * 10, "b" * 300)) == []

    def test_letters_blanks_and_ends(self):
        assert checks(("They speak.", "Aceştia vorbesc.")) == ["cedilla"]
        assert checks(("They speak.", "Aceștia  vorbesc.")) == ["double_blank"]
        assert checks(("They speak.", "Aceștia vorbesc!")) == ["final_sign"]
        assert checks(("They speak.", "Aceștia vorbesc")) == ["no_final_sign"]
        assert checks(("“They speak.”", "„Aceștia vorbesc”.")) == []


def test_every_fault_has_a_message():
    pairs = (
        Pair("“A dog” 5.", "Un câine", "headline"),
        Pair("See x@y.md", "", method=""),
        Pair("a", "a <1>b", state="initial"),
    )
    for fault in proof(Work("en", "ro", pairs)):
        assert fault.check in MESSAGES
        assert "%(" not in message(fault)


PIECES = [
    "<1>",
    "</1>",
    "<2/>",
    "Darchiev",
    "Дарчиев",
    "27",
    "2.5",
    "„",
    "”",
    "«",
    ".",
    " ",
    "is",
    "mai",
    "may",
    "%",
    "$",
    "’",
    "IX",
    "\n",
    "&amp;",
]


@given(st.lists(st.tuples(*[st.lists(st.sampled_from(PIECES), max_size=9).map("".join)] * 2), max_size=5))
def test_whatever_is_typed_is_checked_and_said(pairs):
    work = Work(
        "en", "ru", tuple(Pair(*pair) for pair in pairs), people=(DARCHIEV,), quotes=(Said("is 27", "27", "ru"),)
    )
    for fault in proof(work):
        assert message(fault)
        assert fault.index is None or 0 <= fault.index < len(pairs)


@pytest.mark.parametrize("piece", [".", "1.", "1 ", "A.", "I", "a", "1-", "a@", "('", "Aa ", "https://", "“", "p.m."])
def test_time_grows_with_the_text_alone(piece):
    """A check that goes quadratic takes a quarter of a minute for one of these."""
    text = (piece * 20_000)[:20_000]
    began = time.process_time()
    proof(Work("en", "ro", (Pair(text, text + "x"),), people=(DARCHIEV,)))
    assert time.process_time() - began < 5


class TestQuotations:
    SAID = Said("We agree with the plan. It is a good one.", "Suntem de acord cu planul. E unul bun.", "ro")
    ONE, TWO = "“We agree with the plan.", "It is a good one.”"

    def found(self, *pairs: Pair) -> list[str]:
        return [one for one in checks(*pairs, quotes=(self.SAID,)) if one == "round_trip"]

    def test_words_that_are_left_out_are_not_translated_back(self):
        left = {"omitted": "Cut."}
        assert self.found(Pair("He spoke.", "A vorbit."), Pair(self.ONE, **left), Pair(self.TWO, **left)) == []

    def test_each_segment_that_is_left_out_excuses_one_sentence(self):
        left = Pair(self.TWO, omitted="Cut.")
        assert self.found(Pair(self.ONE, "„Suntem de acord cu planul.”"), left) == []
        assert self.found(Pair(self.ONE, "„Planul ne place și nouă.”"), left) == ["round_trip"]

    def test_what_is_left_out_in_one_place_is_asked_in_another(self):
        words = self.SAID.words
        pairs = (Pair(words, omitted="Cut."), Pair(words, "Ne place planul. E bun.", field="quote-1-words"))
        assert self.found(*pairs) == ["round_trip"]

    def test_leaving_out_something_else_excuses_nothing(self):
        other = Pair("He spoke.", omitted="Cut.")
        assert self.found(other, Pair(self.ONE, "„Ne place planul.”"), Pair(self.TWO, "E bun.")) == ["round_trip"]

    @pytest.mark.parametrize(
        ("said", "says", "found"),
        [
            ("He said: “We agree with this plan.”", "El a spus că e bine.", ["quotation_lost"]),
            ("He said: “We agree with this plan.”", "El a spus: „Suntem de acord.”", []),
            ("He said: “We agree with this plan.”", "– Suntem de acord, a spus el.", []),
            ("The weekly “Our Economy” says so.", "Săptămânalul Our Economy scrie asta.", []),
        ],
    )
    def test_what_is_quoted_stays_quoted(self, said, says, found):
        assert [one for one in checks((said, says)) if one == "quotation_lost"] == found
