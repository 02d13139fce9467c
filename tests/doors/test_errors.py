"""What a person sees when something fails, and what the log keeps."""

import json
import logging
import os
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import IntegrityError
from django.test import Client, override_settings

from newsroom.logs import JsonFormatter, RequestIdMiddleware

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def browser(elena):
    """A browser that gets the page, as people do, and not the exception."""
    with override_settings(ROOT_URLCONF="tests.doors.urls"):
        client = Client(raise_request_exception=False)
        client.force_login(elena)
        yield client


def lines(caplog, debug=False) -> list[dict]:
    return [json.loads(JsonFormatter(debug).format(record)) for record in caplog.records]


@pytest.mark.parametrize("address", ["/admin/notes/", "/broken/"])
def test_a_fault_shows_an_id_and_no_internals(browser, caplog, address):
    answer = browser.post(address, {"headline": "break"})
    page = answer.content.decode()
    assert answer.status_code == 500
    assert answer.headers["X-Request-ID"] in page
    assert "RuntimeError" not in page
    assert "secret headline" not in page


@pytest.mark.parametrize(("address", "status"), [("/admin/notes/", 500), ("/admin/forbidden/", 403)])
def test_what_was_typed_at_the_desk_stays_on_the_screen(browser, address, status):
    answer = browser.post(address, {"headline": "break", "body": "an hour’s work", "password": "x1y2z3"})
    page = answer.content.decode()
    assert answer.status_code == status
    assert "an hour’s work</textarea>" in page
    assert "x1y2z3" not in page


def test_the_fault_page_needs_no_database(client, settings):
    """No database mark on this test: a query would fail it."""
    with override_settings(ROOT_URLCONF="tests.doors.urls"):
        answer = Client(raise_request_exception=False).get("/broken/")
    assert answer.status_code == 500
    assert "Something went wrong" in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "language", "told"),
    [
        ("/en/", "en", "Something went wrong"),
        ("/ru/2026/04/10/talks/", "ru", "Что-то пошло не так"),
        ("/broken/", "en", "Something went wrong"),
    ],
)
def test_readers_get_the_fault_page_in_their_language_without_a_database(address, language, told):
    """No database mark here either: whatever a page asks of it fails."""
    with override_settings(ROOT_URLCONF="tests.doors.urls"):
        answer = Client(raise_request_exception=False).get(address)
    page = answer.content.decode()
    assert (answer.status_code, answer["Content-Language"], answer["Cache-Control"]) == (500, language, "no-store")
    assert f'<html lang="{language}" dir="ltr">' in page
    assert told in page
    assert "/static/public/page.css" in page
    assert "/admin/" not in page


def test_a_database_that_is_gone_is_a_page_too(tmp_path):
    """The site as it is served, over a database that can't be opened."""
    code = (
        "from newsroom.wsgi import application as site\n"
        "from wsgiref.util import setup_testing_defaults as fill\n"
        "asked = {'PATH_INFO': '/ro/', 'HTTP_HOST': 'localhost'}; fill(asked)\n"
        "body = site(asked, lambda status, headers: print(status)); print(b''.join(body).decode())"
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith("NEWSROOM_")}
    environment |= {"NEWSROOM_DEBUG": "1", "DATABASE_URL": f"sqlite:///{tmp_path}/no/such/folder.sqlite3"}
    code = code.replace(
        "from newsroom.wsgi", "from newsroom import settings; settings.DEBUG = False\nfrom newsroom.wsgi", 1
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.stdout.startswith("500 "), done.stderr
    assert '<html lang="ro" dir="ltr">' in done.stdout


def test_pages_for_the_proxy_are_written_in_every_language(tmp_path, settings, capsys):
    call_command("write_outage_pages", tmp_path / "outage")
    assert sorted(path.stem for path in (tmp_path / "outage").iterdir()) == sorted(dict(settings.LANGUAGES))
    page = (tmp_path / "outage" / "en.html").read_text("utf-8")
    assert "We can't be reached just now" in unescape(page)
    assert "give this number" not in page


def test_the_fault_page_survives_missing_static_files(settings):
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    }
    with override_settings(ROOT_URLCONF="tests.doors.urls"):
        answer = Client(raise_request_exception=False).get("/broken/")
    assert answer.content.decode() == f"Server error. {answer.headers['X-Request-ID']}"


def test_a_malformed_request_gets_a_page(browser, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 1
    answer = browser.post("/admin/notes/", {"a": "1", "b": "2", "c": "3"})
    assert answer.status_code == 400
    assert "This request cannot be answered" in answer.content.decode()


def test_the_desk_has_its_own_page_for_what_does_not_exist(browser):
    answer = browser.get("/accounts/no-such-page/")
    assert answer.status_code == 404
    assert "To the desk" in answer.content.decode()


def test_a_fault_is_logged_as_one_line_without_what_was_typed(browser, caplog):
    browser.post("/admin/notes/?q=secret", {"headline": "break", "body": "unpublished text"})
    (line,) = [line for line in lines(caplog) if line["level"] == "error"]
    assert line["event"] == "Internal Server Error: /admin/notes/"
    assert line["method"] == "POST"
    assert line["path"] == "/admin/notes/"
    assert line["exception"]["type"] == "builtins.RuntimeError"
    assert line["exception"]["trace"][-1].endswith(" notes")
    assert "secret" not in json.dumps(line)
    assert "unpublished" not in json.dumps(line)


def record(**fields) -> logging.LogRecord:
    made = logging.LogRecord("articles", logging.INFO, __file__, 1, "Published.", (), fields.pop("exc_info", None))
    for name, value in fields.items():
        setattr(made, name, value)
    return made


def test_only_what_is_on_the_list_reaches_the_line():
    line = json.loads(JsonFormatter().format(record(article=12, step="publish", headline="unpublished", password="x")))
    assert line["article"] == 12
    assert line["step"] == "publish"
    assert not {"headline", "password"} & set(line)


def test_a_line_break_in_an_event_stays_one_line():
    made = logging.LogRecord("x", logging.INFO, __file__, 1, "a\n{} %s", ("b\r\nc",), None)
    assert len(JsonFormatter().format(made).splitlines()) == 1


@pytest.mark.parametrize("debug", [False, True])
def test_the_message_of_an_exception_is_for_developers_only(debug):
    error = IntegrityError("Failing row contains (unpublished text)")
    line = JsonFormatter(debug).format(record(exc_info=(type(error), error, None)))
    assert ("unpublished" in line) is debug


@pytest.mark.parametrize(("proxies", "kept"), [(0, False), (1, True)])
def test_the_id_of_a_request_comes_from_a_trusted_proxy_only(rf, settings, proxies, kept):
    from django.http import HttpResponse

    settings.NEWSROOM_TRUSTED_PROXIES = proxies
    middleware = RequestIdMiddleware(lambda _request: HttpResponse())
    given = "0123456789abcdef"
    assert (middleware(rf.get("/admin/", headers={"X-Request-ID": given})).headers["X-Request-ID"] == given) is kept
    forged = middleware(rf.get("/admin/", headers={"X-Request-ID": 'x"} {"level": "x'})).headers["X-Request-ID"]
    assert forged.isalnum()


def test_a_readers_page_is_the_same_for_everybody(client, db):
    assert "X-Request-ID" not in client.get("/healthz").headers


def test_a_malformed_request_from_a_reader_shows_no_way_to_the_desk(client, db):
    answer = client.get("/en/", headers={"host": "evil host"})
    assert answer.status_code == 400
    assert "/admin/" not in answer.content.decode()
