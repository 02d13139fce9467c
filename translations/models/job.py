"""The work on one story's version in another language."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from articles.models.constraints import from_one, known
from articles.models.fields import LanguageField
from translations.enums import Freshness, JobState, JobStep


class Job(models.Model):
    """Somebody's work on ``original`` in ``language``; the text itself is ``article`` once there is one.

    ``base`` is the revision of the original that the segments were cut from. ``round`` counts how often the work was
    asked for: it begins anew when the original changes. ``version`` rises with every step; a screen that sends an older
    one is refused. ``known`` is the revision of ``article`` up to which the segments have what the desk wrote in it;
    ``homeless`` is what has no place among them, and is not dropped before somebody says so.
    """

    original = models.ForeignKey("articles.Article", on_delete=models.PROTECT, related_name="jobs")
    language = LanguageField()
    article = models.OneToOneField(
        "articles.Article", on_delete=models.PROTECT, null=True, editable=False, related_name="job"
    )
    base = models.ForeignKey("articles.Revision", on_delete=models.PROTECT, related_name="+", editable=False)
    known = models.ForeignKey(
        "articles.Revision", on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    homeless = models.JSONField(default=list, editable=False)
    state = models.CharField(_("state"), max_length=12, choices=JobState, default=JobState.REQUESTED, editable=False)
    freshness = models.CharField(max_length=5, choices=Freshness, default=Freshness.FRESH, editable=False)
    round = models.PositiveSmallIntegerField(default=1, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)

    translator = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="translation_jobs",
        verbose_name=_("translator"),
    )
    helpers = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        related_name="helping_jobs",
        verbose_name=_("translating with them"),
    )
    reviser = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="revision_jobs",
        verbose_name=_("reviser"),
    )
    due = models.DateTimeField(_("due"), null=True, blank=True)
    urgent = models.BooleanField(_("urgent"), default=False)
    special = models.BooleanField(_("specialised text"), default=False)
    brief = models.TextField(_("brief"), max_length=2000, blank=True)
    claimed_until = models.DateTimeField(null=True, editable=False)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, editable=False, related_name="requested_jobs"
    )
    requested_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("translation job")
        verbose_name_plural = _("translation jobs")
        indexes = [
            models.Index("translator", "state", "due", name="job_translator_idx"),
            models.Index("state", "due", "id", name="job_state_idx"),
            models.Index(fields=["-changed_at", "-id"], name="job_changed_idx"),
            models.Index(fields=["language", "-changed_at", "-id"], name="job_language_idx"),
        ]
        constraints = [
            models.UniqueConstraint(
                "original", "language", condition=~Q(state=JobState.CANCELLED), name="job_once_per_language"
            ),
            models.CheckConstraint(
                condition=Q(translator=None) | Q(reviser=None) | ~Q(translator=models.F("reviser")),
                name="job_reviser_is_another",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[JobState.REQUESTED, JobState.CANCELLED]) | Q(translator__isnull=False),
                name="job_under_way_has_translator",
            ),
            known("state", JobState, "job_state_known"),
            known("freshness", Freshness, "job_freshness_known"),
            from_one("round", "job_round_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.original} → {self.language}"

    @property
    def headline(self) -> str:
        """Of the text that is translated. What the desk does with the original meanwhile is not for all to see."""
        return str(self.base.document["headline"])

    @property
    def overdue(self) -> bool:
        """Whether it should have been done by now."""
        over = self.state in {JobState.DONE, JobState.CANCELLED}
        return self.due is not None and self.due <= timezone.now() and not over


class JobEvent(models.Model):
    """One step of a job, for ever: append-only."""

    job = models.ForeignKey(Job, on_delete=models.PROTECT, related_name="events")
    step = models.CharField(max_length=10, choices=JobStep)
    from_state = models.CharField(max_length=12, choices=JobState, blank=True)
    to_state = models.CharField(max_length=12, choices=JobState)
    round = models.PositiveSmallIntegerField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )  # empty: nobody did, but time, or what became of the original
    at = models.DateTimeField(default=timezone.now)
    note = models.TextField(blank=True)
    translator = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reviser = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            known("step", JobStep, "job_event_step_known"),
            known("to_state", JobState, "job_event_to_known"),
        ]

    def __str__(self) -> str:
        return f"{self.job_id}: {self.get_step_display()}"

    @property
    def what(self) -> str:
        """What happened, in a few words: the step as a rule, and what it was where it was something else."""
        if self.step == JobStep.RENEW and self.by_id is None:
            return pgettext("job", "original changed")
        if self.step == JobStep.REASSIGN and self.to_state != JobState.REQUESTED:
            return pgettext("job", "people chosen who translate with them")
        if self.step == JobStep.CANCEL and self.to_state == JobState.DONE:
            return pgettext("job", "round ended")
        return str(self.get_step_display())

    @property
    def cause(self) -> str:
        """What did it where nobody did."""
        if self.step == JobStep.RENEW:
            return gettext("by the original’s publication")
        if self.step == JobStep.CANCEL:
            return gettext("by the original’s withdrawal")
        return gettext("by the clock")
