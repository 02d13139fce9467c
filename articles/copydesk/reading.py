"""The article as rules read it: frozen, complete, without a database behind it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from articles.enums import NameKind
from articles.text import Block, Marks, blocks, marks, plain


@dataclass(frozen=True)
class Known:
    """A registered person: their id, and each name form as (form, language, kind of ``NameKind``)."""

    person: int
    forms: tuple[tuple[str, str, str], ...] = ()

    def preferred(self, language: str) -> str:
        """How the name is spelled in the language, or empty where the register doesn't say."""
        for wanted in (NameKind.PREFERRED, NameKind.ACCEPTED):
            for form, form_language, kind in self.forms:
                if form_language == language and kind == wanted:
                    return form
        return ""


@dataclass(frozen=True)
class Citation:
    number: int
    source_name: str = ""
    title: str = ""


@dataclass(frozen=True)
class Quote:
    number: int
    words: str = ""
    kind: str = "direct"
    person: int | None = None
    speaker: str = ""
    description: str = ""
    role: str = ""
    citation: int | None = None


@dataclass(frozen=True)
class KeyFact:
    number: int
    figure: str = ""
    text: str = ""
    citation: int | None = None


@dataclass(frozen=True)
class Mention:
    person: int | None
    name: str = ""


@dataclass(frozen=True)
class Credit:
    name: str
    role: str
    public: bool = True
    unnamed: str = ""


@dataclass(frozen=True)
class Picture:
    number: int
    alt: str = ""
    caption: str = ""
    credit: str = ""
    licence: str = ""
    use: str = "body"


@dataclass(frozen=True)
class Passage:
    """A piece of text with its place. ``language`` is set where it is not the article's."""

    field: str
    text: str
    row: int | None = None
    offset: int = 0
    language: str = ""


@dataclass(frozen=True)
class Reading:
    """A revision's document with the registered people whom it may name, and what a translation's original says."""

    language: str = ""
    page: str = ""
    section: int | None = None
    original: int | None = None
    kicker: str = ""
    headline: str = ""
    standfirst: str = ""
    slug: str = ""
    dateline: str = ""
    body: str = ""
    own_reporting: bool = False
    tags: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    quotes: tuple[Quote, ...] = ()
    key_facts: tuple[KeyFact, ...] = ()
    mentions: tuple[Mention, ...] = ()
    credits: tuple[Credit, ...] = ()
    pictures: tuple[Picture, ...] = ()
    people: tuple[Known, ...] = ()
    original_headline: str = ""
    original_body: str = ""

    @classmethod
    def from_document(cls, document: Mapping[str, Any], *, people: Iterable[Known] = ()) -> "Reading":
        """Out of a Revision's document, joined with the registers' names. What is missing counts as empty."""
        return cls(
            language=_text(document, "language"),
            page=_text(document, "page"),
            section=document.get("section"),
            original=document.get("original"),
            own_reporting=bool(document.get("own_reporting")),
            tags=tuple(str(tag) for tag in document.get("tags") or ()),
            citations=tuple(
                Citation(row["number"], _text(row, "source_name"), _text(row, "title"))
                for row in document.get("citations") or ()
            ),
            quotes=tuple(_quote(row) for row in document.get("quotes") or ()),
            key_facts=tuple(
                KeyFact(row["number"], _text(row, "figure"), _text(row, "text"), row.get("citation"))
                for row in document.get("key_facts") or ()
            ),
            mentions=tuple(Mention(row.get("person"), _text(row, "name")) for row in document.get("mentions") or ()),
            credits=tuple(
                Credit(_text(row, "name"), _text(row, "role"), bool(row.get("public", True)), _text(row, "unnamed"))
                for row in document.get("credits") or ()
            ),
            pictures=tuple(_picture(row) for row in document.get("pictures") or ()),
            people=tuple(people),
            **{name: _text(document, name) for name in _TEXT_FIELDS},
        )

    @cached_property
    def text(self) -> str:
        """The body's visible text; places in the body are offsets in it."""
        return plain(self.body)

    @cached_property
    def blocks(self) -> list[Block]:
        return blocks(self.body)

    @cached_property
    def marks(self) -> Marks:
        return marks(self.body)

    @cached_property
    def passages(self) -> list[Passage]:
        """All text that readers may see and that is in the article's own words, in the order of the page."""
        return list(self._passages())

    def _passages(self) -> Iterator[Passage]:
        for name in ("kicker", "headline", "standfirst", "dateline"):
            yield Passage(name, getattr(self, name))
        for block in self.blocks:
            if block.text:
                foreign = block.language if block.language != self.language else ""
                yield Passage("body", block.text, offset=block.start, language=foreign)
        yield from self._in_rows()
        for row, mention in enumerate(self.mentions, start=1):
            yield Passage("mentions", mention.name, row=row)
        for row, tag in enumerate(self.tags, start=1):
            yield Passage("tags", tag, row=row)

    def _in_rows(self) -> Iterator[Passage]:
        """What stands in the rows that bear a number."""
        for quote in self.quotes:
            for value in (quote.words, quote.speaker, quote.description, quote.role):
                yield Passage("quotes", value, row=quote.number)
        for fact in self.key_facts:
            for value in (fact.figure, fact.text):
                yield Passage("key_facts", value, row=fact.number)
        for picture in self.pictures:
            for value in (picture.alt, picture.caption):
                yield Passage("pictures", value, row=picture.number)


_TEXT_FIELDS = (
    "kicker", "headline", "standfirst", "slug", "dateline", "body", "original_headline", "original_body",
)  # fmt: skip


def _text(row: Mapping[str, Any], name: str) -> str:
    return str(row.get(name) or "")


def _quote(row: Mapping[str, Any]) -> Quote:
    return Quote(
        number=row["number"],
        words=_text(row, "words"),
        kind=_text(row, "kind") or "direct",
        person=row.get("person"),
        speaker=_text(row, "speaker"),
        description=_text(row, "description"),
        role=_text(row, "role"),
        citation=row.get("citation"),
    )


def _picture(row: Mapping[str, Any]) -> Picture:
    return Picture(
        number=row["number"],
        alt=_text(row, "alt"),
        caption=_text(row, "caption"),
        credit=_text(row, "credit"),
        licence=_text(row, "licence"),
        use=_text(row, "use") or "body",
    )
