"""Fills the registers: sections, sources, people, contributors, pictures. What is there is left as it is."""

from __future__ import annotations

import io
from collections.abc import Collection, Mapping

from django.db import transaction

from articles.enums import NameKind
from articles.media.intake import AlreadyHere, take_in
from articles.models.contributor import Contributor
from articles.models.person import Person, PersonName, PersonRole
from articles.models.picture import Picture
from articles.models.section import Section
from articles.models.source import Source
from newsroom.demo import data, pictures
from newsroom.demo.data import LANGUAGES, Data
from newsroom.models import User

OTHER_FORMS = (NameKind.ACCEPTED, NameKind.DEPRECATED, NameKind.MISSPELLING)
CREDIT = "Newsroom drawing"
LICENCE = "Own picture, CC0 1.0"
TITLE = "Demo drawing: %s"


@transaction.atomic
def fill(users: Mapping[str, User]) -> None:
    """Adds what is missing, by slug."""
    have = set(Section.objects.values_list("slug", flat=True))
    rows = enumerate(data.registers("sections"), start=1)
    Section.objects.bulk_create(Section(position=n * 10, **row) for n, row in rows if row["slug"] not in have)
    have = set(Source.objects.values_list("slug", flat=True))
    Source.objects.bulk_create(Source(**row) for row in data.registers("sources") if row["slug"] not in have)
    have = set(Person.objects.values_list("slug", flat=True))
    for row in data.registers("people"):
        if row["slug"] not in have:
            _person(row)
    have = set(Contributor.objects.values_list("slug", flat=True))
    for row in data.registers("contributors"):
        if row["slug"] not in have:
            user = users[row["user"]] if "user" in row else None
            Contributor.objects.create(**{**row, "user": user})


def _person(row: Data) -> None:
    person = Person.objects.create(name=row["name"], slug=row["slug"], wikidata=row.get("wikidata"))
    for language in LANGUAGES:
        PersonName.objects.create(person=person, language=language, form=row[language])
    for kind in OTHER_FORMS:
        for language, forms in row.get(kind.value, {}).items():
            for form in forms:
                PersonName.objects.create(person=person, language=language, kind=kind, form=form)
    for role in row.get("roles", ()):
        PersonRole.objects.create(person=person, **role)


def drawn(names: Collection[str], *, by: User) -> dict[str, Picture]:
    """The pictures of these names, drawn and taken in where the register lacks them."""
    titles = {TITLE % name: name for name in names}
    found = {titles[picture.title]: picture for picture in Picture.objects.filter(title__in=titles)}
    for title, name in titles.items():
        if name in found:
            continue
        file = io.BytesIO(pictures.draw(name))
        try:
            found[name] = take_in(file, title=title, credit=CREDIT, licence=LICENCE, by=by)
        except AlreadyHere as here:
            found[name] = here.picture
    return found
