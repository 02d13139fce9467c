"""What a live story's page tells: the frozen record made ready for the template."""

import math
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from articles.delivery import keys
from articles.delivery.memory import depends
from articles.enums import Change, CreditRole, PublicState, Unnamed
from articles.models.paper import Paper
from articles.models.publication import Publication, PublicationQuerySet
from articles.models.source import SourceLabel
from articles.public.body import fill
from articles.public.citing import with_marks, with_named_marks, with_places
from articles.public.drawn import Look, drawn
from articles.public.originals import Behind, behind
from articles.public.pictures import with_public_pictures
from articles.public.related import Subject, related

WORDS_A_MINUTE = 200
"""How fast a story is read."""
WRITERS = {CreditRole.AUTHOR, CreditRole.REPORTER}
CHECKERS = {CreditRole.REVISER, CreditRole.REVIEWER, CreditRole.PROOFREADER}
BESIDE = Look(picture=True, sizes="(min-width: 60rem) 16rem, 40vw")
NOTES = 50
"""How many notes on changes a page shows; the record of a story rarely has more than a few."""


def telling(publication: Publication, at: datetime | None = None) -> dict[str, Any]:
    """The context of ``public/story.html``, now or as of the moment *at*; the page's language must be active.

    To the facts come the body with its pictures, and how long it takes to read.
    """
    pictures = publication.story.get("pictures", [])
    told = facts(publication, at)
    return {
        **told,
        "body": fill(with_named_marks(publication.body, told["sources"]), pictures, publication.dateline),
        "sources": with_places(told["sources"], publication.body, told["key_facts"]),
        "reading_time": reading_time(publication.story.get("words", 0)),
    }


def read_more(subject: Subject, at: datetime | None = None, shots: Iterable[dict[str, Any]] = ()) -> list[SafeString]:
    """The cards of what to read next. With *at*, of the story's own pictures *shots* is marked which are gone."""
    rows = related(subject, at)
    if at is not None:
        rows = with_public_pictures(rows, shots)
    looks = dict.fromkeys((row.pk for row in rows), BESIDE)
    return list(drawn(looks, rows, at).values())


def facts(publication: Publication, at: datetime | None = None) -> dict[str, Any]:
    """What is told of a story beside its text, now or as of the moment *at*, in the language that is active.

    Everything about the story itself comes from the Publication alone. Asked besides are the other languages, which
    are those of the present, and the notes on changes.
    """
    record = publication.story
    told, versions, late = _around(publication, at)
    sources = [source(citation) for citation in record.get("citations", [])]
    return {
        "publication": publication,
        "lead": next((shot for shot in record.get("pictures", []) if shot["use"] == "lead"), None),
        "byline": _byline(record),
        "translation": _translation(publication, versions),
        "machine": machine(record),
        "behind": late,
        "people": record.get("people", []),
        "originals": [_dated(q, "said_on") for q in record.get("quotes", []) if q.get("original_words")],
        "key_facts": with_marks(record.get("key_facts", []), sources),
        "sources": sources,
        "own_reporting": record.get("own_reporting", False),
        "tags": record.get("tags", []),
        "notes": told,
        "corrected": next((note for note in told if note.change == Change.CORRECTION), None),
        "versions": versions,
    }


def _around(
    publication: Publication, at: datetime | None
) -> tuple[list[Publication], list[Publication], Behind | None]:
    """The notes on the story's changes up to *at*, newest first; its other languages; how it is behind its original.

    They are asked for together.
    """
    told = notes([publication.article_id], at)[:NOTES]
    either = (Q(pk__in=told.values("pk")) | Q(pk__in=versions_of(publication).values("pk"))) & _same(publication)
    if publication.article_id != publication.family:
        either |= Q(pk__in=[publication.made_from_id]) | Q(pk__in=notes([publication.family], at)[:NOTES].values("pk"))
    own: list[Publication] = []
    originals: list[Publication] = []
    versions: list[Publication] = []
    open_now = _opens()
    for row in Publication.objects.filter(either).defer("body", "story").order_by("-visible_from", "-pk"):
        if row.article_id == publication.article_id:
            own.append(row)
            continue
        if row.article_id == publication.family:
            originals.append(row)
        if open_now(row):
            versions.append(row)
    made_from = next((row.number for row in originals if row.pk == publication.made_from_id), None)
    original = next((row for row in versions if row.article_id == publication.family), None)
    late = behind(publication, made_from, originals, original)
    return own, sorted(versions, key=attrgetter("language")), late


def _opens() -> Callable[[Publication], bool]:
    """Whether readers can open a publication now: as ``versions_of`` asks the database."""
    now, languages = timezone.now(), Paper.objects.current().public_languages

    def opens(row: Publication) -> bool:
        valid = row.visible_from <= now and (row.visible_until is None or row.visible_until > now)
        return valid and row.state == PublicState.LIVE and row.language in languages

    return opens


def versions_of(publication: Publication) -> PublicationQuerySet:
    """The same in the other languages: what readers can open now."""
    languages = Paper.objects.current().public_languages
    live = Publication.objects.live().filter(_same(publication), language__in=languages)
    return live.exclude(article=publication.article_id).defer("body", "story")


def _same(publication: Publication) -> Q:
    """What is the same in another language; of a newsroom page whatever is of its kind, however each was written."""
    if publication.page:
        depends(keys.newsroom_page(publication.page))
        return Q(page=publication.page)
    depends(keys.family(publication.family))
    return Q(family=publication.family)


def reading_time(words: int) -> str:
    """How long so many words are read, such as “4 min read”; empty for a story without words."""
    minutes = math.ceil(words / WORDS_A_MINUTE)
    return ngettext("%(minutes)d min read", "%(minutes)d min read", minutes) % {"minutes": minutes} if minutes else ""


def change_name(change: str) -> str:
    """What a note on a change is headed with."""
    return {
        Change.CORRECTION: _("Correction"),
        Change.CLARIFICATION: _("Clarification"),
        Change.RETRACTION: _("Retraction"),
    }.get(Change(change)) or _("Update")


def _byline(record: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Who made the story, by role, in the order of the credits; translation has a line of its own."""
    lines: dict[str, list[Any]] = {}
    for credit in record.get("credits", []):
        if not CreditRole(credit["role"]).is_translation:
            lines.setdefault(credit["role"], []).append(credit)
    return [{"role": _did(role), "credits": made} for role, made in lines.items()]


def machine(record: Mapping[str, Any]) -> str:
    """The sentence on a machine's part in the text; empty where there is nothing to tell."""
    told = record.get("machine")
    if not told:
        return ""
    if told["engine"]:
        return _("Translated with the help of a machine (%(engine)s) and checked by people.") % {
            "engine": told["engine"]
        }
    return _("Translated with the help of a machine and checked by people.")


def credited(publication: Publication, roles: Collection[str]) -> dict[str, str]:
    """Who is credited in one of the *roles*, in the order of the credits, each once: slug → name."""
    return {made["slug"]: made["name"] for made in publication.story.get("credits", []) if made["role"] in roles}


def _did(role: str) -> str:
    """What stands before the names."""
    return {
        CreditRole.AUTHOR: pgettext("byline", "By"),
        CreditRole.REPORTER: pgettext("byline", "Reporting by"),
        CreditRole.EDITOR: pgettext("byline", "Edited by"),
        CreditRole.PHOTOGRAPHER: pgettext("byline", "Photographs by"),
        CreditRole.REVIEWER: pgettext("byline", "Reviewed by"),
        CreditRole.PROOFREADER: pgettext("byline", "Proofread by"),
    }[CreditRole(role)]


def _translation(publication: Publication, versions: list[Publication]) -> dict[str, Any] | None:
    """From which language, by whom, and the original where readers can open it now.

    A story that was translated elsewhere has no original in the house; its translator is named all the same.
    """
    made = publication.story.get("credits", [])
    translators = [credit for credit in made if credit["role"] == CreditRole.TRANSLATOR]
    revisers = [credit for credit in made if credit["role"] == CreditRole.REVISER]
    post_editors = [credit for credit in made if credit["role"] == CreditRole.POST_EDITOR]
    if not (publication.is_translation or translators or revisers or post_editors):
        return None
    return {
        "made": _translated_from(publication.original_language),
        "translators": translators,
        "revisers": revisers,
        "post_editors": post_editors,
        "unnamed": _unnamed(publication.story.get("unnamed", "")),
        "original": next((version for version in versions if version.article_id == publication.family), None),
    }


def _unnamed(why: str) -> str:
    """What stands where the translator's name would; nothing for a publication older than the question."""
    return (
        {
            Unnamed.STAFF: pgettext("translation", "by the newsroom’s staff"),
            Unnamed.AGENCY: pgettext("translation", "by a translation agency"),
            Unnamed.WISH: pgettext("translation", "by a translator who wishes not to be named"),
        }.get(Unnamed(why), "")
        if why
        else ""
    )


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


def notes(articles: Iterable[int], at: datetime | None = None) -> PublicationQuerySet:
    """What readers were told of changes to these articles up to *at*, newest first."""
    told = [Change.UPDATE, Change.CORRECTION, Change.CLARIFICATION]
    rows = Publication.objects.ever_public(at).filter(article__in=list(articles), change__in=told)
    return rows.order_by("-visible_from", "-pk").defer("body", "story")
