"""A crawler's walk through the demo newsroom: every address that a page, feed, sitemap or record names leads somewhere."""

import json
import re
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urldefrag, urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from lxml import etree, html

from tests.demo.test_seed_demo import newsroom  # noqa: F401 - a fixture
from tests.public.test_sitemaps import SCHEMAS, schema

SITE = "http://testserver"
STARTS = ("/", "/en/", "/sitemap.xml", "/news-sitemap.xml", "/robots.txt", "/en/nothing/here/")
LEADS_ON = {"/": 302}  # besides those that 404s and 410s are asked for by name
ATOM = "{http://www.w3.org/2005/Atom}"


@dataclass
class Seen:
    """What the crawler keeps of an answer."""

    status: int
    links: set[str] = field(default_factory=set)
    ids: set[str] = field(default_factory=set)
    canonical: str = ""
    alternates: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def read(response: Any) -> Seen:
    seen, kind = Seen(response.status_code), response.get("Content-Type", "").partition(";")[0]
    if response.status_code in (301, 302):
        seen.links.add(response["Location"])
    if response.status_code != 200 or kind.startswith(("image/", "text/plain")):
        if kind.startswith("image/") and not b"".join(response):
            seen.faults.append("an empty picture")
        return seen
    try:
        READERS[kind](response.content, seen)
    except (KeyError, ValueError, AssertionError, etree.LxmlError) as error:
        seen.faults.append(f"{kind}: {error!r}")
    return seen


def of_page(content: bytes, seen: Seen) -> None:
    tree = html.document_fromstring(content.decode())
    seen.ids = set(tree.xpath("//@id"))
    seen.links |= set(tree.xpath("//a/@href | //link/@href | //img/@src | //form/@action"))
    seen.links |= set(
        tree.xpath("//meta[@property='og:image' or @name='twitter:image' or @property='og:url']/@content")
    )
    for srcset in tree.xpath("//@srcset"):
        seen.links |= {part.split()[0] for part in srcset.split(",")}
    seen.canonical = next(iter(tree.xpath("//link[@rel='canonical']/@href")), "")
    seen.alternates = {link.get("hreflang"): link.get("href") for link in tree.xpath("//link[@hreflang]")}
    for data in tree.xpath("//script/text()"):
        of_data(json.loads(data), seen)


def of_data(value: Any, seen: Seen) -> None:
    """The addresses in linked data and in JSON feeds; what they are about is tested elsewhere."""
    if isinstance(value, str) and value.startswith(SITE):
        seen.links.add(value)
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        of_data(inner, seen)


def of_sitemap(content: bytes, seen: Seen) -> None:
    tree = etree.fromstring(content)
    if SCHEMAS.is_dir():
        name = "siteindex" if tree.tag.endswith("sitemapindex") else "sitemap"
        schema(name, *(["sitemap-news"] if b"sitemap-news" in content else [])).assertValid(tree)
    seen.links |= set(tree.xpath("//*[local-name()='loc']/text()"))


def of_rss(content: bytes, seen: Seen) -> None:
    channel = etree.fromstring(content).find("channel")
    assert channel is not None
    assert all(channel.findtext(name) for name in ("title", "link", "description"))
    items = channel.findall("item")
    assert all(item.findtext(name) for item in items for name in ("title", "link", "guid", "pubDate"))
    once([item.findtext("guid") for item in items])
    seen.links |= {item.findtext("link") or "" for item in items} | set(channel.xpath(".//@href | .//@url"))


def of_atom(content: bytes, seen: Seen) -> None:
    feed = etree.fromstring(content)
    entries = feed.findall(f"{ATOM}entry")
    assert all(part.findtext(f"{ATOM}{name}") for part in [feed, *entries] for name in ("id", "title", "updated"))
    assert all(part.findtext(f"{ATOM}author/{ATOM}name") for part in entries) or feed.findtext(
        f"{ATOM}author/{ATOM}name"
    )
    once([entry.findtext(f"{ATOM}id") for entry in entries])
    seen.links |= set(feed.xpath("//@href"))


def of_json_feed(content: bytes, seen: Seen) -> None:
    feed = json.loads(content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"]
    once([item["id"] for item in feed["items"]])
    assert all(item["content_html"] and item["url"] for item in feed["items"])
    of_data(feed, seen)


def once(ids: list[Any]) -> None:
    assert len(ids) == len(set(ids))


READERS = {
    "text/html": of_page,
    "application/xml": of_sitemap,
    "application/rss+xml": of_rss,
    "application/atom+xml": of_atom,
    "application/feed+json": of_json_feed,
}


def whole(address: str, page: str) -> str:
    """The address of the site that a link on *page* leads to, empty where it leads elsewhere."""
    parts = urlsplit(address)
    if parts.scheme and not address.startswith(SITE):
        return ""
    if not parts.scheme and address.startswith(("?", "#")):
        return page.partition("#" if address[0] == "#" else "?")[0] + address
    return address.removeprefix(SITE)


def crawled() -> tuple[dict[str, Seen], dict[str, set[str]]]:
    """Every address that can be reached, and which pages link it."""
    client, seen, linked_by = Client(), {}, defaultdict(set)
    waiting = deque(STARTS)
    while waiting:
        address = waiting.popleft()
        if address in seen:
            continue
        seen[address] = read(client.get(address))
        for link in seen[address].links:
            if target := whole(link, address):
                linked_by[target].add(address)
                waiting.append(urldefrag(target)[0])
                if target.startswith("/static/"):
                    seen[target] = Seen(200 if finders.find(target.removeprefix("/static/")) else 404)
    return seen, linked_by


@pytest.mark.django_db
def test_a_crawler_finds_nothing_broken_in_the_demo_newsroom(newsroom, settings):  # noqa: F811 - the fixture
    settings.MEDIA_ROOT = newsroom
    seen, linked_by = crawled()
    faults = [f"{address}: {fault}" for address, page in seen.items() for fault in page.faults]
    for target, pages in linked_by.items():
        address, fragment = urldefrag(target)
        found = seen[address]
        if found.status != LEADS_ON.get(address, 200):
            faults.append(f"{min(pages)} links {target}: {found.status}")
        elif fragment and not re.fullmatch("story|newsroom|website", fragment) and fragment not in found.ids:
            faults.append(f"{min(pages)} links {target}: nothing there has this id")
    for address, page in seen.items():
        faults += list(at_odds(address, page, seen))
    assert faults == []
    kinds = [re.sub(r"\d+", "1", address.partition("?")[0].rpartition("/")[2]) for address in seen]
    assert {"feed.rss", "feed.atom", "feed.json", "text.txt", "text.md", "card-1.jpeg"} <= set(kinds)
    print(f"\n{len(seen)} addresses, {sum(map(len, linked_by.values()))} links")


def at_odds(address: str, page: Seen, seen: dict[str, Seen]):
    """What a page's canonical address and its other languages say otherwise than they do themselves."""
    if page.canonical:
        there = seen[page.canonical.removeprefix(SITE)]
        if there.canonical != page.canonical:
            yield f"{address}: its canonical page {page.canonical} names {there.canonical}"
        if "?" not in address and page.canonical != SITE + address:
            yield f"{address} is canonical to {page.canonical}"
    for language, other in page.alternates.items():
        if language != "x-default" and seen[other.removeprefix(SITE)].alternates != page.alternates:
            yield f"{address}: {other} does not name it among its languages"
