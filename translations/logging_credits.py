"""Logging a credit by hand, for work that the road did not see; another person decides."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.enums import CreditRole
from articles.errors import NotAllowed, Refused, WrongState
from articles.models.article import Article
from articles.models.contributor import Contributor
from articles.permissions import roles_of
from translations import ledger
from translations.counting import count, visible
from translations.enums import Basis, EntryKind, LogState
from translations.models.ledger import BOOKED, LedgerEntry
from translations.models.work import LoggedWork
from translations.permissions import LOG_CREDITS, may_decide


def byline_of(user: Any) -> Contributor | None:
    return Contributor.objects.filter(user=user.pk).first()


def log(work: LoggedWork, *, by: Any) -> LoggedWork:
    """Keeps what *by* logs for their own byline, counted anew where there is a text. It waits for an editor.

    Of a story of ours the text is the story's own as it stands; else it is the one that was pasted, or the figures that
    were typed. Raises ``NotAllowed`` or ``Refused``.
    """
    byline = byline_of(by)
    if not roles_of(by) & LOG_CREDITS or byline is None:
        raise NotAllowed(
            _("Credits are logged for a byline, and you have none. Ask an editor to add you to the contributors.")
        )
    work.contributor, work.created_by, work.state = byline, by, LogState.WAITING
    if work.article is not None:
        _take_from(work, work.article, by)
    if work.done_on > ledger.today():
        raise Refused(_("The work was done today at the latest: correct the date."))
    if CreditRole(work.role).makes_translation and work.source_language == work.target_language:
        raise Refused(_("Nothing was translated: the languages are the same. Choose the translation, or another role."))
    if work.text:
        for name, value in count(work.text).as_columns().items():
            setattr(work, name, value)
    if not 0 < work.share <= 1:
        raise Refused(_("A share is more than 0 and not more than 1, such as 0.5."))
    if not (work.words and work.characters and work.characters_no_spaces):
        raise Refused(_("Paste the text, or type its words and its characters with and without spaces."))
    if not work.words <= work.characters_no_spaces <= work.characters:
        raise Refused(_("The figures don't fit each other: words, characters without spaces and with them only grow."))
    work.save(force_insert=True)
    return work


def _take_from(work: LoggedWork, article: Article, by: Any) -> None:
    """Headline, languages and text out of a story that *by* may see; a pasted text is left as it is."""
    if not Article.objects.visible_to(by).filter(pk=article.pk).exists() or article.head is None:
        raise NotAllowed(_("You can't see that story. Choose another, or give its address."))
    work.title = article.headline[:200]
    work.target_language = article.language
    work.source_language = article.original.language if article.original else article.language
    if not work.text:
        work.basis, work.text = Basis.TARGET, visible(article.head.document)


def approve(logged: LoggedWork, *, by: Any) -> LedgerEntry:
    """Enters the work into the ledger. The story's credit is the editor's business: see ``credited``."""
    with transaction.atomic():
        row = _decided(logged, by, LogState.APPROVED)
        ledger.lock()
        _not_entered_yet(row)
        _within_the_whole(row)
        columns = {"job": row.job, "round": row.round, "article": row.article, "url": row.url}
        work = ledger.Work(
            contributor=row.contributor, role=row.role, source_language=row.source_language,
            target_language=row.target_language, title=row.title, day=row.done_on, texts={row.basis: row.text},
            columns=columns, urgent=row.job is not None and row.job.urgent,
            special=row.job is not None and row.job.special,
            share=row.share, bands=row.bands or None, methods=row.methods,
        )  # fmt: skip
        return ledger.enter(work, by=by, at=timezone.now(), logged=row)


def entered_already(logged: LoggedWork) -> LedgerEntry | None:
    """The entry of the same work that the ledger has and nobody reversed, by whichever road it came there.

    What the translation desk itself made wait is compared with its own round, and in the first with what was logged.
    """
    rows = LedgerEntry.objects.filter(kind__in=BOOKED, contributor=logged.contributor_id, role=logged.role)
    rows = rows.exclude(corrections__kind=EntryKind.REVERSAL).order_by("seq")
    if logged.job_id:
        same = Q(job=logged.job_id, round=logged.round)
        rows = rows.filter(same | Q(article=logged.article_id, job=None) if logged.round == 1 else same)
    elif logged.article_id:
        rows = rows.filter(article=logged.article_id)
    else:
        rows = rows.filter(article=None, url=logged.url)
    return rows.first()


def _not_entered_yet(row: LoggedWork) -> None:
    entry = entered_already(row)
    if entry is not None:
        raise Refused(
            _(
                "The ledger has this work already: entry № %(number)s. Decline the credit; where more was done, a chief"
                " editor adjusts that entry."
            )
            % {"number": entry.seq}
        )


def _within_the_whole(row: LoggedWork) -> None:
    """Refuses a share that makes more than the whole with those that the ledger has of the same work."""
    of: dict[str, Any] = {"article": row.article} if row.article else {"article": None, "url": row.url}
    there = ledger.shares(row.role, round=row.round, **of)
    if there + row.share > 1:
        raise Refused(
            _(
                "Of this work the ledger has %(there)s already, and with %(share)s it would be more than the whole."
                " Decline the credit, so that it is logged with its share; or a chief editor reverses an entry first."
            )
            % {"there": f"{there.normalize():f}", "share": f"{row.share.normalize():f}"}
        )


def decline(logged: LoggedWork, *, by: Any, reason: str) -> LoggedWork:
    """Sends it back with a reason, which its contributor reads."""
    if not reason.strip():
        raise Refused(_("Write the reason: the contributor reads it."))
    with transaction.atomic():
        return _decided(logged, by, LogState.DECLINED, reason.strip())


def _decided(logged: LoggedWork, by: Any, state: LogState, reason: str = "") -> LoggedWork:
    row = (
        LoggedWork.objects.select_for_update(of=("self",))
        .select_related("contributor", "article", "job")
        .get(pk=logged.pk)
    )
    if not may_decide(by, row):
        raise NotAllowed(_("Another editor decides on this credit: nobody approves their own."))
    if row.state != LogState.WAITING:
        raise WrongState(_("The credit is “%(state)s” already.") % {"state": row.get_state_display()})
    row.state, row.decided_by, row.decided_at, row.reason = state, by, timezone.now(), reason[:500]
    row.save(update_fields=["state", "decided_by", "decided_at", "reason"])
    return row


def credited(logged: LoggedWork) -> bool:
    """Whether the story's credits name the contributor in that role."""
    if logged.article is None:
        return True
    return logged.article.credits.filter(contributor=logged.contributor, role=logged.role).exists()
