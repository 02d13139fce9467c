"""Rules of one row that several tables share, as named constraints of the database."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.lookups import BuiltinLookup
from django.utils.translation import gettext_lazy as _

from articles.enums import PageKind


@models.CharField.register_lookup
class IsSlug(BuiltinLookup[Any]):
    """``slug__is_slug=True``: ASCII letters, digits, hyphens and underscores alone; also of an empty text."""

    lookup_name = "is_slug"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, params = self.process_lhs(compiler, connection)
        return f"{column}::text ~ '^[a-zA-Z0-9_-]*$'", tuple(params)

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, params = self.process_lhs(compiler, connection)
        return f"{column} NOT GLOB '*[^a-zA-Z0-9_-]*'", tuple(params)


def known(field: str, choices: type[models.TextChoices], name: str, *, blank: bool = False) -> models.CheckConstraint:
    """The field holds one of the choices, or nothing where it may be *blank*."""
    values = [*choices.values, *([""] if blank else [])]
    return models.CheckConstraint(condition=Q(**{f"{field}__in": values}), name=name)


def filled(field: str, name: str) -> models.CheckConstraint:
    """The text is not empty."""
    return models.CheckConstraint(condition=~Q(**{field: ""}), name=name)


def page_has_its_slug(name: str) -> models.CheckConstraint:
    """A newsroom page stands under the slug of its kind, so that a language has one of a kind at a time."""
    condition = Q(page="")
    for kind in PageKind:
        condition |= Q(page=kind.value, slug=kind.slug)
    return models.CheckConstraint(condition=condition, name=name)


def from_one(field: str, name: str) -> models.CheckConstraint:
    """The number is 1 or more."""
    return models.CheckConstraint(condition=Q(**{f"{field}__gte": 1}), name=name)


def ascii_word(field: str, name: str, *, blank: bool = False) -> models.CheckConstraint:
    """A slug or a language tag is ASCII, and not empty unless it may be *blank*."""
    condition = Q(**{f"{field}__is_slug": True})
    return models.CheckConstraint(
        condition=condition if blank else condition & ~Q(**{field: ""}),
        name=name,
        violation_error_message=_("Only the letters a to z, digits, hyphens and underscores can stand here."),
    )
