"""Sentences and their places."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checker.document import Sentence
from checker.sentences import sentences, split
from checker.source import Span, passage


def parts(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("学习不够。研讨不深！", ["学习不够。", "研讨不深！"]),
        ("一是学习；二是研讨;三是落实", ["一是学习；", "二是研讨;", "三是落实"]),
        ("他说“要学习。要研讨。”会后落实。", ["他说“要学习。要研讨。”", "会后落实。"]),
        ("关于“学习不够。研讨不深。”的问题。", ["关于“学习不够。研讨不深。”的问题。"]),
        ("学习（含研讨；自学）三次。", ["学习（含研讨；自学）三次。"]),
        ("学习（三次。研讨两次。", ["学习（三次。", "研讨两次。"]),
        ("学习”三次。研讨两次。", ["学习”三次。", "研讨两次。"]),
        (
            "学习（" + "三" * 399 + "）。研讨（" + "两" * 400 + "）。",
            ["学习（" + "三" * 399 + "）。", "研讨（" + "两" * 400 + "）。"],
        ),
        ("学习（“三次；”" + "三" * 393 + "）。研讨。", ["学习（“三次；”" + "三" * 393 + "）。", "研讨。"]),
        ("学习（“三次；”" + "三" * 395 + "）。研讨。", ["学习（“三次；”" + "三" * 395 + "）。", "研讨。"]),
        ("学习（三次。" + "三" * 396 + "）研讨。", ["学习（三次。" + "三" * 396 + "）研讨。"]),
        ("学习（三次。" + "三" * 397 + "）研讨。", ["学习（三次。", "三" * 397 + "）研讨。"]),
        ("学习(三次）。研讨。", ["学习(三次）。", "研讨。"]),
        ("　学习。 　研讨。", ["学习。", "研讨。"]),
        ("", []),
    ],
)
def test_split(text: str, expected: list[str]) -> None:
    assert parts(text) == expected


@settings(deadline=None)
@given(st.text(alphabet="学习。；！?“”‘’（）()《》 　\n", max_size=40))
def test_nothing_but_blanks_is_lost(text: str) -> None:
    assert "".join("".join(parts(text)).split()) == "".join(text.split())
    bounds = [edge for pair in split(text) for edge in pair]
    assert bounds == sorted(bounds)


def test_spans_are_those_of_the_source() -> None:
    assert sentences(passage("学习。研讨。", 7), "body") == (
        Sentence(Span(7, 10), "学习。", "body"),
        Sentence(Span(10, 13), "研讨。", "body"),
    )
