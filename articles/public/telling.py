"""What a live story's page tells: the frozen record made ready for the template."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from articles.enums import Change, CreditRole
from articles.models.publication import Publication, PublicationQuerySet
from articles.models.source import SourceLabel
from articles.public.body import fill
from articles.public.related import related

NOTES = 50
"""How many notes on changes a page shows; the record of a story rarely has more than a few."""


def telling(publication: Publication) -> dict[str, Any]:
    """The context of ``public/story.html``; the page's language must be active.

    Everything about the story itself comes from the Publication alone. Asked besides are the other languages,
    the notes on changes and what to read next.
    """
    record = publication.story
    pictures = record.get("pictures", [])
    told = list(notes([publication.article_id])[:NOTES])
    family = Publication.objects.live().filter(family=publication.family)
    others = family.exclude(article=publication.article_id).defer("body", "story")
    versions = list(others.order_by("language"))
    return {
        "publication": publication,
        "lead": next((shot for shot in pictures if shot["use"] == "lead"), None),
        "body": fill(publication.body, pictures, publication.dateline),
        "byline": _byline(record),
        "translation": _translation(publication, versions),
        "people": record.get("people", []),
        "originals": [_dated(q, "said_on") for q in record.get("quotes", []) if q.get("original_words")],
        "sources": [source(citation) for citation in record.get("citations", [])],
        "own_reporting": record.get("own_reporting", False),
        "tags": record.get("tags", []),
        "notes": told,
        "corrected": next((note for note in told if note.change == Change.CORRECTION), None),
        "versions": versions,
        "related": related(publication),
    }


def _byline(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Who made the story, by role, in the order of the credits; translation has a line of its own."""
    lines: dict[str, list[Any]] = {}
    for credit in record.get("credits", []):
        if not CreditRole(credit["role"]).is_translation:
            lines.setdefault(credit["role"], []).append(credit)
    return [{"role": _did(role), "credits": made} for role, made in lines.items()]


def _did(role: str) -> str:
    """What stands before the names."""
    return {
        CreditRole.AUTHOR: pgettext("byline", "By"),
        CreditRole.REPORTER: pgettext("byline", "Reporting by"),
        CreditRole.EDITOR: pgettext("byline", "Edited by"),
        CreditRole.PHOTOGRAPHER: pgettext("byline", "Photographs by"),
    }[CreditRole(role)]


def _translation(publication: Publication, versions: list[Publication]) -> dict[str, Any] | None:
    """From which language, by whom, and the original where readers can open it now.

    A story that was translated elsewhere has no original in the house; its translator is named all the same.
    """
    made = publication.story.get("credits", [])
    translators = [credit for credit in made if credit["role"] == CreditRole.TRANSLATOR]
    revisers = [credit for credit in made if credit["role"] == CreditRole.REVISER]
    if not (publication.is_translation or translators or revisers):
        return None
    return {
        "made": _translated_from(publication.original_language),
        "translators": translators,
        "revisers": revisers,
        "original": next((version for version in versions if version.article_id == publication.family), None),
    }


def _translated_from(language: str) -> str:
    """A phrase for each language: many tongues bend the name of a language after “from”."""
    return {
        "en": _("Translation from English"),
        "ro": _("Translation from Romanian"),
        "ru": _("Translation from Russian"),
        "uk": _("Translation from Ukrainian"),
    }.get(language) or _("Translation")


def source(citation: Mapping[str, Any]) -> dict[str, Any]:
    """A frozen citation with its dates as dates and the label of its source in words."""
    label = citation.get("label") or ""
    if label in SourceLabel.values:
        label = SourceLabel(label).label
    return {**_dated(citation, "published", "accessed"), "label": label}


def _dated(frozen: Mapping[str, Any], *fields: str) -> dict[str, Any]:
    """The same with its ISO dates as dates."""
    days = {field: date.fromisoformat(frozen[field]) if frozen.get(field) else None for field in fields}
    return {**frozen, **days}


def notes(articles: Iterable[int]) -> PublicationQuerySet:
    """What readers were told of changes to these articles, newest first."""
    told = [Change.UPDATE, Change.CORRECTION, Change.CLARIFICATION]
    rows = Publication.objects.ever_public().filter(article__in=list(articles), change__in=told)
    return rows.order_by("-visible_from", "-pk").defer("body", "story")
