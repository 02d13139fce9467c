"""The database keeps history, whoever asks and however: by model, by queryset and by raw SQL."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from articles.enums import Change
from articles.models import (
    Article,
    Publication,
    PublicationQuote,
    PublicationSource,
    Revision,
    Transition,
    rules,
)
from newsroom import checks
from tests import cast

pytestmark = pytest.mark.django_db
FROZEN = [Revision, Transition, Publication, PublicationSource]
sqlite_only = pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own statement")


@pytest.fixture
def live() -> Article:
    return cast.live()


def refused(statement: str, *params: object, match: str | None = None) -> None:
    with pytest.raises(IntegrityError, match=match), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, params)


class TestHistory:
    @pytest.mark.parametrize("model", FROZEN)
    def test_no_row_is_deleted_by_raw_sql(self, live, model):
        assert model.objects.exists()
        refused(f"DELETE FROM {model._meta.db_table}")
        assert model.objects.exists()

    @pytest.mark.parametrize("model", FROZEN)
    def test_no_row_is_deleted_by_queryset(self, live, model):
        before = model.objects.count()
        with pytest.raises((IntegrityError, ProtectedError)), transaction.atomic():
            model.objects.all().delete()
        assert model.objects.count() == before

    @pytest.mark.parametrize(
        ("model", "column", "value"),
        [
            (Revision, "sha256", "0" * 64),
            (Transition, "note", "changed"),
            (Publication, "headline", "changed"),
            (Publication, "visible_from", timezone.now()),
            (PublicationSource, "language", "ro"),
        ],
    )
    def test_no_column_is_changed(self, live, model, column, value):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.update(**{column: value})
        refused(f"UPDATE {model._meta.db_table} SET {column} = %s", value)

    def test_no_row_is_changed_by_save(self, live):
        revision = Revision.objects.get()
        revision.document = {}
        with pytest.raises(IntegrityError), transaction.atomic():
            revision.save()

    def test_an_article_with_history_is_not_deleted(self, live):
        with pytest.raises((ProtectedError, IntegrityError)), transaction.atomic():
            live.delete()
        assert Article.objects.filter(pk=live.pk).exists()

    @sqlite_only
    @pytest.mark.parametrize("pragma", ["ON", "OFF"])
    def test_replace_is_refused_with_and_without_recursive_triggers(self, live, pragma):
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA recursive_triggers={pragma}")
        refused("REPLACE INTO articles_revision SELECT * FROM articles_revision")
        refused("REPLACE INTO articles_publication SELECT * FROM articles_publication")
        columns = [field.column for field in Revision._meta.concrete_fields if not field.primary_key]
        listed = ", ".join(f'"{column}"' for column in columns)
        refused(f"REPLACE INTO articles_revision ({listed}) SELECT {listed} FROM articles_revision")
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA recursive_triggers=ON")

    def test_the_rules_are_there_and_installing_them_again_is_harmless(self, live):
        assert rules.missing(connection) == []
        rules.install(connection)
        assert rules.missing(connection) == []

    def test_a_rule_that_is_missing_is_named_by_the_system_check(self, live):
        with connection.cursor() as cursor:
            on = " ON articles_revision" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER articles_revision_no_delete{on}")
        (warning,) = checks.rules_of_history(None, databases=["default"])
        assert "articles_revision_no_delete" in warning.msg
        rules.install(connection)
        assert list(checks.rules_of_history(None, databases=["default"])) == []


class TestPeriod:
    def set_end(self, publication, end):
        with transaction.atomic():
            Publication.objects.filter(pk=publication.pk).update(visible_until=end)
        publication.refresh_from_db()

    def test_the_end_may_be_set_to_now_or_later_and_moved_while_it_lies_ahead(self, live):
        publication = live.publications.get()
        tomorrow = timezone.now() + timedelta(days=1)
        self.set_end(publication, tomorrow)
        self.set_end(publication, tomorrow + timedelta(days=1))
        self.set_end(publication, None)
        assert publication.visible_until is None

    def test_the_end_is_never_set_to_a_time_that_has_passed(self, live):
        publication = live.publications.get()
        with pytest.raises(IntegrityError):
            self.set_end(publication, timezone.now() - timedelta(minutes=5))

    def test_an_end_that_has_passed_stays(self, live):
        cast.corrected_again(live)
        ended = live.publications.order_by("number")[0]
        assert ended.visible_until is not None
        for end in (None, timezone.now() + timedelta(days=1)):
            with pytest.raises(IntegrityError):
                self.set_end(ended, end)

    def test_a_cancelled_schedule_is_not_revived(self, live):
        article = cast.scheduled(headline="Another story that waits")
        publication = article.publications.get()
        self.set_end(publication, publication.visible_from)
        with pytest.raises(IntegrityError):
            self.set_end(publication, None)

    def test_periods_of_one_article_do_not_overlap(self, live):
        publication = live.publications.get()
        with pytest.raises(IntegrityError, match="publication_no_overlap"), transaction.atomic():
            self.copy(publication, number=2, visible_from=timezone.now())

    def test_an_empty_period_overlaps_nothing(self, live):
        publication = live.publications.get()
        later = timezone.now() + timedelta(days=1)
        self.copy(publication, number=2, visible_from=later, visible_until=later)
        assert Publication.objects.valid(later).get() == publication

    def test_a_slug_belongs_to_one_public_story_of_a_language(self, live):
        other = cast.ready(headline="Another story")
        row = live.publications.get()
        with pytest.raises(IntegrityError, match="publication_slug_once"), transaction.atomic():
            self.copy(row, article=other, family=other.pk, revision=other.head, visible_from=timezone.now())

    def test_it_is_of_a_revision_of_its_own_article_and_of_its_family(self, live):
        row = live.publications.get()
        later = timezone.now() + timedelta(days=1)
        empty = {
            "number": 2,
            "visible_from": later,
            "visible_until": later,
            "story": {"unnamed": "staff"},
        }  # stands in the way of no other rule
        other = cast.ready(headline="Another story")
        for wrong in ({"revision": other.head}, {"family": other.pk}):
            with pytest.raises(IntegrityError, match="publication_of_its_own_story"), transaction.atomic():
                self.copy(row, **empty, **wrong)
        self.copy(row, **empty)

    @sqlite_only
    @pytest.mark.parametrize("column", ["visible_from", "visible_until"])
    @pytest.mark.parametrize(
        "value", ["2099-01-01", "2099-01-01T10:00:00", "2099-01-01 10:00:00+00:00", 4070908800, "soon"]
    )
    def test_a_time_in_another_spelling_is_refused_from_the_start(self, live, column, value):
        ahead = cast.scheduled(headline="Another story that waits").publications.get()
        self.set_end(ahead, ahead.visible_from)
        columns = [field.column for field in Publication._meta.concrete_fields if not field.primary_key]
        values = {name: f'"{name}"' for name in columns} | {"number": "9", column: "%s"}
        refused(
            f"INSERT INTO articles_publication ({', '.join(values)}) SELECT {', '.join(values.values())}"
            f" FROM articles_publication WHERE id = {ahead.pk}",
            value,
            match=f"{column} is no time",
        )

    def copy(self, publication, **changed):
        columns = {
            field.attname: getattr(publication, field.attname)
            for field in Publication._meta.concrete_fields
            if not field.primary_key and field.name not in changed
        }
        return Publication.objects.create(**{**columns, "change": Change.UPDATE, "note": "x", **changed})

    def test_the_row_valid_now_is_found_through_an_index(self, live):
        plan = live.publications.valid().order_by("-visible_from").explain()
        if connection.vendor == "sqlite":
            assert "publication_valid" in plan


def test_a_printed_quote_is_frozen_with_its_person():
    article = cast.editing()
    quote = article.quotes.get()
    person = cast.speaker()

    def write() -> None:
        quote.person, quote.description = person, ""
        quote.save()

    cast.filing.save(cast.fresh(article), by=cast.user("elena"), version=article.version, write=write)
    article = cast.fresh(article)
    article = cast.filing.approve(article, by=cast.user("emil"), version=article.version)
    cast.publishing.publish(article, by=cast.user("emil"), version=article.version)
    printed = PublicationQuote.objects.get()
    assert printed.person == person
    with pytest.raises(IntegrityError), transaction.atomic():
        PublicationQuote.objects.update(words="other words")
