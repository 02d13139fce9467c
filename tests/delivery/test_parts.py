"""Parts of pages that a process keeps: what ends them, and how many there are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.handlers.wsgi import WSGIHandler

from articles.delivery import memory
from articles.delivery.keys import moved_by
from articles.delivery.memory import begun, depends, reading, remember, remember_each
from articles.models import Paper as Settings
from articles.models import Section
from tests.delivery.conftest import ask
from tests.factories import make_picture, make_publication

AT = datetime(2026, 4, 10, 9, 0, tzinfo=UTC)
STORY = "/en/2026/04/10/talks/"


class TestRemembering:
    @pytest.fixture(autouse=True)
    def nothing_scheduled(self, monkeypatch):
        monkeypatch.setattr("articles.delivery.schedule._ahead", list)

    def test_what_was_read_before_a_purge_does_not_count_as_made_after_it(self, shared):
        with begun():
            row = "of before"
            shared.purge(["list-en"])
            assert remember("part", lambda: row, "list-en") == "of before"
        assert remember("part", lambda: "of now", "list-en") == "of now"

    def test_each_of_many_counts_as_old_as_its_request(self, shared):
        with begun():
            shared.purge(["row-1"])
            remember_each("kind", [1], lambda pks: [(pk, "of before", [f"row-{pk}"]) for pk in pks])
        assert remember_each("kind", [1], lambda pks: [(pk, "of now", [f"row-{pk}"]) for pk in pks]) == {1: "of now"}

    def test_where_nothing_could_be_made_nothing_is_kept_but_the_page_depends_on_it(self, shared):
        def fail() -> str:
            depends("address-en-talks")
            raise LookupError

        with reading() as read, pytest.raises(LookupError):
            remember("part", fail, "list-en")
        assert read.keys == {"list-en", "address-en-talks"}
        assert remember("part", lambda: "made", "list-en") == "made"

    def test_what_was_used_longest_ago_is_dropped_where_there_is_no_room(self, shared, monkeypatch):
        monkeypatch.setattr(memory, "MOST", 100_000)
        for number in range(4):
            remember(number, lambda: "x" * 20_000, "list-en")
        remember(0, lambda: "made again", "list-en")
        for number in range(4, 7):
            remember(number, lambda: "x" * 20_000, "list-en")
        assert remember(0, lambda: "made again", "list-en") == "x" * 20_000
        assert remember(1, lambda: "made again", "list-en") == "made again"
        assert 60_000 < memory.parts.size <= 100_000

    def test_what_takes_the_place_of_another_is_counted_once(self, shared):
        for _ in range(3):
            remember("part", lambda: "x" * 20_000, "list-en")
            shared.purge(["list-en"])
        assert memory.parts.size < 30_000


@pytest.fixture
def site(shared):
    """The pages as Django makes them, without the page cache."""
    site = WSGIHandler()
    return lambda address, **environ: ask(site, address, **environ)


@pytest.mark.django_db
class TestPages:
    def test_what_a_process_knows_it_does_not_ask_the_database(self, site, shared, asked):
        def queries(address: str) -> int:
            return asked(lambda: site(address))

        for number in range(3):
            make_publication(at=AT + timedelta(hours=number), slug=f"talks-{number}", tags=[f"Tag {number}"])
        month = "/en/archive/2026/04/"
        addresses = (STORY.replace("talks", "talks-0"), "/en/", "/en/international/", month)
        for most in (30, 0):
            assert all(queries(address) <= most for address in addresses)
        other = STORY.replace("talks", "talks-1")
        assert queries(other) <= 4
        newer = make_publication(at=AT + timedelta(hours=5), slug="newer")
        shared.purge(moved_by(newer))
        for most in (4, 0):
            assert all(queries(address) <= most for address in ("/en/", "/en/international/", month, other))

    def test_it_ends_by_itself_when_its_time_is_over(self, site, time_machine):
        story = make_publication(at=AT, until=AT + timedelta(hours=2), slug="talks", headline="Talks go on")
        time_machine.move_to(AT + timedelta(hours=1), tick=False)
        make_publication(article=story.article, at=AT + timedelta(hours=2), slug="talks", headline="Talks failed")
        assert b"Talks go on" in site(STORY).body
        assert b"Talks go on" in site("/en/").body
        time_machine.move_to(AT + timedelta(hours=2, seconds=1), tick=False)
        for address in (STORY, "/en/"):
            assert b"Talks failed" in site(address).body
            assert b"Talks go on" not in site(address).body

    def test_each_host_is_told_its_own_address(self, site, settings):
        settings.NEWSROOM_BASE_URL, settings.ALLOWED_HOSTS = "", ["one.example", "two.example"]
        make_publication(at=AT, slug="talks")
        for host in ("one.example", "two.example", "one.example"):
            body = site(STORY, HTTP_HOST=host).body.decode()
            other = {"one.example", "two.example"} - {host}
            assert f'rel="canonical" href="http://{host}{STORY}"' in body
            assert other.pop() not in body

    def test_each_language_has_its_own_words(self, site):
        make_publication(at=AT, slug="talks", language="en")
        make_publication(at=AT, slug="discutii", language="ro")
        for _ in range(2):
            assert "Căutare" not in site("/en/").body.decode()
            assert 'lang="ro"' in site("/ro/").body.decode().split("<head>")[0]
            assert site("/en/").body.count(b"/ro/2026/") == 0

    def test_a_page_as_it_was_takes_no_cards_from_that_of_today(self, site, time_machine):
        make_publication(at=AT, slug="talks")
        time_machine.move_to(AT + timedelta(days=2), tick=False)
        section = "/en/international/"
        for address, led in ((section, False), (f"{section}?at=2026-04-11", True), (section, False)):
            assert (b"talks/?at=" in site(address).body) is led

    def test_a_card_looks_as_its_place_wants_it(self, site):
        """The same story leads the front page and stands in a list."""
        make_publication(at=AT, slug="talks", picture=make_picture())
        for _ in range(2):
            assert b'fetchpriority="high"' in site("/en/").body
            assert b'fetchpriority="high"' not in site("/en/international/").body

    def test_changes_of_the_registers_and_of_the_paper_are_seen(self, site, committed):
        make_publication(at=AT, slug="talks")
        addresses = (STORY, "/en/", "/en/international/")
        for address in addresses:
            site(address)
        committed(lambda: Settings.objects.create(name="The River Post"))
        for address in addresses:
            assert b"The River Post" in site(address).body

        def rename() -> None:
            section = Section.objects.get(slug="international")
            section.names = {"en": "World"}
            section.save()

        committed(rename)
        for address in addresses:
            assert b"International" not in site(address).body
            assert b">World<" in site(address).body
