"""What the tests of readers' pages share: a client that has never been here, and a look at the page it gets."""

from html.parser import HTMLParser

import pytest
from django.test import Client

VOID = {"meta", "link", "br", "hr", "img", "source", "input"}


class Seen(HTMLParser):
    """A page as its tests look at it: its elements with their attributes, and whether every tag was closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.faults: list[str] = []
        self.feed(html)
        self.faults += [f"<{tag}> is not closed" for tag in self.open]
        ids = [attributes["id"] for _tag, attributes in self.elements if "id" in attributes]
        self.faults += [f"id {name} stands twice" for name in sorted({name for name in ids if ids.count(name) > 1})]
        if len(self.all("h1")) != 1:
            self.faults.append(f"{len(self.all('h1'))} headings of the first level")
        named = {value for _tag, attributes in self.elements for value in [attributes.get("aria-labelledby")] if value}
        self.faults += [f"nothing has the id {name}" for name in named - set(ids)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.faults.append(f"</{tag}> closes {self.open[-1:]}")

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def links(self) -> list[str]:
        return [attributes["href"] for attributes in self.all("a")]


@pytest.fixture
def reader() -> Client:
    """Django's client as a browser that sends nothing but the address."""
    return Client()


@pytest.fixture
def look():
    def look(response) -> Seen:
        return Seen(response.content.decode())

    return look
