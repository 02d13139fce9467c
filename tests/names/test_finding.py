"""Names of people in a text."""

from articles.names import lookup_keys, names_in, tail


def found(text):
    return [name.text for name in names_in(text)]


def test_full_names_and_what_is_near_a_family_name():
    text = "Yesterday Aleksandr Darchiev spoke. Later Darchiev left, and Darcheev led the talks with Sonata Coulter."
    assert found(text) == ["Aleksandr Darchiev", "Darchiev", "Darcheev", "Sonata Coulter"]


def test_titles_and_words_that_begin_a_sentence_are_no_names():
    assert found("President Maia Sandu met Ambassador Jan Kowalski. In Ion Ceban they see a rival.") == [
        "Maia Sandu",
        "Jan Kowalski",
        "Ion Ceban",
    ]


def test_particles_initials_hyphens_and_apostrophes_belong_to_a_name():
    text = "There spoke Ursula von der Leyen, then A. Darchiev, then Jean-Luc Mélenchon, then Shaun O’Neill."
    assert found(text) == ["Ursula von der Leyen", "A Darchiev", "Jean-Luc Mélenchon", "Shaun O’Neill"]


def test_places_capitals_and_common_words_are_no_names():
    assert found(
        "TASS and NATO met in Istanbul. The Kremlin said, and Congress agreed. Ashraf Ghani was in Ghana."
    ) == ["Ashraf Ghani"]


def test_a_word_that_the_text_has_in_lower_case_is_no_name():
    assert found("There is Peter Marsh. Marsh land is a marsh.") == ["Peter Marsh"]


def test_a_name_does_not_run_over_a_line_or_sentence():
    assert found("it was Maia Sandu. Ion Ceban came\nDorin Recean too") == [
        "Maia Sandu",
        "Ion Ceban",
        "Dorin Recean",
    ]


def test_cyrillic_names():
    text = "Вчера Александр Дарчиев выступил. Встречу с Дарчиевым назвали важной."
    assert found(text) == ["Александр Дарчиев", "Дарчиевым"]


def test_offsets_are_where_the_name_is_printed():
    text = "then Jean-Luc Mélenchon spoke"
    (name,) = names_in(text)
    assert text[name.start : name.end] == "Jean-Luc Mélenchon"
    assert name.family == "Mélenchon"


def test_lookup_keys_meet_the_register_in_any_case():
    keys = lookup_keys("посла Дарчиева, Петренком, Popescu-Tăriceanu; lui Dodon; DARCHEEV said Coulter's")
    for form in (
        "Александр Дарчиев",
        "Петренко",
        "Călin Popescu-Tăriceanu",
        "Igor Dodon",
        "Darcheev",
        "Coulter",
    ):
        assert tail(form) in keys
    assert "said" not in keys


def test_a_huge_text_of_names_is_read():
    text = " ".join(
        f"Ion{chr(97 + n % 26)} Ceban{chr(97 + n // 26 % 26)}{chr(97 + n // 676 % 26)}," for n in range(7_500)
    )
    assert len(names_in(text)) == 7_500
    assert len(lookup_keys("А" * 125_000)) > 0
    assert names_in("Ab " * 50_000) == []


def test_the_case_forms_of_an_institution_are_no_names():
    assert names_in("Sprijinul Uniunii Europene vine din partea Uniunea Europeană.") == []
