"""What browsers are told, and what a reader's page does not carry."""

import re
from http.cookies import SimpleCookie

import pytest
from django import forms
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django_prose_editor.fields import ProseEditorFormField

from newsroom.security import PolicyMiddleware

PUBLIC = ["/healthz", "/no-such-page/", "/en/no-such-page/"]


def policy(response) -> dict[str, str]:
    header = response.headers["Content-Security-Policy"]
    return dict(part.strip().partition(" ")[::2] for part in header.split(";"))


@pytest.mark.parametrize("address", [*PUBLIC, "/accounts/login/"])
def test_every_page_is_bound_by_a_strict_policy(client, db, address):
    directives = policy(client.get(address))
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == "'self'"
    assert directives["style-src"] == "'self'"
    for closed in ("base-uri", "frame-ancestors", "object-src"):
        assert directives[closed] == "'none'"
    assert directives["form-action"] == "'self'"


@pytest.mark.parametrize("address", [*PUBLIC, "/accounts/login/", "/static/desk/accounts.css"])
def test_every_answer_has_the_other_headers(client, db, address):
    headers = client.get(address).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Referrer-Policy"] in {"same-origin", "strict-origin-when-cross-origin"}


def test_the_desk_is_never_stored_and_tells_no_other_site_its_addresses(at_desk):
    headers = at_desk.get("/admin/").headers
    assert "no-store" in headers["Cache-Control"]
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"


def test_the_nonce_reaches_the_prose_editors_import_map(rf):
    class Form(forms.Form):
        body = ProseEditorFormField()

    def view(request: HttpRequest) -> TemplateResponse:
        response = TemplateResponse(request, "500.html", {"media": Form().media})
        return middleware.process_template_response(request, response)

    middleware = PolicyMiddleware(lambda request: view(request))
    request = rf.get("/admin/")
    middleware.process_request(request)
    media = str(view(request).context_data["media"])
    (nonce,) = set(re.findall(r'nonce="([^"]+)"', media))
    assert '<script type="importmap" nonce=' in media
    assert nonce == request.csp_nonce

    response = middleware.process_response(request, TemplateResponse(request, "500.html"))
    assert policy(response)["script-src"] == f"'self' 'nonce-{nonce}'"


@pytest.mark.parametrize("address", PUBLIC)
def test_a_readers_page_neither_reads_nor_sets_a_cookie(client, db, address):
    client.cookies = SimpleCookie({"csrftoken": "malformed", "sessionid": "invented", "messages": "x"})
    response = client.get(address)
    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")
    assert not hasattr(response.wsgi_request, "session")
    assert not hasattr(response.wsgi_request, "user")
    assert not hasattr(response.wsgi_request, "_messages")
    assert "CSRF_COOKIE" not in response.wsgi_request.META


def test_a_signed_in_editor_gets_the_readers_page_of_everybody(at_desk, client):
    at_desk.get("/admin/")
    response = at_desk.get("/no-such-page/")
    assert not response.cookies
    assert not hasattr(response.wsgi_request, "user")


def test_the_language_of_one_request_does_not_reach_the_next(at_desk, elena):
    from django.utils import translation

    type(elena).objects.update(language="ru", time_zone="Asia/Tokyo")
    before = translation.get_language()
    assert at_desk.get("/admin/").headers["Content-Language"] == "ru"
    assert translation.get_language() == before


def test_a_users_own_language_wins_over_the_browsers(at_desk, elena):
    assert at_desk.get("/admin/", headers={"accept-language": "uk"}).headers["Content-Language"] == "uk"
    type(elena).objects.update(language="ro")
    assert at_desk.get("/admin/", headers={"accept-language": "uk"}).headers["Content-Language"] == "ro"


def test_a_time_zone_that_no_longer_exists_locks_nobody_out(at_desk, elena):
    type(elena).objects.update(time_zone="Europe/Atlantis")
    assert at_desk.get("/accounts/2fa/").status_code == 200
