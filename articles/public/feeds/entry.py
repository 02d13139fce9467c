"""What a feed says, before it is written in one format or another."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import linebreaks

from articles.delivery import keys
from articles.delivery.memory import depends
from articles.enums import Change, CreditRole
from articles.models.paper import Paper
from articles.models.publication import Publication
from articles.public.body import fill
from articles.public.feeds.content import portable
from articles.public.originals import Behind, behind
from articles.public.rights import rights_of
from articles.public.site import PICTURE, Site, sized
from articles.public.telling import WRITERS, change_name, credited, notes, source

ENTRIES = 30
"""How many entries a feed has at the most."""


@dataclass(frozen=True)
class Named:
    """Somebody or something with a page."""

    name: str
    address: str = ""


@dataclass(frozen=True)
class Shot:
    """The lead picture."""

    address: str
    width: int
    height: int
    alt: str
    caption: str
    credit: str
    type: str = "image/jpeg"


@dataclass(frozen=True)
class Note:
    """What readers were told of a change."""

    kind: str
    text: str
    at: datetime


@dataclass(frozen=True)
class Entry:
    """A story, or one correction of it. Every address is whole; ``content`` is HTML, all else is text.

    ``id`` stays the same for as long as the story exists, whatever happens to its slug. ``licence`` is the address
    of the terms, empty where all rights are reserved.
    """

    id: str
    address: str
    language: str
    title: str
    summary: str
    content: str
    published: datetime
    updated: datetime
    authors: Sequence[Named] = ()
    translators: Sequence[Named] = ()
    revisers: Sequence[Named] = ()
    post_editors: Sequence[Named] = ()
    reviewers: Sequence[Named] = ()
    proofreaders: Sequence[Named] = ()
    translated_from: str = ""
    original: str = ""
    versions: Mapping[str, str] = field(default_factory=dict)
    categories: Sequence[tuple[str, str]] = ()
    sources: Sequence[Named] = ()
    notes: Sequence[Note] = ()
    picture: Shot | None = None
    rights: str = ""
    licence: str = ""

    @property
    def contributors(self) -> list[Named]:
        """All who worked on the words besides the authors, each once."""
        people = [*self.translators, *self.post_editors, *self.revisers, *self.reviewers, *self.proofreaders]
        return list(dict.fromkeys(people))


@dataclass(frozen=True)
class Feed:
    """``page`` is the address of the list, ``address`` that of this feed, ``hub`` where one asks to be told of news."""

    title: str
    about: str
    language: str
    page: str
    address: str
    publisher: Named
    entries: Sequence[Entry]
    hub: str = ""
    rights: str = ""

    @property
    def updated(self) -> datetime:
        """When the newest change was told; of a feed without entries the beginning of the day."""
        today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        return max((entry.updated for entry in self.entries), default=today)


def of_stories(rows: Iterable[Publication], site: Site) -> list[Entry]:
    """The stories of a list as entries, in its order: three queries, however many there are."""
    order = [row.pk for row in rows]
    asked = Publication.objects.select_related("section").annotate(made_number=F("made_from__number"))
    found: dict[int, Any] = asked.in_bulk(order)
    stories = [found[pk] for pk in order]
    told: dict[int, list[Publication]] = defaultdict(list)
    for note in notes({story.article_id for story in stories} | {story.family for story in stories}):
        told[note.article_id].append(note)
    versions: dict[int, list[Publication]] = defaultdict(list)
    public = Paper.objects.current().public_languages
    families = {story.family for story in stories}
    depends(*map(keys.family, families))
    live = Publication.objects.live().filter(family__in=families, language__in=public)
    for version in live.defer("body", "story").order_by("language"):
        versions[version.family].append(version)
    entries = []
    for story in stories:
        around = versions[story.family]
        original = next((one for one in around if one.article_id == story.family), None)
        late = behind(story, story.made_number, told[story.family], original)
        entries.append(_story(story, told[story.article_id], around, late, site))
    return entries


def of_corrections(rows: Iterable[Mapping[str, Publication]], site: Site) -> list[Entry]:
    """The entries of the page of corrections: ``told`` is the change, ``story`` what readers get today."""
    return [_correction(row["told"], row["story"], site) for row in rows]


def _correction(told: Publication, story: Publication, site: Site) -> Entry:
    address = site.whole(story.get_absolute_url())
    return Entry(
        id=f"{_id(told, site)}/{told.number}",
        address=address if told.change == Change.RETRACTION else f"{address}#changes",
        language=told.language,
        title=f"{change_name(told.change)}: {story.headline}",
        summary=told.note,
        content=portable(linebreaks(told.note, autoescape=True), address, told.language),
        published=told.visible_from,
        updated=told.visible_from,
    )


def _story(
    story: Publication, told: list[Publication], versions: list[Publication], late: Behind | None, site: Site
) -> Entry:
    record, rights = story.story, rights_of(story, site.name)
    address = site.whole(story.get_absolute_url())
    others = {version.language: version for version in versions if version.article_id != story.article_id}
    original = next((one for one in others.values() if one.article_id == story.family), None)
    return Entry(
        id=_id(story, site),
        address=address,
        language=story.language,
        title=story.headline,
        summary=story.standfirst,
        content=_content(story, told, late, address),
        published=story.first_published,
        updated=story.updated,
        authors=_credited(story, WRITERS, site),
        translators=_credited(story, {CreditRole.TRANSLATOR}, site),
        revisers=_credited(story, {CreditRole.REVISER}, site),
        post_editors=_credited(story, {CreditRole.POST_EDITOR}, site),
        reviewers=_credited(story, {CreditRole.REVIEWER}, site),
        proofreaders=_credited(story, {CreditRole.PROOFREADER}, site),
        translated_from=story.original_language,
        original=site.whole(original.get_absolute_url()) if original else "",
        versions={language: site.whole(version.get_absolute_url()) for language, version in others.items()},
        categories=[
            *([(story.section.slug, story.section.name(story.language))] if story.section else []),
            *((tag["slug"], tag["name"]) for tag in record.get("tags", [])),
        ],
        sources=[_source(citation, story.language, site) for citation in record.get("citations", [])],
        notes=[Note(note.change, note.note, note.visible_from) for note in told],
        picture=_picture(record, site),
        rights=rights.line,
        licence=rights.address,
    )


def _id(publication: Publication, site: Site) -> str:
    """A tag URI (RFC 4151): the site's host, the day in UTC on which the story appeared, and its number."""
    day = publication.first_published.astimezone(UTC).date()
    return f"tag:{urlsplit(site.address).hostname},{day}:article/{publication.article_id}"


def _content(story: Publication, told: list[Publication], late: Behind | None, address: str) -> str:
    record = story.story
    context = {
        "body": fill(story.body, record.get("pictures", []), story.dateline),
        "key_facts": record.get("key_facts", []),
        "notes": told,
        "behind": late,
        "language": story.language,
        "sources": [source(citation) for citation in record.get("citations", [])],
        "own_reporting": record.get("own_reporting", False),
    }
    return portable(render_to_string("public/_partials/feed_entry.html", context), address, story.language)


def _credited(story: Publication, roles: Collection[str], site: Site) -> list[Named]:
    made = credited(story, roles)
    return [Named(name, site.page_of("contributor", story.language, slug)) for slug, name in made.items()]


def _source(citation: Mapping[str, Any], language: str, site: Site) -> Named:
    """Who said it and where; without an address of its own, the source's page."""
    name = ": ".join(part for part in (citation["name"], citation.get("title")) if part)
    return Named(name, citation.get("url") or site.page_of("source", language, citation["slug"]))


def _picture(record: Mapping[str, Any], site: Site) -> Shot | None:
    shot = next((shot for shot in record.get("pictures", []) if shot["use"] == "lead"), None)
    if shot is None:
        return None
    file = sized(shot, PICTURE)
    return Shot(
        address=site.whole(file.path),
        width=file.width,
        height=file.height,
        alt=shot["alt"],
        caption=shot["caption"],
        credit=shot["credit"],
    )
