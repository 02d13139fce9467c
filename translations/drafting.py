"""From a story to its version in another language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from articles.enums import CreditRole, DeskState
from articles.errors import NotAllowed, Refused
from articles.models.article import Article
from articles.models.article_picture import ArticlePicture
from articles.models.citation import Citation
from articles.models.credit import Credit
from articles.models.key_fact import KeyFact
from articles.models.quote import Mention, Quote
from articles.workflow import filing, machine

COPIED = (
    "page",
    "section",
    "kicker",
    "headline",
    "standfirst",
    "dateline",
    "body",
    "own_reporting",
    "licence",
    "embargo_until",
    "embargo_open",
)


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
    try:
        with transaction.atomic():
            machine.locked_family(source.pk)  # nobody takes up a spiked translation meanwhile
            twin = Article.objects.filter(original=source, language=language).exclude(state=DeskState.SPIKED)
            if language == source.language or twin.exists():
                raise Refused(_("This story exists in that language already."))
            copy = Article(language=language, original=source, **{name: getattr(source, name) for name in COPIED})
            return filing.file(copy, by=by, write=lambda: _write(copy, source, by))
    except IntegrityError as error:
        raise Refused(_("This story exists in that language already.")) from error


def _write(copy: Article, source: Article, by: Any) -> None:
    copy.save()
    copy.tags.set(source.tags.all())
    cited = {}
    for citation in source.citations.all():
        cited[citation.number] = _copy(citation, Citation, copy)
    for quote in source.quotes.select_related("citation"):
        _copy(
            quote, Quote, copy,
            citation=cited[quote.citation.number] if quote.citation else None,
            original_words=quote.original_words or quote.words,
            original_language=quote.original_language or source.language,
        )  # fmt: skip
    for fact in source.key_facts.select_related("citation"):
        _copy(fact, KeyFact, copy, citation=cited[fact.citation.number] if fact.citation else None)
    for mention in source.mentions.all():
        _copy(mention, Mention, copy)
    for picture in source.pictures.all():
        _copy(picture, ArticlePicture, copy)
    for credit in source.credits.all():
        if not CreditRole(credit.role).is_of_one_version:
            _copy(credit, Credit, copy)
    if not copy.page:  # which has no byline
        Credit.objects.give(copy, user=by, role=CreditRole.TRANSLATOR)


def _copy(row: Any, model: Any, article: Article, **changed: Any) -> Any:
    columns = {
        field.attname: getattr(row, field.attname)
        for field in model._meta.concrete_fields
        if not field.primary_key and field.name != "article"
    }
    for name in changed:
        columns.pop(model._meta.get_field(name).attname)
    return model.objects.create(article=article, **columns, **changed)
