"""Times as the desk reads them."""

from datetime import datetime

from django import template
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from articles.models.paper import Paper

register = template.Library()


@register.simple_tag
def moment(value: datetime) -> SafeString:
    """A ``time`` element in the user's zone, and in the newsroom's where the clock shows another time."""
    own = timezone.localtime(value)
    house = timezone.localtime(value, Paper.objects.current().zone)
    shown = _shown(own)
    if own.utcoffset() != house.utcoffset():
        shown = _("%(here)s (%(there)s in the newsroom)") % {"here": shown, "there": _shown(house)}
    return format_html('<time datetime="{}">{}</time>', value.astimezone().isoformat(timespec="seconds"), shown)


def _shown(local: datetime) -> str:
    """Day, month and time by 24 hours, with the zone's short name; the year where it is another."""
    this_year = local.year == timezone.localtime().year
    day = formats.date_format(local, "MONTH_DAY_FORMAT" if this_year else "DATE_FORMAT")
    return f"{day}, {local:%H:%M} {local.tzname()}"
