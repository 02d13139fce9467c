"""One name, one spelling, registered or not."""

import pytest

from articles.copydesk.reading import Known
from tests.copydesk.story import BODY, brief, found, picture


def check(body, people=()):
    return brief(found("spellings", people, body=f"<p>{body}</p>", quotes=[], mentions=[]))


def test_two_spellings_of_an_unregistered_name_are_an_error():
    findings = found("spellings", (), body="<p>Now Jan Kowalski spoke. Later Kowalsky left, and Kowalski stayed.</p>")
    assert brief(findings) == [("error", "body", "Kowalsky")]
    assert findings[0].suggestion == "Kowalski"
    assert "Jan Kowalski" in findings[0].text


def test_the_registered_one_is_taken_for_the_right_one():
    people = (Known(1, (("Jan Kowalski", "en", "preferred"),)),)
    assert check("Here Jan Kowalsky and Kowalsky and Jan Kowalski spoke.", people) == [
        ("error", "body", "Jan Kowalsky")
    ]


def test_a_caption_is_held_against_the_body():
    findings = found("spellings", (), pictures=[picture(caption="There Sonata Colter smiles")])
    assert brief(findings) == [("error", "pictures", "Sonata Colter")]


def test_a_known_misspelling_is_told_of_once_by_the_rule_for_names():
    assert found("spellings", body=BODY.replace("Darchiev spoke", "Darcheev spoke")) == []


def test_namesakes_who_are_both_registered_are_two_people():
    people = (Known(1, (("Ion Ceban", "ro", "preferred"),)), Known(2, (("Ion Ciobanu", "ro", "preferred"),)))
    assert check("Acum Ion Ceban și Ion Ciobanu.", people) == []
    assert check("Acum Ion Ceban și Ion Ciobanu.") == [("error", "body", "Ion Ciobanu")]


@pytest.mark.parametrize(
    "body",
    [
        "Вчера Александр Дарчиев прибыл. Речь Александра Дарчиева ждали, Дарчиеву хлопали, с Дарчиевым спорили.",
        "Учора Тарас Петренко був. Слова Тараса Петренка чули, з Петренком говорили, Петренкові писали.",
        "Here Ivan Popov and Ana Popova and Popov’s son.",
        "Acum Daniel Popescu și Daniela Popescu.",
        "There is Jan Li and Jan Lu.",
        "Then Peter Marsh spoke of Mars, March and Marche.",
    ],
)
def test_case_forms_families_and_short_names_are_no_alarm(body):
    assert check(body) == []


def test_at_most_five_are_reported():
    pairs = [
        "Kowalski Kowalsky",
        "Ionescu Ionesco",
        "Berezin Berezyn",
        "Darchiev Darcheev",
        "Fedorov Fedarov",
        "Gromyko Gromiko",
        "Lavrentiev Lavrentev",
    ]
    body = " and ".join(f"Jan {one} met {two}" for one, two in map(str.split, pairs))
    assert len(check(f"There {body}.")) == 5


@pytest.mark.parametrize(
    ("printed", "meant"),
    [("D\u0430rchiev", "Darchiev"), ("Д\u0061рчиевым", "Дарчиевым"), ("minist\u0435r", "minister")],
)
def test_a_word_in_letters_of_two_scripts_is_an_error(printed, meant):
    (finding,) = found("spellings", headline=f"with {printed} today", mentions=[])
    assert brief([finding]) == [("error", "headline", printed)]
    assert (finding.place.start, finding.place.end) == (5, 5 + len(printed))
    assert finding.suggestion == meant
    assert printed in finding.text


def test_a_misspelling_in_two_scripts_is_told_of_once_by_the_rule_for_names():
    assert found("spellings", headline="with D\u0430rcheev today") == []


def test_two_spellings_are_seen_through_letters_of_another_script():
    assert check("Here Jan Kowalski and Kow\u0430lsky spoke.") == [
        ("error", "body", "Kow\u0430lsky"),
        ("error", "body", "Kow\u0430lsky"),
    ]


def test_the_place_of_a_name_is_what_stands_in_the_text():
    assert check("Here Jan Kowalski and Kow\u00adalsky’s son spoke.") == [("error", "body", "Kow\u00adalsky")]
    assert check("Here Jan Kowalski met J. Kowalsky.") == [("error", "body", "J. Kowalsky")]


def test_a_soft_hyphen_is_no_other_spelling():
    assert check("Here Jan Kowalski and Kowal\u00adski and Kowal\u200bski spoke.") == []


@pytest.mark.parametrize("body", ["Наша IT-компания и PR-служба, SMSки и VIPы, Zelensky’ого"])
def test_words_put_together_of_two_scripts_are_no_alarm(body):
    assert check(body) == []


def test_letters_in_a_passage_of_another_language_are_left_alone():
    assert found("spellings", body='<p lang="ru">Д\u0061рчиев</p>', mentions=[]) == []
