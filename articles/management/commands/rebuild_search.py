"""``manage.py rebuild_search``"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from articles.models.search_entry import SearchEntry
from articles.search import entries


class Command(BaseCommand):
    help = (
        "Makes the readers' search anew from what is published: one entry for each story that readers see or will"
        " see at its hour, and none for any other. Run it after an upgrade that says so, after restoring a backup,"
        " or after a section, tag or source got another name. Readers can search meanwhile. Safe to stop and to"
        " repeat."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--batch", type=int, default=entries.BATCH, help="stories in one transaction (default: %(default)s)"
        )

    def handle(self, *args: Any, batch: int, verbosity: int, **options: Any) -> None:
        gone, _each = SearchEntry.objects.exclude(publication__in=entries.searchable()).delete()
        done, after = 0, 0
        while rows := self._write(after, max(batch, 1)):
            done, after = done + len(rows), rows[-1]
            if verbosity > 0:
                self.stdout.write(f"{done} stories …")
        self.stdout.write(f"{done} stories can be found, {gone} entries were taken out.")

    def _write(self, after: int, batch: int) -> list[int]:
        """Writes the entries of the next stories; gives their ids. Who changes one waits, or is waited for."""
        with transaction.atomic():
            wanted = entries.searchable().filter(pk__gt=after).select_related("section").order_by("pk")
            rows = list(wanted.select_for_update(of=("self",), no_key=True)[:batch])
            entries.write(rows)
        return [row.pk for row in rows]
