"""Publications made straight as rows, for tests of what readers get. The workflow's own tests use ``tests.cast``."""

from __future__ import annotations

import io
import itertools
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image

from articles.enums import Change, CreditRole, PageKind, PublicState
from articles.models import (
    Article,
    Contributor,
    Person,
    PersonName,
    Picture,
    Publication,
    Revision,
    Section,
    Source,
    Tag,
)
from articles.search import entries
from articles.workflow import freezing
from newsroom.models import User

_count = itertools.count(1)
WITHDRAWN = {
    PublicState.HELD: Change.HOLD,
    PublicState.RETRACTED: Change.RETRACTION,
    PublicState.REMOVED: Change.REMOVAL,
}


def make_section(slug: str = "international", **names: str) -> Section:
    return Section.objects.get_or_create(slug=slug, defaults={"names": names or {"en": slug.title()}})[0]


def make_person(name: str = "Ana Rusu", *, slug: str = "", **preferred: str) -> Person:
    """A person with a preferred form per language: ``make_person("Ana Rusu", ru="Ана Русу")``."""
    person = Person.objects.create(name=name, slug=slug or name.lower().replace(" ", "-"))
    for language, form in preferred.items():
        PersonName.objects.create(person=person, language=language, form=form)
    return person


def make_source(name: str = "TASS", **fields: Any) -> Source:
    return Source.objects.get_or_create(name=name, defaults={"slug": name.lower().replace(" ", "-"), **fields})[0]


def make_contributor(name: str = "Iurie Tataru") -> Contributor:
    return Contributor.objects.get_or_create(name=name, defaults={"slug": name.lower().replace(" ", "-")})[0]


def make_picture(*, width: int = 2000, height: int = 1200, with_file: bool = False, **fields: Any) -> Picture:
    """A picture on record; only a browser needs its file."""
    sha256 = f"{next(_count):064x}"
    picture = Picture(title="A bridge", sha256=sha256, extension="jpeg", uploaded_by=_somebody(), **fields)
    picture.credit = picture.credit or "Photo: Maria Luca"
    picture.width, picture.height = width, height
    if with_file:
        content = io.BytesIO()
        Image.new("RGB", (width, height), "#4a7a6d").save(content, "JPEG")
        picture.file.name = default_storage.save(f"pictures/{sha256}.jpeg", ContentFile(content.getvalue()))
    Picture.objects.bulk_create([picture])  # past the field that measures the file
    return picture


def make_publication(
    *,
    article: Article | None = None,
    original: Publication | None = None,
    language: str = "en",
    headline: str = "River talks resume",
    state: str = PublicState.LIVE,
    change: str | None = None,
    at: datetime | None = None,
    until: datetime | None = None,
    first_published: datetime | None = None,
    section: Section | None = None,
    tags: Iterable[str] = (),
    people: Iterable[Person] = (),
    quotes: Sequence[Mapping[str, Any]] = (),
    sources: Iterable[Source] = (),
    credited: Iterable[tuple[Contributor, str]] = (),
    picture: Picture | None = None,
    key_facts: Sequence[Mapping[str, Any]] = (),
    page: str = "",
    **columns: Any,
) -> Publication:
    """What readers get from *at* (default: an hour ago) up to *until* (default: for good).

    With *article* the row follows that article's earlier ones; *original* makes it a translation. Of a quote
    only ``words`` is needed. A withdrawn state empties what such a row may not hold.
    """
    number = next(_count)
    at = at or timezone.now() - timedelta(hours=1)
    article = article or _article(language, headline, original, page)
    earlier = article.publications.order_by("number").first()
    story = _story(language, tags, people, quotes, sources, credited, picture)
    if article.original_id and not any(CreditRole(made["role"]).makes_translation for made in story["credits"]):
        story["unnamed"] = "staff"
    story["key_facts"] = [{"citation": None, **fact, "number": place} for place, fact in enumerate(key_facts, start=1)]
    values: dict[str, Any] = {
        "headline": headline,
        "standfirst": "Both sides name a date.",
        "body": "<p>The talks went on.</p>",
        "byline": ", ".join(c["name"] for c in story["credits"] if c["role"] == CreditRole.AUTHOR),
        "slug": earlier.slug if earlier else PageKind(page).slug if page else f"river-talks-{number}",
        "lead_picture": picture,
        "lead_alt": "A bridge over a river" if picture else "",
        "story": story,
        **columns,
    }
    if state != PublicState.LIVE:
        keep = {"slug"} | ({"headline"} if state == PublicState.RETRACTED else set())
        values = {name: value for name, value in values.items() if name in keep}
        values["note"] = columns.get("note", "The document was not genuine.")
    publication = Publication.objects.create(
        article=article,
        family=article.family_id,
        number=article.publications.count() + 1,
        revision=article.head,
        by=_somebody(),
        language=article.language,
        original_language=article.original.language if article.original else "",
        page=article.page,
        section=None if article.page else section or make_section(),
        state=state,
        change=change or WITHDRAWN.get(PublicState(state)) or (Change.UPDATE if earlier else Change.FIRST),
        visible_from=at,
        visible_until=until,
        first_published=first_published or (earlier.first_published if earlier else at),
        **{"updated": at, "note": "What changed." if earlier else "", **values},
    )
    if state == PublicState.LIVE:
        freezing.link(publication)
    entries.refresh(article.pk)
    return publication


def _article(language: str, headline: str, original: Publication | None, page: str) -> Article:
    by = _somebody()
    article = Article.objects.create(
        language=language,
        headline=headline,
        created_by=by,
        original=original.article if original else None,
        page=page,
    )
    article.head = Revision.objects.create(article=article, number=1, document={}, sha256="0" * 64, by=by)
    article.save()
    return article


def _somebody() -> User:
    return User.objects.get_or_create(username="factory")[0]


def _story(
    language: str,
    tags: Iterable[str],
    people: Iterable[Person],
    quotes: Sequence[Mapping[str, Any]],
    sources: Iterable[Source],
    credited: Iterable[tuple[Contributor, str]],
    picture: Picture | None,
) -> dict[str, Any]:
    said = [_quote(number, language, quote) for number, quote in enumerate(quotes, start=1)]
    speakers = [quote["person"] for quote in quotes if quote.get("person")]
    return {
        "own_reporting": False,
        "words": 4,
        "credits": [
            {"contributor": who.pk, "slug": who.slug, "name": who.name_in(language), "role": role}
            for who, role in credited
        ],
        "citations": [
            {
                "number": number, "source": source.pk, "slug": source.slug, "name": source.name_in(language),
                "label": source.label, "title": "A statement", "url": f"https://example.org/{number}",
                "published": "2026-04-10", "accessed": "2026-04-11",
            }
            for number, source in enumerate(sources, start=1)
        ],
        "quotes": said,
        "people": [
            {"person": who.pk, "slug": who.slug, "name": who.form_in(language), "role": "", "quoted": who in speakers}
            for who in dict.fromkeys([*speakers, *people])
        ],
        "tags": [
            {"tag": tag.pk, "slug": tag.slug, "name": tag.name}
            for tag in (Tag.objects.get_or_create(name=name)[0] for name in tags)
        ],
        "pictures": [picture.as_frozen(number=1, use="lead", alt="A bridge over a river", caption="The old bridge.")]
        if picture
        else [],
    }  # fmt: skip


def _quote(number: int, language: str, quote: Mapping[str, Any]) -> dict[str, Any]:
    person: Person | None = quote.get("person")
    return {
        "number": number, "kind": "direct", "original_words": "", "original_language": "", "citation": None,
        "said_on": None, "role": "", "speaker": person.form_in(language) if person else "An official", **quote,
        "person": person.pk if person else None, "slug": person.slug if person else "",
    }  # fmt: skip
