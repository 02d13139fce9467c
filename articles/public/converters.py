"""What the parts of a reader's address may be."""

from django.conf import settings
from django.urls.converters import StringConverter

from articles.enums import PageKind
from articles.public.feeds.links import FORMATS


class LanguageConverter:
    """One of the newsroom's languages; any other address is not a reader's."""

    regex = "[a-z]{2,3}(?:-[a-z0-9]{2,8})*"

    def to_python(self, value: str) -> str:
        if value not in dict(settings.LANGUAGES):
            raise ValueError(value)
        return value

    def to_url(self, value: str) -> str:
        return value


class FeedConverter(StringConverter):
    """The end of a feed's address, which says its format."""

    regex = "|".join(FORMATS)


class NewsroomPageConverter(StringConverter):
    """The kind of a newsroom page."""

    regex = "|".join(PageKind.values)


class ColourConverter(StringConverter):
    """A colour without its hash sign."""

    regex = "[0-9a-f]{6}"


class YearConverter:
    regex = "[12][0-9]{3}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:04d}"


class TwoDigitsConverter:
    """A month or a day, zero-padded, so that a story has one address."""

    regex = "[0-9]{2}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:02d}"


class TextFormConverter(StringConverter):
    """The ending of a text edition's address: plain text or Markdown."""

    regex = "txt|md"
