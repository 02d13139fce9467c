"""Words with signs that can't be seen in them, and words in letters of two scripts that look alike."""

import pytest

from articles.names import Likeness, fold, light, lookup_keys, names_in, same_person_spelling, settle

UNSEEN = ["\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff"]


@pytest.mark.parametrize("sign", UNSEEN, ids=ascii)
def test_signs_that_cannot_be_seen_do_not_count(sign):
    printed = f"Dar{sign}cheev"
    assert settle(printed) == "Darcheev"
    assert fold(printed) == "darcheev"
    assert light(printed) == "darcheev"
    assert "darcheev" in lookup_keys(f"talks with {printed} today")
    assert same_person_spelling(f"Jan {printed}", "Jan Darcheev") is Likeness.SAME
    text = f"there Aleksandr{sign} {sign}{printed}{sign} spoke"
    (name,) = names_in(text)
    assert (name.text, name.family) == ("Aleksandr Darcheev", "Darcheev")
    assert text[name.start : name.end].endswith(printed)


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("Dаrcheev", "Darcheev"),  # Cyrillic а
        ("Dаrсhееv", "Darcheev"),  # Cyrillic а, с, е, е
        ("Сeban", "Ceban"),  # Cyrillic С
        ("Рореsсu", "Popescu"),  # more Cyrillic letters than Latin, but s and u have no twin
        ("Țurсanu", "Țurcanu"),
        ("Дapчeeв", "Дарчеев"),  # Latin a, p, e, e
        ("Сaнду", "Санду"),
        ("Зеленcький", "Зеленський"),
        ("Jean-Luс", "Jean-Luc"),
        ("ХХI", "XXI"),
    ],
)
def test_letters_that_look_alike_are_read_in_one_script(printed, meant):
    assert printed != meant
    assert settle(printed) == meant
    assert fold(printed) == fold(meant)
    assert light(printed) == light(meant)
    assert fold(meant) in lookup_keys(f"«{printed}»") or "-" in meant
    assert same_person_spelling(f"Ion {printed}", f"Ion {meant}") is Likeness.SAME


def test_a_variant_is_seen_through_them():
    assert same_person_spelling("Jan Dаrcheev", "Jan Darchiev") is Likeness.VARIANT
    assert [name.text for name in names_in("there Jan Darchiev met Dаrcheev")] == ["Jan Darchiev", "Darcheev"]


@pytest.mark.parametrize(
    "word",
    [
        "Darchiev",
        "Дарчиев",
        "IT-компания",
        "Zelensky’ого",
        "VIPы",
        "Țurcanu",
        "п’ять",
        "PDFа",
        "Ελένη",
        "Ґалаґан",
        "Straße",
    ],
)
def test_other_words_stay_as_they_are(word):
    assert settle(word) == word


def test_accents_typed_apart_are_part_of_the_word():
    assert "tataru" in lookup_keys("cu Ta\u0306taru")
    assert "darchiev" in lookup_keys("Да\u0301рчиева")


def test_a_huge_heap_of_unseen_signs_is_read():
    assert lookup_keys("A" + "\u00ad" * 200_000) == {"a"}
    assert lookup_keys("A" + "\u00ad'" * 100_000) == {"a"}
    assert names_in("Аb" * 100_000) == []
