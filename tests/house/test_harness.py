"""The harness itself: what it promises to the tests that stand on it."""

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import IntegrityError, connection

from newsroom.models import User

BAD_PAGE = "<html><head></head><body><img src='a.png'></body></html>"


@pytest.fixture
def guarded_table(transactional_db):
    """A table of Django's own that refuses deletion, as history does."""
    User.objects.create_user("alice")
    yield
    with connection.cursor() as cursor:
        cursor.execute(GUARDS[connection.vendor][-1])


GUARDS = {
    "sqlite": [
        "CREATE TRIGGER guard BEFORE DELETE ON newsroom_user BEGIN SELECT RAISE(ABORT, 'kept'); END",
        "DROP TRIGGER guard",
    ],
    "postgresql": [
        "CREATE FUNCTION refuse_guarded() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE integrity_constraint_violation; END $$",
        "CREATE TRIGGER guard BEFORE DELETE OR TRUNCATE ON newsroom_user EXECUTE FUNCTION refuse_guarded()",
        "DROP FUNCTION refuse_guarded() CASCADE",
    ],
}


def test_wipe_passes_the_triggers_and_puts_them_back(guarded_table):
    with connection.cursor() as cursor:
        for statement in GUARDS[connection.vendor][:-1]:
            cursor.execute(statement)
    call_command("flush", interactive=False, verbosity=0)
    assert not User.objects.exists()
    User.objects.create_user("bob")
    with pytest.raises(IntegrityError), connection.cursor() as cursor:
        cursor.execute("DELETE FROM newsroom_user")


@pytest.mark.parametrize("turn", [1, 2])
def test_cache_starts_empty(db, turn):
    assert cache.get("mark") is None
    cache.set("mark", turn)
    assert cache.get("mark") == turn


def test_browser_sees_what_a_test_has_stored(page, live_server):
    User.objects.create_user("alice")
    page.goto("/admin/")
    assert page.locator("input[type=password]").count() == 1
    assert User.objects.count() == 1


def test_faults_of_a_page_are_found(page, accessibility_faults):
    page.goto("about:blank")
    page.set_content(BAD_PAGE)
    assert any(fault.startswith("image-alt") for fault in accessibility_faults(page))
