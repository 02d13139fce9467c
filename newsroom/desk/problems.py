"""What readers see now and the desk should look at again.

Errors and corrections are looked for thirty days back; a hold and an approval by one person as long as they last.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, F, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.enums import Change, DeskState, PublicState, Severity
from articles.models.article import Article
from articles.models.asking import there_is
from articles.models.finding import Finding
from articles.models.publication import Publication
from articles.workflow import approvals
from newsroom.desk.queue import COLUMNS, Queue, Row, cut, from_article, from_publication

DAYS = 30
CORRECTED_AT_MOST = 200  # the newest corrections that translations are compared with
TELLING = (Change.CORRECTION, Change.CLARIFICATION, Change.UPDATE)


def problems(user: Any, limit: int) -> Queue:
    """Held stories, translations that miss a correction, texts with errors, approvals by one person."""
    rows = [
        *held(limit + 1),
        *behind_their_original(limit + 1),
        *with_errors(user, limit + 1),
        *approved_alone(user, limit + 1),
    ]
    return Queue("problems", _("Live with problems"), _("Nothing that readers see needs you."), **cut(rows, limit))


def held(limit: int) -> list[Row]:
    """What readers find replaced by a notice. Read by language and state, as the index has it."""
    rows = Publication.objects.valid().filter(language__in=_languages(), state=PublicState.HELD)
    rows = rows.select_related("section", "article").defer("body", "story", "article__body")
    return [from_publication(row, label=_("held")) for row in rows.order_by("visible_from", "id")[:limit]]


def behind_their_original(limit: int, only: Exists | None = None) -> list[Row]:
    """Live translations that were made before a correction, a clarification or an update of their original.

    *only* narrows the translations down.
    """
    corrected = _corrected()
    if not corrected:
        return []
    live: Any = Publication.objects.live().filter(family__in=corrected).exclude(article_id=F("family"))
    if only is not None:
        live = live.filter(only)
    rows = []
    for row in live.for_lists().annotate(as_of=F("made_from__visible_from")).order_by("-visible_from", "-id"):
        at, change = corrected[row.family]
        if (row.as_of or row.updated) < at:  # a refile of the translation alone brings nothing up to date
            rows.append(from_publication(row, label=_("published"), note=_CHANGED[change]()))
    return rows[:limit]


def with_errors(user: Any, limit: int) -> list[Row]:
    """Published texts in which the copy desk finds an error that nobody waived."""
    errors = Finding.objects.filter(
        revision=OuterRef("head"), severity__in=[Severity.BLOCKING, Severity.ERROR], waived_by=None
    )
    articles = _published(user).filter(there_is(errors))
    return [from_article(row, note=_("The copy desk finds errors in it.")) for row in articles[:limit]]


def approved_alone(user: Any, limit: int) -> list[Row]:
    """What one person wrote and approved, with the reason, until readers get a text that two have seen."""
    seen = approvals.alone().filter(Exists(Article.objects.visible_to(user).filter(pk=OuterRef("article"))))
    found = seen.select_related("by", "article__section").defer("article__body", "article__standfirst")
    newest: dict[int, Row] = {}
    for row in found[: 2 * limit]:  # of an article two at the most: what readers get, and what waits
        said = _("Approved by %(name)s alone: %(reason)s") % {"name": row.by, "reason": row.note}
        newest.setdefault(row.article_id, from_article(row.article, note=said))
    return list(newest.values())[:limit]


def _published(user: Any) -> Any:
    recent = Article.objects.visible_to(user).filter(state=DeskState.PUBLISHED, changed_at__gte=_since())
    return recent.select_related("section").only(*COLUMNS).order_by("-changed_at", "-id")


def _corrected() -> dict[int, tuple[datetime, Change]]:
    """When each original was last corrected and how, by family."""
    rows = Publication.objects.filter(
        language__in=_languages(),
        change__in=TELLING,
        visible_from__gte=_since(),
        visible_from__lte=timezone.now(),
        family=F("article_id"),
    )
    newest = rows.order_by("-visible_from", "-id").values_list("family", "visible_from", "change")
    corrected: dict[int, tuple[datetime, Change]] = {}
    for family, at, change in newest[:CORRECTED_AT_MOST]:
        corrected.setdefault(family, (at, Change(change)))
    return corrected


_CHANGED = {
    Change.CORRECTION: lambda: _("The original was corrected since."),
    Change.CLARIFICATION: lambda: _("The original was clarified since."),
    Change.UPDATE: lambda: _("The original was updated since."),
}


def _languages() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


def _since() -> datetime:
    return timezone.now() - timedelta(days=DAYS)
