"""Names of people, as the register says."""

import pytest

from articles.copydesk.reading import Known
from tests.copydesk.story import BODY, PEOPLE, brief, found, picture, quote

HERE = [{"person": 1, "name": ""}, {"person": 2, "name": ""}, {"person": 3, "name": ""}]


def check(text, language="en", people=PEOPLE):
    return [
        (str(f.severity), f.place.excerpt, f.suggestion)
        for f in found("names", people, language=language, headline=text, standfirst="", body="", quotes=[], mentions=HERE, pictures=[])
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "printed", "suggestion"),
    [
        ("talks with Aleksandr Darcheev today", "Aleksandr Darcheev", "Aleksandr Darchiev"),
        ("talks with Darcheev today", "Darcheev", "Darchiev"),
        ("Darcheev’s talks", "Darcheev’s", None),
        ("DARCHEEV LEAVES", "DARCHEEV", "Darchiev"),
        ("Ambassador Darcheev leaves", "Darcheev", "Darchiev"),
        ("talks with A. Darcheev", "Darcheev", "Darchiev"),
        ("Today Darcheev leaves", "Darcheev", "Darchiev"),
        ("with Dar\u00adcheev", "Dar\u00adcheev", "Darchiev"),
        ("with Dar\u200bche\u2060ev\ufeff", "Dar\u200bche\u2060ev", "Darchiev"),
        ("Aleksandr\u200b \u200dDarcheev", "Aleksandr\u200b \u200dDarcheev", "Aleksandr Darchiev"),
        ("with D\u0430rch\u0435ev", "D\u0430rch\u0435ev", "Darchiev"),
        ("\u0410leksandr D\u0430rcheev", "\u0410leksandr D\u0430rcheev", "Aleksandr Darchiev"),
    ],
)
def test_a_known_misspelling_blocks(text, printed, suggestion):
    assert check(text) == [("blocking", printed, suggestion)]


def test_a_misspelling_in_another_case_blocks():
    assert check("Слова Александра Дарчеева", "ru") == [("blocking", "Александра Дарчеева", None)]
    assert check("встреча с Дарчеевым", "ru") == [("blocking", "Дарчеевым", None)]
    assert check("встреча с Д\u0061рч\u0065евым", "ru") == [("blocking", "Д\u0061рч\u0065евым", None)]


@pytest.mark.parametrize("text", ["встреча с Александром Дарчиевым", "о Дарчиеве", "Дарчиева ждут"])
def test_case_forms_of_the_right_spelling_are_right(text):
    assert check(text, "ru") == []


def test_a_misspelling_is_found_in_every_text_field():
    wrong = "with Darcheev"
    fields = {
        "kicker": wrong,
        "headline": wrong,
        "standfirst": wrong,
        "dateline": wrong,
        "body": f"<ul><li>{wrong}</li></ul>",
    }
    fields["tags"] = ["diplomacy", wrong]
    fields["quotes"] = [
        quote(words=wrong),
        quote(number=2, speaker=wrong),
        quote(number=3, description=wrong),
    ]
    fields["quotes"].append(quote(number=4, role=wrong))
    fields["pictures"] = [picture(alt=wrong), picture(number=2, caption=wrong)]
    fields["mentions"] = [{"person": 2, "name": wrong}]
    places = [(f.place.field, f.place.row) for f in found("names", **fields) if f.severity == "blocking"]
    assert places == [
        ("kicker", None), ("headline", None), ("standfirst", None), ("dateline", None), ("body", None), ("quotes", 1),
        ("quotes", 2), ("quotes", 3), ("quotes", 4), ("pictures", 1), ("pictures", 2), ("mentions", 1), ("tags", 2),
    ]  # fmt: skip


def test_tags_are_often_typed_in_lower_case():
    assert brief(found("names", tags=["darcheev"])) == [("blocking", "tags", "darcheev")]
    assert found("names", standfirst="the word darcheev is no name") == []


def test_a_misspelling_behind_another_form_of_the_given_name_blocks():
    assert check("with Alexander Darcheev") == [("blocking", "Darcheev", "Darchiev")]


def test_somebody_else_of_that_name_is_left_alone():
    assert check("talks with Ivan Darcheev") == []
    namesake = Known(9, (("Ivan Darcheev", "en", "preferred"),))
    assert check("talks with Darcheev", people=(*PEOPLE, namesake)) == []


def test_diacritics_alone_make_a_misspelling():
    assert check("cu Iurie Tataru", "ro") == [("blocking", "Iurie Tataru", "Iurie Tătaru")]
    assert check("cu Iurie Tătaru", "ro") == []
    assert check("with Iurie Tataru", "en") == []


def test_a_form_no_longer_used_is_a_warning():
    assert check("with Alexander Darchiev") == [("warning", "Alexander Darchiev", "Aleksandr Darchiev")]


def test_another_language_s_form_is_advice():
    assert check("with Aleksandr Darciev") == [("advice", "Aleksandr Darciev", "Aleksandr Darchiev")]
    assert check("with Darciev") == [("advice", "Darciev", "Darchiev")]


def test_another_language_s_form_is_right_where_the_register_has_no_other():
    assert check("з Aleksandr Darciev", "uk") == []


def test_words_in_another_language_are_left_alone():
    assert found("names", body=BODY + '<p lang="ro">Aleksandr Darcheev</p>') == []


def test_a_person_named_but_not_listed_is_advice_once():
    findings = found("names", mentions=[], body=BODY + "<p>Sonata Coulter left.</p>")
    assert brief(findings) == [("advice", "body", "Sonata Coulter")]


@pytest.mark.parametrize("body", ["<p>Envoys met.</p>", "<p>Envoys met <em>Coulters</em>.</p>"])
def test_a_mention_of_somebody_whom_the_text_names_nowhere_is_advice(body):
    assert brief(found("names", body=body, pictures=[])) == [("advice", "mentions", "Sonata Coulter")]


@pytest.mark.parametrize("body", ["<p>Sonata Coulter came.</p>", "<p>Coulter’s talks.</p>"])
def test_a_mention_of_somebody_whom_the_text_names_is_right(body):
    assert found("names", body=body, pictures=[]) == []


def test_a_person_who_is_quoted_needs_no_other_name():
    assert found("names", body="<p>Envoys met.</p>", mentions=[{"person": 1, "name": "Aleksandr Darchiev"}], pictures=[]) == []  # fmt: skip
