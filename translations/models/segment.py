"""The pieces in which a story is translated."""

from __future__ import annotations

import re

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from articles.models.constraints import filled, known
from translations.enums import Method, SegmentState

NEEDED_IN_PART = ("standfirst", "body")  # of which something has to be left
NEEDED = re.compile(r"picture-\d+-alt|quote-\d+-words|fact-\d+-(figure|text)")
GAP = 1024  # between the positions of neighbours, so that a split moves nobody else


class Segment(models.Model):
    """A sentence of the original, or a whole short field, and its translation.

    Both texts are coded: ``&``, ``<`` and ``>`` of the text stand as entities; ``<1>…</1>`` and ``<2/>`` are marks,
    whose tags and attributes stand in ``marks`` by their number (``translations.segmenting``). ``version`` rises with
    every save; what a screen sends must carry the version that it was drawn for.

    What a machine wrote is a draft until somebody confirms that very segment; then its method is *machine, edited*.

    When the original changes, ``stale`` is set on what changed, ``old_source`` holds what it said before,
    ``state_before`` how far its translation was, and the translation stays.
    """

    job = models.ForeignKey("translations.Job", on_delete=models.PROTECT, related_name="segments")
    position = models.PositiveIntegerField()
    field = models.CharField(max_length=40)  # headline, body, picture-2-alt …: translations.cutting
    paragraph = models.PositiveIntegerField(default=0)  # of the field, from 0
    source = models.TextField()
    marks = models.JSONField(default=dict, blank=True)
    sha256 = models.CharField(max_length=64)  # of the source
    target = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=SegmentState, default=SegmentState.INITIAL)
    omitted = models.CharField(_("why it is left out"), max_length=300, blank=True)
    method = models.CharField(max_length=11, choices=Method, blank=True)
    engine = models.CharField(max_length=80, blank=True)  # and its version, where a machine had its part
    machine_text = models.TextField(blank=True)  # what a machine left here last, and which
    machine_engine = models.CharField(max_length=80, blank=True)
    match = models.PositiveSmallIntegerField(default=0)  # percent of the memory's match that was taken; 101 in context
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    revised_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    before_revision = models.TextField(blank=True)  # the translator's text, where the reviser wrote another
    round = models.PositiveSmallIntegerField(default=1)  # of the job, in which the original last asked for it
    state_before = models.CharField(max_length=10, choices=SegmentState, default=SegmentState.INITIAL)  # it was stale
    stale = models.BooleanField(default=False)
    old_source = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("segment")
        verbose_name_plural = _("segments")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint("job", "position", name="segment_position_once"),
            known("state", SegmentState, "segment_state_known"),
            known("method", Method, "segment_method_known", blank=True),
            filled("source", "segment_has_source"),
            models.CheckConstraint(
                condition=Q(state=SegmentState.INITIAL) | ~Q(target="") | ~Q(omitted=""), name="segment_done_has_text"
            ),
            models.CheckConstraint(
                condition=Q(state=SegmentState.INITIAL) | ~Q(method=Method.MACHINE), name="segment_machine_is_draft"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.job_id}/{self.position}"

    @property
    def is_needed(self) -> bool:
        """Whether its field can't be empty in a story, so that it can't be left out."""
        return self.field == "headline" or NEEDED.fullmatch(self.field) is not None
