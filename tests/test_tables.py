"""Our driver of the grammars against Lark itself: the same tokens, the same trees, for any text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import groupby, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lark import Lark
from lark.exceptions import UnexpectedInput

from checker import contacts, date_points, names, phrases, resources, tables

MENTION = ["inspectors", "organization", "short_form", "document_number"]
GRAMMARS: dict[str, tuple[Callable[[], Any], Callable[[], tables.Terminals], dict[str, Any]]] = {
    "phrase": (phrases._parser, phrases._terminals, {"lexer": "basic", "maybe_placeholders": False}),
    "mention": (names.mention_parser, names._terminals, {"start": MENTION}),
    "date": (date_points._parser, date_points._terminals, {}),
    "contact": (contacts._parser, contacts._terminals, {}),
}
STARTS = [
    ("phrase", "start"),
    ("date", "start"),
    ("contact", "start"),
    *(("mention", name) for name in MENTION),
]

TEXTS = st.lists(
    st.sampled_from(
        [
            *"0123456789一二三十年月日至-、，。（）()〔〕第号届轮组称“”：: \n个项条元%*@.",
            "2024年3月5日",
            "区委第三巡察组",
            "某发〔2023〕12号",
            "以下简称",
            "中共某区教育局委员会",
            "35个问题",
            "已完成整改",
            "正在整改",
            "其中",
            "其余",
            "全部",
            "基本完成",
            "电话：",
            "0431-12345678",
            "邮箱 ab@cd.cn",
            "近日",
            "整改措施120条",
        ]
    )
    | st.text(max_size=4),
    max_size=24,
).map("".join)


@cache
def lark(name: str) -> Any:
    _, terminals, options = GRAMMARS[name]
    return resources.lark(name, terminals(), **options)


def plain(node: Any) -> Any:
    """A tree or a token of either kind."""
    if hasattr(node, "children"):
        return str(node.data), [plain(child) for child in node.children]
    return str(node.type), str(node), node.start_pos, node.end_pos


def merged(tokens: Iterable[Any]) -> Iterator[Any]:
    """Without what says nothing, but for the first of a run that parts two tokens which might be put together."""
    joins, held = False, []
    for silent, run in groupby(tokens, lambda token: token.type in phrases._NOTHING):
        if silent:
            held = list(run)[:1] if joins else []
            continue
        for token in run:
            joins = token.type not in phrases._APART
            if joins:
                yield from held
            yield token
            held = []


def by_lark(name: str, text: str, start: str) -> Any:
    between = merged if name == "phrase" else None
    try:
        if between is None:
            return plain(lark(name).parse(text, start=start))
        interactive = lark(name).parse_interactive("", start=start)
        for token in between(lark(name).lex(text)):
            interactive.feed_token(token)
        return plain(interactive.feed_eof())
    except UnexpectedInput:
        return None


def by_us(name: str, text: str, start: str) -> Any:
    try:
        return plain(GRAMMARS[name][0]().parse(text, start))
    except tables.UnexpectedError:
        return None


@pytest.mark.parametrize(("name", "start"), STARTS)
def test_trees_are_those_of_lark(name: str, start: str) -> None:
    @settings(max_examples=60, deadline=None)
    @given(TEXTS)
    def check(text: str) -> None:
        assert by_us(name, text, start) == by_lark(name, text, start)

    check()


@pytest.mark.parametrize("lexer", ["basic", "contextual"])
@pytest.mark.parametrize(
    "grammar",
    [
        "start: A",
        "start: one\none: A | B A",
        "start: one\n?one: two\n?two: A | B A",
        "start: _one\n_one: A | _one B",
        "start: start A | A",
        "start: A | start B | one A\none: B",
        "start: one*\none: two -> other\n?two: A | B one A",
        "start: one?\n!one: A",
    ],
)
def test_trees_of_small_grammars_are_those_of_lark(
    grammar: str, lexer: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Lark(grammar + '\nA: "a"\nB: "b"', parser="lalr", lexer=lexer, maybe_placeholders=False)
    monkeypatch.setattr(resources, "lark", lambda name, terminals: made)
    ours = tables.Parser(tables._computed("small", {}, {}), None, None, (), ())
    for text in ("".join(chars) for length in range(6) for chars in product("ab", repeat=length)):
        try:
            expected = plain(made.parse(text))
        except UnexpectedInput:
            with pytest.raises(tables.UnexpectedError):
                ours.parse(text)
        else:
            assert plain(ours.parse(text)) == expected


def test_some_texts_are_taken_and_some_are_not() -> None:
    found = {by_us("mention", text, "document_number") is None for text in ("〔2023〕12号", "12号")}
    assert found == {True, False}
    with pytest.raises(tables.UnexpectedError, match="unexpected input at 0") as raised:
        names.mention_parser().parse("12号", "document_number")
    assert raised.value.offset == 0


def test_what_stands_apart_are_the_markers_and_the_marks() -> None:
    text = (resources.folder("grammars") / "phrase.lark").read_text(encoding="utf-8")
    rules = re.findall(r"^(?:marker|punctuation):((?:.|\n {6})*)", text, re.MULTILINE)
    assert sorted(phrases._APART) == sorted(
        name for rule in rules for name in re.split(r"[|\s]+", rule) if name
    )


Place = tuple[str, str, int, int]


def lexed(text: str) -> list[Place]:
    """The tokens of a sentence: kind, words, place."""
    return [(one.type, str(one), one.start_pos, one.end_pos) for one in phrases._parser().lex(text)]


def test_what_says_nothing_is_a_token_only_between_two_that_might_belong_together() -> None:
    """And of several in a row the first."""
    assert lexed("民群众35个民群众整改，民群众整改、民群众") == [
        ("ARABIC", "35", 3, 5),
        ("UNIT", "个", 5, 6),
        ("STRAY", "民", 6, 7),
        ("CORE", "整改", 9, 11),
        ("COMMA", "，", 11, 12),
        ("CORE", "整改", 15, 17),
        ("ENUMERATION", "、", 17, 18),
    ]
    assert [kind for kind, *_ in lexed("3民。的群1")] == ["ARABIC", "STOP", "LINK", "STRAY", "ARABIC"]
    assert lexed("") == lexed("民群众") == []


def nodes(node: Any) -> Any:
    return (
        (node.data, [nodes(child) for child in node.children]) if isinstance(node, tables.Tree) else str(node)
    )


def test_a_tree_tells_its_tokens_in_order() -> None:
    tree = date_points._parser().parse("2024年3月5日至4月30日")
    assert nodes(tree) == (
        "start",
        [("range", [("full", ["2024年", "3月", "5日"]), ("end", [("date", ["4月", "30日"])])])],
    )
    tokens = tree.tokens()
    assert [(str(one), one.type, one.start_pos, one.end_pos) for one in tokens] == [
        ("2024年", "YEAR", 0, 5),
        ("3月", "MONTH", 5, 7),
        ("5日", "DAY", 7, 9),
        ("4月", "MONTH", 10, 12),
        ("30日", "DAY", 12, 15),
    ]


@pytest.mark.parametrize(
    ("text", "offset"), [("〔2023〕x12号", 6), ("〔2023〕12", 8), ("〔2023〕12号号", 9), ("", 0), ("x", 0)]
)
def test_where_a_text_is_not_taken(text: str, offset: int) -> None:
    with pytest.raises(tables.UnexpectedError) as raised:
        names.mention_parser().parse(text, "document_number")
    assert (raised.value.offset, str(raised.value)) == (offset, f"unexpected input at {offset}")


def test_tokens_may_be_read_without_a_text() -> None:
    kinds = ("ARABIC", "UNIT", "PROBLEM")
    tree = phrases._parser().read(tables.Token(kind, "", place, place) for place, kind in enumerate(kinds))
    assert nodes(tree) == ("start", [("group", [("subject", [("quantity", ["", "", ""])])])])
    with pytest.raises(tables.UnexpectedError) as raised:
        phrases._parser().read(iter([tables.Token("CORE", "", 4, 5), tables.Token("YEAR2", "", 7, 8)]))
    assert raised.value.offset == 7
    plain_token = tables.Token("CORE", "整改")
    assert (plain_token, plain_token.type, plain_token.start_pos, plain_token.end_pos) == (
        "整改",
        "CORE",
        0,
        0,
    )
