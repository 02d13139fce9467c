"""When a sign-in ends."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import Group, Permission
from django.utils import timezone

from articles.enums import Role
from newsroom.models import User


def signed_in(client) -> bool:
    return client.get("/admin/").status_code == 200


def test_a_pause_of_half_an_hour_ends_it(at_desk):
    with time_machine.travel(timezone.now() + timedelta(minutes=29)):
        assert signed_in(at_desk)
    with time_machine.travel(timezone.now() + timedelta(minutes=58)):
        assert signed_in(at_desk)
    with time_machine.travel(timezone.now() + timedelta(minutes=89)):
        assert not signed_in(at_desk)


def test_eight_hours_end_it_however_busy(at_desk):
    start = timezone.now()
    for minutes in range(20, 480, 20):
        with time_machine.travel(start + timedelta(minutes=minutes)):
            assert signed_in(at_desk)
    with time_machine.travel(start + timedelta(minutes=481)):
        assert not signed_in(at_desk)


def test_a_session_that_does_not_tell_its_age_is_over(at_desk):
    session = at_desk.session
    del session["signed_in_at"]
    session.save()
    assert not signed_in(at_desk)


CHANGES = {
    "a role is given": lambda user: user.groups.add(Group.objects.get_or_create(name=Role.CHIEF)[0]),
    "a role is taken": lambda user: user.groups.remove(Group.objects.get(name=Role.EDITOR)),
    "all roles are taken": lambda user: user.groups.clear(),
    "roles are set": lambda user: user.groups.set([Group.objects.get_or_create(name=Role.CHIEF)[0]]),
    "the role gets the user": lambda user: Group.objects.get_or_create(name=Role.CHIEF)[0].user_set.add(user),
    "the role loses everybody": lambda _user: Group.objects.get(name=Role.EDITOR).user_set.clear(),
    "a permission is given": lambda user: user.user_permissions.add(Permission.objects.first()),
    "the permission gets the user": lambda user: Permission.objects.first().user_set.add(user),
    "the user becomes staff": lambda user: change(user, is_staff=True),
    "the user becomes superuser": lambda user: change(user, is_superuser=True),
    "the user is switched off": lambda user: change(user, is_active=False),
    "the password changes": lambda user: change(user, password="!"),
}


def change(user: User, **fields) -> None:
    for name, value in fields.items():
        setattr(user, name, value)
    user.save()


@pytest.mark.parametrize("act", CHANGES.values(), ids=CHANGES)
def test_sessions_end_when(at_desk, elena, act):
    assert signed_in(at_desk)
    act(elena)
    at_desk.get("/admin/")
    assert "_auth_user_id" not in at_desk.session


def test_switching_a_user_on_again_does_not_revive_a_session(at_desk, elena):
    change(elena, is_active=False)
    change(elena, is_active=True)
    assert not signed_in(at_desk)


def test_an_old_copy_of_the_user_does_not_take_the_end_back(at_desk, elena):
    old = User.objects.get(pk=elena.pk)
    elena.groups.add(Group.objects.get_or_create(name=Role.CHIEF)[0])
    old.first_name = "Elena"
    old.save()
    assert not signed_in(at_desk)


def test_other_changes_and_other_users_leave_it_alone(at_desk, elena, radu):
    change(elena, first_name="Elena", language="ro")
    elena.groups.add(Group.objects.get(name=Role.EDITOR))
    radu.groups.clear()
    assert signed_in(at_desk)
