"""Markup taken away, cut paragraphs joined, and every character still in its place."""

from __future__ import annotations

import pytest

from checker.parser import parse
from checker.source import Source

MARGIN = "根据县委统一部署，巡察组进行了巡察。现将整改情况予以公布。\n一、整改情况\n"
LONG = "局党组高度重视，召开专题会议研究部署。成立领导小组，逐条逐项明确责任人和完成时限，截至目前，所有"


def paragraphs_of(text: str) -> list[str]:
    return [paragraph.text for paragraph in parse(Source("draft.txt", text)).paragraphs]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("## **问题一：学习不够**", "问题一：学习不够"),
        ("**整改情况：**", "整改情况："),
        ("**一是抓落实。**坚持力度不减。**二是**抓长效。", "一是抓落实。坚持力度不减。二是抓长效。"),
        ("　　局党组高度重视。　　", "局党组高度重视。"),
        ("- 局党组高度重视。", "局党组高度重视。"),
        ("培训**人次，开展*次。", "培训**人次，开展*次。"),
        ("**市教育局开展培训。", "**市教育局开展培训。"),
        ("共培训**人次，清退**万元。", "共培训**人次，清退**万元。"),
    ],
)
def test_markup(line: str, words: str) -> None:
    text = MARGIN + "局党组认真整改。\n" + line + "\n"
    outline = parse(Source("draft.md", text))
    paragraph = outline.paragraphs[-1]
    assert paragraph.text == words
    passage = paragraph.passage
    assert [text[passage.offset(index)] for index in range(len(words))] == list(words)


def test_a_cut_paragraph_is_joined_and_reported() -> None:
    text = f"{MARGIN}{LONG}\n\n问题均已整改完毕。\n"
    outline = parse(Source("draft.txt", text))
    assert outline.paragraphs[-1].text == LONG + "问题均已整改完毕。"
    (cut,) = outline.breaks
    assert (cut.before, cut.after) == (LONG[-12:], "问题均已整改完毕。")
    assert text[cut.span.start : cut.span.end] == LONG[-12:] + "\n\n问题均已整改完毕。"
    assert [sentence.text for sentence in outline.paragraphs[-1].sentences][-1].startswith("成立领导小组")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (LONG[:-2] + "完成。", "问题均已整改完毕。"),
        (LONG, "（二）加强学习。"),
        (LONG, "一是加强学习。"),
        (LONG, "截至目前，完成整改。"),
        (LONG, "2024年12月，开展培训。"),
        (LONG, "## 加强学习"),
        (LONG, "　　加强学习，提高认识，抓好落实。"),
        (LONG, "联系电话：0571-12345678"),
        ("加强学习", "提高认识，抓好落实，推动工作。"),
        ("（一）聚焦理论学习方面", "局里制定了学习计划，每月学习一次。"),
        ("问题1：学习不够。研讨不深", "局里制定了学习计划，每月学习一次。"),
        ("建立台账；", "完善制度，抓好落实，推动工作。"),
    ],
)
def test_what_is_not_joined(first: str, second: str) -> None:
    outline = parse(Source("draft.txt", f"{MARGIN}{first}\n{second}\n"))
    assert outline.breaks == ()
    assert len(outline.paragraphs) == 4


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("成立专班。健全机制，按照有关要求，", "加强研判，做好处置工作。"),
        ("成立专班。学习《水资源", "管理办法》，提高本领。"),
        ("成立专班。落实有关规定（水发〔2024〕2号）", "文件要求，规范管理工作。"),
        ("1. 深入推进河湖智慧监管工作，对重点河段", "堤防，岸线和水库开展全面巡查。"),
    ],
)
def test_what_is_joined(first: str, second: str) -> None:
    outline = parse(Source("draft.txt", f"{MARGIN}问题1：学习不够。\n整改情况：\n{first}\n{second}\n"))
    assert outline.paragraphs[-1].text == first + second
    assert len(outline.breaks) == 1


def test_wrapped_text_is_joined_without_a_word() -> None:
    whole = "根据县委统一部署，县委第二巡察组对县水务局党组进行了巡察，并反馈了巡察意见，现将整改进展情况予以公布。"
    more = (
        "局党组高度重视巡察反馈意见，多次召开会议研究整改工作，逐项明确责任人和完成时限，形成清单化推进机制。"
    )
    lines = [part[at : at + 18] for part in ("　　" + whole, "　　" + more) for at in range(0, len(part), 18)]
    outline = parse(Source("draft.txt", "\n".join(lines)))
    assert ([paragraph.text for paragraph in outline.paragraphs], outline.breaks) == ([whole, more], ())


def test_a_wrapped_report_reads_as_one_that_is_not() -> None:
    lines = [
        "中共青石县水务局党组关于巡察整改进展情况的通报",
        "根据县委统一部署，2024年3月5日至4月30日，县委第二巡察组对县水务局党组进行了巡察。2024年7月2日，县委第二巡察组反馈了意见。"
        "按照巡察工作有关要求，现将巡察整改进展情况予以公布。",
        "一、整改工作组织情况",
        "局党组高度重视，多次召开会议研究整改工作。反馈的2个问题，已完成整改1个，正在整改1个，逐项明确责任人和完成时限，定期调度。",
        "二、问题整改落实情况",
        "1.针对“理论学习不够深入，研讨交流流于形式，学用结合不够紧密，成果转化不多”的问题。",
        "整改情况：制定学习计划并按月公布，由机关党委逐次点名，缺课的在一周内补学。已完成整改。",
        "欢迎广大干部群众对巡察整改落实情况进行监督。联系电话：0571-12345678；地址：青石县人民路1号；邮箱：a@example.cn。",
        "中共青石县水务局党组",
        "2024年12月3日",
    ]
    whole = ["　　" + line for line in lines]
    wrapped = [line[at : at + 30] for line in whole for at in range(0, len(line), 30)]
    plain, cut = (parse(Source("draft.txt", "\n".join(each))) for each in (whole, wrapped))
    assert [(one.role, one.text) for one in cut.paragraphs] == [
        (one.role, one.text) for one in plain.paragraphs
    ]
    assert cut.breaks == ()


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("学校党委把巡视整改作为", "重大政治任务，召开专题会议研究。", True),
        ("党委书记落实第一责任人责任，", "先后主持召开党委会6次。", True),
        ("规范办学行为", "按照规定开设课程，做到开齐开足。", False),
        ("“各科室要逐条对照，", "“各单位要限时整改。”", False),
    ],
)
def test_a_line_that_ends_amid_its_sentence(first: str, second: str, joined: bool) -> None:
    found = paragraphs_of(f"{MARGIN}{first}\n{second}\n")[2:]
    assert found == ([first + second] if joined else [first, second])


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("针对“力量薄弱”的问题，一是开展主题党日活", "动9次；二是讲党课6次。"),
        ("党支部开展专题学习14次，配备网格", "员58名，化解矛盾纠纷217件。"),
        ("整改完成情况：已完成整改。建立“一人一档”，组织案件", "质量评查2次，抽查案卷90件。"),
        (
            "2.针对师德师风建设不够扎实的问题。一是修订办法。二是在职称评审中实行“一",
            "票否决”，取消2人申报资格。",
        ),
        ("出台《小型工程项目管理办法", "（试行）》，复核项目23个。"),
        ("针对“力量薄弱”的问题，", "一是明确统战委员10名；二是配备联络员86名。"),
    ],
)
def test_an_answer_cut_by_a_line_end(first: str, second: str) -> None:
    assert paragraphs_of(f"{MARGIN}{first}\n{second}\n")[2:] == [first + second]
