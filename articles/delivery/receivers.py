"""What delivery hears of the rows: which of them a page was made of, and that one of the registers was changed."""

from __future__ import annotations

from typing import Any

from django.db.models import Model
from django.db.models.signals import post_delete, post_init, post_save

from articles.delivery import keys, outbox
from articles.delivery.memory import depends
from articles.models.contributor import Contributor
from articles.models.person import Person, PersonName, PersonRole
from articles.models.picture import Picture
from articles.models.publication import Publication
from articles.models.section import Section
from articles.models.source import Source
from articles.models.tag import Tag

REGISTERS = (Contributor, Person, Picture, Section, Source, Tag)
PARTS = (PersonName, PersonRole)


def connect() -> None:
    post_init.connect(on_story, sender=Publication)
    for register in REGISTERS:
        post_init.connect(on_entry, sender=register)
    for model in (*REGISTERS, *PARTS):
        post_save.connect(on_change, sender=model)
        post_delete.connect(on_change, sender=model)


def on_story(instance: Publication, **_signal: Any) -> None:
    """A page is made of the Publication. Of one whose article was not asked for any publication may be the next."""
    article = instance.__dict__.get("article_id")
    depends(keys.row("article", article) if article else keys.ANY)


def on_entry(instance: Model, **_signal: Any) -> None:
    """A page is made of an entry of a register."""
    if instance.pk:
        depends(_row(instance))


def on_change(instance: Model, *, raw: bool = False, created: bool = False, **_signal: Any) -> None:
    """An entry was changed or deleted. A new one is on no page yet, but for a part of another."""
    if isinstance(instance, PARTS):
        outbox.purge([keys.row("person", instance.person_id)])
    elif not raw and not created:
        outbox.purge([_row(instance), *(keys.menus() if isinstance(instance, Section) else ())])


def _row(instance: Model) -> str:
    return keys.row(str(instance._meta.model_name), instance.pk)
