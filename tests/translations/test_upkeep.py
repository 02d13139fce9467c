"""Rules of the database that translations rest on, and what the article's form asks when it is published."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test import Client

from articles.models import Article, Publication
from newsroom.checks import rules_of_history
from tests import cast
from tests.translations import making
from translations.models import rules

pytestmark = pytest.mark.django_db


def refused(act):
    with pytest.raises(DatabaseError), transaction.atomic():
        act()


def test_of_what_a_published_article_is_a_translation_stays():
    original, other = cast.live(language="ru", slug="one"), cast.live(language="ru", slug="other")
    translation = cast.live(original=original, slug="translation")
    row = Article.objects.filter(pk=translation.pk)
    refused(lambda: row.update(original=other))
    refused(lambda: row.update(original=None))
    sql = f"UPDATE articles_article SET original_id = {other.pk} WHERE id = {translation.pk}"
    refused(lambda: connection.cursor().execute(sql))
    draft = cast.draft(original=original, language="ro", slug="draft")
    Article.objects.filter(pk=draft.pk).update(original=other)  # readers never had it


def test_a_publication_is_made_from_one_of_its_original():
    original, other = cast.live(language="ru", slug="one"), cast.live(language="ru", slug="other")
    translation = cast.live(original=original, slug="translation")
    row = Publication.objects.get(article=translation)
    assert row.made_from.article_id == original.pk
    refused(lambda: Publication.objects.filter(pk=row.pk).update(made_from=None))
    wrong = Publication.objects.get(article=other)
    row.pk, row.number, row.made_from, row.slug = None, 2, wrong, "another"
    refused(row.save)
    own = Publication.objects.get(article=original)
    own.pk, own.number, own.made_from, own.slug = None, 2, wrong, "one-more"
    refused(own.save)


def test_only_a_draft_of_a_translation_is_in_translation():
    original = cast.live()
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=original.pk).update(in_translation=True)
    job = making.accepted(original)
    with pytest.raises(IntegrityError), transaction.atomic():
        Article.objects.filter(pk=job.article_id).update(state="submitted")


def test_the_check_names_a_trigger_that_is_missing():
    assert rules.missing(connection) == []
    name = "translations_jobevent_no_delete"
    on = " ON translations_jobevent" if connection.vendor == "postgresql" else ""
    connection.cursor().execute(f"DROP TRIGGER {name}{on}")
    assert rules.missing(connection) == [name]
    assert name in next(iter(rules_of_history(None, ["default"]))).msg
    rules.install(connection)
    assert rules.missing(connection) == []


def test_publishing_asks_whether_the_translation_is_up_to_date():
    original = cast.live(language="ru", slug="originalul")
    job = making.published(original, language="en")
    client = Client()
    client.force_login(cast.user("clara"))
    article = cast.edit(job.article, cast.user("elena"), standfirst="Another season it is.")
    article = making.waived(article)
    address = f"/admin/articles/article/{article.pk}/step/publish/"
    assert "up_to_date" not in client.get(address).content.decode()
    cast.corrected_again(cast.fresh(original))
    page = client.get(address).content.decode()
    assert "It says what the original says now" in page
    sent = {"version": article.version, "change": "correction", "note": "As in the original.", "up_to_date": "on"}
    assert client.post(address, sent).status_code == 302
    live = Publication.objects.live()
    assert live.get(article=article).made_from == live.get(article=original)
