"""What nobody types by hand is answered with a message or a refusal, never with a fault."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Article, Comment, Person, Source
from newsroom.models import User
from tests import cast
from tests.desk.typing_in import at_desk, drawn, errors_of, page, row, save, words

pytestmark = pytest.mark.django_db
ADD = "/admin/articles/article/add/"
HUGE = ["9" * 5_000, "\0²"]


class TestNul:
    def test_in_a_comment(self):
        article = cast.draft()
        at_desk("rita").post(reverse("admin:articles_article_comment", args=[article.pk]), {"text": "a\0b"})
        assert Comment.objects.get().text == "ab"

    def test_in_the_reason_of_a_waiver(self):
        article = cast.editing()
        finding = article.head.findings.create(rule="x", severity="error", message="Wrong.", fingerprint="f")
        address = reverse("admin:articles_article_waive", args=[article.pk, finding.pk])
        at_desk("elena").post(address, {"reason": "It is\0 a name."})
        finding.refresh_from_db()
        assert finding.waived_reason == "It is a name."

    @pytest.mark.parametrize("name", ["state", "state__exact", "language", "q", "o", "p", "after", "e", "x"])
    def test_in_the_address_of_a_list(self, name):
        answer = at_desk("clara").get(f"/admin/articles/article/?{name}=%00", follow=True)
        assert answer.status_code in {200, 400}


class TestLists:
    @pytest.mark.parametrize(
        "query", ["language__regex=(", "language__iexact=en", "state__in=draft", "state__gte=a", "language__isnull=1"]
    )
    def test_only_the_lookups_that_a_filter_itself_uses_are_answered(self, query):
        assert at_desk("clara").get(f"/admin/articles/article/?{query}").status_code == 400

    @pytest.mark.parametrize(
        ("model", "query"), [(Article, "state__exact=draft"), (Article, "language=en"), (Source, "kind__exact=agency")]
    )
    def test_the_filters_themselves_are(self, model, query):
        address = reverse(f"admin:articles_{model._meta.model_name}_changelist")
        assert at_desk("clara").get(f"{address}?{query}").status_code == 200

    def test_users_are_filtered_by_whether_they_are_active(self):
        address = reverse("admin:newsroom_user_changelist")
        adam = at_desk("adam")
        for link in page(adam.get(address)).xpath("//*[@id='changelist-filter']//a"):
            assert adam.get(address + link.get("href")).status_code == 200

    def test_a_column_with_a_number_of_5000_digits_is_no_column(self):
        assert at_desk("clara").get(f"/admin/articles/article/?o={'9' * 5000}", follow=True).status_code == 200

    @pytest.mark.parametrize("query", ["term=%00", f"page={'9' * 5000}", "page=x", "page=-1", "field_name=%00"])
    def test_the_choices_of_a_field(self, query):
        asked = "app_label=articles&model_name=quote&field_name=person&term=x"
        answer = at_desk("clara").get(f"{reverse('admin:autocomplete')}?{asked}&{query}")
        assert answer.status_code in {200, 403, 404}


class TestChoices:
    """An id that is none: the form comes back with a message beside the field."""

    @pytest.mark.parametrize("value", HUGE)
    def test_in_the_address_of_a_new_story(self, value):
        assert at_desk("rita").get(ADD, {"tags": value, "section": value}).status_code == 200

    @pytest.mark.parametrize("value", HUGE)
    def test_posted_for_tags_and_rows(self, value):
        article = cast.draft()
        changes = {"tags": value, "citations-0-source": value, "quotes-0-person": value, "credits-0-contributor": value}
        response = save(at_desk("rita"), article.get_absolute_url(), **changes)
        assert response.status_code == 200
        for field in ("tags", "citations-0-source", "quotes-0-person", "credits-0-contributor"):
            assert beside(response, field)

    @pytest.mark.parametrize("value", HUGE)
    def test_posted_with_a_version_that_is_stale(self, value):
        article = cast.draft()
        address = article.get_absolute_url()
        form = drawn(at_desk("rita").get(address))
        cast.edit(article, cast.user("rita"), headline="Another")
        changes = {"tags": value, "section": value, "citations-0-source": value, "citations-0-number": value}
        response = save(at_desk("rita"), address, form, **changes, **row("mentions", 0, person=value))
        assert response.status_code == 409
        assert cast.fresh(article).headline == "Another"

    @pytest.mark.parametrize("value", HUGE)
    def test_the_id_of_a_row(self, value):
        article = cast.draft()
        response = save(at_desk("rita"), article.get_absolute_url(), **{"citations-0-id": value})
        assert response.status_code == 200
        assert errors_of(response, "citations")

    @pytest.mark.parametrize("value", HUGE)
    def test_the_place_of_a_credit(self, value):
        article = cast.draft()
        response = save(at_desk("rita"), article.get_absolute_url(), **{"credits-0-position": value})
        assert beside(response, "credits-0-position")


def test_a_row_that_is_gone_is_said_in_its_place():
    article = cast.draft()
    form = drawn(at_desk("rita").get(article.get_absolute_url()))
    article.quotes.all().delete()
    response = save(at_desk("rita"), article.get_absolute_url(), form, headline="Another")
    (said,) = errors_of(response, "quotes")
    assert said.startswith("Somebody deleted a row meanwhile: ")
    assert "The dredging of the lower channel begins in March." in said
    assert cast.fresh(article).headline == article.headline


def test_a_row_of_another_story_stays_there():
    article, other = cast.draft(), cast.draft(headline="Another")
    changes = {"citations-0-id": other.citations.get().pk, "citations-0-title": "Taken"}
    save(at_desk("rita"), article.get_absolute_url(), **changes)
    assert other.citations.get().title == article.citations.get().title != "Taken"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2200-12-31T23:59-23:59", "Give a date and a time"),
        ("1990-01-01T00:00+23:59", "Give a date and a time"),
        ("2027-03-31T18:30Z", "Give a date and a time"),
        ("2201-01-01T00:00", "Give a year between"),
        ("2027-03-31T18:30\0", "Give a date and a time"),
    ],
)
def test_a_moment_with_an_offset_or_out_of_the_years_is_refused(typed, said):
    article = cast.draft()
    User.objects.filter(username="rita").update(time_zone="America/Los_Angeles")
    response = save(at_desk("rita"), article.get_absolute_url(), due=typed)
    assert response.status_code == 200
    assert said in words(response)
    assert cast.fresh(article).due is None


class TestTooLarge:
    """The server stops reading at DATA_UPLOAD_MAX_MEMORY_SIZE: a page says why nothing was saved."""

    @pytest.mark.parametrize("checks", [True, False])
    def test_a_form_of_the_desk(self, settings, checks):
        settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100_000
        client = Client(enforce_csrf_checks=checks)
        client.force_login(cast.user("rita"))
        response = client.post(ADD, {"headline": "Bridge", "body": "x" * 200_000})
        assert response.status_code == 413
        said = words(response)
        assert "What was sent has 195.5 KB." in said
        assert "may have 97.7" in said
        assert "Back button" in said
        assert not Article.objects.exists()

    def test_a_form_that_comes_after_its_session_ended(self, settings):
        settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100_000
        client = at_desk("rita")
        with time_machine.travel(timezone.now() + timedelta(hours=9)):
            response = client.post(ADD, {"headline": "Bridge", "body": "x" * 200_000})
        assert response.status_code == 413
        assert "Nothing was saved." in words(response)


def beside(response, field):
    """The errors that stand beside the field."""
    drawn_as = page(response).xpath(f"//*[@name='{field}']")
    assert drawn_as, f"{field} is not drawn"
    line = next(item for item in drawn_as[0].iterancestors() if "form-row" in (item.get("class") or ""))
    return [item.text_content() for item in line.xpath(".//ul[contains(@class, 'errorlist')]/li")]


def test_a_person_s_address_with_a_huge_number_is_no_fault():
    for number in ("9" * 30, "9" * 5_000, "%00"):
        answer = at_desk("clara").get(f"{reverse('admin:articles_person_changelist')}{number}/change/", follow=True)
        assert answer.status_code in {200, 404}
    assert not Person.objects.exists()
