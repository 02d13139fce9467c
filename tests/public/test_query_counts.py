"""A page asks the database as often with 300 stories as with one."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_contributor, make_person, make_picture, make_publication, make_source

pytestmark = pytest.mark.django_db
AT = datetime(2026, 4, 10, 9, 0, tzinfo=UTC)
POSTGRESQL = connection.vendor == "postgresql"
INDEX = 4 * POSTGRESQL  # is told and told again how to ask the search's index, in a transaction
STEMS = 1 * POSTGRESQL  # is asked which printed words have the stems that were looked for
QUERIES = {
    "/en/": 5,
    "/en/international/": 5,
    "/en/tag/talks/": 5,
    "/en/source/tass/": 5,
    "/en/person/ana-rusu/": 8,
    "/en/contributor/iurie-tataru/": 10,
    "/en/archive/": 6,
    "/en/archive/2026/04/": 4,
    "/en/corrections/": 7,
    "/en/search/": 3,
    "/en/search/?q=talks": 7 + INDEX + STEMS,
    "/en/search/?q=talks&sort=best": 7 + INDEX + STEMS,
    "/en/search/?q=talks&section=international&person=ana-rusu&source=tass&tag=talks&from=2026-01-01": 12
    + INDEX
    + STEMS,
    "/en/search/?q=nothing": 5 + INDEX,
    "/en/masthead/": 7,
    "/en/masthead/?at=2026-04-30": 7,
    "/en/masthead/history/": 8,
    "/sitemap/en-pages.xml": 2,
    "/en/2026/04/10/story-0/": 11,
    "/en/2026/04/10/story-0/history/": 8,
    "/en/?at=2026-04-30": 6,
    "/en/international/?at=2026-04-30": 6,
    "/en/2026/04/10/story-0/?at=2026-04-10T10:00Z": 13,
    "/en/2026/04/10/story-0/text.txt": 4,
    "/en/nonsense/here/": 3,
    "/en/feed.rss": 5,
    "/en/international/feed.atom": 6,
    "/en/tag/talks/feed.json": 6,
    "/en/source/tass/feed.rss": 6,
    "/en/person/ana-rusu/feed.rss": 8,
    "/en/contributor/iurie-tataru/feed.atom": 11,
    "/en/corrections/feed.json": 5,
    "/sitemap.xml": 8,
    "/sitemap/en-2026-04.xml": 2,
    "/news-sitemap.xml": 5,
}


@pytest.fixture
def grow():
    """Adds stories that have all that a page shows, each corrected once; one list must not cost by its length."""
    make_publication(at=AT - timedelta(days=1), slug="neighbour")  # so that there is always more to read
    page = make_publication(page="masthead", at=AT, until=AT + timedelta(hours=1))
    make_publication(article=page.article, at=AT + timedelta(hours=1))
    person, source, writer = make_person(en="Ana Rusu"), make_source(), make_contributor()

    def grow(start: int, stop: int) -> None:
        for number in range(start, stop):
            fields = {
                "tags": ["Talks", f"Tag {number % 5}"],
                "quotes": [{"person": person, "words": "We go on.", "citation": 1}],
                "people": [person],
                "sources": [source],
                "credited": [(writer, "author"), (writer, "translator")],
                "slug": f"story-{number}",
            }
            at = AT + timedelta(minutes=number)
            picture = make_picture()
            first = make_publication(at=at, until=at + timedelta(hours=9), picture=picture, **fields)
            make_publication(
                article=first.article,
                at=at + timedelta(hours=9),
                change="correction",
                picture=picture,
                **fields,
            )

    return grow


def asked(reader, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        reader.get(address)
    return len(queries)


def test_number_of_queries_does_not_grow(reader, grow):
    counts = []
    for start, stop in ((0, 1), (1, 3), (3, 300)):
        grow(start, stop)
        counts.append({address: asked(reader, address) for address in QUERIES})
    assert counts == [QUERIES] * 3
