"""Demo users, whose password stands on a screen, exist on demonstration machines only."""

import pytest
from django.core.management import call_command

from newsroom.models import User
from tests.doors.conftest import PASSWORD


@pytest.fixture
def demo(elena):
    User.objects.update(is_demo=True)
    return elena


def test_they_sign_in_where_debug_is_on(client, demo):
    client.post("/accounts/login/", {"login": "elena", "password": PASSWORD})
    assert client.get("/admin/").status_code == 200


def test_they_do_not_where_it_is_off(client, demo, settings):
    settings.NEWSROOM_DEBUG = False
    client.post("/accounts/login/", {"login": "elena", "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_their_sessions_end_where_it_is_off(at_desk, demo, settings):
    settings.NEWSROOM_DEBUG = False
    assert at_desk.get("/admin/").status_code == 302


def test_the_system_check_names_them(demo, settings, capsys):
    settings.NEWSROOM_DEBUG = False
    call_command("check", databases=["default"])
    assert "(newsroom.W002) Demo users exist although NEWSROOM_DEBUG is off: elena." in capsys.readouterr().err
