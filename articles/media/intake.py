"""How a picture comes in: looked at by its content, turned upright, stripped, encoded anew, kept once."""

from __future__ import annotations

import hashlib
import io
import struct
import zlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO, Any

from django.core.files.base import ContentFile, File
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from articles.errors import DeskError
from articles.media import metadata
from articles.media.tasks import make_renditions
from articles.models.picture import Picture

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
BYTES_AT_MOST = 30 * 1024 * 1024
PIXELS_AT_MOST = 40_000_000

# What Pillow raises on files that are damaged, by accident or by design.
DAMAGED = (
    OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, ArithmeticError,
    AttributeError, MemoryError, struct.error, zlib.error, Image.DecompressionBombError,
)  # fmt: skip


class Unusable(DeskError):
    """The file is no picture that the newsroom takes; the message says why."""


class AlreadyHere(DeskError):
    """The register has this very picture; ``picture`` is it."""

    def __init__(self, picture: Picture) -> None:
        super().__init__(_("This picture is in the register already."))
        self.picture = picture


@dataclass(frozen=True)
class Prepared:
    """A picture ready to be kept: ``content`` is what lies on disk, ``sha256`` its hash."""

    content: bytes
    extension: str
    sha256: str
    width: int
    height: int
    rights: metadata.Rights
    was_animated: bool


def take_in(
    file: File[bytes] | IO[bytes],
    *,
    by: Any,
    title: str = "",
    credit: str = "",
    licence: str = "",
    **columns: Any,
) -> Picture:
    """Keeps the picture and has its renditions made; returns the new row.

    Title and credit are taken from the file where they are not given. Raises ``Unusable`` or ``AlreadyHere``.
    """
    prepared = prepare(file)
    name = PurePath(getattr(file, "name", None) or "").stem
    picture = Picture(
        title=(title or prepared.rights.title or name or prepared.sha256[:12])[:200],
        credit=(credit or prepared.rights.credit_line)[:200],
        licence=licence,
        uploaded_by=by,
        **columns,
    )
    return keep(picture, prepared)


def keep(picture: Picture, prepared: Prepared) -> Picture:
    """Stores what was prepared as the file of an unsaved *picture*. Raises ``AlreadyHere``."""
    picture.sha256, picture.extension = prepared.sha256, prepared.extension
    if twin := Picture.objects.filter(sha256=prepared.sha256).first():
        raise AlreadyHere(twin)
    try:
        with transaction.atomic():
            # Without a name of its own the content would not be asked for its width and height.
            content = ContentFile(prepared.content, name=f"{prepared.sha256}.{prepared.extension}")
            picture.file.save("", content, save=False)
            picture.save()
            make_renditions.enqueue(picture.pk)
    except IntegrityError as error:  # another upload of it came first
        picture.file.delete(save=False)
        twin = Picture.objects.filter(sha256=prepared.sha256).first()
        if twin is None:
            raise
        raise AlreadyHere(twin) from error
    return picture


def prepare(file: File[bytes] | IO[bytes]) -> Prepared:
    """Reads the file by its content, whatever its name says. Raises ``Unusable``."""
    raw = _read(file)
    try:
        Image.open(io.BytesIO(raw), formats=FORMATS).verify()
        image = Image.open(io.BytesIO(raw), formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise Unusable(_too_many_pixels()) from error
    except DAMAGED as error:
        raise Unusable(_("This is no picture that can be used here. Send a JPEG, PNG, WebP or GIF file.")) from error
    if image.width * image.height > PIXELS_AT_MOST:
        raise Unusable(_too_many_pixels())
    animated = bool(getattr(image, "is_animated", False))
    rights = metadata.read(image)
    try:
        content, extension, size = _encoded(image, rights)
    except DAMAGED as error:
        raise Unusable(_("The picture is damaged: it can't be read to its end. Send it once more.")) from error
    return Prepared(content, extension, hashlib.sha256(content).hexdigest(), *size, rights, animated)


def _read(file: File[bytes] | IO[bytes]) -> bytes:
    file.seek(0)
    raw = file.read(BYTES_AT_MOST + 1)
    if len(raw) > BYTES_AT_MOST:
        raise Unusable(_("The file is larger than 30 MB. Make the picture smaller and send it again."))
    if not raw:
        raise Unusable(_("The file is empty."))
    return raw


def _too_many_pixels() -> str:
    return _("The picture has more than 40 megapixels. Make it smaller and send it again.")


def _encoded(image: Image.Image, rights: metadata.Rights) -> tuple[bytes, str, tuple[int, int]]:
    """The picture upright and encoded anew, with its rights and its colour profile but nothing else."""
    kind = image.format
    exif, xmp, profile = metadata.as_exif(rights), metadata.as_xmp(rights), image.info.get("icc_profile")
    image.load()
    upright = ImageOps.exif_transpose(image)
    out = io.BytesIO()
    if kind == "JPEG":
        if upright.mode not in ("RGB", "L", "CMYK"):
            upright = upright.convert("RGB")
        upright.save(out, "JPEG", quality=92, subsampling=0, optimize=True, exif=exif, xmp=xmp, icc_profile=profile)
        return out.getvalue(), "jpg", upright.size
    still = _still(upright, kind)
    for name in ("exif", "xmp", "XML:com.adobe.xmp", "comment"):
        still.info.pop(name, None)
    if kind == "WEBP":
        still.save(out, "WEBP", quality=92, method=4, exif=exif, xmp=xmp, icc_profile=profile)
        return out.getvalue(), "webp", still.size
    still.save(out, "PNG", optimize=False, exif=exif, icc_profile=profile)  # a GIF's first frame too
    return out.getvalue(), "png", still.size


def _still(image: Image.Image, kind: str | None) -> Image.Image:
    """One frame in a mode that every format and width can be made of."""
    if image.mode.startswith(("I", "F")):  # 16 bits a pixel: eight are enough for a page
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if kind == "GIF":
        return image.convert("RGBA" if image.has_transparency_data else "RGB")
    return image
