"""Authenticator apps and recovery codes, and the newsrooms that require a second factor."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.management import call_command

from tests.doors.conftest import PASSWORD

pytestmark = pytest.mark.usefixtures("contexts")
ENROL = "/accounts/2fa/totp/activate/"


def code(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def confirm(client):
    return client.post("/accounts/reauthenticate/", {"password": PASSWORD})


def enrol(client) -> str:
    """Sets up an authenticator app; its secret."""
    confirm(client)
    page = client.get(ENROL)
    secret = page.context["form"].secret
    client.post(ENROL, {"code": code(secret)})
    return secret


def sign_in(client):
    return client.post("/accounts/login/", {"login": "elena", "password": PASSWORD})


@pytest.fixture
def required(settings):
    settings.NEWSROOM_REQUIRE_MFA = True


@pytest.mark.parametrize("address", ["/admin/", "/admin/password_change/", "/accounts/email/", "/accounts/kept-forms/"])
def test_without_one_the_desk_leads_to_enrolment(at_desk, required, address):
    answer = at_desk.get(address, follow=True)
    assert answer.redirect_chain[0] == ("/accounts/2fa/", 302)
    assert "Set up an authenticator app or a passkey first" in answer.content.decode()


def test_a_form_of_the_desk_is_no_way_around(at_desk, required):
    assert at_desk.post("/admin/", {"x": "y"}).url == "/accounts/2fa/"


def test_enrolment_opens_the_desk(at_desk, required, elena):
    enrol(at_desk)
    assert Authenticator.objects.filter(user=elena, type="totp").exists()
    assert at_desk.get("/admin/").status_code == 200


def test_recovery_codes_come_with_it(at_desk, required, elena):
    enrol(at_desk)
    assert Authenticator.objects.get(user=elena, type="recovery_codes").wrap().get_unused_codes()


def test_recovery_codes_alone_are_no_second_factor(at_desk, required, elena):
    Authenticator.objects.create(user=elena, type="recovery_codes", data={"seed": "a", "used_mask": 0})
    assert at_desk.get("/admin/").url == "/accounts/2fa/"


def test_enrolment_asks_for_the_password_again(at_desk):
    assert at_desk.get(ENROL).url.startswith("/accounts/reauthenticate/")


def test_whoever_has_one_is_asked_for_it_although_it_is_not_required(client, elena):
    sign_in(client)
    secret = enrol(client)
    client.post("/accounts/logout/")
    assert sign_in(client).url == "/accounts/2fa/authenticate/"
    assert "_auth_user_id" not in client.session
    Authenticator.objects.filter(type="totp").update(last_used_at=None)
    client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "_auth_user_id" not in client.session
    from django.core.cache import cache

    cache.clear()  # a code holds once; this one was used to enrol
    assert client.post("/accounts/2fa/authenticate/", {"code": code(secret)}).url == "/admin/"


def test_a_recovery_code_opens_once(client, elena):
    sign_in(client)
    enrol(client)
    recovery = Authenticator.objects.get(user=elena, type="recovery_codes").wrap().get_unused_codes()[0]
    for opens in (True, False):
        client.post("/accounts/logout/")
        sign_in(client)
        client.post("/accounts/2fa/authenticate/", {"code": recovery})
        assert ("_auth_user_id" in client.session) is opens


def test_the_last_one_stays_where_it_is_required(at_desk, required, elena):
    enrol(at_desk)
    at_desk.post("/accounts/2fa/totp/deactivate/")
    assert Authenticator.objects.filter(user=elena, type="totp").exists()


def test_the_last_one_may_go_where_it_is_not(at_desk, elena):
    enrol(at_desk)
    at_desk.post("/accounts/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=elena).exists()


def test_the_secret_of_a_second_factor_is_on_no_page_of_the_admin(client, person):
    client.force_login(person("root", is_staff=True, is_superuser=True))
    assert client.get("/admin/mfa/authenticator/").status_code == 404
    assert "authenticator" not in client.get("/admin/").content.decode().lower()


def test_an_operator_takes_away_what_was_lost(at_desk, elena, capsys):
    enrol(at_desk)
    call_command("reset_second_factor", "elena")
    assert not Authenticator.objects.filter(user=elena).exists()
    assert at_desk.get("/admin/").status_code == 302


def test_it_is_required_unless_debug_is_on():
    from tests.doors.test_settings import read

    production = read(
        NEWSROOM_SECRET_KEY="k" * 20 + "abcdefghijklmnopqrstuvwxyz0123456789",
        NEWSROOM_BASE_URL="https://n.example",
    )
    assert production["NEWSROOM_REQUIRE_MFA"] is True
    assert read(NEWSROOM_DEBUG="1")["NEWSROOM_REQUIRE_MFA"] is False
