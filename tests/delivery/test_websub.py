"""Followers of the feeds hear of what is new, when it is."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import parse_qs

import pytest
from django.utils import timezone

from articles.delivery import websub
from articles.models import Purge
from tests import cast
from tests.delivery.told import told

pytestmark = pytest.mark.django_db
SITE = "https://news.example"


@pytest.fixture
def hub(settings):
    with told() as server:
        settings.NEWSROOM_WEBSUB_HUB, settings.NEWSROOM_BASE_URL = f"{server.address}/hub", SITE
        yield server


def feeds_of(body: str) -> set[str]:
    form = parse_qs(body)
    assert form["hub.mode"] == ["publish"]
    return set(form["hub.url"])


def test_a_new_story_is_announced_once_with_all_feeds_that_have_it(hub):
    cast.live()
    assert [websub.announce_due(), websub.announce_due()] == [1, 0]
    [body] = hub.bodies
    wanted = {"/en/feed.rss", "/en/feed.atom", "/en/feed.json", "/en/international/feed.atom", "/en/source/tass/feed.rss",
              "/en/contributor/rita/feed.json"}  # fmt: skip
    assert {SITE + path for path in wanted} <= feeds_of(body)
    assert not [feed for feed in feeds_of(body) if "/ro/" in feed]


def test_every_address_that_is_announced_is_a_feed(hub, client):
    cast.live()
    websub.announce_due()
    for feed in feeds_of(hub.bodies[0]):
        assert client.get(feed.removeprefix(SITE)).status_code == 200, feed


def test_a_scheduled_story_is_announced_at_its_moment(hub, time_machine):
    start = timezone.now()
    time_machine.move_to(start, tick=True)
    cast.scheduled(hours=2)
    assert websub.announce_due() == 0
    time_machine.move_to(start + timedelta(hours=2, seconds=1), tick=True)
    assert websub.announce_due() == 1


@pytest.mark.parametrize("state", ["draft", "ready", "spiked"])
def test_what_nobody_can_read_is_not_announced(hub, state):
    cast.STATES[state]()
    assert websub.announce_due() == 0
    assert not hub.bodies


def test_a_withdrawal_is_nothing_new(hub):
    cast.held()
    assert websub.announce_due() == 1  # its publication
    assert Purge.objects.filter(announce_at__isnull=False).count() == 1


def test_it_is_told_again_until_it_acknowledges(hub):
    cast.live()
    hub.status = 500
    assert websub.announce_due() == 0
    hub.status = 204
    assert websub.announce_due() == 1


def test_without_a_hub_nobody_is_told_and_no_feed_names_one(settings, client):
    cast.live()
    assert websub.announce_due() == 0
    for kind in ("rss", "atom", "json"):
        answer = client.get(f"/en/feed.{kind}")
        assert "Link" not in answer
        assert b"hub" not in answer.content


@pytest.mark.parametrize(("kind", "named"), [
    ("rss", '<atom:link href="{}" rel="hub"/>'), ("atom", '<link rel="hub" href="{}"/>'),
    ("json", '"hubs": [{{"type": "WebSub", "url": "{}"}}]'),
])  # fmt: skip
def test_feeds_name_the_hub(hub, settings, client, kind, named):
    cast.live()
    answer = client.get(f"/en/feed.{kind}")
    assert named.format(settings.NEWSROOM_WEBSUB_HUB) in answer.content.decode()
    self = f"{SITE}/en/feed.{kind}"
    assert answer["Link"] == f'<{settings.NEWSROOM_WEBSUB_HUB}>; rel="hub", <{self}>; rel="self"'
