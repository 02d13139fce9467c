"""What is checked before a translation is delivered.

Pure: ``proof`` takes a whole translation (``Work``) and returns what is wrong with it. An error keeps it from being
delivered, a warning is shown. ``message`` says a fault in the language that is active.
"""

from translations.proofing import marks, numbers, people, quoting, typography, wholeness
from translations.proofing.base import ERROR, WARNING, Fault, Pair, Said, Work
from translations.proofing.messages import MESSAGES, message

__all__ = ["ERROR", "MESSAGES", "WARNING", "Fault", "Pair", "Said", "Work", "message", "proof"]

_CHECKS = (wholeness, marks, numbers, people, quoting, typography)
_HEAD = -1  # what is in no segment comes first


def proof(work: Work) -> list[Fault]:
    """All faults, by segment; errors go before warnings."""
    found = [fault for check in _CHECKS for fault in check.examine(work)]
    return sorted(found, key=lambda fault: (_HEAD if fault.index is None else fault.index, fault.severity))
