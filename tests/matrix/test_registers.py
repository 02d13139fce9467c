"""Each role, each register, each act, through the register's own addresses: as the documented table says."""

import io

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from articles.media import intake
from articles.models import Contributor, Paper, Person, Picture, Section, Source, Tag
from newsroom.models import User
from tests import cast
from tests.matrix import desk, table
from tests.matrix.desk import NOBODY, OUTSIDE, PEOPLE


def picture(by: str, colour: str) -> Picture:
    content = io.BytesIO()
    Image.new("RGB", (8, 6), colour).save(content, "PNG")
    upload = SimpleUploadedFile("river.png", content.getvalue())
    return intake.take_in(upload, by=cast.user(by), title="River", credit="Own", licence="own")


MAKE = {
    "section": lambda: Section.objects.create(slug="economy", names={"en": "Economy"}),
    "source": lambda: Source.objects.create(slug="gazette", name="The Gazette"),
    "person": lambda: Person.objects.create(slug="ana", name="Ana Rusu"),
    "contributor": lambda: Contributor.objects.create(slug="ion", name="Ion Byline"),
    "picture": lambda: picture("emil", "navy"),
    "paper": lambda: Paper.objects.create(name="The River Post"),
    "tag": lambda: Tag.objects.create(slug="rivers", name="Rivers"),
    "user": lambda: User.objects.create_user("newcomer", "newcomer@example.org", cast.PASSWORD),
}


def right(register: str, act: str, person: table.Person) -> bool:
    """The table, with what stands above it: a superuser manages users as well."""
    roles = table.registers()[register][act]
    return person.role in roles or (register == "user" and person.name == "sam" and bool(roles))


def test_every_register_of_the_table_is_walked():
    assert set(table.registers()) == set(MAKE)


@pytest.mark.parametrize("register", MAKE)
def test_each_act_is_open_to_exactly_who_may(everybody, register):
    row = MAKE[register]()
    model = type(row)
    base = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
    faults = []
    for person in PEOPLE:
        client = desk.sign_in(person)
        outside = (302,) if person is NOBODY or person.name in OUTSIDE else (403,)
        asked = {
            "view": [("get", ""), ("get", f"{row.pk}/change/"), ("get", f"{row.pk}/history/")],
            "add": [("get", "add/"), ("post", "add/"), ("get", "add/?_popup=1")],
            "change": [("post", f"{row.pk}/change/")],
            "delete": [("get", f"{row.pk}/delete/"), ("post", f"{row.pk}/delete/")],
        }
        for act, requests in asked.items():
            for method, address in requests:
                with desk.undone():
                    answer = getattr(client, method)(base + address, {"post": "yes"} if method == "post" else None)
                    gone = not model.objects.filter(pk=row.pk).exists()
                wanted = (200, 302) if right(register, act, person) else outside
                deletes = act == "delete" and method == "post" and right(register, act, person)
                if answer.status_code not in wanted or gone != deletes:
                    faults.append(
                        f"{person.name}, {method} {address}: {answer.status_code}{', gone' * gone}, not {wanted}"
                    )
    assert not faults, "\n".join(faults)


def test_who_uploaded_a_picture_may_change_it_and_not_delete_it(everybody):
    own = picture("rita", "red")
    for name, status in (("rita", 200), ("radu", 403), ("elena", 200)):
        answer = desk.sign_in(desk.person(name)).post(f"/admin/articles/picture/{own.pk}/change/", {})
        assert answer.status_code == status, name
    assert desk.sign_in(desk.person("rita")).post(f"/admin/articles/picture/{own.pk}/delete/").status_code == 403


@pytest.mark.parametrize("register", ["section", "source", "person", "contributor", "picture", "tag"])
def test_what_a_story_uses_is_not_deleted_even_by_the_chief(standing, register):
    article, _place = standing("draft")
    used = {
        "section": article.section,
        "source": article.citations.get().source,
        "person": cast.speaker(),
        "contributor": article.credits.first().contributor,
        "picture": picture("emil", "green"),
        "tag": Tag.objects.create(slug="rivers", name="Rivers"),
    }[register]
    article.mentions.create(person=cast.speaker())
    article.tags.add(Tag.objects.get_or_create(slug="rivers", defaults={"name": "Rivers"})[0])
    if register == "picture":
        article.pictures.create(number=1, picture=used)
    address = f"/admin/articles/{register}/{used.pk}/delete/"
    answer = desk.sign_in(desk.person("clara")).post(address, {"post": "yes"}, follow=True)
    assert answer.status_code in {200, 403}
    assert type(used).objects.filter(pk=used.pk).exists()


@pytest.mark.parametrize("name", ["rita", "tudor", "elena", "clara", "nora"])
def test_nobody_raises_their_own_rights(everybody, name):
    person, user = desk.person(name), desk.user(name)
    chief = Group.objects.get(name="chief")
    groups = set(user.groups.all())
    forged = {
        "username": name,
        "groups": [chief.pk],
        "is_superuser": "on",
        "is_staff": "on",
        "is_active": "on",
    }
    for address in (f"/admin/newsroom/user/{user.pk}/change/", "/admin/newsroom/user/add/"):
        assert desk.sign_in(person).post(address, forged).status_code in {302, 403}
    raised = desk.user(name)
    assert (set(raised.groups.all()), raised.is_superuser) == (groups, False)
    assert User.objects.filter(is_superuser=True).count() == 1


@pytest.mark.parametrize("name", ["adam", "sam"])
def test_who_manages_users_hands_out_no_superuser(everybody, name):
    """An administrator can't make a superuser, nor can anybody through the desk."""
    radu = desk.user("radu")
    client = desk.sign_in(desk.person(name))
    address = f"/admin/newsroom/user/{radu.pk}/change/"
    form = desk.fields(client.get(address).content.decode(), "username")
    client.post(address, form | {"is_superuser": ["on"], "user_permissions": ["1", "2"]})
    raised = desk.user("radu")
    assert (raised.is_superuser, raised.user_permissions.count()) == (False, 0)
