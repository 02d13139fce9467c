"""Lists at the desk cost the same with any number of rows, and lose none while one pages through them."""

from contextlib import contextmanager

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from articles.admin.lists import KeyPaginatedAdmin
from articles.enums import Role
from articles.models import Article, Person, Tag
from newsroom.models import User
from tests import cast
from tests.cast import user
from tests.desk.rows import MODELS, make
from tests.desk.typing_in import page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("contexts")]


@pytest.fixture
def chief(client):
    """Clara, who looks after the users too."""
    clara = user("clara")
    clara.groups.add(Group.objects.get_or_create(name=Role.ADMINISTRATOR)[0])
    client.force_login(user("clara"))
    client.get(reverse("admin:index"))  # the session is opened and the roles are read
    return client


def address(model):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


@contextmanager
def queries():
    with CaptureQueriesContext(connection) as captured:
        yield captured


@pytest.mark.parametrize("model", MODELS)
def test_the_queries_are_the_same_for_1_3_and_300_rows(chief, model):
    counts = []
    for there, more in ((0, 1), (1, 2), (3, 297)):
        make(model, more, after=there)
        if model is User:  # each with a role, which its row shows
            User.groups.through.objects.bulk_create(
                [
                    User.groups.through(user_id=pk, group=Group.objects.first())
                    for pk in User.objects.filter(groups=None).values_list("pk", flat=True)
                ]
            )
        with queries() as captured:
            assert chief.get(address(model)).status_code == 200
        counts.append(len(captured))
    assert counts == [counts[0]] * 3


@pytest.mark.parametrize("model", MODELS)
def test_nothing_is_counted(chief, model):
    make(model, 120)
    for query in ("", "?q=1", "?q=story"):
        with queries() as captured:
            chief.get(address(model) + query)
        assert [q["sql"] for q in captured if "COUNT(" in q["sql"].upper() or "OFFSET" in q["sql"].upper()] == []


@pytest.mark.parametrize("model", MODELS)
def test_paging_there_and_back_meets_each_row_once(chief, model):
    make(model, 133)
    forth, last = _walk(chief, model, "", "next_url")
    back, _first = _walk(chief, model, last, "previous_url")
    met = [pk for page in forth for pk in page]
    assert back == forth[::-1]
    assert len(met) == len(set(met))
    assert set(met) == set(model.objects.values_list("pk", flat=True))


def _walk(client, model, query, onwards):
    pages = []
    while True:
        changes = client.get(address(model) + query).context["cl"]
        pages.append([row.pk for row in changes.result_list])
        if not getattr(changes, onwards):
            return pages, query
        query = getattr(changes, onwards)


def test_a_row_that_comes_in_meanwhile_moves_no_other(chief):
    make(Tag, 60)
    changes = chief.get(address(Tag)).context["cl"]
    Tag.objects.create(name="Aardvark", slug="aardvark")
    rows = chief.get(address(Tag) + changes.next_url).context["cl"].result_list
    assert [tag.name for tag in rows] == [f"Tag {i:03}" for i in range(50, 60)]


def test_one_can_sort_by_the_columns_named_and_by_no_other(chief):
    make(Person, 5)
    names = [person.name for person in chief.get(f"{address(Person)}?o=-0").context["cl"].result_list]
    by_other = chief.get(f"{address(Person)}?o=1").context["cl"].queryset.query.order_by
    assert names == sorted(names, reverse=True)
    assert by_other == ("name", "pk")


@pytest.mark.parametrize(
    "query", ["?after=nonsense", "?before=WyJ4Il0:1:2", "?o=99999999999999999999", "?p=0", "?all="]
)
def test_a_broken_address_is_no_error(chief, query):
    make(Tag, 3)
    assert chief.get(address(Tag) + query, follow=True).status_code == 200


def test_a_key_of_another_order_is_refused(chief):
    make(Tag, 60)
    key = chief.get(address(Tag)).context["cl"].next_url
    response = chief.get(f"{address(Tag)}{key}&o=-0")
    assert response.headers["Location"].endswith("?e=1")


@pytest.mark.parametrize(
    "model", [model for model in admin.site._registry if not model._meta.app_label.startswith(("auth", "account"))]
)
def test_every_filter_of_every_list_answers(chief, model):
    drawn = chief.get(address(model))
    if drawn.status_code in {302, 403}:
        pytest.skip("no list, or none that a chief opens")
    for link in page(drawn).xpath('//*[@id="changelist-filter"]//a/@href'):
        assert chief.get(address(model) + link).status_code == 200, link


@pytest.mark.parametrize(
    "query", ["?headline__regex=^(a+)%2B$", "?created_by__password__startswith=a", "?body__icontains=x"]
)
def test_only_the_filters_of_the_list_are_looked_up(chief, query):
    assert chief.get(address(Article) + query).status_code == 400


def test_every_list_at_the_desk_is_paged_by_key():
    wanting = [
        model for model, model_admin in admin.site._registry.items() if not isinstance(model_admin, KeyPaginatedAdmin)
    ]
    assert wanting == []


def test_sorting_by_a_column_without_an_index_fails_the_check():
    class Unindexed(KeyPaginatedAdmin):
        list_display = ["note"]
        sortable_by = ["note"]

    assert "articles.E101" in [error.id for error in Unindexed(Person, admin.site).check()]


class TestChoices:
    """What a field offers while one types."""

    def offered(self, client, term, model="quote", field="person", page=1):
        query = {
            "term": term,
            "app_label": "articles",
            "model_name": model,
            "field_name": field,
            "page": page,
        }
        return client.get(reverse("admin:autocomplete"), query)

    @pytest.mark.parametrize("term", ["Дарчиев", "darciev", "Darcheev", "aleksandr dar", "АЛЕКСАНДР", "DARCHIEV"])
    def test_a_person_is_found_by_any_form_in_any_script(self, chief, term):
        person = cast.speaker()
        Person.objects.create(name="Sonata Coulter", slug="sonata-coulter")
        found = self.offered(chief, term).json()["results"]
        assert found == [{"id": str(person.pk), "text": "Aleksandr Darchiev"}]

    def test_pages_follow_without_a_count(self, chief):
        make(Person, 45)
        with queries() as captured:
            pages = [self.offered(chief, "", page=page).json() for page in (1, 2, 3)]
        assert [len(page["results"]) for page in pages] == [20, 20, 5]
        assert [page["pagination"]["more"] for page in pages] == [True, True, False]
        assert [q["sql"] for q in captured if "COUNT(" in q["sql"].upper()] == []

    def test_a_story_that_one_may_not_see_is_not_offered(self, client):
        cast.draft(headline="Secret draft of Rita", by=user("elena"))
        client.force_login(user("tudor"))
        answer = self.offered(client, "Secret", model="article", field="original")
        assert answer.json()["results"] == []

    def test_users_are_offered_to_who_manages_them_alone(self, client):
        answers = {}
        for name in ("rita", "clara", "adam"):
            client.force_login(user(name))
            answers[name] = self.offered(client, "r", model="article", field="created_by").status_code
        assert answers == {"rita": 403, "clara": 403, "adam": 200}


class TestWhereAStoryStands:
    """The list of articles tells what readers get apart from what was only published once."""

    def stands(self, client, article):
        client.force_login(user("clara"))
        (row,) = [
            row
            for row in page(client.get(address(Article))).xpath("//tbody/tr")
            if article.headline in row.text_content()
        ]
        return row.xpath(".//td[contains(@class, 'field-standing')]")[0].text_content()

    @pytest.mark.parametrize(
        ("state", "said"),
        [
            ("draft", "draft"), ("ready", "ready"), ("scheduled", "scheduled"), ("live", "published"), ("held", "held"),
            ("retracted", "retracted"), ("removed", "removed"), ("spiked", "spiked"),
        ],
    )  # fmt: skip
    def test_each_by_its_own_word(self, client, state, said):
        assert self.stands(client, cast.STATES[state]()) == said

    def test_both_where_a_held_story_is_edited(self, client):
        article = cast.edit(cast.held(), user("elena"), standfirst="Work begins in spring.")
        assert self.stands(client, article) == "editing, held"


def test_hints_for_typing_stand_under_no_field_that_is_only_read(client):
    cast.speaker()
    article = cast.draft()
    people = reverse("admin:articles_person_change", args=[Person.objects.get().pk])
    client.force_login(user("rita"))
    hints = "//div[contains(@class, 'form-row')]//div[contains(@class, 'help')]"
    assert page(client.get(article.get_absolute_url())).xpath(hints)
    article = cast.filing.submit(article, by=user("rita"), version=article.version)
    for where in (article.get_absolute_url(), people):
        read = page(client.get(where))
        assert read.xpath("//div[contains(@class, 'readonly')]"), where
        assert read.xpath(hints) == [], where
