"""What an address answers once its story was withdrawn, moved, or not published yet."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from tests.factories import make_contributor, make_person, make_publication, make_source

pytestmark = pytest.mark.django_db
AT = datetime(2026, 4, 10, 9, 0, tzinfo=UTC)
LATER = datetime(2026, 4, 11, 9, 0, tzinfo=UTC)


def withdrawn(state: str, **columns):
    """A story that was live for a day, with all that a page can show, and then was withdrawn."""
    first = make_publication(
        at=AT, until=LATER, slug="talks", headline="Secret headline", tags=["Talks"], people=[make_person()],
        sources=[make_source()], credited=[(make_contributor(), "author")],
    )  # fmt: skip
    return make_publication(article=first.article, headline="Secret headline", state=state, at=LATER, **columns)


def test_held_story_says_that_it_is_being_checked_and_nothing_else(reader, look):
    response = reader.get(withdrawn("held").get_absolute_url())
    assert (response.status_code, response["X-Robots-Tag"]) == (200, "noindex")
    assert {"name": "robots", "content": "noindex"} in look(response).all("meta")
    assert "This story is being checked" in response.content.decode()
    assert "Secret headline" not in response.content.decode()


def test_retracted_story_keeps_headline_reason_and_dates(reader, look):
    response = reader.get(withdrawn("retracted", note="The document was not genuine.").get_absolute_url())
    html = response.content.decode()
    assert (response.status_code, response["X-Robots-Tag"], look(response).faults) == (200, "noindex", [])
    for part in ("Secret headline", "The document was not genuine.", "2026-04-10T12:00", "2026-04-11T12:00"):
        assert part in html
    assert "The talks went on." not in html


def test_removed_story_is_gone(reader):
    response = reader.get(withdrawn("removed").get_absolute_url())
    assert (response.status_code, response["X-Robots-Tag"]) == (410, "noindex")
    assert "Secret headline" not in response.content.decode()


@pytest.mark.parametrize("state", ["held", "retracted", "removed"])
def test_withdrawn_story_is_on_no_list(reader, state):
    withdrawn(state)
    for address in ("/en/", "/en/international/"):
        assert "Secret headline" not in reader.get(address).content.decode()
    nothing = reader.get("/en/tag/never-was/")
    for address in (
        "tag/talks",
        "person/ana-rusu",
        "source/tass",
        "contributor/iurie-tataru",
        "archive/2026/04",
    ):
        response = reader.get(f"/en/{address}/")
        assert (response.status_code, response.content) == (404, nothing.content), address


def test_old_slug_leads_to_the_address_of_today(reader):
    old = make_publication(at=AT, until=LATER, slug="old-slug")
    make_publication(article=old.article, at=LATER, slug="new-slug")
    response = reader.get("/en/2026/04/10/old-slug/")
    assert (response.status_code, response["Location"]) == (301, "/en/2026/04/10/new-slug/")


@pytest.mark.parametrize(
    "under", ["", "history/", "text.txt", "text.md", "?at=2026-04-10T12:00Z", "?at=2026-04-11T12:00Z"]
)
def test_old_slug_of_a_removed_story_is_gone_itself(reader, under):
    old = make_publication(at=AT, until=LATER, slug="old-slug", headline="Secret headline")
    last = LATER + timedelta(days=1)
    live = make_publication(article=old.article, at=LATER, until=last, slug="new-slug", headline="Secret headline")
    make_publication(article=old.article, at=last, slug="new-slug", state="removed")
    for address in (f"/en/2026/04/10/old-slug/{under}", f"{live.get_absolute_url()}{under}"):
        response = reader.get(address)
        assert (response.status_code, response["X-Robots-Tag"]) == (410, "noindex"), address
        assert "Secret headline" not in response.content.decode()
    assert "new-slug" not in f"{reader.get(f'/en/2026/04/10/old-slug/{under}').content.decode()}"


@pytest.mark.parametrize("state", ["held", "retracted"])
def test_old_slug_of_one_that_is_held_or_retracted_leads_to_its_notice(reader, state):
    old = make_publication(at=AT, until=LATER, slug="old-slug")
    make_publication(article=old.article, at=LATER, slug="new-slug", headline="Talks", state=state)
    response = reader.get("/en/2026/04/10/old-slug/")
    assert (response.status_code, response["Location"]) == (301, "/en/2026/04/10/new-slug/")


def test_old_slug_of_another_day_or_language_leads_nowhere(reader):
    old = make_publication(at=AT, until=LATER, slug="old-slug")
    make_publication(article=old.article, at=LATER, slug="new-slug")
    assert reader.get("/en/2026/04/11/old-slug/").status_code == 404
    assert reader.get("/ro/2026/04/10/old-slug/").status_code == 404


def test_old_slug_that_another_story_has_taken_shows_that_story(reader):
    old = make_publication(at=AT, until=LATER, slug="talks")
    make_publication(article=old.article, at=LATER, slug="first-talks")
    make_publication(at=LATER, first_published=AT, slug="talks", headline="Other talks")
    assert "Other talks" in reader.get("/en/2026/04/10/talks/").content.decode()


def test_slug_of_a_schedule_that_was_cancelled_leads_nowhere(reader):
    live = make_publication(at=AT)
    make_publication(article=live.article, at=LATER, until=LATER, slug="cancelled")
    assert reader.get("/en/2026/04/10/cancelled/").status_code == 404


def test_scheduled_story_appears_at_its_time_and_not_before(reader):
    moment = timezone.now() + timedelta(hours=2)
    scheduled = make_publication(at=moment, headline="Not yet", slug="not-yet", tags=["Later"], people=[make_person()])
    address = scheduled.get_absolute_url()
    hidden = reader.get("/en/2026/01/01/nonsense/")
    with time_machine.travel(moment - timedelta(seconds=30), tick=False):
        nonsense = reader.get("/en/2026/01/01/nonsense/")
        for page in (address, "/en/tag/later/", "/en/person/ana-rusu/"):
            response = reader.get(page)
            assert (response.status_code, response.content) == (404, nonsense.content)
            assert dict(response.items()) == dict(nonsense.items())
        assert "Not yet" not in reader.get("/en/").content.decode()
    with time_machine.travel(moment, tick=False):
        for page in (address, "/en/tag/later/", "/en/person/ana-rusu/", "/en/"):
            assert "Not yet" in reader.get(page).content.decode()
    assert hidden["Cache-Control"] == "public, no-cache"


def test_scheduled_change_leaves_the_live_page_until_its_time(reader):
    moment = timezone.now() + timedelta(hours=2)
    live = make_publication(until=moment, headline="Before")
    make_publication(article=live.article, at=moment, headline="After")
    assert "Before" in reader.get(live.get_absolute_url()).content.decode()
    assert "After" not in reader.get(live.get_absolute_url()).content.decode()
    with time_machine.travel(moment, tick=False):
        assert "After" in reader.get(live.get_absolute_url()).content.decode()
