from __future__ import annotations

from typing import Any

import pytest

from checker.claims import find_entries, with_scopes
from checker.document import Claim, Tally
from checker.entries import Entry, Setting
from checker.nestings import find_nestings
from checker.records import replace
from checker.repeats import find_repeats
from checker.source import Source, Span, passage
from checker.tallies import find_tallies
from tests.figures import entry, whole


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


# --- from entries made by hand ---------------------------------------------------------------------------

Row = tuple[str, int | None, list[int], list[int], int | None, bool, float | None, float | None]


def told(*entries: Entry, text: str = "。" * 200) -> list[Row]:
    """The tallies, each by the numbers of its figures: kind, total, parts, subsets, remainder, and what it adds up to."""

    def number(claim: Claim | None) -> int | None:
        return None if claim is None else claim.span.start // 10

    return [
        (
            one.kind,
            number(one.total),
            [part.span.start // 10 for part in one.parts],
            [part.span.start // 10 for part in one.subsets],
            number(one.remainder),
            one.exhaustive,
            one.sum,
            one.rest,
        )
        for one in find_tallies(Source("report.txt", text), entries)
    ]


def two_open(sentence: int) -> list[Entry]:
    """Two parts that are not done, in words of their own; the second in a sentence."""
    first = entry(2, 2, state="ongoing", text="推进2个")
    return [first, entry(3, 1, state="ongoing", text="延期1个", sentence=sentence)]


def test_a_tally_is_all_that_is_known_of_it() -> None:
    first, done, rest = whole(0, 9), entry(1, 6), entry(3, 2, "remainder", "pending")
    (found,) = find_tallies(Source("report.txt", "字" * 60), [first, done, rest])
    assert found == Tally(
        span=Span(0, 38),
        text="字" * 38,
        kind="states",
        noun="problem",
        total=first.claim,
        parts=(done.claim,),
        subsets=(),
        remainder=rest.claim,
        exhaustive=True,
        scope="report",
        sum=8,
        rest=3,
        suspect=first.claim,
    )


@pytest.mark.parametrize(
    ("entries", "found"),
    [
        # a figure of the same state again is part of the first, unless it is more
        (
            [whole(0, 9), entry(1, 6), entry(2, 4), entry(3, 3, state="ongoing")],
            [("states", 0, [1, 3], [2], None, True, 9, None)],
        ),
        (
            [whole(0, 9), entry(1, 6), entry(2, 6), entry(3, 3, state="ongoing")],
            [("states", 0, [1, 3], [2], None, True, 9, None)],
        ),
        (
            [whole(0, 9), entry(1, 6), entry(2, 7), entry(3, 3, state="ongoing")],
            [("states", 0, [1, 3], [], None, True, 9, None)],
        ),
        # more than before in another clause is a later state of affairs, but never more than there are
        (
            [whole(0, 9), entry(1, 6), entry(2, 9, clause=1)],
            [("states", 0, [1], [], None, False, 6, None), ("states", 0, [2], [], None, False, 9, None)],
        ),
        ([whole(0, 9), entry(1, 6), entry(2, 10, clause=1)], [("states", 0, [1], [], None, False, 6, None)]),
        ([whole(0, 9), entry(1, 6), entry(2, 6, clause=1)], [("states", 0, [1], [2], None, False, 6, None)]),
        (
            [whole(0, 9), entry(1, 0), entry(2, 1, clause=1)],
            [("states", 0, [1], [], None, False, 0, None), ("states", 0, [2], [], None, False, 1, None)],
        ),
        ([whole(0, 9), entry(1, 0), entry(2, 0, clause=1)], [("states", 0, [1], [2], None, False, 0, None)]),
        # one open state in two words is two parts, in one sentence
        (
            [whole(0, 9), entry(1, 6), *two_open(0)],
            [("states", 0, [1, 2, 3], [], None, True, 9, None)],
        ),
        (
            [whole(0, 9), entry(1, 6), *two_open(1)],
            [("states", 0, [1, 2], [3], None, True, 8, None)],
        ),
        (
            [
                whole(0, 9),
                entry(1, 6),
                entry(2, 2, state="ongoing", text="2个推进"),
                entry(3, 1, state="ongoing", text="1个推进"),
            ],
            [("states", 0, [1, 2], [3], None, True, 8, None)],
        ),
        # a part after what is left belongs to that, in its sentence
        (
            [whole(0, 9), entry(1, 6), entry(2, 3, "remainder"), entry(3, 2)],
            [("states", 0, [1], [], 2, True, 9, 3), ("states", 2, [3], [], None, False, 2, None)],
        ),
        (
            [whole(0, 9), entry(1, 6), entry(2, 3, "remainder"), entry(3, 2, state="ongoing", sentence=1)],
            [("states", 0, [1, 3], [], 2, True, 11, 1)],
        ),
        (
            [whole(0, 9), entry(1, 6), entry(2, 3, "remainder"), entry(3, 4, "remainder")],
            [("states", 0, [1], [], 2, True, 9, 3)],
        ),
        # what is among them stands in the sentence of the whole
        (
            [whole(0, 9), entry(1, 6), entry(2, 2, "subset"), entry(3, 2, "subset", sentence=1)],
            [("states", 0, [1], [2], None, False, 6, None)],
        ),
        ([entry(1, 6), entry(2, 2, "subset")], [("states", None, [1], [], None, False, 6, None)]),
        # with nothing beside it a whole is no tally
        ([whole(0, 9), whole(1, 9)], []),
        # what is pending is open too; what is partly done is not
        (
            [whole(0, 9), entry(1, 6), entry(2, 3, state="pending")],
            [("states", 0, [1, 2], [], None, True, 9, None)],
        ),
        (
            [whole(0, 9), entry(1, 6), entry(2, 3, state="partial")],
            [("states", 0, [1, 2], [], None, False, 9, None)],
        ),
        ([whole(0, 9), entry(2, 3, state="pending")], [("states", 0, [2], [], None, False, 3, None)]),
        ([whole(0, 9), entry(2, 9, "remainder")], [("states", 0, [], [], 2, False, 9, 9)]),
    ],
)
def test_what_belongs_to_one_whole(entries: list[Entry], found: list[Row]) -> None:
    assert told(*entries) == found


@pytest.mark.parametrize(
    ("values", "added", "rest"),
    [
        # total, done, partial, among them, left: what is left may hold the partial ones, or leave out those among them
        ((9, 6, None, None, 3), 9, 3),
        ((9, 6, None, None, 2), 8, 3),
        ((9, 5, 2, None, 2), 9, 2),
        ((9, 5, 2, None, 4), 9, 4),
        ((9, 5, 2, None, 3), 10, 2),
        ((9, 5, 0, None, 5), 10, 4),
        ((9, 4, 0, None, 4), 8, 5),
        ((9, 0, None, None, 8), 8, 9),
        ((9, 5, None, 0, 3), 8, 4),
        ((9, 8, None, 0, 0), 8, 1),
        ((9, 5, None, 1, 3), 9, 3),
        ((9, 5, None, 1, 4), 9, 4),
        ((9, 5, None, 1, 2), 7, 4),
        ((9, None, None, 6, 3), 9, 3),
        ((9, None, None, 6, 2), 8, 3),
        ((0.3, 0.1, None, None, 0.2), 0.3, 0.2),
        ((0.0009, 0.0006, None, None, 0.0002), 0.0008, 0.0003),
        ((None, 6, None, None, 3), None, None),
        ((9, 6, None, None, None), 6, None),
    ],
)
def test_what_is_left_of_a_whole(
    values: tuple[float | None, ...], added: float | None, rest: float | None
) -> None:
    total, done, partial, among, left = values
    entries = [whole(0, total)]
    entries += [entry(1, done)] if done is not None else []
    entries += [entry(2, partial, state="partial")] if partial is not None else []
    entries += [entry(3, among, "subset")] if among is not None else []
    entries += [entry(4, left, "remainder")] if left is not None else []
    ((*_, exhaustive, found, remaining),) = told(*entries)
    assert (found, remaining) == (added, rest)
    assert exhaustive == (left is not None and total is not None)


def test_a_part_without_a_figure_adds_up_to_nothing() -> None:
    assert told(whole(0, 9), entry(1, None), entry(2, 3, state="ongoing")) == [
        ("states", 0, [1, 2], [], None, False, None, None)
    ]
    assert told(whole(0, 9), entry(1, 6), entry(2, None, "remainder")) == [
        ("states", 0, [1], [], 2, False, None, None)
    ]


@pytest.mark.parametrize("doubt", [{"overlap": True}, {"approximate": True}])
def test_figures_that_are_no_exact_ones_need_not_add_up(doubt: dict[str, bool]) -> None:
    for place in range(3):
        entries = [whole(0, 9), entry(1, 6), entry(2, 3, state="ongoing")]
        marked = entries[place]
        own = {name: value for name, value in doubt.items() if hasattr(marked, name)}
        changed = replace(marked, **own) if own else replace(marked, claim=replace(marked.claim, **doubt))
        entries[place] = changed
        assert [row[5] for row in told(*entries)] == [False]


def test_only_where_all_is_told_is_a_figure_wrong() -> None:
    def suspect(*entries: Entry) -> list[Claim | None]:
        return [one.suspect for one in find_tallies(Source("a", "。" * 99), entries)]

    total, open_ = whole(0, 9), entry(2, 2, state="ongoing")
    assert suspect(total, entry(1, 6), open_) == [total.claim]
    assert suspect(total, entry(1, 7), open_) == [None]
    assert suspect(total, entry(1, 6)) == [None]
    assert suspect(total, replace(entry(1, 6), overlap=True), open_) == [None]


# --- whose parts they are --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entries", "total"),
    [
        # the only total of the report, before it in another paragraph or in its own
        ([whole(0, 9), entry(1, 6, paragraph=1), entry(2, 3, state="ongoing", paragraph=1)], 0),
        ([whole(0, 9, noun="measure"), entry(1, 6, noun="task", paragraph=1)], 0),
        # two totals of one value are one total
        ([whole(0, 9), whole(1, 9, paragraph=1), entry(2, 6, paragraph=2)], 0),
        ([whole(0, 9), whole(1, 8, paragraph=1), entry(2, 6, paragraph=2)], None),
        ([whole(0, 9, scope="other"), entry(2, 6, paragraph=2)], None),
        ([whole(0, None), entry(2, 6, paragraph=2)], None),
        ([whole(0, 9), entry(2, 6, paragraph=2, scope="other")], None),
        ([whole(0, 9, noun="detail"), entry(2, 6, paragraph=2)], None),
        # one that comes after it in its paragraph is another figure, one of a later paragraph is not
        ([entry(0, 6), whole(1, 9)], None),
        ([entry(0, 6), whole(1, 9, paragraph=1)], 1),
        ([entry(0, 6, "remainder"), whole(1, 9, paragraph=1)], 1),
    ],
)
def test_parts_without_a_whole_of_their_own(entries: list[Entry], total: int | None) -> None:
    assert [row[1] for row in told(*entries)] == [total]


@pytest.mark.parametrize(
    ("entries", "totals"),
    [
        # the latest whole before it; another body's only in its sentence
        ([whole(0, 9), whole(1, 8, sentence=1), entry(2, 6, sentence=1)], [1]),
        ([whole(0, 9), whole(1, 8, scope="other", sentence=1), entry(2, 6, sentence=2)], [0]),
        ([whole(1, 8, scope="other"), entry(2, 6)], [1]),
        ([whole(1, 8, scope="other"), entry(2, 6, sentence=1)], [None]),
        ([whole(0, 9), whole(1, 8, scope="other", sentence=1), entry(2, 6, scope="other", sentence=2)], [1]),
        ([whole(0, 9, paragraph=1), whole(1, 8, scope="other"), entry(2, 6)], [1]),
        (
            [whole(0, 9, noun="detail"), whole(1, 8, scope="other", sentence=1), entry(2, 6, sentence=2)],
            [None],
        ),
        # tasks are measures
        ([whole(0, 9, noun="measure"), entry(1, 6, noun="task")], [0]),
        ([whole(0, 9, noun="measure"), entry(1, 6, noun="rule")], [None]),
        ([whole(0, 9, noun="measure", scope="other"), entry(1, 6, noun="task", scope="other")], [0]),
        ([whole(0, 9, noun="measure", scope="other"), entry(1, 6, noun="rule", scope="other")], [None]),
        ([whole(0, 9, noun="measure"), whole(1, 8, noun="rule"), entry(2, 6, noun="task")], [0]),
    ],
)
def test_the_whole_that_a_part_belongs_to(entries: list[Entry], totals: list[int | None]) -> None:
    assert [row[1] for row in told(*entries)] == totals


@pytest.mark.parametrize(
    ("second", "parts", "total"),
    [
        # of two totals side by side it is the one that the parts add up to, and nobody's where they add up to neither
        ({}, (6, 3), 1),
        ({}, (5, 2), 1),
        ({}, (6, 2), None),
        ({"summed": True}, (6, 2), 1),
        ({"key": "乙"}, (6, 2), 1),
        ({"sentence": 1}, (6, 2), 1),
        ({"value": 9}, (6, 2), 1),
    ],
)
def test_two_totals_side_by_side(second: dict[str, Any], parts: tuple[int, int], total: int | None) -> None:
    other = {"value": 7, **second}
    entries = [whole(0, 9), whole(1, **other), entry(2, parts[0]), entry(3, parts[1], state="ongoing")]
    assert [row[1] for row in told(*entries)] == [total]


def test_of_two_totals_neither_is_settled_by_the_parts_of_another_body() -> None:
    other = {"scope": "other"}
    entries = [entry(2, 6, **other), entry(3, 1, state="ongoing", **other)]
    assert [row[1] for row in told(whole(0, 9), whole(1, 7, **other), *entries)] == [None]
    assert [row[1] for row in told(whole(0, 9, **other), whole(1, 7, **other), *entries)] == [1]


def test_of_two_totals_the_first_may_have_its_parts_already() -> None:
    assert told(whole(0, 9), entry(1, 6), whole(2, 7), entry(3, 4)) == [
        ("states", 0, [1], [], None, False, 6, None),
        ("states", 2, [3], [], None, False, 4, None),
    ]


@pytest.mark.parametrize(
    ("rest", "total"), [(("ongoing",), 1), (("pending",), 1), (("partial",), None), ((), None)]
)
def test_what_settles_two_totals_is_done_and_open(rest: tuple[str, ...], total: int | None) -> None:
    entries = [whole(0, 9), whole(1, 7), entry(2, 4)]
    entries += [entry(3, 3, state=state) for state in rest]
    assert [row[1] for row in told(*entries)] == [total]
    assert [row[1] for row in told(*entries[:3], entry(4, 3, "remainder"))] == [1]


@pytest.mark.parametrize(
    ("coarse", "parts", "total"),
    [
        ({}, (3, 1), 0),
        ({}, (3, 2), 1),
        ({"sentence": 1}, (3, 1), 1),
        ({"paragraph": 1}, (3, 1), 1),
        ({"noun": "measure"}, (3, 1), 1),
        ({"noun": "aspect"}, (3, 1), 1),
        ({"role": "stray"}, (3, 1), 1),
        ({}, (6, 3), 1),
    ],
)
def test_parts_may_fill_the_coarser_grain(coarse: dict[str, Any], parts: tuple[int, int], total: int) -> None:
    made = [
        replace(whole(0, 4, **{name: value for name, value in coarse.items() if name != "role"})),
        whole(1, 9, noun="detail"),
        entry(2, parts[0], noun="detail"),
        entry(3, parts[1], noun="detail", state="ongoing"),
    ]
    made[0] = replace(made[0], role=coarse.get("role", "whole"))
    assert [row[1] for row in told(*made)] == [total]


# --- classes, brackets, letters, shares, money -----------------------------------------------------------


def test_a_bracket_is_a_breakdown_of_its_whole() -> None:
    member = {"role": "member", "noun": "other", "inside": 0}
    one, two = entry(1, 6, **member), entry(2, 4, **member)
    assert told(whole(0, 9), one, two) == [("breakdown", 0, [1, 2], [], None, True, 10, None)]
    assert told(whole(0, 9), one) == [("breakdown", 0, [1], [], None, False, 6, None)]
    for doubt in ("shared_list", "after_subset"):
        found = told(whole(0, 9), one, replace(two, **{doubt: True}))
        assert found == [("breakdown", 0, [1, 2], [], None, False, 10, None)]
    assert told(whole(0, 9, scope="other"), one)[0][1] == 0
    assert [one.scope for one in find_tallies(Source("a", "。" * 99), [whole(0, 9, scope="other"), one])] == [
        "other"
    ]


def test_parts_that_fill_both_grains_are_of_the_finer() -> None:
    parts = [entry(2, 6, noun="detail"), entry(3, 3, noun="detail", state="ongoing")]
    assert [row[1] for row in told(whole(0, 9), whole(1, 9, noun="detail"), *parts)] == [1]


def test_a_bracket_that_fills_the_coarser_grain_is_still_that_of_its_whole() -> None:
    members = [entry(number, 2, "member", noun="other", inside=1) for number in (2, 3)]
    assert told(whole(0, 4), whole(1, 9, noun="detail"), *members) == [
        ("breakdown", 1, [2, 3], [], None, True, 4, None)
    ]


def test_what_stands_in_no_bracket_is_a_member_of_nothing() -> None:
    assert told(whole(0, 9), entry(1, 6, "member", noun="other")) == []


def test_the_scope_of_a_tally_is_that_of_its_whole_and_its_parts() -> None:
    def scope(*entries: Entry) -> list[str]:
        return [one.scope for one in find_tallies(Source("a", "。" * 99), entries)]

    assert scope(whole(0, 9), entry(1, 6)) == ["report"]
    assert scope(whole(0, 9), entry(1, 6, scope="other")) == ["other"]
    assert scope(whole(0, 9, scope="other"), entry(1, 6, scope="other")) == ["other"]
    assert scope(entry(1, 6, scope="other")) == ["other"]
    member = entry(1, 6, "member", noun="other", inside=0, scope="other")
    assert scope(whole(0, 9), member) == ["report"]


@pytest.mark.parametrize(
    ("first", "found"),
    [
        ({}, [("breakdown", 2, [0, 1], [], None, True, 9, None)]),
        ({"labelled": False}, []),
        ({"unit": "件"}, []),
        ({"sentence": 1}, []),
        ({"paragraph": 1}, []),
        ({"role": "part"}, None),
        ({"after_subset": True}, [("breakdown", 2, [0, 1], [], None, True, 9, None)]),
    ],
)
def test_labelled_figures_before_their_sum(first: dict[str, Any], found: list[Row] | None) -> None:
    one = {"role": "stray", "state": "total", "labelled": True, **first}
    entries = [entry(0, 5, **one), entry(1, 4, "stray", "total", labelled=True), whole(2, 10, summed=True)]
    kinds = [row for row in told(*entries) if row[0] == "breakdown"]
    assert kinds == (found or [])
    plain = [*entries[:2], whole(2, 10)]
    assert [row for row in told(*plain) if row[0] == "breakdown"] == []


def test_labelled_figures_before_their_sum_follow_one_another() -> None:
    one = {"role": "stray", "state": "total", "labelled": True}
    between = entry(1, 3, "stray", "total", noun="other", unit="人")
    entries = [entry(0, 5, **one), between, entry(2, 4, **one), entry(3, 4, **one), whole(4, 9, summed=True)]
    assert [row for row in told(*entries) if row[0] == "breakdown"] == [
        ("breakdown", 4, [2, 3], [], None, True, 8, None)
    ]
    assert told(between, entry(2, 4, **one), whole(4, 9, summed=True)) == []


def test_labelled_figures_stay_in_their_order() -> None:
    one = {"role": "stray", "state": "total", "labelled": True}
    (row,) = told(*(entry(number, 4, **one) for number in range(4)), whole(4, 16, summed=True))
    assert row[2] == [0, 1, 2, 3]


def test_of_very_many_figures_so_many_are_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("checker.tallies._LATEST", 2)
    one = {"role": "stray", "state": "total", "labelled": True}
    labelled = [entry(number, 4, **one) for number in range(4)]
    (row,) = told(*labelled, whole(4, 9, summed=True))
    assert row[2] == [2, 3]
    # of parts that may double a new one
    open_ = [entry(number, 1, state="ongoing", text=f"{chr(0x7532 + number)}1个") for number in range(1, 5)]
    (row,) = told(whole(0, 9), *open_, entry(5, 1, state="ongoing", text="甲1个"))
    assert row[2:4] == ([1, 2, 3, 4, 5], [])
    (row,) = told(whole(0, 9), *open_, entry(5, 1, state="ongoing", text=open_[2].claim.text))
    assert row[2:4] == ([1, 2, 3, 4], [5])
    # of wholes that a part may belong to
    other = [whole(number, 8, scope="other", sentence=number) for number in (1, 2)]
    last = [entry(3, 6, sentence=3), whole(4, 7, paragraph=1)]
    assert [row[1] for row in told(whole(0, 9), *other, *last)] == [None]
    assert [row[1] for row in told(whole(0, 9), *other[:1], *last)] == [0]
    # of grains that parts may fill
    coarse = [whole(0, 4), whole(1, 3, noun="aspect"), entry(2, 7, "stray", noun="other", state="total")]
    finer = [
        whole(3, 9, noun="detail"),
        entry(4, 3, noun="detail"),
        entry(5, 1, state="ongoing", noun="detail"),
    ]
    assert [row[1] for row in told(*coarse, *finer)] == [3]
    assert [
        row[1] for row in told(coarse[0], coarse[1], *(replace(one, number=one.number - 1) for one in finer))
    ] == [0]


AMONG = {"role": "subset", "state": "total", "labelled": True}


@pytest.mark.parametrize(
    ("entries", "parts"),
    [
        ([whole(0, 9), entry(1, 6, **AMONG), entry(2, 4, **AMONG)], [1, 2]),
        ([whole(0, 9), entry(1, 6, **AMONG), entry(2, 3, **AMONG)], [1, 2]),
        ([whole(0, 9), entry(1, 6, **AMONG), entry(2, 2, **AMONG)], None),
        ([whole(0, 9), entry(1, 9, **AMONG)], None),
        ([whole(0, 9), entry(1, 10, **AMONG), entry(2, 2, **AMONG)], None),
        ([whole(0, 9), entry(1, 9, **AMONG), entry(2, 2, **AMONG)], [1, 2]),
        ([whole(0, None), entry(1, 6, **AMONG), entry(2, 4, **AMONG)], None),
        ([whole(0, 9), entry(1, 6, **AMONG), entry(2, 4, unit="件", **AMONG)], None),
        ([whole(0, 9), entry(1, 9, **AMONG), entry(2, None, **AMONG)], None),
        ([whole(0, 9), entry(1, 6, **AMONG), entry(2, 4, **{**AMONG, "labelled": False})], None),
        (
            [
                whole(0, 9),
                entry(1, 6, **AMONG),
                entry(2, 4, **{**AMONG, "labelled": False, "after_subset": True}),
            ],
            [1, 2],
        ),
        (
            [
                whole(0, 9),
                entry(1, 6, **AMONG),
                entry(2, 4, text="长期坚持4个", **{**AMONG, "labelled": False, "after_subset": True}),
            ],
            None,
        ),
        ([whole(0, 9), entry(1, 6, word="重点", **AMONG), entry(2, 4, **AMONG)], None),
        ([whole(0, 9), entry(1, 6, word="重点", **AMONG), entry(2, 4, word="重点", **AMONG)], [1, 2]),
    ],
)
def test_classes_among_a_whole(entries: list[Entry], parts: list[int] | None) -> None:
    found = [row[1:4] for row in told(*entries) if row[0] == "breakdown"]
    assert found == ([(0, parts, [])] if parts else [])


def test_a_whole_without_classes_hides_none_after_it() -> None:
    before = [whole(0, 9, noun="detail"), entry(1, 6, noun="detail")]
    rows = told(*before, whole(2, 9), entry(3, 6, **AMONG), entry(4, 4, **AMONG))
    assert [row[1:3] for row in rows if row[0] == "breakdown"] == [(2, [3, 4])]


def test_letters_stand_in_any_sentence() -> None:
    first = entry(0, 9, "stray", "total", sentence=3, **LETTER)
    parts = [entry(1, 6, sentence=3, **LETTER), entry(2, 2, state="ongoing", sentence=4, **LETTER)]
    assert told(first, *parts) == [("states", 0, [1, 2], [], None, True, 8, None)]


def test_a_whole_of_another_noun_hides_none_before_it() -> None:
    other = [whole(1, 8, scope="other", sentence=1), whole(2, 5, noun="detail", sentence=1)]
    last = [entry(3, 6, sentence=3), whole(4, 7, paragraph=1)]
    assert [row[1] for row in told(whole(0, 9), *other, *last)] == [0]


def test_what_is_concerned_may_overlap() -> None:
    entries = [whole(0, 9), entry(1, 6, **AMONG), entry(2, 4, **AMONG)]
    for at, kinds in (
        (0, ["breakdown", "states"]),
        (12, ["states"]),
        (24, ["states"]),
        (30, ["breakdown", "states"]),
    ):
        text = "。" * at + "涉及" + "。" * 99
        assert sorted(row[0] for row in told(*entries, text=text)) == kinds


LETTER = {"noun": "other", "unit": "件"}


@pytest.mark.parametrize(
    ("whole_", "later", "found"),
    [
        ({}, {}, [("states", 0, [1, 2], [], None, True, 8, None)]),
        ({}, {"sentence": 1}, [("states", 0, [1, 2], [], None, True, 8, None)]),
        ({}, {"sentence": 2}, []),
        ({}, {"paragraph": 1}, []),
        ({}, {"unit": "起"}, []),
        ({"unit": "个"}, {}, []),
        ({"value": None}, {}, []),
        ({"unit": "起"}, {"unit": "起"}, []),
    ],
)
def test_letters_and_cases_are_counted_as_they_are(
    whole_: dict[str, Any], later: dict[str, Any], found: list[Row]
) -> None:
    first = {"value": 9, "role": "stray", "state": "total", **LETTER, **whole_}
    entries = [
        entry(0, **first),
        entry(1, 6, **LETTER),
        entry(2, 2, **{"state": "ongoing", **LETTER, **later}),
    ]
    assert told(*entries) == found


@pytest.mark.parametrize(
    ("stray", "exhaustive"),
    [
        ({}, False),
        ({"value": 2}, True),
        ({"unit": "件"}, True),
        ({"sentence": 1}, True),
        ({"paragraph": 1}, True),
        ({"value": None}, True),
        ({"value": 0}, True),
        ({"noun": "problem"}, True),
    ],
)
def test_a_figure_in_other_words_may_be_the_part_that_lacks(stray: dict[str, Any], exhaustive: bool) -> None:
    other = {"value": 1, "role": "stray", "noun": "other", "state": "total", **stray}
    entries = [whole(0, 9), entry(1, 6), entry(2, **other), entry(3, 2, state="ongoing")]
    assert [row[5] for row in told(*entries)] == [exhaustive]
    assert [row[5] for row in told(entries[0], entries[2], entries[1], entries[3])] == [True]


@pytest.mark.parametrize(
    ("values", "other", "found"),
    [
        ((60, 40), {}, True),
        ((50, 40), {}, True),
        ((70, 40), {}, True),
        ((50, 39), {}, False),
        ((71, 40), {}, False),
        ((100,), {}, False),
        ((110, 0), {}, True),
        ((90, 0), {}, True),
        ((89, 0), {}, False),
        ((60, 40), {"share": False}, False),
        ((60, 40), {"text": ""}, False),
        ((60, 40), {"sentence": 1}, False),
        ((60, 40), {"paragraph": 1}, False),
        ((60, 40), {"role": "stray"}, False),
    ],
)
def test_shares_of_one_whole(values: tuple[int, ...], other: dict[str, Any], found: bool) -> None:
    share = {"role": "rate", "state": "rate", "noun": "other", "share": True}
    entries = [entry(place, value, **share) for place, value in enumerate(values)]
    if other:
        entries[-1] = entry(len(values) - 1, values[-1], **{**share, **other})
    numbers = list(range(len(values)))
    assert told(*entries) == ([("shares", None, numbers, [], None, True, sum(values), None)] if found else [])


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, True),
        ({2: {"money": "recovered"}}, False),
        ({2: {"sentence": 1}}, False),
        ({2: {"paragraph": 1}}, False),
        ({2: {"noun": "other"}}, False),
        ({2: {"value": None}}, False),
        ({3: {}}, False),
        ({3: {"sentence": 1}}, True),
    ],
)
def test_money_is_found_recovered_and_outstanding(change: dict[int, dict[str, Any]], found: bool) -> None:
    kinds = ("whole", "recovered", "outstanding", "")
    entries = []
    for number in range(4 if 3 in change else 3):
        made = {
            "value": (25.5, 21.2, 4.5, 1)[number],
            "role": "stray",
            "noun": "money",
            "money": kinds[number],
        }
        entries.append(entry(number, **{**made, **change.get(number, {})}))
    assert told(*entries) == ([("money", 0, [1], [], 2, True, 25.7, 4.3)] if found else [])


@pytest.mark.parametrize(
    ("parts", "other", "exhaustive"),
    [
        ((6, 4), {}, True),
        ((6, 3), {}, False),
        ((9, 1), {}, True),
        ((10, 1), {}, False),
        ((6, 4), {"sentence": 1}, False),
        ((6, 4), {"after_subset": True}, False),
    ],
)
def test_parts_of_a_whole_that_are_more_than_it_are_its_classes(
    parts: tuple[int, int], other: dict[str, Any], exhaustive: bool
) -> None:
    entries = [whole(0, 9), entry(1, parts[0]), entry(2, parts[1], state="partial", **other)]
    assert [row[5] for row in told(*entries)] == [exhaustive]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("整改期间受理群众来信28件，已办结29件。", [("28件", ["已办结29件"], False)]),
        ("新收案件28件，结案29件。", []),
        ("受理群众来信28件，办结29件（含上年结转）。", []),
        ("上年结转3件，受理28件，办结29件。", []),
        ("受理群众来信28件，办结28件。", []),
        ("新建7项、修订12项，共建立制度20项。", [("制度20项", ["7项", "12项"], True)]),
        ("新建制度7项、修订制度12项，共建立制度19项。", [("制度19项", ["制度7项", "制度12项"], False)]),
        ("废止2项、新建7项、修订12项，共建立制度19项。", []),
        ("新增制度3项、修订4项，目前全镇共有制度48项。", []),
        ("新建制度3项、修订制度4项，推动各村共建立制度22项。", []),
        ("问责14人，其中诫勉4人、批评教育17人。", [("14人", ["17人"], False)]),
        ("问责14人，其中诫勉4人，另外谈话提醒17人。", []),
        ("处分6人，其中党内警告4人、党内严重警告3人。", [("6人", ["4人", "3人"], True)]),
    ],
)
def test_letters_settled_and_rules_made(text: str, found: list[tuple[str, list[str], bool]]) -> None:
    *_, tallies = read(text)
    assert [
        (tally.total.text, [part.text for part in tally.parts], tally.suspect is not None)
        for tally in tallies
        if tally.total is not None
    ] == found


def test_what_is_named_of_a_total_told_elsewhere_is_not_all_of_it() -> None:
    first = "反馈6个问题，已完成整改4个，基本完成1个，尚未完成1个。"
    *_, tallies = read(first, "对尚未完成的1个问题，尽快办结；对已完成的4个问题，开展“回头看”。")
    assert [(tally.exhaustive, tally.suspect) for tally in tallies] == [(True, None), (False, None)]
    *_, tallies = read(first, "对尚未完成的1个问题，尽快办结；对已完成的6个问题，开展“回头看”。")
    assert [tally.suspect is not None for tally in tallies] == [False, True]


@pytest.mark.parametrize(
    ("classes", "wrong"),
    [
        ("立行立改16条、限期整改20条、长期坚持6条", True),
        ("立行立改15条、限期整改20条、长期坚持6条", False),
        ("立行立改36条、长期坚持6条", False),  # what lasts may be mended at once
    ],
)
def test_what_lasts_is_a_class_beside_what_is_due(classes: str, wrong: bool) -> None:
    *_, tallies = read(f"制定整改措施41条（{classes}）。")
    assert any(tally.suspect is not None for tally in tallies) is wrong


@pytest.mark.parametrize(
    ("again", "wrong"),
    [
        ("确保剩余2个问题按期完成。", False),
        ("对剩余2个问题，力争年底前全部完成。", False),
        ("确保2个未完成问题年底前整改到位。", False),
        ("对剩余3个问题，力争年底前全部完成。", True),
        ("剩余1个申请延期。", True),
    ],
)
def test_what_is_left_may_be_said_again(again: str, wrong: bool) -> None:
    *_, tallies = read("反馈的19个问题已完成17个，正在推进2个。" + again)
    assert any(tally.suspect is not None for tally in tallies) is wrong
