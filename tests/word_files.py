"""Word files for tests, written as Word writes them. All text is invented.

The body is given as XML strings, made by the small functions here; :func:`docx` packs them.
"""

from __future__ import annotations

import re
import unicodedata
import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from xml.sax.saxutils import escape

from checker.numerals import read_number

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
SPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'mc:Ignorable="w14"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_KINDS = ("styles", "numbering", "footnotes", "endnotes", "comments", "settings", "header1")
SECTION = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="851" w:footer="992" '
    'w:gutter="0"/></w:sectPr>'
)


# --- pieces of the body ------------------------------------------------------------------------------------


def t(text: str) -> str:
    """Text as runs hold it."""
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>'


def r(*content: str, props: str = "") -> str:
    """A run; content that is no XML is text."""
    inner = "".join(one if one.startswith("<") else t(one) for one in content)
    return f"<w:r>{f'<w:rPr>{props}</w:rPr>' if props else ''}{inner}</w:r>"


def p(*content: str, props: str = "", style: str = "", num: tuple[int, int] | None = None) -> str:
    """A paragraph; content that is no XML is a run. ``num``: list and level of automatic numbering."""
    given = f'<w:pStyle w:val="{style}"/>' if style else ""
    if num is not None:
        given += f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>'
    given += props
    inner = "".join(one if one.startswith("<") else r(one) for one in content)
    return f"<w:p>{f'<w:pPr>{given}</w:pPr>' if given else ''}{inner}</w:p>"


def cell(*paragraphs: str, props: str = "") -> str:
    """A cell; content that is no XML is a paragraph."""
    inner = "".join(one if one.startswith("<") else p(one) for one in paragraphs) or p()
    return f'<w:tc><w:tcPr><w:tcW w:w="3000" w:type="dxa"/>{props}</w:tcPr>{inner}</w:tc>'


def row(*cells: str, props: str = "") -> str:
    """A row; cells that are no XML are their text."""
    inner = "".join(one if one.startswith("<w:tc>") else cell(one) for one in cells)
    return f"<w:tr>{f'<w:trPr>{props}</w:trPr>' if props else ''}{inner}</w:tr>"


def table(*rows: Sequence[str] | str) -> str:
    """A table with borders."""
    width = max(1 if isinstance(one, str) else len(one) for one in rows)
    grid = '<w:gridCol w:w="3000"/>' * width
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    inner = "".join(one if isinstance(one, str) else row(*one) for one in rows)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="0" w:type="auto"/><w:tblBorders>{borders}</w:tblBorders></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{inner}</w:tbl>"
    )


def inserted(*content: str, number: int = 900) -> str:
    """Runs that a tracked change put in."""
    return f'<w:ins w:id="{number}" w:author="王某" w:date="2026-01-05T09:00:00Z">{_runs(content)}</w:ins>'


def deleted(text: str, number: int = 901) -> str:
    """Text that a tracked change took out."""
    return (
        f'<w:del w:id="{number}" w:author="王某" w:date="2026-01-05T09:00:00Z">'
        f'<w:r><w:delText xml:space="preserve">{escape(text)}</w:delText></w:r></w:del>'
    )


MARK_DELETED = '<w:rPr><w:del w:id="902" w:author="王某" w:date="2026-01-05T09:00:00Z"/></w:rPr>'


def hyperlink(*content: str) -> str:
    return f'<w:hyperlink w:anchor="mark">{_runs(content)}</w:hyperlink>'


def control(inner: str, props: str = "") -> str:
    """A content control around runs, paragraphs, rows or cells."""
    return f'<w:sdt><w:sdtPr><w:id w:val="7"/>{props}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>'


def complex_field(code: str, *result: str) -> str:
    """A field as runs: begin, code, separate, result, end."""
    return (
        r('<w:fldChar w:fldCharType="begin"/>')
        + f'<w:r><w:instrText xml:space="preserve"> {escape(code)} </w:instrText></w:r>'
        + r('<w:fldChar w:fldCharType="separate"/>')
        + _runs(result)
        + r('<w:fldChar w:fldCharType="end"/>')
    )


def _runs(content: Sequence[str]) -> str:
    return "".join(one if one.startswith("<") else r(one) for one in content)


def text_box(*paragraphs: str) -> str:
    """A run with a text box, in today's form and in the form for old programs."""
    inner = "".join(one if one.startswith("<") else p(one) for one in paragraphs)
    size = '<wp:extent cx="2520000" cy="720000"/>'
    shape = (
        '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
        '<a:ext cx="2520000" cy="720000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>'
        f"<wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>"
    )
    drawing = (
        f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">{size}<wp:docPr id="1" name="文本框 1"/>'
        '<a:graphic><a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"{shape}</a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    old = (
        '<w:pict><v:shape style="width:200pt;height:57pt" type="#_x0000_t202">'
        f"<v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict>"
    )
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps">'
        f"{drawing}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent></w:r>"
    )


def footnote_reference(number: int) -> str:
    return f'<w:r><w:footnoteReference w:id="{number}"/></w:r>'


# --- other parts -------------------------------------------------------------------------------------------


def level(
    depth: int,
    numbering: str,
    text: str,
    *,
    start: int = 1,
    suffix: str = "nothing",
    style: str = "",
    legal: bool = False,
    restart: int | None = None,
    props: str = "",
) -> str:
    """A level of a list: ``numbering`` is w:numFmt, ``text`` w:lvlText."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{numbering}"/>'
        + (f'<w:lvlRestart w:val="{restart}"/>' if restart is not None else "")
        + (f'<w:pStyle w:val="{style}"/>' if style else "")
        + ("<w:isLgl/>" if legal else "")
        + f'<w:suff w:val="{suffix}"/><w:lvlText w:val="{escape(text)}"/><w:lvlJc w:val="left"/>'
        + f'<w:pPr><w:ind w:left="0" w:firstLine="640"/></w:pPr>{props}</w:lvl>'
    )


REPORT_LEVELS = (
    level(0, "chineseCounting", "%1、"),
    level(1, "chineseCounting", "（%2）"),
    level(2, "decimal", "%3."),
    level(3, "decimal", "（%4）"),
    level(4, "decimalEnclosedCircle", "%5"),
)
"""The levels of an official report: 一、 （一） 1. （1） ①"""


def abstract(key: int, *levels: str, extra: str = "") -> str:
    return (
        f'<w:abstractNum w:abstractNumId="{key}"><w:multiLevelType w:val="multilevel"/>'
        f"{extra}{''.join(levels)}</w:abstractNum>"
    )


def num(key: int, scheme: int, overrides: str = "") -> str:
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{scheme}"/>{overrides}</w:num>'


def start_over(depth: int, start: int = 1) -> str:
    return f'<w:lvlOverride w:ilvl="{depth}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def numbering(*content: str) -> str:
    """A numbering part; of nothing: list 1 with the levels of an official report."""
    inner = "".join(content) or abstract(0, *REPORT_LEVELS) + num(1, 0)
    return f"{_HEAD}<w:numbering {SPACES}>{inner}</w:numbering>"


def style(
    key: str, *, base: str = "", kind: str = "paragraph", default: bool = False, ppr: str = "", rpr: str = ""
) -> str:
    chosen = ' w:default="1"' if default else ""
    parent = f'<w:basedOn w:val="{base}"/>' if base else ""
    return (
        f'<w:style w:type="{kind}"{chosen} w:styleId="{key}"><w:name w:val="{key}"/>{parent}'
        f"<w:pPr>{ppr}</w:pPr><w:rPr>{rpr}</w:rPr></w:style>"
    )


def styles(*content: str) -> str:
    normal = style(
        "a",
        default=True,
        rpr='<w:rFonts w:ascii="Noto Sans CJK SC" w:eastAsia="Noto Sans CJK SC"/><w:sz w:val="28"/>',
    )
    return f"{_HEAD}<w:styles {SPACES}>{normal}{''.join(content)}</w:styles>"


def footnotes(*notes: str) -> str:
    """A footnotes part: the separators that Word writes, then notes 1, 2 …"""
    inner = "".join(
        f'<w:footnote w:id="{number}">{p(r("<w:footnoteRef/>"), note)}</w:footnote>'
        for number, note in enumerate(notes, 1)
    )
    separator = '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    return f"{_HEAD}<w:footnotes {SPACES}>{separator}{inner}</w:footnotes>"


def comments(*texts: str) -> str:
    """A comments part with comments 0, 1 …"""
    inner = "".join(
        f'<w:comment w:id="{number}" w:author="李某" w:initials="L">{p(text)}</w:comment>'
        for number, text in enumerate(texts)
    )
    return f"{_HEAD}<w:comments {SPACES}>{inner}</w:comments>"


# --- the file ----------------------------------------------------------------------------------------------


def docx(*body: str, parts: Mapping[str, str] | None = None, section: str = SECTION) -> bytes:
    """A .docx of these paragraphs and tables; content that is no XML is a paragraph.

    ``parts``: further parts, ``styles`` … by name, related to the document.
    """
    inner = "".join(one if one.startswith("<") else p(one) for one in body)
    return package(f"{_HEAD}<w:document {SPACES}><w:body>{inner}{section}</w:body></w:document>", parts)


def package(document: str | bytes, parts: Mapping[str, str] | None = None) -> bytes:
    """A .docx of a whole document part."""
    given = {"styles": styles(), **(parts or {})}
    overrides = f'<Override PartName="/word/document.xml" ContentType="{_MAIN}.document.main+xml"/>'
    relations = ""
    for number, kind in enumerate((kind for kind in _KINDS if kind in given), 1):
        plain = kind.rstrip("1")
        overrides += f'<Override PartName="/word/{kind}.xml" ContentType="{_MAIN}.{plain}+xml"/>'
        relations += f'<Relationship Id="rId{number}" Type="{R}/{plain}" Target="{kind}.xml"/>'
    files = {
        "[Content_Types].xml": f"""{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">\
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>""",
        "_rels/.rels": _relationships(
            f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/>'
        ),
        "word/document.xml": document,
        "word/_rels/document.xml.rels": _relationships(relations),
        **{f"word/{kind}.xml": text for kind, text in given.items()},
    }
    return zipped(files)


def _relationships(inner: str) -> str:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'{_HEAD}<Relationships xmlns="{space}">{inner}</Relationships>'


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """A zip of these files, always the same bytes."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, (2026, 1, 5, 9, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return buffer.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """The files in a zip."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


_LABELS = (
    re.compile(r"([一二三四五六七八九十]+)、"),
    re.compile(r"（([一二三四五六七八九十]+)）"),
    re.compile(r"([1-9][0-9]?)\.(?![0-9])"),
    re.compile(r"（([1-9][0-9]?)）"),
    re.compile(r"([①-⑳])"),
)


def report(text: str) -> bytes:
    """A .docx of a report in plain text: lines become paragraphs, lines with tabs tables, and every label that
    Word's five levels can give is left to automatic numbering (restarted where the report does so)."""
    body: list[str] = []
    rows: list[str] = []
    nums = [num(1, 0)]
    counts: dict[int, int] = {}
    for line in [*text.removesuffix("\n").split("\n"), None]:
        if rows and (line is None or "\t" not in line):
            body.append(table(*rows))
            rows = []
        if line is None:
            break
        if "\t" in line:
            rows.append(row(*(cell(p(one)) for one in line.split("\t"))))
            continue
        depth, label = next(
            ((depth, found) for depth, one in enumerate(_LABELS) if (found := one.match(line))), (0, None)
        )
        value = None if label is None else read_number(unicodedata.normalize("NFKC", label[1]))
        if label is None or value is None:
            body.append(p(line))
            continue
        key = 1
        if counts.get(depth, 0) + 1 != value:
            key = len(nums) + 1
            nums.append(num(key, 0, start_over(depth, int(value))))
        counts = {level: count for level, count in counts.items() if level < depth} | {depth: int(value)}
        body.append(p(line[label.end() :], num=(key, depth)))
    return docx(*body, parts={"numbering": numbering(abstract(0, *REPORT_LEVELS), *nums)})
