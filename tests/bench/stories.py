"""Published stories straight as rows: what the workflow would have written, a thousand times as fast.

A test compares them with what freezing, the revisions' documents and the search's entries make of the same stories.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction

from articles import text as articles_text
from articles.enums import Change, CreditRole, DeskState, NameKind, PictureUse, PublicState, QuoteKind, Role, SourceKind
from articles.models import (
    Article,
    ArticlePicture,
    Citation,
    Contributor,
    Credit,
    Person,
    PersonName,
    PersonRole,
    Picture,
    Publication,
    Quote,
    Revision,
    SearchEntry,
    Section,
    Source,
    Tag,
)
from articles.models.article import TaggedArticle
from articles.models.publication import (
    PublicationContributor,
    PublicationPerson,
    PublicationPicture,
    PublicationQuote,
    PublicationSource,
    PublicationTag,
)
from articles.search.words import folded
from articles.workflow import revisions
from newsroom.models import User
from tests.bench import bulk, words

LANGUAGE = "en"
BATCH = 2_000
LINKS = (
    PublicationTag, PublicationSource, PublicationPerson, PublicationContributor, PublicationPicture, PublicationQuote,
)  # fmt: skip
TABLES = (
    Article, TaggedArticle, Citation, Quote, Credit, ArticlePicture, Revision, Publication, *LINKS, SearchEntry,
)  # fmt: skip
NUMBERED = tuple(model for model in TABLES if model is not SearchEntry)
Row = list[Any]


@dataclass(frozen=True)
class Registers:
    """What the stories name, in the order of their numbers in ``words``."""

    reporter: User
    editor: User
    sections: list[Section]
    tags: list[Tag]
    people: list[Person]
    sources: list[Source]
    contributors: list[Contributor]
    pictures: list[Picture]


def make(count: int, told: Callable[[int], None] = lambda done: None) -> None:
    """Fills an empty newsroom with *count* stories; *told* hears how many there are so far."""
    registers = _registers()
    with bulk.indexes_later(TABLES):
        for start in range(0, count, BATCH):
            batch = [words.text(number, count) for number in range(start + 1, min(start + BATCH, count) + 1)]
            with transaction.atomic():
                _write(batch, registers)
            told(start + len(batch))
    bulk.continue_numbering(NUMBERED)


def working_copy(text: words.Text, registers: Registers) -> Callable[[Article], None]:
    """Writes the inlines of an article that says *text*, as the desk's form does."""

    def write(article: Article) -> None:
        article.save()
        article.tags.set([registers.tags[number] for number in text.tags])
        citation = Citation.objects.create(
            article=article, number=1, source=registers.sources[text.source], title="Statement"
        )
        Quote.objects.create(
            article=article, number=1, person=registers.people[text.person], words=text.quote, citation=citation
        )
        Credit.objects.create(
            article=article, contributor=registers.contributors[text.contributor], role=CreditRole.AUTHOR, position=1
        )
        ArticlePicture.objects.create(
            article=article, number=1, picture=registers.pictures[text.picture], alt=ALT, caption=CAPTION
        )

    return write


def columns(text: words.Text, registers: Registers) -> dict[str, Any]:
    """The columns of the working copy that are typed in."""
    return {
        "language": LANGUAGE, "section": registers.sections[text.section], "kicker": "", "headline": text.headline,
        "standfirst": text.standfirst, "slug": text.slug, "dateline": "", "body": _body(text),
    }  # fmt: skip


def known_registers() -> Registers:
    """The registers of a newsroom that ``make`` has filled."""
    users = {user.username: user for user in User.objects.filter(username__in=["reporter", "editor"])}
    lists = (model.objects.order_by("pk") for model in (Section, Tag, Person, Source, Contributor, Picture))
    return Registers(users["reporter"], users["editor"], *(list(rows) for rows in lists))


ALT, CAPTION = "A view of the building from the river", "The building in spring."


def _registers() -> Registers:
    users = {}
    for name, role in (("reporter", Role.REPORTER), ("editor", Role.EDITOR)):
        users[name] = User.objects.create(username=name, is_staff=True)
        users[name].groups.add(Group.objects.get_or_create(name=role)[0])
    reporter = users["reporter"]
    for number, slug in enumerate(words.SECTIONS):
        Section.objects.create(slug=slug, names={LANGUAGE: slug.capitalize()}, position=number)
    for number in range(words.TAGS):
        Tag.objects.create(name=f"{words.KIND[number % 20]} {words.WHAT[number // 20]}", slug=f"tag-{number}")
    for number in range(words.PEOPLE):
        name = words.person(number)
        person = Person.objects.create(name=name, slug=f"person-{number}")
        PersonName.objects.create(person=person, language=LANGUAGE, kind=NameKind.PREFERRED, form=name)
        PersonRole.objects.create(person=person, titles={LANGUAGE: f"Director of {words.name(number + 900)}"})
    for number in range(words.SOURCES):
        name = f"{words.name(number + 800)} News"
        Source.objects.create(name=name, slug=f"source-{number}", kind=SourceKind.AGENCY)
    for number in range(words.CONTRIBUTORS):
        Contributor.objects.create(name=words.person(number + 500), slug=f"writer-{number}")
    Picture.objects.bulk_create(
        Picture(
            title=f"Picture {number}", sha256=f"{number + 1:064x}", extension="jpeg", width=1600, height=1000,
            credit="Photo: the archive", licence="own picture", uploaded_by=reporter,
        )
        for number in range(words.PICTURES)
    )  # fmt: skip
    return known_registers()


def _write(batch: list[words.Text], registers: Registers) -> None:
    """One transaction: all rows of some stories, table by table."""
    first = {model: bulk.next_id(model) for model in NUMBERED}
    story = _Story(registers)
    rows: dict[Any, list[Row]] = {model: [] for model in TABLES}
    for number, text in enumerate(batch):
        story.add(text, {model: first[model] + number for model in NUMBERED}, rows)
    pk = first[PublicationTag]
    rows[PublicationTag] = [[pk + number, *row] for number, row in enumerate(rows[PublicationTag])]
    pk = first[TaggedArticle]
    rows[TaggedArticle] = [[pk + number, *row] for number, row in enumerate(rows[TaggedArticle])]
    for model in TABLES:
        bulk.write(model, COLUMNS[model], rows[model])


_LINK = ["publication_id", "language", "first_published"]
COLUMNS: dict[Any, list[str]] = {
    Article: [
        "id", "language", "section_id", "kicker", "headline", "standfirst", "slug", "dateline", "body", "own_reporting",
        "state", "embargo_open", "version", "head_id", "approved_id", "approved_by_id", "approved_at", "approved_alone",
        "created_by_id", "created_at", "changed_at",
    ],
    TaggedArticle: ["id", "content_object_id", "tag_id"],
    Citation: ["id", "article_id", "number", "source_id", "title", "url", "note"],
    Quote: [
        "id", "article_id", "number", "person_id", "description", "role", "kind", "words", "original_words",
        "original_language", "citation_id",
    ],
    Credit: ["id", "article_id", "contributor_id", "role", "position", "public", "unnamed"],
    ArticlePicture: ["id", "article_id", "number", "picture_id", "use", "alt", "caption"],
    Revision: ["id", "article_id", "number", "document", "sha256", "by_id", "at", "why"],
    Publication: [
        "id", "article_id", "family", "number", "revision_id", "state", "change", "note", "visible_from", "by_id", "made_at",
        "language", "original_language", "section_id", "slug", "kicker", "headline", "standfirst", "dateline", "body",
        "story", "lead_picture_id", "lead_alt", "byline", "first_published", "updated",
    ],
    PublicationTag: ["id", *_LINK, "tag_id"],
    PublicationSource: ["id", *_LINK, "source_id"],
    PublicationPerson: ["id", *_LINK, "person_id", "quoted"],
    PublicationContributor: ["id", *_LINK, "contributor_id", "role"],
    PublicationPicture: ["id", *_LINK, "picture_id"],
    PublicationQuote: [
        "id", *_LINK, "person_id", "number", "kind", "words", "original_words", "original_language", "role", "source_id",
    ],
    SearchEntry: ["publication_id", "language", "headline", "names", "standfirst", "labels", "body"],
}  # fmt: skip


@dataclass(frozen=True)
class _Story:
    """Writes one story after another as rows."""

    registers: Registers

    def add(self, text: words.Text, ids: dict[Any, int], rows: dict[Any, list[Row]]) -> None:
        known, moment = self.registers, text.moment
        article, revision, publication = ids[Article], ids[Revision], ids[Publication]
        section, person = known.sections[text.section], known.people[text.person]
        source, writer, picture = (
            known.sources[text.source], known.contributors[text.contributor], known.pictures[text.picture],
        )  # fmt: skip
        body = _body(text)
        frozen = self._document(text, body)
        story = self._frozen(text)
        typed = ["", text.headline, text.standfirst]
        rows[Article].append([
            article, LANGUAGE, section.pk, *typed, text.slug, "", body, False,
            DeskState.PUBLISHED.value, False, 5, revision, revision, known.editor.pk, moment, "",
            known.reporter.pk, moment, moment,
        ])  # fmt: skip
        rows[TaggedArticle] += [[article, known.tags[number].pk] for number in text.tags]
        rows[Citation].append([ids[Citation], article, 1, source.pk, "Statement", "", ""])
        rows[Quote].append([
            ids[Quote], article, 1, person.pk, "", "", QuoteKind.DIRECT.value, text.quote, "", "", ids[Citation],
        ])  # fmt: skip
        rows[Credit].append([ids[Credit], article, writer.pk, CreditRole.AUTHOR.value, 1, True, ""])
        rows[ArticlePicture].append([
            ids[ArticlePicture], article, 1, picture.pk, PictureUse.LEAD.value, ALT, CAPTION,
        ])  # fmt: skip
        rows[Revision].append([
            revision, article, 1, frozen, revisions.digest(frozen), known.reporter.pk, moment, "",
        ])  # fmt: skip
        said = story["quotes"][0]
        rows[Publication].append([
            publication, article, article, 1, revision, PublicState.LIVE.value, Change.FIRST.value, "", moment,
            known.editor.pk, moment, LANGUAGE, "", section.pk, text.slug, *typed, "", _rendered(text, said), story,
            picture.pk, ALT, writer.name, moment, moment,
        ])  # fmt: skip
        link = [publication, LANGUAGE, moment]
        rows[PublicationTag] += [[*link, tag["tag"]] for tag in story["tags"]]
        rows[PublicationSource].append([ids[PublicationSource], *link, source.pk])
        rows[PublicationPerson].append([ids[PublicationPerson], *link, person.pk, True])
        rows[PublicationContributor].append([
            ids[PublicationContributor], *link, writer.pk, CreditRole.AUTHOR.value,
        ])  # fmt: skip
        rows[PublicationPicture].append([ids[PublicationPicture], *link, picture.pk])
        rows[PublicationQuote].append([
            ids[PublicationQuote], *link, person.pk, 1, QuoteKind.DIRECT.value, text.quote, "", "", said["role"], source.pk,
        ])  # fmt: skip
        labels = [section.name(LANGUAGE), *(tag["name"] for tag in story["tags"]), source.name, writer.name]
        rows[SearchEntry].append([
            publication, LANGUAGE, folded(text.headline), folded(person.name), folded(text.standfirst),
            folded("\n".join(labels)), _folded_body(text, said),
        ])  # fmt: skip

    def _document(self, text: words.Text, body: str) -> dict[str, Any]:
        known = self.registers
        return {
            "language": LANGUAGE, "kicker": "", "headline": text.headline, "standfirst": text.standfirst,
            "slug": text.slug, "dateline": "", "body": body, "original": None,
            "section": known.sections[text.section].pk, "licence": "", "machine_help": "", "own_reporting": False, "key_facts": [],
            "tags": sorted(known.tags[number].pk for number in text.tags),
            "citations": [{
                "number": 1, "source": known.sources[text.source].pk, "title": "Statement", "url": "",
                "published": None, "accessed": None, "note": "",
            }],
            "quotes": [{
                "number": 1, "person": known.people[text.person].pk, "description": "", "role": "",
                "kind": QuoteKind.DIRECT.value, "words": text.quote, "original_words": "", "original_language": "",
                "citation": 1, "said_on": None,
            }],
            "mentions": [],
            "credits": [{
                "contributor": known.contributors[text.contributor].pk, "role": CreditRole.AUTHOR.value,
                "public": True, "position": 1,
            }],
            "pictures": [{
                "number": 1, "picture": known.pictures[text.picture].pk, "use": PictureUse.LEAD.value,
                "alt": ALT, "caption": CAPTION,
            }],
        }  # fmt: skip

    def _frozen(self, text: words.Text) -> dict[str, Any]:
        known = self.registers
        person, source = known.people[text.person], known.sources[text.source]
        writer, picture = known.contributors[text.contributor], known.pictures[text.picture]
        role = f"Director of {words.name(text.person + 900)}"
        named = {"person": person.pk, "slug": person.slug}
        tags = sorted({known.tags[number] for number in text.tags}, key=lambda tag: tag.name)
        return {
            "licence": settings.NEWSROOM_LICENCE,
            "machine": None,
            "own_reporting": False,
            "key_facts": [],
            "words": articles_text.words(f"{text.paragraphs[0]} {text.quote}") + sum(map(_words, text.paragraphs[1:])),
            "credits": [{
                "contributor": writer.pk, "role": CreditRole.AUTHOR.value, "slug": writer.slug, "name": writer.name,
            }],
            "citations": [{
                "number": 1, "source": source.pk, "slug": source.slug, "name": source.name, "label": source.label,
                "title": "Statement", "url": "", "published": None, "accessed": None, "reserved": source.reserved,
            }],
            "quotes": [{
                "number": 1, "kind": QuoteKind.DIRECT.value, "words": text.quote, "original_words": "",
                "original_language": "", "citation": 1, "said_on": None, **named, "speaker": person.name, "role": role,
            }],
            "people": [{**named, "name": person.name, "role": role, "quoted": True}],
            "tags": [{"tag": tag.pk, "slug": tag.slug, "name": tag.name} for tag in tags],
            "pictures": [picture.as_frozen(number=1, use=PictureUse.LEAD.value, alt=ALT, caption=CAPTION)],
        }  # fmt: skip


def _body(text: words.Text) -> str:
    """As the desk typed it: the quotation after the second paragraph, the source's mark after the third."""
    return "".join(_parts(text, '<blockquote data-quote="1">', "", '<sup data-citation="1">1</sup>'))


def _rendered(text: words.Text, said: dict[str, Any]) -> str:
    """As readers get it."""
    speaker = f"<footer><cite>{said['speaker']}, {said['role']}</cite></footer>"
    mark = '<sup class="citation"><a href="#source-1">1</a></sup>'
    return "".join(_parts(text, '<blockquote class="quote">', speaker, mark))


def _parts(text: words.Text, opening: str, speaker: str, mark: str) -> Iterator[str]:
    for number, part in enumerate(text.paragraphs):
        yield f"<p>{part}{mark if number == 2 else ''}</p>"
        if number == 1:
            yield f"{opening}<p>“{text.quote}”</p>{speaker}</blockquote>"


def _folded_body(text: words.Text, said: dict[str, Any]) -> str:
    parts = [folded(text.paragraphs[0]), *map(_folded, text.paragraphs[1:])]
    parts[2:2] = [folded(text.quote), folded(f"{said['speaker']}, {said['role']}")]
    return " ".join(parts)


@cache
def _folded(paragraph: str) -> str:
    return folded(paragraph)


@cache
def _words(paragraph: str) -> int:
    return articles_text.words(paragraph)
