"""The page: everything from outside is escaped, findings are marked exactly, nothing is needed but the page."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.checking import check_source
from checker.diagnostics import Diagnostic, Fix, Related, Severity
from checker.files import Note
from checker.outcome import Checked, Reason, Run, View
from checker.output.html import page, render
from checker.output.html_report import page_css, page_script, render_report
from checker.output.html_text import Place, escape, text_html
from checker.reading import read
from checker.settings import Settings
from checker.source import Position, Source, Span

VOID = {"meta", "input", "br", "link", "img", "hr"}
REPORT = """中共云溪市水务局党组关于巡察整改进展情况的通报
一、整改工作组织落实情况
针对反馈的12个问题，已完成整改10个，正在整改3个。
序号\t问题\t状态
1\t学习不深入\t已完成
"""


class Seen(HTMLParser):
    """What a browser would build: elements with attributes, and that they are closed in order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[list[str], str]] = []
        self.feed(html)
        self.close()
        assert [name for name, _ in self.open] == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        names = [f"{name}.{attrs.get('class') or ''}".split(" ")[0] for name, attrs in self.open]
        self.texts.append((names, data))

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.elements if name == tag]


def checked(text: str = REPORT, path: str = "通报.txt", **changes: object) -> Checked:
    file = check_source(Source(path, text), Settings(), keep_document=True)
    return replace(file, **changes)  # type: ignore[arg-type]


def finding(start: int, end: int, severity: Severity = Severity.ERROR, **changes: object) -> Diagnostic:
    one = Diagnostic(
        "通报.txt",
        "demo.rule",
        severity,
        {"zh": "有误", "en": "wrong"},
        Position(1, start + 1),
        Position(1, end + 1),
        (start, end),
        excerpt="有误",
    )
    return replace(one, **changes)  # type: ignore[arg-type]


def shown(*files: Checked, lang: str = "zh", **changes: tuple[Note, ...]) -> str:
    return render(Run(files, **changes), View(lang))


# --- what is shown -----------------------------------------------------------------------------------------


def test_the_page_shows_counts_figures_findings_and_text() -> None:
    html = shown(checked())
    text = " ".join(" ".join(data for _, data in Seen(html).texts).split())
    for words in (
        "整改报告检查结果 共 1 份报告",
        "单位 中共云溪市水务局党组",
        "数字核对表",
        "不符",
        "称共12个，所列各类（已完成整改10个、正在整改3个）相加为13个，二者不符",
        "第 3 行第 6 列",
        "为什么",
        "依据",
    ):
        assert words in text
    assert "12个问题</mark>" in html


def test_the_page_is_in_english_where_asked() -> None:
    html = shown(checked(), lang="en")
    assert '<html lang="en">' in html
    words = " ".join(" ".join(data for _, data in Seen(html).texts).split())
    for english, chinese in (
        ("Report check", "检查结果"),
        ("Figures reconciled", "核对"),
        ("Text of the report", "报告全文"),
        ("line 3, column 6", "第 3 行"),
        ("disagree", "不符"),
        ("Why", "为什么"),
        ("Basis", "依据"),
    ):
        assert english in words and chinese not in words


def test_a_clean_report_says_so() -> None:
    html = shown(checked(diagnostics=()))
    assert html.count("没有发现问题。") == 2
    assert '<form class="filters"' not in html


def test_several_reports_have_a_table_and_sections_of_their_own() -> None:
    files = [checked(path=f"通报{number}.txt") for number in range(1, 6)]
    seen = Seen(shown(*files))
    reports = [attrs for attrs in seen.named("details") if attrs.get("class") == "report"]
    assert [attrs["id"] for attrs in reports] == ["d1", "d2", "d3", "d4", "d5"]
    assert all("open" not in attrs for attrs in reports)
    links = {attrs["href"] for attrs in seen.named("a")}
    assert {"#d1", "#d5"} <= links


def test_every_anchor_leads_somewhere_and_no_id_is_given_twice() -> None:
    seen = Seen(shown(checked(), checked(path="又一份.txt")))
    ids = [attrs["id"] for _, attrs in seen.elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    targets = {attrs["href"] for attrs in seen.named("a")}
    assert {target for target in targets if target and target[1:] not in ids} == set()
    labels = {attrs["aria-labelledby"] for attrs in seen.named("section") if "aria-labelledby" in attrs}
    assert labels <= set(ids)


def test_faults_and_notes_are_told() -> None:
    note = Note("坏.docx", {"zh": "文件已损坏", "en": "damaged"})
    html = shown(checked(), faults=(note,), notes=(Note("甲.txt", {"zh": "提醒一句", "en": "note"}, 3),))
    assert "<code>坏.docx</code> 文件已损坏" in html
    assert "<code>甲.txt:3</code> 提醒一句" in html


def test_the_same_run_gives_the_same_bytes() -> None:
    assert shown(checked()) == shown(checked())


def test_fragments_need_the_document() -> None:
    with pytest.raises(ValueError, match="without its document"):
        render_report(checked(document=None), 1, "zh")


# --- untrusted text ----------------------------------------------------------------------------------------

PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "'><a href=javascript:alert(1)>x</a>",
    "</style><style>*{display:none}</style>",
    "</title></textarea><iframe src=//evil.example>",
    "{{7*7}} ${7*7} <%= 7*7 %>",
    "<!-- --!> ]]> &lt;b&gt; &amp;",
    "\u202e\u2066反\u0000\u001b[31m\ud800",
)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_payloads_in_every_field_stay_text(payload: str) -> None:
    both = {"zh": payload, "en": payload}
    text = f"{payload}关于整改情况的通报\n一、{payload}\n反馈的12个问题{payload}已完成整改10个，正在整改3个。\n{payload}\t{payload}\n"
    plain = checked(text, path=f"{payload}.txt")
    bad = finding(
        0,
        len(payload),
        rule=payload,
        message=both,
        excerpt=payload,
        place=payload,
        path=payload,
        fix=Fix(payload, True),
        related=(Related(both, Position(1, 1), Position(1, len(payload) + 1)),),
    )
    file = replace(
        plain, diagnostics=(*plain.diagnostics, bad), reasons=(*plain.reasons, Reason(payload, both, both))
    )
    clean = Seen(shown(checked(text.replace(payload, "甲")), faults=(Note("甲", both),)))
    html = shown(file, file, faults=(Note(payload, both, 1),), notes=(Note(payload, both),))
    seen = Seen(html)
    assert {name for name, _ in seen.elements} <= {name for name, _ in clean.elements} | {
        "table", "thead", "tbody", "tr", "th", "td", "br", "del", "ins", "small", "ul", "form", "fieldset", "legend",
        "label", "input", "select", "option", "output", "mark", "blockquote", "h4", "h5", "h6", "q", "ol", "details", "summary",
    }  # fmt: skip
    assert [len(seen.named(name)) for name in ("script", "style", "title", "svg", "img", "iframe")] == [
        1,
        1,
        1,
        0,
        0,
        0,
    ]
    for _, attrs in seen.elements:
        assert [
            name for name in attrs if name.startswith("on") or name in ("style", "src", "srcset", "action")
        ] == []
        assert (attrs.get("href") or "#").startswith("#")
    assert not re.search("[\x00-\x08\x0b-\x1f\ud800-\udfff\u202a-\u202e\u2066-\u2069]", html)


@settings(deadline=None)
@given(st.text())
def test_escaped_text_is_inert_and_reads_the_same(text: str) -> None:
    escaped = escape(text)
    assert not set("<>\"'") & set(escaped)
    seen = Seen(f'<p class="{escaped}">{escaped}</p>')
    assert "".join(data for _, data in seen.texts) == seen.elements[0][1]["class"]


def test_the_policy_of_the_page_allows_its_own_style_and_script_alone() -> None:
    html = page("题目", "<p>正文</p>", "zh")
    policy = next(
        attrs["content"]
        for attrs in Seen(html).named("meta")
        if attrs.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy is not None and policy.startswith(
        "default-src 'none'; base-uri 'none'; form-action 'none'; style-src"
    )
    assert "unsafe" not in policy and policy.count("sha256-") == 2
    assert "http:" not in html and "https:" not in html and "url(" not in html and "@import" not in html
    assert "<" not in page_css() and "</" not in page_script()


# --- marks -------------------------------------------------------------------------------------------------

TEXT = "甲乙丙丁戊己庚辛壬癸\n\n子丑寅卯\t辰巳\n午未申酉戌亥"


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, len(TEXT)), st.integers(0, 12), st.sampled_from(list(Severity))), max_size=8
    )
)
def test_marks_cover_just_their_findings_however_they_overlap(drawn: list[tuple[int, int, Severity]]) -> None:
    document = read(Source("通报.txt", TEXT))
    places = [
        Place(number, Span(start, min(start + length, len(TEXT))), severity)
        for number, (start, length, severity) in enumerate(drawn, 1)
    ]
    seen = Seen(text_html(document, places, 1, "zh"))
    found: dict[str, str] = {}
    text = ""
    position = -1
    marks = seen.named("mark")
    for names, data in seen.texts:
        if any(name.startswith("a.ref") for name in names) or data == "\n":
            continue
        text += data
        if any(name.startswith("mark.") for name in names):
            position += 1
            for number in (marks[position]["data-findings"] or "").split():
                found[number] = found.get(number, "") + data
    assert text == TEXT.replace("\n", "").replace("\t", "")
    for place in places:
        wanted = TEXT[place.span.start : place.span.end].replace("\n", "").replace("\t", "")
        assert found.get(f"1-{place.number}", "") == wanted
    references = [attrs["id"] for attrs in seen.named("a")]
    assert sorted(references) == sorted(f"m1-{place.number}" for place in places)


def test_nested_and_overlapping_findings_are_cut_where_they_begin_and_end() -> None:
    document = read(Source("通报.txt", "甲乙丙丁戊"))
    places = [
        Place(1, Span(0, 3), Severity.INFO),
        Place(2, Span(1, 2), Severity.ERROR),
        Place(3, Span(2, 4), Severity.WARNING),
    ]
    html = text_html(document, places, 7, "zh")
    cuts = [(data, [name for name in names if name.startswith("mark")]) for names, data in Seen(html).texts]
    assert cuts == [
        ("甲", ["mark.info"]),
        ("乙", ["mark.error"]),
        ("\u20602", []),
        ("丙", ["mark.warning"]),
        ("\u20601", []),
        ("丁", ["mark.warning"]),
        ("\u20603", []),
        ("戊", []),
    ]


def test_every_finding_has_one_number_in_the_text() -> None:
    file = checked()
    seen = Seen(shown(file))
    references = [attrs["id"] for attrs in seen.named("a") if (attrs.get("class") or "").startswith("ref")]
    assert references == [f"m1-{number}" for number in range(1, len(file.diagnostics) + 1)]


def test_many_findings_are_rendered_in_time() -> None:
    text = "整改情况" * 5_000
    file = checked(text)
    document = file.document
    assert document is not None
    places = [Place(number, Span(number, number + 3), Severity.INFO) for number in range(1, 10_000)]
    assert text_html(document, places, 1, "zh").count('class="ref info"') == 9_999


# --- in a browser ------------------------------------------------------------------------------------------


@pytest.mark.skipif(not shutil.which("chromium"), reason="there is no Chromium here")
def test_the_page_works_in_a_browser(tmp_path: Path) -> None:
    target = tmp_path / "page.html"
    payload = replace(checked(), path="<img src=x onerror=document.title='broken'>")
    target.write_text(shown(payload), encoding="utf-8")
    result = subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync",
         "--disable-background-networking", "--disable-component-update", f"--user-data-dir={tmp_path / 'profile'}",
         "--dump-dom", target.as_uri()],
        capture_output=True, text=True, encoding="utf-8", timeout=90, check=True,
    )  # fmt: skip
    assert "<title>整改报告检查结果</title>" in result.stdout
    count = len(payload.diagnostics)
    assert (
        f"显示 {count} / {count} 条</output>" in result.stdout
    )  # the script has run, so its policy allows it
    assert '<form class="filters" aria-label="筛选">' in result.stdout
