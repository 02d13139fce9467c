"""Between the segments of a job and the working copy of its translation.

While a translation is lent to the translation desk its text is written from the segments. Before and after, the desk
writes in it: that is taken over into the segments where it has its place there. What has none is *homeless*; it is
named, and no text is written that lacks it until somebody said that it may go.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from difflib import SequenceMatcher
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import text
from articles.errors import Refused
from articles.models.article import Article
from articles.models.article_picture import ArticlePicture
from articles.models.key_fact import KeyFact
from articles.models.quote import Quote
from articles.models.revision import Revision
from articles.workflow import lending, machine
from translations import drafting
from translations.cutting import OF_A_FACT, OF_A_PICTURE, OF_A_QUOTE, cuts, text_of, translated
from translations.enums import Method, SegmentState
from translations.machine import part_in
from translations.models.job import Job
from translations.models.segment import Segment
from translations.segmenting import Cut, Unit, joined, plain, sha256

ENOUGH = 4  # words by which a paragraph is known again within another
OF_A_SOURCE = ("title", "url", "note")
_MARK = re.compile(r"<(?P<close>/?)(?P<number>[1-9][0-9]{0,3})(?P<alone>/?)>")


def write(job: Job, by: Any, slug: str = "", *, dropping: Collection[str] = ()) -> Article:
    """Puts the translation into the working copy, which the translation desk has; what is not translated stays as it is
    in the original. With *slug* under that slug, else under one that follows the headline until readers know it.

    Raises ``Refused`` where a text is longer than its field, and where what the desk wrote would be lost; of that,
    *dropping* may go.
    """
    with transaction.atomic():
        family = machine.locked_family(job.original_id)
        article = next(row for row in family if row.pk == job.article_id)
        said = translated(job)
        if reasons := [*_not_asked(lost(job), dropping), *_too_long(said)]:
            raise Refused(*reasons)
        address = slug or _slug(article, said["headline"])

        def put() -> None:
            for name in ("kicker", "headline", "standfirst", "dateline", "body", "own_reporting"):
                setattr(article, name, said[name])
            article.slug, article.machine_help = address, part_in(job)
            article.save()
            drafting.rows(article, job.original, said)

        lending.rewrite(article, by=by, made_from=_made_from(job, article), write=put)
        _knows(job, article.head, [])
    return article


def _made_from(job: Job, article: Article) -> Revision:
    """What the text says in the other language: the job's base, once nothing of that is left to do."""
    left = Segment.objects.filter(Q(stale=True) | Q(state=SegmentState.INITIAL), job=job).exists()
    return (article.made_from or job.base) if left else job.base


def lost(job: Job) -> list[str]:
    """What the desk wrote and the next text would lack: each paragraph, short text or source, plain."""
    if not job.homeless:
        return []
    lines = _lines_of(translated(job))
    return [one for one in job.homeless if not any(_says(line, one) for line in lines)]


def take_in(job: Job, *, since: Revision | None = None) -> list[str]:
    """Takes over into the segments what the desk changed in the translation's text since it was written there.

    *since* is what the text was when this was done last, for segments that the original has moved meanwhile; without
    it they still say what the text was.

    Paragraph by paragraph; a paragraph whose sentences no longer pair becomes one segment. Where the desk added
    paragraphs to a field or took some away, those that still say the same show which of the others are which. Returns
    what the desk wrote that has no place among the segments, and keeps it as ``job.homeless``.
    """
    if job.article is None or job.article.head is None:
        return []
    head = job.article.head
    before = cuts(since.document) if since else {}
    homeless = _new_sources(head, job.known)
    for field, cut in cuts(head.document).items():
        rows = Segment.objects.filter(job=job, field=field).order_by("position")
        here, there = _by_paragraph((row.paragraph, row) for row in rows), _units(cut)
        places = _since(there, _units(before.get(field, Cut())), here) if since else _paired(_said(there), _said(here))
        for paragraph, units in there.items():
            if (place := places.get(paragraph, -1)) is None:
                continue
            if place in here:
                _take_in(here[place], units, head.by)
            elif not _is_a_quote_of(job, field):
                homeless.append(_line(unit.source for unit in units))
    there_still = set(_lines_of(head.document))
    _knows(job, head, [one for one in dict.fromkeys([*job.homeless, *homeless]) if one in there_still])
    return homeless


def _knows(job: Job, revision: Revision | None, homeless: list[str]) -> None:
    job.known, job.homeless = revision, homeless
    job.save(update_fields=["known", "homeless"])


def _not_asked(gone: Iterable[str], dropping: Collection[str]) -> list[str]:
    return [
        _("No segment has what the desk wrote: “%s” Take it over in a segment, or tick that it may go.") % one
        for one in gone
        if one not in dropping
    ]


def _says(line: str, what: str) -> bool:
    """Whether a line is what was written, or has it among other sentences."""
    return line == what or (len(what.split()) >= ENOUGH and f" {what} " in f" {line} ")


def _lines_of(document: Mapping[str, Any]) -> list[str]:
    """Each paragraph, short text and source of a document, plain."""
    parts = [line for cut in cuts(document).values() for line in _said(_units(cut)).values()]
    return parts + _sources(document)


def _sources(document: Mapping[str, Any]) -> list[str]:
    return [" · ".join(row[key] for key in OF_A_SOURCE if row[key]) for row in document["citations"]]


def _new_sources(head: Revision, known: Revision | None) -> list[str]:
    there = set(_sources(known.document)) if known else set(_sources(head.document))
    return [one for one in _sources(head.document) if one and one not in there]


def _is_a_quote_of(job: Job, field: str) -> bool:
    """Whether the field is of a quote of the original, whose words stand in the body, or beside it."""
    return any(field.startswith(f"quote-{quote['number']}-") for quote in job.base.document["quotes"])


def _since(
    there: Mapping[int, list[Unit]], was: Mapping[int, list[Unit]], here: Mapping[int, list[Segment]]
) -> dict[int, int | None]:
    """Which paragraph of the segments each of the desk's text is, if any; None for one that is as it was."""
    old, left = _said(was), _said(here)
    homes: dict[int, int] = {}
    for paragraph, line in old.items():
        if (same := next((place for place, said in left.items() if said == line), None)) is not None:
            homes[paragraph] = same
            del left[same]
    places: dict[int, int | None] = {}
    for paragraph, before in _paired(_said(there), old).items():
        if _is_same(there[paragraph], was[before]):
            places[paragraph] = None
        elif before in homes:
            places[paragraph] = homes[before]
    return places


def _is_same(units: list[Unit], others: list[Unit]) -> bool:
    return [(one.source, one.marks) for one in units] == [(one.source, one.marks) for one in others]


def _paired(desk: Mapping[int, str], ours: Mapping[int, str]) -> dict[int, int]:
    """Which paragraph of *ours* each paragraph of the desk's text is, if any."""
    if len(desk) == len(ours):
        return dict(zip(desk, ours, strict=True))
    pairs: dict[int, int] = {}
    matcher = SequenceMatcher(None, list(ours.values()), list(desk.values()), autojunk=False)
    for kind, a, last, b, end in matcher.get_opcodes():
        if kind == "equal" or (kind == "replace" and last - a == end - b):
            pairs |= zip(list(desk)[b:end], list(ours)[a:last], strict=True)
    return pairs


def _units(cut: Cut) -> dict[int, list[Unit]]:
    return _by_paragraph((unit.paragraph, unit) for unit in cut.units)


def _by_paragraph(rows: Iterable[tuple[int, Any]]) -> dict[int, list[Any]]:
    parts: dict[int, list[Any]] = {}
    for paragraph, row in rows:
        parts.setdefault(paragraph, []).append(row)
    return parts


def _said(parts: Mapping[int, list[Any]]) -> dict[int, str]:
    """The text of each paragraph, of units or of segments."""
    return {
        at: _line(one.source if isinstance(one, Unit) else text_of(one) for one in part) for at, part in parts.items()
    }


def _line(coded: Iterable[str]) -> str:
    return " ".join(plain(joined(coded)).split())


def _take_in(segments: list[Segment], units: list[Unit], by: Any) -> None:
    """One paragraph. Who changed it at the desk is noted as having revised it; its translator stays its translator."""
    marks = {number: mark for segment in segments for number, mark in segment.marks.items()}
    said = [_renumbered(unit, marks) for unit in units]
    if joined(said) == joined(text_of(segment) for segment in segments):
        return
    if len(said) != len(segments):
        first, *others = segments
        first.source = joined(segment.source for segment in segments)
        first.marks = marks
        first.sha256 = sha256(first.source)
        first.state_before = SegmentState.INITIAL
        first.stale = any(segment.stale for segment in segments)
        if first.stale:
            first.old_source = joined(segment.old_source or segment.source for segment in segments)
        Segment.objects.filter(pk__in=[segment.pk for segment in others]).delete()
        segments, said = [first], [joined(said)]
    for segment, target in zip(segments, said, strict=True):
        if target != segment.target or segment.omitted:
            segment.target, segment.omitted, segment.revised_by = target, "", by
            if segment.method in {"", Method.MACHINE}:
                segment.method = Method.POST_EDITED if segment.method else Method.HUMAN
            segment.version += 1
            segment.changed_at = timezone.now()
            segment.save()


def _renumbered(unit: Unit, marks: Mapping[str, Any]) -> str:
    """The unit's text with the numbers that its marks have in the original; a mark that isn't there goes."""
    left = dict(marks)
    numbers: dict[str, str] = {}
    for number, mark in unit.marks.items():
        if found := next((known for known, other in left.items() if list(other) == list(mark)), None):
            numbers[number] = found
            del left[found]

    def renumber(match: re.Match[str]) -> str:
        number = numbers.get(match["number"])
        return f"<{match['close']}{number}{match['alone']}>" if number else ""

    return _MARK.sub(renumber, unit.source)


def _slug(article: Article, headline: str) -> str:
    """Follows the headline until readers know it; one that was typed stays."""
    follows = not article.slug or article.slug == (text.slugify(article.headline, max_length=80) or "story")
    if not follows or article.publications.exists():
        return article.slug
    return text.slugify(headline, max_length=80) or "story"


def _too_long(said: Mapping[str, Any]) -> list[str]:
    """What is longer than its field, each one sentence."""
    values: list[tuple[Any, str, str]] = [
        (Article, name, said[name]) for name in ("kicker", "headline", "standfirst", "dateline")
    ]
    for model, kind, keys in (
        (ArticlePicture, "pictures", OF_A_PICTURE),
        (Quote, "quotes", OF_A_QUOTE),
        (KeyFact, "key_facts", OF_A_FACT),
    ):
        values += [(model, key, row[key]) for row in said[kind] for key in keys]
    reasons = []
    for owner, name, value in values:
        column = owner._meta.get_field(name)
        if column.max_length and len(value) > column.max_length:
            reasons.append(
                _("“%(label)s” is longer than its %(most)d characters: %(text)s…")
                % {"label": column.verbose_name, "most": column.max_length, "text": value[:60]}
            )
    return reasons
