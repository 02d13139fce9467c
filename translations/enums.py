"""The trade's words for the road into another language; see docs/glossary.md."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class JobState(models.TextChoices):
    """Where the work on a translation stands."""

    REQUESTED = "requested", pgettext_lazy("job", "requested")
    ACCEPTED = "accepted", pgettext_lazy("job", "accepted")
    TRANSLATING = "translating", pgettext_lazy("job", "being translated")
    DELIVERED = "delivered", pgettext_lazy("job", "delivered")
    REVISING = "revising", pgettext_lazy("job", "in revision")
    DONE = "done", pgettext_lazy("job", "accepted for the desk")
    CANCELLED = "cancelled", pgettext_lazy("job", "cancelled")


class JobStep(models.TextChoices):
    """An act on the road; who may take it is in ``translations.permissions``."""

    REQUEST = "request", pgettext_lazy("job", "request")
    ACCEPT = "accept", pgettext_lazy("job", "accept")
    DECLINE = "decline", pgettext_lazy("job", "decline")
    REASSIGN = "reassign", pgettext_lazy("job", "reassign")
    EXPIRE = "expire", pgettext_lazy("job", "run out")
    DELIVER = "deliver", pgettext_lazy("job", "deliver")
    REVISE = "revise", pgettext_lazy("job", "take up for revision")
    RETURN = "return", pgettext_lazy("job", "return to the translator")
    FINISH = "finish", pgettext_lazy("job", "accept for the desk")
    RENEW = "renew", pgettext_lazy("job", "bring up to date")
    CANCEL = "cancel", pgettext_lazy("job", "cancel")


class Freshness(models.TextChoices):
    """How a translation stands to what its original says now."""

    FRESH = "fresh", _("fresh")
    MINOR = "minor", _("minor change")
    STALE = "stale", _("stale")


class SegmentState(models.TextChoices):
    """How far a segment is: the states of XLIFF 2.1, section 4.7.2.1."""

    INITIAL = "initial", pgettext_lazy("segment", "not translated")
    TRANSLATED = "translated", pgettext_lazy("segment", "translated")
    REVIEWED = "reviewed", pgettext_lazy("segment", "revised")
    FINAL = "final", pgettext_lazy("segment", "final")


class Method(models.TextChoices):
    """How a segment's translation came about."""

    HUMAN = "human", _("human")
    MEMORY = "memory", _("translation memory")
    REPETITION = "repetition", _("repetition")
    MACHINE = "machine", _("machine")
    POST_EDITED = "post_edited", _("machine, edited")

    @property
    def is_machines(self) -> bool:
        """Whether a machine had its part, edited or not."""
        return self in {Method.MACHINE, Method.POST_EDITED}


class Standing(models.TextChoices):
    """Whether the memory offers an entry."""

    USABLE = "usable", pgettext_lazy("memory", "usable")
    HELD = "held", pgettext_lazy("memory", "held with its story")
    WITHDRAWN = "withdrawn", pgettext_lazy("memory", "withdrawn")


class TermKind(models.TextChoices):
    """What a term asks of a translation."""

    TRANSLATE = "translate", pgettext_lazy("term", "translate so")
    KEEP = "keep", pgettext_lazy("term", "do not translate")
    FORBIDDEN = "forbidden", pgettext_lazy("term", "forbidden")


class CountUnit(models.TextChoices):
    """What a rate is per."""

    WORD = "word", pgettext_lazy("rate", "word")
    CHARACTER = "character", pgettext_lazy("rate", "character")


class Basis(models.TextChoices):
    """Which text is counted."""

    SOURCE = "source", pgettext_lazy("rate", "original")
    TARGET = "target", pgettext_lazy("rate", "translation")


class Rounding(models.TextChoices):
    """How the number of units is rounded before it is multiplied by the price."""

    EXACT = "exact", pgettext_lazy("rate", "to four places")
    HALF = "half", pgettext_lazy("rate", "up to the next half unit")
    WHOLE = "whole", pgettext_lazy("rate", "up to the next whole unit")


class EntryKind(models.TextChoices):
    """What a line of the ledger stands for."""

    WORK = "work", pgettext_lazy("ledger", "work")
    VOLUNTEER = "volunteer", pgettext_lazy("ledger", "volunteer work")
    KILL_FEE = "kill_fee", pgettext_lazy("ledger", "kill fee")
    ADJUSTMENT = "adjustment", pgettext_lazy("ledger", "adjustment")
    REVERSAL = "reversal", pgettext_lazy("ledger", "reversal")

    @property
    def is_work(self) -> bool:
        return self in {EntryKind.WORK, EntryKind.VOLUNTEER}


class LogState(models.TextChoices):
    """Where a credit that was logged by hand stands."""

    WAITING = "waiting", pgettext_lazy("logged credit", "waits for an editor")
    APPROVED = "approved", pgettext_lazy("logged credit", "approved")
    DECLINED = "declined", pgettext_lazy("logged credit", "declined")


class StatementState(models.TextChoices):
    """Where a statement stands; from issued on its lines and its total never change."""

    DRAFT = "draft", pgettext_lazy("statement", "draft")
    ISSUED = "issued", pgettext_lazy("statement", "issued")
    ACKNOWLEDGED = "acknowledged", pgettext_lazy("statement", "acknowledged")
    DISPUTED = "disputed", pgettext_lazy("statement", "disputed")
    PAID = "paid", pgettext_lazy("statement", "paid")
