"""Pages as they were: ``?at=`` names a moment that has passed, and the page shows what readers saw then."""

import re
from datetime import UTC, date, datetime, time, timedelta

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.http import urlencode

from articles.models.paper import Paper

# A plus that was not escaped arrives as a space.
_MOMENT = re.compile(r"([12]\d{3}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)(?:(Z)|([+ -])(\d\d:?\d\d))", re.ASCII)
_DAY = re.compile(r"[12]\d{3}-\d\d-\d\d", re.ASCII)


def asked(request: HttpRequest) -> datetime | None:
    """The moment that the address names, None where it names none.

    ISO 8601 with an offset or Z; a day alone is its end in the newsroom's zone, and today is now. What is none
    of these, and what lies ahead, is an Http404.
    """
    text = request.GET.get("at")
    if text is None:
        return None
    now = timezone.now()
    try:
        at = _read(text, now)
    except (ValueError, OverflowError):
        raise Http404 from None
    if at > now:
        raise Http404
    return at


def query(at: datetime | None) -> str:
    """What asks for the page as it was at *at*: goes behind an address. Nothing for the present."""
    return f"?{urlencode({'at': written(at)})}" if at else ""


def written(at: datetime) -> str:
    """The moment in UTC, to the microsecond where it has any."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _read(text: str, now: datetime) -> datetime:
    if _DAY.fullmatch(text):
        return _end_of(date.fromisoformat(text), now)
    match = _MOMENT.fullmatch(text)
    if not match:
        raise ValueError(text)
    moment, utc, sign, offset = match.groups()
    return datetime.fromisoformat(moment + (utc or sign.replace(" ", "+") + offset)).astimezone(UTC)


def _end_of(day: date, now: datetime) -> datetime:
    zone = Paper.objects.current().zone
    end = datetime.combine(day + timedelta(days=1), time(), tzinfo=zone) - timedelta(microseconds=1)
    return now if day == now.astimezone(zone).date() else end
