"""Rows of every kind for lists, several of them alike in the column that sorts the list."""

from typing import Any

from articles.models import Article, Contributor, Person, Picture, Section, Source, Tag
from newsroom.models import User
from tests import cast
from tests.cast import user

MODELS = [Article, Section, Source, Person, Contributor, Picture, Tag, User]


def values(model: Any, i: int) -> dict[str, Any]:
    return {
        Article: {"headline": f"Story {i}", "language": "en"},
        Section: {"names": {"en": f"Section {i}"}, "slug": f"section-{i}", "position": i // 3},
        Source: {"name": f"Source {i:03}", "slug": f"source-{i}"},
        Person: {"name": f"Person {i // 3}", "slug": f"person-{i}"},
        Contributor: {"name": f"Byline {i // 3}", "slug": f"byline-{i}"},
        User: {"username": f"user-{i:03}", "first_name": f"Name {i // 3}"},
        Tag: {"name": f"Tag {i:03}", "slug": f"tag-{i}"},
        Picture: {"title": f"Picture {i}", "file": f"{i}.jpg", "extension": "jpg", "sha256": f"{i:064}", "width": 10, "height": 10},
    }[model]  # fmt: skip


def make(model: Any, number: int, *, after: int = 0) -> None:
    """That many rows of *model*, numbered from *after*."""
    more: dict[str, Any] = {}
    if model is Article:
        more = {"created_by": user("rita"), "section": cast.section()}
    if model is Picture:
        more = {"uploaded_by": user("rita")}
    model.objects.bulk_create([model(**values(model, i), **more) for i in range(after, after + number)])
