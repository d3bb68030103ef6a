"""What the rules of words and punctuation find in whole reports: folding, silence, and corrections that end."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.fixing import fix_source
from checker.linter import lint
from checker.reading import read
from checker.rules import RuleSet, load_rules
from checker.settings import Settings
from checker.source import Source

FAMILIES = ("text", "punctuation", "number", "privacy", "disclosure")

REPORT = """中共甲县水利局党组关于巡察整改进展情况的通报
根据县委统一部署，2024年3月5日至5月20日，县委第二巡察组对县水利局党组开展了常规巡察。2024年7月2日，县委第二巡察组反馈了巡察意见。现将巡察整改进展情况予以公布。
一、整改工作组织情况
局党组高度重视，召开专题会议，逐条研究反馈意见；成立工作专班（下设三个小组），明确责任。
二、巡察反馈问题整改情况
（一）关于河道管护不到位的问题。修订《河道管护办法》《巡查制度》，组织培训4次。
三、下一步工作打算
持续抓好后续整改，巩固成效。
欢迎广大干部群众对巡察整改落实情况进行监督。联系电话：0571-88881234；邮政信箱：甲县人民路1号；邮编：310000。
中共甲县水利局党组
2024年12月5日
"""
HALF = str.maketrans("，；：（）", ",;:()")


@dataclass(frozen=True)
class Found:
    """A finding as a person reads it."""

    rule: str
    line: int
    column: int
    message: str


@pytest.fixture(scope="module")
def rules() -> RuleSet:
    return load_rules().restricted(select=FAMILIES)


def found(rules: RuleSet, text: str, kind: str = "text") -> list[Found]:
    document = read(Source("通报.txt", text, kind=kind))
    return [
        Found(one.rule, one.start.line, one.start.column, one.message["zh"]) for one in lint(document, rules)
    ]


def test_a_good_report_is_silent(rules: RuleSet) -> None:
    assert found(rules, REPORT) == []


def test_a_text_set_half_width_has_one_finding(rules: RuleSet) -> None:
    count = sum(REPORT.count(mark) for mark in "，；：（）") - 2
    assert found(rules, REPORT.translate(HALF)) == [
        Found(
            "punctuation.width",
            2,
            9,
            f"全文用的是半角标点，共{count}处，中文应当用全角的“，；：（）”，可以整篇替换",
        )
    ]


def test_half_width_marks_of_one_paragraph_are_one_finding(rules: RuleSet) -> None:
    lines = REPORT.split("\n")
    lines[3] = lines[3].translate(HALF)
    assert found(rules, "\n".join(lines)) == [
        Found("punctuation.width", 4, 8, "这一段有6处半角标点 , ; ( ) ，应为全角的 ， ； （ ）")
    ]


def test_half_width_marks_are_corrected_to_the_last() -> None:
    lines = REPORT.split("\n")
    lines[3] = lines[3].translate(HALF)
    result = fix_source(Source("通报.txt", "\n".join(lines)), Settings())
    assert result.correction is not None
    assert result.source is not None
    assert result.source.text == REPORT


MARKED = REPORT.replace("一、整改", "## 一、整改", 1).replace("局党组高度重视，", "**局党组高度重视，**")


def test_markup_in_plain_text_is_told_once(rules: RuleSet) -> None:
    message = "正文里留有 Markdown 标记（行首的“#”等），请去掉"
    assert found(rules, MARKED) == [Found("text.residue", 3, 4, message)]


def test_markup_of_a_markdown_file_is_in_order(rules: RuleSet) -> None:
    assert found(rules, MARKED, kind="markdown") == []


@settings(max_examples=30, deadline=None)
@given(mask=st.sampled_from(["*", "**", "××", "XX", "＊"]), number=st.sampled_from(["4次", "三个"]))
def test_a_masked_figure_is_one_finding_at_its_place(rules: RuleSet, mask: str, number: str) -> None:
    text = REPORT.replace(number, mask + number[-1])
    at = text.index(mask)
    line = text.count("\n", 0, at) + 1
    column = at - text.rfind("\n", 0, at)
    message = f"“{mask}”处的数字或名称没有填上（或被遮去），读者无从核对"
    assert found(rules, text) == [Found("text.placeholder", line, column, message)]


def test_a_title_that_was_right_in_its_time_is_left_alone(rules: RuleSet) -> None:
    cited = REPORT.replace("《巡查制度》", "《中国共产党基层组织选举工作暂行条例》")
    message = (
        "“《中国共产党基层组织选举工作暂行条例》”应为“《中国共产党基层组织选举工作条例》”："
        "文件名称；“（试行）”“暂行”随修订而去"
    )
    assert found(rules, cited) == [Found("text.fixed-phrase", 6, 27, message)]
    assert found(rules, cited.replace("2024年", "2019年")) == []
