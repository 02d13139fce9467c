"""The glossary knows every word of the enums; the first-day guide speaks of stories that are there."""

import re
from pathlib import Path

import pytest
from django.db.models import TextChoices
from django.utils import translation

from articles import enums
from newsroom.demo import data

DOCS = Path(__file__).parents[2] / "docs"
CHOICES = [
    kind
    for kind in vars(enums).values()
    if isinstance(kind, type) and issubclass(kind, TextChoices) and kind is not TextChoices
]


@pytest.mark.parametrize("kind", CHOICES)
def test_the_glossary_has_every_word(kind):
    glossary = (DOCS / "glossary.md").read_text()
    with translation.override("en"):
        assert [str(word.label) for word in kind if str(word.label) not in glossary] == []


def test_the_guide_names_stories_as_they_are_called():
    table = (DOCS / "first-day.md").read_text().split("## 5.")[1].split("## 6.")[0]
    named = re.findall(r"^\| \*(.+?)\* \|", table, re.MULTILINE)
    told = {version["headline"] for name in data.story_names() for _, version in data.versions(data.story(name))}
    assert len(named) == 11
    assert set(named) <= told
