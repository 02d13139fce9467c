"""What the translation desk keeps."""

from translations.models.job import Job, JobEvent
from translations.models.ledger import LedgerEntry
from translations.models.ledger_check import LedgerCheck
from translations.models.memory_entry import MemoryEntry
from translations.models.rate import RateCard
from translations.models.segment import Segment
from translations.models.statement import Payment, Statement, StatementLine
from translations.models.term import Term
from translations.models.work import LoggedWork

__all__ = [
    "Job",
    "JobEvent",
    "LedgerCheck",
    "LedgerEntry",
    "LoggedWork",
    "MemoryEntry",
    "Payment",
    "RateCard",
    "Segment",
    "Statement",
    "StatementLine",
    "Term",
]
