"""The paper as its chief editor sets it: its name, look, languages, clock and policies."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from articles.enums import MachineNote
from articles.models import colours
from articles.models.constraints import ascii_word, known
from articles.models.fields import PerLanguageField

ONLY = 1
"""The id of the one row."""
_asked: ContextVar[_Once | None] = ContextVar("paper", default=None)


@dataclass
class _Once:
    """A request's paper, and whence it comes when it is first asked for."""

    load: Callable[[], Paper]
    paper: Paper | None = None


class PaperManager(models.Manager["Paper"]):
    def current(self) -> Paper:
        """The paper as it is set now; as the environment says while nothing was set. All read it through here."""
        once = _asked.get()
        if once is None:
            return self.stored()
        if once.paper is None:
            once.paper = once.load()
        return once.paper

    def stored(self) -> Paper:
        """The same from the database."""
        return self.select_related("logo").filter(pk=ONLY).first() or Paper()


@contextmanager
def read_once(load: Callable[[], Paper] | None = None) -> Iterator[None]:
    """Within, as while a request is answered, ``current`` asks once at the most: *load*, else the database."""
    token = _asked.set(_Once(load or Paper.objects.stored))
    try:
        yield
    finally:
        _asked.reset(token)


class Paper(models.Model):
    """One row. What it leaves empty is as the environment says; the properties give what holds."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=ONLY, editable=False)
    name = models.CharField(_("name"), max_length=80, blank=True)
    logo = models.ForeignKey(
        "articles.Picture",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("logo"),
        help_text=_("Stands in place of the name at the head of each page. Best a PNG without a background."),
    )
    accent = models.CharField(_("accent colour, light pages"), max_length=7, blank=True)
    accent_dark = models.CharField(_("accent colour, dark pages"), max_length=7, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)
    default_language = models.CharField(_("first language"), max_length=12, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)
    rights = PerLanguageField(
        _("rights"), help_text=_("A line at the foot of each page, such as © The River Post, CC BY 4.0.")
    )
    machine_note = models.CharField(
        _("machine translation"),
        max_length=6,
        choices=MachineNote,
        default=MachineNote.PART,
        help_text=_(
            "What a story's page says where a machine had a part in the translation."
            " Published stories stay as they are."
        ),
    )
    contact = models.EmailField(_("contact"), blank=True, help_text=_("Where readers write to."))

    objects = PaperManager()

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("the paper")
        constraints = [
            models.CheckConstraint(condition=Q(id=ONLY), name="paper_is_one"),
            models.CheckConstraint(condition=Q(accent__is_colour=True), name="paper_accent_is_a_colour"),
            models.CheckConstraint(condition=Q(accent_dark__is_colour=True), name="paper_dark_accent_is_a_colour"),
            known("machine_note", MachineNote, "paper_machine_note_known"),
            ascii_word("default_language", "paper_default_language_is_a_tag", blank=True),
        ]

    def __str__(self) -> str:
        return self.site_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        super().save(*args, **kwargs)
        if once := _asked.get():
            once.paper = None

    @property
    def site_name(self) -> str:
        return self.name or settings.NEWSROOM_SITE_NAME

    @property
    def public_languages(self) -> dict[str, str]:
        """The languages in which readers get the paper, in the newsroom's order: code → name."""
        there = {code: str(name) for code, name in settings.LANGUAGES}
        return {code: name for code, name in there.items() if code in self.languages} or there

    @property
    def first_language(self) -> str:
        """Of readers whose browser asks for none that there is."""
        public = self.public_languages
        wanted = (self.default_language, settings.NEWSROOM_DEFAULT_LANGUAGE)
        return next((code for code in wanted if code in public), next(iter(public)))

    @property
    def zone(self) -> ZoneInfo:
        """The clock of readers' pages, and of who has set no other at the desk; one that this machine knows."""
        try:
            return ZoneInfo(self.time_zone or settings.TIME_ZONE)
        except (KeyError, ValueError):
            return ZoneInfo(settings.TIME_ZONE)

    @property
    def accents(self) -> tuple[str, str] | None:
        """The accent colours of light and of dark pages; None where they are the software's own."""
        if not (self.accent or self.accent_dark):
            return None
        return self.accent or colours.ACCENTS[colours.LIGHT], self.accent_dark or colours.ACCENTS[colours.DARK]

    def rights_in(self, language: str) -> str:
        """The line of rights in the language, else in the first one, else in whichever it is written in."""
        return str(
            self.rights.get(language) or self.rights.get(self.first_language) or next(iter(self.rights.values()), "")
        )
