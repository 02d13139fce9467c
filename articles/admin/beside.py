"""What stands beside the form of an article: its state, its steps, findings, comments and counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from articles import permissions, text
from articles.enums import DeskState, Severity, Step
from articles.models.article import Article
from articles.models.finding import Finding
from articles.workflow import approvals, checking, machine
from articles.workflow.steps import STEPS

SEVEREST_FIRST = [Severity.BLOCKING, Severity.ERROR, Severity.WARNING, Severity.ADVICE]
COMMENTS_SHOWN = 30

# Where a finding's place is in the form: the id of the input, or of the inline.
PLACES = {"section": "id_section", "body": "id_body", "tags": "id_tags"}
INLINES = {"citations", "quotes", "key_facts", "mentions", "pictures", "credits"}


@dataclass(frozen=True)
class Shown:
    """A finding as the panel shows it."""

    row: Finding
    message: str
    target: str
    field: str
    excerpt: str
    waivable: bool


def panel(article: Article, user: Any) -> dict[str, Any]:
    """Everything the template needs, a fixed number of queries whatever the article holds."""
    open_steps = [STEPS[step] for step in machine.open_steps(article, user)]
    works_on = permissions.works_on(user, article)
    comments = article.comments.select_related("by", "resolved_by").order_by("-at", "-id")
    return {
        "article": article,
        "works_on": works_on,
        "steps": open_steps,
        "main_step": next((rule.step for rule in open_steps if rule.step in MAIN), None),
        "valid": machine.valid_publication(article),
        "scheduled": article.publications.ahead().first(),
        "alone": list(approvals.alone().filter(article=article)) if works_on else [],
        "findings": findings(article, user) if works_on else [],
        "comments": list(comments[:COMMENTS_SHOWN]) if works_on else [],
        "translations": _family(article, user),
        **counts(article.body),
    }


MAIN = (Step.SUBMIT, Step.CLAIM, Step.APPROVE, Step.PUBLISH, Step.REOPEN)


def counts(body: str) -> dict[str, int]:
    """Words and characters of a body, as last saved."""
    plain = text.plain(body)
    return {"words": text.words(plain), "characters": text.characters(plain)}


def findings(article: Article, user: Any) -> list[Shown]:
    """What the copy desk found in the newest revision, the heaviest first."""
    if article.head is None:
        return []
    rows = sorted(
        article.head.findings.select_related("waived_by"),
        key=lambda row: (not row.refuses, not row.found, SEVEREST_FIRST.index(Severity(row.severity)), row.pk),
    )
    editor = bool(permissions.roles_of(user) & permissions.EDITORS) and article.state != DeskState.SPIKED
    return [
        Shown(
            row=row,
            message=checking.message(row),
            target=_target(row.place),
            field=str(row.place.get("field", "")),
            excerpt=str(row.place.get("excerpt") or ""),
            waivable=editor and row.severity != Severity.BLOCKING and row.waived_by_id is None,
        )
        for row in rows
    ]


def _target(place: dict[str, Any]) -> str:
    """The id of the element that a finding's link leads to."""
    field = str(place.get("field", ""))
    if field in INLINES:
        return f"{field}-group"
    return PLACES.get(field, f"id_{field}") if field else "content"


def _family(article: Article, user: Any) -> list[Article]:
    """The other language versions that the user may see."""
    others = Article.objects.visible_to(user).filter(original=article.family_id).exclude(pk=article.pk)
    family = list(others.exclude(state=DeskState.SPIKED).only("pk", "language", "headline", "state"))
    if article.original_id:
        family += (
            Article.objects.visible_to(user).filter(pk=article.original_id).only("pk", "language", "headline", "state")
        )
    return sorted(family, key=lambda row: row.language)
