"""report.lark: total, lossless, and what it tells apart in a line."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.lines import Node, read_lines, tokens

ANY = st.text(alphabet=st.characters(codec=None, exclude_categories=()), max_size=60)
PIECES = st.sampled_from(
    [
        "一、",
        "（一）",
        "1.",
        "1．",
        "（1）",
        "①",
        "问题1：",
        "问题一",
        "针对“学习”的问题",
        "整改情况：",
        "工作进展：",
        "**",
        "## ",
        "　",
        " ",
        "\t",
        "\n",
        "\r\n",
        "\r",
        "\0",
        "\ud800",
        "一是",
        "学习不够。",
        "2024年1月",
        "附件3",
        "关于巡察整改情况的通报",
        "欢迎监督",
        "|",
        "”",
        "“",
        "---",
    ]
)
TEXTS = st.one_of(ANY, st.lists(PIECES, max_size=25).map("".join))


@settings(deadline=None)
@given(TEXTS)
def test_tokens_join_to_the_text(text: str) -> None:
    assert "".join(tokens(text)) == text


@settings(deadline=None)
@given(TEXTS)
def test_lines_follow_one_another_inside_the_text(text: str) -> None:
    _, lines = read_lines(text)
    assert [line.index for line in lines] == list(range(len(lines)))
    edges = [edge for line in lines for edge in (line.start, line.end)]
    assert edges == sorted(edges)
    assert all(0 <= edge <= len(text) for edge in edges)


@settings(deadline=None)
@given(TEXTS)
def test_every_line_stands_in_the_tree_once(text: str) -> None:
    tree, lines = read_lines(text)
    seen: list[int] = []
    waiting: list[Node] = [tree]
    while waiting:
        node = waiting.pop()
        seen += [line.index for line in ([node.line] if node.line else []) + node.lines]
        waiting += node.children
    assert sorted(seen) == [line.index for line in lines]


def test_a_long_line_and_many_labels_are_read() -> None:
    for text in (
        "巡" * 300_000,
        "（" * 50_000,
        "1. 甲\n" * 3_000,
        "**" * 20_000,
        " " * 200_000,
        "（一）" * 5_000,
    ):
        assert "".join(tokens(text)) == text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("一、总体情况", "CHAPTER"),
        ("## **二、总体情况**", "CHAPTER"),
        ("第三部分 总体情况", "PART"),
        ("（一）学习不够", "SECTION"),
        ("(十二)学习不够", "SECTION"),
        ("1.学习不够", "ITEM"),
        ("1．　学习不够", "ITEM"),
        ("１、学习不够", "ITEM"),
        ("2.2024年以来，开展学习。", "ITEM"),
        ("（1）学习不够", "POINT"),
        ("1）学习不够", "POINT"),
        ("⑴学习不够", "POINT"),
        ("①学习不够", "CIRCLE"),
        ("问题1：学习不够", "PROBLEM"),
        ("问题十五. 学习不够", "PROBLEM"),
        ("问题十七：.学习不够", "PROBLEM"),
        ("问题二 学习不够", "PROBLEM"),
        ("【问题3】学习不够", "PROBLEM"),
        ("问题（四）学习不够", "PROBLEM"),
        ("反馈问题5、学习不够", "PROBLEM"),
        ("问题6针对“学习”的问题", "PROBLEM"),
        ("问题：学习不够", "PROBLEM"),
    ],
)
def test_labels(text: str, kind: str) -> None:
    _, (line,) = read_lines(text)
    assert line.label is not None
    assert line.label.type == kind


@pytest.mark.parametrize(
    "text",
    [
        "问题一直存在。",
        "一、二年级学生参加。",
        "2.5万元已清退。",
        "2024年以来",
        "12345热线",
        "问题十分突出",
        "一是加强学习。",
        "问题多。",
        "（2024年）学习",
        "1.5",
    ],
)
def test_words_that_are_no_labels(text: str) -> None:
    _, (line,) = read_lines(text)
    assert line.label is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("附件3", "FURNITURE"),
        ("打印本页 关闭窗口", "FURNITURE"),
        ("发布日期:2024年07月28日", "FURNITURE"),
        ("第 2 页 共 5 页", "FURNITURE"),
        ("- 3 -", "FURNITURE"),
        ("---", "RULE"),
        ("联系电话：0571-12345678", "CONTACT"),
        ("电  话：0571-12345678", "CONTACT"),
        ("2024年12月3日", "DATE"),
        ("二〇二四年十二月三日", "DATE"),
        ("中共青石县水务局党组 2024年12月3日", "DATE"),
        ("2024-12-03", "DATE"),
        ("中共青石县水务局党组", "ISSUER"),
        ("关于巡察整改进展情况的通报", "TITLE"),
        ("关于巡察整改进展情况的通报（社会公开稿）", "TITLE"),
        ("欢迎广大干部群众对整改情况进行监督。", "WELCOME"),
        ("如有意见建议，请及时向我们反映。", "WELCOME"),
        ("| 序号 | 问题 |", "ROW"),
        ("1\t学习不够\t已完成", "ROW"),
        ("附件：整改清单一览表，请查阅。", "TEXT"),
        ("局党组高度重视。", "TEXT"),
    ],
)
def test_kinds_of_lines(text: str, kind: str) -> None:
    _, (line,) = read_lines(text)
    assert (line.type, line.rest) == (kind, text)


@pytest.mark.parametrize(
    ("text", "key", "rest"),
    [
        ("整改情况：已完成。", "ANSWER", "已完成。"),
        ("**整改情况：**已完成。", "ANSWER", "已完成。"),
        ("工作进展:已完成。", "STATUS", "已完成。"),
        ("整改状态", "STATUS", ""),
        ("【整改措施】开展学习。", "ANSWER", "开展学习。"),
        ("责任单位：办公室", "DETAIL", "办公室"),
        ("1. 整改措施：开展学习。", "ANSWER", "开展学习。"),
    ],
)
def test_keys(text: str, key: str, rest: str) -> None:
    _, (line,) = read_lines(text)
    assert line.key is not None
    assert (line.key.type, line.rest) == (key, rest)


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("针对“学习不够”的问题。", "针对“学习不够”的问题。"),
        ("关于“整治“四风”不彻底”问题的整改", "关于“整治“四风”不彻底”问题的整改"),
        ("关于“学习不够。研讨不深。”问题的整改情况：已完成。", "关于“学习不够。研讨不深。”问题的整改情况："),
        ("关于“学习不够。”整改进展情况：已完成。", "关于“学习不够。”整改进展情况："),
        ("针对学习不够的问题，制定计划。", None),
        ("关于学习的计划", None),
    ],
)
def test_findings(text: str, finding: str | None) -> None:
    _, (line,) = read_lines(text)
    assert (line.finding.text if line.finding else None) == finding
