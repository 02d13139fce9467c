"""What the small script adds, and that nothing is missing without it."""

import gzip
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.factories import make_publication, make_source

SCRIPT = Path(__file__).resolve().parents[2] / "static" / "public" / "reader.js"
MARK = '<sup class="citation"><a href="#source-1">1</a></sup>'
ADDRESS = "/en/"


def test_script_is_small_and_keeps_to_itself():
    source = SCRIPT.read_text("utf-8")
    assert len(gzip.compress(source.encode())) < 2_000
    assert not re.search(r"cookie\b(?!\.)|fetch\(|XMLHttp|https?:|eval\(|innerHTML", source.split("\n", 1)[1])


@pytest.fixture
def story(live_server):
    at = timezone.now() - timedelta(minutes=5)
    facts = [{"figure": "35", "text": "chapters", "citation": 1}]
    body = f"<p>They met.{MARK}</p><ul><li>Twice.{MARK}</li></ul>"
    make_publication(at=at - timedelta(days=3), slug="older", headline="An older story")
    return make_publication(at=at, body=body, sources=[make_source()], key_facts=facts)


@pytest.fixture
def opened(page, story, live_server):
    page.goto(live_server.url + story.get_absolute_url())
    return page


def test_source_opens_below_the_words_that_rest_on_it(opened):
    mark = opened.get_by_role("link", name="Source 1: TASS").first
    address = opened.url
    mark.click()
    box = opened.get_by_role("note", name="Source 1: TASS")
    assert "TASS" in box.inner_text()
    assert opened.locator(".body > p + .cited-here").count() == 1
    assert (mark.get_attribute("aria-expanded"), opened.url) == ("true", address)
    opened.locator("li .citation a").first.click()
    assert opened.locator(".cited-here").count() == opened.locator("li > .cited-here").count() == 1
    opened.keyboard.press("Escape")
    assert opened.locator(".cited-here").count() == 0
    assert opened.evaluate("document.activeElement.closest('li') !== null")
    opened.locator("dd .citation a").click()
    opened.locator("dd .citation a").click()
    assert opened.locator(".cited-here").count() == 0


def test_open_source_is_accessible(opened, accessibility_faults):
    opened.get_by_role("link", name="Source 1: TASS").first.click()
    assert accessibility_faults(opened) == []


def test_text_size_is_chosen_and_remembered(opened, context):
    def size() -> str:
        return opened.evaluate("getComputedStyle(document.documentElement).fontSize")

    less, more = (opened.get_by_role("button", name=name) for name in ("Smaller text", "Larger text"))
    assert (size(), less.is_disabled(), opened.evaluate("localStorage.length")) == ("16px", True, 0)
    for _press in range(3):
        more.click()
    assert (size(), more.is_disabled()) == ("23.2px", True)
    opened.reload()
    assert size() == "23.2px"
    less.click()
    assert size() == "20.8px"
    assert context.cookies() == []


def test_largest_text_fits_the_smallest_screen(opened):
    opened.set_viewport_size({"width": 320, "height": 800})
    for _press in range(3):
        opened.get_by_role("button", name="Larger text").click()
    assert opened.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


def test_link_is_copied(opened, context):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    opened.get_by_role("button", name="Copy the link").click()
    opened.get_by_role("status").get_by_text("Copied").wait_for()
    assert opened.evaluate("navigator.clipboard.readText()") == opened.url


def test_young_times_are_told_by_their_age_in_the_language_of_the_page(opened, live_server):
    time = opened.locator(".story-head time").first
    assert time.inner_text() == "5 minutes ago"
    assert re.search(r"\d{4}, \d\d:\d\d \w+$", time.get_attribute("title"))
    original = make_publication(language="ro", at=timezone.now() - timedelta(hours=2))
    opened.goto(live_server.url + original.get_absolute_url())
    assert opened.locator(".story-head time").first.inner_text() == "acum 2 ore"


def test_old_times_and_pages_as_they_were_keep_theirs(opened, live_server, story):
    opened.goto(live_server.url + "/en/")
    assert "ago" not in opened.get_by_role("article").filter(has_text="An older story").inner_text()
    opened.goto(live_server.url + story.get_absolute_url() + f"?at={timezone.now():%Y-%m-%dT%H:%M:%SZ}")
    assert "ago" not in opened.locator(".story-head .dates").inner_text()


def test_without_script_the_mark_leads_to_the_entry_and_back(browser, live_server, story):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + story.get_absolute_url())
    assert page.get_by_role("button", name="Larger text").count() == 0
    page.get_by_role("link", name="Source 1: TASS").first.click()
    assert page.url.endswith("#source-1")
    assert page.locator("#source-1:target").count() == 1
    page.locator("#source-1 .places a").nth(1).click()
    assert page.locator("li #cited-1-2:target").count() == 1
    context.close()


def test_story_without_a_picture_takes_five_requests(page, live_server, story):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(live_server.url + story.get_absolute_url(), wait_until="networkidle")
    assert len([url for url in asked if not url.endswith("icon.svg")]) <= 5
    assert all(url.startswith(live_server.url) for url in asked)
