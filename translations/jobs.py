"""The road of a translation: requested, accepted, translated, delivered, revised, accepted for the desk.

Each act has one way in here. It locks the story's family, compares the version that the screen was drawn for, asks the
table and the guards, and writes the state and the log in one transaction. ``docs/translation-desk.md`` shows the steps.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from articles.enums import CreditRole, DeskState, PublicState
from articles.errors import DeskError, NotAllowed, Refused
from articles.models.article import Article
from articles.models.contributor import Contributor
from articles.models.revision import Revision
from articles.permissions import EDITORS, roles_of
from articles.workflow import filing, lending, machine
from translations import claims, cutting, drafting, permissions, signals, working_copy
from translations.acting import Act, acting, let_go, locked, log, not_taken, not_theirs, offer, put_aside, settle
from translations.enums import Freshness, JobState, JobStep, SegmentState
from translations.models.job import Job
from translations.models.segment import Segment
from translations.segmenting import plain
from translations.steps import STEPS

BASIS = (DeskState.READY, DeskState.PUBLISHED)  # what is asked for is translated from a text that was approved


@dataclass(frozen=True)
class Obstacle:
    """What stands against a delivery, in one sentence; ``segment`` is the id of the one that it is about, if of one."""

    said: str
    segment: int | None = None

    def __str__(self) -> str:
        return self.said


Guard = Callable[[Job], list[Obstacle]]  # who checks translations adds itself
ON_DELIVERY: list[Guard] = []
# What is said of an acceptance, beforehand and in the log: who has something to say adds itself.
TOLD_AT_FINISH: list[Callable[[Job], list[str]]] = []


def open_steps(job: Job, user: Any) -> list[JobStep]:
    """What the user may do with the job now, in the order of the table. Guards may still refuse, with a reason."""
    steps = [step for step in STEPS if permissions.may(user, step, job)]
    if job.state == JobState.DONE:
        if job.freshness == Freshness.FRESH and JobStep.RENEW in steps:
            steps.remove(JobStep.RENEW)
        if JobStep.CANCEL in steps and not put_aside(job):
            steps.remove(JobStep.CANCEL)
    return steps


def people(job: Job) -> Iterable[Any]:
    """Who may write in the segments now."""
    if job.state in permissions.WRITING:
        return [one for one in [job.translator, *job.helpers.all()] if one is not None]
    return [job.reviser] if job.state == JobState.REVISING and job.reviser is not None else []


# Asking for a translation


def request(
    original: Article,
    *,
    languages: Collection[str],
    by: Any,
    translator: Any = None,
    due: datetime | None = None,
    brief: str = "",
    urgent: bool = False,
    special: bool = False,
) -> list[Job]:
    """Asks for the story in each of the *languages*, of *translator* or of all who know the language.

    A translation of a translation is one of its original. All are asked for, or none: raises ``NotAllowed`` or
    ``Refused``.
    """
    if not permissions.may_request(by):
        raise NotAllowed
    return _request(original, languages, by, translator, due=due, brief=brief.strip(), urgent=urgent, special=special)


def take(original: Article, *, language: str, by: Any) -> Job:
    """A translator takes a story that nobody has asked for: request and acceptance in one act."""
    if not permissions.may_take(by):
        raise NotAllowed
    with transaction.atomic():
        job = _request(original, [language], by, by)[0]
        return accept(job, by=by, version=job.version)


def languages_left(original: Article) -> list[tuple[str, str]]:
    """The newsroom's languages in which the story is neither there nor asked for: code and name."""
    source = original.original or original
    there = Article.objects.filter(original=source).exclude(state=DeskState.SPIKED)
    asked = Job.objects.filter(original=source).exclude(state=JobState.CANCELLED)
    taken = {source.language, *there.values_list("language", flat=True), *asked.values_list("language", flat=True)}
    return [(code, str(name)) for code, name in settings.LANGUAGES if code not in taken]


def _request(original: Article, languages: Collection[str], by: Any, translator: Any, **columns: Any) -> list[Job]:
    source = original.original or original
    if not Article.objects.visible_to(by).filter(pk=source.pk).exists():
        raise NotAllowed
    try:
        with transaction.atomic():
            machine.locked_family(source.pk)
            source = Article.objects.get(pk=source.pk)
            if reasons := [*_not_to_translate(source, languages), *not_theirs(translator, languages)]:
                raise Refused(*reasons)
            return [_ask(source, code, by, translator, columns) for code in languages]
    except IntegrityError as error:
        if "job_once_per_language" not in str(error) and "translations_job.original_id" not in str(error):
            raise
        raise Refused(_("Somebody asked for this translation a moment ago. Look at the list of jobs.")) from error


def _ask(source: Article, language: str, by: Any, translator: Any, columns: dict[str, Any]) -> Job:
    job = Job.objects.create(
        original=source, language=language, base=newest(source), requested_by=by, translator=translator, **columns
    )
    cutting.prepare(job)
    act = Act(job, STEPS[JobStep.REQUEST], by, JobState.REQUESTED, JobState.REQUESTED, columns.get("brief", ""))
    log(act, from_state="")
    return job


def newest(original: Article) -> Revision:
    """The text of the original that is translated: what readers have, else what is approved. ``Refused`` where there
    is neither."""
    valid = machine.valid_publication(original)
    if valid is not None and valid.state != PublicState.LIVE:
        raise Refused(
            _("The original is %(state)s for readers: it can’t be translated now.")
            % {"state": valid.get_state_display()}
        )
    if valid is not None:
        return valid.revision
    if original.state in BASIS and original.head is not None:
        return original.head
    raise Refused(_("The story is not approved yet. Ask for translations once it is ready."))


def _not_to_translate(source: Article, languages: Collection[str]) -> list[str]:
    if source.page:
        return [_("A newsroom page is translated as a page: use “Translate into…”.")]
    if not languages:
        return [_("Choose at least one language.")]
    names = dict(settings.LANGUAGES)
    left = {code for code, _name in languages_left(source)}
    if unknown := [code for code in languages if code not in names]:
        return [_("These are none of the newsroom's languages: %(codes)s.") % {"codes": ", ".join(unknown)}]
    taken = [str(names[code]) for code in languages if code not in left]
    if not taken:
        return []
    return [_("The story is there or asked for already in: %(languages)s.") % {"languages": ", ".join(taken)}]


# Taking it, giving it back


def accept(job: Job, *, by: Any, version: int) -> Job:
    """The work is *by*'s; the working copy is made, or taken back from the desk."""
    with acting(JobStep.ACCEPT, job, by=by, version=version) as act:
        row = act.job
        if not Contributor.objects.filter(user=by.pk).exists():
            raise Refused(_("You have no byline to be credited under. Ask an editor to add you as a contributor."))
        row.translator = by
        row.claimed_until = claims.until()
        if row.article is None:
            row.article = drafting.begin_from(row.base, language=row.language, by=by)
            row.known = row.article.head
        elif row.article.claimed_by_id not in {None, by.pk}:
            raise Refused(
                _("%(name)s edits the translation at the desk now. Agree with them first.")
                % {"name": row.article.claimed_by}
            )
        if not row.article.in_translation:
            if row.known is not None and row.known != row.article.head:  # the desk wrote in it since the round began
                act.note = "\n".join(not_taken(working_copy.take_in(row, since=row.known)))
            lending.lend(row.article, by=by)
        if Segment.objects.filter(job=row).exclude(target="", omitted="").exists():
            act.to = JobState.TRANSLATING
    return act.job


def decline(job: Job, *, by: Any, version: int, note: str = "") -> Job:
    """The work is offered to all who know the language; what is translated stays, with its authors."""
    with acting(JobStep.DECLINE, job, by=by, version=version, note=note) as act:
        if act.from_state != JobState.REQUESTED and not act.note:
            raise Refused(_("Say why you give the translation back."))
        offer(act.job, None)
    return act.job


def reassign(
    job: Job,
    *,
    by: Any,
    version: int,
    translator: Any = None,
    due: datetime | None = None,
    brief: str | None = None,
    note: str = "",
) -> Job:
    """Offers the work to *translator*, or to all who know the language; finished segments keep their authors."""
    with acting(JobStep.REASSIGN, job, by=by, version=version, note=note) as act:
        row = act.job
        if reasons := not_theirs(translator, [row.language]):
            raise Refused(*reasons)
        offer(row, translator)
        row.due = due
        if brief is not None:
            row.brief = brief.strip()
    return act.job


def with_helpers(job: Job, helpers: Collection[Any], *, by: Any, version: int) -> Job:
    """Lets others translate in the job beside its translator; an editor's decision. The state stays."""
    with acting(JobStep.REASSIGN, job, by=by, version=version) as act:
        row = act.job
        if reasons := [why for one in helpers for why in not_theirs(one, [row.language])]:
            raise Refused(*reasons)
        row.helpers.set(helpers)
        act.to = act.from_state
        act.note = _("Translating with them: %(names)s") % {"names": ", ".join(map(str, helpers)) or _("nobody")}
    return act.job


def expire_claims(now: datetime | None = None) -> int:
    """Offers again what nobody has written in for too long; returns how many jobs. The worker calls it."""
    now = now or timezone.now()
    run_out = Job.objects.filter(state__in=permissions.WRITING, claimed_until__lt=now)
    expired = 0
    for job in run_out.order_by("pk")[:100]:
        with transaction.atomic():
            row = locked(job)
            if row.state not in permissions.WRITING or row.claimed_until is None or row.claimed_until >= now:
                continue
            act = Act(row, STEPS[JobStep.EXPIRE], None, JobState(row.state), JobState.REQUESTED)
            act.note = str(row.translator)
            offer(row, None)
            settle(act)
            expired += 1
    return expired


# Delivering, revising, accepting for the desk


def deliver(job: Job, *, by: Any, version: int, note: str = "", dropping: Collection[str] = ()) -> Job:
    """Gives the whole translation to a reviser. Refuses what is not whole or doesn't match its original.

    Of what the desk wrote and no segment has (``working_copy.lost``) *dropping* may go; anything else of it refuses.
    """
    with acting(JobStep.DELIVER, job, by=by, version=version, note=note) as act:
        row = act.job
        if reasons := against_delivery(row):
            raise Refused(*map(str, reasons))
        _write(act, dropping)
        row.claimed_until = None
    return act.job


def against_delivery(job: Job) -> list[Obstacle]:
    """What stands against a delivery now. What a guard says of a segment that is left is not said a second time."""
    found = [reason for guard in ON_DELIVERY for reason in guard(job)]
    named = {reason.segment for reason in found}
    rows = Segment.objects.filter(job=job, state=SegmentState.INITIAL).order_by("position")
    left = [pk for pk in rows.values_list("pk", flat=True) if pk not in named]
    said = _("Segments neither translated nor left out with a reason: %d.") % len(left)
    return [*([Obstacle(said, left[0])] if left else []), *_left_out(job), *found]


def _left_out(job: Job) -> list[Obstacle]:
    rows = Segment.objects.filter(job=job).exclude(omitted="").order_by("position")
    needed = _("This can't be left out, a story can't be without it: %(text)s")
    whole = _("All of this is left out, and a story can't be without: %(field)s.")
    found = [Obstacle(needed % {"text": plain(row.source)[:60]}, row.pk) for row in rows if row.is_needed]
    for name, label in (("standfirst", _("standfirst")), ("body", _("body"))):
        parts = [row.pk for row in rows if row.field == name]
        if parts and not Segment.objects.filter(job=job, field=name).exclude(pk__in=parts).exists():
            found.append(Obstacle(whole % {"field": label}, parts[0]))
    return found


def take_up(job: Job, *, by: Any, version: int) -> Job:
    """*by*, who has written nothing of it, revises the translation."""
    with acting(JobStep.REVISE, job, by=by, version=version) as act:
        if not roles_of(by) & EDITORS and not Contributor.objects.filter(user=by.pk).exists():
            raise Refused(_("You have no byline to be credited under. Ask an editor to add you as a contributor."))
        act.job.reviser = by
    return act.job


def send_back(job: Job, *, by: Any, version: int, note: str) -> Job:
    """The translator gets the translation back; *note* says what to do."""
    with acting(JobStep.RETURN, job, by=by, version=version, note=note) as act:
        act.job.reviser = None
        act.job.claimed_until = claims.until()
    return act.job


def finish(
    job: Job, *, by: Any, version: int, note: str = "", dropping: Collection[str] = (), read: bool = False
) -> Job:
    """Accepts the translation for the desk, as its reviser; *dropping* as in ``deliver``.

    By *read* the reviser says that they have read what they have not confirmed as revised, too; without it, ``Refused``
    where such segments are left.

    The story is submitted; where the reviser is an editor and the copy desk has nothing against it, it is approved by
    them, too: two people have had it in hand. ``signals.finished`` is sent in the transaction.
    """
    with transaction.atomic():
        with acting(JobStep.FINISH, job, by=by, version=version, note=note) as act:
            _finish(act, dropping, read)
            with override(settings.LANGUAGE_CODE):  # the log is one for all
                act.add(told_at_finish(act.job))
        row = act.job
        signals.finished.send(sender=Job, job=row, round=row.round, article=row.article, by=by, at=act.at)
    return row


def unrevised(job: Job) -> QuerySet[Segment]:
    """What is translated, or left out, and no reviser has confirmed; in order."""
    return Segment.objects.filter(job=job, state=SegmentState.TRANSLATED).order_by("position")


def told_at_finish(job: Job) -> list[str]:
    """What is to be known of the job's acceptance, each one sentence. None of it stands in the way."""
    return [sentence for told in TOLD_AT_FINISH for sentence in told(job)]


def _finish(act: Act, dropping: Collection[str], read: bool) -> None:
    row, by = act.job, act.by
    if reasons := against_delivery(row):
        raise Refused(*map(str, reasons))
    if left := unrevised(row).count():
        if not read:
            raise Refused(not_revised(left))
        with override(settings.LANGUAGE_CODE):  # the log is one for all
            act.add([not_revised(left)])
    for segment in Segment.objects.filter(job=row).exclude(state=SegmentState.FINAL):
        segment.state = SegmentState.FINAL  # whom it was revised by stays: who only ticked has confirmed nothing
        segment.stale, segment.old_source = False, ""
        segment.version += 1
        segment.save(update_fields=["state", "stale", "old_source", "version"])
    article = lending.give_back(_write(act, dropping, reviser=by))
    article = filing.submit(article, by=by, version=article.version)
    row.article = _approved(article, by)
    row.freshness = Freshness.FRESH if _is_newest(row) else Freshness.MINOR
    row.claimed_until = None


def not_revised(count: int) -> str:
    """That so many segments wait for the reviser, in words."""
    return ngettext(
        "%(count)s segment is not confirmed as revised.", "%(count)s segments are not confirmed as revised.", count
    ) % {"count": count}


def _is_newest(row: Job) -> bool:
    try:
        return newest(row.original).pk == row.base_id
    except Refused:  # withdrawn meanwhile: nothing newer is asked for
        return True


def _write(act: Act, dropping: Collection[str], reviser: Any = None) -> Article:
    """The working copy with the translation and its credits. Refuses where an author can't be credited."""
    row = act.job
    if row.article is None:
        raise ValueError("a job that is under way has its article")
    if nameless := cutting.credit(row, row.article, reviser):
        raise Refused(
            _("Nobody can be credited without a byline: %(names)s. An editor adds it under Contributors.")
            % {"names": ", ".join(map(str, nameless))}
        )
    gone = working_copy.lost(row)
    article = working_copy.write(row, act.by, dropping=dropping)
    act.add(let_go(gone))
    return article


def _approved(article: Article, by: Any) -> Article:
    """Approved by an editor where nothing stands against it; else submitted, or with the editor to edit."""
    if not roles_of(by) & EDITORS:
        return article
    article = filing.claim(article, by=by, version=article.version)
    try:
        return filing.approve(article, by=by, version=article.version)
    except Refused:  # the copy desk's findings stand beside the story
        return Article.objects.get(pk=article.pk)


# Ending it


def cancel(job: Job, *, by: Any, version: int, note: str) -> Job:
    """Ends the work; a draft that was begun is the desk's, one in which nothing is translated is put aside. A finished
    job only where its story is put aside."""
    with acting(JobStep.CANCEL, job, by=by, version=version, note=note) as act:
        if act.from_state == JobState.DONE and not put_aside(act.job):
            raise Refused(_("The translation is a story at the desk: spike that first."))
        end(act)
    return act.job


def end(act: Act) -> None:
    """The working copy is the desk's. One that nobody translated says what the original says: it is spiked, and nobody
    is credited with it."""
    row = act.job
    row.claimed_until = None
    article = row.article
    if article is None or not article.in_translation:
        return
    begun = Segment.objects.filter(job=row).exclude(target="", omitted="").exists()
    if begun or article.publications.exists():
        lending.give_back(article)
    else:
        article.credits.filter(role__in=[role for role in CreditRole if role.makes_translation]).delete()
        row.article = lending.put_aside(article, by=act.by or _withdrawn_by(row.original), note=act.note)


def _withdrawn_by(original: Article) -> Any:
    """Who took from readers what they had of the original."""
    now = machine.valid_publication(original)
    if now is None:
        raise ValueError("what readers never had was not withdrawn")
    return now.by


__all__ = [
    "ON_DELIVERY", "TOLD_AT_FINISH", "DeskError", "Obstacle", "accept", "against_delivery", "cancel", "decline",
    "deliver", "end", "expire_claims", "finish", "languages_left", "newest", "not_revised", "open_steps", "people",
    "reassign", "request", "send_back", "take", "take_up", "told_at_finish", "unrevised", "with_helpers",
]  # fmt: skip
