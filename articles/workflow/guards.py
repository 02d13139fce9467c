"""What refuses a step, each with a reason that a person understands. Guards look; they change nothing but findings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.db.models import F, Q
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from articles import permissions
from articles.enums import Change, CreditRole, DeskState, PublicState, Role, Step, Unnamed
from articles.models.article import Article
from articles.models.publication import Publication
from articles.workflow import checking, revisions
from articles.workflow.steps import STEPS

WITHDRAWN = {PublicState.HELD, PublicState.RETRACTED, PublicState.REMOVED}
Guard = Callable[..., list[str]]


def reasons(step: Step, article: Article, user: Any, **details: Any) -> list[str]:
    """Every reason against *step* now. *details*: ``note``, ``alone``, ``change``, ``visible_from``."""
    found = _note(step, **details)
    for guard in _GUARDS.get(step, ()):
        found += guard(article, user, **details)
    return found


def standing_reasons(step: Step, article: Article, user: Any) -> list[str]:
    """The reasons that no entry on the confirm page could lift."""
    return [reason for guard in _STANDING.get(step, ()) for reason in guard(article, user)]


def embargo_reasons(before: Article, after: Article) -> list[str]:
    """Why a save may not change the embargo as it would."""
    if (before.embargo_until, before.embargo_open) == (after.embargo_until, after.embargo_open):
        return []
    tightened = after.embargo_open or (after.embargo_until is not None and after.embargo_until > timezone.now())
    if not tightened:
        return []
    if Publication.objects.valid().filter(family=before.family_id).exists():
        return [_("The story is public already: an embargo can't be put on it. Hold it instead.")]
    scheduled = Publication.objects.ahead().filter(family=before.family_id).order_by("visible_from").first()
    if scheduled and (after.embargo_open or (after.embargo_until and scheduled.visible_from < after.embargo_until)):
        return [_("The story is scheduled for a time before this embargo ends. Unschedule it first.")]
    return []


def embargo_too_late(article: Article) -> list[str]:
    """Why the embargo with which an article joins the desk can't be: readers have the story, or will before."""
    return embargo_reasons(Article(pk=article.pk, original_id=article.original_id), article)


def cycle_authors(article: Article) -> set[int]:
    """The ids of who wrote since the last publication; of who wrote the head where nobody has."""
    appeared = article.publications.exclude(visible_until=F("visible_from"))  # a schedule called off did not
    last = appeared.order_by("-number").values_list("revision__number", flat=True).first() or 0
    authors = set(article.revisions.filter(number__gt=last).values_list("by", flat=True))
    if not authors and article.head:
        authors = {article.head.by_id}
    return authors


def _note(step: Step, note: str = "", **_details: Any) -> list[str]:
    rule = STEPS[step]
    if rule.note_required and not note.strip():
        return [_("Fill in “%(label)s”.") % {"label": rule.note_label}]
    return []


def _parts(article: Article, _user: Any, **_details: Any) -> list[str]:
    missing = [
        label
        for label, value in (
            (_("headline"), article.headline),
            (_("standfirst"), article.standfirst or article.page),
            (_("body"), article.body),
            (_("section"), article.section_id or article.page),
        )
        if not value
    ]
    return [_("Missing: %(parts)s.") % {"parts": ", ".join(missing)}] if missing else []


def _rests_on_something(article: Article, _user: Any, **_details: Any) -> list[str]:
    if article.page or article.own_reporting or article.citations.exists():
        return []
    return [_("Add a citation, or mark the story as own reporting.")]


def _copy_desk(article: Article, _user: Any, **_details: Any) -> list[str]:
    if article.head is None:
        return [_("Save the story first.")]
    standing = [row for row in checking.examine(article.head) if row.refuses]
    return [_("Copy desk: %(finding)s") % {"finding": checking.message(row)} for row in standing]


def _two_people(article: Article, user: Any, alone: str = "", **_details: Any) -> list[str]:
    if len(cycle_authors(article) | {user.pk}) >= 2:
        return []
    if Role.CHIEF in permissions.roles_of(user):
        return (
            []
            if alone.strip()
            else [_("What would be approved is your work alone: write why nobody else approves it.")]
        )
    return [_("What would be approved is your work alone. Ask a second person to approve it, or a chief editor.")]


def _approved(article: Article, _user: Any, **_details: Any) -> list[str]:
    approved = article.approved
    if approved is None or approved.pk != article.head_id:
        return [_("This text is not approved.")]
    if revisions.digest(revisions.document(article)) != approved.sha256:
        return [_("The text differs from the one that was approved. Save it and have it approved again.")]
    return []


def _no_schedule(article: Article, _user: Any, **_details: Any) -> list[str]:
    scheduled = article.publications.ahead().first()
    if scheduled is None:
        return []
    return [
        _("A publication is scheduled for %(time)s. Unschedule it first.") % {"time": _time(scheduled.visible_from)}
    ]


def _family_is_not_withdrawn(article: Article, _user: Any, **_details: Any) -> list[str]:
    withdrawn = Publication.objects.valid().filter(family=article.family_id, state__in=WITHDRAWN).first()
    if withdrawn is None:
        return []
    return [
        _("The story is %(state)s for readers (%(language)s). Nothing of it can be published now.")
        % {"state": withdrawn.get_state_display(), "language": withdrawn.language}
    ]


def _address_is_free(article: Article, _user: Any, **_details: Any) -> list[str]:
    now = timezone.now()
    taken = Publication.objects.filter(language=article.language, slug=article.slug).exclude(article=article)
    if (taken.valid(now) | taken.ahead(now)).exists():
        return [_("Another story has the slug “%(slug)s”. Choose another one.") % {"slug": article.slug}]
    return []


def _translator_named(article: Article, _user: Any, **_details: Any) -> list[str]:
    """A translation is published with its translator's credit, or with the reason why readers don't see it."""
    if article.original_id is None or article.page:
        return []
    made = [credit for credit in article.credits.all() if CreditRole(credit.role).makes_translation]
    if any(credit.public or credit.unnamed in Unnamed.said() for credit in made):
        return []
    return [_("Nobody is credited as the translator. Add the credit; if readers are not to see it, say why in it.")]


def _change(article: Article, _user: Any, change: str | None = None, note: str = "", **_details: Any) -> list[str]:
    if not has_been_public(article):
        return []
    if change not in Change.chosen():
        return [_("Choose what kind of change this is.")]
    if Change(change).needs_note and not note.strip():
        return [_("Write a note for readers that says what changed.")]
    return []


def _embargo_over(article: Article, _user: Any, at: datetime | None = None, **_details: Any) -> list[str]:
    return _embargo(article, timezone.now())


def _embargo(article: Article, moment: datetime) -> list[str]:
    """An embargo on any language version holds for all of them."""
    family = Article.objects.filter(Q(pk=article.family_id) | Q(original=article.family_id))
    embargoes = list(family.exclude(state=DeskState.SPIKED).values_list("embargo_open", "embargo_until"))
    if any(is_open for is_open, _until in embargoes):
        return [_("The story is under embargo until it is lifted.")]
    ends = max((until for _open, until in embargoes if until), default=None)
    if ends and moment < ends:
        return [_("The story is under embargo until %(time)s.") % {"time": _time(ends)}]
    return []


def _hour(article: Article, _user: Any, visible_from: datetime | None = None, **_details: Any) -> list[str]:
    if visible_from is None:
        return [_("Set the time from which readers see the story.")]
    if visible_from <= timezone.now():
        return [_("That time has passed. Set one that lies ahead, or publish now.")]
    return _embargo(article, visible_from)


def _open_embargo(article: Article, _user: Any, **_details: Any) -> list[str]:
    return _embargo(article, datetime.max.replace(tzinfo=UTC))


def _is_scheduled(article: Article, _user: Any, **_details: Any) -> list[str]:
    return [] if article.publications.ahead().exists() else [_("Nothing is scheduled.")]


def _never_published(article: Article, _user: Any, **_details: Any) -> list[str]:
    if article.publications.ahead().exists() or has_been_public(article):
        return [_("The story has been published or is scheduled; it can be held, retracted or removed, not spiked.")]
    return []


def _one_active_translation(article: Article, _user: Any, **_details: Any) -> list[str]:
    if article.original_id is None:
        return []
    twin = Article.objects.filter(original=article.original_id, language=article.language)
    if twin.exclude(pk=article.pk).exclude(state=DeskState.SPIKED).exists():
        return [_("There is another translation of this story into that language by now.")]
    return []


def _one_page_of_a_kind(article: Article, _user: Any, **_details: Any) -> list[str]:
    return page_taken(article)


def page_taken(article: Article) -> list[str]:
    """Why a newsroom page can't join the desk: its kind is there in that language."""
    if not article.page:
        return []
    twin = Article.objects.filter(page=article.page, language=article.language).exclude(pk=article.pk)
    if twin.exclude(state=DeskState.SPIKED).exists():
        return [_("There is a page “%(page)s” in that language already.") % {"page": article.get_page_display()}]
    return []


def has_been_public(article: Article) -> bool:
    """Whether readers have ever seen the article."""
    return article.publications.ever_public().exists()


def _time(moment: datetime) -> str:
    return str(formats.date_format(timezone.localtime(moment), "DATETIME_FORMAT"))


_BEFORE_PUBLICATION: tuple[Guard, ...] = (
    _approved, _parts, _rests_on_something, _no_schedule, _family_is_not_withdrawn, _address_is_free,
    _translator_named, _copy_desk,
)  # fmt: skip
_STANDING: dict[Step, tuple[Guard, ...]] = {
    Step.SUBMIT: (_parts, _rests_on_something),
    Step.APPROVE: (_copy_desk,),
    Step.PUBLISH: (*_BEFORE_PUBLICATION, _embargo_over),
    Step.SCHEDULE: (*_BEFORE_PUBLICATION, _open_embargo),
    Step.UNSCHEDULE: (_is_scheduled,),
    Step.SPIKE: (_never_published,),
    Step.UNSPIKE: (_one_active_translation, _one_page_of_a_kind),
}
_GUARDS: dict[Step, tuple[Guard, ...]] = {
    **_STANDING,
    Step.APPROVE: (*_STANDING[Step.APPROVE], _two_people),
    Step.PUBLISH: (*_STANDING[Step.PUBLISH], _change),
    Step.SCHEDULE: (*_BEFORE_PUBLICATION, _hour, _change),
}
