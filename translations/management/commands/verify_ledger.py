"""Walks the ledger: the chain, the figures of every stored text, every amount, and every issued statement."""

from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from translations import verifying


class Command(BaseCommand):
    help = "Recomputes the ledger and its statements from what is stored; names the first entry that is not as written."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--quick", action="store_true", help="do not count the stored texts again")

    def handle(self, *args: Any, quick: bool, **options: Any) -> None:
        check = verifying.everything(recount=not quick)
        if not quick:
            check.save()
        if check.fault_seq:
            raise CommandError(f"entry {check.fault_seq}: {check.fault} ({check.seq} entries before it are right)")
        if check.fault:
            raise CommandError(check.fault)
        self.stdout.write(f"{check.seq} entries and {check.statements} statements are as they were written.")
