"""What a finished round of a translation brings into the ledger: the work of its translators and of its reviser."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from articles.enums import CreditRole
from articles.errors import NotAllowed, Refused
from articles.models.contributor import Contributor
from translations import jobs, ledger, rates
from translations.enums import Basis, Method
from translations.ledger import PART, WHOLE, Pieces, Text, Work
from translations.models.job import Job
from translations.models.ledger import BOOKED, LedgerEntry
from translations.models.segment import Segment
from translations.permissions import is_of
from translations.segmenting import plain
from translations.signals import finished

# How the databases call the rules that work is entered, or waits, once.
ONCE_PER_ROUND = ("once_per_round", "come_to_one", "is never replaced")
STORY, PICTURE = ("headline", "standfirst", "body"), "picture-"  # fields of a story, and how those of pictures begin


def connect() -> None:
    """Lets the ledger hear of finished work, inside the transaction of the step, and say what it won't enter."""
    finished.connect(_on_finished, dispatch_uid="translations.ledger")
    if not_entered_again not in jobs.TOLD_AT_FINISH:
        jobs.TOLD_AT_FINISH.append(not_entered_again)


def paid_by_hand(job: Job) -> dict[tuple[int, str], LedgerEntry]:
    """What logged credits brought into the ledger of the job's translation, by contributor and role; unreversed.

    It is the work of the first round; what is done in a later one is other work.
    """
    if job.round > 1 or job.article_id is None:
        return {}
    rows = ledger.standing(kind__in=BOOKED, job=None, article=job.article_id).select_related("contributor")
    return {(row.contributor_id, row.role): row for row in rows.order_by("-seq")}


def not_entered_again(job: Job) -> list[str]:
    """Whose work on the job is in the ledger already by a logged credit, each one sentence."""
    there = paid_by_hand(job)
    if not there:
        return []
    try:
        people = [(who.pk, role) for who, role, _part in _translators(job, _written(job))]
    except Refused:  # a translator has no byline: that is said where it is refused
        people = []
    reviser = _reviser(job)
    if reviser is not None:
        people.append((reviser.pk, str(CreditRole.REVISER)))
    return [
        _(
            "By a logged credit the ledger has this work already, and it is not entered again: %(name)s, %(role)s,"
            " entry № %(number)s."
        )
        % {"name": there[key].contributor, "role": there[key].get_role_display(), "number": there[key].seq}
        for key in people
        if key in there
    ]


def _on_finished(sender: Any, *, job: Job, by: Any, **_signal: Any) -> None:
    record(job, by=by)


def record(job: Job, *, by: Any) -> list[LedgerEntry]:
    """Enters the translators and the reviser of the job's round, which *by* has accepted. In the caller's transaction.

    A reviser who accepts the translation that they revised can't accept their own work with it: that waits as a logged
    credit for another editor, as does what would make more than the whole with credits that were logged by hand. What
    was left out is nobody's work, and where nothing was written nothing is entered; nor is what a logged credit brought
    here before (``paid_by_hand``). Raises ``Refused`` where a translator has no byline, or the ledger has this work
    already.
    """
    now = timezone.now()
    segments = _written(job)
    if not segments and (job.round > 1 or job.segments.filter(round=job.round).exists()):
        return []
    try:
        with transaction.atomic():
            ledger.lock()
            return _recorded(job, segments, by, now)
    except IntegrityError as error:
        if not any(name in str(error) for name in ONCE_PER_ROUND):
            raise
        raise Refused(ledger.entered_already()) from error


def _written(job: Job) -> list[Segment]:
    """The segments of the job's round that were translated."""
    return list(job.segments.filter(round=job.round, omitted="").order_by("position"))


def _reviser(job: Job) -> Contributor | None:
    return Contributor.objects.filter(user=job.reviser_id).first() if job.reviser_id else None


def _recorded(job: Job, segments: list[Segment], by: Any, now: datetime) -> list[LedgerEntry]:
    told = _told(job, segments, ledger.day_of(now))
    works = _shared(told, _translators(job, segments))
    paid, reviser = paid_by_hand(job), _reviser(job)
    if reviser is not None and (reviser.pk, CreditRole.REVISER) not in paid:
        work = replace(told, contributor=reviser, role=CreditRole.REVISER, bands=None)
        if not is_of(by, reviser):
            works.append(work)
        elif ledger.has_words(work):
            ledger.wait_for_another(job, work, by)
    works = [work for work in works if ledger.has_words(work) and (work.contributor.pk, work.role) not in paid]
    for work in works:
        if is_of(by, work.contributor):
            raise NotAllowed(_("Nobody accepts work of their own. Ask another editor."))
    return [ledger.enter(work, by=by, at=now) for work in _beside_logged(job, works, by)]


def _beside_logged(job: Job, works: list[Work], by: Any) -> list[Work]:
    """The works whose shares come to 1 at the most with what was logged for the story by hand; the others wait."""
    fit: list[Work] = []
    taken: dict[str, Decimal] = {}
    for work in works:
        logged = ledger.shares(work.role, article=job.article, job=None) if job.round == 1 else Decimal(0)
        taken.setdefault(work.role, logged)
        if taken[work.role] + work.share > WHOLE:
            ledger.wait_for_another(job, work, by)
            continue
        taken[work.role] += work.share
        fit.append(work)
    return fit


def _shared(told: Work, parts: Iterable[tuple[Contributor, str, Decimal]]) -> list[Work]:
    """The work of each, by role and then in the order of the bylines' numbers: what comes before a share is its."""
    works, after = [], rates.NOTHING
    for who, role, part in sorted(parts, key=lambda one: (one[1], one[0].pk)):
        works.append(replace(told, contributor=who, role=role, share=part, after=after))
        after += part
    return works


def _told(job: Job, segments: list[Segment], day: date) -> Work:
    """All that the works of a round have in common; its contributor and role are to be replaced."""
    article = job.article
    story, pictures = _counting(segments)
    return Work(
        contributor=Contributor(),
        role=CreditRole.TRANSLATOR,
        source_language=job.original.language,
        target_language=job.language,
        title=(article.headline if article else "") or job.headline,
        day=day,
        texts=_texts(job, segments),
        urgent=job.urgent,
        special=job.special,
        bands=_sums(story, _band),
        methods=_sums(story, _method),
        picture_bands=_sums(pictures, _band),
        picture_methods=_sums(pictures, _method),
        columns={"job": job, "round": job.round, "article": article},
    )


def _texts(job: Job, segments: list[Segment]) -> dict[str, Text]:
    """What can be counted of a round: of the first the whole texts, but for what was left out; later its segments."""
    article = job.article
    if job.round > 1:
        return {Basis.SOURCE: _pieces(segments, "source"), Basis.TARGET: _pieces(segments, "target")}
    left_out = any(_counting(job.segments.exclude(omitted="")))
    texts: dict[str, Text] = {Basis.SOURCE: _pieces(segments, "source") if left_out else job.base}
    if article is not None and article.head is not None:
        texts[Basis.TARGET] = article.head  # what was left out isn't there
    return texts


def _pieces(segments: Iterable[Segment], text: str) -> Pieces:
    story, pictures = ("\n".join(plain(getattr(one, text)) for one in part) for part in _counting(segments))
    return Pieces(story, pictures)


def _counting(segments: Iterable[Segment]) -> tuple[list[Segment], list[Segment]]:
    """The segments whose text is counted, as ``counting`` counts a document: of the story, and of its pictures."""
    rows = list(segments)
    return [one for one in rows if one.field in STORY], [one for one in rows if one.field.startswith(PICTURE)]


def _translators(job: Job, segments: list[Segment]) -> list[tuple[Contributor, str, Decimal]]:
    """Who translated, in which role, and their parts: as the story's credits say, else by what each has written."""
    written: dict[int, int] = {}
    for segment in segments:
        own = segment.by_id if segment.by_id and segment.by_id != job.reviser_id else job.translator_id
        if own:
            written[own] = written.get(own, 0) + len(plain(segment.source))
    if not written and job.translator_id:
        written = {job.translator_id: 1}
    bylines = {byline.user_id: byline for byline in Contributor.objects.filter(user__in=written).select_related("user")}
    if missing := [user for user in written if user not in bylines]:
        names = ", ".join(str(name) for name in _users(missing))
        raise Refused(
            _("%(names)s has no byline, and work is entered by byline. Add one to the contributors.") % {"names": names}
        )
    credits_ = list(job.article.credits.all()) if job.article else []
    roles = {credit.contributor_id: credit.role for credit in credits_ if CreditRole(credit.role).makes_translation}
    said = {c.contributor_id: c.share for c in credits_ if CreditRole(c.role).makes_translation and c.share is not None}
    parts = _said_parts(said, [byline.pk for byline in bylines.values()]) or _parts(
        {bylines[user].pk: number for user, number in written.items()}
    )
    found = {byline.pk: byline for byline in bylines.values()}
    return [(found[pk], roles.get(pk, CreditRole.TRANSLATOR), part) for pk, part in parts.items()]


def _users(ids: Iterable[int]) -> Iterable[Any]:
    from django.contrib.auth import get_user_model

    return get_user_model()._default_manager.filter(pk__in=ids).order_by("pk")


def _said_parts(said: Mapping[int, Decimal], people: list[int]) -> dict[int, Decimal]:
    """The shares that the credits name, of those who worked, brought to 1; empty where none is named.

    Who has no share gets an equal part of what is left.
    """
    named = {pk: said[pk] for pk in people if pk in said}
    if not named:
        return {}
    others = [pk for pk in people if pk not in said]
    left = max(WHOLE - sum(named.values(), Decimal(0)), Decimal(0))
    return _parts({**named, **{pk: left / len(others) for pk in others}})


def _parts(numbers: Mapping[int, int | Decimal]) -> dict[int, Decimal]:
    """Parts of 1 in proportion to the numbers, to six places; the last has what is left, so that they come to 1."""
    numbers = {key: number for key, number in numbers.items() if number > 0}
    whole, left = Decimal(sum(numbers.values())), WHOLE
    parts = {}
    for place, (key, number) in enumerate(sorted(numbers.items()), start=1):
        parts[key] = left if place == len(numbers) else (Decimal(number) / whole).quantize(PART)
        left -= parts[key]
    return {key: part for key, part in parts.items() if part > 0}


def _sums(segments: Iterable[Segment], kind: Any) -> dict[str, int]:
    """Characters of the original, by kind."""
    sums: dict[str, int] = {}
    for segment in segments:
        name = str(kind(segment))
        sums[name] = sums.get(name, 0) + len(plain(segment.source))
    return sums


def _method(segment: Segment) -> str:
    return segment.method or Method.HUMAN


def _band(segment: Segment) -> str:
    if segment.method == Method.REPETITION:
        return "repetition"
    if segment.method in {Method.MACHINE, Method.POST_EDITED} and not segment.match:
        return "machine"  # else the memory offered it
    if segment.match > 100:
        return "context"
    if segment.match == 100:
        return "exact"
    return next((band for band in ("95", "85", "75") if segment.match >= int(band)), "new")
