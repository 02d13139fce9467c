"""Who made a picture and who owns it, read from the file and written back; everything else in it is dropped.

A photograph's file can hold the place, the owner's name and the camera's number. So nothing is copied: the
few values kept are written into fresh EXIF and XMP blocks.
"""

from contextlib import suppress
from dataclasses import dataclass
from html import escape
from typing import Any

from lxml import etree
from PIL import ExifTags, Image, IptcImagePlugin

LONGEST = 300  # characters of one value

_DC = "http://purl.org/dc/elements/1.1/"
_PHOTOSHOP = "http://ns.adobe.com/photoshop/1.0/"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_XMP_AT_MOST = 256 * 1024
_IPTC = {(2, 5): "title", (2, 80): "creator", (2, 110): "credit", (2, 116): "copyright"}


@dataclass(frozen=True)
class Rights:
    """What a picture's file says of itself; empty where it says nothing."""

    title: str = ""
    creator: str = ""
    credit: str = ""
    copyright: str = ""

    @property
    def credit_line(self) -> str:
        """As readers could see it: "Creator / Agency"; the copyright notice where neither is given."""
        return " / ".join(dict.fromkeys(filter(None, (self.creator, self.credit)))) or self.copyright


def read(image: Image.Image) -> Rights:
    """The first value in IPTC, XMP and EXIF, in that order. A block that can't be read counts as empty."""
    found: dict[str, str] = {}
    for block in (_iptc, _xmp, _exif):
        try:
            values = block(image)
        except (OSError, ValueError, SyntaxError, KeyError, IndexError, TypeError, etree.LxmlError):
            continue
        for name, value in values.items():
            found.setdefault(name, value)
    return Rights(**found)


def as_exif(rights: Rights) -> bytes:
    """An EXIF block with creator and copyright alone."""
    exif = Image.Exif()
    if rights.creator:
        exif[ExifTags.Base.Artist] = rights.creator.encode()  # UTF-8, which readers of EXIF expect
    if rights.copyright:
        exif[ExifTags.Base.Copyright] = rights.copyright.encode()
    return exif.tobytes() if len(exif) else b""


def as_xmp(rights: Rights) -> bytes:
    """An XMP packet with creator, credit and copyright alone; empty if there are none."""
    parts = []
    if rights.creator:
        parts.append(f"<dc:creator><rdf:Seq><rdf:li>{escape(rights.creator)}</rdf:li></rdf:Seq></dc:creator>")
    if rights.copyright:
        notice = escape(rights.copyright)
        parts.append(f'<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{notice}</rdf:li></rdf:Alt></dc:rights>')
    if rights.credit:
        parts.append(f"<photoshop:Credit>{escape(rights.credit)}</photoshop:Credit>")
    if not parts:
        return b""
    names = f'xmlns:dc="{_DC}" xmlns:photoshop="{_PHOTOSHOP}"'
    described = f'<rdf:Description rdf:about="" {names}>{"".join(parts)}</rdf:Description>'
    block = f'<rdf:RDF xmlns:rdf="{_RDF}">{described}</rdf:RDF>'
    return f'<x:xmpmeta xmlns:x="adobe:ns:meta/">{block}</x:xmpmeta>'.encode()


def _iptc(image: Image.Image) -> dict[str, str]:
    opened: Any = image  # as ImageFile, for the type checker
    blocks: dict[tuple[int, int], Any] = IptcImagePlugin.getiptcinfo(opened) or {}
    found = {}
    for key, name in _IPTC.items():
        value = blocks.get(key)
        first = value[0] if isinstance(value, list) and value else value
        if isinstance(first, bytes) and (text := _clean(first)):
            found[name] = text
    return found


def _xmp(image: Image.Image) -> dict[str, str]:
    packet = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp") or b""
    raw = packet.encode() if isinstance(packet, str) else bytes(packet)
    if not raw or len(raw) > _XMP_AT_MOST:
        return {}
    tree = etree.fromstring(raw.strip(b"\0 \n"), etree.XMLParser(resolve_entities=False, no_network=True))
    if tree.getroottree().docinfo.doctype:
        return {}
    found = {}
    for name, tag in {
        "title": f"{{{_DC}}}title",
        "creator": f"{{{_DC}}}creator",
        "credit": f"{{{_PHOTOSHOP}}}Credit",
        "copyright": f"{{{_DC}}}rights",
    }.items():
        element = next(tree.iter(tag), None)
        attribute = next((node.get(tag) for node in tree.iter(f"{{{_RDF}}}Description") if node.get(tag)), "")
        listed = next(element.iter(f"{{{_RDF}}}li"), element) if element is not None else None
        if text := _clean((listed.text if listed is not None else "") or attribute or ""):
            found[name] = text
    return found


def _exif(image: Image.Image) -> dict[str, str]:
    exif = image.getexif()
    found = {}
    for name, tag in (("creator", ExifTags.Base.Artist), ("copyright", ExifTags.Base.Copyright)):
        value = exif.get(tag)
        if isinstance(value, (str, bytes)) and (text := _clean(value)):
            found[name] = text
    return found


def _clean(value: str | bytes) -> str:
    """One line of text without control characters; EXIF says ASCII and holds UTF-8 more often than not."""
    text = value if isinstance(value, str) else value.decode("latin-1")
    with suppress(UnicodeEncodeError, UnicodeDecodeError):
        text = text.encode("latin-1").decode()
    printable = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(printable.split())[:LONGEST]
