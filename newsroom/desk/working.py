"""Queues of stories being worked on, each read from an index by desk state, never from the archive."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from articles.enums import DeskState, Step
from articles.models.article import Article, ArticleQuerySet
from articles.models.asking import there_is
from articles.models.credit import Credit
from articles.models.publication import Publication
from articles.models.transition import Transition
from newsroom.desk.queue import COLUMNS, Queue, cut, from_article, from_publication

AT_THE_DESK = (DeskState.SUBMITTED, DeskState.EDITING, DeskState.READY)


def mine(user: Any, limit: int) -> Queue:
    """What I have claimed, and my drafts, those handed back to me with the comment."""
    stories = _stories(user).order_by("-changed_at", "-id")
    claimed = stories.filter(state=DeskState.EDITING, claimed_by=user)
    drafts = stories.filter(_own(user), state=DeskState.DRAFT, in_translation=False)  # the others are among the jobs
    articles = [*claimed[: limit + 1], *drafts[: limit + 1]]  # together, the archive would be walked for both
    articles.sort(key=lambda article: (article.changed_at, article.pk), reverse=True)
    comments = _handed_back(articles[: limit + 1])
    rows = [
        from_article(
            article,
            label=_("handed back") if article.pk in comments else "",
            facts=[_("you edit it") if article.state == DeskState.EDITING else _("your draft")],
            note=comments.get(article.pk, ""),
        )
        for article in articles[: limit + 1]
    ]
    return Queue("mine", _("Mine"), _("Nothing is waiting for you."), **cut(rows, limit))


def sent_in(user: Any, limit: int) -> Queue:
    """Where the stories are that a writer has sent to the desk."""
    stories = _stories(user).filter(_own(user), state__in=AT_THE_DESK).order_by("-changed_at", "-id")
    rows = (from_article(article, facts=[article.get_state_display()]) for article in stories[: limit + 1])
    return Queue("sent", _("At the desk"), _("None of your stories is at the desk."), **cut(rows, limit))


def waiting(user: Any, limit: int) -> Queue:
    """Sent in and claimed by nobody, the oldest first."""
    stories = _stories(user).filter(state=DeskState.SUBMITTED).order_by("changed_at", "id")
    rows = (
        from_article(article, label=_("sent in"), facts=[str(article.created_by)]) for article in stories[: limit + 1]
    )
    return Queue("waiting", _("Waiting"), _("No story is waiting for an editor."), **cut(rows, limit))


def in_other_hands(user: Any, limit: int) -> Queue:
    """What others edit now."""
    stories = _stories(user).filter(state=DeskState.EDITING).exclude(claimed_by=user)
    rows = (
        from_article(article, facts=[_("%(name)s edits it") % {"name": article.claimed_by}])
        for article in stories.order_by("-changed_at", "-id")[: limit + 1]
    )
    return Queue("editing", _("In other hands"), _("Nobody else edits a story."), **cut(rows, limit))


def ready(user: Any, limit: int) -> Queue:
    """Approved and not published yet."""
    stories = _stories(user).filter(state=DeskState.READY).order_by("-changed_at", "-id")
    rows = (from_article(article, label=_("approved")) for article in stories[: limit + 1])
    return Queue("ready", _("Ready"), _("No approved story waits to be published."), **cut(rows, limit))


def scheduled(user: Any, limit: int) -> Queue:
    """What readers will get, the next one first."""
    ahead = Publication.objects.ahead().order_by("visible_from", "id").for_lists().select_related("section")
    seen = ahead.filter(Exists(Article.objects.visible_to(user).filter(pk=OuterRef("article"))))
    rows = (from_publication(row, label=_("appears")) for row in seen[: limit + 1])
    return Queue("scheduled", _("Scheduled"), _("Nothing is scheduled."), **cut(rows, limit))


def _stories(user: Any) -> ArticleQuerySet:
    seen = Article.objects.visible_to(user)
    return seen.select_related("section", "claimed_by", "created_by").only(*COLUMNS)


def _own(user: Any) -> Q:
    return Q(created_by=user) | there_is(Credit.objects.of_user(user).filter(article=OuterRef("pk")))


def _handed_back(articles: list[Article]) -> dict[int, str]:
    """The comment with which each draft came back, by article; one query for all."""
    drafts = [article.pk for article in articles if article.state == DeskState.DRAFT]
    steps = Transition.objects.filter(article__in=drafts, to_state=DeskState.DRAFT).exclude(step=Step.SAVE)
    comments: dict[int, str] = {}
    for step in steps.select_related("by").order_by("at", "id"):  # the last one made it the draft that it is
        comments.pop(step.article_id, None)
        if step.step == Step.HAND_BACK:
            comments[step.article_id] = f"{step.by}: {step.note}"
    return comments
