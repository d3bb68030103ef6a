"""The parts of a .docx: a zip of XML files that refer to each other.

Whatever is read has been measured before: neither a zip nor its XML can make the program use more than bounded
time and memory. Nothing is fetched: references out of the file are left alone.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from posixpath import dirname, join, normpath
from typing import TypeAlias

from lxml import etree

from checker.messages import failure
from checker.records import dataclass

Element: TypeAlias = etree._Element

MAX_PARTS = 10_000
MAX_PART = 32 * 1024 * 1024
"""Bytes of one XML part, unpacked."""
MAX_TOTAL = 512 * 1024 * 1024
"""Bytes of all parts, unpacked."""
MAX_MARKUP = 3_000_000
"""Tags and attributes of one part, counted roughly."""
_BOMB_SIZE = 16 * 1024 * 1024
_BOMB_RATIO = 200

_CENTRAL_ENTRY = b"PK\x01\x02"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
    NotImplementedError,
    LookupError,
)
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


@dataclass(frozen=True, slots=True)
class Package:
    """An opened .docx. ``entries`` maps the lower-case name of a part, without the leading slash, to its
    entry; ``main`` is the name of the document part; ``related`` maps the kind of a related part
    (``styles``, ``numbering``, ``footnotes`` …) to its name."""

    path: str
    data: bytes
    entries: Mapping[str, zipfile.ZipInfo]
    main: str
    related: Mapping[str, str]


def open_package(data: bytes, path: str) -> Package:
    """The package in ``data``. Raises CheckerError for what is no .docx, is locked, or is a bomb."""
    if data.startswith(_OLE):
        raise failure("word.locked" if _ENCRYPTED in data else "word.old", path)
    if not data.startswith(b"PK"):
        raise failure("word.not-zip", path)
    if data.count(_CENTRAL_ENTRY) > MAX_PARTS:
        raise failure("word.bomb", path)
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
    except _DAMAGE:
        raise failure("word.damaged", path, part="zip") from None
    _refuse_bombs(infos, path)
    entries = {info.filename.replace("\\", "/").lstrip("/").lower(): info for info in infos}
    if len(entries) < len(infos):
        raise failure("word.damaged", path, part="zip")
    package = Package(path, data, entries, "", {})
    main = relations(package, "").get("officeDocument", "")
    if main not in entries:
        raise failure("word.no-document", path)
    return Package(path, data, entries, main, relations(package, main))


def _refuse_bombs(infos: list[zipfile.ZipInfo], path: str) -> None:
    if sum(info.file_size for info in infos) > MAX_TOTAL:
        raise failure("word.bomb", path)
    for info in infos:
        if info.flag_bits & 1:
            raise failure("word.locked", path)
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise failure("word.damaged", path, part=info.filename)
        if info.file_size > _BOMB_SIZE and info.file_size > _BOMB_RATIO * info.compress_size:
            raise failure("word.bomb", path)


def part_bytes(package: Package, name: str, limit: int = MAX_TOTAL) -> bytes:
    """The bytes of a part that there is. Raises CheckerError if they are damaged or more than ``limit``."""
    info = package.entries[name]
    if info.file_size > limit:
        raise failure("word.bomb", package.path)
    try:
        with zipfile.ZipFile(BytesIO(package.data)) as archive, archive.open(info) as file:
            data = file.read(limit + 1)
    except _DAMAGE:
        raise failure("word.damaged", package.path, part=info.filename) from None
    if len(data) != info.file_size:
        raise failure("word.damaged", package.path, part=info.filename)
    return data


def part_tree(package: Package, name: str) -> Element:
    """The root of an XML part that there is. Raises CheckerError, also for any document type declaration."""
    data = part_bytes(package, name, MAX_PART)
    if data.count(b"<") + data.count(b"=") > MAX_MARKUP:
        raise failure("word.bomb", package.path)
    if _declares_type(data):
        raise failure("word.doctype", package.path, part=name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise failure("word.damaged", package.path, part=name) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise failure("word.doctype", package.path, part=name)
    return root


def _declares_type(data: bytes) -> bool:
    """Whether there is a DOCTYPE, in any encoding that such a part may have."""
    for encoding in ("ascii", "utf-16-le", "utf-16-be"):
        if "<!DOCTYPE".encode(encoding) in data or "<!ENTITY".encode(encoding) in data:
            return True
    return False


def relations_name(part: str) -> str:
    """The name of the part that lists what ``part`` refers to; ``""`` stands for the package."""
    folder, _, name = part.rpartition("/")
    return join(folder, "_rels", f"{name}.rels")


def relations(package: Package, part: str) -> dict[str, str]:
    """The parts that ``part`` refers to, by the last word of the kind of relation; the first of each kind.

    References out of the package are left out.
    """
    name = relations_name(part)
    found: dict[str, str] = {}
    if name not in package.entries:
        return found
    for relation in part_tree(package, name):
        if relation.get("TargetMode") == "External":
            continue
        kind = (relation.get("Type") or "").rpartition("/")[2]
        target = (relation.get("Target") or "").replace("\\", "/")
        if target:
            place = target if target.startswith("/") else join("/", dirname(part), target)
            found.setdefault(kind, normpath(place).lstrip("/").lower())
    return found
