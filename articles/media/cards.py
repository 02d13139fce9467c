"""The card of a story: what others show where its page is shared. The headline over the lead picture, or on paper.

A card is a file of its own below ``cards/<article>``, named by all that is drawn on it. So it is made once for each
text, and again when headline, section or the site's name changes. The folder is not public; a story that readers
don't get has no card there.
"""

import hashlib
import io
import json
import logging
from contextlib import suppress

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageDraw

from articles.enums import PublicState
from articles.media import lettering, metadata, renditions
from articles.models.paper import Paper
from articles.models.picture import Picture
from articles.models.publication import Publication

logger = logging.getLogger(__name__)

WIDTH, HEIGHT = 1200, 630
CONTENT_TYPE = "image/jpeg"
_DESIGN = 1  # raise it when cards are drawn in another way: all are made anew
_EDGE = 64
_MEASURE = WIDTH - 2 * _EDGE
_SIZES = tuple(range(84, 43, -4))
_SIZES_OVER_PICTURE = tuple(range(68, 43, -4))  # smaller, so that more of it is seen
_TALLEST = 356  # pixels that a headline may take
_PAPER, _INK, _SOFT, _ACCENT, _RULE = "#fcfaf5", "#1c1a17", "#5a554c", "#8f1d2c", "#1c1a17"
_LIGHT, _DIM = "#ffffff", "#e6e1d8"
_SHADE = (16, 15, 14)
_VEIL, _UNDER_WORDS, _AT_FOOT = 0.18, 0.68, 0.86  # how dark a picture gets: above the words, under them, at the foot


def keep(publication: Publication) -> str:
    """Draws the card of a live publication unless it is there; returns its name in the storage."""
    name = name_of(publication)
    if not default_storage.exists(name):
        content = draw(publication)
        if not default_storage.exists(name):  # nobody else made the same meanwhile
            default_storage.save(name, ContentFile(content))
    return name


def tidy(article_id: int) -> int:
    """Draws what an article's cards lack and deletes those that nobody will ask for; returns how many are kept."""
    rows = Publication.objects.to_come().stories().filter(article=article_id, state=PublicState.LIVE)
    kept = {keep(row) for row in rows.select_related("section", "lead_picture")}
    folder = _folder(article_id)
    with suppress(FileNotFoundError):
        for file in default_storage.listdir(folder)[1]:
            if f"{folder}/{file}" not in kept:
                default_storage.delete(f"{folder}/{file}")
    return len(kept)


def name_of(publication: Publication) -> str:
    """The name in the storage: by the article and by all that is drawn."""
    lead = publication.lead_picture
    shown = [
        _DESIGN, Paper.objects.current().site_name, publication.language, publication.headline,
        _section(publication), _credit(publication),
        [lead.sha256, lead.focal_x, lead.focal_y] if lead else None,
    ]  # fmt: skip
    digest = hashlib.sha256(json.dumps(shown).encode()).hexdigest()
    return f"{_folder(publication.article_id)}/{digest[:40]}.jpeg"


def _folder(article_id: int) -> str:
    return f"cards/{article_id}"


def draw(publication: Publication) -> bytes:
    """The card as a JPEG."""
    picture, rights = _picture(publication.lead_picture)
    sizes = _SIZES_OVER_PICTURE if picture else _SIZES
    words = lettering.headline(publication.headline, width=_MEASURE, height=_TALLEST, sizes=sizes)
    card = _over(picture, words, publication) if picture else _on_paper(words, publication)
    out = io.BytesIO()
    exif = metadata.as_exif(rights)
    card.save(out, "JPEG", quality=84, progressive=True, optimize=True, exif=exif, icc_profile=None)
    return out.getvalue()


def _picture(lead: Picture | None) -> tuple[Image.Image | None, metadata.Rights]:
    """The lead picture cut to the card around its focal point. None where there is none, or it can't be read."""
    if lead is None:
        return None, metadata.Rights()
    try:
        image, rights = renditions.opened(lead, WIDTH)
        box = cut(image.width, image.height, lead.focal_x, lead.focal_y)
        part = image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)
        return renditions.on_paper(part), rights
    except OSError:
        logger.exception("The card of picture %s is drawn without it", lead.pk)
        return None, metadata.Rights()


def cut(width: int, height: int, focal_x: float, focal_y: float) -> tuple[float, float, float, float]:
    """The largest part of a picture that has the card's form and its focal point as near to the middle as may be.

    Words cover the lower half, so the focal point is brought to the upper third.
    """
    across = min(width, height * WIDTH / HEIGHT)
    down = across * HEIGHT / WIDTH
    left = min(max(width * focal_x - across / 2, 0), width - across)
    top = min(max(height * focal_y - down / 3, 0), height - down)
    return left, top, left + across, top + down


def _over(picture: Image.Image, words: lettering.Setting, publication: Publication) -> Image.Image:
    """The words in white at the foot of the picture, which gets darker towards them."""
    small = lettering.font(lettering.SANS, 28)
    foot = HEIGHT - _EDGE
    top = foot - 62 - words.height
    label = top - 50
    card = Image.composite(Image.new("RGB", picture.size, _SHADE), picture, _gradient(label - 30))
    pen = ImageDraw.Draw(card)
    pen.rectangle((_EDGE, label + 2, _EDGE + 8, label + 30), fill="#f2a09a")
    _write(pen, (_EDGE + 24, label), _section(publication), small, _LIGHT, publication, _MEASURE - 24)
    _headline(pen, words, top, _LIGHT, publication)
    _foot(pen, _LIGHT, _DIM, publication)
    return card


def _gradient(words_begin: int) -> Image.Image:
    """How dark each line of the picture gets; white words are read on it whatever the picture is."""
    begin = max(words_begin, 1)

    def dark(y: int) -> int:
        if y < begin:
            return round(255 * (_VEIL + (_UNDER_WORDS - _VEIL) * (y / begin) ** 2))
        return round(255 * (_UNDER_WORDS + (_AT_FOOT - _UNDER_WORDS) * (y - begin) / (HEIGHT - begin)))

    return Image.frombytes("L", (1, HEIGHT), bytes(map(dark, range(HEIGHT)))).resize((WIDTH, HEIGHT))


def _on_paper(words: lettering.Setting, publication: Publication) -> Image.Image:
    """The words in ink on the colour of the pages, under their double rule."""
    card = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    pen = ImageDraw.Draw(card)
    pen.rectangle((_EDGE, _EDGE, WIDTH - _EDGE, _EDGE + 5), fill=_RULE)
    pen.rectangle((_EDGE, _EDGE + 11, WIDTH - _EDGE, _EDGE + 12), fill=_RULE)
    small = lettering.font(lettering.SANS, 28)
    _write(pen, (_EDGE, _EDGE + 36), _section(publication), small, _ACCENT, publication, _MEASURE)
    _headline(pen, words, _EDGE + 96, _INK, publication)
    pen.rectangle((_EDGE, HEIGHT - _EDGE - 56, WIDTH - _EDGE, HEIGHT - _EDGE - 55), fill="#d8d1c2")
    _foot(pen, _INK, _SOFT, publication)
    return card


def _headline(pen: ImageDraw.ImageDraw, words: lettering.Setting, top: int, ink: str, publication: Publication) -> None:
    for number, line in enumerate(words.lines):
        _write(pen, (_EDGE, top + number * words.leading), line, words.font, ink, publication)


def _foot(pen: ImageDraw.ImageDraw, ink: str, soft: str, publication: Publication) -> None:
    """The site's name, and who made the picture."""
    letters, small = lettering.font(lettering.SERIF, 30), lettering.font(lettering.SANS, 20)
    y = HEIGHT - _EDGE - 34
    credit = lettering.line(lettering.plain(_credit(publication)), small, WIDTH // 2 - _EDGE)
    _write(pen, (_EDGE, y), Paper.objects.current().site_name, letters, ink, publication, WIDTH // 2 - _EDGE)
    _write(pen, (WIDTH - _EDGE - small.getlength(credit), y + 11), credit, small, soft, publication)


def _section(publication: Publication) -> str:
    return publication.section.name(publication.language) if publication.section else ""


def _credit(publication: Publication) -> str:
    """As the page says it; the register may have changed since."""
    shots = publication.story.get("pictures", []) if publication.lead_picture else []
    return next((shot["credit"] for shot in shots if shot["use"] == "lead"), "")


def _write(
    pen: ImageDraw.ImageDraw,
    at: tuple[float, float],
    words: str,
    letters: lettering.Font,
    ink: str,
    publication: Publication,
    width: int = WIDTH,
) -> None:
    """One line, with the forms that letters have in the language of the story."""
    said = lettering.line(lettering.plain(words), letters, width)
    language = publication.language if letters.layout_engine == lettering.RAQM else None
    pen.text(at, said, font=letters, fill=ink, language=language)
