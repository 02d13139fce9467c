"""The network in front of the site: what it is told of pages and of purges."""

from __future__ import annotations

import threading
import time

import pytest

from articles.delivery import cdn, outbox
from articles.models import Purge
from tests.delivery.told import told

pytestmark = pytest.mark.django_db


@pytest.fixture
def network(settings):
    with told() as server:
        settings.NEWSROOM_CDN, settings.NEWSROOM_CDN_TOKEN = "fastly", "secret"
        settings.NEWSROOM_CDN_URL = f"{server.address}/service/7/purge"
        yield server


def test_without_a_network_nothing_is_sent_and_nothing_is_told(visit):
    outbox.purge(["list-en"])
    assert cdn.send_due() == 0
    seen = visit("/en/")
    assert not {"surrogate-key", "surrogate-control", "xkey"} & seen.headers.keys()


def test_a_page_says_what_it_depends_on_and_how_long_it_lives(visit, network):
    seen = visit("/en/")
    assert "list-en" in seen.headers["surrogate-key"].split()
    life = int(seen.headers["surrogate-control"].removeprefix("max-age=").partition(",")[0])
    assert 0 <= life <= cdn.LONGEST_LIFE
    assert visit("/en/").headers["surrogate-key"] == seen.headers["surrogate-key"]
    assert visit("/en/", HTTP_IF_NONE_MATCH=seen.headers["etag"]).headers["surrogate-key"]


def test_a_page_that_is_not_kept_tells_nothing(visit, network):
    assert "surrogate-key" not in visit("/en/nothing/here/").headers


def test_fastly_is_told(network):
    outbox.purge(["list-en", "article-1"])
    assert cdn.send_due() == 1
    [(method, path, headers)] = network.asked
    assert (method, path) == ("POST", "/service/7/purge")
    assert (headers["surrogate-key"], headers["fastly-key"]) == ("article-1 list-en", "secret")


def test_varnish_is_told(network, settings):
    settings.NEWSROOM_CDN = "varnish"
    outbox.purge(["list-en"])
    cdn.send_due()
    [(method, _path, headers)] = network.asked
    assert (method, headers["xkey-purge"]) == ("PURGE", "list-en")


def test_each_is_sent_once(network):
    outbox.purge(["list-en"])
    assert [cdn.send_due(), cdn.send_due()] == [1, 0]
    assert Purge.objects.get().sent_at


def test_it_is_sent_until_it_is_acknowledged(network):
    outbox.purge(["list-en"])
    outbox.purge(["list-ro"])
    network.status = 503
    assert cdn.send_due() == 0
    assert len(network.asked) == 1  # who does not answer is not asked for each of them
    assert not Purge.objects.filter(sent_at__isnull=False).exists()
    network.status = 200
    assert cdn.send_due() == 2


def test_nobody_there(network, settings):
    settings.NEWSROOM_CDN_URL = "http://127.0.0.1:9/purge"
    outbox.purge(["list-en"])
    assert cdn.send_due() == 0


def test_many_keys_go_in_several_calls(network):
    outbox.purge([f"article-{number}" for number in range(cdn.AT_ONCE + 1)])
    cdn.send_due()
    assert len(network.asked) == 2


def test_everything_is_purged_by_a_call_of_its_own(network):
    outbox.purge(["*"])
    assert cdn.send_due() == 1
    assert network.asked[0][1] == "/service/7/purge_all"


@pytest.mark.django_db(transaction=True)
def test_the_worker_sends(network):
    from newsroom.worker import Worker

    worker = Worker(interval=0.05)
    running = threading.Thread(target=worker.keep_sending)
    running.start()
    outbox.purge(["list-en"])
    end = time.monotonic() + 10
    while not network.asked and time.monotonic() < end:
        time.sleep(0.02)
    worker.stop()
    running.join(10)
    assert len(network.asked) == 1
