"""A page asks the database as often with 300 stories as with one."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from articles.models import Picture
from tests.factories import make_contributor, make_person, make_picture, make_publication, make_source
from tests.silence.test_silence import public_routes

pytestmark = pytest.mark.django_db
AT = datetime(2026, 4, 10, 9, 0, tzinfo=UTC)
POSTGRESQL = connection.vendor == "postgresql"
INDEX = 4 * POSTGRESQL  # is told and told again how to ask the search's index, in a transaction
STEMS = 1 * POSTGRESQL  # is asked which printed words have the stems that were looked for
QUERIES = {
    "/en/": 6,
    "/en/international/": 6,
    "/en/tag/talks/": 6,
    "/en/source/tass/": 7,
    "/en/person/ana-rusu/": 10,
    "/en/contributor/iurie-tataru/": 9,
    "/en/archive/": 6,
    "/en/archive/2026/04/": 5,
    "/en/corrections/": 7,
    "/en/search/": 3,
    "/en/search/?q=talks": 11 + INDEX + STEMS,
    "/en/search/?q=talks&sort=best": 11 + INDEX + STEMS,
    "/en/search/?q=talks&section=international&person=ana-rusu&source=tass&tag=talks&from=2026-01-01": 12
    + INDEX
    + STEMS,
    "/en/search/?q=nothing": 5 + INDEX,
    "/en/2026/04/10/story-0/": 11,
    "/en/2026/04/10/story-0/history/": 8,
    "/en/?at=2026-04-30": 6,
    "/en/international/?at=2026-04-30": 7,
    "/en/2026/04/10/story-0/?at=2026-04-10T10:00Z": 12,
    "/en/2026/04/10/story-0/text.txt": 3,
    "/en/nonsense/here/": 3,
    "/en/feed.rss": 5,
    "/en/international/feed.atom": 6,
    "/en/tag/talks/feed.json": 7,
    "/en/source/tass/feed.rss": 7,
    "/en/person/ana-rusu/feed.rss": 9,
    "/en/contributor/iurie-tataru/feed.atom": 9,
    "/en/corrections/feed.json": 5,
    "/sitemap.xml": 8,
    "/sitemap/en-2026-04.xml": 2,
    "/news-sitemap.xml": 5,
    "/en/masthead/": 6,
    "/en/masthead/?at=2026-04-30": 6,
    "/en/masthead/history/": 8,
    "/sitemap/en-pages.xml": 2,
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


PICTURE = "ab" * 32
PAST = "before=2026-04-10T12:00:00.000000Z_1"
MORE = {
    "/": 1,
    f"/pictures/{PICTURE}/640.jpeg": 4,
    f"/en/?{PAST}": 6,
    f"/en/international/?{PAST}": 6,
    f"/en/tag/talks/?{PAST}": 6,
    f"/en/person/ana-rusu/?of=stories&{PAST}": 8,
    f"/en/person/ana-rusu/?of=quotes&{PAST}": 8,
    f"/en/source/tass/?{PAST}": 7,
    f"/en/contributor/iurie-tataru/?of=wrote&{PAST}": 7,
    f"/en/archive/2026/04/?{PAST}": 5,
    f"/en/corrections/?{PAST}": 7,
    f"/en/2026/04/10/much-changed/history/?{PAST}": 8,
    "/en/2026/04/10/much-changed/text.md": 3,
    "/en/2026/04/10/much-changed/card-1.jpeg": 3,
    "/colours/8f1d2c-f2a09a.css": 0,
    "/en/2026/04/10/held/": 4,
    "/en/2026/04/10/retracted/": 4,
    "/en/2026/04/10/removed/": 4,
    "/en/2026/04/10/held/history/": 4,
    "/en/2026/04/10/retracted/history/": 6,
    "/en/2026/04/10/removed/history/": 4,
    "/en/2026/04/10/held/text.txt": 2,
    "/en/2026/04/10/retracted/text.txt": 2,
    "/en/2026/04/10/removed/text.txt": 2,
}
# They tell nothing of stories: what stands in settings, and how the machine is.
NO_STORIES = {"robots", "tdmrep", "security_txt", "healthz", "readyz"}


@pytest.fixture
def shelf():
    """Stories on every list, one with a picture and a change for each of them, and one in each withdrawn state."""
    person, source, writer, picture = (
        make_person(en="Ana Rusu"),
        make_source(),
        make_contributor(),
        make_picture(with_file=True),
    )
    Picture.objects.filter(pk=picture.pk).update(sha256=PICTURE)
    picture.refresh_from_db()
    fields = {
        "tags": ["Talks"], "people": [person], "sources": [source], "credited": [(writer, "author")],
        "quotes": [{"person": person, "words": "We go on."}],
    }  # fmt: skip
    early, later = AT - timedelta(hours=2), AT - timedelta(hours=1)
    for state in ("held", "retracted", "removed"):
        first = make_publication(at=early, until=later, slug=state, **fields)
        make_publication(article=first.article, at=later, state=state)
    changed = make_publication(at=AT - timedelta(minutes=1), until=AT, slug="much-changed", picture=picture, **fields)

    def grow(start: int, stop: int) -> None:
        for number in range(start, stop):
            at = AT + timedelta(minutes=number)
            make_publication(at=at, slug=f"story-{number}", change="correction", note="A date was wrong.", **fields)
            until = None if number == 299 else at + timedelta(minutes=1)
            make_publication(
                article=changed.article, at=at, until=until, change="correction", picture=picture, **fields
            )

    return grow


def test_further_pages_pictures_and_notices_cost_the_same_too(reader, shelf):
    counts = []
    for start, stop in ((0, 1), (1, 3), (3, 300)):
        shelf(start, stop)
        with time_machine.travel(AT + timedelta(minutes=stop - 1, seconds=30), tick=False):
            reader.get(f"/pictures/{PICTURE}/640.jpeg")  # makes the rendition
            counts.append({address: asked(reader, address) for address in MORE})
    assert counts == [MORE] * 3


def test_each_public_address_is_counted():
    counted = {resolve(address.partition("?")[0]).url_name for address in (*QUERIES, *MORE)}
    assert counted | NO_STORIES == {name for _route, name in public_routes()}
