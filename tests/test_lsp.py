"""``zhenggai lsp``, asked over standard input and output as an editor asks it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("pygls", reason="the language server needs pygls (extra lsp)")

from lsprotocol import types

from checker import check
from checker.lsp.drafts import Options, options_from
from checker.lsp.places import offset_of, position_of, units
from checker.source import Source
from tests.lsp_client import ABLE, COMMAND, ROOT, Editor, applied, project

DRAFT = """\
关于巡察整改进展情况的通报
一、整改总体情况
𠮷区教育局认真疏理问题。反馈问题35个，已完成整改33个，正在整改3个。
二、逐项整改情况
（一）关于学习不够深入的问题。已完成整改。
（二）关于制度不够健全的问题。已完成整改。
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project(tmp_path_factory.mktemp("项目"))


@pytest.fixture(scope="module")
def editor(compiled: None, folder: Path) -> Iterator[Editor]:
    """One for all that need no editor that can do less, or a server of their own."""
    able = {"window": {"showDocument": {"support": True}}, "general": {"positionEncodings": ["utf-16"]}}
    one = Editor([folder], {**ABLE, **able})
    yield one
    assert one.quit() == 0


def at(line: int, start: int, end: int) -> types.Range:
    return types.Range(types.Position(line, start), types.Position(line, end))


def shown(found: list[types.Diagnostic]) -> list[tuple[types.Range, str | int | None, str]]:
    return [(one.range, one.code, one.message) for one in found]


def doc(uri: str) -> types.TextDocumentIdentifier:
    return types.TextDocumentIdentifier(uri)


# --- findings --------------------------------------------------------------------------------------------


def test_findings_are_told_on_opening_with_utf_16_columns(editor: Editor, folder: Path) -> None:
    assert editor.server.capabilities.position_encoding == "utf-16"
    uri = (folder / "打开.txt").as_uri()
    found = editor.open(uri, DRAFT)
    assert shown(found) == [
        (at(2, 8, 10), "demo.word", "“疏理”应为“梳理”"),
        (at(2, 15, 20), "demo.sum", "共35，相加为36"),
    ]
    assert [(one.severity, one.source) for one in found] == [
        (types.DiagnosticSeverity.Warning, "zhenggai"),
        (types.DiagnosticSeverity.Error, "zhenggai"),
    ]
    assert found[0].related_information is None
    assert found[1].related_information is not None
    assert [(one.location, one.message) for one in found[1].related_information] == [
        (types.Location(uri, at(2, 21, 29)), "其中一类"),
        (types.Location(uri, at(2, 30, 36)), "其中一类"),
    ]


def test_a_change_is_checked_and_closing_takes_all_away(editor: Editor, folder: Path) -> None:
    uri = (folder / "改.txt").as_uri()
    assert len(editor.open(uri, DRAFT)) == 2
    editor.change(uri, 2, DRAFT.replace("疏理", "梳理"))
    assert [one.code for one in editor.until(uri, 2)] == ["demo.sum"]
    count = len(editor.told)
    editor.close(uri)
    assert editor.until(uri, None, count) == []


def test_of_many_changes_the_newest_is_told_and_no_older_one_after_it(editor: Editor, folder: Path) -> None:
    uri = (folder / "快.txt").as_uri()
    editor.open(uri, DRAFT)
    count = len(editor.told)
    for version in range(2, 40):
        editor.change(uri, version, DRAFT + "补" * version)
    editor.until(uri, 39, count)
    versions = [one.version or 0 for one in editor.told[count:] if one.uri == uri]
    assert versions == sorted(versions)
    assert len(versions) < 20


def test_the_same_is_found_as_on_the_command_line(editor: Editor, folder: Path, tmp_path: Path) -> None:
    for name in ("劣-数目不符.txt", "良-分类编号.md"):
        path = ROOT / "examples" / name
        text = path.read_text(encoding="utf-8")
        told = editor.open((tmp_path / name).as_uri(), text)
        assert [(one.range.start.line + 1, one.range.start.character + 1, one.code) for one in told] == [
            (one.start.line, one.start.column, one.rule) for one in check(path)
        ]


@pytest.mark.parametrize("name", ["zhenggai.yaml", "页.html", "规则.yaml", "空.txt"])
def test_nothing_is_said_of_what_is_no_draft(editor: Editor, tmp_path: Path, name: str) -> None:
    assert editor.open((tmp_path / name).as_uri(), "" if name == "空.txt" else "疏理") == []


def test_a_text_with_no_file_is_checked_as_if_it_lay_in_the_folder(editor: Editor) -> None:
    assert [one.code for one in editor.open("untitled:Untitled-1", DRAFT, "markdown")] == [
        "demo.word",
        "demo.sum",
    ]


def test_two_folders_have_their_own_configurations(tmp_path: Path) -> None:
    first = project(tmp_path / "甲")
    second = project(tmp_path / "乙", "severity: {demo.sum: info}\nignore: [demo.word]\n")
    editor = Editor([first, second], options={"lang": "en"})
    found = [editor.open((place / "通报.txt").as_uri(), DRAFT) for place in (first, second)]
    assert [[(one.code, one.severity) for one in one_folder] for one_folder in found] == [
        [("demo.word", types.DiagnosticSeverity.Warning), ("demo.sum", types.DiagnosticSeverity.Error)],
        [("demo.sum", types.DiagnosticSeverity.Information)],
    ]
    assert found[1][0].message == "35 in all, 36 added up"
    assert editor.quit() == 0


@pytest.mark.parametrize(("encoding", "column", "politely"), [("utf-8", 22, True), ("utf-32", 7, False)])
def test_columns_are_counted_as_agreed_on(folder: Path, encoding: str, column: int, politely: bool) -> None:
    """And a server that is left without a word ends."""
    editor = Editor([folder], {**ABLE, "general": {"positionEncodings": [encoding, "utf-16"]}})
    assert editor.server.capabilities.position_encoding == encoding
    uri = (folder / "编码.txt").as_uri()
    found = editor.open(uri, DRAFT)
    assert found[0].range.start == types.Position(2, column)
    (fix,) = [one for one in editor.actions(uri, found[0].range, found) if one.is_preferred]
    assert fix.edit is not None and fix.edit.document_changes is not None
    (change,) = fix.edit.document_changes
    assert isinstance(change, types.TextDocumentEdit)
    assert applied(DRAFT, change.edits, encoding) == DRAFT.replace("疏理", "梳理")
    assert editor.quit(politely=politely) == (0 if politely else 1)


# --- questions -------------------------------------------------------------------------------------------


def test_hover_shows_the_page_of_the_rule(editor: Editor, folder: Path) -> None:
    uri = (folder / "悬停.txt").as_uri()
    editor.open(uri, DRAFT)
    found = editor.ask("text_document_hover", types.HoverParams(doc(uri), types.Position(2, 9)))
    assert found.range == at(2, 8, 10)
    assert found.contents.kind == types.MarkupKind.Markdown
    assert found.contents.value == (
        "**demo\\.word · 警告**\n\n“疏理”应为“梳理”\n\n**为什么**  \n归类用\\*梳\\*。\n\n**依据**  \n词典。\n\n"
        "**错的例子**\n```text\n认真⟦疏理⟧问题。\n```\n\n**对的例子**\n```text\n认真梳理问题。\n```"
    )
    nothing = editor.ask("text_document_hover", types.HoverParams(doc(uri), types.Position(0, 3)))
    assert nothing is None


def test_from_a_total_to_its_parts_and_back(editor: Editor, folder: Path) -> None:
    uri = (folder / "数.txt").as_uri()
    editor.open(uri, DRAFT)
    total, first, second = at(2, 15, 20), at(2, 21, 29), at(2, 30, 36)
    for column, places in ((17, [first, second]), (28, [total]), (31, [total]), (9, [])):
        params = types.DefinitionParams(doc(uri), types.Position(2, column))
        found = editor.ask("text_document_definition", params) or []
        assert [one.range for one in found] == places


def test_the_outline_and_its_folds(editor: Editor, folder: Path) -> None:
    uri = (folder / "提纲.txt").as_uri()
    editor.open(uri, DRAFT)
    tree = editor.ask("text_document_document_symbol", types.DocumentSymbolParams(doc(uri)))
    assert [
        (one.name, one.range.start.line, one.range.end.line, len(one.children or ())) for one in tree
    ] == [
        ("关于巡察整改进展情况的通报", 0, 0, 0),
        ("一、整改总体情况", 1, 2, 0),
        ("二、逐项整改情况", 3, 5, 2),
    ]
    folds = editor.ask("text_document_folding_range", types.FoldingRangeParams(doc(uri)))
    assert [(one.start_line, one.end_line) for one in folds] == [(1, 2), (3, 5)]


def test_hints_are_shown_when_asked_for(editor: Editor, folder: Path) -> None:
    uri = (folder / "提示.txt").as_uri()
    editor.open(uri, DRAFT)
    params = types.InlayHintParams(doc(uri), types.Range(types.Position(0, 0), types.Position(9, 0)))
    assert editor.ask("text_document_inlay_hint", params) is None
    settings = types.DidChangeConfigurationParams({"zhenggai": {"inlayHints": True}})
    editor.call("workspace_did_change_configuration", settings)
    found = editor.ask("text_document_inlay_hint", params)
    assert [(one.position, one.label, one.tooltip) for one in found][:1] == [
        (types.Position(2, 20), "≠ 各项之和 36", "不符")
    ]
    settings = types.DidChangeConfigurationParams({"zhenggai": {"lang": "en"}})
    editor.call("workspace_did_change_configuration", settings)
    found = editor.ask("text_document_inlay_hint", params)
    assert (found[0].label, found[0].tooltip) == ("≠ sum of parts 36", "disagree")
    settings = types.DidChangeConfigurationParams({"zhenggai": {"inlayHints": False, "lang": "zh"}})
    editor.call("workspace_did_change_configuration", settings)
    assert editor.ask("text_document_inlay_hint", params) is None


def test_an_old_editor_gets_what_it_understands(folder: Path) -> None:
    editor = Editor([folder], {"textDocument": {"hover": {"contentFormat": ["plaintext"]}}})
    uri = (folder / "旧.txt").as_uri()
    found = editor.open(uri, DRAFT)
    assert [one.related_information for one in found] == [None, None]
    hover = editor.ask("text_document_hover", types.HoverParams(doc(uri), types.Position(2, 8)))
    assert hover.contents.kind == types.MarkupKind.PlainText
    assert hover.contents.value.startswith("demo.word · 警告\n\n“疏理”应为“梳理”\n\n为什么\n归类用*梳*。")
    flat = editor.ask("text_document_document_symbol", types.DocumentSymbolParams(doc(uri)))
    assert [one.name for one in flat][1:3] == ["一、整改总体情况", "二、逐项整改情况"]
    assert {one.container_name for one in flat[3:]} == {"二、逐项整改情况"}
    edit = editor.actions(uri, found[0].range)[0].edit
    assert edit is not None and edit.document_changes is None
    assert edit.changes == {uri: (types.TextEdit(found[0].range, "梳理"),)}
    assert editor.quit() == 0


# --- actions ---------------------------------------------------------------------------------------------


def test_a_safe_correction_and_all_of_them(editor: Editor, folder: Path) -> None:
    uri = (folder / "改正.txt").as_uri()
    text = DRAFT + "再次疏理台账。\n"
    found = editor.open(uri, text)
    first, sums, last = found
    fix, accept = editor.actions(uri, first.range, [first], ["quickfix"])
    assert (fix.title, fix.is_preferred, fix.diagnostics) == ("改为“梳理”", True, (first,))
    assert accept.title == "接受 demo.word：在 zhenggai.yaml 的 allow 里记一条，理由请自己填"
    assert fix.edit is not None and fix.edit.document_changes is not None
    (change,) = fix.edit.document_changes
    assert isinstance(change, types.TextDocumentEdit)
    assert (change.text_document.uri, change.text_document.version) == (uri, 1)
    assert applied(text, change.edits) == text.replace("疏理", "梳理", 1)
    assert [one.kind for one in editor.actions(uri, sums.range, [sums])] == [
        "quickfix",
        "source.fixAll.zhenggai",
    ]
    (both,) = editor.actions(uri, last.range, [last], ["source.fixAll"])
    assert both.title == "改正所有可以放心改的（2 处）"
    assert both.edit is not None and both.edit.document_changes is not None
    (change,) = both.edit.document_changes
    assert isinstance(change, types.TextDocumentEdit)
    assert applied(text, change.edits) == text.replace("疏理", "梳理")


def accepted(editor: Editor, uri: str, found: types.Diagnostic) -> types.CodeAction:
    offered = editor.actions(uri, found.range, [found], ["quickfix"])
    (one,) = [one for one in offered if one.title.startswith(f"接受 {found.code}：")]
    return one


def test_accepting_writes_an_entry_that_then_holds(editor: Editor, tmp_path: Path) -> None:
    home = project(tmp_path / "家", "# 注释\nfail-on: error\n")
    config = home / "zhenggai.yaml"
    uri = (home / "下" / "通报.txt").as_uri()
    found = editor.open(uri, DRAFT)
    action = accepted(editor, uri, found[0])
    assert action.edit is not None and action.edit.document_changes is not None
    (change,) = action.edit.document_changes
    assert isinstance(change, types.TextDocumentEdit)
    assert change.text_document.uri == config.as_uri()
    old = config.read_text(encoding="utf-8")
    assert change.edits[0].range.end.line < len(old.splitlines())  # some editors know no place behind it
    new = applied(old, change.edits)
    assert new == old + (
        'allow:\n  - rule: demo.word\n    text: "𠮷区教育局认真疏理问题。反馈问题3"\n'
        '    reason: "待填写：为什么可以这样写"\n    path: "下/通报.txt"\n'
    )
    # a second one before the first is saved: the server goes by what the editor has open
    editor.open(config.as_uri(), new, "yaml")
    again = accepted(editor, uri, found[1])
    assert again.edit is not None and again.edit.document_changes is not None
    (change,) = again.edit.document_changes
    assert isinstance(change, types.TextDocumentEdit)
    newer = applied(new, change.edits)
    assert newer.count("allow:") == 1 and newer.startswith(new)
    assert again.command is not None
    editor.ask(
        "workspace_execute_command",
        types.ExecuteCommandParams(again.command.command, again.command.arguments),
    )
    (asked,) = editor.shown
    assert asked.selection is not None
    line = newer.split("\n")[asked.selection.start.line]
    assert line[asked.selection.start.character : asked.selection.end.character] == "待填写：为什么可以这样写"
    # saved, it holds at once
    config.write_text(newer, encoding="utf-8")
    count = len(editor.told)
    editor.call("text_document_did_save", types.DidSaveTextDocumentParams(doc(config.as_uri())))
    assert editor.until(uri, 1, count) == []


def test_accepting_makes_a_configuration_where_there_is_none(editor: Editor, tmp_path: Path) -> None:
    here = types.WorkspaceFolder(tmp_path.as_uri(), "无")
    change = types.WorkspaceFoldersChangeEvent([here], [])
    editor.call("workspace_did_change_workspace_folders", types.DidChangeWorkspaceFoldersParams(change))
    uri = (tmp_path / "下" / "通报.txt").as_uri()
    found = editor.open(uri, "关于整改情况的通报\n截止目前，已经完成。\n")
    action = accepted(editor, uri, found[0])
    assert action.edit is not None and action.edit.document_changes is not None
    made, change = action.edit.document_changes
    assert isinstance(made, types.CreateFile) and isinstance(change, types.TextDocumentEdit)
    assert made.uri == change.text_document.uri == (tmp_path / "zhenggai.yaml").as_uri()
    assert change.edits[0].new_text.startswith("allow:\n  - rule: ") and change.edits[0].range == at(0, 0, 0)


# --- settings --------------------------------------------------------------------------------------------


def test_a_configuration_that_changes_on_disk_is_in_force_with_the_next_key(
    editor: Editor, tmp_path: Path
) -> None:
    home = project(tmp_path / "家")
    uri = (home / "通报.txt").as_uri()
    assert len(editor.open(uri, DRAFT)) == 2
    config = home / "zhenggai.yaml"
    config.write_text(config.read_text(encoding="utf-8") + "ignore: [demo.sum]\n", encoding="utf-8")
    editor.change(uri, 2, DRAFT + "。")
    assert [one.code for one in editor.until(uri, 2)] == ["demo.word"]
    rules = home / "rules" / "demo.yaml"
    rules.write_text(rules.read_text(encoding="utf-8").replace("梳理", "整理"), encoding="utf-8")
    count = len(editor.told)
    event = types.FileEvent(rules.as_uri(), types.FileChangeType.Changed)
    editor.call("workspace_did_change_watched_files", types.DidChangeWatchedFilesParams([event]))
    assert [one.message for one in editor.until(uri, 2, count)] == ["“疏理”应为“整理”"]


def test_a_faulty_configuration_is_told_in_the_draft_and_where_it_is_faulty(
    editor: Editor, tmp_path: Path
) -> None:
    (tmp_path / "zhenggai.yaml").write_text("selekt: [count]\n", encoding="utf-8")
    (found,) = editor.open((tmp_path / "通报.txt").as_uri(), DRAFT)
    assert found.range == at(0, 0, 13)
    assert "zhenggai.yaml:1:1: " in found.message and "selekt" in found.message
    assert found.related_information is not None
    place = types.Location((tmp_path / "zhenggai.yaml").as_uri(), at(0, 0, 0))
    assert [one.location for one in found.related_information] == [place]


@pytest.mark.parametrize(
    "given_options",
    [None, 3, [], "x", {"zhenggai": 4}, {"lang": "fr"}, {"inlayHints": "yes"}, {"config": 7}, {"x": {}}],
)
def test_settings_that_make_no_sense_are_passed_over(given_options: object) -> None:
    assert options_from(given_options, Options("en", True)) == Options("en", True)


# --- what should not happen -----------------------------------------------------------------------------


def test_garbage_is_survived(editor: Editor, folder: Path) -> None:
    uri = (folder / "垃圾.txt").as_uri()
    editor.open(uri, DRAFT)
    for body in (
        b"{",
        b"[]",
        b"7",
        b"\xff\xfe",
        b'"x"',
        b'{"jsonrpc":"2.0"}',
        b'{"jsonrpc":"2.0","id":{},"method":3}',
    ):
        editor.raw(body)
    editor.bytes(b"Garbage: yes\r\n\r\n")
    for method, params in (
        (
            "textDocument/didChange",
            {"textDocument": {"uri": "file:///nowhere", "version": 9}, "contentChanges": []},
        ),
        ("textDocument/didClose", {"textDocument": {"uri": "file:///nowhere"}}),
        (
            "textDocument/didOpen",
            {"textDocument": {"uri": "file://[", "languageId": "x", "version": 1, "text": "x"}},
        ),
        ("textDocument/didOpen", {"textDocument": None}),
        ("workspace/didChangeWatchedFiles", {"changes": [{"uri": "::", "type": 1}]}),
        ("no/such", {}),
    ):
        editor.raw(json.dumps({"jsonrpc": "2.0", "method": method, "params": params}).encode())
    far = types.Position(2_000_000_000, 2_000_000_000)
    assert editor.ask("text_document_hover", types.HoverParams(doc(uri), far)) is None
    assert editor.actions(uri, types.Range(far, types.Position(0, 0))) is not None
    assert editor.ask("text_document_hover", types.HoverParams(doc("file:///nowhere"), far)) is None
    with pytest.raises(Exception, match=r"(?i)invalid"):
        editor.ask("workspace_execute_command", types.ExecuteCommandParams("no.such"))
    assert len(editor.open((folder / "后来.txt").as_uri(), DRAFT)) == 2


def test_a_request_that_makes_no_sense_is_answered() -> None:
    """Spoken by hand: the client above would not send such a thing."""
    messages = (
        {"jsonrpc": "2.0", "id": 1, "method": "textDocument/hover", "params": {"textDocument": 3}},
        {"jsonrpc": "2.0", "method": "exit"},
    )
    bodies = [json.dumps(one).encode() for one in messages]
    data = b"".join(b"Content-Length: %d\r\n\r\n%s" % (len(body), body) for body in bodies)
    done = subprocess.run(COMMAND, input=data, capture_output=True, cwd=ROOT, timeout=90, check=False)
    assert done.returncode == 1  # exit without shutdown
    answer = json.loads(done.stdout.partition(b"\r\n\r\n")[2])
    assert (answer["id"], answer["error"]["code"]) == (1, -32602)


def test_lone_surrogates_and_strange_line_ends_do_no_harm(editor: Editor, folder: Path) -> None:
    uri = (folder / "怪.txt").as_uri()
    found = editor.open(uri, "通报\u2028\x0c\x85\ud800\r\n甲\r乙\U0001f600疏理\n")
    assert shown(found) == [(at(2, 3, 5), "demo.word", "“疏理”应为“梳理”")]


def test_markup_in_a_draft_is_text_on_hover(editor: Editor, tmp_path: Path) -> None:
    home = project(tmp_path / "家")
    rules = home / "rules" / "demo.yaml"
    wild = "![x](http://x.example)<b>`"
    rules.write_text(
        rules.read_text(encoding="utf-8").replace("{疏理: 梳理}", json.dumps({wild: "x"}), 1)
        .replace("认真⟦疏理⟧问题", f"认真⟦{wild}⟧问题").replace('["认真⟦', "['认真⟦").replace('⟧问题。"]', "⟧问题。']"),
        encoding="utf-8",
    )  # fmt: skip
    uri = (home / "通报.txt").as_uri()
    found = editor.open(uri, f"通报\n认真{wild}问题。\n")
    assert [one.code for one in found] == ["demo.word"], found
    hover = editor.ask("text_document_hover", types.HoverParams(doc(uri), types.Position(1, 3)))
    message = hover.contents.value.split("\n\n")[1]
    assert message == r"“\!\[x\]\(http://x\.example\)\<b\>\`”应为“x”"


def test_without_the_extra_it_says_what_to_install() -> None:
    code = (
        "import sys; sys.modules['pygls'] = None; sys.modules['lsprotocol'] = None\n"
        "from checker.cli import main; sys.exit(main(['lsp', '--lang', 'en']))"
    )
    done = subprocess.run(
        (sys.executable, "-c", code), capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "pip install 'zhenggai[lsp]'" in done.stderr


# --- places ----------------------------------------------------------------------------------------------

TEXTS = st.text(st.sampled_from("甲a𠮷\U0001f600é\r\n\u2028\x0c"), max_size=40)
ENCODINGS = st.sampled_from(["utf-8", "utf-16", "utf-32"])


@given(TEXTS, ENCODINGS, st.data())
def test_every_place_is_there_and_back(text: str, encoding: str, data: st.DataObject) -> None:
    source = Source("a.txt", text)
    offset = data.draw(st.integers(0, len(text)))
    position = position_of(source, offset, encoding)
    inside = offset <= source.line_span(position.line + 1).end
    assert offset_of(source, position, encoding) == (
        offset if inside else source.line_span(position.line + 1).end
    )
    codec, size = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}[encoding]
    assert units(text[:offset], encoding) * size == len(text[:offset].encode(codec))
    assert position.line == len(text[:offset].replace("\r\n", "\n").replace("\r", "\n").split("\n")) - 1 - (
        text[offset - 1 : offset + 1] == "\r\n"
    )


@given(TEXTS, ENCODINGS, st.integers(0, 60), st.integers(0, 90))
def test_any_position_means_a_place_in_the_text(text: str, encoding: str, line: int, character: int) -> None:
    source = Source("a.txt", text)
    assert 0 <= offset_of(source, types.Position(line, character), encoding) <= len(text)
