"""People at the door, each with the same password."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from articles.enums import Role
from newsroom.models import User

PASSWORD = "a long and unusual sentence"


@pytest.fixture
def person(db) -> Callable[..., User]:
    """Makes a user with the given roles."""

    def make(name: str, *roles: Role, **fields) -> User:
        user = User.objects.create_user(name, f"{name}@news.example", PASSWORD, **fields)
        user.groups.set([Group.objects.get_or_create(name=role)[0] for role in roles])
        return user

    return make


@pytest.fixture
def elena(person) -> User:
    """An editor."""
    return person("elena", Role.EDITOR)


@pytest.fixture
def radu(person) -> User:
    """A reporter."""
    return person("radu", Role.REPORTER)


@pytest.fixture
def at_desk(client: Client, elena: User) -> Client:
    """A browser in which the editor has signed in."""
    client.force_login(elena)
    return client
