"""The stories that the benchmarks put into the database are what the workflow would have made of them."""

import pytest
from django.db import IntegrityError, connection, transaction

from articles.models import Article, Publication, SearchEntry
from articles.models.publication import PublicationTag
from articles.search import entries
from articles.workflow import filing, freezing, publishing, revisions
from articles.workflow.checking import examine
from tests.bench import stories, words
from tests.bench.stories import TABLES

pytestmark = pytest.mark.django_db
COUNT = 9


def rows(model) -> list[dict]:
    """All rows of the table, without what numbers them."""
    links = [
        {name: value for name, value in row.items() if name != "id"} for row in model.objects.order_by("pk").values()
    ]
    return sorted(links, key=str) if model in stories.LINKS else links


@pytest.fixture
def filled(db) -> None:
    stories.make(COUNT)


def test_working_copy_says_what_was_approved(filled):
    assert Article.objects.count() == COUNT
    for article in Article.objects.select_related("head"):
        assert revisions.document(article) == article.head.document
        assert revisions.digest(article.head.document) == article.head.sha256
        assert not [finding.message for finding in examine(article.head) if finding.refuses]


def test_readers_get_what_freezing_makes_of_it(filled):
    for publication in Publication.objects.live().select_related("revision"):
        for name, value in freezing.freeze(publication.revision.document).items():
            assert getattr(publication, name) == value, name


def test_search_knows_what_its_entries_would_be(filled):
    before = rows(SearchEntry)
    entries.write(list(entries.searchable().select_related("section")))
    assert before == rows(SearchEntry)
    assert len(before) == COUNT


def test_links_are_those_of_a_publication_made_by_the_workflow(filled):
    """A story of the desk's, published, has the links that the same story has as rows."""
    text, registers = words.text(COUNT, COUNT), stories.known_registers()
    made = Publication.objects.get(slug=text.slug)
    article = Article(**stories.columns(text, registers) | {"slug": "another"})
    article = filing.file(article, by=registers.reporter, write=lambda: stories.working_copy(text, registers)(article))
    article = filing.submit(article, by=registers.reporter, version=article.version)
    article = filing.claim(article, by=registers.editor, version=article.version)
    article = filing.approve(article, by=registers.editor, version=article.version)
    publishing.publish(article, by=registers.editor, version=article.version)
    own = article.publications.get()
    apart = {"id", "publication_id", "first_published"}
    for link in stories.LINKS:
        here, there = (
            [
                {name: value for name, value in row.items() if name not in apart}
                for row in link.objects.filter(publication=one).values()
            ]
            for one in (made, own)
        )
        assert sorted(here, key=str) == sorted(there, key=str), link


def test_rules_of_the_database_stand_again(filled):
    twin = Publication.objects.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.bulk_create([Publication(**{**values_of(twin), "id": None, "number": 2})])
    with pytest.raises(IntegrityError), transaction.atomic():
        PublicationTag.objects.update(language="ro")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            there = connection.introspection.get_constraints(cursor, Publication._meta.db_table)
        assert {"publication_slug_once", "publication_no_overlap", "publication_list"} <= set(there)


def values_of(row) -> dict:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def test_same_stories_each_time(db):
    stories.make(4)
    first = {model: rows(model) for model in TABLES}
    assert words.text(3, 4) == words.text(3, 4)
    assert words.text(3, 4).slug != words.text(4, 4).slug
    assert len(first[Publication]) == 4
    assert first[Publication][-1]["first_published"] == words.NEWEST
