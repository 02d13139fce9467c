"""The demo's sign-ins: one for each role, and a second editor."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.models import Group
from django.db import transaction

from articles.enums import Role
from newsroom.models import User


@dataclass(frozen=True)
class Member:
    username: str
    role: Role
    name: str


MEMBERS = (
    Member("reporter", Role.REPORTER, "Demo Reporter"),
    Member("translator", Role.TRANSLATOR, "Demo Translator"),
    Member("editor", Role.EDITOR, "Demo Editor"),
    Member("editor2", Role.EDITOR, "Demo Second Editor"),
    Member("chief", Role.CHIEF, "Demo Chief"),
    Member("admin", Role.ADMINISTRATOR, "Demo Administrator"),
)


class NameTaken(Exception):
    """Somebody who is no demo user has the username."""


def assemble() -> tuple[dict[str, User], str]:
    """The demo users by username, and their password where it is known, else an empty text.

    The password is ``NEWSROOM_DEMO_PASSWORD``. Without it, users who are made now get a random one and users
    who are here keep theirs.
    """
    chosen = os.environ.get("NEWSROOM_DEMO_PASSWORD", "")
    with transaction.atomic():
        names = [member.username for member in MEMBERS]
        here = {user.username: user for user in User.objects.filter(username__in=names)}
        if strangers := sorted(name for name, user in here.items() if not user.is_demo):
            raise NameTaken(", ".join(strangers))
        missing = [member for member in MEMBERS if member.username not in here]
        password = chosen or (secrets.token_urlsafe(12) if missing else "")
        outdated = _outdated(list(here.values()), chosen)
        encoded = make_password(password) if missing or outdated else ""
        for user in outdated:
            user.password = encoded
            user.save(update_fields=["password"])
        for member in missing:
            here[member.username] = _make(member, encoded)
    return here, password


def _outdated(users: list[User], chosen: str) -> list[User]:
    """Who has another password than the one chosen. Demo users share one hash, which is computed once."""
    if not chosen:
        return []
    fits = {encoded: check_password(chosen, encoded) for encoded in {user.password for user in users}}
    return [user for user in users if not fits[user.password]]


def _make(member: Member, encoded: str) -> User:
    first, last = member.name.split(" ", 1)
    is_admin = member.role == Role.ADMINISTRATOR
    user = User.objects.create(
        username=member.username,
        first_name=first,
        last_name=last,
        email=f"{member.username}@demo.invalid",
        password=encoded,
        is_staff=True,
        is_superuser=is_admin,
        is_demo=True,
    )
    user.groups.add(Group.objects.get_or_create(name=member.role.value)[0])
    return user
