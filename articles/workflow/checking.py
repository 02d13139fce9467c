"""The copy desk as a guard: reads a revision with the registers, keeps the findings, waives them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Min, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import names, permissions, text
from articles.copydesk import registry
from articles.copydesk.base import Finding as Found
from articles.copydesk.reading import Known, Reading
from articles.enums import DeskState, Severity
from articles.errors import NotAllowed, Refused
from articles.models.article import Article
from articles.models.contributor import Contributor
from articles.models.finding import Finding
from articles.models.person import Person, PersonName
from articles.models.picture import Picture
from articles.models.revision import Revision
from articles.models.source import Source
from articles.models.tag import Tag


def examine(revision: Revision) -> list[Finding]:
    """Runs every rule over the revision and keeps what was found; waivers of the same words stay.

    Safe to repeat: the registers may have changed since, so approval and publication examine again. What is found no
    longer goes, but a waiver is never lost: its finding stays, marked as no longer found. Returns what is found now.
    """
    found = {finding.fingerprint: finding for finding in registry.examine(reading(revision))}
    with transaction.atomic():
        kept = _kept(revision, found)
        new = [key for key in found if key not in kept]
        waivers = _waivers(revision, new) if new else {}
        Finding.objects.bulk_create(
            [
                Finding(
                    revision=revision,
                    rule=found[key].rule,
                    severity=found[key].severity,
                    message=str(found[key].message),
                    params=dict(found[key].params),
                    place=found[key].place.as_dict(),
                    suggestion=found[key].suggestion or "",
                    fingerprint=key,
                    **waivers.get((key, found[key].severity), {}),
                )
                for key in new
            ],
            ignore_conflicts=True,  # another process may examine the same revision
        )
    order = {key: place for place, key in enumerate(found)}
    return sorted(revision.findings.filter(found=True), key=lambda row: order.get(row.fingerprint, 0))


def _kept(revision: Revision, found: Mapping[str, Found]) -> set[str]:
    """Brings the rows of earlier examinations up to date; the fingerprints of those that stand."""
    rows = list(revision.findings.all())
    again = {row.pk for row in rows if row.fingerprint in found and row.severity == found[row.fingerprint].severity}
    if gone := [row for row in rows if row.found and row.pk not in again]:
        revision.findings.filter(pk__in=[row.pk for row in gone if row.waived_by_id is None]).delete()
        revision.findings.filter(pk__in=[row.pk for row in gone if row.waived_by_id]).update(found=False)
    kept = {row.fingerprint for row in rows if row.found and row.pk in again}
    back = {row.fingerprint: row.pk for row in rows if row.pk in again and row.fingerprint not in kept}
    if back:
        revision.findings.filter(pk__in=back.values()).update(found=True)
    return kept | back.keys()


def message(finding: Finding) -> str:
    """The finding's sentence in the language of whoever looks."""
    return _(finding.message) % finding.params if finding.params else _(finding.message)


def waive(finding: Finding, *, by: Any, reason: str) -> Finding:
    """Lets an error stand, with the reason on file. Blocking findings can't be waived.

    Only who may approve stories may waive, and only on the article's newest revision.
    """
    reason = reason.strip()
    article = finding.revision.article
    if not permissions.roles_of(by) & permissions.EDITORS or article.state == DeskState.SPIKED:
        raise NotAllowed
    if finding.severity == Severity.BLOCKING:
        raise Refused(_("This finding can't be waived: the text must be put right."))
    if not reason:
        raise Refused(_("Say why the finding may stand."))
    if finding.revision_id != article.head_id:
        raise Refused(_("The text has changed since; look at the newest findings."))
    standing = Finding.objects.filter(pk=finding.pk, waived_by=None)
    if not standing.update(waived_by=by, waived_at=timezone.now(), waived_reason=reason):
        raise Refused(_("This finding is gone, or somebody has waived it: look at the newest findings."))
    finding.refresh_from_db()
    return finding


def waivers(article: Article) -> QuerySet[Finding]:
    """Each waiver once, the newest first: later revisions carry copies of it."""
    waived = Finding.objects.filter(revision__article=article, waived_by__isnull=False)
    first = waived.order_by().values("fingerprint", "waived_at", "waived_by").annotate(first=Min("pk")).values("first")
    return Finding.objects.filter(pk__in=first).select_related("waived_by").order_by("-waived_at", "-pk")


def reading(revision: Revision) -> Reading:
    """The revision as the rules read it: its document, joined with the registers and the original's text."""
    frozen = {**revision.document, **_original(revision.article)}
    sources = Source.objects.in_bulk(_ids(frozen["citations"], "source"))
    contributors = Contributor.objects.in_bulk(_ids(frozen["credits"], "contributor"))
    pictures = Picture.objects.in_bulk(_ids(frozen["pictures"], "picture"))
    named = _ids(frozen["quotes"], "person") | _ids(frozen["mentions"], "person")
    frozen["tags"] = list(Tag.objects.filter(pk__in=frozen["tags"]).order_by("name").values_list("name", flat=True))
    people = _people(named, frozen)
    language = frozen["language"]

    def name(pk: int | None) -> str:
        return people[pk].form_in(language) if pk in people else ""

    frozen["citations"] = [
        {**c, "source_name": sources[c["source"]].name if c["source"] in sources else ""} for c in frozen["citations"]
    ]
    frozen["quotes"] = [{**q, "speaker": name(q["person"])} for q in frozen["quotes"]]
    frozen["mentions"] = [{**m, "name": name(m["person"])} for m in frozen["mentions"]]
    frozen["credits"] = [
        {**c, "name": contributors[c["contributor"]].name if c["contributor"] in contributors else ""}
        for c in frozen["credits"]
    ]
    frozen["pictures"] = [
        {**p, "credit": pictures[p["picture"]].credit, "licence": pictures[p["picture"]].licence}
        for p in frozen["pictures"]
        if p["picture"] in pictures
    ]
    known = tuple(
        Known(person.pk, tuple((form.form, form.language, form.kind) for form in person.forms.all()))
        for person in people.values()
    )
    return Reading.from_document(frozen, people=known)


def _original(article: Article) -> dict[str, Any]:
    """What the original says from which a translation was made, or says now."""
    if article.original is None:
        return {}
    made_from = article.made_from or article.original.head
    document = made_from.document if made_from else {}
    return {f"original_{name}": document.get(name, "") for name in ("headline", "body")}


def _people(named: set[int], frozen: dict[str, Any]) -> dict[int, Person]:
    """The people whom the article names by record, and those whose name it seems to spell."""
    spelled = names.lookup_keys(_all_text(frozen))
    by_text = PersonName.objects.filter(tail__in=spelled).values_list("person", flat=True) if spelled else []
    return Person.objects.prefetch_related("forms", "roles").in_bulk(named | set(by_text))


def _all_text(frozen: dict[str, Any]) -> str:
    parts = [
        frozen["kicker"],
        frozen["headline"],
        frozen["standfirst"],
        text.plain(frozen["body"]),
        *frozen["tags"],
    ]
    parts += [value for q in frozen["quotes"] for value in (q["words"], q["description"], q["role"])]
    parts += [value for f in frozen.get("key_facts", ()) for value in (f["figure"], f["text"])]
    parts += [value for p in frozen["pictures"] for value in (p["alt"], p["caption"])]
    parts += [c["title"] for c in frozen["citations"]]
    return "\n".join(parts)


def _ids(rows: Iterable[dict[str, Any]], key: str) -> set[int]:
    return {row[key] for row in rows if row[key] is not None}


def _waivers(revision: Revision, fingerprints: list[str]) -> dict[tuple[str, str], dict[str, Any]]:
    """Waivers that earlier revisions of the article carry for the same words."""
    rows = Finding.objects.filter(
        revision__article=revision.article_id, fingerprint__in=fingerprints, waived_by__isnull=False
    )
    return {
        (row.fingerprint, row.severity): {
            "waived_by_id": row.waived_by_id, "waived_at": row.waived_at, "waived_reason": row.waived_reason,
        }
        for row in rows
    }  # fmt: skip
