"""What is typed is not lost when the session ends first."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.utils import timezone

from newsroom import kept_forms
from tests.doors.conftest import PASSWORD

pytestmark = pytest.mark.usefixtures("with_notes")

TYPED = {
    "headline": "Vorbe noi",
    "tags": ["apă", "oraș"],
    "body": "<p>„Da”, a spus ea.</p>",
    "password1": "x",
}
KEPT = "/accounts/kept-forms/"


@pytest.fixture
def with_notes():
    with override_settings(ROOT_URLCONF="tests.doors.urls"):
        yield


@pytest.fixture
def late():
    """An hour later."""
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        yield


def sign_in(client, name):
    return client.post("/accounts/login/", {"login": name, "password": PASSWORD, "next": KEPT})


def hidden(page: str) -> list[tuple[str, str]]:
    """The hidden fields of the first form on the page."""
    form = page[page.index("<form") : page.index("</form>")]
    return re.findall(r'name="([^"]+)" value="([^"]*)"', form)


def test_a_late_form_is_kept_and_sent_again(at_desk, late):
    sent = at_desk.post("/admin/notes/?language=ro", TYPED)
    assert sent.url == "/accounts/login/?next=%2Faccounts%2Fkept-forms%2F"
    sign_in(at_desk, "elena")
    page = at_desk.get(KEPT).content.decode()
    assert 'action="/admin/notes/?language=ro"' in page
    fields = hidden(page)
    assert [value for name, value in fields if name == "tags"] == ["apă", "oraș"]
    assert "Vorbe noi</textarea>" in page
    assert not [name for name, _value in fields if "password" in name]

    again = at_desk.post("/admin/notes/?language=ro", {**TYPED, "_kept_form": dict(fields)["_kept_form"]})
    assert again.json()["headline"] == ["Vorbe noi"]
    assert at_desk.get(KEPT).status_code == 404


def test_it_is_kept_although_another_tab_noticed_the_end_first(at_desk, late):
    at_desk.get("/admin/")
    at_desk.post("/admin/notes/", TYPED)
    sign_in(at_desk, "elena")
    assert "Vorbe noi" in at_desk.get(KEPT).content.decode()


def test_whoever_signs_in_elsewhere_is_told_that_it_waits(at_desk, late):
    at_desk.post("/admin/notes/", TYPED)
    at_desk.post("/accounts/login/", {"login": "elena", "password": PASSWORD, "next": "/accounts/2fa/"})
    assert f'<a href="{KEPT}">Your form was kept</a>' in at_desk.get("/accounts/2fa/").content.decode()


def test_it_is_kept_when_a_changed_role_ended_the_session(at_desk, elena):
    elena.groups.clear()
    at_desk.post("/admin/notes/", TYPED)
    sign_in(at_desk, "elena")
    assert "Vorbe noi" in at_desk.get(KEPT).content.decode()


def test_another_user_never_sees_it(at_desk, radu, late):
    at_desk.post("/admin/notes/", TYPED)
    sign_in(at_desk, "radu")
    assert at_desk.get(KEPT).status_code == 404
    assert "Vorbe noi" not in str(dict(at_desk.session))


def test_nobody_sees_it_before_signing_in(at_desk, late):
    at_desk.post("/admin/notes/", TYPED)
    assert at_desk.get(KEPT).url.startswith("/accounts/login/")


def test_it_is_kept_for_eight_hours(at_desk, late):
    at_desk.post("/admin/notes/", TYPED)
    with time_machine.travel(timezone.now() + timedelta(hours=8, minutes=1)):
        sign_in(at_desk, "elena")
        assert at_desk.get(KEPT).status_code == 404


def test_it_can_be_thrown_away(at_desk, late):
    at_desk.post("/admin/notes/", TYPED)
    sign_in(at_desk, "elena")
    form = at_desk.session["kept_forms"][0]["id"]
    assert at_desk.post(KEPT, {"form": form}).url == "/admin/"
    assert at_desk.get(KEPT).status_code == 404


def test_two_tabs_keep_two_forms(at_desk, late):
    at_desk.post("/admin/notes/", {"headline": "One"})
    at_desk.post("/admin/notes/", {"headline": "Two"})
    sign_in(at_desk, "elena")
    page = at_desk.get(KEPT).content.decode()
    assert "One</textarea>" in page
    assert "Two</textarea>" in page


def test_a_form_too_large_to_keep_is_shown_at_once(at_desk, late, monkeypatch):
    monkeypatch.setattr(kept_forms, "MOST_CHARACTERS", 1000)
    shown = at_desk.post("/admin/notes/", {"body": "word " * 1000})
    assert shown.status_code == 403
    assert "word word word" in shown.content.decode()
    assert not at_desk.session.get("kept_forms")


def test_that_files_are_missing_is_said(at_desk, late):
    at_desk.post("/admin/notes/", {"headline": "With a picture", "file": SimpleUploadedFile("a.jpg", b"x")})
    sign_in(at_desk, "elena")
    assert "Files were not kept" in at_desk.get(KEPT).content.decode()


def test_a_stranger_leaves_nothing_behind(client, db):
    assert client.post("/admin/notes/", TYPED).status_code == 401
    assert not client.session.get("kept_forms")


def test_another_site_cannot_plant_a_form(elena):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(elena)
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        answer = browser.post("/admin/notes/", TYPED, headers={"origin": "https://evil.example"})
    assert answer.status_code == 403
    assert not browser.session.get("kept_forms")


@pytest.mark.parametrize(("origin", "resends"), [("http://testserver", True), ("https://evil.example", False)])
def test_a_stale_token_leaves_the_text_on_the_screen(elena, origin, resends):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(elena)
    answer = browser.post("/admin/notes/", TYPED, headers={"origin": origin})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Vorbe noi</textarea>" in page
    assert ("Send it again" in page) is resends
    if resends:
        fields = dict(hidden(page))
        assert browser.post("/admin/notes/", fields, headers={"origin": origin}).json()["headline"] == ["Vorbe noi"]


def test_a_password_is_never_shown_again(elena):
    browser = Client(enforce_csrf_checks=True)
    answer = browser.post("/accounts/login/", {"login": "elena", "password": PASSWORD})
    assert answer.status_code == 403
    assert PASSWORD not in answer.content.decode()
