"""What a single row, or a story and its translations, may never be: the database refuses it."""

from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models.signals import pre_migrate
from django.utils import timezone

from articles.models import (
    Article,
    Citation,
    Contributor,
    KeyFact,
    Person,
    PersonName,
    Publication,
    Quote,
    Section,
    Source,
    rules,
)
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Article:
    cast.contributor("rita")
    article = cast.draft(body="<p>Aleksandr Darchiev spoke.</p>")
    KeyFact.objects.create(article=article, number=1, figure="12", text="rounds of talks")
    return article


def refused(model: Any, **values: Any) -> None:
    cast.speaker()
    assert model.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.filter(pk=model.objects.first().pk).update(**values)


@pytest.mark.parametrize(
    ("model", "field", "value"),
    [
        (Article, "language", ""),
        (Article, "language", "en "),
        (Article, "slug", "Жук ./"),
        (Article, "state", "lost"),
        (Citation, "number", 0),
        (Contributor, "slug", ""),
        (KeyFact, "figure", ""),
        (KeyFact, "number", 0),
        (KeyFact, "text", ""),
        (Person, "slug", ""),
        (Person, "slug", "жук"),
        (PersonName, "form", ""),
        (PersonName, "language", ""),
        (PersonName, "kind", "odd"),
        (Quote, "kind", "odd"),
        (Quote, "number", 0),
        (Quote, "original_language", "русский"),
        (Section, "slug", "tag"),
        (Section, "slug", ""),
        (Source, "kind", "odd"),
        (Source, "label", "odd"),
        (Source, "slug", "a b"),
    ],
)
def test_a_row_holds_what_it_may(story, model, field, value):
    refused(model, **{field: value})


class TestLanguages:
    @pytest.fixture
    def translation(self, story) -> Article:
        return cast.draft(original=story, language="ro", slug="ro")

    def test_a_translation_is_of_an_original(self, translation):
        with pytest.raises(IntegrityError), transaction.atomic():
            Article.objects.create(original=translation, language="ru", created_by=cast.user("rita"))

    def test_an_original_with_translations_becomes_none(self, story, translation):
        other = cast.draft(slug="other", language="ru")
        with pytest.raises(IntegrityError), transaction.atomic():
            Article.objects.filter(pk=story.pk).update(original=other)

    def test_a_translation_is_in_another_language(self, story, translation):
        for pk, language in ((translation.pk, "en"), (story.pk, "ro")):
            with pytest.raises(IntegrityError), transaction.atomic():
                Article.objects.filter(pk=pk).update(language=language)

    def test_the_rule_bears_a_name(self, translation):
        with pytest.raises(IntegrityError, match="article_translates_an_original"), transaction.atomic():
            Article.objects.filter(pk=translation.pk).update(language="en")


class TestCitations:
    """A quote, or a key figure, rests on a citation of its own story."""

    @pytest.fixture
    def foreign(self, story) -> Citation:
        return cast.draft(slug="other").citations.get()

    def test_a_quote_does_not_cite_what_another_story_cites(self, story, foreign):
        quote = story.quotes.get()
        for changed in ({"citation": foreign}, {"article": foreign.article, "number": 9}):
            with pytest.raises(IntegrityError, match="quote_cites_its_own_story"), transaction.atomic():
                Quote.objects.filter(pk=quote.pk).update(**changed)
        with pytest.raises(IntegrityError), transaction.atomic():
            Quote.objects.create(article=story, number=9, words="Anything", citation=foreign)

    def test_a_key_figure_does_not_cite_what_another_story_cites(self, story, foreign):
        for changed in ({"citation": foreign}, {"citation": foreign, "number": 9}):
            with pytest.raises(IntegrityError, match="key_fact_cites_its_own_story"), transaction.atomic():
                story.key_facts.update(**changed)
        with pytest.raises(IntegrityError, match="key_fact_cites_its_own_story"), transaction.atomic():
            KeyFact.objects.create(article=story, number=9, figure="9", text="talks", citation=foreign)

    def test_a_citation_stays_with_its_story(self, story, foreign):
        with pytest.raises(IntegrityError), transaction.atomic():
            Citation.objects.filter(pk=foreign.pk).update(article=story, number=9)

    def test_a_quote_may_lose_its_citation(self, story):
        assert story.quotes.update(citation=None) == 1


@pytest.mark.django_db(transaction=True)
def test_a_migration_can_remake_a_table_that_a_rule_reads():
    pre_migrate.send(sender=apps.get_app_config("articles"), using="default")
    with connection.schema_editor() as editor:
        editor.alter_db_table(Citation, "articles_citation", "articles_was_citation")
        editor.alter_db_table(Citation, "articles_was_citation", "articles_citation")
        if connection.vendor == "sqlite":
            editor._remake_table(Citation)
    rules.install(connection)
    assert rules.missing(connection) == []


ENDS = (
    ["T00:00:00", " 23:30:00+23:00", " 23:30:00-05:00", "x", "zzz", ""]
    if connection.vendor == "sqlite"
    else ["infinity"]
)


@pytest.mark.parametrize("end", ENDS)
def test_a_period_ends_at_a_time_as_django_keeps_it(end):
    cast.live()
    value = end if end in {"zzz", "", "infinity"} else f"{timezone.now():%Y-%m-%d}{end}"
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE articles_publication SET visible_until = %s", [value])
    assert Publication.objects.get().visible_until is None
