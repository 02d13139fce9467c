"""Times as readers read them: in the newsroom's zone, in words of the page's language."""

from datetime import date, datetime

from django.utils import formats, timezone

DAY = "j E Y"
MOMENT = "j E Y, H:i T"


def moment_text(value: datetime) -> str:
    """Day, hour and the zone's abbreviation."""
    return str(formats.date_format(timezone.localtime(value), MOMENT))


def day_text(value: date | datetime, form: str = DAY) -> str:
    """The day, without the hour."""
    return str(formats.date_format(timezone.localtime(value) if isinstance(value, datetime) else value, form))


def iso(value: datetime) -> str:
    """For machines, with the offset of the newsroom's zone."""
    return timezone.localtime(value).isoformat(timespec="seconds")
