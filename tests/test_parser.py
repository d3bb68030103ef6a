"""The outline of a whole report, what holds for any text, and the real reports where they are at hand."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.document import Section
from checker.outline import Outline
from checker.parser import parse
from checker.source import Source

SEEDS = Path(__file__).parent.parent.parent / "shared" / "seeds"
REPORT = """中共青石县水务局党组
关于巡察整改进展情况的通报

根据县委统一部署，2024年3月5日至4月30日，县委第二巡察组对县水务局党组进行了巡察。现将整改情况予以公布。
一、组织整改情况
（一）加强领导。局党组召开会议。一是成立专班。二是压实责任。
二、巡察反馈问题整改情况
（一）党的建设方面
问题1：学习不够。
工作进展：已完成。
整改情况：一是每月学习。二是开展研讨。
问题2：台账不全。
整改情况：
1. 建立台账。
2. 定期更新。
三、下一步打算
持续抓好整改。
欢迎广大干部群众进行监督。
联系电话：0571-12345678
中共青石县水务局党组
2024年12月3日
"""
LINES = [
    "中共青石县水务局党组关于巡察整改情况的通报",
    "根据县委统一部署，县委第二巡察组进行了巡察。现将整改情况予以公布。",
    "一、组织整改情况",
    "二、问题整改情况",
    "三、下一步打算",
    "（一）在党的建设方面",
    "（二）关于“作风不实”的问题",
    "1. 针对“学习不够”的问题。",
    "2．　建立台账，定期更新。",
    "问题1：学习不够。",
    "**问题二：研讨不深**",
    "工作进展：已完成。",
    "整改情况：一是每月学习。二是开展研讨。",
    "整改情况：",
    "局党组召开会议，研究部署。成立专班，落实所有",
    "责任单位，逐项整改到位。",
    "| 1 | 学习不够 | 已完成 |",
    "欢迎广大干部群众进行监督。",
    "联系电话：0571-12345678",
    "中共青石县水务局党组",
    "2024年12月3日",
    "附件3",
    "---",
    "首先，学习。其次，研讨。",
]
ANY = st.one_of(
    st.text(alphabet=st.characters(codec=None, exclude_categories=()), max_size=80),
    st.lists(st.sampled_from([*LINES, "\0", "\ud800", "（", "”", "**", "　", "\r", ""]), max_size=20).map(
        "\n".join
    ),
    st.lists(
        st.sampled_from([*"一二、（）1.问题：针对“”的整改情况：已完成是\n\r |#*　", "问题", "一是"]),
        max_size=60,
    ).map("".join),
)


def parsed(text: str) -> Outline:
    return parse(Source("draft.txt", text))


def spans(value: Any) -> list[tuple[int, int]]:
    """Every span inside a value made of dataclasses and tuples."""
    if isinstance(value, tuple):
        return [span for item in value for span in spans(item)]
    if hasattr(value, "__dataclass_fields__"):
        if set(value.__dataclass_fields__) == {"start", "end"}:
            return [(value.start, value.end)]
        return [span for name in value.__dataclass_fields__ for span in spans(getattr(value, name))]
    return []


def shape(outline: Outline) -> dict[str, Any]:
    """An outline by its words, without places."""

    def section(at: Section) -> tuple[Any, ...]:
        return (at.level, at.label, at.title, at.role, at.excerpt, tuple(map(section, at.children)))

    return {
        "title": outline.title and outline.title.text,
        "issuer": outline.issuer and outline.issuer.text,
        "paragraphs": [(each.role, each.section, each.text) for each in outline.paragraphs],
        "sentences": [sentence.text for each in outline.paragraphs for sentence in each.sentences],
        "headings": [
            (each.level, each.label, each.title, each.mark, each.ending) for each in outline.headings
        ],
        "sections": [section(each) for each in outline.sections],
        "steps": [(each.heading.label, each.kind, each.expected, each.skipped) for each in outline.steps],
        "series": [tuple(item.label for item in each.items) for each in outline.series],
        "run_ins": [(each.kind, tuple(point.text for point in each.items)) for each in outline.run_ins],
        "breaks": [(each.before, each.after) for each in outline.breaks],
        "furniture": [each.text for each in outline.furniture],
        "problems": [
            (each.label, each.title, each.state, each.shared, each.answer and each.answer.text)
            for each in outline.problems
        ],
        "ends": (outline.lead, outline.tail, outline.signature),
    }


def test_a_report_whole() -> None:
    assert shape(parsed(REPORT)) == {
        "title": "中共青石县水务局党组关于巡察整改进展情况的通报",
        "issuer": "中共青石县水务局党组",
        "paragraphs": [
            ("issuer", "", "中共青石县水务局党组"),
            ("title", "", "关于巡察整改进展情况的通报"),
            ("lead", "", REPORT.splitlines()[3]),
            ("heading", "organization", "一、组织整改情况"),
            ("body", "organization", "（一）加强领导。局党组召开会议。一是成立专班。二是压实责任。"),
            ("heading", "rectification", "二、巡察反馈问题整改情况"),
            ("heading", "rectification", "（一）党的建设方面"),
            ("heading", "rectification", "问题1：学习不够。"),
            ("status", "rectification", "工作进展：已完成。"),
            ("body", "rectification", "整改情况：一是每月学习。二是开展研讨。"),
            ("heading", "rectification", "问题2：台账不全。"),
            ("label", "rectification", "整改情况："),
            ("body", "rectification", "1. 建立台账。"),
            ("body", "rectification", "2. 定期更新。"),
            ("heading", "next-steps", "三、下一步打算"),
            ("body", "next-steps", "持续抓好整改。"),
            ("welcome", "next-steps", "欢迎广大干部群众进行监督。"),
            ("contact", "next-steps", "联系电话：0571-12345678"),
            ("signature", "next-steps", "中共青石县水务局党组"),
            ("date", "next-steps", "2024年12月3日"),
        ],
        "sentences": [
            "中共青石县水务局党组",
            "关于巡察整改进展情况的通报",
            "根据县委统一部署，2024年3月5日至4月30日，县委第二巡察组对县水务局党组进行了巡察。",
            "现将整改情况予以公布。",
            "一、组织整改情况",
            "（一）加强领导。",
            "局党组召开会议。",
            "一是成立专班。",
            "二是压实责任。",
            "二、巡察反馈问题整改情况",
            "（一）党的建设方面",
            "问题1：学习不够。",
            "工作进展：已完成。",
            "整改情况：一是每月学习。",
            "二是开展研讨。",
            "问题2：台账不全。",
            "整改情况：",
            "1. 建立台账。",
            "2. 定期更新。",
            "三、下一步打算",
            "持续抓好整改。",
            "欢迎广大干部群众进行监督。",
            "联系电话：0571-12345678",
            "中共青石县水务局党组",
            "2024年12月3日",
        ],
        "headings": [
            (1, "一", "组织整改情况", "、", ""),
            (2, "一", "加强领导", "）", "。"),
            (1, "二", "巡察反馈问题整改情况", "、", ""),
            (2, "一", "党的建设方面", "）", ""),
            (0, "问题1", "学习不够", "：", "。"),
            (0, "问题2", "台账不全", "：", "。"),
            (3, "1", "建立台账", ".", "。"),
            (3, "2", "定期更新", ".", "。"),
            (1, "三", "下一步打算", "、", ""),
        ],
        "sections": [
            (
                1,
                "一",
                "组织整改情况",
                "organization",
                False,
                ((2, "一", "加强领导", "organization", False, ()),),
            ),
            (
                1,
                "二",
                "巡察反馈问题整改情况",
                "rectification",
                False,
                ((2, "一", "党的建设方面", "rectification", False, ()),),
            ),
            (1, "三", "下一步打算", "next-steps", False, ()),
        ],
        "steps": [
            (label, "ok", number, False) for label, number in zip("一一二一", (1, 1, 2, 1), strict=True)
        ]
        + [
            ("问题1", "ok", 1, False),
            ("问题2", "ok", 2, False),
            ("1", "ok", 1, False),
            ("2", "ok", 2, False),
            ("三", "ok", 3, False),
        ],
        "series": [("一", "二", "三"), ("问题1", "问题2"), ("1", "2")],
        "run_ins": [
            ("ok", ("一是成立专班。", "二是压实责任。")),
            ("ok", ("一是每月学习。", "二是开展研讨。")),
        ],
        "breaks": [],
        "furniture": [],
        "problems": [
            ("问题1", "学习不够", "done", False, "整改情况：一是每月学习。二是开展研讨。"),
            ("问题2", "台账不全", "unknown", False, "1. 建立台账。\n2. 定期更新。"),
        ],
        "ends": ((2,), (16, 17), (18, 19)),
    }


@settings(deadline=None, max_examples=200)
@given(ANY)
def test_any_text_is_parsed_and_spans_stay_inside(text: str) -> None:
    outline = parsed(text)
    assert all(0 <= start <= end <= len(text) for start, end in spans(outline))
    for paragraph in outline.paragraphs:
        at = [paragraph.passage.offset(index) for index in range(len(paragraph.text))]
        assert "".join(text[offset] for offset in at) == paragraph.text
    for problem in outline.problems:
        if problem.status:
            assert problem.status.text


@settings(deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=20), st.integers(min_value=1, max_value=3))
def test_blank_lines_change_nothing(lines: list[str], blanks: int) -> None:
    text = "".join(line + "\n" for line in lines)
    spread = "\n" * blanks + "".join(line + "\n" + "　\n" * blanks for line in lines)
    assert shape(parsed(spread)) == shape(parsed(text))


@settings(deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=20), st.sampled_from(["\r\n", "\r"]))
def test_line_ends_change_nothing(lines: list[str], end: str) -> None:
    text = "".join(line + "\n" for line in lines)
    assert shape(parsed(text.replace("\n", end))) == shape(parsed(text))


def test_long_and_unbalanced_texts_are_parsed() -> None:
    for text in (
        "巡察，整改。" * 20_000,
        "（" * 20_000,
        "“" * 20_000,
        "一是好。" * 2_000,
        "1. 甲\n" * 2_000,
        "问题1：不够。\n" * 2_000,
    ):
        assert parsed(text).paragraphs


HEAD = "中共某县水务局党组关于巡察整改情况的通报\n"
INSPECTED = "根据县委统一部署，县委巡察组对县水务局党组进行了巡察。"
PUBLISHED = "现将整改情况予以公布。"
OTHER = "县水务局党组高度重视，认真研究。"


@pytest.mark.parametrize(
    ("lines", "lead", "without"),
    [
        ([INSPECTED, OTHER, PUBLISHED], (1, 2, 3), (1, 2, 3)),
        ([INSPECTED, OTHER], (1,), (1,)),
        ([OTHER, INSPECTED, OTHER], (1, 2), (1, 2)),
        ([OTHER, PUBLISHED, INSPECTED], (1, 2), (1, 2)),
        ([OTHER, OTHER, OTHER, PUBLISHED], (1, 2, 3, 4), (1, 2, 3, 4)),
        ([OTHER, OTHER, OTHER, OTHER, PUBLISHED], (1,), ()),
        ([OTHER, OTHER], (1,), ()),
    ],
)
def test_the_lead_goes_on_until_it_says_that_this_is_published(
    lines: list[str], lead: tuple[int, ...], without: tuple[int, ...]
) -> None:
    """Else until it tells of the inspection, else it is what stands before the first heading, if there is any."""
    text = HEAD + "\n".join(lines)
    for outline, expected in ((parsed(f"{text}\n一、组织情况\n开会。"), lead), (parsed(text), without)):
        assert outline.lead == expected
        assert tuple(index for index, one in enumerate(outline.paragraphs) if one.role == "lead") == expected


def steps(text: str) -> list[tuple[str, str, int]]:
    return [(step.heading.label, step.kind, step.expected) for step in parsed(HEAD + text).steps]


@pytest.mark.parametrize(
    ("before", "anew"),
    [
        ("作风方面", True),
        ("作风方面要求如下：", True),
        ("作风方面的要求，如下:", True),
        ("字" * 40, True),
        ("字" * 41, False),
        ("作风方面已经整改。", False),
        ("作风方面已经整改；", False),
        ("作风方面已经整改，", False),
    ],
)
def test_after_a_subheading_chapters_may_begin_anew(before: str, anew: bool) -> None:
    found = steps(f"一、组织情况\n二、整改情况\n{before}\n\n一、继续整改\n二、下一步\n")
    again = ("一", "ok", 1) if anew else ("一", "back", 3)
    assert found == [("一", "ok", 1), ("二", "ok", 2), again, ("二", "ok", 2)]


@pytest.mark.parametrize(("before", "anew"), [("作风方面已经整改。", True), ("字" * 41, True), ("", False)])
def test_after_any_text_a_list_may_begin_anew(before: str, anew: bool) -> None:
    found = steps(f"一、组织情况\n1. 建立台账。\n2. 定期更新。\n{before}\n1. 建立专班。\n2. 定期研究。\n")
    again = ("1", "ok", 1) if anew else ("1", "back", 3)
    assert found == [("一", "ok", 1), ("1", "ok", 1), ("2", "ok", 2), again, ("2", "ok", 2)]


def test_what_the_lines_of_a_section_are() -> None:
    outline = parsed(
        HEAD
        + "一、组织情况\n局党组召开会议，研究部署。成立专班，落实所有\n责任单位，逐项整改到位。\n二、下一步\n"
        + f"工作进展：已完成。\n工作进展：{'甲' * 41}。\n整改情况：\n| 1 | 2 |\n---\n欢迎监督。\n"
        + "联系电话：0571-12345678\n中共某县水务局党组\n2024年12月3日\n附件：台账"
    )
    assert [(one.role, one.section, one.text[:8]) for one in outline.paragraphs] == [
        ("title", "", HEAD[:8]),
        ("heading", "organization", "一、组织情况"),
        ("body", "organization", "局党组召开会议，"),
        ("heading", "next-steps", "二、下一步"),
        ("status", "next-steps", "工作进展：已完成"),
        ("body", "next-steps", "工作进展：甲甲甲"),
        ("label", "next-steps", "整改情况："),
        ("row", "next-steps", "| 1 | 2 "),
        ("welcome", "next-steps", "欢迎监督。"),
        ("contact", "next-steps", "联系电话：057"),
        ("signature", "next-steps", "中共某县水务局党"),
        ("date", "next-steps", "2024年12月"),
        ("body", "next-steps", "附件：台账"),
    ]
    assert (outline.tail, outline.signature) == ((8, 9), (10, 11))
    assert (
        outline.paragraphs[2].text == "局党组召开会议，研究部署。成立专班，落实所有责任单位，逐项整改到位。"
    )
    (cut,) = outline.breaks
    assert (cut.text, cut.before, cut.after) == (
        "部署。成立专班，落实所有\n责任单位，逐项整改到位。",
        "部署。成立专班，落实所有",
        "责任单位，逐项整改到位。",
    )
    assert cut.span.end - cut.span.start == len(cut.text)


def test_points_follow_one_another_within_a_heading_alone() -> None:
    outline = parsed(
        HEAD
        + "二、整改情况\n（一）甲方面\n一是学习。二是研讨。\n（二）乙方面\n三是修订。\n四是落实。\n继续推进。\n五是巩固。"
    )
    assert [(series.kind, [point.text for point in series.items]) for series in outline.run_ins] == [
        ("ok", ["一是学习。", "二是研讨。"]),
        ("start", ["三是修订。", "四是落实。", "五是巩固。"]),
    ]


def test_a_point_that_poses_a_problem_may_be_told_over_two_lines() -> None:
    outline = parsed(
        HEAD
        + "二、整改情况\n（一）甲方面\n一是针对“学习不深”的问题。整改。\n持续推进，落实所有\n责任单位。\n"
        "二是针对“议事不严”的问题。整改。"
    )
    assert [[point.text for point in series.items] for series in outline.run_ins] == [
        ["一是针对“学习不深”的问题。", "二是针对“议事不严”的问题。"]
    ]
    assert [problem.title for problem in outline.problems] == ["针对“学习不深”的问题", "针对“议事不严”的问题"]


# --- the real reports --------------------------------------------------------------------------------------------


def seed(number: str) -> tuple[Outline, Source]:
    found = list(SEEDS.glob(f"{number}_*.txt"))
    if not found:
        pytest.skip("the real reports are not at hand")
    source = Source(found[0].name, found[0].read_bytes().decode("utf-8"))
    return parse(source), source


def faults(outline: Outline) -> list[tuple[str, str, int]]:
    return [(step.heading.label, step.kind, step.expected) for step in outline.steps if step.kind != "ok"]


def line_of(source: Source, offset: int) -> int:
    return source.position(offset).line


def roles(outline: Outline) -> list[tuple[str, str]]:
    return [(section.label, section.role) for section in outline.sections]


THREE = [("一", "organization"), ("二", "rectification"), ("三", "next-steps")]


def test_seed_000() -> None:
    outline, source = seed("000")
    assert outline.title is not None
    assert (outline.title.organization[-4:], outline.title.kind, outline.title.lines) == (
        "育局党组",
        "通报",
        3,
    )
    assert roles(outline) == [("一", "organization"), ("二", "rectification"), ("四", "next-steps")]
    assert [section.excerpt for section in outline.sections] == [False, True, False]
    assert faults(outline) == [("四", "gap", 3)]
    assert [(len(series.items), series.kind) for series in outline.run_ins] == [
        (4, "ok"),
        (3, "ok"),
        (3, "ok"),
        (2, "ok"),
    ]
    assert [stretch.text for stretch in outline.furniture] == ["附件3"]
    assert (outline.problems, outline.breaks, outline.signature) == ((), (), ())
    assert [line_of(source, outline.paragraphs[index].span.start) for index in outline.tail] == [46]


def test_seed_001() -> None:
    outline, _ = seed("001")
    assert outline.title is not None
    assert (roles(outline), faults(outline), outline.problems) == (THREE, [], ())
    assert [(len(series.items), series.kind) for series in outline.run_ins] == [
        (size, "ok") for size in (3, 7, 8, 7, 2, 3)
    ]


def test_seed_002() -> None:
    outline, source = seed("002")
    assert outline.title is not None
    assert line_of(source, outline.title.span.start) == 6
    assert (roles(outline), faults(outline), outline.problems, outline.run_ins) == (THREE, [], (), ())
    assert [line_of(source, stretch.span.start) for stretch in outline.furniture] == [1, 4, 76]
    assert len(outline.tail) == 5


def test_seed_003() -> None:
    outline, source = seed("003")
    assert outline.title is not None
    assert (outline.title.kind, outline.title.lines, roles(outline), faults(outline)) == (
        "报告",
        3,
        THREE,
        [],
    )
    assert Counter(problem.state for problem in outline.problems) == {"done": 37, "ongoing": 2}
    assert Counter((problem.grain, problem.shared) for problem in outline.problems) == {
        ("detail", False): 30,
        ("detail", True): 6,
        ("problem", False): 3,
    }
    assert [
        line_of(source, problem.span.start) for problem in outline.problems if problem.state == "ongoing"
    ] == [47, 127]
    assert sum(paragraph.role == "status" for paragraph in outline.paragraphs) == 36
    assert (outline.breaks, outline.tail, outline.signature) == ((), (), ())
    assert all(series.kind == "ok" for series in outline.run_ins)


def test_seed_004() -> None:
    outline, source = seed("004")
    assert outline.title is not None
    assert outline.issuer is not None
    assert (outline.title.kind, roles(outline), faults(outline)) == ("通报", THREE, [])
    assert [problem.number for problem in outline.problems] == list(range(1, 21))
    assert [len(section.children) for section in outline.sections] == [0, 3, 0]
    cut = [(line_of(source, each.span.start), line_of(source, each.span.end - 1)) for each in outline.breaks]
    starts = [13, 39, 49, 59, 73, 91, 111, 121, 131, 137, 145, 157, 169, 177, 183, 189, 203, 213]
    assert cut == [(start, start + 2) for start in starts]
    odd = [
        (heading.label, heading.mark)
        for heading in outline.headings
        if heading.label.startswith("问题") and heading.mark != "："
    ]
    assert odd == [("问题十五", "."), ("问题十七", "：.")]
    assert [outline.paragraphs[index].role for index in outline.signature] == ["signature", "date"]


def test_points_that_pose_problems_are_one_series_across_their_paragraphs() -> None:
    outline = parsed(
        "二、巡察反馈问题整改情况\n（一）政治建设方面\n"
        "一是针对“学习不深入”的问题。一是制定计划。二是逐月研讨。\n"
        "二是针对“议事不规范”的问题。修订规则。\n"
        "三是针对“档案不齐全”的问题，一是集中补齐，二是专人管理。\n"
        "（二）组织建设方面\n"
        "一是针对“换届不及时”的问题。按期换届。\n"
        "二是针对“发展党员程序不严”的问题。补齐材料。"
    )
    assert [(len(series.items), series.kind) for series in outline.run_ins] == [
        (3, "ok"),
        (2, "ok"),
        (2, "ok"),
        (2, "ok"),
    ]
    assert [problem.number for problem in outline.problems] == [1, 2, 3, 1, 2]
