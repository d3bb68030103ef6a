from __future__ import annotations

import pytest

from checker.claims import find_entries, with_scopes
from checker.document import Claim, Tally
from checker.entries import Setting
from checker.nestings import find_nestings
from checker.repeats import find_repeats
from checker.source import Source, passage
from checker.tallies import find_tallies


def read(*paragraphs: str) -> tuple[Source, tuple, tuple[Tally, ...]]:  # type: ignore[type-arg]
    text = "\n".join(paragraphs)
    source = Source("report.txt", text)
    starts = [sum(len(before) + 1 for before in paragraphs[:index]) for index in range(len(paragraphs))]
    settings = [
        Setting(index, passage(words, start), "report")
        for index, (words, start) in enumerate(zip(paragraphs, starts, strict=True))
    ]
    entries = with_scopes(find_entries(settings))
    nestings, entries = find_nestings(source, entries)
    del nestings
    return source, entries, find_tallies(source, entries)


def values(claims: tuple[Claim, ...]) -> list[float | None]:
    return [claim.value for claim in claims]


@pytest.mark.parametrize(
    ("text", "total", "parts", "remainder", "exhaustive", "added"),
    [
        ("反馈的35个问题已完成整改33个，正在整改2个。", 35, [33, 2], None, True, 35),
        ("反馈的35个问题已完成整改33个，正在整改3个。", 35, [33, 3], None, True, 36),
        ("反馈问题27个，已完成25个，其余2个正在推进。", 27, [25], 2, True, 27),
        # no thing is a figure as well
        ("反馈的35个问题已完成整改35个，正在整改0个。", 35, [35, 0], None, True, 35),
        # a remainder may hold what is partly done
        ("反馈问题16个，已完成6个，部分整改2个，其余10个正在推进。", 16, [6, 2], 10, True, 16),
        # a remainder that is never spoken of is no error
        ("反馈问题28个，完成整改4个，基本完成9个。", 28, [4, 9], None, False, 13),
        ("反馈问题700个，已完成整改660个。", 700, [660], None, False, 660),
        # a note in brackets is no class of its own
        ("反馈问题50项，已整改40项，正在整改10项（含部分整改）。", 50, [40, 10], None, True, 50),
        ("反馈问题48个（个别问题涉及多个责任单位），完成45个，正在整改5个。", 48, [45, 5], None, False, 50),
        ("反馈问题约30个，完成25个，正在整改6个。", 30, [25, 6], None, False, 31),
    ],
)
def test_states_of_one_total(
    text: str, total: float, parts: list[float], remainder: float | None, exhaustive: bool, added: float
) -> None:
    (tally,) = read(text)[2]
    assert tally.total is not None
    assert (tally.total.value, values(tally.parts)) == (total, parts)
    assert (tally.remainder.value if tally.remainder else None) == remainder
    assert (tally.exhaustive, tally.sum) == (exhaustive, added)


def test_subsets_are_no_parts() -> None:
    (tally,) = read("反馈问题20个，已完成18个，其中立行立改6个，正在整改2个。")[2]
    assert (values(tally.parts), values(tally.subsets)) == ([18, 2], [6])


def test_a_bracket_breaks_its_whole_down() -> None:
    (tally,) = read("给予党纪处分6人（警告4人、严重警告2人）。")[2]
    assert (tally.kind, tally.exhaustive, tally.sum) == ("breakdown", True, 6)


@pytest.mark.parametrize(
    "text", ["问责7人（警告4人、记过1人等）。", "谈话10人（其中科级干部3人、股级干部2人）。"]
)
def test_an_open_bracket_is_a_bound_only(text: str) -> None:
    (tally,) = read(text)[2]
    assert not tally.exhaustive


def test_persons_and_cases_do_not_mix() -> None:
    assert read("立案2件3人，问责4家单位7人。")[2] == ()


def test_money_found_recovered_and_outstanding() -> None:
    (tally,) = read("涉及违规资金25.5万元，已收回21.2万元，尚未收回4.3万元。")[2]
    assert tally.total is not None
    assert (tally.kind, tally.total.value, tally.sum) == ("money", 255000, 255000)


def test_parts_in_another_paragraph_belong_to_the_only_total() -> None:
    tallies = read("巡察反馈的30个问题，逐条认领。", "截至目前，已完成整改28个，正在整改3个。")[2]
    assert [(tally.total.value if tally.total else None, tally.sum) for tally in tallies] == [(30, 31)]


def test_another_round_keeps_its_own_tally() -> None:
    tallies = read("反馈27个问题，已完成25个。上一轮反馈的9个问题已完成整改8个。")[2]
    assert [(tally.total.value if tally.total else None, tally.scope) for tally in tallies] == [
        (27, "report"),
        (9, "other"),
    ]


def test_grains_nest_and_a_finer_problem_is_a_detail() -> None:
    source, entries, _ = read("反馈4个方面16个问题35个具体问题。")
    nestings, changed = find_nestings(source, entries)
    assert [(claim.noun, claim.value) for claim in nestings[0].levels] == [
        ("aspect", 4),
        ("problem", 16),
        ("detail", 35),
    ]
    assert [entry.claim.noun for entry in changed] == ["aspect", "problem", "detail"]


def test_the_same_figure_again_is_a_repeat() -> None:
    _, entries, tallies = read("巡察反馈的35个问题，逐条认领。", "对巡察反馈的36个问题，定期调度。")
    (repeat,) = find_repeats(entries, tallies)
    assert (repeat.first.value, repeat.again.value) == (35, 36)


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("反馈18个问题，所属二级单位反馈31个问题。",),
        ("巡察反馈的16个问题。", "将反馈意见细化分解为41个具体问题。"),
        ("巡察反馈的16个问题。", "排查出5个共性问题。"),
        ("截至6月，巡察反馈的20个问题已完成整改15个。", "上一轮巡察反馈的9个问题已完成整改9个。"),
    ],
)
def test_other_figures_are_no_repeats(paragraphs: tuple[str, ...]) -> None:
    _, entries, tallies = read(*paragraphs)
    assert find_repeats(entries, tallies) == ()


def test_a_remainder_may_have_parts_of_its_own() -> None:
    text = "反馈问题41个，其中立行立改问题7个，其余34个问题已完成整改31个，正在推进4个。"
    tallies = read(text)[2]
    assert [
        (tally.total.value if tally.total else None, tally.sum, tally.exhaustive) for tally in tallies
    ] == [
        (41, 41, True),
        (34, 35, True),
    ]


def test_a_sum_is_the_total_and_totals_side_by_side_are_nobodys() -> None:
    (tally,) = read("反馈共性问题8个、个性问题15个，合计23个，已整改22个，1个正在整改。")[2]
    assert (tally.total.value if tally.total else None, tally.sum) == (23, 23)
    (tally,) = read("县委反馈28个问题、纪委反馈12个问题，已完成整改30个，正在整改9个。")[2]
    assert (tally.total, tally.exhaustive) == (None, False)


def test_what_still_needs_long_work_is_a_part() -> None:
    (tally,) = read("反馈的32个问题已整改26个，仍有6个问题需要长期整改。")[2]
    assert (values(tally.parts), tally.sum) == ([26, 6], 32)


def test_a_batch_and_what_has_mounted_up_are_two_accounts() -> None:
    tallies = read("第二批移交问题9个，已办结7个；累计移交38个，办结36个。")[2]
    assert [values(tally.parts) for tally in tallies] == [[7]]
    assert [values(tally.subsets) for tally in tallies] == [[]]


@pytest.mark.parametrize(
    ("text", "exhaustive"),
    [
        ("反馈12个问题，已完成整改9个，基本完成2个。", False),
        ("反馈12个问题，已完成整改11个，基本完成2个。", True),
        ("反馈12个问题，已完成整改11个，其中基本完成2个。", False),
        ("反馈12个问题，已完成整改11个。村级问题基本完成2个。", False),
    ],
)
def test_classes_that_outnumber_their_total_are_its_classes(text: str, exhaustive: bool) -> None:
    _, _, tallies = read(text)
    assert any(tally.exhaustive for tally in tallies) == exhaustive


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("反馈问题35个，其中政治方面12个、作风方面10个、组织方面20个。", [(35, 42, True)]),
        ("反馈问题35个，其中政治方面12个，作风方面10个，组织方面13个。", [(35, 35, True)]),
        ("反馈问题41个，其中立行立改20个、限期整改22个。", [(41, 42, True)]),
        ("反馈问题35个，其中政治方面12个、作风方面10个。", []),
        ("反馈问题35个，其中涉及财务的20个、涉及工程的18个。", []),
        ("反馈问题35个，其中重点问题15个、立行立改问题25个。", []),
        ("反馈问题35个，其中立行立改20个、需长期坚持18个。", []),
        ("党建类5个、作风类4个，共10个问题。", [(10, 9, True)]),
        ("涉及科室5个、下属单位4个，共10个问题。", []),
    ],
)
def test_classes_of_a_whole_fill_it_or_less(text: str, found: list[tuple[float, float, bool]]) -> None:
    breakdowns = [tally for tally in read(text)[2] if tally.kind == "breakdown"]
    assert [
        (tally.total.value if tally.total else None, tally.sum, tally.exhaustive) for tally in breakdowns
    ] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("受理信访件78件，已办结72件，阶段性办结4件，正在办理3件。", [(78, 79)]),
        ("受理信访件97件。其中，已办结75件，正在办理22件。", [(97, 97)]),
        ("受理信访件5件，办结历年积案12件。", []),
    ],
)
def test_letters_add_up_too(text: str, found: list[tuple[float, float]]) -> None:
    assert [(tally.total.value if tally.total else None, tally.sum) for tally in read(text)[2]] == found


@pytest.mark.parametrize(
    ("text", "exhaustive"),
    [
        ("反馈问题42个，已整改38个，纳入专班督导3个，尚未启动1个。", False),
        ("反馈问题42个，已整改38个，走访农户9个，尚未启动1个。", True),
        ("反馈问题42个，涉及科室3个，已整改38个，尚未启动1个。", True),
    ],
)
def test_a_figure_in_unknown_words_may_be_what_the_parts_lack(text: str, exhaustive: bool) -> None:
    (tally,) = read(text)[2]
    assert tally.exhaustive is exhaustive


def test_parts_tell_which_of_two_totals_is_meant() -> None:
    tallies = read("反馈47个具体表现，目前48个具体表现已整改45个，其余2个持续推进。")[2]
    assert [(tally.total.value if tally.total else None, tally.sum) for tally in tallies] == [(48, 47)]


def test_tasks_and_measures_side_by_side_keep_their_own_parts() -> None:
    tallies = read("建立60项任务、135条措施，60项任务已完成58项，135条措施已完成130条。")[2]
    assert [(tally.total.value if tally.total else None, values(tally.parts)) for tally in tallies] == [
        (60, [58]),
        (135, [130]),
    ]


def test_what_is_done_later_is_an_account_of_its_own() -> None:
    tallies = read("反馈问题36个。到9月，已整改30个，正在整改6个；到12月，已整改34个，剩余2个正在推进。")[2]
    assert [(values(tally.parts), tally.sum) for tally in tallies] == [([30, 6], 36), ([34], 36)]


def test_a_part_belongs_to_the_report_where_the_total_before_it_does_not() -> None:
    text = "反馈的28个问题，逐条认领。水利站7个问题已全部整改完成。合计完成整改27个。"
    tallies = read(text)[2]
    assert [(tally.total.value if tally.total else None, values(tally.parts)) for tally in tallies] == [
        (28, [27])
    ]


def test_what_is_left_is_no_repeat_of_one_part() -> None:
    _, entries, tallies = read("反馈问题26个，已整改22个，基本完成3个，正在推进1个。", "推进剩余4个问题。")
    assert find_repeats(entries, tallies) == ()


@pytest.mark.parametrize(
    ("text", "total", "exhaustive"),
    [
        ("反馈4个方面16个问题、44个具体表现，已整改13个，阶段性完成2个，正在推进1个。", 16, True),
        ("反馈4个方面16个问题、44个具体表现，已整改40个，正在推进4个。", 44, True),
        ("反馈4个方面16个问题、44个具体表现，已整改40个，正在推进3个。", 44, True),
    ],
)
def test_parts_after_two_grains_are_those_of_the_grain_that_they_fill(
    text: str, total: float, exhaustive: bool
) -> None:
    (tally,) = read(text)[2]
    assert (tally.total.value if tally.total else None, tally.exhaustive) == (total, exhaustive)


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("反馈16个方面4类问题。", [[16, 4]]),
        ("反馈10大类、3个方面问题。", [[10, 3]]),
        ("反馈3大类10个方面40个问题。", [[3, 10, 40]]),
        ("反馈12个方面问题、3个方面建议。", []),
        ("从16个方面对4类问题开展整治。", []),
    ],
)
def test_two_words_for_aspects_are_two_grains(text: str, levels: list[list[float]]) -> None:
    source, entries, _ = read(text)
    nestings, _ = find_nestings(source, entries)
    assert [[claim.value for claim in nesting.levels] for nesting in nestings] == levels


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("反馈的23个问题，逐条认领。24个问题中已完成整改20个。", [(23, 24)]),
        ("反馈的19个问题，逐条认领。目前，18条问题全部整改到位。", [(19, 18)]),
        ("制定整改措施102条。截至目前，112条措施全部落实。", [(102, 112)]),
        ("反馈的19个问题，逐条认领。18个问题全部整改到位，1个需长期坚持。", []),
        ("反馈的19个问题，逐条认领。18个问题全部整改到位，其余问题持续推进。", []),
        ("反馈的19个问题，逐条认领。集中整改期内，18个问题全部整改到位。", []),
        ("反馈的19个问题，逐条认领。可立行立改的18个问题全部整改到位。", []),
        ("反馈的16个问题，细化为17个具体问题。17个问题全部整改到位。", []),
        ("制定整改措施102条，分解任务112项。112条措施全部落实。", []),
        ("反馈的39个问题，逐条认领。35个问题全部整改到位。", []),
        ("反馈的39个问题，逐条认领。32个问题中已整改30个。", []),
        ("反馈的39个问题，逐条认领。41个问题中已整改30个。", []),
    ],
)
def test_a_total_one_digit_apart_is_a_repeat(text: str, values: list[tuple[float, float]]) -> None:
    _, entries, tallies = read(text)
    assert [(one.first.value, one.again.value) for one in find_repeats(entries, tallies)] == values


def test_what_is_all_done_but_for_what_is_left_is_a_part() -> None:
    _, entries, _ = read("反馈的19个问题，逐条认领。18个问题全部整改到位，1个问题正在推进。")
    assert [(entry.claim.value, entry.claim.all, entry.claim.scope) for entry in entries] == [
        (19, False, "report"),
        (18, False, "other"),
        (None, True, "other"),
        (1, False, "report"),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("排查企业38家，其中关停41家。", [(38, [41], False)]),
        ("问责26人，其中科级干部31人。", [(26, [31], False)]),
        ("排查企业38家，其中关停21家、升级改造18家。", [(38, [21, 18], True)]),
        ("排查企业38家，其中关停21家，升级18家。", [(38, [21, 18], True)]),
        ("排查点位38处，其中已取缔21处、搬迁18处。", [(38, [21, 18], True)]),
        ("排查企业38家，其中关停21家、升级17家。", []),
        ("排查企业38家，其中关停21家、约谈18家。", []),
        ("排查企业38家，另有关停41家。", []),
        ("检查企业38家，约谈5家，其中关停41家。", []),
        ("走访企业38家，其中上门服务41家次。", []),
        ("涉及乡镇5个，其中村12个。", []),
        ("排查企业约38家，其中关停41家。", []),
        ("排查企业**家，其中关停41家。", []),
        ("问责26人，其中党纪处分20人、政务处分8人。", []),
        ("问责26人，其中党纪处分20人，政务处分8人。", []),
    ],
)
def test_what_follows_of_them_is_not_more(text: str, found: list[tuple[float, list[float], bool]]) -> None:
    assert [
        (tally.total.value if tally.total else None, values(tally.parts), tally.exhaustive)
        for tally in read(text)[2]
        if tally.kind == "breakdown"
    ] == found
