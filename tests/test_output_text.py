"""Text output: a page for people, a line for each finding for everything else."""

from __future__ import annotations

from dataclasses import replace

from checker.diagnostics import Severity
from checker.files import Note
from checker.outcome import Run, View
from checker.output.text import render
from checker.source import Source
from tests.findings import checked, finding, sample

PAGE = View(width=60, terminal=True)


def test_plain_lines() -> None:
    assert render(sample(), View()) == (
        "草稿.txt:1:6: warning demo.word “通报”\\n换行\n"
        "草稿.txt:2:5: error count.sum 称共35个\n"
        "草稿.txt:3:3: info demo.note 有[bold]电话[/1]\n"
    )


def test_plain_lines_in_english_with_statistics() -> None:
    assert render(sample(), View("en", statistics=True)) == (
        "草稿.txt:1:6: warning demo.word wrong\n"
        "草稿.txt:2:5: error count.sum wrong\n"
        "草稿.txt:3:3: info demo.note wrong\n"
        "1 error count.sum\n"
        "1 info demo.note\n"
        "1 warning demo.word\n"
    )


def test_plain_lines_are_never_wrapped_or_broken() -> None:
    source = Source("名\n字\x1b.txt", "文\n")
    text = render(Run((checked(source, finding(source, "文", zh="长" * 500)),)), View(width=20))
    assert text == f"名\\n字\\x1b.txt:1:1: warning demo.word {'长' * 500}\n"


def test_the_page() -> None:
    assert render(sample(), PAGE) == (
        "草稿.txt\n"
        "  2:5  错误 count.sum  称共35个\n"
        "       反馈问题35个，已完成33个，正在整改3个。\n"
        "               ^^^^\n"
        "       -> 2:12  参见“33个”：33个\n"
        "       -> 2:13  参见“3个”：3个\n"
        "  1:6  警告 demo.word  “通报”\ufffd换行\n"
        "       关于整改的通报\n"
        "                 ^^^^\n"
        "  3:3  提示 demo.note  有[bold]电话[/1]\n"
        "       联系电话：88001234\n"
        "           ^^^^\n"
        "\n"
        "2 个文件：1 个错误，1 个警告，1 条提示；1 处出错，没能查完\n"
    )


def test_the_page_quietly_in_english() -> None:
    assert render(sample(), View("en", 60, terminal=True, quiet=True)) == (
        "草稿.txt\n"
        "  2:5  error count.sum  wrong\n"
        "  1:6  warning demo.word  wrong\n"
        "  3:3  info demo.note  wrong\n"
        "\n"
    )


def test_long_messages_hang() -> None:
    source = Source("a.txt", "文\n")
    run = Run((checked(source, finding(source, "文", zh="长" * 30)),))
    assert render(run, View(width=40, terminal=True, quiet=True)) == (
        f"a.txt\n  1:1  警告 demo.word\n       {'长' * 16}\n       {'长' * 14}\n\n"
    )


def test_many_second_places_are_cut_short() -> None:
    source = Source("a.txt", "一\n" + "二" * 30 + "三四五六\n")
    one = finding(source, "一", related=["二三四五六", "三", "四", "五", "六"])
    long = replace(one.related[1], end=source.position(len(source.text) - 1), start=source.position(2))
    one = replace(one, related=(long, *one.related))
    assert render(Run((checked(source, one),)), View("en", 80, terminal=True)) == (
        "a.txt\n"
        "  1:1  warning demo.word  wrong\n"
        "       一\n"
        "       ^^\n"
        f"       -> 2:1  see “三” “{'二' * 19}...”\n"
        "       -> 2:30  see “二三四五六” “二三四五六”\n"
        "       -> 2:31  see “三” “三”\n"
        "       -> 2:32  see “四” “四”\n"
        "       ... 6 places in all\n"
        "\n"
        "1 checked: 1 warning\n"
    )


def test_repeats_are_folded() -> None:
    source = Source("a.txt", "某某\n" * 6)
    run = Run((checked(source, *(finding(source, "某某", nth=number) for number in range(6))),))
    assert render(run, View(width=60, terminal=True, quiet=True)) == (
        "a.txt\n"
        "  1:1  警告 demo.word  此处有误\n"
        "  2:1  警告 demo.word  此处有误\n"
        "  3:1  警告 demo.word  此处有误\n"
        "       demo.word 共 6 处，其余在第 4、5、6 行\n"
        "\n"
    )


def test_four_are_shown_rather_than_folding_one() -> None:
    source = Source("a.txt", "某某\n" * 4)
    run = Run((checked(source, *(finding(source, "某某", nth=number) for number in range(4))),))
    assert render(run, PAGE).count("此处有误") == 4


def test_a_finding_of_what_is_missing_has_no_excerpt() -> None:
    source = Source("a.txt", "文\n\n")
    run = Run((checked(source, finding(source, "\n", nth=1)),))
    assert render(run, PAGE) == ("a.txt\n  2:1  警告 demo.word  此处有误\n\n1 个文件：1 个警告\n")


def test_the_last_line_of_clean_and_of_failed_runs() -> None:
    clean = Run((checked(Source("a.txt", "文")),))
    fault = (Note("b.txt", {"zh": "读不了", "en": "unreadable"}),)
    assert [
        render(clean, PAGE),
        render(clean, View("en", 60, True)),
        render(Run((), fault), PAGE),
        render(Run(clean.checked, fault), View("en", 60, True)),
    ] == [
        "1 个文件，没有发现问题\n",
        "1 checked: nothing found\n",
        "没有检查任何文件；1 处出错，没能查完\n",
        "1 checked: nothing found; 1 fault, not complete\n",
    ]


def test_colours_only_where_asked_for() -> None:
    assert "\x1b[" not in render(sample(), PAGE)
    assert "\x1b[1;31m错误" in render(sample(), View(width=60, terminal=True, color=True))


def test_statuses() -> None:
    source = Source("a.txt", "文")
    assert [
        Run((checked(source),)).status,
        Run((checked(source, finding(source, "文", severity=Severity.INFO)),)).status,
        Run((checked(source, finding(source, "文")),)).status,
        sample().status,
        Run(()).status,
    ] == [0, 0, 1, 2, 2]
