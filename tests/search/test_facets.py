"""How the stories that a search found divide."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from lxml import html

from articles.search import postgresql, sqlite
from tests.factories import make_person, make_publication, make_section, make_source

pytestmark = pytest.mark.django_db


def divided(query: str, language: str = "en") -> dict[str, list[tuple[str, str, str]]]:
    """Facet → (value, number, address) of each."""
    page = html.fromstring(Client().get(f"/{language}/search/?{query}").content.decode())
    (found,) = page.xpath("//nav[@class='facets']") or [None]
    if found is None:
        return {}
    return {
        heading.text_content(): [
            (
                row.xpath("string(a)"),
                row.xpath("string(span)"),
                row.xpath("string(a/@href)"),
            )
            for row in heading.getnext().xpath("li")
        ]
        for heading in found.xpath("h3")
    }


@pytest.fixture
def paper():
    ana, ion = make_person("Ana Rusu", en="Anna Rusu"), make_person("Ion Ceban")
    tass, dw = make_source(), make_source("DW")
    culture = make_section("culture", en="Culture")
    old = datetime(2024, 5, 1, tzinfo=UTC)
    make_publication(people=[ana, ion], sources=[tass], at=old)
    make_publication(people=[ana], sources=[tass, dw], at=old)
    make_publication(people=[ana], sources=[dw], section=culture)
    make_publication(headline="Another matter", section=culture)
    make_publication(people=[ion], sources=[tass], at=timezone.now() + timedelta(hours=3))
    make_publication(people=[ion], language="ro")


def test_stories_divide_by_section_time_person_and_source(paper):
    found = divided("q=talks+resume")
    assert [value[:2] for value in found["Section"]] == [("International", "2"), ("Culture", "1")]
    assert [value[:2] for value in found["Time"]] == [
        ("The last 30 days", "1"),
        (str(timezone.localdate().year), "1"),
        ("2024", "2"),
    ]
    assert [value[:2] for value in found["Person"]] == [("Anna Rusu", "3"), ("Ion Ceban", "1")]
    assert [value[:2] for value in found["Source"]] == [("DW", "2"), ("TASS", "2")]


def test_each_is_a_link_to_as_many_stories_as_it_says(paper):
    client = Client()
    for values in divided("q=talks+resume&sort=best").values():
        for shown, number, address in values:
            assert "sort=best" in address
            page = client.get("/en/search/" + address).content.decode()
            assert page.count('<li class="card">') == int(number), shown


def test_what_narrows_the_search_already_is_not_offered(paper):
    assert "Section" not in divided("q=talks+resume&section=international")
    assert "Time" not in divided("q=talks+resume&to=2024-12-31")


def test_nothing_is_counted_without_words_or_for_one_story(paper):
    assert divided("section=culture") == {}
    assert divided("q=another") == {}


def test_too_many_stories_are_not_counted_and_the_page_says_so(paper, monkeypatch):
    monkeypatch.setattr(sqlite, "FEW", 1)
    monkeypatch.setattr(postgresql, "FEW", 1)
    page = Client().get("/en/search/?q=talks+resume").content.decode()
    assert "too many to count by section" in page
    assert 'class="facets"' not in page
