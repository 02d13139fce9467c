"""Picture files of every kind, made as they are needed."""

import io
import struct
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import ExifTags, Image, ImageDraw

IPTC_MARKER = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00"


def drawing(width=800, height=500, mode="RGB", colour="#8f1d2c"):
    """A picture whose upper left quarter is white, so that one sees how it is turned."""
    image = Image.new(mode, (width, height), colour)
    ImageDraw.Draw(image).rectangle((0, 0, width // 2, height // 2), fill="white")
    return image


def encoded(image=None, kind="JPEG", **options):
    out = io.BytesIO()
    (image or drawing()).save(out, kind, **options)
    return out.getvalue()


def sent(content, name="picture.jpg"):
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def photograph(**values):
    """A JPEG as a camera makes it: turned on its side, with place, owner and maker in it."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Artist] = "Ana Pop"
    exif[ExifTags.Base.Copyright] = "© Ana Pop 2026".encode()
    exif[ExifTags.Base.Make] = "SecretCam"
    exif[ExifTags.Base.GPSInfo] = {1: "N", 2: (47.0, 1.0, 30.0), 3: "E", 4: (28.0, 51.0, 0.0)}
    return encoded(exif=exif, **values)


def with_iptc(creator, credit):
    """A JPEG with the block in which agencies write byline and credit."""

    def field(number, text):
        raw = text.encode()
        return b"\x1c\x02" + bytes([number]) + struct.pack(">H", len(raw)) + raw

    block = field(80, creator) + field(110, credit)
    segment = IPTC_MARKER + struct.pack(">I", len(block)) + block + b"\0" * (len(block) % 2)
    raw = encoded()
    return raw[:2] + b"\xff\xed" + struct.pack(">H", len(segment) + 2) + segment + raw[2:]


def animation():
    frames = [drawing(60, 40, colour=colour) for colour in ("red", "green", "blue")]
    return encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])


def bomb(width=50_000, height=50_000):
    """A PNG of a few hundred bytes that says it has 2,500 megapixels."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )
