"""What the translation desk keeps."""

from translations.models.job import Job, JobEvent
from translations.models.memory_entry import MemoryEntry
from translations.models.segment import Segment
from translations.models.term import Term

__all__ = ["Job", "JobEvent", "MemoryEntry", "Segment", "Term"]
