"""The story of the matrix in every state, the people who try to act on it, and what of it the database holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import Group
from django.db import transaction
from django.test import Client
from django.utils import timezone

from articles.models import Article, Citation, Comment, Credit, KeyFact, Publication, Quote, Revision, Transition
from articles.workflow import filing, machine
from newsroom.models import User
from tests import cast
from tests.matrix.table import Person, Place
from tests.stress.forms import fields

MARK = "qwertzuiop"  # stands in the story's texts, and nowhere else

NOBODY = Person("nobody")  # who has not signed in
PEOPLE = [
    Person("rita", "reporter", own=True),
    Person("radu", "reporter"),
    Person("tudor", "translator", own=True),
    Person("tanya", "translator"),
    Person("elena", "editor"),
    Person("emil", "editor"),
    Person("clara", "chief"),
    Person("adam", "administrator"),
    Person("sam"),
    Person("nora"),
    NOBODY,
]
OUTSIDE = {"nora", "nobody"}  # no role and no power: the door stays shut
STRANGERS = {"radu": "reporter", "tanya": "translator"}  # not of the cast: no story is theirs


def story(make: Callable[..., Article], page: str = "") -> Article:
    """A translation, filed and written by Rita, translated by Tudor; its original is nobody's business.

    With *page* it is a newsroom page of that kind.
    """
    original = cast.draft(by=cast.user("emil"), language="ro", headline=f"Original {MARK}", slug="original", page=page)
    return make(
        page=page,
        original=original,
        headline=f"Commission agrees on a timetable {MARK}",
        standfirst=f"Work on the lower channel begins in spring. {MARK}",
        kicker=f"River {MARK}",
        body=f"{cast.TRANSLATED['body']}<p>{MARK} in the body.</p>",
        slug=f"commission-{MARK}",
    )


def _then(make: Callable[..., Article], step: Callable[..., Article], by: str) -> Callable[..., Article]:
    def made(**fields: Any) -> Article:
        article = make(**fields)
        return step(article, by=cast.user(by), version=article.version)

    return made


def _ready_again(**fields: Any) -> Article:
    article = cast.edit(cast.live(**fields), cast.user("elena"), standfirst=f"Work begins in autumn. {MARK}")
    return filing.approve(article, by=cast.user("emil"), version=article.version)


STATES: dict[str, tuple[Place, Callable[..., Article]]] = {
    "draft": (Place("draft"), cast.draft),
    "submitted": (Place("submitted"), cast.submitted),
    "editing": (Place("editing", claimed_by="elena"), cast.editing),
    "ready": (Place("ready"), cast.ready),
    "scheduled": (Place("published", scheduled=True), cast.scheduled),
    "live": (Place("published", "live"), cast.live),
    "corrected": (Place("published", "live"), cast.corrected),
    "held": (Place("published", "held"), cast.held),
    "retracted": (Place("published", "retracted"), cast.retracted),
    "removed": (Place("published", "removed"), cast.removed),
    "spiked": (Place("spiked"), cast.spiked),
    "live, reopened by its author": (Place("draft", "live"), _then(cast.live, filing.reopen, "rita")),
    "live, edited again": (Place("editing", "live", "elena"), _then(cast.live, filing.reopen, "elena")),
    "live, ready again": (Place("ready", "live"), _ready_again),
    "scheduled, edited again": (
        Place("editing", claimed_by="elena", scheduled=True),
        _then(cast.scheduled, filing.reopen, "elena"),
    ),
    "held, edited again": (Place("editing", "held", "elena"), _then(cast.held, filing.reopen, "elena")),
}


def everybody() -> None:
    for name in cast.ROLES:
        cast.user(name)
    for name, role in STRANGERS.items():
        made = User.objects.create_user(name, f"{name}@example.org", cast.PASSWORD)
        made.groups.add(Group.objects.get_or_create(name=role)[0])


def person(name: str) -> Person:
    return next(found for found in PEOPLE if found.name == name)


def user(name: str) -> User:
    return User.objects.get(username=name)


def sign_in(person: Person) -> Client:
    client = Client()
    if person is not NOBODY:
        client.force_login(user(person.name))
    return client


def record() -> dict[str, list[Any]]:
    """What tells whether anything about stories was changed."""
    columns = {
        Article: [
            "pk",
            "version",
            "state",
            "headline",
            "body",
            "claimed_by",
            "head",
            "approved",
            "original",
            "embargo_open",
        ],
        Publication: ["pk", "visible_from", "visible_until"],
        Citation: ["pk", "article", "note"],
        Comment: ["pk", "text", "resolved_by"],
        Credit: ["pk", "article", "contributor"],
        KeyFact: ["pk", "article", "figure"],
        Quote: ["pk", "article", "words"],
        Revision: ["pk"],
        Transition: ["pk"],
    }
    return {model.__name__: list(model.objects.order_by("pk").values_list(*names)) for model, names in columns.items()}


def stands(article: Article) -> tuple[str, str]:
    """Its desk state and what readers see."""
    return cast.fresh(article).state, machine.public_state(article) or ""


@contextmanager
def undone() -> Iterator[None]:
    """Whatever happens within is undone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def typed(article: Article) -> dict[str, list[str]]:
    """What an editor's form sends for the story, were it a draft: with every row of every inline."""
    with undone():
        draft = {
            "state": "draft",
            "claimed_by": None,
            "approved": None,
            "approved_by": None,
            "approved_at": None,
        }
        Article.objects.filter(pk=article.pk).update(**draft)
        page = sign_in(person("elena")).get(f"/admin/articles/article/{article.pk}/change/").content.decode()
    return fields(page, "headline")


def answers(article: Article) -> dict[str, str]:
    """What any step's page may ask for."""
    later = timezone.localtime() + timedelta(days=1)
    return {
        "version": str(article.version),
        "note": "A reason that stands.",
        "alone": "Nobody else is here.",
        "change": "update",
        "visible_from": f"{later:%Y-%m-%dT%H:%M}",
    }
