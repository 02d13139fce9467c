"""Who is quoted most, on the front page."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from articles.models import PersonRole
from articles.public import quoted_people
from articles.public.quoted_people import Quoted, most_quoted
from tests.factories import make_person, make_publication

pytestmark = pytest.mark.django_db


def said(person, **fields):
    return make_publication(quotes=[{"person": person, "words": "We go on."}], **fields)


def test_who_is_quoted_in_most_stories_comes_first(reader, look):
    ana, ion = make_person("Ana Rusu", en="Anna Rusu"), make_person("Ion Ceban")
    PersonRole.objects.create(person=ana, titles={"en": "minister", "ro": "ministră"}, held_from=date(2020, 1, 1))
    PersonRole.objects.create(person=ana, titles={"en": "mayor"}, held_until=date(2019, 12, 31))
    for _time in range(2):
        said(ana)
    make_publication(quotes=[{"person": ion, "words": words} for words in ("One.", "Two.", "Three.")])
    assert most_quoted("en") == [
        Quoted("ana-rusu", "Anna Rusu", "minister", 2),
        Quoted("ion-ceban", "Ion Ceban", "", 1),
    ]
    page = reader.get("/en/")
    assert {"/en/person/ana-rusu/", "/en/person/ion-ceban/"} <= set(look(page).links())
    assert "in 2 stories" in page.content.decode()


def test_where_nobody_is_quoted_nothing_is_shown(reader):
    make_publication(people=[make_person()])
    assert "Most quoted" not in reader.get("/en/").content.decode()


def test_only_live_stories_of_the_language_and_the_days_count():
    person, now = make_person(), timezone.now()
    said(person, language="ro")
    said(person, at=now - timedelta(days=31))
    said(person, at=now + timedelta(hours=1))
    story = said(person, at=now - timedelta(hours=3), until=now - timedelta(hours=1))
    make_publication(article=story.article, at=now - timedelta(hours=1), state="held")
    assert most_quoted("en") == []


def test_a_corrected_story_counts_once():
    person, now = make_person(), timezone.now()
    story = said(person, at=now - timedelta(hours=3), until=now - timedelta(hours=1))
    said(person, article=story.article, at=now - timedelta(hours=1), change="correction")
    assert [quoted.stories for quoted in most_quoted("en")] == [1]


def test_page_as_it_was_does_without(reader):
    said(make_person(), at=timezone.now() - timedelta(hours=5))
    at = timezone.now() - timedelta(hours=1)
    assert "Most quoted" not in reader.get("/en/", {"at": at.isoformat()}).content.decode()


def test_no_more_quotes_are_looked_at_than_the_bound_allows(monkeypatch):
    monkeypatch.setattr(quoted_people, "LOOKED_AT", 1)
    said(make_person(), at=timezone.now() - timedelta(hours=5))
    said(make_person("Ion Ceban"))
    assert [quoted.slug for quoted in most_quoted("en")] == ["ion-ceban"]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads a small table whole")
def test_the_walk_begins_in_its_index(django_assert_num_queries):
    said(make_person())
    with django_assert_num_queries(1) as asked:
        most_quoted("en")
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {asked.captured_queries[0]['sql']}")
        plan = "\n".join(row[3] for row in cursor.fetchall())
    assert "USING INDEX publication_quote_newest (language=? AND first_published>?)" in plan
    assert "SCAN articles_publication" not in plan
