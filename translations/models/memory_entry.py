"""What was translated before, sentence by sentence."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from articles.models.constraints import filled, known
from articles.models.fields import LanguageField
from articles.search.words import words
from translations import matching
from translations.enums import Method, Standing

BEGINNING = 6
"""Letters of a word that count where a like sentence is looked for, so that most case endings don't."""
LONGEST_KEY = 2_000


def sha256_of(normal: str) -> str:
    """The hash by which exact matches are found, of a text as ``matching.normal`` gives it; empty for no text."""
    return hashlib.sha256(normal.encode()).hexdigest() if normal else ""


def target_key_of(target: str) -> str:
    """A coded translation as it is compared, and looked for in the concordance."""
    return matching.normal(target).casefold()[:LONGEST_KEY]


def beginnings(text: str) -> list[str]:
    """The beginnings of the words of *text*, each once, in order, folded.

    Numbers and words of one or two letters are left out, unless there is nothing else.
    """
    every = list(dict.fromkeys(word[:BEGINNING] for word in words(text)))
    return [word for word in every if len(word) > 2 and not word.isdecimal()] or every


class MemoryEntry(models.Model):
    """A sentence and its translation. Both are coded, as in ``Segment``.

    ``origin`` names what brought it: ``article-12``, or a file that was read in. One origin has a sentence
    in one context once; its newest translation stays. ``before`` and ``after`` are the hashes of the sentence's
    neighbours, empty where there is none.

    ``source_key`` and ``target_key`` are the normal texts in lower case, for the concordance; ``words`` and
    ``target_words`` hold the beginnings of their words, by which like sentences are found, too. They are made from the
    texts by ``keyed``, which ``save`` calls; who writes many rows at once calls it for each.
    """

    source_language = LanguageField(verbose_name=_("source language"))
    target_language = LanguageField(verbose_name=_("target language"))
    source = models.TextField(_("source text"), max_length=10_000)
    target = models.TextField(_("translation"), max_length=10_000)
    sha256 = models.CharField(max_length=64, editable=False)
    before = models.CharField(max_length=64, blank=True, editable=False)
    after = models.CharField(max_length=64, blank=True, editable=False)
    source_key = models.TextField(editable=False)
    target_key = models.TextField(editable=False)
    words = models.TextField(editable=False)
    target_words = models.TextField(editable=False)

    origin = models.CharField(_("origin"), max_length=120, editable=False)
    article = models.ForeignKey(
        "articles.Article", on_delete=models.PROTECT, null=True, editable=False, related_name="memory"
    )
    revision = models.ForeignKey(
        "articles.Revision", on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )
    job = models.ForeignKey("translations.Job", on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    field = models.CharField(max_length=40, blank=True, editable=False)  # of the segment
    method = models.CharField(max_length=11, choices=Method, blank=True, editable=False)
    engine = models.CharField(max_length=80, blank=True, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("translator"),
    )
    at = models.DateTimeField(_("accepted"), default=timezone.now, editable=False)
    standing = models.CharField(_("standing"), max_length=9, choices=Standing, default=Standing.USABLE)

    class Meta:
        verbose_name = _("memory entry")
        verbose_name_plural = _("translation memory")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["sha256", "source_language", "target_language"], name="memory_exact_idx"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["origin", "sha256", "source_language", "target_language", "before", "after"],
                name="memory_once_per_origin",
            ),
            models.CheckConstraint(
                condition=~models.Q(source_language=models.F("target_language")),
                name="memory_of_two_languages",
                violation_error_message=_("Choose two languages."),
            ),
            known("standing", Standing, "memory_standing_known"),
            known("method", Method, "memory_method_known", blank=True),
            filled("source", "memory_has_source"),
            filled("target", "memory_has_target"),
            filled("origin", "memory_has_origin"),
        ]

    def __str__(self) -> str:
        return f"{Truncator(matching.normal(self.source)).chars(60)} ({self.source_language} → {self.target_language})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        super(MemoryEntry, self.keyed()).save(*args, **kwargs)

    def keyed(self) -> MemoryEntry:
        """Itself, with what it is found by made from its texts."""
        normal = matching.normal(self.source)
        self.sha256 = sha256_of(normal)
        self.source_key = normal.casefold()[:LONGEST_KEY]
        self.target_key = target_key_of(self.target)
        self.words = " ".join(beginnings(self.source_key))
        self.target_words = " ".join(beginnings(self.target_key))
        return self
