"""Readers' pages as a browser draws them: reachable by everybody, on any screen, in light and dark."""

import json
from datetime import UTC, datetime

import pytest

from articles.models import Paper
from tests.factories import (
    make_contributor,
    make_person,
    make_picture,
    make_publication,
    make_section,
    make_source,
)

AT = datetime(2026, 4, 10, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 4, 10, 12, 0, tzinfo=UTC)
BODY = (
    '<p>They met.<sup class="citation"><a href="#source-1">1</a></sup></p>'
    '<blockquote class="quote"><p>We go on.</p><footer><cite>Ana Rusu, minister</cite></footer></blockquote>'
    "<h2>A table</h2><table><tbody><tr><th>Round</th><td>"
    + "Istanbulistanbulistanbulistanbul</td><td>" * 3
    + '</td></tr></tbody></table><figure data-picture="1"></figure>'
)
PAGES = [
    "/en/",
    "/en/international/",
    "/en/culture/",
    "/en/2026/04/10/talks/",
    "/en/2026/04/10/gone/",
    "/en/2026/04/10/talks/history/",
    "/en/2026/04/10/gone/history/",
    "/en/?at=2026-04-10T10:00Z",
    "/en/international/?at=2026-04-10T10:00Z",
    "/en/2026/04/10/talks/?at=2026-04-10T10:00Z",
    "/en/masthead/",
    "/en/masthead/history/",
    "/en/masthead/?at=2026-04-10T10:00Z",
    "/en/tag/talks/",
    "/en/person/ana-rusu/",
    "/en/source/tass/",
    "/en/contributor/iurie-tataru/",
    "/en/archive/",
    "/en/archive/2026/04/",
    "/en/corrections/",
    "/en/search/",
    "/en/search/?q=story+many&section=international&from=2026-04-01&person=ana-rusu",
    "/en/search/?q=Ana+Russu",
    "/en/nothing/here/",
]


@pytest.fixture
def paper(live_server):
    make_section("culture", en="Culture")
    person, source, iurie = make_person(), make_source(label="state-controlled"), make_contributor()
    quote = {
        "person": person,
        "words": "We go on.",
        "original_words": "Continuăm.",
        "original_language": "ro",
        "citation": 1,
    }
    fields = {
        "tags": ["Talks"], "quotes": [quote], "sources": [source], "credited": [(iurie, "author"), (iurie, "translator")],
        "picture": make_picture(with_file=True), "body": BODY, "dateline": "ISTANBUL", "kicker": "Consultations",
    }  # fmt: skip
    original = make_publication(language="ro", at=AT, **fields)
    story = make_publication(original=original, at=AT, until=LATER, slug="talks", **fields)
    make_publication(article=story.article, at=LATER, change="correction", **fields)
    make_publication(at=AT, slug="gone", state="retracted")
    own = make_publication(
        page="masthead", at=AT, until=LATER, headline="Masthead", body=BODY, picture=fields["picture"]
    )
    make_publication(article=own.article, at=LATER, headline="Masthead", note="One more.", picture=fields["picture"])
    Paper.objects.create(
        name="The River Post", logo=make_picture(width=700, height=180, with_file=True), accent="#0b5e57",
        accent_dark="#8fd3c7", rights={"en": "© The River Post, CC BY 4.0"}, contact="post@example.org",
    )  # fmt: skip
    for number in range(25):
        make_publication(at=AT, headline=f"Story {number} of many", **fields | {"picture": None})


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 320)])
def test_every_page_is_accessible_and_fits_its_screen(page, paper, live_server, accessibility_faults, scheme, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    for address in PAGES:
        page.goto(live_server.url + address)
        assert accessibility_faults(page) == [], address
        beyond = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert beyond == 0, address


def test_data_for_machines_stands_under_the_policy_and_the_sentence_to_cite_fits(page, paper, live_server):
    """The page fails its test on anything that the content security policy stopped."""
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(live_server.url + "/en/2026/04/10/talks/")
    data = page.locator('script[type="application/ld+json"]').text_content()
    assert json.loads(data)["@graph"][0]["@type"] == "NewsArticle"
    page.get_by_text("How to cite").click()
    assert page.locator(".cited-as").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    assert said == []


def test_keyboard_reaches_the_content_first(page, paper, live_server):
    page.goto(live_server.url + "/en/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"


def test_paper_keeps_no_bookmark_in_the_browser(page, context, paper, live_server):
    page.goto(live_server.url + "/en/2026/04/10/talks/")
    assert context.cookies() == []
