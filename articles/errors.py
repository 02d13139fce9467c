"""What the desk is told when a step can't be taken. Each text says what to do."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _


class DeskError(Exception):
    """A step was not taken and nothing was changed. ``messages`` are sentences for the person at the desk."""

    def __init__(self, *messages: str) -> None:
        super().__init__(*messages)
        self.messages = [str(message) for message in messages]

    def __str__(self) -> str:
        return " ".join(self.messages)


class NotAllowed(DeskError):
    """The user's roles don't permit the step on this article as it stands."""

    def __init__(self, message: str = "") -> None:
        super().__init__(message or _("You may not do this with the story as it stands."))


class Stale(DeskError):
    """The screen was drawn for an older version; ``article`` is the newest."""

    def __init__(self, article: Any) -> None:
        super().__init__(
            _("Somebody changed this story while you had it open. Look at the newer state and decide again.")
        )
        self.article = article


class WrongState(DeskError):
    """The step doesn't start from the state that the article is in."""


class Refused(DeskError):
    """A guard refuses; each message is one reason."""
