"""Slugs from any script."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.text import slugify


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Știri din Chișinău: Țări și oameni", "stiri-din-chisinau-tari-si-oameni"),
        ("Şi ţara", "si-tara"),
        ("Переговоры в Стамбуле", "peregovory-v-stambule"),
        ("Їжа, єдність, ґанок", "izha-iednist-ganok"),
        ("Don't – can’t", "dont-cant"),
        ("Мар'яна", "maryana"),
        ("и\u0306од", "yod"),
        ("ёж", "ezh"),
        ("100 % / год", "100-god"),
        ("北京", "beijing"),
        ("…!?", ""),
        ("", ""),
    ],
)
def test_slug_of(text, slug):
    assert slugify(text) == slug


def test_it_is_cut_between_words():
    assert slugify("alpha beta gamma", max_length=12) == "alpha-beta"
    assert slugify("alpha beta gamma", max_length=10) == "alpha-beta"
    assert slugify("alphabetagamma", max_length=5) == "alpha"


def test_a_headline_of_ten_thousand_characters_has_a_slug():
    assert len(slugify("слово " * 10_000)) <= 80


@given(st.text(max_size=50))
def test_it_is_ascii_and_empty_only_without_letters_and_digits(text):
    slug = slugify(text)
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", slug)
    assert slug or not any(sign.isalnum() for sign in text)
