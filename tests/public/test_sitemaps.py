"""Sitemaps: every live story in the part of its month, and the newest for Google News."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.utils import timezone
from lxml import etree

from articles.public.views import sitemaps
from tests.factories import make_publication

pytestmark = pytest.mark.django_db
AT = datetime(2026, 4, 10, 9, 0, tzinfo=UTC)
BASE = "https://news.example"
SCHEMAS = Path("/work/shared/data")
NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "n": "http://www.google.com/schemas/sitemap-news/0.9",
}
FILES = ("/sitemap.xml", "/sitemap/en-2026-04.xml", "/news-sitemap.xml")


@pytest.fixture(autouse=True)
def site(settings):
    settings.NEWSROOM_BASE_URL = BASE
    settings.NEWSROOM_SITE_NAME = "The River & Post"


def found(reader, address: str, path: str = "//s:loc") -> list[str]:
    response = reader.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "application/xml; charset=utf-8")
    return [element.text for element in etree.fromstring(response.content).xpath(path, namespaces=NAMES)]


def schema(*names: str) -> etree.XMLSchema:
    """The published schemas together: that of sitemaps wants to know every other namespace."""
    if not SCHEMAS.is_dir():
        pytest.skip("the schemas of sitemaps.org and Google are not on this machine")
    imports = {"siteindex": NAMES["s"], "sitemap": NAMES["s"], "sitemap-news": NAMES["n"]}
    lines = [f'<import namespace="{imports[name]}" schemaLocation="{SCHEMAS / name}.xsd"/>' for name in names]
    return etree.XMLSchema(
        etree.fromstring(f'<schema xmlns="http://www.w3.org/2001/XMLSchema">{"".join(lines)}</schema>')
    )


def test_the_index_names_a_part_for_each_language_and_month_with_stories(reader):
    make_publication(at=AT)
    make_publication(at=AT - timedelta(days=1))
    make_publication(at=datetime(2009, 12, 1, tzinfo=UTC))
    make_publication(language="uk", at=datetime(2026, 1, 31, 22, 30, tzinfo=UTC))  # in Chișinău it is February
    parts = found(reader, "/sitemap.xml")
    assert parts == [f"{BASE}/sitemap/{name}.xml" for name in ("en-2026-04", "en-2009-12", "uk-2026-02")]
    assert [len(found(reader, part.removeprefix(BASE))) for part in parts] == [2, 1, 1]


def test_a_part_has_the_stories_of_its_month_newest_first(reader):
    for day, slug in ((1, "first"), (30, "last"), (9, "middle")):
        make_publication(at=datetime(2026, 4, day, 9, tzinfo=UTC), slug=slug)
    make_publication(at=datetime(2026, 4, 30, 21, 30, tzinfo=UTC), slug="may-in-chisinau")
    make_publication(at=AT, language="ro", slug="romanian")
    assert found(reader, "/sitemap/en-2026-04.xml") == [
        f"{BASE}/en/2026/04/30/last/",
        f"{BASE}/en/2026/04/09/middle/",
        f"{BASE}/en/2026/04/01/first/",
    ]


def test_lastmod_is_when_readers_were_last_told_of_a_change(reader):
    first = make_publication(at=AT, until=AT + timedelta(days=40))
    make_publication(
        article=first.article, at=AT + timedelta(days=40), change="refile", updated=AT + timedelta(hours=5)
    )
    assert found(reader, "/sitemap/en-2026-04.xml", "//s:lastmod") == ["2026-04-10T17:00:00+03:00"]


def test_a_part_never_has_more_than_the_protocol_allows(reader, monkeypatch):
    monkeypatch.setattr(sitemaps, "MOST", 3)
    for number in range(5):
        make_publication(at=AT + timedelta(minutes=number), slug=f"story-{number}")
    assert found(reader, "/sitemap/en-2026-04.xml") == [f"{BASE}/en/2026/04/10/story-{n}/" for n in (4, 3, 2)]


def test_only_live_stories_are_in_a_sitemap(reader):
    now = timezone.now()
    make_publication(slug="live")
    make_publication(slug="scheduled", at=now + timedelta(minutes=5), first_published=now)
    make_publication(slug="over", until=now - timedelta(minutes=5))
    for state in ("held", "retracted", "removed"):
        then = now - timedelta(minutes=50)
        story = make_publication(slug=state, at=then, until=then + timedelta(minutes=1))
        make_publication(article=story.article, at=then + timedelta(minutes=1), state=state)
    [part] = found(reader, "/sitemap.xml")
    for address in (part.removeprefix(BASE), "/news-sitemap.xml"):
        assert [one.rsplit("/", 2)[1] for one in found(reader, address)] == ["live"]


@pytest.mark.parametrize(
    "address",
    ["/sitemap/en-2026-03.xml", "/sitemap/en-2026-13.xml", "/sitemap/en-2026-00.xml", "/sitemap/ro-2026-04.xml",
     "/sitemap/xx-2026-04.xml"],
)  # fmt: skip
def test_a_month_without_stories_has_no_part(reader, address):
    make_publication(at=AT)
    assert reader.get(address).status_code == 404


def test_news_are_of_the_last_two_days_in_all_languages(reader):
    with time_machine.travel(AT, tick=False):
        make_publication(headline="Old & gone", at=AT - timedelta(days=2, minutes=1))
        old = make_publication(headline="Old", at=AT - timedelta(days=9), until=AT - timedelta(hours=1))
        make_publication(article=old.article, headline="Old, corrected", at=AT - timedelta(hours=1))
        make_publication(headline="New & short", at=AT - timedelta(hours=30))
        make_publication(headline="Новини", language="uk", at=AT - timedelta(hours=2))
        address = "/news-sitemap.xml"
        assert found(reader, address, "//n:title") == ["Новини", "New & short"]
        assert found(reader, address, "//n:language") == ["uk", "en"]
        assert found(reader, address, "//n:name") == ["The River & Post"] * 2
        assert found(reader, address, "//n:publication_date") == [
            "2026-04-10T10:00:00+03:00",
            "2026-04-09T06:00:00+03:00",
        ]


def test_news_are_a_thousand_at_the_most(reader, monkeypatch):
    assert sitemaps.MOST_NEWS == 1000
    monkeypatch.setattr(sitemaps, "MOST_NEWS", 3)
    now = timezone.now()
    for number in range(4):
        make_publication(
            headline=f"Story {number}", language=("en", "ro")[number % 2], at=now - timedelta(hours=9 - number)
        )
    assert found(reader, "/news-sitemap.xml", "//n:title") == ["Story 3", "Story 2", "Story 1"]


@pytest.mark.parametrize(("ours", "theirs"), [("en", "en"), ("pt-br", "pt"), ("zh-cn", "zh-cn"), ("sr-latn", "sr")])
def test_google_knows_languages_by_shorter_codes(reader, settings, ours, theirs):
    settings.LANGUAGES = [(ours, "A language")]
    make_publication(language=ours)
    assert found(reader, "/news-sitemap.xml", "//n:language") == [theirs]


@pytest.mark.parametrize(
    ("address", "schemas"), list(zip(FILES, (["siteindex"], ["sitemap"], ["sitemap", "sitemap-news"]), strict=True))
)
def test_files_are_as_the_published_schemas_want_them(reader, address, schemas):
    with time_machine.travel(AT + timedelta(hours=1)):
        make_publication(at=AT, headline="Ends ]]> & <b>\x0b")
        schema(*schemas).assertValid(etree.fromstring(reader.get(address).content))


@pytest.mark.parametrize("address", FILES)
def test_files_are_read_by_anybody_and_kept_by_caches(reader, address):
    make_publication(at=AT)
    first = reader.get(address)
    again = reader.get(address, headers={"if-none-match": first["ETag"]})
    assert (first["Cache-Control"], again.status_code, again.content) == ("public, no-cache", 304, b"")
    assert reader.post(address).status_code == 405
    assert not first.cookies


def test_without_the_setting_addresses_are_those_of_the_host_that_was_asked(reader, settings):
    settings.NEWSROOM_BASE_URL = ""
    make_publication(at=AT)
    assert found(reader, "/sitemap.xml") == ["http://testserver/sitemap/en-2026-04.xml"]
