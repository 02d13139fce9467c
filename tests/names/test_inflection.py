"""A case form is not another spelling."""

import pytest

from articles.names import nominatives

FORMS = {
    "Дарчиев": ["Дарчиева", "Дарчиеву", "Дарчиевым", "Дарчиеве"],
    "Головец": ["Головца", "Головцу", "Головцом"],
    "Шевчук": ["Шевчука", "Шевчуком", "Шевчукові"],
    "Петренко": ["Петренка", "Петренком", "Петренкові"],
    "Зеленський": ["Зеленського", "Зеленському", "Зеленським"],
    "Зеленская": ["Зеленской", "Зеленскую"],
    "Сергей": ["Сергея", "Сергею", "Сергеем"],
    "Игорь": ["Игоря", "Игорю", "Игорем"],
    "Юлия": ["Юлии", "Юлию"],
    "Анна": ["Анны", "Анну", "Анной", "Анне"],
    "Санду": ["Санду"],
    "Ковалів": ["Ковалева", "Ковалеву"],
}


@pytest.mark.parametrize(("name", "form"), [(name, form) for name, forms in FORMS.items() for form in forms])
def test_the_nominative_is_among_what_a_case_form_may_be_of(name, form):
    assert name.lower() in nominatives(form)


def test_genitives_in_english_and_romanian():
    assert "darchiev" in nominatives("Darchiev's")
    assert "dodon" in nominatives("Dodonului")


def test_short_words_are_left_alone():
    assert nominatives("Ли") == {"ли"}
    assert nominatives("Ана") == {"ана"}
