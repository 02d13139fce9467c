"""The cache in front of an application: whom it serves what, and when it asks."""

from __future__ import annotations

import gzip
import threading
import time
from typing import Any

import brotli
import pytest
from django.db import OperationalError

from articles.delivery.memory import at_most, depends
from articles.delivery.page_cache import PageCache, known
from tests.delivery.conftest import Seen, ask

PAGE = "/en/"


class Stub:
    """An application that counts how often it is asked; what it answers can be set."""

    def __init__(self) -> None:
        self.asked: list[dict[str, Any]] = []
        self.status, self.headers = "200 OK", [("Content-Type", "text/html; charset=utf-8")]
        self.body = b"<p>A page.</p>" * 200
        self.keys = ["list-en"]
        self.meanwhile = lambda: None

    def __call__(self, environ, start):
        self.asked.append(environ)
        depends(*self.keys)
        status, body = self.status, self.body  # as the database has it now
        self.meanwhile()
        start(status, list(self.headers))
        return [body]


@pytest.fixture
def stub():
    return Stub()


@pytest.fixture
def kept(stub, shared):
    return PageCache(stub, 8)


@pytest.fixture(autouse=True)
def nothing_scheduled(monkeypatch):
    monkeypatch.setattr("articles.delivery.schedule._ahead", list)


def test_a_page_is_made_once(kept, stub):
    seen = [ask(kept, PAGE) for _ in range(3)]
    assert [one.how for one in seen] == ["newsroom; fwd=miss; stored", "newsroom; hit", "newsroom; hit"]
    assert (len(stub.asked), {one.body for one in seen}) == (1, {stub.body})


def test_a_purge_ends_it(kept, stub, shared):
    ask(kept, PAGE)
    shared.purge(["list-ro"])
    assert ask(kept, PAGE).how == "newsroom; hit"
    shared.purge(["list-en"])
    stub.body = b"new"
    assert ask(kept, PAGE).body == b"new"


def test_a_page_that_is_overtaken_while_it_is_made_is_not_kept(kept, stub, shared):
    stub.meanwhile = lambda: shared.purge(["list-en"])
    old = stub.body
    assert ask(kept, PAGE).body == old
    stub.meanwhile, stub.body = (lambda: None), b"new"
    assert ask(kept, PAGE).body == b"new"


def test_a_page_lives_until_the_moment_at_which_it_changes(kept, stub, time_machine):
    time_machine.move_to("2026-04-10T09:00:00Z", tick=False)
    stub.meanwhile = lambda: at_most(60)
    ask(kept, PAGE)
    time_machine.shift(59.99)
    assert ask(kept, PAGE).how == "newsroom; hit"
    time_machine.shift(0.01)
    assert ask(kept, PAGE).how == "newsroom; fwd=miss; stored"


def test_many_who_wait_get_the_page_that_one_makes(kept, stub):
    begun, go_on = threading.Event(), threading.Event()

    def slowly() -> None:
        begun.set()
        assert go_on.wait(10)

    stub.meanwhile = slowly
    seen: list[Seen] = []
    readers = [threading.Thread(target=lambda: seen.append(ask(kept, PAGE))) for _ in range(8)]
    readers[0].start()
    assert begun.wait(10)
    for reader in readers[1:]:
        reader.start()
    time.sleep(0.1)
    go_on.set()
    for reader in readers:
        reader.join(10)
    assert (len(stub.asked), len(seen), {one.body for one in seen}) == (1, 8, {stub.body})


def test_who_came_after_a_purge_does_not_get_what_was_begun_before(kept, stub, shared):
    """The one who makes the page has read the database already; the purge comes; then comes a reader."""
    begun, go_on = threading.Event(), threading.Event()

    def slowly() -> None:
        begun.set()
        assert go_on.wait(10)

    stub.meanwhile = slowly
    first = threading.Thread(target=lambda: ask(kept, PAGE))
    first.start()
    assert begun.wait(10)
    shared.purge(["list-en"])
    stub.meanwhile, stub.body = (lambda: None), b"new"
    seen: list[Seen] = []
    second = threading.Thread(target=lambda: seen.append(ask(kept, PAGE)))
    second.start()
    go_on.set()
    first.join(10)
    second.join(10)
    assert seen[0].body == b"new"


@pytest.mark.parametrize(
    "environ",
    [
        {"HTTP_COOKIE": "a=b; sessionid=abc"},
        {"HTTP_AUTHORIZATION": "Basic abc"},
        {"HTTP_HOST": "elsewhere.example"},
    ],
)
def test_what_is_not_for_everybody_goes_through(kept, stub, settings, environ):
    settings.ALLOWED_HOSTS = ["localhost"]
    seen = [ask(kept, PAGE, **environ) for _ in range(2)]
    assert len(stub.asked) == 2
    assert {one.how for one in seen} == {""}
    assert stub.asked[0].items() >= environ.items()
    assert ask(kept, PAGE).how == "newsroom; fwd=miss; stored"  # and nothing of it was kept


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_only_what_is_read_is_kept(kept, stub, method):
    ask(kept, PAGE)
    assert ask(kept, PAGE, method).how == ""
    assert len(stub.asked) == 2


@pytest.mark.parametrize("path", ["/", "/admin/", "/accounts/login/", "/healthz", "/pictures/ab/640.webp", "/enough/"])
def test_other_addresses_are_not_touched(kept, stub, path):
    ask(kept, path, HTTP_RANGE="bytes=0-9", HTTP_COOKIE="a=b")
    assert stub.asked[0]["HTTP_RANGE"] == "bytes=0-9"
    assert ask(kept, path).how == ""


def test_a_page_is_made_without_anything_of_its_reader(kept, stub):
    ask(kept, f"{PAGE}?utm_source=mail&before=k&x=1", HTTP_COOKIE="theme=dark", HTTP_ACCEPT_LANGUAGE="ru",
        HTTP_RANGE="bytes=0-1", HTTP_IF_NONE_MATCH='"x"')  # fmt: skip
    asked = stub.asked[0]
    assert asked["QUERY_STRING"] == "before=k"
    assert not {"HTTP_COOKIE", "HTTP_ACCEPT_LANGUAGE", "HTTP_RANGE", "HTTP_IF_NONE_MATCH"} & asked.keys()


@pytest.mark.parametrize(
    ("query", "kept_by"),
    [
        ("", ""),
        ("utm_source=mail", ""),
        ("before=b&of=a", "before=b&of=a"),
        ("of=a&before=b", "before=b&of=a"),
        ("before=a&before=b", "before=b"),
        ("before=", "before="),
        ("at=2026-01-01", None),
        ("before=b&at=", None),
        ("&".join(f"a{n}=" for n in range(60)), None),
    ],
)
def test_of_the_query_only_what_chooses_a_page_counts(query, kept_by):
    assert known(query) == kept_by


def test_a_search_is_not_kept_but_its_form_is(kept, stub):
    for _ in range(2):
        ask(kept, "/en/search/?q=river")
    assert len(stub.asked) == 2
    assert stub.asked[0]["QUERY_STRING"] == "q=river"
    assert [ask(kept, "/en/search/").how for _ in range(2)][1] == "newsroom; hit"


@pytest.mark.parametrize(("name", "value"), [
    ("Set-Cookie", "a=b"), ("Cache-Control", "no-store"), ("Cache-Control", "private"), ("Vary", "Cookie"),
    ("Vary", "Accept-Language"),
])  # fmt: skip
def test_an_answer_that_is_not_for_everybody_is_not_kept(kept, stub, name, value):
    stub.headers.append((name, value))
    seen = [ask(kept, PAGE) for _ in range(2)]
    assert len(stub.asked) == 2
    assert seen[0].how == "newsroom; fwd=miss"


@pytest.mark.parametrize(("status", "stays"), [
    ("301 Moved Permanently", True), ("410 Gone", True), ("404 Not Found", False), ("302 Found", False),
    ("403 Forbidden", False), ("500 Internal Server Error", False), ("503 Service Unavailable", False),
])  # fmt: skip
def test_which_answers_are_kept(kept, stub, status, stays):
    stub.status = status
    seen = [ask(kept, PAGE) for _ in range(2)]
    assert (len(stub.asked) == 1) is stays
    assert {one.status for one in seen} == {int(status[:3])}


def test_an_answer_that_depends_on_nothing_is_not_kept(kept, stub):
    stub.keys = []
    for _ in range(2):
        ask(kept, PAGE)
    assert len(stub.asked) == 2


class TestForms:
    @pytest.mark.parametrize("how", ["stored", "hit"])
    def test_each_form_holds_the_same(self, kept, stub, how):
        if how == "hit":
            ask(kept, PAGE)
        plain = ask(kept, PAGE)
        packed = ask(kept, PAGE, HTTP_ACCEPT_ENCODING="gzip")
        smallest = ask(kept, PAGE, HTTP_ACCEPT_ENCODING="gzip, br")
        assert plain.body == gzip.decompress(packed.body) == brotli.decompress(smallest.body) == stub.body
        assert [one.headers.get("content-encoding") for one in (plain, packed, smallest)] == [None, "gzip", "br"]
        assert len({one.headers["etag"] for one in (plain, packed, smallest)}) == 3
        for one in (plain, packed, smallest):
            assert one.headers["content-length"] == str(len(one.body))
            assert one.headers["vary"] == "Accept-Encoding"
            assert one.headers["etag"][0] == '"'  # strong

    def test_what_is_small_or_packed_already_is_sent_as_it_is(self, kept, stub):
        stub.body = b"short"
        small = ask(kept, PAGE, HTTP_ACCEPT_ENCODING="br")
        stub.body, stub.headers = b"\x00" * 5000, [("Content-Type", "image/webp")]
        picture = ask(kept, "/en/other/", HTTP_ACCEPT_ENCODING="br")
        assert not {"content-encoding", "vary"} & (small.headers.keys() | picture.headers.keys())

    def test_head_is_the_same_without_a_body(self, kept, stub):
        head, page = ask(kept, PAGE, "HEAD"), ask(kept, PAGE)
        assert (head.status, head.body) == (200, b"")
        assert {k: v for k, v in head.headers.items() if k != "cache-status"} == {
            k: v for k, v in page.headers.items() if k != "cache-status"
        }
        assert page.body == stub.body
        assert [environ["REQUEST_METHOD"] for environ in stub.asked] == ["GET"]

    def test_a_part_is_answered_with_the_whole(self, kept, stub):
        seen = ask(kept, PAGE, HTTP_RANGE="bytes=0-3")
        assert (seen.status, seen.body) == (200, stub.body)

    @pytest.mark.parametrize("sent", ["{}", "W/{}", '"other", {}', "*"])
    def test_who_has_it_is_told_so(self, kept, sent):
        tag = ask(kept, PAGE).headers["etag"]
        again = ask(kept, PAGE, HTTP_IF_NONE_MATCH=sent.format(tag))
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
        assert not {"content-length", "content-type", "content-encoding"} & again.headers.keys()

    def test_who_has_another_gets_this_one(self, kept, stub):
        assert ask(kept, PAGE, HTTP_IF_NONE_MATCH='"other"').body == stub.body

    def test_what_is_gone_is_never_unchanged(self, kept, stub, shared):
        tag = ask(kept, PAGE).headers["etag"]
        shared.purge(["list-en"], withdrawn=True)
        stub.status = "410 Gone"
        for asked in (tag, "*"):
            assert ask(kept, PAGE, HTTP_IF_NONE_MATCH=asked).status == 410


class TestFailing:
    def fails(self, stub) -> None:
        stub.status, stub.body = "500 Internal Server Error", b"no database"

    def test_what_was_kept_is_served_where_nothing_new_can_be_made(self, kept, stub, shared):
        old = ask(kept, PAGE)
        shared.purge(["list-en"])
        self.fails(stub)
        seen = [ask(kept, PAGE) for _ in range(3)]
        assert {(one.status, one.body) for one in seen} == {(200, old.body)}
        assert all("stale-if-error" in one.how for one in seen)

    def test_one_reader_alone_waits_for_the_next_try(self, kept, stub, shared, time_machine):
        time_machine.move_to("2026-04-10T09:00:00Z", tick=False)
        ask(kept, PAGE)
        shared.purge(["list-en"])
        self.fails(stub)
        ask(kept, PAGE)
        time_machine.shift(1.01)
        asked: list[Seen] = []
        stub.meanwhile = lambda: asked or asked.append(ask(kept, PAGE))  # a second one comes while the first waits
        assert "stale-if-error" in ask(kept, PAGE).how
        assert (len(stub.asked), asked[0].status) == (3, 200)
        assert "stale-if-error" in asked[0].how

    def test_a_page_of_which_nobody_knows_until_when_is_served_and_not_kept(self, kept, stub, monkeypatch):
        def stopped() -> None:
            raise OperationalError

        monkeypatch.setattr("articles.delivery.schedule._ahead", stopped)
        seen = [ask(kept, PAGE) for _ in range(2)]
        assert [(one.status, one.how) for one in seen] == [(200, "newsroom; fwd=miss")] * 2

    def test_it_is_not_tried_again_for_each_reader(self, kept, stub, shared, time_machine):
        time_machine.move_to("2026-04-10T09:00:00Z", tick=False)
        ask(kept, PAGE)
        shared.purge(["list-en"])
        self.fails(stub)
        for _ in range(5):
            ask(kept, PAGE)
        assert len(stub.asked) == 2
        time_machine.shift(1.01)
        ask(kept, PAGE)
        assert len(stub.asked) == 3

    def test_when_it_works_again_the_new_one_is_served(self, kept, stub, shared, time_machine):
        time_machine.move_to("2026-04-10T09:00:00Z", tick=False)
        ask(kept, PAGE)
        shared.purge(["list-en"])
        self.fails(stub)
        ask(kept, PAGE)
        stub.status, stub.body = "200 OK", b"new"
        time_machine.shift(1.01)
        assert ask(kept, PAGE).body == b"new"

    def test_nothing_that_was_withdrawn(self, kept, stub, shared):
        ask(kept, PAGE)
        shared.purge(["list-en"], withdrawn=True)
        self.fails(stub)
        assert ask(kept, PAGE).status == 500

    def test_nothing_that_was_withdrawn_between_two_tries(self, kept, stub, shared):
        ask(kept, PAGE)
        shared.purge(["list-en"])
        self.fails(stub)
        assert ask(kept, PAGE).status == 200
        shared.purge(["list-en"], withdrawn=True)
        assert ask(kept, PAGE).status == 500

    def test_nothing_of_the_day_before_yesterday(self, kept, stub, shared, time_machine):
        time_machine.move_to("2026-04-10T09:00:00Z", tick=False)
        ask(kept, PAGE)
        shared.purge(["list-en"])
        self.fails(stub)
        time_machine.shift(24 * 3600)
        assert ask(kept, PAGE).status == 500

    def test_a_page_that_was_never_made_fails(self, kept, stub):
        self.fails(stub)
        assert [ask(kept, PAGE).status for _ in range(2)] == [500, 500]


class TestSize:
    def test_the_memory_has_a_bound_and_the_newest_stay(self, stub, shared):
        cache = PageCache(stub, 1)
        stub.body = b"x" * 100_000
        for number in range(30):
            ask(cache, f"/en/{number}/", HTTP_ACCEPT_ENCODING="gzip")
            assert cache.size <= 1_000_000
        assert cache.size > 800_000
        assert ask(cache, "/en/29/").how == "newsroom; hit"
        assert ask(cache, "/en/0/").how == "newsroom; fwd=miss; stored"

    def test_what_is_asked_for_stays(self, stub, shared):
        cache = PageCache(stub, 1)
        stub.body = b"x" * 100_000
        for number in range(30):
            ask(cache, f"/en/{number}/")
            ask(cache, "/en/hot/")
        assert ask(cache, "/en/hot/").how == "newsroom; hit"

    def test_forms_count_too(self, stub, shared):
        cache = PageCache(stub, 1)
        stub.body = bytes(range(256)) * 1000
        ask(cache, PAGE)
        before = cache.size
        ask(cache, PAGE, HTTP_ACCEPT_ENCODING="br")
        assert cache.size > before

    def test_a_page_made_anew_counts_once(self, kept, shared):
        ask(kept, PAGE)
        before = kept.size
        for _ in range(5):
            shared.purge(["list-en"])
            ask(kept, PAGE)
        assert kept.size == before

    def test_a_page_that_is_too_large_is_served_all_the_same(self, stub, shared):
        cache = PageCache(stub, 1)
        stub.body = b"x" * 2_000_000
        assert ask(cache, PAGE).body == stub.body
        assert cache.size == 0


def test_with_new_counters_nothing_of_before_is_served(kept, stub, shared, settings, tmp_path):
    """The file may have been deleted: what was purged in the old one is unknown to the new one."""
    from articles.delivery import counters

    ask(kept, PAGE)
    shared.path.unlink()
    counters.renew()
    assert ask(kept, PAGE).how == "newsroom; fwd=miss; stored"


def test_without_shared_memory_nothing_is_kept(kept, stub, settings):
    from articles.delivery import counters

    settings.NEWSROOM_SHARED_MEMORY = ""
    counters.forget()
    for _ in range(2):
        ask(kept, PAGE)
    assert len(stub.asked) == 2
