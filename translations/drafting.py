"""From a story to its version in another language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from articles.enums import CreditRole, DeskState, Unnamed
from articles.errors import NotAllowed, Refused
from articles.models.article import Article
from articles.models.article_picture import ArticlePicture
from articles.models.citation import Citation
from articles.models.credit import Credit
from articles.models.key_fact import KeyFact
from articles.models.publication import PublicationTag
from articles.models.quote import Mention, Quote
from articles.models.revision import Revision
from articles.models.tag import Tag
from articles.workflow import filing, machine, revisions

COPIED = ("kicker", "headline", "standfirst", "dateline", "body", "own_reporting", "licence")
OF_A_CITATION = ("title", "url", "published", "accessed", "note")
OF_A_QUOTE = ("description", "role", "kind", "words", "said_on")


def begin(original: Article, *, language: str, by: Any) -> Article:
    """Files a draft in *language* that is *original*'s translation, credited to *by* as translator.

    What the original says is there to be translated over; its citations, quotes (with their original words),
    key figures, mentions, pictures and the public credits of its authors come along. A translation of a translation is
    one of its original. Raises ``NotAllowed`` where *by* can't see the original, ``Refused`` where there is a
    version in that language already.
    """
    source = original.original or original
    if not Article.objects.visible_to(by).filter(pk=source.pk).exists():
        raise NotAllowed  # whoever sees a translation doesn't see its original while that is edited
    if language not in dict(settings.LANGUAGES):
        raise Refused(_("Choose one of the newsroom's languages."))
    return _file(source, revisions.document(source), language, by)


def begin_from(revision: Revision, *, language: str, by: Any) -> Article:
    """As ``begin``, from what *revision* of the original says; *by* has been given the work, and need see no more."""
    copy = _file(revision.article, revision.document, language, by)
    copy.made_from = revision
    copy.save(update_fields=["made_from"])
    return copy


def exists(source: Article, language: str) -> bool:
    """Whether the story is there in that language, in whatever state but spiked."""
    twin = Article.objects.filter(original=source, language=language).exclude(state=DeskState.SPIKED)
    return language == source.language or twin.exists()


def _file(source: Article, document: dict[str, Any], language: str, by: Any) -> Article:
    try:
        with transaction.atomic():
            machine.locked_family(source.pk)  # nobody takes up a spiked translation meanwhile
            if exists(source, language):
                raise Refused(_("This story exists in that language already."))
            copy = Article(
                language=language,
                original=source,
                page=document.get("page", ""),
                section_id=document["section"],
                embargo_until=source.embargo_until,
                embargo_open=source.embargo_open,
                **{name: document.get(name, "") for name in COPIED},
            )
            return filing.file(copy, by=by, write=lambda: _write(copy, source, document, by))
    except IntegrityError as error:
        raise Refused(_("This story exists in that language already.")) from error


def _write(copy: Article, source: Article, document: dict[str, Any], by: Any) -> None:
    copy.save()
    rows(copy, source, document)
    for credit in document["credits"]:
        if not CreditRole(credit["role"]).is_of_one_version:
            Credit.objects.create(
                article=copy, contributor_id=credit["contributor"], role=credit["role"], public=credit["public"],
                position=credit["position"], share=credit.get("share"),
                unnamed="" if credit["public"] else credit.get("unnamed", Unnamed.UNKNOWN),
            )  # fmt: skip
    if not copy.page:  # which has no byline
        Credit.objects.give(copy, user=by, role=CreditRole.TRANSLATOR)


def _tags(copy: Article, document: dict[str, Any]) -> QuerySet[Tag]:
    """Those of the original's topics that stories in the language have as well: the others are words of its own."""
    known = PublicationTag.objects.filter(tag=OuterRef("pk"), language=copy.language)
    tags: QuerySet[Tag] = Tag.objects.filter(Exists(known), pk__in=document["tags"])
    return tags


def rows(copy: Article, source: Article, document: dict[str, Any]) -> None:
    """Writes the rows of *document* that hang on the article, in place of those that it has.

    Called for a translation that was begun before, it brings what is no text up to date: sources, who said what and
    when, pictures, topics. The texts of the rows are the original's again; who writes the translation writes them next.
    """
    for row in (copy.quotes, copy.key_facts, copy.citations, copy.mentions, copy.pictures):
        row.all().delete()
    copy.tags.add(*_tags(copy, document))
    cited: dict[int | None, Citation | None] = {None: None}
    for citation in document["citations"]:
        cited[citation["number"]] = Citation.objects.create(
            article=copy, number=citation["number"], source_id=citation["source"],
            **{name: citation[name] for name in OF_A_CITATION},
        )  # fmt: skip
    for quote in document["quotes"]:
        Quote.objects.create(
            article=copy, number=quote["number"], person_id=quote["person"], citation=cited[quote["citation"]],
            original_words=quote["original_words"] or quote["words"],
            original_language=quote["original_language"] or source.language,
            **{name: quote[name] for name in OF_A_QUOTE},
        )  # fmt: skip
    for fact in document.get("key_facts", []):
        KeyFact.objects.create(
            article=copy, number=fact["number"], figure=fact["figure"], text=fact["text"],
            citation=cited[fact["citation"]],
        )  # fmt: skip
    for mention in document["mentions"]:
        Mention.objects.create(article=copy, person_id=mention["person"])
    for picture in document["pictures"]:
        ArticlePicture.objects.create(
            article=copy, number=picture["number"], picture_id=picture["picture"], use=picture["use"],
            alt=picture["alt"], caption=picture["caption"],
        )  # fmt: skip
