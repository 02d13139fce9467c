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
    "/en/": 3,
    "/en/international/": 3,
    "/en/tag/talks/": 3,
    "/en/source/tass/": 3,
    "/en/person/ana-rusu/": 6,
    "/en/contributor/iurie-tataru/": 8,
    "/en/archive/": 4,
    "/en/archive/2026/04/": 2,
    "/en/corrections/": 5,
    "/en/search/": 1,
    "/en/search/?q=talks": 5 + INDEX + STEMS,
    "/en/search/?q=talks&sort=best": 5 + INDEX + STEMS,
    "/en/search/?q=talks&section=international&person=ana-rusu&source=tass&tag=talks&from=2026-01-01": 10
    + INDEX
    + STEMS,
    "/en/search/?q=nothing": 3 + INDEX,
    "/en/2026/04/10/story-0/": 8,
    "/en/2026/04/10/story-0/history/": 6,
    "/en/?at=2026-04-30": 4,
    "/en/international/?at=2026-04-30": 4,
    "/en/2026/04/10/story-0/?at=2026-04-10T10:00Z": 10,
    "/en/2026/04/10/story-0/text.txt": 2,
    "/en/nonsense/here/": 1,
    "/en/feed.rss": 4,
    "/en/international/feed.atom": 5,
    "/en/tag/talks/feed.json": 5,
    "/en/source/tass/feed.rss": 5,
    "/en/person/ana-rusu/feed.rss": 7,
    "/en/contributor/iurie-tataru/feed.atom": 10,
    "/en/corrections/feed.json": 4,
    "/sitemap.xml": 6,
    "/sitemap/en-2026-04.xml": 1,
    "/news-sitemap.xml": 4,
}


@pytest.fixture
def grow():
    """Adds stories that have all that a page shows, each corrected once; one list must not cost by its length."""
    make_publication(at=AT - timedelta(days=1), slug="neighbour")  # so that there is always more to read
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
