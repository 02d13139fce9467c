"""What the search hears of the register of people.

A name that changes reaches the stories by a task, for there may be thousands. It is enqueued in the transaction that
changes the name, so that neither happens without the other.
"""

from typing import Any

from django.db.models.signals import post_delete, post_save

from articles.models.person import Person, PersonName
from articles.models.search_entry import SearchEntry
from articles.search.tasks import rename_person


def connect() -> None:
    for sender in (Person, PersonName):
        post_save.connect(on_name, sender=sender)
    post_delete.connect(on_name, sender=PersonName)


def on_name(instance: Person | PersonName, *, raw: bool = False, created: bool = False, **_signal: Any) -> None:
    """Asks for the stories of a person to be found by the names that are right now."""
    person = instance.pk if isinstance(instance, Person) else instance.person_id
    if raw or (created and isinstance(instance, Person)):
        return
    if SearchEntry.objects.filter(publication__person_links__person=person).exists():
        rename_person.enqueue(person)
