"""Taking a story away from readers, in every language at once: hold, release, retract, remove."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from articles.enums import Change, DeskState, PublicState, Step
from articles.models.article import Article
from articles.models.publication import Publication
from articles.workflow import machine, publishing
from articles.workflow.machine import Act, acting
from articles.workflow.steps import STEPS

# What a row that takes the story's place keeps of the row before it.
KEPT = (
    "language", "original_language", "made_from", "page", "section", "slug", "first_published", "updated", "revision",
)  # fmt: skip
# What a release brings back besides.
TEXT = ("kicker", "headline", "standfirst", "dateline", "body", "story", "lead_picture", "lead_alt", "byline")
Columns = Callable[[Publication], dict[str, Any]]


def hold(article: Article, *, by: Any, version: int, note: str) -> Article:
    """Shows a notice in place of the story while it is checked. *note* is for the desk."""
    return _withdraw(
        Step.HOLD, article, by, version, note, lambda _row: {"state": PublicState.HELD, "change": Change.HOLD}
    )


def release(article: Article, *, by: Any, version: int, note: str) -> Article:
    """Shows again what readers saw before the hold. *note* is for the desk."""
    return _withdraw(Step.RELEASE, article, by, version, note, _as_before_hold)


def retract(
    article: Article, *, by: Any, version: int, note: str, in_languages: Mapping[str, str] | None = None
) -> Article:
    """Leaves the headline, the dates and *note*, which readers see, at the address; the text is gone for good.

    *in_languages* has the note for versions in other languages: language → note. Where one lacks, *note* stands.
    """
    notes = {language: said.strip() for language, said in (in_languages or {}).items() if said.strip()}
    return _withdraw(
        Step.RETRACT, article, by, version, note,
        lambda row: {
            "state": PublicState.RETRACTED, "change": Change.RETRACTION,
            "note": notes.get(row.language, note.strip()), "headline": _last_live(row).headline,
        },
    )  # fmt: skip


def remove(article: Article, *, by: Any, version: int, note: str) -> Article:
    """Leaves nothing: the address answers 410. *note* is the legal reference, for the desk."""
    return _withdraw(
        Step.REMOVE,
        article,
        by,
        version,
        note,
        lambda _row: {"state": PublicState.REMOVED, "change": Change.REMOVAL},
    )


def _withdraw(step: Step, article: Article, by: Any, version: int, note: str, columns: Columns) -> Article:
    """Takes *step* on the article and on every other language version, in one transaction."""
    rule = STEPS[step]
    with transaction.atomic():
        family = machine.locked_family(article.family_id)
        with acting(step, article, by=by, version=version, note=note) as act:
            act.at = at = publishing.next_moment(*family)
            for member in family:
                if member.pk == act.article.pk:
                    _replace(act, act.article, at, columns)
                    continue
                other = Act(member, rule, by, DeskState(member.state), act.note, at)
                if _replace(other, member, at, columns):
                    machine.settle(member)
                    machine.log(other)
    return act.article


def _replace(act: Act, member: Article, at: datetime, columns: Columns) -> bool:
    """Cancels the member's schedule and replaces what readers get of it; False where neither was there."""
    cancelled = act.rule.step != Step.RELEASE and publishing.cancel_schedule(member) is not None
    valid = machine.valid_publication(member, at)
    if valid is None or (act.rule.public and valid.state not in act.rule.public):
        return cancelled
    kept = {name: getattr(valid, name) for name in KEPT}
    publishing.replace(valid, article=member, by=act.by, visible_from=at, **{**kept, **columns(valid)})
    return True


def _as_before_hold(held: Publication) -> dict[str, Any]:
    before = _last_live(held)
    return {
        "state": PublicState.LIVE,
        "change": Change.RELEASE,
        **{name: getattr(before, name) for name in TEXT},
    }


def _last_live(row: Publication) -> Publication:
    """What readers last saw of the story: *row* itself while it is live."""
    if row.state == PublicState.LIVE:
        return row
    return row.article.publications.ever_public().filter(state=PublicState.LIVE).order_by("-number")[0]
