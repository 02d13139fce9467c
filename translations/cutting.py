"""From a revision of the original to the segments of a job, and from the segments to the text of the translation.

The fields in their order: kicker, headline, standfirst, dateline, body; of each picture its alternative text and
caption (``picture-2-alt``); of each quote its words, unless they stand in the body, where they are translated once, the
role and the description of the speaker; of each key figure the figure and what it says. Titles of sources stay.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.utils import timezone
from lxml import html

from articles import text
from articles.enums import CreditRole
from articles.models.article import Article
from articles.models.contributor import Contributor
from articles.models.credit import Credit
from articles.models.revision import Revision
from translations.aligning import New, Old, Placed, align
from translations.enums import Method, SegmentState
from translations.models.job import Job
from translations.models.segment import GAP, Segment
from translations.segmenting import Cut, cut_body, cut_text, join_paragraphs, joined, plain, sha256

WHOLE = ("kicker", "headline")
OF_A_PICTURE = ("alt", "caption")
OF_A_QUOTE = ("words", "role", "description")
OF_A_FACT = ("figure", "text")
QUOTATION_MARKS = " \n\t\u00a0“”„‟«»\"'‘’"
ASIDE = 1_000_000_000  # more than any position: where segments wait while they change places


@dataclass(frozen=True)
class Amount:
    segments: int = 0
    words: int = 0
    characters: int = 0


@dataclass(frozen=True)
class Coverage:
    """How much of the original is translated, left out with a reason, and left to do."""

    done: Amount
    omitted: Amount
    left: Amount

    @property
    def whole(self) -> Amount:
        parts = (self.done, self.omitted, self.left)
        return Amount(*(sum(getattr(part, name) for part in parts) for name in ("segments", "words", "characters")))

    @property
    def percent(self) -> int:
        """Of the characters; 100 only when nothing is left."""
        if not self.left.segments:
            return 100
        whole = self.whole.characters
        return min(99, 100 * (whole - self.left.characters) // whole) if whole else 0


def cuts(document: Mapping[str, Any]) -> dict[str, Cut]:
    """The cut of every field of a revision's document that has something to translate, in order."""
    language = document["language"]
    found = {name: cut_text(document[name], language) for name in WHOLE}
    found["standfirst"] = cut_text(document["standfirst"], language, sentences=True)
    found["dateline"] = cut_text(document["dateline"], language)
    found["body"] = cut_body(document["body"], language)
    for name, row, key in _rows(document):
        found[name] = cut_text(row[key], language)
    return {name: cut for name, cut in found.items() if cut.units}


def prepare(job: Job) -> None:
    """Cuts the job's base into segments, with nothing translated."""
    rows = [
        (field, New(unit.paragraph, unit.source, unit.marks))
        for field, cut in cuts(job.base.document).items()
        for unit in cut.units
    ]
    Segment.objects.bulk_create(
        Segment(
            job=job, position=number * GAP, field=field, paragraph=unit.paragraph, source=unit.source, marks=unit.marks,
            sha256=sha256(unit.source), round=job.round,
        )
        for number, (field, unit) in enumerate(rows, start=1)
    )  # fmt: skip


def restate(job: Job, revision: Revision) -> int:
    """Cuts anew, against a newer revision of the original; returns how many segments ask for work because of it.

    A segment whose text changed is stale: it keeps its translation and what the original said before. What only moved
    keeps its translation and its state. What is gone from the original goes.
    """
    old: dict[str, list[Segment]] = {}
    for segment in Segment.objects.filter(job=job).order_by("position"):
        old.setdefault(segment.field, []).append(segment)
    former = cuts(job.base.document)
    fields = cuts(revision.document)
    kept: list[Segment] = []
    fresh: list[Segment] = []
    asking = 0
    position = 0
    for field, cut in fields.items():
        was = [Old(one, one.paragraph, one.source) for one in old.get(field, [])]
        for placed in align(was, _news(cut), _news(former[field]) if field in former else []):
            position += GAP
            segment = placed.key or Segment(job=job, field=field, round=job.round)
            for other in placed.also:
                _take_up(segment, other)
            asking += placed.key is None or _restated(segment, placed)
            segment.position, segment.paragraph, segment.marks = position, placed.paragraph, placed.marks
            segment.source, segment.sha256 = placed.source, sha256(placed.source)
            (kept if placed.key else fresh).append(segment)
    Segment.objects.filter(job=job).exclude(pk__in=[one.pk for one in kept]).delete()
    Segment.objects.filter(job=job).update(position=F("position") + ASIDE)
    columns = [
        "position", "paragraph", "marks", "source", "sha256", "state", "state_before", "stale", "old_source", "match",
        "method", "engine", "machine_text", "machine_engine", "target", "omitted", "before_revision",
        "version", "changed_at",
    ]  # fmt: skip
    Segment.objects.bulk_update(kept, columns)
    Segment.objects.bulk_create(fresh)
    job.base = revision
    job.save(update_fields=["base"])
    return asking


def _news(cut: Cut) -> list[New]:
    return [New(unit.paragraph, unit.source, unit.marks) for unit in cut.units]


def _take_up(segment: Segment, other: Segment) -> None:
    """The half of a sentence that follows becomes part of the first again, with its translation."""
    done = SegmentState.INITIAL not in {_state_of(segment), _state_of(other)} and not (segment.omitted or other.omitted)
    if segment.stale or other.stale:
        segment.old_source = joined([segment.old_source or segment.source, other.old_source or other.source])
    segment.stale = segment.stale or other.stale
    segment.source = joined([segment.source, other.source])
    if segment.before_revision or other.before_revision:
        segment.before_revision = joined([row.before_revision or row.target for row in (segment, other)])
    segment.target = joined([segment.target, other.target])
    segment.omitted = segment.omitted if other.omitted else ""
    methods = {segment.method, other.method} - {""}
    mixed = next((one for one in (Method.MACHINE, Method.POST_EDITED) if one in methods), Method.HUMAN)
    segment.method = methods.pop() if len(methods) == 1 else mixed if methods else ""
    segment.engine = segment.engine or other.engine
    if segment.machine_text or other.machine_text:
        segment.machine_text, segment.machine_engine = segment.target, segment.machine_engine or other.machine_engine
    segment.state_before = segment.state = SegmentState.TRANSLATED if done else SegmentState.INITIAL


def _state_of(segment: Segment) -> str:
    """How far its translation was before the original changed."""
    return segment.state_before if segment.stale else segment.state


def _restated(segment: Segment, placed: Placed) -> bool:
    """Marks a segment whose source changed; whether it asks for work because of that."""
    if placed.changed or placed.marks != segment.marks:
        segment.version += 1
        segment.changed_at = timezone.now()
    if not placed.changed:
        return False
    if not segment.target and not segment.omitted:
        return True
    before = segment.old_source if segment.stale else segment.source
    if not segment.stale:
        segment.state_before = segment.state
    segment.stale = sha256(before) != sha256(placed.source)  # else it says again what was translated
    segment.old_source = before if segment.stale else ""
    if segment.stale:
        segment.match = 0  # the memory knew what the original says no more
        if segment.method in {Method.MEMORY, Method.REPETITION}:
            segment.method = ""
    done = not segment.stale and segment.state_before != SegmentState.INITIAL
    segment.state = SegmentState.TRANSLATED if done else SegmentState.INITIAL
    return not done


def translated(job: Job) -> dict[str, Any]:
    """The document of the job's base with the translation in place of its texts."""
    document: dict[str, Any] = job.base.document
    said = dict(texts(document, Segment.objects.filter(job=job).order_by("position")))
    body = text.sanitise(said.get("body", ""))
    quoted = words_in(body)
    in_body = _in_body(document)

    def row(kind: str, one: Mapping[str, Any], keys: Iterable[str]) -> dict[str, Any]:
        return {**one, **{key: said.get(f"{kind}-{one['number']}-{key}", one[key]) for key in keys}}

    quotes = []
    for quote in document["quotes"]:
        new = row("quote", quote, OF_A_QUOTE)
        new["original_words"] = quote["original_words"] or quote["words"]
        new["original_language"] = quote["original_language"] or document["language"]
        if quote["number"] in in_body:
            new["words"] = quoted.get(quote["number"]) or quote["words"]
        quotes.append(new)
    return {
        **document,
        **{name: said.get(name, "") for name in ("kicker", "headline", "standfirst", "dateline")},
        "body": body,
        "quotes": quotes,
        "pictures": [row("picture", one, OF_A_PICTURE) for one in document["pictures"]],
        "key_facts": [row("fact", one, OF_A_FACT) for one in document.get("key_facts", [])],
    }


def texts(document: Mapping[str, Any], segments: Iterable[Segment]) -> Iterator[tuple[str, str]]:
    """Each field with its translation: HTML for the body, plain text for the others."""
    said: dict[tuple[str, int], list[str]] = {}
    for segment in segments:
        said.setdefault((segment.field, segment.paragraph), []).append(text_of(segment))
    for field, cut in cuts(document).items():
        parts = {paragraph: all_ for (of, paragraph), all_ in said.items() if of == field}
        whole = join_paragraphs(cut, parts)
        yield field, whole if field == "body" else plain(whole)


def credit(job: Job, article: Article, reviser: Any = None) -> list[Any]:
    """Credits who translated what stands in the segments, who did most first, and *reviser*.

    Who was credited when the work began and wrote nothing of what stands loses the credit; who is credited as
    post-editor is not credited as translator besides. Returns the people who have
    no byline: they can't be credited.
    """
    amounts: dict[Any, int] = {}
    rows = Segment.objects.filter(job=job, by__isnull=False, omitted="").exclude(target="").select_related("by")
    for segment in rows:
        if segment.method != Method.MACHINE:
            amounts[segment.by] = amounts.get(segment.by, 0) + len(plain(segment.source))
    people = sorted(amounts, key=lambda one: (-amounts[one], one.pk)) or [one for one in [job.translator] if one]
    had = job.events.exclude(translator=None).values("translator")
    bylines = Contributor.objects.in_bulk([*(one.pk for one in people)], field_name="user_id")
    given = article.credits.filter(role__in=[role for role in CreditRole if role.makes_translation])
    given.filter(contributor__user__in=had).exclude(contributor__in=bylines.values()).delete()
    there = set(given.values_list("contributor", flat=True))
    for one in people:
        if one.pk in bylines and bylines[one.pk].pk not in there:
            Credit.objects.give(article, user=one, role=CreditRole.TRANSLATOR)
    if reviser is not None and not article.credits.filter(role=CreditRole.REVISER, contributor__user=reviser).exists():
        Credit.objects.give(article, user=reviser, role=CreditRole.REVISER)
    return [one for one in people if one.pk not in bylines]


def coverage(job: Job) -> Coverage:
    """What is done, left out and left of the job, by the original's text."""
    done: list[Segment] = []
    omitted: list[Segment] = []
    left: list[Segment] = []
    for segment in Segment.objects.filter(job=job).only("source", "state", "omitted"):
        if segment.state == SegmentState.INITIAL:
            left.append(segment)
        else:
            (omitted if segment.omitted else done).append(segment)
    return Coverage(_amount(done), _amount(omitted), _amount(left))


def words_in(body: str) -> dict[int, str]:
    """What stands in the body as a quote: number → words, without the quotation marks around them."""
    if "data-quote" not in body:
        return {}
    root = html.fragment_fromstring(body, create_parent="div")
    found: dict[int, str] = {}
    for block in root.xpath(".//blockquote[@data-quote]"):
        inner = (block.text or "") + "".join(html.tostring(child, encoding="unicode") for child in block)
        found.setdefault(int(block.get("data-quote")), _bare(text.plain(inner)))
    return found


def _rows(document: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any], str]]:
    """The short texts of the rows that hang on the article: the field's name, the row, and its key there."""
    in_body = _in_body(document)
    for kind, rows, keys in (
        ("picture", document["pictures"], OF_A_PICTURE),
        ("quote", document["quotes"], OF_A_QUOTE),
        ("fact", document.get("key_facts", []), OF_A_FACT),
    ):
        for row in rows:
            for key in keys:
                if row[key] and not (kind == "quote" and key == "words" and row["number"] in in_body):
                    yield f"{kind}-{row['number']}-{key}", row, key


def _in_body(document: Mapping[str, Any]) -> set[int]:
    """The quotes whose words stand in the body, as a block of their own."""
    there = words_in(document["body"])
    return {quote["number"] for quote in document["quotes"] if there.get(quote["number"]) == _bare(quote["words"])}


def _bare(words: str) -> str:
    return " ".join(words.split()).strip(QUOTATION_MARKS)


def text_of(segment: Segment) -> str:
    """What it says in the translation, coded; its source where nothing is translated yet."""
    if segment.omitted:
        return ""
    return segment.target or segment.source


def _amount(segments: list[Segment]) -> Amount:
    plains = [plain(segment.source) for segment in segments]
    return Amount(len(segments), sum(map(text.words, plains)), sum(map(text.characters, plains)))
