"""The problems that a report lists, in every layout: title, state, answer, grain."""

from __future__ import annotations

import pytest

from checker.document import Problem
from checker.parser import parse
from checker.source import Source

LEAD = "根据县委统一部署，县委巡察组进行了巡察。现将整改情况予以公布。\n"


def problems_of(text: str) -> tuple[Problem, ...]:
    return parse(Source("draft.txt", LEAD + text)).problems


def brief(text: str) -> list[tuple[str, str, str, str]]:
    """Label, title, kind and state of each problem."""
    return [(problem.label, problem.title, problem.kind, problem.state) for problem in problems_of(text)]


def test_a_problem_whole() -> None:
    text = "问题1：学习不够。\n工作进展：已整改，长期坚持。\n整改情况：一是开展学习。\n（二）乙\n"
    (problem,) = problems_of(text)
    whole = LEAD + text
    assert (problem.label, problem.number, problem.title, problem.kind, problem.grain) == (
        "问题1",
        1,
        "学习不够",
        "numbered",
        "problem",
    )
    assert (problem.state, problem.long_term, problem.shared, problem.excerpt) == ("done", True, False, False)
    assert problem.status is not None
    assert problem.answer is not None
    assert (
        problem.status.text
        == whole[problem.status.span.start : problem.status.span.end]
        == "已整改，长期坚持"
    )
    assert (
        problem.answer.text
        == whole[problem.answer.span.start : problem.answer.span.end]
        == "整改情况：一是开展学习。"
    )
    assert whole[problem.span.start : problem.span.end] == problem.text == "问题1：学习不够。"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # 问题N above measures
            "问题一：学习不够\n整改情况：\n1. 加强学习。\n2. 整治作风不实问题。\n问题二：研讨不深\n整改情况：正在整改。\n",
            [("问题一", "学习不够", "numbered", "unknown"), ("问题二", "研讨不深", "numbered", "ongoing")],
        ),
        (  # a finding heading with 整改情况 under it
            "（一）党的建设方面\n1.关于“学习不够”的问题。\n整改情况：已完成整改。每月学习。\n2.关于“研讨不深”的问题。整改情况：正在推进。\n",
            [
                ("1", "关于“学习不够”的问题", "heading", "done"),
                ("2", "关于“研讨不深”的问题", "heading", "ongoing"),
            ],
        ),
        (  # words of deficiency, and a status line before or after the answer
            "1.学习不够深入\n整改状态：完成\n整改情况：每月学习。\n2.研讨不深\n整改情况：每季研讨。\n完成情况：阶段性完成\n",
            [("1", "学习不够深入", "heading", "done"), ("2", "研讨不深", "heading", "partial")],
        ),
        (  # a status line with no label
            "1.标准要求不严，履职尽责有弱项问题\n已经整改到位。\n制定制度。\n2.调度不及时问题\n已整改，长期坚持。\n",
            [
                ("1", "标准要求不严，履职尽责有弱项问题", "heading", "done"),
                ("2", "调度不及时问题", "heading", "done"),
            ],
        ),
        (  # two labels on one line: the inner counts
            "一、整改落实情况\n1.问题3：学习不够。\n完成情况：已完成\n",
            [("问题3", "学习不够", "numbered", "done")],
        ),
        (  # chapters that pose problems; a quoted finding with no 问题
            "一、关于“管网不完善，分流不彻底。”整改进展情况：已经完成，长期坚持。\n二、关于“扬尘管控不到位。”整改进展情况：正在推进。\n",
            [
                ("一", "关于“管网不完善，分流不彻底。”整改进展情况", "heading", "done"),
                ("二", "关于“扬尘管控不到位。”整改进展情况", "heading", "ongoing"),
            ],
        ),
        (  # no labels at all
            "关于“学习不够”的问题。\n整改情况：已完成。\n关于“台账不全”的问题。\n整改情况：正在推进整改。\n",
            [
                ("", "关于“学习不够”的问题", "heading", "done"),
                ("", "关于“台账不全”的问题", "heading", "ongoing"),
            ],
        ),
        (  # a table
            "一、整改情况\n| 序号 | 反馈问题 | 整改措施 | 整改状态 |\n| --- | --- | --- | --- |\n| 1 | 学习不够 | 制定计划 | 已完成 |\n| 2 | 巡河不到位 | 开展巡河 | 正在整改 |\n| 合计 | 2 | | |\n",
            [("1", "学习不够", "row", "done"), ("2", "巡河不到位", "row", "ongoing")],
        ),
        (  # columns set apart by tabs
            "序号\t问题\t状态\n1\t学习不够\t已完成\n2\t作风不实\t未完成\n",
            [("1", "学习不够", "row", "done"), ("2", "作风不实", "row", "pending")],
        ),
        (  # a state in brackets at the end, with and without numbers
            "一、反馈问题整改情况\n1.学习不够深入（已完成）\n2.台账不健全（正在整改）。\n",
            [("1", "学习不够深入", "heading", "done"), ("2", "台账不健全", "heading", "ongoing")],
        ),
        (
            "一、反馈问题整改情况\n学习不够深入（已完成）\n台账不健全（基本完成）\n",
            [("", "学习不够深入", "row", "done"), ("", "台账不健全", "row", "partial")],
        ),
        (  # points that pose problems
            "（一）党的建设方面。一是针对学习不够深入的问题，制定计划，已完成整改。二是针对台账不全问题，建立台账，正在推进。\n",
            [
                ("一是", "针对学习不够深入的问题", "run-in", "done"),
                ("二是", "针对台账不全问题", "run-in", "ongoing"),
            ],
        ),
        (  # a heading that sorts by state
            "一、问题整改情况\n（一）已整改完成的问题\n问题1：学习不够。\n每月学习。\n（二）正在整改的问题\n问题2：台账不全。\n建立台账。\n",
            [("问题1", "学习不够", "numbered", "done"), ("问题2", "台账不全", "numbered", "ongoing")],
        ),
        (  # the answer begins or ends with the state
            "问题1：学习不够。\n目前已整改，每月学习一次。\n问题2：台账不全。\n建立台账。目前，该问题已整改到位。\n",
            [("问题1", "学习不够", "numbered", "done"), ("问题2", "台账不全", "numbered", "done")],
        ),
        (  # 反馈问题 above the findings themselves
            "（一）反馈问题：落实不够有力\n1.责任扛得不牢。\n整改情况：压实责任。\n2.超编问题仍然存在。\n整改情况：正在整改。\n",
            [("1", "责任扛得不牢", "heading", "unknown"), ("2", "超编问题仍然存在", "heading", "ongoing")],
        ),
    ],
)
def test_layouts(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert brief(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "一、组织情况\n（一）针对责任不实的问题，成立专班。\n问题1：学习不够。\n",
        "二、整改情况\n（一）聚焦理论学习不够深入方面\n整改情况：每月学习。\n",
        "二、整改情况\n（一）关于政治建设还存在差距方面的整改\n每月学习。\n",
        "二、整改情况\n（一）针对聚焦作风建设方面问题。一是加强学习。二是改进作风。\n",
        "二、整改情况\n（一）聚焦作风建设方面。一是加强学习。二是防止责任落实不到位。\n",
        "二、整改情况\n1. 加强学习，提高认识。\n2. 补齐短板，堵塞漏洞。\n",
        "三、下一步打算\n（一）解决学习不够的问题。持续推进。\n（二）学习不够。\n",
    ],
)
def test_what_is_no_problem(text: str) -> None:
    assert brief(text) == []


def test_two_grains_list_the_finer() -> None:
    text = "（一）在党的建设方面\n1．　针对“学习不够”的问题\n问题1：计划不细。\n整改情况：制定计划。\n问题2：研讨不深。\n整改情况：每季研讨。\n2．　针对“监督不力”的问题。\n整改情况：加强监督。\n（二）在作风方面\n问题1：检查不严。\n整改情况：严格检查。\n"
    assert [(problem.label, problem.title, problem.grain) for problem in problems_of(text)] == [
        ("问题1", "计划不细", "detail"),
        ("问题2", "研讨不深", "detail"),
        ("2", "针对“监督不力”的问题", "problem"),
        ("问题1", "检查不严", "problem"),
    ]


def test_problems_share_the_next_answer() -> None:
    text = "（一）甲\n问题1：学习不够。\n问题2：研讨不深。\n工作进展：已完成。\n整改情况：每月学习。\n问题3：台账不全。\n（二）乙\n问题1：检查不严。\n整改情况：正在整改。\n"
    found = [
        (problem.state, problem.shared, problem.answer and problem.answer.text)
        for problem in problems_of(text)
    ]
    assert found == [
        ("done", True, "整改情况：每月学习。"),
        ("done", True, "整改情况：每月学习。"),
        ("unknown", False, None),
        ("ongoing", False, "整改情况：正在整改。"),
    ]


def test_a_shared_answer_echoes_the_titles() -> None:
    text = "问题1：食堂采购询价缺失。\n问题2：加油登记管理不到位。\n整改情况：补齐加油登记。\n问题3：检查不严。\n整改情况：严格检查。\n"
    assert [problem.echo for problem in problems_of(text)] == [0, 3, -1]


def test_an_answer_stops_before_the_closing() -> None:
    text = "问题1：学习不够。\n整改情况：每月学习。\n1. 制定计划。\n欢迎广大干部群众进行监督。\n联系电话：0571-12345678\n"
    (problem,) = problems_of(text)
    assert problem.answer is not None
    assert problem.answer.text == "整改情况：每月学习。\n1. 制定计划。"


def test_problems_of_an_excerpt_say_so() -> None:
    text = "二、巡察反馈重点问题整改情况\n问题1：学习不够。\n整改情况：已完成。\n"
    assert [problem.excerpt for problem in problems_of(text)] == [True]


def test_a_measure_is_not_a_state() -> None:
    text = "问题1：学习不够。\n整改情况：已完成5名干部的轮岗，建立台账。\n问题2：任务未完成。\n整改情况：新招的9名正在完善手续。\n"
    assert [problem.state for problem in problems_of(text)] == ["unknown", "unknown"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "一、关于“学习不够”的问题（已完成，长期坚持）\n健全制度。\n二、关于“研讨不深”的问题（正在整改）\n健全制度。\n",
            [("一", "关于“学习不够”的问题", "heading", "done"), ("二", "关于“研讨不深”的问题", "heading", "ongoing")],
        ),
        ("二、问题整改情况\n1.“学习不够系统”的问题\n健全制度。\n", [("1", "“学习不够系统”的问题", "heading", "unknown")]),
        ("二、问题整改情况\n“学习不够系统”问题的整改\n健全制度。\n", [("", "“学习不够系统”问题的整改", "heading", "unknown")]),
        (
            "二、问题整改情况\n1.学习不够\n健全制度。\n2.水质不能稳定达标\n铺设管网。\n3.覆盖面小\n增设点位。\n",
            [(str(n), title, "heading", "unknown") for n, title in enumerate(("学习不够", "水质不能稳定达标", "覆盖面小"), 1)],
        ),
        (
            "二、任务完成情况\n整改任务一：管网不完善。\n整改状态：已完成。新建管网3公里。\n",
            [("整改任务一", "管网不完善", "numbered", "done")],
        ),
        ("二、问题整改情况\n1、学习不够。整改情况：健全制度。已整改到位。\n2、点位少。整改情况：增设。已整改到位。\n",
         [("1", "学习不够", "heading", "done"), ("2", "点位少", "heading", "done")]),
        (
            "二、问题整改情况\n**关于学习不够的问题（正在整改）**\n健全制度。\n",
            [("", "关于学习不够的问题", "heading", "ongoing")],
        ),
        ("二、问题整改情况\n1.学习不够\n整改状态：长期整改\n", [("1", "学习不够", "heading", "ongoing")]),
        # no problems: what answers one, and what points at those posed elsewhere
        ("二、问题整改情况\n关于“学习不够”的问题\n对照清单开展自查，并通报典型问题。\n",
         [("", "关于“学习不够”的问题", "heading", "unknown")]),
        ("二、问题整改情况\n（一）党建方面\n针对巡察反馈的突出问题：\n逐项整改。\n针对上述问题：\n建立台账。\n", []),
    ],
)  # fmt: skip
def test_shapes_of_posing(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert brief(text) == expected


def test_a_state_may_be_followed_by_more() -> None:
    (problem,) = problems_of("问题1：学习不够。\n整改进展：已完成，长期坚持。新建制度3项。\n")
    assert (problem.state, problem.long_term) == ("done", True)
    assert problem.status is not None
    assert problem.status.text == "已完成，长期坚持"
    assert problem.answer is not None
    assert problem.answer.text == "整改进展：已完成，长期坚持。新建制度3项。"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # numbered measures answer a finding; the status line under the last of them is the finding's
            "一、关于“学习抓得不紧”方面\n（一）关于“研讨不深”的问题\n1.完善制度。每月学习。\n2.强化研讨。每季研讨。\n整改进展：已完成整改。\n"
            "（二）关于“记录不全”的问题\n1.统一记录。逐次登记。\n整改进展：正在整改。\n",
            [
                ("一", "关于“研讨不深”的问题", "heading", "done"),
                ("二", "关于“记录不全”的问题", "heading", "ongoing"),
            ],
        ),
        (  # the state in a bracket at the end of the answer
            "（一）关于贯彻落实决策部署方面存在的问题\n1.产业发展不够有力\n整改情况：建成冷库2座。（已完成，长期坚持）\n"
            "2.环境整治不到位\n整改情况：清运垃圾14吨。（基本完成）\n",
            [("1", "产业发展不够有力", "heading", "done"), ("2", "环境整治不到位", "heading", "partial")],
        ),
        (  # words of a theme (贯彻落实, 整治) are no state
            "（一）关于整治不正之风方面存在的问题\n1.接待管理松懈\n整改情况：修订接待办法。\n",
            [("1", "接待管理松懈", "heading", "unknown")],
        ),
        (  # a heading sorts the problems under it
            "三、尚未完成整改事项的推进情况\n1.关于宿舍不足的问题。二期工程已经封顶。\n2.关于产权不清的问题。会商4次。\n",
            [
                ("1", "关于宿舍不足的问题", "heading", "pending"),
                ("2", "关于产权不清的问题", "heading", "pending"),
            ],
        ),
        (  # … with a bracket that counts them
            "（一）正在整改的问题（1个）\n1.关于宿舍不足的问题。会商4次。\n",
            [("1", "关于宿舍不足的问题", "heading", "ongoing")],
        ),
        (
            "1.【问题】改革不够深入。\n【整改】下放事项36项。\n【状态】基本整改到位。\n",
            [("1", "改革不够深入", "numbered", "partial")],
        ),
        (  # 整改情况 says of what the heading speaks, not how far it has come
            "二、主要问题整改情况\n1.接待管理松懈。\n（1）修订接待办法。\n2.发票审核不严。\n（1）补齐附件5份。\n",
            [("1", "接待管理松懈", "heading", "unknown"), ("2", "发票审核不严", "heading", "unknown")],
        ),
        (  # paragraphs with no label
            "二、反馈问题整改情况\n（一）党的建设方面\n针对“学习不深”的问题，一是每月学习；二是每季研讨。\n"
            "针对“记录不全”的问题，统一记录格式。（正在整改）\n",
            [
                ("", "针对“学习不深”的问题", "heading", "unknown"),
                ("", "针对“记录不全”的问题", "heading", "ongoing"),
            ],
        ),
        (  # a single such paragraph answers what stands above it
            "二、反馈问题整改情况\n（一）党的建设方面\n针对“学习不深”的问题，每月组织学习。\n",
            [],
        ),
    ],
)
def test_where_the_state_stands(text: str, expected: list[tuple[str, str, str, str]]) -> None:
    assert brief(text) == expected


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        (  # headings that only sort what stands numbered under them
            "二、反馈问题整改情况\n（一）关于财务管理的问题\n1.预算编制不精细。推行零基预算。\n2.账目“一拖了之”。逐笔核对。\n"
            "（二）关于队伍建设的问题\n1.培训不够。集中培训。\n2.中层空缺。公开选拔。\n",
            ["预算编制不精细", "账目“一拖了之”", "培训不够", "中层空缺"],
        ),
        (  # what stands under them mends
            "二、反馈问题整改情况\n（一）关于财务管理的问题\n1.推行零基预算。细化科目。\n2.逐笔核对账目。补齐附件。\n",
            ["关于财务管理的问题"],
        ),
        (  # a bracket after the title that tells the state
            "二、反馈问题整改情况\n（一）师德师风方面（2个）\n1.教师论坛开展少（已完成）。举办论坛6期。\n"
            "2.采购程序有瑕疵（已完成）。重新招标。\n",
            ["教师论坛开展少", "采购程序有瑕疵"],
        ),
        (  # a bracket that counts tells no state
            "二、反馈问题整改情况\n（一）政治建设方面（2项，完成2项）\n1.轮训覆盖面不足。分批轮训。\n2.请示不规范。报告9项。\n",
            ["轮训覆盖面不足", "请示不规范"],
        ),
        (
            "二、反馈问题整改情况\n（一）工作合力不够的问题\n1.作用发挥不充分。召开会议。\n2.协作机制不完善。建立制度。\n",
            ["作用发挥不充分", "协作机制不完善"],
        ),
        (
            "二、反馈问题整改情况\n反馈问题一：关于“学习有差距”的问题。\n1.理论学习不扎实\n整改情况：每月学习。\n"
            "反馈问题二：关于“管党治党不严”的问题。\n1.警示教育开展不够\n整改情况：旁听庭审2次。\n",
            ["理论学习不扎实", "警示教育开展不够"],
        ),
    ],
)
def test_the_finer_grain(text: str, titles: list[str]) -> None:
    assert [problem.title for problem in problems_of(text)] == titles
