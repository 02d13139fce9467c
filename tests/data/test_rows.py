"""What a single row, or a story and its translations, may never be: the database refuses it."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from articles.models import (
    Article,
    Citation,
    Contributor,
    Person,
    PersonName,
    Publication,
    Quote,
    Section,
    Source,
)
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def story() -> Article:
    cast.contributor("rita")
    return cast.draft(body="<p>Aleksandr Darchiev spoke.</p>")


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


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's column takes nothing but times")
@pytest.mark.parametrize("end", ["T00:00:00", " 23:30:00+23:00", " 23:30:00-05:00", "x", "zzz", ""])
def test_a_period_ends_at_a_time_as_django_keeps_it(end):
    cast.live()
    value = end if end in {"zzz", ""} else f"{timezone.now():%Y-%m-%d}{end}"
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE articles_publication SET visible_until = %s", [value])
    assert Publication.objects.get().visible_until is None
