"""Keeping the entries in step with what readers get, or will get at an hour that is set."""

import re
from collections.abc import Sequence

from django.db.models import QuerySet

from articles import text
from articles.enums import NameKind, PublicState
from articles.models.person import Person
from articles.models.publication import Publication, PublicationPerson
from articles.models.search_entry import SearchEntry
from articles.search.words import folded, latin, words

RIGHT = (NameKind.PREFERRED, NameKind.ACCEPTED)
COLUMNS = ("language", "headline", "names", "standfirst", "labels", "body")
LONGEST_BODY = 200_000
"""Characters of a body that are searched: what PostgreSQL can keep of one entry has a bound."""
BATCH = 200
_CITATION = re.compile(r'<sup class="citation">.*?</sup>', re.DOTALL)
People = dict[int, Person]
"""The people whom some publications name, by their ids, with their forms."""


def searchable() -> QuerySet[Publication]:
    """Publications that readers may find, now or when their time comes."""
    return Publication.objects.to_come().stories().filter(state=PublicState.LIVE)


def refresh(article_id: int) -> None:
    """Makes the entries of an article anew. Call it in the transaction that changed what readers get of it."""
    kept = list(searchable().filter(article=article_id).select_related("section"))
    SearchEntry.objects.filter(publication__article=article_id).exclude(pk__in=[row.pk for row in kept]).delete()
    write(kept)


def write(publications: Sequence[Publication]) -> None:
    """Writes an entry for each of the publications, in place of the one that it may have."""
    if publications:
        people = _people(publications)
        SearchEntry.objects.bulk_create(
            [_entry(row, people) for row in publications],
            update_conflicts=True,
            unique_fields=["publication"],
            update_fields=COLUMNS,
        )


def rename(person_id: int) -> int:
    """Puts a person's spellings of today into the stories that name them; returns how many entries changed."""
    done, after = 0, 0
    while batch := list(_naming(person_id, after)):
        people = _people(batch)
        before = SearchEntry.objects.in_bulk([row.pk for row in batch])
        changed = [entry for row in batch if (entry := before.get(row.pk)) and _named(entry, row, people)]
        SearchEntry.objects.bulk_update(changed, ["names"], batch_size=BATCH)
        done, after = done + len(changed), batch[-1].pk
    return done


def _naming(person_id: int, after: int) -> QuerySet[Publication]:
    links = PublicationPerson.objects.filter(person=person_id)
    rows = Publication.objects.filter(pk__in=links.values("publication"), search_entry__isnull=False, pk__gt=after)
    return rows.defer("body").order_by("pk")[:BATCH]


def _named(entry: SearchEntry, row: Publication, people: People) -> bool:
    """Sets the entry's names; whether that changed anything."""
    before, entry.names = entry.names, _names(row, people)
    return entry.names != before


def _entry(row: Publication, people: People) -> SearchEntry:
    story = row.story
    labels = [row.kicker, row.dateline, row.section.name(row.language) if row.section else ""]
    labels += [held["name"] for kind in ("tags", "citations", "credits") for held in story.get(kind, [])]
    return SearchEntry(
        publication=row,
        language=row.language,
        headline=folded(row.headline),
        names=_names(row, people),
        standfirst=folded(row.standfirst),
        labels=folded("\n".join(dict.fromkeys(labels))),
        body=folded("\n".join([shown_text(row)[:LONGEST_BODY], *_key_facts(row)])),
    )


def shown_text(row: Publication) -> str:
    """The text of a published body, a line a block, without the numbers of its citations."""
    return text.plain(_CITATION.sub("", row.body))


def _key_facts(row: Publication) -> list[str]:
    return [f"{fact['figure']} {fact['text']}" for fact in row.story.get("key_facts", [])]


def _names(row: Publication, people: People) -> str:
    """Every right spelling of everybody in the story, and each in Latin letters."""
    known: dict[str, None] = {}
    for held in row.story.get("people", []):
        known[held["name"]] = None
        if person := people.get(held["person"]):
            known[person.form_in(row.language)] = None
            known.update((form.form, None) for form in person.forms.all() if form.kind in RIGHT)
    spelled: dict[str, None] = {}
    for form in known:
        typed = words(form)
        spelled |= {" ".join(typed): None, " ".join(map(latin, typed)): None}
    return " ".join(spelled)


def _people(publications: Sequence[Publication]) -> People:
    pks = {held["person"] for row in publications for held in row.story.get("people", [])}
    return Person.objects.prefetch_related("forms").in_bulk(pks)
