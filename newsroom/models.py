"""Who signs in at the desk."""

from typing import Any
from zoneinfo import available_timezones

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


def validate_time_zone(value: str) -> None:
    """Refuses a name that the IANA time zone database does not know."""
    if value and value not in available_timezones():
        raise ValidationError(
            _("“%(value)s” is not a time zone. Write it as Europe/Chisinau."), params={"value": value}
        )


class User(AbstractUser):
    """Somebody who works at the desk.

    What a user may do comes from the roles (groups) alone; see ``articles.permissions``.
    """

    language = models.CharField(
        _("interface language"), max_length=8, blank=True, help_text=_("Empty: the browser's language.")
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=64,
        blank=True,
        validators=[validate_time_zone],
        help_text=_("Such as Europe/Kyiv. Empty: the newsroom's zone."),
    )
    is_demo = models.BooleanField(_("demo user"), default=False, editable=False)
    session_epoch = models.PositiveIntegerField(default=0, editable=False)

    def get_full_name(self) -> str:
        return super().get_full_name() or self.get_username()

    def __str__(self) -> str:
        return self.get_full_name()

    def _get_session_auth_hash(self, secret: Any = None) -> str:
        """Adds the epoch, so that raising it ends every session of this user at once."""
        stock: str = super()._get_session_auth_hash(secret=secret)  # type: ignore[misc]  # not in the stubs
        return f"{stock}.{self.session_epoch}"


class WorkerBeat(models.Model):
    """The last sign of life of a worker process; see ``newsroom.worker``."""

    worker = models.CharField(max_length=64, primary_key=True)
    started = models.DateTimeField()
    seen = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.worker
