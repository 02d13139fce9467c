"""A picture at the widths and in the formats that pages ask for. All can be made again from the original."""

import io

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from PIL import Image, ImageCms

from articles.media import metadata
from articles.models.picture import Picture, Rendition

WIDTHS = (320, 640, 960, 1280, 1920)
FORMATS = ("webp", "jpeg")
CONTENT_TYPES = {"webp": "image/webp", "jpeg": "image/jpeg"}
_PAPER = (255, 255, 255)  # what shows through where a JPEG can't be transparent


def widths(original: int) -> tuple[int, ...]:
    """The widths that a picture is offered in: never wider than it is; a narrow one only as it is."""
    return tuple(width for width in WIDTHS if width <= original) or (original,)


def make_all(picture: Picture) -> list[Rendition]:
    """Makes what is missing, the widest first and each next from the one before. Safe to repeat."""
    there = {(row.width, row.format) for row in picture.renditions.all()}
    wanted = {(width, kind) for width in widths(picture.width) for kind in FORMATS}
    missing = sorted(wanted - there, reverse=True)
    if not missing:
        return []
    made = []
    image, rights = opened(picture, missing[0][0])
    for width, kind in missing:
        image = _resized(image, width)
        made.append(_keep(picture, image, kind, rights))
    return made


def best(picture: Picture, width: int, kind: str) -> Rendition:
    """The rendition asked for; while it is missing the nearest that is there, else one made now."""
    offered = widths(picture.width)
    wanted = min(offered, key=lambda one: abs(one - width))
    there = [row for row in picture.renditions.all() if row.format == kind]
    if there:
        return min(there, key=lambda row: (abs(row.width - wanted), row.width))
    image, rights = opened(picture, wanted)
    return _keep(picture, _resized(image, wanted), kind, rights)


def opened(picture: Picture, width: int) -> tuple[Image.Image, metadata.Rights]:
    """The original decoded for *width*, in sRGB: RGBA where something shows through, else RGB."""
    with picture.file.open("rb") as file:
        image = Image.open(file, formats=("JPEG", "PNG", "WEBP"))
        rights = metadata.read(image)
        image.draft("RGB", (width, width * image.height // max(image.width, 1)))
        image.load()
    return _in_srgb(image), rights


def _in_srgb(image: Image.Image) -> Image.Image:
    """Plain RGB, or RGBA where something shows through; a profile that can't be read is left out."""
    mode = "RGBA" if image.has_transparency_data else "RGB"
    profile = image.info.get("icc_profile")
    if profile and image.mode in ("RGB", "RGBA", "CMYK", "L"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode=mode)
        except (ImageCms.PyCMSError, OSError, ValueError):
            converted = None
        if converted is not None:
            return converted
    return image if image.mode == mode else image.convert(mode)


def _resized(image: Image.Image, width: int) -> Image.Image:
    if image.width == width:
        return image
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)


def _keep(picture: Picture, image: Image.Image, kind: str, rights: metadata.Rights) -> Rendition:
    content = _encoded(image, kind, rights)
    rendition = Rendition(picture=picture, width=image.width, height=image.height, format=kind)
    try:
        with transaction.atomic():
            rendition.file.save("", ContentFile(content), save=False)
            rendition.save()
    except IntegrityError:  # another process made the same
        rendition.file.delete(save=False)
        return picture.renditions.get(width=image.width, format=kind)
    return rendition


def _encoded(image: Image.Image, kind: str, rights: metadata.Rights) -> bytes:
    out = io.BytesIO()
    exif = metadata.as_exif(rights)
    if kind == "webp":
        image.save(out, "WEBP", quality=78, method=4, exif=exif, icc_profile=None)
        return out.getvalue()
    on_paper(image).save(out, "JPEG", quality=80, progressive=True, optimize=True, exif=exif, icc_profile=None)
    return out.getvalue()


def on_paper(image: Image.Image) -> Image.Image:
    """The picture without transparency."""
    if image.mode != "RGBA":
        return image
    paper = Image.new("RGB", image.size, _PAPER)
    paper.paste(image, mask=image.getchannel("A"))
    return paper
