"""What the translation desk keeps."""

from translations.models.job import Job, JobEvent
from translations.models.segment import Segment

__all__ = ["Job", "JobEvent", "Segment"]
