"""Passkeys, and the pages at the door as a browser and assistive technology meet them."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.doors.conftest import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def with_authenticator(page: Page) -> Page:
    """The page of a device that unlocks its passkeys by itself."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return page


def sign_in(page: Page) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("User name or e-mail address").fill("elena")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_a_passkey_is_set_up_and_opens_the_desk_without_a_password(with_authenticator, elena, settings):
    page = with_authenticator
    settings.NEWSROOM_REQUIRE_MFA = True
    sign_in(page)
    page.wait_for_url("**/accounts/2fa/")
    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add").click()
    page.wait_for_url("**/accounts/2fa/recovery-codes/**")
    page.goto("/admin/")
    expect(page).to_have_url(re.compile("/admin/$"))

    page.goto("/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign Out").click()
    page.wait_for_url("**/accounts/login/**")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/admin/")


@pytest.mark.parametrize("address", ["login/", "password/reset/", "signup/"])
def test_the_pages_before_the_door_suit_assistive_technology(page, elena, accessibility_faults, address):
    page.goto(f"/accounts/{address}")
    assert accessibility_faults(page) == []


@pytest.mark.parametrize("address", ["2fa/", "password/change/", "email/", "logout/", "2fa/totp/activate/"])
def test_the_pages_behind_it_too(page, elena, accessibility_faults, address):
    sign_in(page)
    page.goto(f"/accounts/{address}")
    assert accessibility_faults(page) == []


def test_a_refused_sign_in_is_said_beside_the_form(page, elena, accessibility_faults):
    page.goto("/accounts/login/")
    page.get_by_label("User name or e-mail address").fill("elena")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_text("are not correct")).to_be_visible()
    expect(page.get_by_label("User name or e-mail address")).to_have_value("elena")
    assert accessibility_faults(page) == []
