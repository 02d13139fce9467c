"""How a story is handed on, and how long it takes to read."""

from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from django.utils import translation

from articles.public.telling import reading_time
from tests.factories import make_contributor, make_publication

pytestmark = pytest.mark.django_db
AT = datetime(2026, 4, 10, 9, 0, tzinfo=UTC)
ADDRESS = "http://testserver/en/2026/04/10/talks/"


def test_story_can_be_shared_by_plain_links(reader, look):
    make_publication(at=AT, slug="talks", headline="Who & what? 100% of it")
    page = look(reader.get("/en/2026/04/10/talks/"))
    ways = {urlsplit(a["href"]).netloc: a for a in page.all("a") if a.get("rel") == "nofollow noopener"}
    assert set(ways) == {"", "t.me", "wa.me", "www.facebook.com", "x.com"}
    told = {host: parse_qs(urlsplit(a["href"]).query) for host, a in ways.items()}
    assert ways[""]["href"].startswith("mailto:?")
    assert told[""] == {"subject": ["Who & what? 100% of it"], "body": [f"Who & what? 100% of it\r\n\r\n{ADDRESS}"]}
    assert told["t.me"] == told["x.com"] == {"url": [ADDRESS], "text": ["Who & what? 100% of it"]}
    assert told["wa.me"] == {"text": [f"Who & what? 100% of it {ADDRESS}"]}
    assert told["www.facebook.com"] == {"u": [ADDRESS]}
    assert not any("+" in a["href"] for a in ways.values()), "not everybody reads a plus as a space"


@pytest.mark.parametrize("role", ["translator", "post_editor"])
def test_sentence_to_cite_by_names_authors_and_translators_once(reader, settings, role):
    settings.NEWSROOM_BASE_URL = "https://news.example"
    maria, ana, iurie = make_contributor("Maria Luca"), make_contributor("Ana Rusu"), make_contributor()
    make_publication(
        at=AT, slug="talks",
        credited=[(maria, "author"), (maria, "reporter"), (ana, "author"), (iurie, role), (ana, "editor")],
    )  # fmt: skip
    html = reader.get("/en/2026/04/10/talks/").content.decode()
    assert (
        "Maria Luca, Ana Rusu, “River talks resume”, translated by Iurie Tataru, Newsroom, 10 April 2026,"
        " https://news.example/en/2026/04/10/talks/</p>"
    ) in html


def test_sentence_to_cite_by_does_without_what_there_is_not(reader):
    make_publication(at=AT, slug="talks")
    html = reader.get("/en/2026/04/10/talks/").content.decode()
    assert f'<p class="cited-as">“River talks resume”, Newsroom, 10 April 2026, {ADDRESS}</p>' in html


def test_page_says_how_long_it_takes_to_read(reader):
    story = make_publication(at=AT)
    assert "<span>1 min read</span>" in reader.get(story.get_absolute_url()).content.decode()


@pytest.mark.parametrize(("words", "told"), [(0, ""), (1, "1 min read"), (200, "1 min read"), (201, "2 min read")])
def test_begun_minutes_count(words, told):
    with translation.override("en"):
        assert reading_time(words) == told
