"""What the pages of people, sources and contributors tell besides their lists."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from articles.models import PersonName, PersonRole
from articles.public.views import contributor as contributors
from articles.public.views import source as sources
from tests.factories import make_contributor, make_person, make_publication, make_source

pytestmark = pytest.mark.django_db


def text(reader, address: str) -> str:
    response = reader.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def said(person, words="We go on.", **fields):
    quote = {"person": person, "words": words, "citation": 1}
    return make_publication(quotes=[quote], sources=[make_source()], **fields)


class TestPerson:
    def test_other_right_spellings_stand_with_their_languages(self, reader):
        person = make_person("Ana Rusu", en="Anna Rusu", ru="Анна Русу", uk="Анна Русу")
        PersonName.objects.create(person=person, language="en", kind="accepted", form="Ana Rusu")
        PersonName.objects.create(person=person, language="en", kind="misspelling", form="Anna Russo")
        said(person)
        html = text(reader, "/en/person/ana-rusu/")
        assert "<h1>Anna Rusu</h1>" in html
        assert '<span lang="en">Ana Rusu</span>' in html
        assert html.count("Анна Русу</span>") == 1
        assert "Russo" not in html

    def test_roles_have_their_dates(self, reader):
        person = make_person()
        PersonRole.objects.create(person=person, titles={"en": "mayor"}, held_until=date(2019, 12, 31))
        PersonRole.objects.create(person=person, titles={"ru": "посол"}, held_from=date(2018, 1, 1))
        PersonRole.objects.create(person=person, titles={"en": "minister"}, held_from=date(2020, 1, 1))
        said(person)
        html = text(reader, "/en/person/ana-rusu/")
        assert 'minister <span class="held">from <time datetime="2020-01-01">1 January 2020</time></span>' in html
        assert 'mayor <span class="held"> until <time datetime="2019-12-31">31 December 2019</time></span>' in html
        assert html.index("minister <span") < html.index("mayor <span")
        assert "посол" not in html

    def test_quotes_stand_by_the_newsrooms_year(self, reader):
        person = make_person()
        said(person, "Late.", at=datetime(2024, 12, 31, 23, 0, tzinfo=UTC))  # 2025 in Chișinău
        said(person, "Early.", at=datetime(2024, 5, 1, tzinfo=UTC))
        html = text(reader, "/en/person/ana-rusu/")
        parts = ['<h3 class="year">2025</h3>', "Late.", '<h3 class="year">2024</h3>', "Early."]
        assert sorted(parts, key=html.index) == parts

    def test_sources_of_the_quotes_are_counted(self, reader):
        person = make_person()
        for _time in range(2):
            said(person)
        make_publication(quotes=[{"person": person, "words": "No source."}])
        said(person, at=timezone.now() + timedelta(hours=2))
        html = text(reader, "/en/person/ana-rusu/")
        assert 'Where these words come from: <a href="/en/source/tass/">TASS</a> (2)</p>' in html

    def test_person_who_is_only_named_has_no_such_line(self, reader):
        make_publication(people=[make_person()])
        html = text(reader, "/en/person/ana-rusu/")
        assert "Where these words" not in html
        assert "Roles" not in html


class TestSource:
    def test_label_is_explained_and_stories_of_the_year_are_counted(self, reader, monkeypatch):
        source = make_source(label="state-controlled", languages="ru, en")
        for days in (1, 2, 400):
            make_publication(sources=[source], at=timezone.now() - timedelta(days=days))
        html = text(reader, "/en/source/tass/")
        assert "A government decides what it reports." in html
        assert "Publishes in: Russian, English</p>" in html
        assert "2 stories of the last year rest on it." in html
        monkeypatch.setattr(sources, "COUNTED", 1)
        assert "More than 1 stories of the last year" in text(reader, "/en/source/tass/")

    def test_every_label_is_explained(self):
        assert set(sources.EXPLAINED) == set(sources.SourceLabel.values)


class TestContributor:
    @pytest.fixture
    def iurie(self):
        iurie = make_contributor()
        for _time in range(2):
            original = make_publication(language="ro", credited=[(iurie, "author")])
            make_publication(original=original, credited=[(iurie, "author"), (iurie, "translator")])
        make_publication(credited=[(iurie, "translator")], at=timezone.now() + timedelta(hours=1))
        return iurie

    def test_work_is_counted_by_kind_and_language(self, reader, iurie):
        html = text(reader, "/en/contributor/iurie-tataru/")
        assert '<a href="/ro/contributor/iurie-tataru/?of=wrote">Romanian</a> (2)' in html
        assert '<a href="/en/contributor/iurie-tataru/?of=wrote">English</a> (2)' in html
        assert '<a href="/en/contributor/iurie-tataru/?of=translated">from Romanian into English</a> (2)' in html

    def test_one_kind_of_work_is_shown_alone(self, reader, look, iurie):
        html = text(reader, "/en/contributor/iurie-tataru/?of=translated")
        assert 'id="translated"' in html
        assert 'id="wrote"' not in html
        assert "All their work in this language" in html
        assert reader.get("/en/contributor/iurie-tataru/?of=edited").status_code == 404
        assert reader.get("/en/contributor/iurie-tataru/?of=x").status_code == 404

    def test_counting_has_a_bound_and_says_so(self, reader, iurie, monkeypatch):
        monkeypatch.setattr(contributors, "COUNTED", 3)
        assert "Counted are the newest 3 credits." in text(reader, "/en/contributor/iurie-tataru/")
