"""What each picture needs before readers may see it."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from articles.copydesk.base import Finding, Place
from articles.copydesk.reading import Reading
from articles.enums import PictureUse, Severity

_NEEDED = {
    "alt": gettext_noop("Picture %(number)s has no alternative text. Say what it shows to who can't see it."),
    "credit": gettext_noop(
        "Picture %(number)s has no credit. Name the photographer or agency in the picture's record."
    ),
    "licence": gettext_noop("Picture %(number)s has no licence. Say in the picture's record why we may use it."),
}
_NOT_PLACED = gettext_noop("Picture %(number)s is for the body but stands nowhere in it. Place it or remove it.")
_NOT_LISTED = gettext_noop(
    "The body has the picture mark %(number)s, but no picture has this number. Add the picture or remove the mark."
)


class Pictures:
    id = "pictures"
    title = _("Pictures")
    help = _("A picture has alternative text, a credit and a licence, and the body's picture marks fit the list.")

    def examine(self, reading: Reading) -> Iterator[Finding]:
        listed = {picture.number for picture in reading.pictures}
        for picture in reading.pictures:
            params = {"number": str(picture.number)}
            for name, message in _NEEDED.items():
                if not getattr(picture, name).strip():
                    yield Finding(self.id, Severity.ERROR, message, Place("pictures", row=picture.number), params)
            if picture.use == PictureUse.BODY and picture.number not in reading.marks.pictures:
                yield Finding(self.id, Severity.ADVICE, _NOT_PLACED, Place("pictures", row=picture.number), params)
        for block in reading.blocks:
            for number in block.pictures:
                if number not in listed:
                    yield Finding(
                        self.id,
                        Severity.ERROR,
                        _NOT_LISTED,
                        Place("body", start=block.start, end=block.start),
                        {"number": str(number)},
                    )
