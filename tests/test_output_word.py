"""Word files are given back with comments at the exact words, corrections tracked, and nothing else changed."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest

pytest.importorskip("docx", reason="Word files are written with python-docx: pip install 'zhenggai[word]'")

from docx import Document as open_docx
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from checker.cli import main
from checker.diagnostics import Diagnostic, Related
from checker.outcome import Checked
from checker.output.word import file_names
from checker.readers.text import read as read_text
from checker.readers.word import read
from tests import word_files as wf
from tests.word_files import cell, deleted, docx, inserted, p, r, table, unzipped
from tests.word_reviews import PATH, W, at, comment_lines, commented, finding, rejected, reviewed, tree

# --- comments ----------------------------------------------------------------------------------------------


def test_a_comment_stands_at_its_words_and_all_else_is_as_it_was() -> None:
    body = p("反馈问题", r("35个，已完", props="<w:b/>"), "成33个，正在整改", r("3个。", props="<w:i/>"))
    data = docx("标题", body, parts={"settings": f'<w:settings xmlns:w="{wf.W}"/>'})
    source = read(data, PATH)
    result = reviewed(source, [at(source, "35个"), at(source, "已完成33个")])
    assert commented(result) == {0: "35个", 1: "已完成33个"}
    assert read(result, PATH).text == source.text
    before, after = unzipped(data), unzipped(result)
    assert {name for name in before if before[name] != after[name]} == {
        "[Content_Types].xml",
        "word/document.xml",
        "word/_rels/document.xml.rels",
    }
    assert set(after) - set(before) == {"word/comments.xml"}


def test_runs_keep_their_looks() -> None:
    source = read(docx(p(r("甲乙丙", props='<w:b/><w:sz w:val="32"/>'))), PATH)
    result = reviewed(source, [at(source, "乙")])
    body = tree(result).find(f"{W}body")
    assert body is not None
    looks = '<w:rPr><w:b/><w:sz w:val="32"/></w:rPr>'
    assert (
        etree.tostring(body[0]).decode().partition(">")[2]
        == (
            f'<w:r>{looks}<w:t xml:space="preserve">甲</w:t></w:r><w:commentRangeStart w:id="0"/>'
            f'<w:r>{looks}<w:t xml:space="preserve">乙</w:t></w:r><w:commentRangeEnd w:id="0"/>'
            '<w:r><w:commentReference w:id="0"/></w:r>'
            f'<w:r>{looks}<w:t xml:space="preserve">丙</w:t></w:r></w:p>'
        )
        .encode("ascii", "xmlcharrefreplace")
        .decode()
    )


def test_what_a_comment_says() -> None:
    source = read(docx("共35个，另有3个。"), PATH)
    one = at(source, "35个", "36个", safe=False)
    other = at(source, "3个。")
    related = Related({"zh": "此处为3个", "en": "three here"}, other.start, other.end)
    one = Diagnostic(**{name: getattr(one, name) for name in one.__slots__} | {"related": (related,)})
    assert comment_lines(reviewed(source, [one])) == {
        0: [
            "【警告】用词不当",
            "“3个。”：此处为3个",
            "建议改为“36个”",
            "为什么：读者会误解。",
            "规则：a.b",
        ]
    }
    assert comment_lines(reviewed(source, [one], lang="en")) == {
        0: [
            "[warning] wrong word",
            "“3个。”: three here",
            "suggested: “36个”",
            "why: Readers are misled.",
            "rule: a.b",
        ]
    }
    (comment,) = tree(reviewed(source, [one]), "word/comments.xml")
    assert dict(comment.attrib) == {f"{W}id": "0", f"{W}author": "zhenggai", f"{W}initials": "ZG"}


BOX = p("正文", r("前"), wf.text_box("框内有错字"), "后")
NOTE = p("共35个", r("，", props="<w:b/>"), wf.footnote_reference(1), "完。")


@pytest.mark.parametrize(
    ("body", "words", "held"),
    [
        ([p("甲", num=(1, 0))], "一、", "甲"),
        ([p("甲乙", num=(1, 0))], "一、甲", "甲"),
        ([p("甲"), p(num=(1, 0))], "一、", ""),
        ([p("甲乙丙"), p("丁戊")], "丙\n丁", "丙丁"),
        ([p("甲"), p(), p("丁戊")], "\n\n丁", "丁"),
        ([table(("甲乙", "丙丁"))], "丙丁", "丙丁"),
        ([table(("甲乙", "丙丁"))], "乙\t丙", "乙"),
        ([p("前"), table(("甲乙", "丙丁")), p("后")], "前\n甲", "前"),
        ([table(("甲", cell("乙丙", "丁戊")))], "丙 丁", "丙丁"),
        ([BOX], "错字", "框内有错字框内有错字"),  # both forms of the box
        ([NOTE], "不含", ""),
        ([p(inserted("甲乙"), deleted("旧"), inserted("丙"))], "乙丙", "乙丙"),
        ([p(wf.hyperlink("甲乙"), "丙丁")], "乙丙", "乙丙"),
        ([p("甲", wf.control(r("乙丙")), "丁")], "丙丁", "丙丁"),
        ([wf.control(p("甲乙"))], "乙", "乙"),
        ([p("甲", wf.complex_field("REF a", "乙丙"), "丁")], "丙丁", "丙丁"),
        ([p("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t></w:r>")], "乙", "乙"),
        ([p("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t></w:r>")], "\n乙", "乙"),
        ([p("<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t></w:r>")], "\t", ""),
        ([p("<w:r><w:t> 甲乙 </w:t></w:r>")], "乙", "乙"),
        ([p("电话0571", "<w:r><w:noBreakHyphen/><w:t>8</w:t></w:r>")], "0571-8", "05718"),
        ([p("甲", "<m:oMath><m:r><m:t>1+1</m:t></m:r></m:oMath>", "乙")], "1+1", ""),
        ([p("前", props=wf.MARK_DELETED), p("后"), p("完")], "前后", "前后"),
        ([p("甲"), p("乙"), p("丙")], "甲\n乙\n丙\n", "甲"),
    ],
)
def test_where_comments_hold_on(body: list[str], words: str, held: str) -> None:
    parts = {"numbering": wf.numbering(), "footnotes": wf.footnotes("不含移交件。")}
    source = read(docx(*body, parts=parts), PATH)
    result = reviewed(source, [at(source, words)])
    assert commented(result) == {0: held}
    assert read(result, PATH).text == source.text


@pytest.mark.parametrize(
    ("body", "words", "run", "place"),
    [([BOX], "错字", "w:drawing", "文本框"), ([NOTE], "不含", "w:footnoteReference", "脚注1")],
)
def test_boxes_and_notes_are_commented_on_where_they_hang(
    body: list[str], words: str, run: str, place: str
) -> None:
    source = read(docx(*body, parts={"footnotes": wf.footnotes("不含移交件。")}), PATH)
    result = reviewed(source, [at(source, words)])
    text = unzipped(result)["word/document.xml"].decode()
    held = text[text.index("<w:commentRangeStart") : text.index("<w:commentRangeEnd")]
    assert f"<{run}" in held
    assert held.count("<w:r>") - held.count("<w:txbxContent>") == 1
    assert comment_lines(result)[0][1] == f"位置：{place}，“{words}”"


@pytest.mark.parametrize(
    ("start", "held"), [(0, "甲"), (1, "乙"), (2, "乙"), (3, "丙"), (4, "丙"), (5, "丙")]
)
def test_a_place_of_no_width_holds_on_to_the_next_character(start: int, held: str) -> None:
    source = read(docx("甲乙", "丙"), PATH)
    assert commented(reviewed(source, [finding(source, start, start)])) == {0: held}


def test_comments_at_the_same_words_and_across_each_other() -> None:
    source = read(docx("甲乙丙丁", "戊"), PATH)
    spans = [(0, 2), (0, 2), (1, 3), (2, 4), (0, 4), (1, 2)]
    result = reviewed(source, [finding(source, *span) for span in spans])
    assert commented(result) == dict(enumerate(["甲乙", "甲乙", "乙丙", "丙丁", "甲乙丙丁", "乙"]))
    assert read(result, PATH).text == source.text


def test_comments_that_were_there_stay() -> None:
    old = '<w:commentRangeStart w:id="3"/>' + r("甲") + '<w:commentRangeEnd w:id="3"/>'
    reference = '<w:r><w:commentReference w:id="3"/></w:r>'
    given = wf.comments("零", "一", "二", "旧批注")
    source = read(docx(p(old, reference, "乙")), PATH)
    source = read(docx(p(old, reference, "乙"), parts={"comments": given}), PATH)
    result = reviewed(source, [at(source, "乙")])
    assert commented(result) == {3: "甲", 4: "乙"}
    assert [(key, lines[0]) for key, lines in comment_lines(result).items()] == [
        (0, "零"),
        (1, "一"),
        (2, "二"),
        (3, "旧批注"),
        (4, "【警告】用词不当"),
    ]
    before, after = unzipped(source.data), unzipped(result)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"word/document.xml", "word/comments.xml"}
    assert set(after) == set(before)


def test_a_report_with_no_finding_is_given_back_as_it_is() -> None:
    source = read(docx("甲"), PATH)
    assert reviewed(source, []) == source.data


def test_the_same_run_gives_the_same_bytes() -> None:
    source = read(docx("截止目前"), PATH)
    results = {reviewed(source, [at(source, "截止", "截至")], fix=True) for _ in range(2)}
    assert len(results) == 1


# --- corrections -------------------------------------------------------------------------------------------


def test_a_safe_correction_is_a_tracked_change() -> None:
    source = read(docx(p("到此，", r("截止目前", props="<w:b/>"), "，完成。")), PATH)
    one = at(source, "截止目前", "截至目前")
    result = reviewed(source, [one], fix=True)
    assert read(result, PATH).text == "到此，截至目前，完成。\n"
    assert read(rejected(result), PATH).text == source.text
    assert commented(result) == {0: "截至目前"}
    assert comment_lines(result)[0][1] == "已用修订改为“截至目前”"
    text = unzipped(result)["word/document.xml"].decode()
    assert (
        '<w:del w:id="1" w:author="zhenggai"><w:r><w:rPr><w:b/></w:rPr>'
        '<w:delText xml:space="preserve">止</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="zhenggai"><w:r><w:rPr><w:b/></w:rPr>'
        '<w:t xml:space="preserve">至</w:t></w:r></w:ins>'
    ) in text


@pytest.mark.parametrize(
    ("body", "words", "replacement", "text"),
    [
        ([p("甲乙丙")], "乙", "", "甲丙\n"),
        ([p("甲。。乙")], "。。", "。", "甲。乙\n"),
        ([p("甲,乙")], ",", "，", "甲，乙\n"),
        ([p("甲", r("截", props="<w:b/>"), r("止", props="<w:i/>"), "乙")], "截止", "到了", "甲到了乙\n"),
        ([p(inserted("新增截止乙"))], "截止", "截至", "新增截至乙\n"),
        (
            [p(inserted("新增"), deleted("旧"), inserted("截止", number=903))],
            "增截止",
            "加截至",
            "新加截至\n",
        ),
        ([p(wf.hyperlink("截止"))], "截止", "截至", "截至\n"),
        ([p("甲截", deleted("断"), "止")], "截止", "目前", "甲目前\n"),
        ([table(("截止", "乙"))], "截止", "截至", "截至\t乙\n"),
        ([p("截止", num=(1, 0))], "截止", "截至", "一、截至\n"),
        ([p("<w:r><w:t> 截止 </w:t></w:r>")], "止", "至", "截至\n"),
        ([p("甲", wf.control(r("截止")))], "截止", "截至", "甲截至\n"),
        ([p("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r>")], "\t", " ", "甲 乙\n"),
    ],
)
def test_corrections(body: list[str], words: str, replacement: str, text: str) -> None:
    source = read(docx(*body, parts={"numbering": wf.numbering()}), PATH)
    result = reviewed(source, [at(source, words, replacement)], fix=True)
    assert read(result, PATH).text == text
    assert read(rejected(result), PATH).text == source.text
    ids = [node.get(f"{W}id") for node in tree(result).iter(f"{W}ins", f"{W}del")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("body", "words", "replacement"),
    [
        ([BOX], "错字", "字"),
        ([NOTE], "不含", "含"),
        ([p("甲", num=(1, 0))], "一、甲", "1.甲"),
        ([p("甲"), p("乙")], "甲\n乙", "甲乙"),
        ([table(("甲", "乙"))], "甲\t乙", "甲乙"),
        ([p("甲", "<w:r><w:t>乙</w:t></w:r>")], "乙", "两\n行"),
        ([p("甲", "<m:oMath><m:r><m:t>1+1</m:t></m:r></m:oMath>")], "1+1", "2"),
    ],
)
def test_what_is_only_commented_on(body: list[str], words: str, replacement: str) -> None:
    parts = {"numbering": wf.numbering(), "footnotes": wf.footnotes("不含移交件。")}
    source = read(docx(*body, parts=parts), PATH)
    result = reviewed(source, [at(source, words, replacement)], fix=True)
    assert read(result, PATH).text == source.text
    assert f"建议改为“{replacement}”".replace("\n", " ") in comment_lines(result)[0]


def test_only_safe_corrections_and_only_with_fix() -> None:
    source = read(docx("截止目前"), PATH)
    assert read(reviewed(source, [at(source, "止", "至")]), PATH).text == source.text
    unsafe = at(source, "止", "至", safe=False)
    assert read(reviewed(source, [unsafe], fix=True), PATH).text == source.text


def test_of_two_corrections_of_the_same_words_the_first_is_made() -> None:
    source = read(docx("截止目前"), PATH)
    result = reviewed(source, [at(source, "截止", "截至"), at(source, "止目", "至目")], fix=True)
    assert read(result, PATH).text == "截至目前\n"
    assert [lines[1] for lines in comment_lines(result).values()] == ["已用修订改为“截至”", "建议改为“至目”"]


# --- files -------------------------------------------------------------------------------------------------


def test_a_draft_in_plain_text_becomes_a_word_file() -> None:
    source = read_text("　　标题\r\n\r\n一、截止目前\t完成。\r\n结尾".encode("gb18030"), "草稿.txt")
    findings = [
        at(source, "截止", "截至"),
        at(source, "结尾"),
        finding(source, len(source.text), len(source.text)),
    ]
    result = reviewed(source, findings, fix=True)
    assert read(result, PATH).text == "　　标题\n\n一、截至目前\t完成。\n结尾\n"
    assert commented(result) == {0: "截至", 1: "结尾", 2: "尾"}
    assert reviewed(source, findings, fix=True) == result


def test_names_of_files() -> None:
    paths = ["甲/通报.docx", "乙/通报.docx", "通报.txt", "<stdin>", "丙\\通报-2.docx", "A.md", "a.docx"]
    checked = [Checked(path, (), False, False) for path in paths]
    assert file_names(checked) == [
        "通报.docx",
        "通报-2.docx",
        "通报-3.docx",
        "stdin.docx",
        "通报-2-2.docx",
        "A.docx",
        "a-2.docx",
    ]


def test_other_programs_open_it() -> None:
    source = read(
        docx(p("截止目前，", "完成"), p("一", num=(1, 0)), parts={"numbering": wf.numbering()}), PATH
    )
    result = reviewed(source, [at(source, "截止", "截至"), at(source, "完成")], fix=True)
    document = open_docx(BytesIO(result))
    assert [(one.comment_id, one.author, one.paragraphs[0].text) for one in document.comments] == [
        (0, "zhenggai", "【警告】用词不当"),
        (1, "zhenggai", "【警告】用词不当"),
    ]


# --- whatever the document ---------------------------------------------------------------------------------

plain = st.text("甲乙丙丁戊一二35，。 　a", min_size=1, max_size=8)
run_wraps: list[Callable[[str], str]] = [
    lambda text: r(wf.t(text)),
    lambda text: r(wf.t(text), props="<w:b/>"),
    lambda text: inserted(r(wf.t(text))),
    lambda text: wf.hyperlink(r(wf.t(text))),
    lambda text: wf.control(r(wf.t(text))),
    lambda text: wf.complex_field("REF a", r(wf.t(text))),
    lambda text: r(wf.t(text)) + deleted("删"),
    lambda text: r(wf.t(text), "<w:br/>", wf.t(text)),
    lambda text: r(wf.t(text), "<w:tab/>"),
    lambda text: f"<w:r><w:t> {text} </w:t></w:r>",
    lambda text: r(wf.t(text)) + wf.text_box(text),
]
runs = st.lists(st.builds(lambda wrap, text: wrap(text), st.sampled_from(run_wraps), plain), max_size=4)
some_paragraphs = st.builds(
    lambda content, num: p(*content, num=num), runs, st.sampled_from([None, (1, 0), (1, 1)])
)
tables = st.builds(
    lambda rows: table(*[tuple(cell(one) for one in row) for row in rows]),
    st.lists(st.lists(some_paragraphs, min_size=2, max_size=2), min_size=1, max_size=2),
)
bodies = st.lists(some_paragraphs | tables, min_size=1, max_size=5)


@given(bodies, st.data())
@settings(max_examples=150, deadline=None)
def test_whatever_the_document(body: list[str], data: st.DataObject) -> None:
    source = read(docx(*body, parts={"numbering": wf.numbering()}), PATH)
    bounds = st.integers(0, len(source.text))
    spans = data.draw(st.lists(st.tuples(bounds, bounds).map(sorted), min_size=1, max_size=5))
    replacement = data.draw(st.none() | st.text("甲x，", max_size=3))
    findings = [finding(source, start, end, replacement) for start, end in spans]
    result = reviewed(source, findings)
    assert read(result, PATH).text == source.text
    ranges = commented(result)
    assert sorted(ranges) == list(range(len(spans)))
    corrected = reviewed(source, findings, fix=True)
    assert read(rejected(corrected), PATH).text == source.text
    done = [
        (start, end)
        for (start, end), lines in zip(spans, comment_lines(corrected).values(), strict=True)
        if any(line.startswith("已用修订") for line in lines)
    ]
    expected = source.text
    for start, end in sorted(done, reverse=True):
        expected = expected[:start] + (replacement or "") + expected[end:]
    assert read(corrected, PATH).text == expected


simple_runs = st.lists(
    st.builds(lambda wrap, text: wrap(text), st.sampled_from(run_wraps[:9]), plain), min_size=1, max_size=4
)


@given(st.lists(simple_runs, min_size=2, max_size=4), st.data())
@settings(max_examples=100, deadline=None)
def test_comments_are_about_the_exact_words(content: list[list[str]], data: st.DataObject) -> None:
    source = read(docx("标题", *(p(*one) for one in content)), PATH)
    bounds = st.integers(1, len(source.text))
    start, end = sorted(data.draw(st.tuples(bounds, bounds)))
    words = source.text[start:end]
    result = reviewed(source, [finding(source, start, end)])
    if words.strip("\n"):
        assert commented(result) == {0: words.replace("\n", "").replace("\t", "")}


# --- the program, and LibreOffice --------------------------------------------------------------------------

REPORT = docx(
    "中共某某县水务局党组关于巡察整改进展情况的通报",
    p("截止目前，", r("反馈问题35个，已完成整改33个", props="<w:b/>"), "，正在整改3个。"),
    p("整改情况", num=(1, 0)),
    table(("问题", "状态"), ("资料归档不及时", "截止目前未完成")),
    parts={"numbering": wf.numbering()},
)


def test_the_program_writes_into_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = tmp_path / "通报.docx"
    report.write_bytes(REPORT)
    chosen = ["check", str(report), "--select", "text.typo", "--format", "word"]
    assert main([*chosen, "--fix", "-o", str(tmp_path / "批注")]) == 1
    result = (tmp_path / "批注" / "通报.docx").read_bytes()
    assert read(result, PATH).text == read(REPORT, PATH).text.replace("截止", "截至")
    assert commented(result) == {0: "截至目前", 1: "截至目前"}
    assert report.read_bytes() == REPORT
    capsys.readouterr()
    assert main([*chosen, "-o", str(tmp_path)]) == 2
    own = f"{report}: 错误：不覆盖正在检查的文件；请用 -o 换一个文件夹\n"
    assert capsys.readouterr().err == own
    assert report.read_bytes() == REPORT
    assert main(["check", str(report), "--fix"]) == 2
    assert "请用 --format word --fix -o 文件夹" in capsys.readouterr().err


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice (soffice) is not installed")
def test_libreoffice_shows_comments_and_changes(tmp_path: Path) -> None:
    source = read(REPORT, PATH)
    last = source.text.rindex("截止")
    findings = [
        at(source, "截止", "截至"),
        at(source, "35个，已完成整改33个"),
        at(source, "一、整改"),
        finding(source, last, last + 2, "截至"),
    ]
    (tmp_path / "a.docx").write_bytes(reviewed(source, findings, fix=True))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "fodt", "--outdir", str(tmp_path)]
    subprocess.run([*command, str(tmp_path / "a.docx")], check=True, capture_output=True, timeout=120)
    root = etree.parse(tmp_path / "a.fodt").getroot()
    office = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
    creators = [
        node.findtext("{http://purl.org/dc/elements/1.1/}creator")
        for node in root.iter(f"{office}annotation")
    ]
    assert creators == ["zhenggai"] * 4
    assert len(list(root.iter(f"{office}annotation-end"))) == 4
    text = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
    changes = [node[0].tag.removeprefix(text) for node in root.iter(f"{text}changed-region")]
    assert sorted(changes) == ["deletion", "deletion", "insertion", "insertion"]
