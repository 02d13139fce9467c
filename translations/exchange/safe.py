"""Reading files that strangers made: no entities, no network, no more than fits."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from lxml import etree

from translations.exchange.sheet import Unreadable

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 60 * 1024 * 1024
MOST_PARTS = 300
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ENTITY = re.compile(rb"<!\s*ENTITY", re.IGNORECASE)
_DOCTYPE = re.compile(rb"<!\s*DOCTYPE", re.IGNORECASE)


def parser() -> Any:
    return etree.XMLParser(
        resolve_entities=False, load_dtd=False, dtd_validation=False, no_network=True, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip


def xml(content: bytes) -> Any:
    """The root element. Raises ``Unreadable`` for what is too long, no XML, or declares entities."""
    sized(content)
    try:
        root = etree.fromstring(content, parser())
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(_("The file can't be read as XML. Export it anew from your program.")) from error
    declared = root.getroottree().docinfo.internalDTD
    if (declared is not None and list(declared.iterentities())) or any(True for _one in root.iter(etree.Entity)):
        raise Unreadable(_("The file declares entities of its own. Export it anew without them."))
    return root


def sized(content: bytes) -> None:
    if len(content) > MOST_BYTES:
        most = MOST_BYTES // 1024 // 1024
        raise Unreadable(_("The file is too large: at most %(most)s MB are read.") % {"most": most})


def unpackable(content: bytes) -> None:
    """Raises ``Unreadable`` for an archive that is none, or that unpacks to more than a sheet can be."""
    sized(content)
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
                raise Unreadable(_("The file unpacks to more than a sheet can hold. Save it anew without pictures."))
            for part in parts:
                _check(archive, part)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise Unreadable(_("The file is no XLSX workbook. Save it as XLSX and send it again.")) from error


def _check(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """What a part says of its size need not be true; reading stops where that is reached."""
    if not part.filename.endswith((".xml", ".rels")):
        return
    with archive.open(part) as stream:
        read = stream.read(part.file_size + 1)
    if len(read) > part.file_size or _ENTITY.search(read) or _DOCTYPE.search(read) or b"\x00" in read[:4]:
        raise Unreadable(_("The workbook holds what no sheet of ours has. Copy your text into a fresh one."))
