"""A translator's queues: what changed under a translation, and what could be translated."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import Exists, F, OuterRef
from django.utils.translation import gettext as _

from articles.enums import DeskState
from articles.models.article import Article
from articles.models.contributor import Contributor
from articles.models.credit import Credit
from articles.models.publication import Publication
from newsroom.desk.problems import behind_their_original
from newsroom.desk.queue import Queue, cut, from_publication

LOOKED_AT = 5  # newest live stories read for each that is shown


def corrected(user: Any, limit: int) -> Queue:
    """Translations credited to the user whose original changed since."""
    own = Exists(Credit.objects.of_user(user).filter(article=OuterRef("article")))
    rows = behind_their_original(limit + 1, only=own)
    return Queue("corrected", _("Original changed"), _("Your translations are up to date."), **cut(rows, limit))


def translatable(user: Any, limit: int) -> Queue:
    """Live originals that are not there yet in one of the user's languages, the newest first."""
    wanted = _languages_of(user)
    live = Publication.objects.live().filter(article_id=F("family"))
    newest = list(live.order_by("-visible_from", "-id").for_lists()[: LOOKED_AT * (limit + 1)])
    there: dict[int, set[str]] = {row.family: {row.language} for row in newest}
    translations = Article.objects.filter(original__in=there).exclude(state=DeskState.SPIKED)
    for translation in translations.only("original_id", "language"):
        there[translation.family_id].add(translation.language)
    pages = [row for row in newest if row.page]  # a language may have written its own instead
    written = Article.objects.filter(page__in={row.page for row in pages}).exclude(state=DeskState.SPIKED)
    for kind, language in written.values_list("page", "language"):
        for row in pages:
            if row.page == kind:
                there[row.family].add(language)
    rows = [
        from_publication(
            row, label=_("published"), facts=[_("not in %(languages)s") % {"languages": ", ".join(missing)}]
        )
        for row in newest
        if (missing := [code for code in wanted if code not in there[row.family]])
    ]
    return Queue("translate", _("Could be translated"), _("Everything is translated."), **cut(rows, limit))


def _languages_of(user: Any) -> list[str]:
    """The newsroom's languages that the user's byline names; all where it names none."""
    codes = [code for code, _name in settings.LANGUAGES]
    known = Contributor.objects.filter(user=user.pk).values_list("languages", flat=True).first() or ""
    named = [code.strip() for code in known.split(",")]
    return [code for code in codes if code in named] or codes
