"""What a Publication holds: the document joined with the registers, and the body rendered once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone
from lxml import etree, html

from articles import text
from articles.enums import CreditRole, MachineNote, PictureUse
from articles.models.contributor import Contributor
from articles.models.paper import Paper
from articles.models.person import Person
from articles.models.picture import Picture
from articles.models.publication import (
    Publication,
    PublicationContributor,
    PublicationPerson,
    PublicationPicture,
    PublicationQuote,
    PublicationSource,
    PublicationTag,
)
from articles.models.source import Source
from articles.models.tag import Tag

SAID = ("number", "person", "kind", "words", "original_words", "original_language", "citation", "said_on")
OF_STORIES = ("citations", "quotes", "mentions", "credits", "tags")
BYLINE = {CreditRole.AUTHOR, CreditRole.REPORTER}


def freeze(document: dict[str, Any]) -> dict[str, Any]:
    """The columns of a Publication that come from the text, out of a Revision's document.

    Every name is spelled as the registers prefer it in the article's language today. Of a newsroom page nothing is
    kept by which a list would find it: it rests on no source, quotes nobody and has no byline.
    """
    page = document.get("page", "")
    if page:
        document = {**document, **dict.fromkeys(OF_STORIES, ())}
    story = _story(document)
    lead = next((p for p in story["pictures"] if p["use"] == PictureUse.LEAD), None)
    return {
        **{name: document[name] for name in ("language", "slug", "kicker", "headline", "standfirst", "dateline")},
        "page": page,
        "section_id": document["section"],
        "body": render(document["body"], story),
        "story": story,
        "lead_picture_id": lead["picture"] if lead else None,
        "lead_alt": lead["alt"] if lead else "",
        "byline": ", ".join(c["name"] for c in story["credits"] if c["role"] in BYLINE)[:300],
    }


def link(publication: Publication) -> None:
    """Writes the rows by which lists find the publication, out of its ``story``."""
    story = publication.story
    common = {
        "publication": publication, "language": publication.language, "first_published": publication.first_published,
    }  # fmt: skip
    PublicationPicture.objects.bulk_create(
        PublicationPicture(picture_id=pk, **common) for pk in sorted({p["picture"] for p in story["pictures"]})
    )
    if publication.page:
        return  # no list has it; its pictures are public all the same
    PublicationTag.objects.bulk_create(PublicationTag(tag_id=t["tag"], **common) for t in story["tags"])
    PublicationSource.objects.bulk_create(
        PublicationSource(source_id=pk, **common) for pk in sorted({c["source"] for c in story["citations"]})
    )
    PublicationPerson.objects.bulk_create(
        PublicationPerson(person_id=p["person"], quoted=p["quoted"], **common) for p in story["people"]
    )
    PublicationContributor.objects.bulk_create(
        PublicationContributor(contributor_id=c["contributor"], role=c["role"], **common) for c in story["credits"]
    )
    sources = {c["number"]: c["source"] for c in story["citations"]}
    PublicationQuote.objects.bulk_create(
        PublicationQuote(
            person_id=q["person"], number=q["number"], kind=q["kind"], words=q["words"],
            original_words=q["original_words"], original_language=q["original_language"], role=q["role"],
            said_on=_day(q["said_on"]), source_id=sources.get(q["citation"]), **common,
        )
        for q in story["quotes"]
        if q["person"]
    )  # fmt: skip


def render(body: str, story: dict[str, Any]) -> str:
    """The body as readers get it: marks become links, quotes get their speakers. Sanitised once more.

    ``<figure data-picture="N">`` stays as a place that the page fills.
    """
    clean = text.sanitise(body)
    if not clean:
        return ""
    root = html.fragment_fromstring(clean, create_parent="div")
    quotes = {str(q["number"]): q for q in story["quotes"]}
    cited = {str(c["number"]) for c in story["citations"]}
    shown = {str(p["number"]) for p in story["pictures"]}
    for block in root.xpath(".//blockquote[@data-quote]"):
        _name_speaker(block, quotes.get(block.attrib.pop("data-quote")))
    for mark in root.xpath(".//sup[@data-citation]"):
        number = mark.attrib.pop("data-citation")
        mark.text = None if number in cited else number
        mark.set("class", "citation")
        if number in cited:
            anchor = etree.SubElement(mark, "a", href=f"#source-{number}")
            anchor.text = number
    for figure in root.xpath(".//figure[@data-picture]"):
        if figure.get("data-picture") not in shown:
            figure.drop_tree()
    return (root.text or "") + "".join(html.tostring(child, encoding="unicode") for child in root)


def _name_speaker(block: Any, quote: dict[str, Any] | None) -> None:
    block.set("class", "quote")
    if quote is None:
        return
    footer = etree.SubElement(block, "footer")
    cite = etree.SubElement(footer, "cite")
    cite.text = ", ".join(part for part in (quote["speaker"], quote["role"]) if part)


def _story(document: dict[str, Any]) -> dict[str, Any]:
    language = document["language"]
    today = timezone.localdate()
    quoted = {q["person"] for q in document["quotes"] if q["person"]}
    people = Person.objects.prefetch_related("forms", "roles").in_bulk(
        quoted | {m["person"] for m in document["mentions"]}
    )
    sources = Source.objects.in_bulk({c["source"] for c in document["citations"]})
    contributors = Contributor.objects.in_bulk({c["contributor"] for c in document["credits"]})
    pictures = Picture.objects.in_bulk({p["picture"] for p in document["pictures"]})
    tags = Tag.objects.filter(pk__in=document["tags"]).order_by("name")
    in_order = dict.fromkeys(
        [q["person"] for q in document["quotes"] if q["person"]] + [m["person"] for m in document["mentions"]]
    )

    def role(pk: int, day: str | None) -> str:
        return people[pk].role_at(_day(day) or today, language)

    return {
        "own_reporting": document["own_reporting"],
        "licence": document.get("licence") or settings.NEWSROOM_LICENCE,
        "machine": _machine(document.get("machine_help", "")),
        "words": text.words(text.plain(document["body"])),
        "credits": [
            {
                "contributor": c["contributor"], "role": c["role"], "slug": contributors[c["contributor"]].slug,
                "name": contributors[c["contributor"]].name_in(language),
            }
            for c in document["credits"]
            if c["public"]
        ],
        **_unnamed(document["credits"]),
        "citations": [
            {
                "number": c["number"], "source": c["source"], "slug": sources[c["source"]].slug,
                "name": sources[c["source"]].name_in(language), "label": sources[c["source"]].label,
                "reserved": sources[c["source"]].reserved,
                "title": c["title"], "url": c["url"], "published": c["published"], "accessed": c["accessed"],
            }
            for c in document["citations"]
        ],
        "quotes": [
            {
                **{key: q[key] for key in SAID},
                "slug": people[q["person"]].slug if q["person"] else "",
                "speaker": people[q["person"]].form_in(language) if q["person"] else q["description"],
                "role": q["role"] or (role(q["person"], q["said_on"]) if q["person"] else ""),
            }
            for q in document["quotes"]
        ],
        "key_facts": document.get("key_facts", []),
        "people": [
            {
                "person": pk, "slug": people[pk].slug, "name": people[pk].form_in(language),
                "role": role(pk, None), "quoted": pk in quoted,
            }
            for pk in in_order
        ],
        "tags": [{"tag": tag.pk, "slug": tag.slug, "name": tag.name} for tag in tags],
        "pictures": [
            pictures[p["picture"]].as_frozen(number=p["number"], use=p["use"], alt=p["alt"], caption=p["caption"])
            for p in document["pictures"]
        ],
    }  # fmt: skip


def _machine(engines: str) -> dict[str, str] | None:
    """What readers are told of the machines that had a part in the text, as the paper wants it today."""
    said = Paper.objects.current().machine_note
    if not engines or said == MachineNote.NEVER:
        return None
    return {"engine": engines if said == MachineNote.ENGINE else ""}


def _unnamed(credited: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Why readers are not told who translated, where a translator's credit says so and no other is shown."""
    makers = [credit for credit in credited if CreditRole(credit["role"]).makes_translation]
    said = [credit["unnamed"] for credit in makers if credit.get("unnamed")]
    return {"unnamed": said[0]} if said and not any(credit["public"] for credit in makers) else {}


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
