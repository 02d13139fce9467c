"""What the search does behind the scenes."""

import django

from articles.search import entries

if django.VERSION >= (6, 0):
    from django.tasks import task  # Django's own since
else:
    from django_tasks import task  # type: ignore[no-redef,unused-ignore]  # one or the other


@task()
def rename_person(person_id: int) -> int:
    """Puts a person's spellings into the entries of all stories that name them. Safe to run twice."""
    return entries.rename(person_id)
