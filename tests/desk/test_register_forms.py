"""The registers' forms as a browser draws and sends them; an address that readers have stays what it is."""

import pytest
from django.urls import reverse

from articles.models import Contributor, Person, Picture, Section, Source, Tag
from articles.models.person import PersonRole
from tests import cast
from tests.desk.typing_in import at_desk, drawn, errors_of, save, words
from tests.pictures import files

pytestmark = pytest.mark.django_db

NAMED = [
    (Section, {"names_0": "World"}, {"names_1": "Lume"}),
    (Source, {"name": "Moldpres"}, {"names_2": "Молдпрес"}),
    (
        Person,
        {"name": "Ana Pop", "forms-0-form": "Ana Pop", "forms-0-language": "en", "roles-TOTAL_FORMS": 1,
         "roles-0-titles_0": "mayor"},
        {"roles-0-titles_1": "primar"},
    ),
    (Contributor, {"name": "Ana Pop"}, {"about_0": "Writes of rivers."}),
    (Tag, {"name": "Rivers"}, {"name": "Rivers and lakes"}),
    (Picture, {"title": "Bridge"}, {"title": "Old bridge"}),
]  # fmt: skip


def address(model, act, *args):
    return reverse(f"admin:articles_{model._meta.model_name}_{act}", args=args)


def typed(model, fields):
    """The names that the fields have in the form: languages go by their place there."""
    codes = ("en", "ro", "ru", "uk")
    named = {}
    for name, value in fields.items():
        stem, _line, place = name.rpartition("_")
        named[f"{stem}_{codes[int(place)]}" if place.isdigit() else name] = value
    if model is Picture and "title" in fields:
        named["file"] = files.sent(files.encoded())
    return named


def form_of(response, model):
    return drawn(response, f"{model._meta.model_name}_form")


@pytest.mark.parametrize(("model", "added", "changed"), NAMED)
def test_what_was_drawn_is_saved_with_one_change(model, added, changed):
    clara = at_desk("clara")
    new = form_of(clara.get(address(model, "add")), model)
    response = save(clara, address(model, "add"), new, **typed(model, added))
    assert (response.status_code, model.objects.count()) == (302, 1), words(response)
    change = address(model, "change", model.objects.get().pk)
    response = save(clara, change, form_of(clara.get(change), model), **typed(Tag, changed))
    assert response.status_code == 302, words(response)
    kept = form_of(clara.get(change), model)
    for name, value in typed(Tag, changed).items():
        assert kept[name] == [value]


def test_a_role_that_is_left_empty_makes_no_row():
    clara, person = at_desk("clara"), cast.speaker()
    change = address(Person, "change", person.pk)
    save(clara, change, form_of(clara.get(change), Person), **{"roles-TOTAL_FORMS": 1, "roles-0-titles_en": ""})
    assert not PersonRole.objects.exists()


@pytest.mark.parametrize("query", ["names=x", "descriptions=", "names=%7B%7D&position=x"])
def test_a_text_per_language_in_the_address_is_no_error(query):
    assert at_desk("clara").get(f"{address(Section, 'add')}?{query}").status_code == 200


class TestSlugsThatReadersHave:
    """A page that was published links by the slugs of that moment, and can't be changed any more."""

    def rows(self):
        return [cast.section(), cast.source(), cast.speaker(), cast.contributor("rita"), Tag.objects.get()]

    def publish(self):
        article = cast.draft()
        article.tags.add(Tag.objects.create(name="Rivers", slug="rivers"))
        article.mentions.create(person=cast.speaker())
        article = cast.edit(article, cast.user("rita"), standfirst="Another.")
        article = cast.filing.submit(article, by=cast.user("rita"), version=article.version)
        article = cast.filing.claim(article, by=cast.user("elena"), version=article.version)
        article = cast.filing.approve(article, by=cast.user("elena"), version=article.version)
        cast.publishing.publish(article, by=cast.user("elena"), version=article.version)

    def test_a_slug_in_use_is_shown_with_the_reason_and_stays(self):
        self.publish()
        clara = at_desk("clara")
        for row in self.rows():
            change = address(type(row), "change", row.pk)
            response = clara.get(change)
            form = form_of(response, type(row))
            assert "slug" not in form
            assert "Published stories link to this address, so it stays." in words(response)
            assert row.slug in words(response)
            assert save(clara, change, form, slug="another").status_code == 302
            assert type(row).objects.get(pk=row.pk).slug == row.slug

    def test_a_slug_that_no_published_page_links_to_can_be_changed(self):
        article = cast.draft()
        article.tags.add(Tag.objects.create(name="Rivers", slug="rivers"))
        clara = at_desk("clara")
        for row in self.rows():
            change = address(type(row), "change", row.pk)
            form = form_of(clara.get(change), type(row))
            assert save(clara, change, form, slug="another").status_code == 302
            assert type(row).objects.get(pk=row.pk).slug == "another"


def test_a_name_form_that_is_gone_is_said_beside_its_row():
    clara, person = at_desk("clara"), cast.speaker()
    change = address(Person, "change", person.pk)
    form = form_of(clara.get(change), Person)
    person.forms.first().delete()
    response = save(clara, change, form, name="Aleksandr D.")
    (said,) = errors_of(response, "forms")
    assert said.startswith("Somebody deleted a row meanwhile: ")
    assert "en, misspelling, Aleksandr Darcheev" in said
