"""What crawlers and finders of holes are told: robots.txt, tdmrep.json, security.txt."""

from datetime import datetime, timedelta
from urllib.robotparser import RobotFileParser

import pytest
from django.test import Client
from django.utils import timezone

from newsroom.crawlers import CRAWLERS

FILES = ("/robots.txt", "/.well-known/tdmrep.json", "/.well-known/security.txt")
ALLOWED = {"search": True, "ai_search": True, "ai_training": True}
ONE_OF_EACH = {"search": "Googlebot", "ai_search": "OAI-SearchBot", "ai_training": "GPTBot"}


@pytest.fixture(autouse=True)
def site(settings):
    settings.NEWSROOM_BASE_URL = "https://news.example"
    settings.NEWSROOM_SECURITY_CONTACT = "mailto:security@news.example"
    settings.NEWSROOM_CRAWLERS = dict(ALLOWED)


def told() -> RobotFileParser:
    rules = RobotFileParser()
    rules.parse(Client().get("/robots.txt").content.decode().splitlines())
    return rules


@pytest.mark.parametrize("refused", [None, *ALLOWED])
def test_each_kind_of_crawler_is_let_in_or_not_by_its_setting(settings, refused):
    if refused:
        settings.NEWSROOM_CRAWLERS[refused] = False
    rules = told()
    for kind, agents in CRAWLERS.items():
        for agent in agents:
            assert rules.can_fetch(agent, "/en/2026/04/10/talks/") is (kind != refused), agent
    assert rules.can_fetch("SomethingNew/1.0", "/en/") is (refused != "search")


def test_nobody_is_let_in_at_the_desk():
    rules = told()
    for agent in ["SomethingNew", *(agent for agents in CRAWLERS.values() for agent in agents)]:
        assert not rules.can_fetch(agent, "/admin/articles/article/")
        assert not rules.can_fetch(agent, "/accounts/login/")
        assert rules.can_fetch(agent, "/")


def test_a_crawler_is_of_one_kind():
    agents = [agent.lower() for agents in CRAWLERS.values() for agent in agents]
    assert len(agents) == len(set(agents))


def test_the_sitemaps_are_named():
    assert told().site_maps() == ["https://news.example/sitemap.xml", "https://news.example/news-sitemap.xml"]


@pytest.mark.parametrize(("allowed", "reserved"), [(True, 0), (False, 1)])
def test_mining_is_reserved_as_training_is(settings, allowed, reserved):
    settings.NEWSROOM_CRAWLERS["ai_training"] = allowed
    response = Client().get("/.well-known/tdmrep.json")
    assert response["Content-Type"] == "application/json"
    assert response.json() == [{"location": "/", "tdm-reservation": reserved}]


def test_security_txt_says_whom_to_tell_and_until_when():
    response = Client().get("/.well-known/security.txt")
    fields = dict(line.split(": ", 1) for line in response.content.decode().splitlines())
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert fields["Contact"] == "mailto:security@news.example"
    assert fields["Canonical"] == "https://news.example/.well-known/security.txt"
    assert timedelta(days=100) < datetime.fromisoformat(fields["Expires"]) - timezone.now() < timedelta(days=365)


@pytest.mark.django_db
@pytest.mark.parametrize("debug", [False, True])
def test_without_a_contact_there_is_no_security_txt(settings, debug):
    settings.NEWSROOM_SECURITY_CONTACT, settings.DEBUG = "", debug
    response = Client().get("/.well-known/security.txt")
    assert (response.status_code, response.content) == (404, Client().get("/en/nothing/").content)


@pytest.mark.parametrize("address", FILES)
def test_files_are_read_by_anybody_and_kept_by_caches(address):
    client = Client()
    first = client.get(address)
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert (first.status_code, first["Cache-Control"]) == (200, "public, no-cache")
    assert (again.status_code, again.content) == (304, b"")
    assert client.post(address).status_code == 405
    assert not first.cookies
    assert "cookie" not in first.get("Vary", "").lower()
