"""One report as text, Markdown, web page, Word file and PDF gives the same findings."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import pytest

pytest.importorskip("lxml", reason="web pages and Word files are read with lxml")
pytest.importorskip("pypdf", reason="PDF files are read with pypdf")

from hypothesis import given, settings
from hypothesis import strategies as st

from checker.checking import check_source
from checker.readers import read_bytes
from checker.settings import Settings
from tests.pdf_files import typeset
from tests.word_files import cell, docx, p, row, table

REPORT = [
    "中共云溪市水务局党组关于市委第三巡察组反馈意见整改进展情况的通报",
    "根据市委统一部署，2024年3月5日至5月20日，市委第三巡察组对市水务局党组开展了巡察。2024年6月18日，"
    "市委第三巡察组向市水务局党组反馈了巡察意见。按照巡察工作有关要求，现将巡察整改进展情况予以公布。",
    "一、整改工作组织落实情况",
    "局党组先后召开四次会议研究部署整改工作，制定整改方案，明确整改措施36条。针对反馈的2个方面3个问题，"
    "已完成整改2个，正在整改1个。",
    "二、巡察反馈问题整改落实情况",
    "（一）理论学习方面",
    "1.关于理论学习不深入的问题。",
    "整改情况：一是制定学习计划，每月开展一次集中学习。二是建立督查机制，全年开展学习8次。该问题已完成整改。",
    "2.关于学用结合不紧密的问题。",
    "整改情况：围绕节水型城市建设开展专题调研，形成调研报告5篇。该问题已完成整改。",
    "（二）队伍建设方面",
    "1.关于干部培养不足的问题。",
    "整改情况：制定年轻干部培养计划，选派3名干部到基层锻炼。该问题正在整改，计划2024年12月底前完成。",
    "整改进展一览表",
    "问题\t责任科室\t状态",
    "理论学习不深入\t办公室\t已完成",
    "干部培养不足\t人事科\t正在整改",
    "三、下一步工作打算",
    "局党组将持续抓好后续整改，巩固整改成果。",
    "欢迎广大干部群众对巡察整改落实情况进行监督。如有意见建议，请及时向我们反映。联系电话：0730-8123456；"
    "通讯地址：云溪市滨河路12号；电子邮箱：shuiwu@example.cn。",
    "中共云溪市水务局党组",
    "2024年9月30日",
]
FAULTS = (
    ("正在整改1个", "正在整改2个"),
    ("3个问题", "5个问题"),
    ("（二）队伍", "（三）队伍"),
    ("2.关于学用", "3.关于学用"),
    ("学习计划，每月", "学习计划,每月"),
    ("全年开展", "截止目前开展"),
    ("2024年9月30日", "2024年4月30日"),
    ("0730-8123456", "8123456"),
    ("第三巡察组对", "第二巡察组对"),
    ("巩固整改成果。", "巩固整改成果。。"),
    ("三、下一步", "四、下一步"),
    ("制定整改方案", "制定整改方按"),
    ("5月20日", "2月20日"),
    ("选派3名", "选派*名"),
)

Finding = tuple[str, str, str, str]


def as_text(lines: Sequence[str]) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


def as_markdown(lines: Sequence[str]) -> bytes:
    return "\n\n".join(lines).encode()


def as_html(lines: Sequence[str]) -> bytes:
    """A page of a site: furniture around, a table, indents of four blanks."""
    shown, rows = [], ""
    for line in [*lines[1:], ""]:
        if "\t" in line:
            rows += f"<tr>{''.join(f'<td>{escape(part)}</td>' for part in line.split(chr(9)))}</tr>\n"
            continue
        if rows:
            shown.append(f"<table border=1>{rows}</table>")
            rows = ""
        shown.append(f"<p>&nbsp;&nbsp;&nbsp;&nbsp;{escape(line)}</p>" if line else "")
    return (
        '<html><head><meta charset="gb2312"><title>云溪市人民政府</title></head><body><div class="nav"><a>首页</a></div>'
        f'<h1>{escape(lines[0])}</h1><div id="zoom">{"".join(shown)}</div>'
        '<div class="footer">主办：云溪市人民政府，版权所有。</div></body></html>'
    ).encode("gb18030")


def as_word(lines: Sequence[str]) -> bytes:
    body: list[str] = []
    rows: list[str] = []
    for line in [*lines, ""]:
        if "\t" in line:
            rows.append(row(*(cell(part) for part in line.split("\t"))))
            continue
        if rows:
            body.append(table(*rows))
            rows = []
        if line:
            body.append(p(line))
    return docx(*body)


def as_pdf(lines: Sequence[str]) -> bytes:
    return typeset(lines, head="云溪市水务局")


WRITERS = {".txt": as_text, ".md": as_markdown, ".html": as_html, ".docx": as_word, ".pdf": as_pdf}


def findings(suffix: str, lines: Sequence[str]) -> list[Finding]:
    """Rule, severity, words and message of each finding, in an order of their own."""
    source = read_bytes(WRITERS[suffix](lines), f"report{suffix}")
    return sorted(
        (one.rule, one.severity.word, one.excerpt, one.message["zh"])
        for one in check_source(source, Settings()).diagnostics
    )


def test_the_formats_are_read_as_the_same_lines() -> None:
    wanted = "".join(f"{line}\n" for line in REPORT)
    assert read_bytes(as_word(REPORT), "report.docx").text == wanted
    assert read_bytes(as_pdf(REPORT), "report.pdf").text == wanted
    stripped = [line.strip() for line in read_bytes(as_html(REPORT), "report.html").text.splitlines()]
    assert stripped == REPORT


@settings(max_examples=12, deadline=None)
@given(st.sets(st.sampled_from(FAULTS), max_size=6))
def test_a_report_has_the_same_findings_in_every_format(faults: set[tuple[str, str]]) -> None:
    lines = list(REPORT)
    for right, wrong in FAULTS:
        if (right, wrong) in faults:
            lines = [line.replace(right, wrong) for line in lines]
    expected = findings(".txt", lines)
    for suffix in (".md", ".html", ".docx", ".pdf"):
        assert (suffix, findings(suffix, lines)) == (suffix, expected)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault[1])
def test_every_fault_is_found_in_every_format(fault: tuple[str, str]) -> None:
    sound = findings(".txt", REPORT)
    lines = [line.replace(*fault) for line in REPORT]
    for suffix in WRITERS:
        assert set(findings(suffix, lines)) - set(sound), suffix
