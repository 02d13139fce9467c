"""Purges on their way: with the transaction, to this host at commit, to others by call or by look."""

from __future__ import annotations

import threading
import time
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from articles.delivery import counters, keys, outbox
from articles.delivery.counters import Counters, places
from articles.delivery.listening import Listener
from articles.models import Purge
from tests import cast

LIST = places(["list-en"])


def within(seconds: float, what) -> bool:
    """Whether it comes true in that time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if what():
            return True
        time.sleep(0.01)
    return False


@pytest.mark.django_db
def test_a_step_leaves_a_purge_of_all_that_it_changes(shared, committed):
    made = shared.now()
    story = committed(lambda: cast.live(slug="timetable"))
    row = Purge.objects.get()
    assert {f"article-{story.pk}", "list-en", "address-en-timetable", "menu-en"} <= set(row.keys.split())
    assert not row.withdrawn
    assert shared.purged_since(made, LIST)


@pytest.mark.django_db
@pytest.mark.parametrize(("state", "withdrawn"), [
    ("corrected", False), ("held", True), ("retracted", True), ("removed", True), ("scheduled", False),
])  # fmt: skip
def test_what_is_taken_from_readers_is_withdrawn(shared, committed, state, withdrawn):
    committed(cast.STATES[state])
    assert Purge.objects.order_by("-pk")[0].withdrawn is withdrawn


@pytest.mark.django_db
@pytest.mark.parametrize("state", ["draft", "submitted", "editing", "ready", "spiked"])
def test_what_readers_do_not_see_purges_nothing(shared, committed, state):
    committed(cast.STATES[state])
    named = {key for row in Purge.objects.all() for key in row.keys.split()}
    assert not {key for key in named if key.startswith(("list", "article", "menu"))}


@pytest.mark.django_db(transaction=True)
class TestTransactions:
    def test_before_the_commit_nothing_moves(self, shared):
        made = shared.now()
        with transaction.atomic():
            outbox.purge(["list-en"])
            assert not shared.purged_since(made, LIST)
        assert shared.purged_since(made, LIST)

    def test_what_is_rolled_back_purges_nothing(self, shared):
        made = shared.now()
        with transaction.atomic():
            outbox.purge(["list-en"])
            transaction.set_rollback(True)
        assert not shared.purged_since(made, LIST)
        assert not Purge.objects.exists()


@pytest.mark.django_db
class TestCatchingUp:
    def test_what_was_missed_is_carried_out_and_nothing_twice(self, shared):
        Purge.objects.create(keys="list-en")
        made = shared.now()
        last = outbox.catch_up()
        assert shared.purged_since(made, LIST)
        made = shared.now()
        assert outbox.catch_up() == last
        assert not shared.purged_since(made, LIST)

    def test_only_what_is_new(self, shared):
        first = Purge.objects.create(keys="list-en")
        second = Purge.objects.create(keys="list-ro")
        made = shared.now()
        assert outbox.after(first.pk) == second.pk
        assert not shared.purged_since(made, LIST)
        assert shared.purged_since(made, places(["list-ro"]))
        assert outbox.after(second.pk) == second.pk

    def test_old_ones_are_forgotten(self, shared, settings):
        old, older = timezone.now() - timedelta(days=2), timezone.now() - timedelta(days=8)
        Purge.objects.create(keys="new")
        Purge.objects.create(keys="old", made_at=old)
        Purge.objects.create(keys="sent", made_at=old, sent_at=old)
        Purge.objects.create(keys="given-up", made_at=older)
        settings.NEWSROOM_CDN_URL = "http://cdn.example/"
        outbox.tidy()
        assert set(Purge.objects.values_list("keys", flat=True)) == {"new", "old"}
        settings.NEWSROOM_CDN_URL = ""
        outbox.tidy()
        assert set(Purge.objects.values_list("keys", flat=True)) == {"new"}


@pytest.mark.django_db(transaction=True)
class TestAnotherHost:
    @pytest.fixture
    def listening(self, shared):
        listener = Listener()
        listener.start()
        yield listener
        listener.end()

    def test_its_purges_arrive(self, shared, listening):
        """PostgreSQL calls; SQLite is looked at twice a second."""
        assert within(10, lambda: listening.ready.is_set())
        made = shared.now()
        outbox.write(["list-en"])
        assert within(5, lambda: shared.purged_since(made, LIST))

    def test_what_it_purged_before_anybody_listened_arrives_too(self, shared):
        made = shared.now()
        outbox.write(["list-en"])
        assert not shared.purged_since(made, LIST)
        listener = Listener()
        listener.start()
        try:
            assert within(10, lambda: shared.purged_since(made, LIST))
        finally:
            listener.end()

    @pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no connection that could break")
    def test_after_the_connection_broke_it_listens_again(self, shared, listening):
        assert within(10, lambda: listening.ready.is_set())
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND query ILIKE 'LISTEN%%' AND pid <> pg_backend_pid()"
            )
        made = shared.now()
        outbox.write(["list-en"])
        assert within(10, lambda: shared.purged_since(made, LIST))

    def test_memory_that_was_deleted_is_made_anew(self, shared, listening):
        assert within(10, lambda: listening.ready.is_set())
        shared.path.unlink()
        assert within(10, lambda: counters.shared() is not shared)

    def test_it_ends_at_once(self, shared, listening):
        assert within(10, lambda: listening.ready.is_set())
        ending = threading.Thread(target=listening.end)
        ending.start()
        ending.join(5)
        assert not ending.is_alive()


@pytest.mark.django_db
class TestByHand:
    def test_all_pages(self, shared, committed, capsys):
        made = shared.now()
        committed(lambda: call_command("purge_pages"))
        assert shared.purged_since(made, places(["anything"]))
        assert capsys.readouterr().out == "All pages are made anew.\n"

    def test_some(self, shared, committed):
        made = shared.now()
        committed(lambda: call_command("purge_pages", "list-en"))
        assert shared.purged_since(made, LIST)
        assert not shared.purged_since(made, places(["list-ro"]))


def test_keys_have_no_spaces():
    """They go out in a header, separated by spaces."""
    named = [keys.row("article", 1), keys.stories_in("en"), keys.section_list(1, "en"), keys.family(1),
             keys.address("en", "a-b"), *keys.menus(), keys.SCHEDULE, keys.ANY]  # fmt: skip
    assert all(" " not in name and name.isascii() for name in named)


def test_two_processes_may_have_one_memory(shared):
    assert Counters(shared.path).now() == shared.now()
