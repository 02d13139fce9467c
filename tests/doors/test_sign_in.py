"""Signing in, and being kept out."""

import pytest
from django.urls import reverse

from tests.doors.conftest import PASSWORD

LOGIN = "/accounts/login/"


def sign_in(client, name, password=PASSWORD, **more):
    return client.post(LOGIN, {"login": name, "password": password, **more})


@pytest.mark.parametrize("name", ["elena", "elena@news.example"])
def test_user_name_and_address_both_open_the_desk(client, elena, name):
    assert sign_in(client, name).url == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_who_is_sent_to_sign_in_comes_back_to_the_page_asked_for(client, elena):
    asked = client.get("/admin/password_change/", follow=True)
    assert asked.redirect_chain[-1][0] == "/accounts/login/?next=%2Fadmin%2Fpassword_change%2F"
    assert sign_in(client, "elena", next="/admin/password_change/").url == "/admin/password_change/"


def test_the_admin_has_no_sign_in_page_of_its_own(client, elena):
    answer = client.post("/admin/login/", {"username": "elena", "password": PASSWORD})
    assert answer.url == "/accounts/login/?next=%2Fadmin%2F"
    assert "_auth_user_id" not in client.session


def test_another_site_is_no_page_to_come_back_to(client, elena):
    assert client.get("/admin/login/?next=https://evil.example/").url == "/accounts/login/?next=%2Fadmin%2F"
    assert sign_in(client, "elena", next="https://evil.example/").url == "/admin/"


def test_a_user_without_a_role_stays_outside(client, person):
    person("nobody", is_staff=True)
    sign_in(client, "nobody")
    refused = client.get("/admin/", follow=True)
    assert refused.status_code == 403
    assert "You may not open this page" in refused.content.decode()


def test_a_switched_off_user_is_refused(client, elena):
    elena.is_active = False
    elena.save()
    sign_in(client, "elena")
    assert "_auth_user_id" not in client.session


def test_five_failures_lock_a_name_even_for_the_right_password(client, elena, radu):
    for _attempt in range(5):
        sign_in(client, "elena", "wrong")
    locked = sign_in(client, "elena")
    assert "Too many failed login attempts" in locked.content.decode()
    assert "_auth_user_id" not in client.session
    assert sign_in(client, "radu").status_code == 302


def test_the_lock_is_kept_where_all_processes_see_it():
    """Not the cache that tests use: the one of the settings."""
    from newsroom.settings import CACHES

    assert CACHES["default"]["BACKEND"] == "django.core.cache.backends.db.DatabaseCache"


def test_a_refused_sign_in_does_not_tell_whether_the_name_exists(client, elena):
    wrong = sign_in(client, "elena", "wrong").content.decode()
    unknown = sign_in(client, "somebody", "wrong").content.decode()
    assert "are not correct" in wrong
    assert "are not correct" in unknown


def test_nobody_signs_up(client, db, django_user_model):
    form = {"username": "mallory", "password1": PASSWORD, "password2": PASSWORD}
    client.post(reverse("account_signup"), form)
    assert not django_user_model.objects.exists()


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("short word", "at least 12 characters"),
        ("qwerty123456", "too common"),
        ("elena@news.example", "too similar"),
    ],
)
def test_a_weak_password_is_refused_with_its_reason(at_desk, password, reason):
    form = {"oldpassword": PASSWORD, "password1": password, "password2": password}
    page = at_desk.post(reverse("account_change_password"), form).content.decode()
    assert reason in page


def test_every_field_of_the_sign_in_form_has_a_label(client, db):
    page = client.get(LOGIN).content.decode()
    assert '<label for="id_login">User name or e-mail address' in page
    assert '<label for="id_password">Password' in page
