"""What readers get, and from when: publish, schedule, unschedule.

A Publication is a row with a period. Publishing ends the period of the row before it; scheduling lets the next
period begin later, so that it appears at its time whether or not any worker runs.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.delivery import purging
from articles.enums import Change, DeskState, PublicState, Step
from articles.errors import Refused
from articles.media.tasks import tidy_cards
from articles.models.article import Article
from articles.models.publication import Publication
from articles.search import entries
from articles.workflow import freezing, guards, machine
from articles.workflow.machine import acting

TELLING = frozenset(kind for kind in Change.chosen() if kind.needs_note)
"""Changes that readers are told of."""


def publish(
    article: Article,
    *,
    by: Any,
    version: int,
    change: str | None = None,
    note: str = "",
    at: datetime | None = None,
    up_to_date: bool = False,
) -> Article:
    """Shows the approved text to readers now.

    After the first time *change* (one of ``Change.chosen()``) and, but for a refile or a metadata change, a
    *note* for readers are required. *up_to_date* says that a translation's text says what readers have of the original
    now, though it was changed without the translation desk. *at* (aware, in the past) backdates a first publication that is taken over
    from elsewhere; the desk never gives it.
    """
    if at is not None and (at > timezone.now() or guards.has_been_public(article)):
        raise ValueError("only a first publication is backdated, and to the past")
    with acting(Step.PUBLISH, article, by=by, version=version, note=note, change=change, at=at) as act:
        if up_to_date:
            _bring_up_to_date(act.article)
        act.at = add(act.article, by=by, visible_from=at, change=change, note=act.note).visible_from
    return act.article


def schedule(
    article: Article,
    *,
    by: Any,
    version: int,
    visible_from: datetime,
    change: str | None = None,
    note: str = "",
    up_to_date: bool = False,
) -> Article:
    """Lets the approved text appear at *visible_from* (aware), which lies ahead and not before the embargo's end."""
    with acting(
        Step.SCHEDULE, article, by=by, version=version, note=note, change=change, visible_from=visible_from
    ) as act:
        if up_to_date:
            _bring_up_to_date(act.article)
        add(act.article, by=by, visible_from=visible_from, change=change, note=act.note)
    return act.article


def unschedule(article: Article, *, by: Any, version: int) -> Article:
    """Cancels the scheduled publication: its period becomes empty, and the row before it goes on."""
    with acting(Step.UNSCHEDULE, article, by=by, version=version) as act:
        cancel_schedule(act.article)
    return act.article


def next_moment(*articles: Article) -> datetime:
    """Now, but later than the beginning of what readers get of these articles, were a host's clock behind."""
    now = timezone.now()
    begun = [row.visible_from for row in Publication.objects.valid(now).filter(article__in=[a.pk for a in articles])]
    return max([now, *(moment + timedelta(microseconds=1) for moment in begun)])


def add(article: Article, *, by: Any, visible_from: datetime | None, change: str | None, note: str) -> Publication:
    """A live Publication of the article's head from *visible_from* (else now) on; ends the one valid then."""
    head = article.head
    if head is None:
        raise ValueError("the guards let nothing pass that has no head")
    columns = freezing.freeze(head.document)
    visible_from = visible_from or next_moment(article)  # read late, so that it is not past when it is written
    previous = machine.valid_publication(article, visible_from)
    seen = article.publications.ever_public().order_by("-number").first()
    kind = Change(change) if seen and change else Change.FIRST
    return replace(
        previous,
        by=by,
        article=article,
        revision=head,
        change=kind,
        note=note if seen else "",
        visible_from=visible_from,
        original_language=article.original.language if article.original else "",
        made_from=_made_from(article, seen, kind, visible_from),
        first_published=seen.first_published if seen else visible_from,
        updated=visible_from if kind.moves_updated or not seen else seen.updated,
        **columns,
    )


def missed(article: Article) -> Publication | None:
    """What readers were last told of a translation's original that the text, as far as anybody kept account, doesn't say.

    None where it says everything, or is no translation.
    """
    if article.original is None:
        return None
    seen = article.publications.ever_public().order_by("-number").first()
    if seen is None and article.made_from_id is None:
        return None  # it will be made from what readers have then
    made_from = _made_from(article, seen, Change.REFILE, timezone.now())
    if made_from is None:
        return None
    told = article.original.publications.ever_public().filter(number__gt=made_from.number, change__in=TELLING)
    return told.order_by("-number").first()


def _bring_up_to_date(article: Article) -> None:
    """The text is taken to be made from what readers have of the original now."""
    valid = machine.valid_publication(article.original) if article.original else None
    if valid is not None and valid.state == PublicState.LIVE:
        article.made_from = valid.revision
        article.save(update_fields=["made_from"])


def _made_from(article: Article, seen: Publication | None, kind: Change, at: datetime) -> Publication | None:
    """The publication of the original whose text a translation says; readers are told what came after it.

    Where the translation desk kept account of it, the newest of that text, whichever kind of change this is. Else what
    readers have of the original then; but a refile or a metadata change brings nothing up to date.
    """
    if article.original is None:
        return None
    if article.made_from_id is None and seen is not None and not kind.needs_note:
        return seen.made_from
    rows = article.original.publications.ever_public(at).order_by("-number")
    if article.made_from_id is None:
        return rows.filter(state=PublicState.LIVE).first()
    exact = rows.filter(revision=article.made_from_id).first()
    return exact or rows.filter(revision__number__lte=article.made_from.number).first()  # type: ignore[union-attr]


def replace(previous: Publication | None, *, article: Article, visible_from: datetime, **columns: Any) -> Publication:
    """Ends *previous* at *visible_from* and adds the row that follows it."""
    if previous is not None:
        Publication.objects.filter(pk=previous.pk).update(visible_until=visible_from)
    last = article.publications.order_by("-number").values_list("number", flat=True).first() or 0
    try:
        with transaction.atomic():
            publication = Publication.objects.create(
                article=article,
                family=article.family_id,
                number=last + 1,
                visible_from=visible_from,
                **columns,
            )
    except IntegrityError as error:
        if "publication_slug_once" not in str(error):
            raise
        raise Refused(
            _("Another story took the slug “%(slug)s” a moment ago. Choose another one.") % {"slug": columns["slug"]}
        ) from error
    if publication.story:
        freezing.link(publication)
    entries.refresh(article.pk)
    purging.replaced(previous, publication)
    tidy_cards.enqueue(article.pk)
    return publication


def cancel_schedule(article: Article) -> Publication | None:
    """Empties the period of the schedule that stands, if any; the row before it goes on. The caller holds the lock."""
    scheduled = article.publications.ahead().first()
    if scheduled is None:
        return None
    before = article.publications.filter(visible_until=scheduled.visible_from, visible_from__lt=scheduled.visible_from)
    Publication.objects.filter(pk=scheduled.pk).update(visible_until=scheduled.visible_from)
    before.update(visible_until=None)
    entries.refresh(article.pk)
    purging.cancelled(scheduled)
    tidy_cards.enqueue(article.pk)
    if article.state == DeskState.PUBLISHED and article.approved_id == article.head_id:
        article.state = DeskState.READY
    return scheduled
