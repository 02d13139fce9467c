"""The story, the section and the front page as readers saw them at a moment that has passed."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from articles.public import past
from articles.public.shown import stories
from tests.factories import make_contributor, make_person, make_picture, make_publication, make_section, make_source

AT = datetime(2026, 4, 10, 9, 0, tzinfo=UTC)
NOON = "2026-04-10T12:00Z"
TALKS = "/en/2026/04/10/talks/"
database = pytest.mark.django_db


def days(number: int) -> datetime:
    return AT + timedelta(days=number)


def html(reader, address: str) -> str:
    response = reader.get(address)
    assert response.status_code == 200, address
    return " ".join(response.content.decode().split())


@pytest.fixture
def changed(db):
    """A story with three texts, each a day: at its second it stood at another address."""
    first = make_publication(at=AT, until=days(1), slug="talks", headline="First text", body="<p>First body.</p>")
    second = make_publication(
        article=first.article, at=days(1), until=days(2), slug="other-slug", headline="Second text", note="First note."
    )
    return [
        first,
        second,
        make_publication(article=first.article, at=days(2), headline="Third text", note="Second note."),
    ]


def test_story_shows_what_it_said_then(reader, changed):
    page = html(reader, f"{TALKS}?at={NOON}")
    assert '<h1 class="headline">First text</h1>' in page
    assert "First body." in page
    for part in ("Second text", "Third text", "First note.", "Second note."):
        assert part not in page


def test_a_period_begins_with_its_first_moment_and_ends_before_its_last(reader, changed):
    assert "First text" in html(reader, TALKS + past.query(days(1) - timedelta(microseconds=1)))
    assert "First text" in html(reader, TALKS + past.query(AT))
    assert "Third text" in html(reader, TALKS + past.query(days(2)))
    assert reader.get(TALKS + past.query(AT - timedelta(microseconds=1))).status_code == 404


def test_page_as_it_was_says_so_and_leads_to_the_present(reader, changed, look):
    page = html(reader, f"{TALKS}?at={NOON}")
    assert 'The page as it was on <time datetime="2026-04-10T15:00:00+03:00">10 April 2026, 15:00 EEST</time>.' in page
    assert f'<a href="{TALKS}">See it as it is now</a>' in page
    assert f"{TALKS}history/" in look(reader.get(f"{TALKS}?at={NOON}")).links()
    assert "as it was on 10 April 2026, 15:00 EEST</title>" in page
    assert '<p class="today"><time datetime="2026-04-10">' in page


@pytest.mark.parametrize("address", ["/en/", "/en/international/", TALKS])
def test_page_as_it_was_is_whole_not_indexed_and_not_kept(reader, changed, look, address):
    response = reader.get(f"{address}?at={NOON}")
    assert (response.status_code, look(response).faults) == (200, [])
    assert (response["X-Robots-Tag"], response["Cache-Control"]) == ("noindex", "no-store")
    assert {"name": "robots", "content": "noindex"} in look(response).all("meta")
    assert f'<a href="{address}">See it as it is now</a>' in html(reader, f"{address}?at={NOON}")
    present = reader.get(address)
    assert (present.get("X-Robots-Tag"), present["Cache-Control"]) == (None, "public, no-cache")


@database
def test_other_languages_lead_to_the_present(reader, look):
    original = make_publication(language="ro", at=AT, slug="tratative")
    make_publication(original=original, at=AT, slug="talks")
    links = look(reader.get(f"{TALKS}?at={NOON}")).links()
    assert "/ro/2026/04/10/tratative/" in links
    assert [link for link in links if link.startswith("/ro/") and "?" in link] == []


def test_old_address_shows_the_text_that_stood_there(reader, changed):
    page = html(reader, "/en/2026/04/10/other-slug/?at=2026-04-11T12:00Z")
    assert "Second text" in page
    assert f'<a href="{TALKS}">See it as it is now</a>' in page


def test_address_of_another_time_leads_to_that_of_then(reader, changed):
    response = reader.get(f"{TALKS}?at=2026-04-11T12:00Z")
    assert (response.status_code, response["Location"]) == (
        301, "/en/2026/04/10/other-slug/?at=2026-04-11T12%3A00%3A00Z",
    )  # fmt: skip


def test_old_address_that_another_story_has_taken_shows_whom_it_was_of_then(reader, changed):
    make_publication(at=days(2), first_published=AT, slug="other-slug", headline="Another story")
    assert "Second text" in html(reader, "/en/2026/04/10/other-slug/?at=2026-04-11T12:00Z")
    assert "Another story" in html(reader, "/en/2026/04/10/other-slug/?at=2026-04-12T12:00Z")


def test_lists_show_what_stood_there_then(reader, changed):
    make_publication(at=days(5), headline="Much later")
    for address in ("/en/", "/en/international/"):
        page = html(reader, f"{address}?at={NOON}")
        assert f'<a href="{TALKS}?at=2026-04-10T12%3A00%3A00Z">First text</a>' in page
        for part in ("Second text", "Third text", "Much later"):
            assert part not in page
        assert "Third text" not in html(reader, f"{address}?at=2026-04-09")
        assert "Much later" in html(reader, address)


@database
def test_older_page_of_a_list_stays_in_its_time(reader, look):
    for number in range(25):
        make_publication(at=AT + timedelta(minutes=number), headline=f"Story {number}.")
    make_publication(at=days(2), headline="Much later")
    first = look(reader.get(f"/en/international/?at={NOON}"))
    older = next(link for link in first.links() if "before=" in link)
    assert older.startswith("?at=2026-04-10T12%3A00%3A00Z&before=")
    page = html(reader, f"/en/international/{older}")
    assert "Story 4." in page
    assert "Story 5." not in page
    assert '<a href="?at=2026-04-10T12%3A00%3A00Z">Newest</a>' in page


@database
@pytest.mark.parametrize("state", ["held", "retracted", "removed"])
def test_story_withdrawn_since_answers_as_it_does_now(reader, state):
    first = make_publication(at=AT, until=days(1), slug="talks", headline="Secret headline", tags=["Talks"])
    second = make_publication(
        article=first.article, at=days(1), until=days(2), slug="moved", headline="Secret headline"
    )
    make_publication(article=first.article, at=days(2), slug="moved", headline="Last headline", state=state)
    shown = make_publication(at=AT, tags=["Talks"], slug="beside")
    now = reader.get("/en/2026/04/10/moved/")
    for address, at in ((TALKS, NOON), (second.get_absolute_url(), "2026-04-11T12:00Z")):
        then = reader.get(f"{address}?at={at}")
        assert (then.status_code, then.content) == (now.status_code, now.content)
    for address in ("/en/", "/en/international/", shown.get_absolute_url()):
        page = html(reader, f"{address}?at={NOON}")
        assert "Secret" not in page
        assert "/2026/04/10/talks/" not in page


@database
def test_story_that_was_on_hold_then_says_so(reader):
    first = make_publication(at=AT, until=days(1), slug="talks", headline="Secret then")
    make_publication(article=first.article, at=days(1), until=days(2), state="held")
    make_publication(article=first.article, at=days(2), change="release", headline="Secret then")
    page = html(reader, f"{TALKS}?at=2026-04-11T12:00Z")
    assert "This story is being checked" in page
    assert "The page as it was on" in page
    assert f'<a href="{TALKS}">See it as it is now</a>' in page
    assert "Secret then" not in page
    assert "Secret then" not in html(reader, "/en/?at=2026-04-11T12:00Z")


@database
@pytest.mark.parametrize(
    "at",
    ["", "x", "2026-04-10T12:00", "2026-04-10 12:00Z", "2026-02-30", "2026-04-10T25:00Z", "2026-04-10T12:00+99:00",
     "12026-04-10", "2026-W15-5", "20260410", "2026-04-10T12:00Z\n", "٢٠٢٦-٠٤-١٠", "9999-12-31", "2999-12-31T23:59-23:59", "now"],
)  # fmt: skip
def test_moment_that_is_none_or_lies_ahead_is_nothing(reader, at):
    make_publication(at=AT, slug="talks")
    nothing = reader.get("/en/2026/04/10/never/")
    for address in ("/en/", "/en/international/", TALKS):
        response = reader.get(address, {"at": at})
        assert (response.status_code, response.content) == (404, nothing.content), address


@database
def test_nothing_is_shown_before_its_time(reader):
    ahead = timezone.now() + timedelta(days=3)
    live = make_publication(at=AT, until=ahead, slug="talks", headline="Before")
    make_publication(article=live.article, at=ahead, headline="Ahead", slug="ahead")
    make_publication(at=ahead, headline="Ahead", slug="ahead-too")
    today = timezone.localdate()
    for address in ("/en/", "/en/international/", TALKS, "/en/2026/04/10/ahead/"):
        for at in (ahead, ahead + timedelta(days=1)):
            assert reader.get(address + past.query(at)).status_code == 404
        assert reader.get(f"{address}?at={today + timedelta(days=1)}").status_code == 404
        assert "Ahead" not in reader.get(f"{address}?at={today}").content.decode()
    assert "Before" in html(reader, f"{TALKS}?at={today}")
    with time_machine.travel(ahead + timedelta(days=2), tick=False):
        assert "Ahead" in html(reader, "/en/2026/04/10/ahead/" + past.query(ahead))


@database
def test_day_alone_is_its_end_in_the_newsrooms_zone(reader):
    """21:30 UTC on the 10th is the 11th in Chișinău."""
    make_publication(at=datetime(2026, 4, 10, 20, 59, tzinfo=UTC), headline="Last of the tenth")
    make_publication(at=datetime(2026, 4, 10, 21, 30, tzinfo=UTC), headline="First of the eleventh")
    page = html(reader, "/en/?at=2026-04-10")
    assert "Last of the tenth" in page
    assert "First of the eleventh" not in page


@database
@pytest.mark.parametrize(
    "at", ["2026-04-10T12:00%2B03:00", "2026-04-10T12:00+03:00", "2026-04-10T09:00Z", "2026-04-10T05:00:00-0400"]
)
def test_offsets_are_read_and_a_bare_plus_too(reader, at):
    make_publication(at=AT, slug="talks")
    assert '<time datetime="2026-04-10T12:00:00+03:00">' in html(reader, f"{TALKS}?at={at}")


@database
def test_picture_that_no_page_shows_today_is_left_out_with_its_caption_kept(reader, look):
    old, kept = make_picture(), make_picture()
    first = make_publication(at=AT, until=days(1), slug="talks", picture=old)
    make_publication(article=first.article, at=days(1), picture=kept)
    page = html(reader, f"{TALKS}?at={NOON}")
    assert old.sha256 not in page
    assert "This picture is no longer shown." in page
    assert "The old bridge." in page
    assert "Photo: Maria Luca" in page
    for address in ("/en/", "/en/international/"):
        assert "<img" not in html(reader, f"{address}?at={NOON}")
        assert kept.sha256 in html(reader, f"{address}?at=2026-04-12")
    assert kept.sha256 in html(reader, f"{TALKS}?at=2026-04-12")


@database
def test_every_internal_link_of_a_past_page_leads_somewhere(reader, look):
    """What the story of today no longer names has no page for certain: it stands there without a link."""
    gone, here = {"people": [make_person()], "tags": ["War"], "sources": [make_source("TASS")]}, make_contributor()
    written = [(make_contributor("Ana Rusu"), "author"), (here, "author")]
    first = make_publication(at=AT, until=days(1), slug="talks", credited=written, **gone)
    make_publication(article=first.article, at=days(1), credited=[(here, "author")])
    page = html(reader, f"{TALKS}?at={NOON}")
    for name in ("Ana Rusu", "War", "TASS"):
        assert name in page
    for address in (TALKS, "/en/", "/en/international/"):
        links = look(reader.get(f"{address}?at={NOON}")).links()
        for link in links:
            if link.startswith("/"):
                assert reader.get(link).status_code == 200, link
    assert "/en/contributor/iurie-tataru/" in look(reader.get(f"{TALKS}?at={NOON}")).links()


@database
def test_front_page_of_any_day_is_found_through_an_index():
    section = make_section()
    for number in range(60):
        at = AT + timedelta(hours=number)
        make_publication(at=at, slug=f"story-{number}", section=section)
    at = AT + timedelta(hours=30)
    plans = {
        "publication_list": stories("en", at).newest().values_list("pk")[:240],
        "publication_section": stories("en", at).filter(section=section).newest()[:20],
    }
    for index, rows in plans.items():
        plan = rows.explain()
        if connection.vendor == "sqlite":
            assert index in plan
            assert "first_published<?" in plan
            assert "TEMP B-TREE" not in plan


@given(st.integers(-(10**16), 10**16))
def test_moment_is_read_as_it_was_written(microseconds):
    at = AT + timedelta(microseconds=microseconds)
    assert past._read(past.written(at), AT) == at
