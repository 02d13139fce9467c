"""Sections, sources, people, contributors, tags and users, as the desk keeps them."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse

from articles.enums import Role
from articles.models import Contributor, Person, Section, Source, Tag
from articles.permissions import REGISTERS, may_register, roles_of
from newsroom.models import User
from tests import cast
from tests.cast import user
from tests.desk.rows import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("contexts")]

CAST = ["rita", "tudor", "elena", "clara", "adam", "sam", "nora"]
NAMES = {f"{field}_{code}": "" for field in ("names", "about", "descriptions") for code in ("en", "ro", "ru", "uk")}
NO_ROWS = {
    f"{prefix}-{field}": number
    for prefix in ("forms", "roles")
    for field, number in (("TOTAL_FORMS", "0"), ("INITIAL_FORMS", "0"), ("MIN_NUM_FORMS", "0"))
}


def address(model, act, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{act}", args=args)


def sign_in(client, name):
    client.force_login(user(name))
    return client


def add(client, model, **data):
    return client.post(address(model, "add"), {**NAMES, **NO_ROWS, **data})


class TestRights:
    @pytest.mark.parametrize("name", CAST)
    @pytest.mark.parametrize("model", [Section, Source, Person, Contributor, Tag, User])
    def test_each_address_opens_to_whom_the_table_names(self, client, model, name):
        who, register = user(name), model._meta.model_name
        row = user("emil")
        if model is not User:
            make(model, 1)
            row = model.objects.get()
        sign_in(client, name)
        asked = {
            "changelist": (address(model, "changelist"), "view"),
            "add": (address(model, "add"), "add"),
            "change": (address(model, "change", row.pk), "view"),
            "history": (address(model, "history", row.pk), "view"),
            "delete": (address(model, "delete", row.pk), "delete"),
        }
        got = {page: client.get(url).status_code == 200 for page, (url, _act) in asked.items()}
        assert got == {page: may_register(who, register, act) for page, (_url, act) in asked.items()}

    @pytest.mark.parametrize("name", CAST)
    def test_a_forged_change_changes_nothing_without_the_right(self, client, name):
        row = Tag.objects.create(name="Rivers", slug="rivers")
        sign_in(client, name).post(address(Tag, "change", row.pk), {"name": "Lakes", "slug": "lakes"})
        row.refresh_from_db()
        assert (row.name == "Lakes") == may_register(user(name), "tag", "change")

    def test_no_bulk_action_deletes(self, client):
        row = Tag.objects.create(name="Rivers", slug="rivers")
        data = {"action": "delete_selected", "_selected_action": row.pk, "post": "yes", "index": 0}
        sign_in(client, "clara").post(address(Tag, "changelist"), data)
        assert Tag.objects.filter(pk=row.pk).exists()

    def test_the_table_names_each_register_that_is_in_the_admin(self):
        from django.contrib import admin

        own = [model for model in admin.site._registry if model._meta.app_label != "translations"]
        registered = {model._meta.model_name for model in own} - {"article"}
        assert registered == set(REGISTERS)


class TestSlugs:
    @pytest.mark.parametrize(
        ("name", "slug"),
        [
            ("Știri din Chișinău", "stiri-din-chisinau"),
            ("Вибори 2027", "vibori-2027"),
            ("24/7", "24-7"),
            ("TCP/IP", "tcp-ip"),
        ],
    )
    def test_an_empty_slug_is_made_from_a_name_in_any_script(self, client, name, slug):
        add(sign_in(client, "elena"), Tag, name=name, slug="")
        assert Tag.objects.get().name == name
        assert Tag.objects.get().slug == slug

    def test_a_second_person_of_the_same_name_gets_a_slug_of_their_own(self, client):
        sign_in(client, "rita")
        for _twice in range(2):
            add(client, Person, name="Ion Popa", slug="")
        assert list(Person.objects.order_by("pk").values_list("slug", flat=True)) == [
            "ion-popa",
            "ion-popa-2",
        ]

    def test_a_section_takes_the_name_of_the_default_language(self, client):
        add(sign_in(client, "clara"), Section, names_en="World", names_ro="Lume", position="1")
        assert Section.objects.get().slug == "world"
        assert Section.objects.get().names == {"en": "World", "ro": "Lume"}

    def test_a_name_without_a_letter_asks_for_a_slug(self, client):
        answer = add(sign_in(client, "elena"), Tag, name="!!!", slug="")
        assert "write one in Latin letters" in answer.content.decode()
        assert not Tag.objects.exists()

    def test_a_slug_with_a_slash_is_refused_and_everything_typed_is_there(self, client):
        answer = add(sign_in(client, "elena"), Tag, name="Rivers & lakes", slug="rivers/lakes").content.decode()
        assert "Enter a valid “slug”" in answer
        assert 'value="Rivers &amp; lakes"' in answer
        assert 'value="rivers/lakes"' in answer

    def test_the_same_tag_in_other_letters_is_refused_by_name(self, client):
        Tag.objects.create(name="Elections", slug="elections")
        answer = add(sign_in(client, "elena"), Tag, name="ELECTIONS", slug="")
        assert "There is the tag “Elections” already." in answer.content.decode()

    def test_a_tag_with_a_comma_is_refused(self, client):
        answer = add(sign_in(client, "elena"), Tag, name="rivers, lakes", slug="")
        assert "no comma" in answer.content.decode()


class TestPeople:
    def test_names_and_roles_are_kept_with_the_person(self, client):
        data = {
            "name": "Aleksandr Darchiev", "slug": "", "wikidata": "https://www.wikidata.org/wiki/q4154112", "note": "",
            **NO_ROWS, "forms-TOTAL_FORMS": "2", "roles-TOTAL_FORMS": "1",
            "forms-0-language": "en", "forms-0-kind": "preferred", "forms-0-form": "Aleksandr Darchiev",
            "forms-1-language": "en", "forms-1-kind": "misspelling", "forms-1-form": "Aleksandr Darcheev",
            "roles-0-titles_en": "ambassador", "roles-0-titles_ro": "ambasador", "roles-0-held_from": "2025-03-01",
        }  # fmt: skip
        sign_in(client, "rita").post(address(Person, "add"), data)
        person = Person.objects.get()
        assert person.wikidata == "Q4154112"
        assert set(person.forms.values_list("kind", "fold")) == {
            ("preferred", "aleksandr darchiev"),
            ("misspelling", "aleksandr darcheev"),
        }
        assert person.roles.get().titles == {"en": "ambassador", "ro": "ambasador"}

    def test_two_preferred_forms_in_one_language_are_refused_with_a_reason(self, client):
        data = {
            "name": "A B", **NO_ROWS, "forms-TOTAL_FORMS": "2",
            "forms-0-language": "en", "forms-0-kind": "preferred", "forms-0-form": "A B",
            "forms-1-language": "en", "forms-1-kind": "preferred", "forms-1-form": "A C",
        }  # fmt: skip
        answer = sign_in(client, "rita").post(address(Person, "add"), data)
        assert "one preferred form per language" in answer.content.decode()
        assert not Person.objects.exists()

    def test_a_reporter_sees_the_forms_but_cannot_change_them(self, client):
        person = cast.speaker()
        answer = sign_in(client, "rita").get(address(Person, "change", person.pk)).content.decode()
        assert "Aleksandr Darcheev" in answer
        assert 'name="forms-0-form"' not in answer

    def test_who_may_not_change_a_text_reads_it_in_every_language(self, client):
        person = cast.speaker()
        person.roles.create(titles={"en": "ambassador", "uk": "посол"})
        answer = sign_in(client, "rita").get(address(Person, "change", person.pk)).content.decode()
        assert '<p class="in-words" lang="uk"><span class="language">uk</span> посол</p>' in answer
        assert "&quot;uk&quot;" not in answer


class TestDeletion:
    def test_what_uses_a_source_is_named(self, client):
        article = cast.draft(headline="Commission agrees")
        answer = sign_in(client, "clara").get(address(Source, "delete", cast.source().pk)).content.decode()
        assert "“Commission agrees” uses it." in answer
        assert "Something else" not in answer
        assert article.citations.exists()

    def test_a_story_that_one_may_not_see_is_not_named(self, client, monkeypatch):
        cast.draft(headline="Secret draft")
        both = user("tudor")
        both.groups.add(Group.objects.get_or_create(name=Role.ADMINISTRATOR)[0])
        monkeypatch.setitem(REGISTERS["source"], "delete", frozenset({Role.TRANSLATOR}))
        client.force_login(both)
        answer = client.get(address(Source, "delete", cast.source().pk)).content.decode()
        assert "Secret" not in answer
        assert "Something else uses it." in answer

    def test_a_forged_deletion_of_what_is_in_use_deletes_nothing(self, client):
        cast.live()
        for row in (cast.source(), cast.section()):
            sign_in(client, "clara").post(address(type(row), "delete", row.pk), {"post": "yes"})
            row.refresh_from_db()

    def test_what_nothing_uses_is_deleted_and_logged(self, client):
        row = cast.source("leaflet", "A leaflet")
        sign_in(client, "clara").post(address(Source, "delete", row.pk), {"post": "yes"})
        assert not Source.objects.filter(pk=row.pk).exists()
        assert LogEntry.objects.get().object_repr == "A leaflet"

    def test_the_page_costs_the_same_for_one_use_and_for_fifty(self, client, django_assert_max_num_queries):
        for number in range(12):
            cast.draft(headline=f"Story {number}")
        sign_in(client, "clara")
        with django_assert_max_num_queries(16):
            answer = client.get(address(Source, "delete", cast.source().pk)).content.decode()
        assert answer.count("uses it.") == 10
        assert "Something else uses it too." in answer


class TestContributors:
    def test_a_byline_is_tied_to_a_user_of_the_desk_who_has_none(self, client):
        for name in ("rita", "tudor", "nora"):
            user(name)
        cast.contributor("tudor")
        form = sign_in(client, "elena").get(address(Contributor, "add")).context["adminform"].form
        offered = set(form.fields["user"].queryset.values_list("username", flat=True))
        assert offered == {"rita", "elena"}

    def test_whose_a_byline_is_changes_only_by_a_chief_and_never_to_or_from_oneself(self, client):
        tudor, clara = cast.contributor("tudor"), user("clara")
        user("rita")
        url = address(Contributor, "change", tudor.pk)
        data = {**NAMES, **NO_ROWS, "name": tudor.name, "slug": tudor.slug, "languages": "", "user": user("elena").pk}
        sign_in(client, "elena").post(url, data)
        assert Contributor.objects.get(pk=tudor.pk).user == user("tudor")
        sign_in(client, "clara").post(url, {**data, "user": clara.pk})
        assert Contributor.objects.get(pk=tudor.pk).user == user("tudor")
        sign_in(client, "clara").post(url, {**data, "user": user("rita").pk})
        assert Contributor.objects.get(pk=tudor.pk).user == user("rita")
        own = cast.contributor("clara")
        client.post(address(Contributor, "change", own.pk), {**data, "name": "Clara", "slug": own.slug, "user": ""})
        assert Contributor.objects.get(pk=own.pk).user == clara

    def test_language_tags_are_put_in_order_and_nonsense_is_refused(self, client):
        sign_in(client, "elena")
        add(client, Contributor, name="Iurie Tataru", languages="RO , en,ro", user="")
        assert Contributor.objects.get().languages == "ro, en"
        answer = add(client, Contributor, name="B", languages="Romanian!", user="")
        assert "“Romanian!” is no language tag." in answer.content.decode().replace("rom", "Rom")


class TestUsers:
    def change(self, client, who, **data):
        values = {"username": who.username, "first_name": "A", "last_name": "B", "email": who.email, "is_active": "on",
                  "language": "", "time_zone": "", **data}  # fmt: skip
        return client.post(address(User, "change", who.pk), values)

    def test_an_administrator_gives_and_takes_roles(self, client):
        rita = user("rita")
        self.change(sign_in(client, "adam"), rita, roles=["editor", "translator"])
        assert roles_of(user("rita")) == {Role.EDITOR, Role.TRANSLATOR}

    def test_a_change_of_role_ends_the_sessions_of_its_user(self, client, django_user_model):
        rita = user("rita")
        self.change(sign_in(client, "adam"), rita, roles=["editor"])
        assert user("rita").session_epoch > rita.session_epoch

    def test_no_right_of_django_can_be_given(self, client):
        rita = user("rita")
        data = {
            "is_superuser": "on",
            "user_permissions": ["1"],
            "groups": ["1"],
            "is_staff": "on",
            "roles": ["reporter"],
        }
        self.change(sign_in(client, "adam"), rita, **data)
        rita = user("rita")
        assert (rita.is_superuser, rita.user_permissions.count(), rita.groups.count()) == (False, 0, 1)

    def test_nobody_locks_themselves_out(self, client):
        adam = user("adam")
        answer = self.change(sign_in(client, "adam"), adam, is_active="", roles=[])
        assert "You can&#x27;t switch yourself off." in answer.content.decode()
        assert roles_of(user("adam")) == {Role.ADMINISTRATOR}

    def test_the_hash_of_a_password_is_never_shown(self, client):
        answer = sign_in(client, "adam").get(address(User, "change", user("rita").pk)).content.decode()
        assert user("rita").password not in answer
        assert user("rita").password.rpartition("$")[2] not in answer

    def test_a_time_zone_that_does_not_exist_is_refused(self, client):
        answer = self.change(sign_in(client, "adam"), user("rita"), time_zone="Mars/Olympus", roles=["reporter"])
        assert "is not a time zone" in answer.content.decode()

    def test_users_are_never_deleted(self, client):
        rita = user("rita")
        assert sign_in(client, "adam").post(address(User, "delete", rita.pk), {"post": "yes"}).status_code == 403

    def test_sync_roles_makes_the_five_roles_and_repeats_harmlessly(self, capsys):
        for _twice in range(2):
            call_command("sync_roles")
        assert set(Group.objects.values_list("name", flat=True)) == set(Role.values)
        assert capsys.readouterr().out.endswith("All roles are there.\n")


def test_a_person_is_found_by_each_part_of_a_name(client):
    person = Person.objects.create(name="Ion Albu-Rusu", slug="ion-albu-rusu")
    person.forms.create(language="ro", kind="preferred", form="Ion Albu-Rusu")
    chief, found = sign_in(client, "clara"), address(Person, "changelist")
    for typed in ("ion", "Albu", "albu-r", "Rusu"):
        assert "Ion Albu-Rusu" in chief.get(found, {"q": typed}).content.decode(), typed
    assert "Ion Albu-Rusu" not in chief.get(found, {"q": "bu-rusu"}).content.decode()
