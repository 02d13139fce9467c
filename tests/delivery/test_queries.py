"""How often a page that is not kept asks the database, once the process has warmed up."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.handlers.wsgi import WSGIHandler

from tests.delivery.conftest import ask
from tests.factories import make_contributor, make_person, make_picture, make_publication, make_source

pytestmark = pytest.mark.django_db
AT = datetime(2026, 4, 10, 9, 0, tzinfo=UTC)
MOST = {
    "/en/2026/04/10/story-0/": 1,
    "/en/": 1,
    "/en/international/": 1,
    "/en/international/?before=2026-04-10T09:30:00.000000Z_1": 1,
    "/en/tag/talks/": 1,
    "/en/source/tass/": 4,
    "/en/person/ana-rusu/": 4,
    "/en/contributor/iurie-tataru/": 4,
    "/en/archive/": 4,
    "/en/archive/2026/04/": 4,
    "/en/corrections/": 4,
    "/en/search/": 1,
}


@pytest.fixture
def stories(shared):
    """So many that each list has its fill."""
    person, source, writer = make_person(en="Ana Rusu"), make_source(), make_contributor()
    for number in range(30):
        at = AT + timedelta(minutes=number)
        fields = {
            "tags": ["Talks", f"Tag {number % 5}"],
            "quotes": [{"person": person, "words": "We go on.", "citation": 1}],
            "people": [person],
            "sources": [source],
            "credited": [(writer, "author"), (writer, "translator")],
            "picture": make_picture(),
            "slug": f"story-{number}",
        }
        first = make_publication(at=at, until=at + timedelta(hours=9), **fields)
        make_publication(article=first.article, at=at + timedelta(hours=9), change="correction", **fields)


@pytest.mark.parametrize("address", MOST)
def test_a_page_asks_little(stories, asked, address):
    site = WSGIHandler()
    for other in ("/en/2026/04/10/story-1/", address):  # what pages share is in memory, and so is what this one has
        assert ask(site, other).status == 200
    assert asked(lambda: ask(site, address)) <= MOST[address]


def test_a_story_that_nobody_has_read_yet_asks_little(stories, asked):
    """What it shares with others that were read: the menu, the lists to choose from, the cards."""
    site = WSGIHandler()
    for number in range(5, 10):
        ask(site, f"/en/2026/04/10/story-{number}/")
    assert asked(lambda: ask(site, "/en/2026/04/10/story-0/")) <= 2
