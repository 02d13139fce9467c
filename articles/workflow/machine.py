"""How a step is taken: lock, compare the version, ask the table and the guards, write the state and the log."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import permissions
from articles.enums import DeskState, PublicState, Step
from articles.errors import NotAllowed, Refused, Stale, WrongState
from articles.models.article import Article
from articles.models.publication import Publication
from articles.models.transition import Transition
from articles.signals import stepped
from articles.workflow import guards
from articles.workflow.steps import STEPS, StepRule

# States in which an approval stands.
APPROVED_STATES = {DeskState.READY, DeskState.PUBLISHED}
STATE_COLUMNS = [
    "state", "claimed_by", "approved", "approved_by", "approved_at", "approved_alone", "head", "version", "changed_at",
]  # fmt: skip


@dataclass
class Act:
    """A step under way, on the locked row. ``note`` and ``at`` may be set until the block ends."""

    article: Article
    rule: StepRule
    by: Any
    from_state: DeskState
    note: str = ""
    at: datetime = field(default_factory=timezone.now)


@contextmanager
def acting(
    step: Step,
    article: Article,
    *,
    by: Any,
    version: int,
    note: str = "",
    at: datetime | None = None,
    **details: Any,
) -> Iterator[Act]:
    """One transaction in which *by* takes *step*; the block does what is special to it.

    *version* is the one that the screen was drawn for, *at* (aware) the moment, *details* what the guards look
    at besides. Raises ``Stale``, ``WrongState``, ``NotAllowed`` or ``Refused``; then nothing is changed.
    """
    note = note.strip()
    with transaction.atomic():
        row = locked(article.pk)
        if row.version != version:
            raise Stale(row)
        rule = STEPS[step]
        right = allowed(rule, row, by)
        if reasons := guards.reasons(step, row, by, note=note, at=at, **details):
            raise Refused(*reasons)
        act = Act(row, rule, by, DeskState(row.state), note)
        if at is not None:
            act.at = at
        row.state = right.to or rule.to or row.state
        yield act
        settle(row)
        log(act)


def locked(pk: int) -> Article:
    """The article's row, locked with the whole family until the transaction ends."""
    family = Article.objects.only("original").get(pk=pk).family_id
    return next(row for row in locked_family(family) if row.pk == pk)


def locked_family(family: int) -> list[Article]:
    """All language versions of a story, locked in the order of their ids.

    SQLite's write transaction is the lock. One lock for the whole story, since guards read the other versions
    too: an embargo or a hold on one of them holds for all. Rows that refer to an article don't wait for it.
    """
    rows = Article.objects.select_for_update(of=("self",), no_key=True)
    return list(rows.filter(Q(pk=family) | Q(original=family)).order_by("pk"))


def allowed(rule: StepRule, row: Article, by: Any) -> permissions.Right:
    """The right by which the step may be taken; raises where there is none, or where the states forbid it."""
    if row.state not in rule.from_states:
        raise WrongState(
            _("The story is “%(state)s” now; “%(step)s” is not possible from there.")
            % {"state": row.get_state_display(), "step": rule.step.label}
        )
    right = permissions.right(by, rule.step, row)
    if right is None:
        raise NotAllowed
    if rule.public is not None and public_state(row) not in rule.public:
        raise WrongState(
            _("Readers don't see the story in a state that allows “%(step)s”.") % {"step": rule.step.label}
        )
    return right


def settle(row: Article) -> None:
    """Writes the workflow's columns: a claim stands only while editing, an approval only while ready or published."""
    if row.state != DeskState.EDITING:
        row.claimed_by = None
    if row.state not in APPROVED_STATES:
        row.approved = row.approved_by = row.approved_at = None
        row.approved_alone = ""
    row.version += 1
    row.changed_at = timezone.now()
    row.save(update_fields=STATE_COLUMNS)


def log(act: Act) -> Transition:
    """Appends to the log and tells the apps above once the transaction is committed."""
    row = act.article
    transition = Transition.objects.create(
        article=row,
        step=act.rule.step,
        from_state=act.from_state,
        to_state=row.state,
        by=act.by,
        at=act.at,
        note=act.note,
        revision=row.head,
        sha256=row.head.sha256 if row.head else "",
    )
    transaction.on_commit(partial(stepped.send_robust, sender=Article, article=row, transition=transition), robust=True)
    return transition


def valid_publication(row: Article, at: datetime | None = None) -> Publication | None:
    """What readers get of the article at *at* (default now)."""
    return row.publications.valid(at).first()


def public_state(row: Article, at: datetime | None = None) -> PublicState | None:
    """The state of what readers get, None where they get nothing."""
    publication = valid_publication(row, at)
    return PublicState(publication.state) if publication else None


def open_steps(article: Article, user: Any, rules: Collection[StepRule] = STEPS.values()) -> list[Step]:
    """What of *rules* the user may do now, in their order. Guards may still refuse, with a reason."""
    allowed = {rule.step: rule for rule in rules if permissions.may(user, rule.step, article)}
    asks_readers = any(rule.public is not None for rule in allowed.values())
    public = public_state(article) if asks_readers else None
    scheduled = bool(allowed.keys() & {Step.UNSCHEDULE, Step.SPIKE}) and article.publications.ahead().exists()
    shown = []
    for rule in allowed.values():
        if rule.public is not None and public not in rule.public:
            continue
        if rule.step == Step.UNSCHEDULE and not scheduled:
            continue
        if rule.step == Step.SPIKE and (scheduled or article.publications.ever_public().exists()):
            continue
        shown.append(rule.step)
    return shown
