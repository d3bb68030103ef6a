"""The parts of a .docx given back: those that changed anew, all others as they were."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from posixpath import dirname, join

from lxml import etree

from checker.messages import failure
from checker.output.word_cuts import element, text_element
from checker.output.word_marks import AUTHOR
from checker.readers.word_package import RELATIONS, Element, Package, part_bytes, part_tree, relations_name
from checker.readers.word_xml import STRICT, WORD, attribute, children, number, own

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_RELATIONS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_STRICT_KIND = "http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
_INITIALS = "ZG"
_EPOCH = (1980, 1, 1, 0, 0, 0)
_SMALL = "18"
"""Half points."""


def comments_of(package: Package, root: Element) -> Element:
    """The comments part, as it is or new, for the document part ``root``."""
    name = package.related.get("comments", "")
    if name in package.entries:
        return part_tree(package, name)
    return etree.Element(own(root, "comments"), nsmap={"w": etree.QName(root).namespace or WORD})


def free_comment(root: Element, comments: Element) -> int:
    """A number above those of all comments."""
    ids = [number(attribute(one, "id")) for one in children(comments, "w:comment")]
    for local in ("commentReference", "commentRangeStart", "commentRangeEnd"):
        ids += [number(attribute(one, "id")) for one in root.iter(own(root, local))]
    return max((one for one in ids if one is not None), default=-1) + 1


def add_comment(comments: Element, key: int, lines: Sequence[str]) -> None:
    """Add a comment of one paragraph for each line. It has no date, so that the same report gives the same."""
    comment = element(comments, "comment", id=str(key), author=AUTHOR, initials=_INITIALS)
    for index, line in enumerate(lines):
        paragraph = etree.SubElement(comment, own(comments, "p"))
        properties = etree.SubElement(paragraph, own(comments, "pPr"))
        properties.append(element(comments, "spacing", before="0", after="0", line="240", lineRule="auto"))
        properties.append(element(comments, "ind", firstLineChars="0", firstLine="0"))
        properties.append(element(comments, "jc", val="left"))
        if not index:
            mark = etree.SubElement(paragraph, own(comments, "r"))
            mark.append(element(comments, "annotationRef"))
        run = etree.SubElement(paragraph, own(comments, "r"))
        looks = etree.SubElement(run, own(comments, "rPr"))
        looks.append(element(comments, "sz", val=_SMALL))
        looks.append(element(comments, "szCs", val=_SMALL))
        run.append(text_element(comments, "t", "".join(map(_xml_character, line))))
    comments.append(comment)


def _xml_character(char: str) -> str:
    """``char``, or a substitute for what XML cannot hold."""
    return char if char.isprintable() or char in "\u3000\t" else " "


def with_comments(package: Package, root: Element, comments: Element) -> bytes:
    """The package with ``root`` for its document part and ``comments`` for its comments part."""
    changed = {package.main: _written(root)}
    name = package.related.get("comments", "")
    if name in package.entries:
        return repacked(package, {**changed, name: _written(comments)}, {})
    name, added = _new_part(package), {}
    changed |= _with_type(package, name)
    listing = relations_name(package.main)
    if listing in package.entries:
        changed[listing] = _with_relation(part_tree(package, listing), root, name)
    else:
        added[relations_name(package.entries[package.main].filename)] = _with_relation(
            etree.Element(f"{{{RELATIONS}}}Relationships", nsmap={None: RELATIONS}), root, name
        )
    return repacked(package, changed, {**added, name: _written(comments)})


def _new_part(package: Package) -> str:
    folder = dirname(package.entries[package.main].filename.replace("\\", "/"))
    names = (join(folder, f"comments{index or ''}.xml") for index in range(len(package.entries) + 1))
    return next(name for name in names if name.lower() not in package.entries)


def _with_type(package: Package, name: str) -> dict[str, bytes]:
    listing = "[content_types].xml"
    if listing not in package.entries:
        raise failure("word.damaged", package.path, part="[Content_Types].xml")
    types = part_tree(package, listing)
    known = {(one.get("Extension") or "").lower() for one in types}
    if "rels" not in known:
        types.insert(0, etree.Element(f"{{{_TYPES}}}Default", Extension="rels", ContentType=_RELATIONS_TYPE))
    etree.SubElement(types, f"{{{_TYPES}}}Override", PartName=f"/{name}", ContentType=_COMMENTS_TYPE)
    return {listing: _written(types)}


def _with_relation(listing: Element, root: Element, name: str) -> bytes:
    taken = {one.get("Id") for one in listing}
    key = next(key for key in (f"rId{index}" for index in range(1, len(taken) + 2)) if key not in taken)
    kind = _STRICT_KIND if etree.QName(root).namespace == STRICT else _KIND
    etree.SubElement(listing, f"{{{RELATIONS}}}Relationship", Id=key, Type=kind, Target=f"/{name}")
    return _written(listing)


def _written(root: Element) -> bytes:
    return etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True, standalone=True)


def repacked(
    package: Package, changed: Mapping[str, bytes], added: Mapping[str, bytes], *, dated: bool = True
) -> bytes:
    """The zip with some parts changed (by lower-case name) and some added (by name), always the same bytes.

    ``dated``: whether parts that did not change keep their dates.
    """
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, info in package.entries.items():
            data = changed[name] if name in changed else part_bytes(package, name)
            date = info.date_time if dated and name not in changed else _EPOCH
            _add(archive, info.filename, data, date, info.compress_type)
        for name, data in added.items():
            _add(archive, name, data, _EPOCH, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _add(
    archive: zipfile.ZipFile, name: str, data: bytes, date: tuple[int, int, int, int, int, int], method: int
) -> None:
    entry = zipfile.ZipInfo(name, date)
    entry.compress_type = method
    entry.external_attr = 0o600 << 16
    entry.create_system = 0
    archive.writestr(entry, data)
