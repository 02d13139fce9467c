"""Walks the ledger: the chain, the figures of every stored text, every amount, and every issued statement."""

from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from translations import ledger, statements
from translations.enums import StatementState
from translations.models.statement import Statement


class Command(BaseCommand):
    help = "Recomputes the ledger and its statements from what is stored; names the first entry that is not as written."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--quick", action="store_true", help="do not count the stored texts again")

    def handle(self, *args: Any, quick: bool, **options: Any) -> None:
        number, fault = ledger.verify(recount=not quick)
        if fault is not None:
            raise CommandError(f"entry {fault.seq}: {fault.what} ({number} entries before it are right)")
        issued = Statement.objects.exclude(state=StatementState.DRAFT).order_by("year", "number")
        checked = 0
        for statement in issued.iterator(chunk_size=200):
            if wrong := statements.fault(statement):
                raise CommandError(f"statement {statement.name}: {wrong}")
            checked += 1
        self.stdout.write(f"{number} entries and {checked} statements are as they were written.")
