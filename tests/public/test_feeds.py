"""Feeds: what RSS, Atom and JSON say of a list, and that they say nothing else."""

import json
import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest
import time_machine
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from lxml import html as parser

from articles.public.feeds.content import portable
from articles.public.markup import NAMESPACES, clean, put, start, written
from tests.factories import (
    make_contributor,
    make_person,
    make_picture,
    make_publication,
    make_section,
    make_source,
)

AT = datetime(2026, 4, 10, 9, 0, tzinfo=UTC)
TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json"}
LISTS = (
    "/en/",
    "/en/world/",
    "/en/tag/diplomacy/",
    "/en/person/ana-rusu/",
    "/en/source/tass/",
    "/en/contributor/iurie-tataru/",
    "/en/corrections/",
)
BASE = "https://news.example"
BODY = (
    '<p>The talks <a href="/en/tag/diplomacy/">went on</a>.<sup class="citation"><a href="#source-1">1</a></sup></p>'
    '<figure data-picture="1"></figure><table><tbody><tr><td>7</td></tr></tbody></table>'
)
lists = pytest.mark.parametrize("page", LISTS)
kinds = pytest.mark.parametrize("kind", TYPES)


@pytest.fixture
def paper(db, settings):
    """A translated story with all that an entry tells, corrected once; its original is live."""
    settings.NEWSROOM_BASE_URL = BASE
    settings.NEWSROOM_SITE_NAME = "The River & Post"
    original = make_publication(language="ro", headline="Discuțiile se reiau", at=AT, slug="discutiile")
    shown = {
        "section": make_section("world", en="World"),
        "slug": "talks",
        "standfirst": "Both sides & a date.",
        "tags": ["Diplomacy"],
        "sources": [make_source("TASS", label="state-controlled")],
        "quotes": [{"person": make_person("Ana Rusu"), "words": "We go on.", "citation": 1}],
        "credited": [
            (make_contributor(), "author"),
            (make_contributor("Maria Luca"), "translator"),
            (make_contributor("Olga Rotaru"), "reviser"),
        ],
        "picture": make_picture(),
        "body": BODY,
    }
    first = make_publication(at=AT, until=AT + timedelta(hours=3), original=original, **shown)
    return make_publication(
        article=first.article,
        at=AT + timedelta(hours=3),
        change="correction",
        note="The date was wrong.",
        first_published=AT,
        **shown,
    )


def feed(reader, page: str, kind: str):
    response = reader.get(f"{page}feed.{kind}")
    assert response.status_code == 200, page
    return json.loads(response.content) if kind == "json" else etree.fromstring(response.content)


def texts(element, path: str) -> list[str]:
    """The text, or the attribute, of all that the path finds; ``a:`` is Atom's own prefix here."""
    found = element.xpath(path, namespaces={**NAMESPACES, "a": NAMESPACES["atom"]})
    return [one if isinstance(one, str) else one.text for one in found]


def titles(reader, page: str, kind: str) -> list[str]:
    document = feed(reader, page, kind)
    if kind == "json":
        return [item["title"] for item in document["items"]]
    return texts(document, "//item/title" if kind == "rss" else "//a:entry/a:title")


@lists
@kinds
def test_every_list_has_its_feeds_and_says_so(reader, look, paper, page, kind):
    response = reader.get(f"{page}feed.{kind}")
    assert (response.status_code, response["Content-Type"]) == (200, f"{TYPES[kind]}; charset=utf-8")
    assert (response["Content-Language"], response["Cache-Control"]) == ("en", "public, no-cache")
    announced = [link for link in look(reader.get(page)).all("link") if link.get("type") == TYPES[kind]]
    assert [link["href"] for link in announced] == [f"{page}feed.{kind}"]
    assert f"{page}feed.rss" in look(reader.get(page)).links()
    assert len(titles(reader, page, kind)) == 1


@lists
@kinds
def test_an_unchanged_feed_is_not_sent_twice(reader, paper, page, kind):
    address = f"{page}feed.{kind}"
    first = reader.get(address)
    again = reader.get(address, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert reader.post(address).status_code == 405
    assert reader.head(address).content == b""


@kinds
def test_a_changed_story_makes_another_feed(reader, paper, kind):
    etags = {reader.get(f"/en/feed.{kind}")["ETag"]}
    make_publication(section=paper.section)
    assert reader.get(f"/en/feed.{kind}")["ETag"] not in etags


@lists
@kinds
def test_every_address_in_a_feed_is_whole(reader, paper, page, kind):
    text = reader.get(f"{page}feed.{kind}").content.decode()
    found = re.findall(r'(?:href|src|url)=\\?(?:"|&quot;)([^"&\\]+)', text) + re.findall(
        r'"(?:\w*url|id)": "([^"]+)', text
    )
    assert found
    assert [one for one in found if not one.startswith(("https://", "tag:news.example,"))] == []


def test_without_the_setting_addresses_are_those_of_the_host_that_was_asked(reader, paper, settings):
    settings.NEWSROOM_BASE_URL = ""
    assert feed(reader, "/en/", "json")["items"][0]["url"] == "http://testserver/en/2026/04/10/talks/"


def test_rss_tells_all_of_a_story(reader, paper):
    channel = feed(reader, "/en/tag/diplomacy/", "rss").find("channel")
    assert [texts(channel, name)[0] for name in ("title", "link", "description", "language")] == [
        "Diplomacy – The River & Post",
        f"{BASE}/en/tag/diplomacy/",
        "Diplomacy – The River &amp; Post",
        "en",
    ]
    assert texts(channel, "atom:link[@rel='self']/@href") == [f"{BASE}/en/tag/diplomacy/feed.rss"]
    item = channel.find("item")
    assert texts(item, "title") == ["River talks resume"]
    assert texts(item, "link") == [f"{BASE}/en/2026/04/10/talks/"]
    assert texts(item, "guid[@isPermaLink='false']") == [f"tag:news.example,2026-04-10:article/{paper.article_id}"]
    assert parsedate_to_datetime(texts(item, "pubDate")[0]) == AT
    assert texts(item, "pubDate")[0].endswith("+0300")
    assert texts(item, "atom:updated") == ["2026-04-10T15:00:00+03:00"]
    assert texts(item, "dc:creator") == ["Iurie Tataru"]
    assert texts(item, "dc:contributor") == ["Maria Luca", "Olga Rotaru"]
    assert texts(item, "dc:language") == ["en"]
    assert texts(item, "category") == ["World", "Diplomacy"]
    assert texts(item, "dc:source") == ["TASS: A statement, https://example.org/1"]
    assert texts(item, "description") == ["Both sides &amp; a date."]
    media = item.find("media:content", NAMESPACES)
    assert (media.get("type"), media.get("width"), media.get("height")) == ("image/jpeg", "1280", "768")
    assert texts(media, "media:credit") == ["Photo: Maria Luca"]
    order = [child.tag for child in item]
    assert order.index("description") < order.index(f"{{{NAMESPACES['content']}}}encoded")


def test_atom_tells_all_of_a_story(reader, paper):
    root = feed(reader, "/en/tag/diplomacy/", "atom")
    assert texts(root, "a:id") == [f"{BASE}/en/tag/diplomacy/feed.atom"]
    assert texts(root, "a:updated") == ["2026-04-10T15:00:00+03:00"]
    assert texts(root, "a:author/a:name") == ["The River & Post"]
    assert texts(root, "a:link[@rel='self']/@href") == [f"{BASE}/en/tag/diplomacy/feed.atom"]
    entry = root.find("atom:entry", NAMESPACES)
    assert texts(entry, "@xml:lang") == ["en"]
    assert texts(entry, "a:id") == [f"tag:news.example,2026-04-10:article/{paper.article_id}"]
    assert texts(entry, "a:link[@rel='alternate']/@hreflang") == ["en", "ro"]
    assert texts(entry, "a:link[@rel='alternate']/@href") == [
        f"{BASE}/en/2026/04/10/talks/",
        f"{BASE}/ro/2026/04/10/discutiile/",
    ]
    assert texts(entry, "a:published") == ["2026-04-10T12:00:00+03:00"]
    assert texts(entry, "a:updated") == ["2026-04-10T15:00:00+03:00"]
    assert texts(entry, "a:author/a:name") == ["Iurie Tataru"]
    assert texts(entry, "a:author/a:uri") == [f"{BASE}/en/contributor/iurie-tataru/"]
    assert texts(entry, "a:contributor/a:name") == ["Maria Luca", "Olga Rotaru"]
    assert texts(entry, "a:category/@term") == ["world", "diplomacy"]
    assert texts(entry, "a:link[@rel='via']/@href") == ["https://example.org/1"]
    assert texts(entry, "a:link[@rel='enclosure']/@type") == ["image/jpeg"]
    assert texts(entry, "a:summary") == ["Both sides & a date."]
    assert texts(entry, "a:content/@type") == ["html"]


def test_json_tells_all_of_a_story(reader, paper):
    document = feed(reader, "/en/tag/diplomacy/", "json")
    assert document["version"] == "https://jsonfeed.org/version/1.1"
    assert document["feed_url"] == f"{BASE}/en/tag/diplomacy/feed.json"
    assert document["home_page_url"] == f"{BASE}/en/tag/diplomacy/"
    [item] = document["items"]
    assert item["id"] == f"tag:news.example,2026-04-10:article/{paper.article_id}"
    assert (item["date_published"], item["date_modified"]) == ("2026-04-10T12:00:00+03:00", "2026-04-10T15:00:00+03:00")
    assert item["authors"] == [{"name": "Iurie Tataru", "url": f"{BASE}/en/contributor/iurie-tataru/"}]
    assert item["_translation"] == {
        "from": "ro",
        "of": f"{BASE}/ro/2026/04/10/discutiile/",
        "translators": [{"name": "Maria Luca", "url": f"{BASE}/en/contributor/maria-luca/"}],
        "revisers": [{"name": "Olga Rotaru", "url": f"{BASE}/en/contributor/olga-rotaru/"}],
    }
    assert item["_story"] == {
        "sources": [{"name": "TASS: A statement", "url": "https://example.org/1"}],
        "corrections": [{"kind": "correction", "note": "The date was wrong.", "date": "2026-04-10T15:00:00+03:00"}],
        "versions": {"ro": f"{BASE}/ro/2026/04/10/discutiile/"},
        "rights": "© 2026 The River & Post. All rights reserved",
    }
    assert item["tags"] == ["World", "Diplomacy"]
    assert item["image"] == item["attachments"][0]["url"]
    assert item["_picture"]["credit"] == "Photo: Maria Luca"
    assert (item["language"], item["summary"]) == ("en", "Both sides & a date.")


@kinds
def test_the_text_is_whole_and_the_same_in_each_format(reader, paper, kind):
    document = feed(reader, "/en/", kind)
    content = (
        document["items"][0]["content_html"]
        if kind == "json"
        else texts(document, {"rss": "//content:encoded", "atom": "//a:content"}[kind])[0]
    )
    root = parser.fragment_fromstring(content)
    assert (root.get("lang"), root.get("dir")) == ("en", "ltr")
    links = [link.get("href") for link in root.iter("a")]
    assert links[:2] == [f"{BASE}/en/tag/diplomacy/", f"{BASE}/en/2026/04/10/talks/#source-1"]
    [shown] = root.iter("img")
    assert set(shown.attrib) == {"src", "alt", "width", "height"}
    assert shown.get("src").startswith(f"{BASE}/pictures/")
    assert root.xpath(".//table")
    assert not root.xpath(".//picture|.//source|.//div")
    words = " ".join(root.text_content().split())
    assert words.startswith("The talks went on.1")
    assert "Correction · 10 April 2026, 15:00 EESTThe date was wrong." in words
    assert words.endswith("Sources TASS (state-controlled): A statement")


@pytest.mark.django_db
@kinds
def test_the_thirty_newest_stand_newest_first(reader, kind):
    for number in range(33):
        make_publication(headline=f"Story {number}", at=AT + timedelta(minutes=number), tags=["Talks"])
    wanted = [f"Story {number}" for number in range(32, 2, -1)]
    assert [titles(reader, page, kind) for page in ("/en/", "/en/international/", "/en/tag/talks/")] == [wanted] * 3


@pytest.mark.django_db
@kinds
def test_only_live_stories_are_in_a_feed(reader, kind):
    fields = {"tags": ["Talks"], "people": [make_person()], "sources": [make_source()]}
    fields["credited"] = [(make_contributor(), "author")]
    make_publication(headline="Live", **fields)
    make_publication(headline="Scheduled", at=timezone.now() + timedelta(hours=1), **fields)
    make_publication(headline="Over", until=timezone.now() - timedelta(minutes=5), **fields)
    for state in ("held", "retracted", "removed"):
        then = timezone.now() - timedelta(hours=2)
        story = make_publication(headline=state, at=then, until=then + timedelta(hours=1), **fields)
        make_publication(article=story.article, at=then + timedelta(hours=1), state=state)
    pages = ["/en/", "/en/international/", "/en/tag/talks/", "/en/person/ana-rusu/", "/en/source/tass/"]
    pages.append("/en/contributor/iurie-tataru/")
    assert [titles(reader, page, kind) for page in pages] == [["Live"]] * len(pages)


@pytest.mark.django_db
def test_what_a_translation_was_made_from_is_named_only_while_it_is_live(reader):
    then = timezone.now() - timedelta(hours=3)
    original = make_publication(language="ro", slug="original", at=then, until=then + timedelta(hours=1))
    make_publication(article=original.article, at=then + timedelta(hours=1), state="held")
    make_publication(original=original, at=then)
    for kind in TYPES:
        assert "/ro/" not in reader.get(f"/en/feed.{kind}").content.decode()


@kinds
def test_corrections_are_entries_of_their_own(reader, paper, kind):
    then = AT + timedelta(days=1)
    gone = make_publication(headline="A forged letter", slug="letter", at=then, until=then + timedelta(hours=1))
    make_publication(
        article=gone.article, headline="A forged letter", at=then + timedelta(hours=1), state="retracted", note="It was <forged>.",
    )  # fmt: skip
    assert titles(reader, "/en/corrections/", kind) == [
        "Retraction: A forged letter",
        "Correction: River talks resume",
    ]
    if kind == "json":
        retraction, correction = feed(reader, "/en/corrections/", "json")["items"]
        assert retraction["content_html"] == '<div lang="en" dir="ltr"><p>It was &lt;forged&gt;.</p></div>'
        assert retraction["url"] == f"{BASE}/en/2026/04/11/letter/"
        assert correction["url"] == f"{BASE}/en/2026/04/10/talks/#changes"
        assert correction["id"] == f"tag:news.example,2026-04-10:article/{paper.article_id}/2"
        assert correction["date_published"] == "2026-04-10T15:00:00+03:00"


def test_an_id_outlives_its_slug(reader, paper):
    before = feed(reader, "/en/", "json")["items"][0]
    type(paper).objects.filter(pk=paper.pk).update(visible_until=timezone.now() + timedelta(seconds=1))
    make_publication(
        article=paper.article, at=timezone.now() + timedelta(seconds=2), slug="new-slug", first_published=AT, section=paper.section
    )  # fmt: skip
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        after = feed(reader, "/en/", "json")["items"][0]
    assert (after["id"], after["url"] == before["url"]) == (before["id"], False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    ["/en/tag/talks/feed.rss", "/en/person/x/feed.atom", "/en/source/x/feed.json", "/en/contributor/x/feed.rss",
     "/en/horoscopes/feed.rss", "/en/feed.xml", "/en/archive/feed.rss"],
)  # fmt: skip
def test_a_feed_of_nothing_answers_as_any_address_at_which_nothing_stands(reader, address):
    nothing, found = reader.get("/en/nothing/here/"), reader.get(address)
    assert (found.status_code, found.content) == (404, nothing.content)
    assert dict(found.headers) == dict(nothing.headers)


@pytest.mark.django_db
@kinds
def test_an_empty_paper_has_feeds(reader, kind):
    assert titles(reader, "/uk/", kind) == []
    first = reader.get(f"/uk/feed.{kind}")
    assert reader.get(f"/uk/feed.{kind}", headers={"if-none-match": first["ETag"]}).status_code == 304


@pytest.mark.django_db
@kinds
def test_no_character_breaks_a_feed(reader, kind):
    wild = "Ends ]]> & <b> \x0b\x1f\ufffe\U0001f5de “x”"
    make_publication(headline=wild, standfirst=wild, body="<p>One\x08 &amp; two\x0c ]]&gt;</p>")
    [title] = titles(reader, "/en/", kind)
    assert clean(title) == clean(wild)


@pytest.mark.django_db
def test_a_language_that_runs_to_the_left_says_so(reader, settings):
    settings.LANGUAGES = [*settings.LANGUAGES, ("ar", "العربية")]
    make_publication(language="ar")
    assert feed(reader, "/ar/", "json")["items"][0]["content_html"].startswith('<div lang="ar" dir="rtl">')


@given(st.text(), st.text())
def test_whatever_the_text_the_xml_is_well_formed_and_keeps_it(text, value):
    root = start("rss", "dc")
    put(root, "dc:creator", text, {"name": value})
    [child] = etree.fromstring(written(root))
    kept = clean(text).replace("\r\n", "\n").replace("\r", "\n")
    assert (child.text or "").replace("\r\n", "\n").replace("\r", "\n") == kept


@given(st.text())
def test_whatever_the_body_it_can_be_read_elsewhere(body):
    content = portable(body, "https://news.example/en/story/", "en")
    root = start("rss", "content")
    put(root, "content:encoded", content)
    assert etree.fromstring(written(root))[0].text.startswith('<div lang="en" dir="ltr">')
