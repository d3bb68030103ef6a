"""Rule files: what is refused and how, what is read, and how rules are selected."""

from __future__ import annotations

import json
import marshal
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from checker import caching
from checker.diagnostics import CheckerError, Severity
from checker.linter import lint
from checker.rule_files import RuleFileError, Scalar, locate, parse_tree
from checker.rules import RuleSet, compile_rules, load_plain, load_rules
from checker.words import find
from tests.documents import document, faults, rule, ruleset

HOLDS = "assert: report.text == ''"

REFUSED = {
    "unknown key": (
        rule(f"{HOLDS}\nwehn: true"),
        ["9:3 不认识的键 wehn，是否想写 when | unknown key wehn; did you mean when?"],
    ),
    "duplicate key": (
        rule(f"{HOLDS}\n{HOLDS}"),
        ["9:3 键 assert 重复，第 8 行已有 | duplicate key assert, first on line 8"],
    ),
    "duplicate id": (
        rule(HOLDS) + rule(HOLDS),
        ["9:7 规则名 demo.rule 重复，own.yaml:1 已有 | duplicate id demo.rule, first at own.yaml:1"],
    ),
    "nothing but an id": (
        "- id: a.b\n",
        [
            "1:3 a.b 缺少 severity | a.b has no severity",
            "1:3 a.b 缺少 why | a.b has no why",
            "1:3 a.b 缺少 basis | a.b has no basis",
            "1:3 a.b 缺少 bad | a.b has no bad",
            "1:3 a.b 缺少 good | a.b has no good",
            "1:3 缺少 message（zh 和 en） | no message (zh and en)",
            "1:3 须有且只有 assert、replace、forbid 之一 | exactly one of assert, replace and forbid is wanted",
        ],
    ),
    "no id": (rule(HOLDS).replace("- id: demo.rule\n  s", "- s"), ["1:3 规则 缺少 id | a rule has no id"]),
    "id of no form": (
        rule(HOLDS, "Demo"),
        [
            "1:7 规则名 Demo 不合格式：应是“族.名”，小写字母、数字、连字符，如 count.partition | Demo is no rule id: family.name in small letters, digits and hyphens, as count.partition"
        ],
    ),
    "severity": (
        rule(HOLDS, severity="warn"),
        [
            "2:13 severity 应是 error、warning 或 info，不是 warn，是否想写 warning | severity must be error, warning or info, not warn; did you mean warning?"
        ],
    ),
    "no English": (rule(HOLDS, message="{zh: 甲}"), ["7:12 缺少 en | en is missing"]),
    "empty text": (rule(HOLDS, message="{zh: 甲, en: ''}"), ["7:24 这里是空的 | this is empty"]),
    "message of a wrong type": (
        rule(HOLDS, message="[甲]"),
        ["7:12 这里应是 {zh: …, en: …} | here {zh: …, en: …} is wanted"],
    ),
    "placeholder": (
        rule(HOLDS, message="{zh: 甲, en: 'of {report.gener}'}"),
        [
            "7:36 Document没有字段“gener”，是否指“genre”？ | Document has no field 'gener'; did you mean 'genre'?"
        ],
    ),
    "brace": (
        rule(HOLDS, message="'{x'"),
        ["7:13 “{”没有闭合（文字中写作“{{”） | unclosed '{' (write '{{' for the sign)"],
    ),
    "bad without a mark": (
        rule(HOLDS, bad="[甲乙]"),
        ["5:9 bad 示例里没有用 ⟦ ⟧ 标出应报的地方 | a bad example marks the place to be found in ⟦ ⟧"],
    ),
    "bad with half a mark": (rule(HOLDS, bad="[甲⟦乙]"), ["5:9 ⟦ ⟧ 没有配对 | ⟦ and ⟧ do not pair"]),
    "bad with an empty mark": (rule(HOLDS, bad="[甲⟦⟧]"), ["5:9 ⟦ ⟧ 里是空的 | nothing stands in ⟦ ⟧"]),
    "good with a mark": (
        rule(HOLDS, good="[⟦甲⟧]"),
        ["6:10 good 示例里不应有 ⟦ ⟧ | a good example has no ⟦ ⟧"],
    ),
    "no good": (rule(HOLDS, good="[]"), ["6:9 至少要有一个示例 | at least one example is wanted"]),
    "expression": (
        rule("assert: report.genre = ''"),
        ["8:24 此处不应有“=”：相等写作“==” | unexpected '=': equality is '=='"],
    ),
    "expression over lines": (
        rule(
            "for: t in report.tallies\nassert: |\n  t.exhaustive ||\n    t.totl == null\nwhen: >-\n  t.exhaustive\n  && t.nothing"
        ),
        [
            "11:9 Tally没有字段“totl”，是否指“total”？ | Tally has no field 'totl'; did you mean 'total'?",
            "14:10 Tally没有字段“nothing” | Tally has no field 'nothing'",
        ],
    ),
    "expression in quotes": (
        rule("assert: 'report.text == ''a'' + report.txt'"),
        ["8:42 Document没有字段“txt”，是否指“text”？ | Document has no field 'txt'; did you mean 'text'?"],
    ),
    "condition of a wrong type": (
        rule("assert: report.genre"),
        ["8:11 这里应是真假（bool），不是字符串 | a bool is wanted here, not string"],
    ),
    "at nothing": (
        rule(f"{HOLDS}\nat: report.genre"),
        [
            "9:7 at 要的是有位置（span）的结点，不是字符串 | at wants a node that has a place (span), not string"
        ],
    ),
    "see nothing": (
        rule(f"{HOLDS}\nsee: report.genre"),
        [
            "9:8 see 要的是有位置（span）的结点，或这样的列表，不是字符串 | see wants nodes that have a place (span), not string"
        ],
    ),
    "for no list": (
        rule("for: t in report.genre\nassert: 'true'"),
        ["8:13 for 要的是列表（list），不是字符串 | for wants a list, not string"],
    ),
    "for of no form": (
        rule("for: t in report.tallies, u of report.dates\nassert: 'true'"),
        [
            "8:8 for 应写作“名字 in 列表”，此处是“u of report.dates” | for is written “name in list”, here stands “u of report.dates”"
        ],
    ),
    "for of a chain": (
        rule("for: s in report.series, h in s.itms\nassert: 'true'"),
        ["8:35 Series没有字段“itms”，是否指“items”？ | Series has no field 'itms'; did you mean 'items'?"],
    ),
    "names taken": (
        rule(
            "for: report in report.dates, d in report.dates, d in report.dates\nlet: {d: '1', it: '2', 数: '3'}\nassert: 'true'"
        ),
        [
            "8:8 变量名 report 已有他用 | the name report is taken",
            "8:8 变量名 d 已有他用 | the name d is taken",
            "9:13 变量名 d 已有他用 | the name d is taken",
            "9:17 变量名 it 已有他用 | the name it is taken",
            "9:26 数 不能作变量名 | 数 cannot be a name",
        ],
    ),
    "true is not yes": (
        rule(f"{HOLDS}\nfix: {{replace: 甲, safe: yes}}"),
        ["9:27 这里应是 true 或 false | true or false is wanted"],
    ),
    "no checks": (rule("checks: []"), ["8:11 checks 应是检查的列表 | checks must be a list of checks"]),
    "faulty checks": (
        rule(f"checks:\n  - {{{HOLDS}, severity: bad}}\n  - {{asert: x}}\n  - 5\nwhen: 'true'"),
        [
            "9:45 severity 应是 error、warning 或 info，不是 bad | severity must be error, warning or info, not bad",
            "10:7 须有且只有 assert、replace、forbid 之一 | exactly one of assert, replace and forbid is wanted",
            "10:8 不认识的键 asert，是否想写 assert | unknown key asert; did you mean assert?",
            "11:7 这里应是一项检查（for、assert、…） | here a check is wanted (for, assert, …)",
            "12:3 有 checks 时，when 写在各项检查里 | with checks, when belongs to each of them",
        ],
    ),
    "words and assert": (
        rule("replace: {甲: 乙}\nat: report"),
        ["9:3 at 不与 replace 同用 | at does not go with replace"],
    ),
    "words": (
        rule(
            "replace: {甲: 甲, 乙: '', 丙: [x]}\nin: [paragraf, heading]\nexcept: [丁]", message="'{sense}'"
        ),
        [
            "7:14 未知的变量“sense” | unknown variable 'sense'",
            "8:13 甲 与正确写法相同 | 甲 is its own correction",
            "8:22 这里是空的 | this is empty",
            "8:29 这里应是文字（含花括号时加引号） | a text is wanted (quote it if it has braces)",
            "9:8 没有“paragraf”这种段落，是否想写 paragraph | paragraf is no kind of paragraph; did you mean paragraph?",
            "10:12 except 里的“丁”不含任何所查的词，不会起作用 | “丁” holds none of the words, so it excepts nothing",
        ],
    ),
    "word twice": (rule("forbid: [甲, 乙, 甲]"), ["8:18 甲 重复，第 8 行已有 | 甲 stands on line 8 already"]),
    "word with no correction": (
        rule("replace: [{wrong: 甲}]"),
        ["8:21 甲 没有正确写法（right） | no right form for 甲"],
    ),
    "key of a word": (
        rule("replace: [{wrong: 甲, right: 乙, excpt: 甲乙}]"),
        ["8:34 不认识的键 excpt，是否想写 except | unknown key excpt; did you mean except?"],
    ),
    "patterns": (
        rule(r"forbid: {patterns: ['(a', '(?=x)', 'a*', '(a)\1', '([ab]+)+c']}"),
        [
            "8:23 正则表达式有误：缺少“)” | invalid pattern: missing ')'",
            "8:29 正则表达式有误：不支持“(?=x”（断言、条件等） | invalid pattern: '(?=x' is not supported (lookaround, conditions and the like)",
            "8:38 正则表达式连空文字也匹配 | the pattern matches even the empty text",
            r"8:44 正则表达式有误：不支持反向引用\1 | invalid pattern: back-references (\1) are not supported",
        ],
    ),
    "lexicon outside": (
        rule("forbid: {lexicon: ../typos}"),
        ["8:21 词表名 ../typos 不合格式 | ../typos is no name of a lexicon"],
    ),
    "lexicon missing": (rule("forbid: {lexicon: typo}"), ["8:21 没有词表 typo | there is no lexicon typo"]),
    "no list": (
        "id: a.b\n",
        ["1:1 规则文件应是规则的列表（每条以“- id:”开头） | a rule file is a list of rules (“- id: …”)"],
    ),
    "no rule": (
        f"- 甲\n{rule(HOLDS)}",
        ["1:3 这里应是一条规则（id、severity、…） | here a rule is wanted (id, severity, …)"],
    ),
    "tab": (
        "- id: a.b\n\tseverity: error\n",
        ["2:1 YAML 写法有误：缩进不能用制表符，请改用空格 | YAML: tabs cannot indent; use spaces"],
    ),
    "indentation": (
        "- id: a.b\n   severity: error\n",
        [
            "2:12 YAML 写法有误：此处不能再有“键: 值”：缩进有误，或文字里的冒号须加引号 | YAML: no key: value here: wrong indentation, or a colon in a text that needs quotes"
        ],
    ),
    "dedentation": (
        "- - a\n b\n",
        ["2:2 YAML 写法有误：缩进与上文不一致 | YAML: indentation does not agree with the lines above"],
    ),
    "open quote": (
        "- id: 'a\n",
        ["2:1 YAML 写法有误：引号没有收尾 | YAML: a quotation mark is never closed"],
    ),
    "open bracket": ("- bad: [a, b\n", ["2:1 YAML 写法有误：括号没有收尾 | YAML: a bracket is never closed"]),
    "bare brace": (
        "- {zh: 共{t}个}\n",
        [
            "1:9 YAML 写法有误：括号里的文字须加引号，或缺逗号 | YAML: a text inside brackets needs quotes, or a comma is missing"
        ],
    ),
    "bare sign": (
        "- @x\n",
        [
            "1:3 YAML 写法有误：以这个字符开头的文字须加引号 | YAML: a text that begins with this character needs quotes"
        ],
    ),
    "escape": (
        '- "\\q"\n',
        [
            "1:5 YAML 写法有误：双引号里的反斜杠写法有误，可改用单引号 | YAML: a wrong escape in double quotes; use single quotes"
        ],
    ),
    "control character": (
        "- a\n- \x07\n",
        ["2:3 YAML 写法有误：有不可见的控制字符 | YAML: a control character"],
    ),
    "alias": (
        "- &a [x]\n- *a\n",
        [
            "1:3 不接受 YAML 的锚点与别名（& 和 *）；以 & * 开头的文字须加引号 | anchors and aliases (& and *) are refused"
        ],
    ),
    "tag": (
        "- !!python/name:os.system x\n",
        ["1:3 不接受 YAML 标签（!）；以 ! 开头的文字须加引号 | tags (!) are refused"],
    ),
    "two documents": (
        "- a\n---\n- b\n",
        ["2:1 一个文件里只能有一份 YAML 文档 | more than one YAML document"],
    ),
    "depth": ("[" * 50_000, ["1:26 规则文件太大或层次太深 | this rule file is too large or too deep"]),
    "size": (
        "[" + "1," * 200_001 + "]",
        ["1:400000 规则文件太大或层次太深 | this rule file is too large or too deep"],
    ),
    "key that is no text": ("- {[a]: b}\n", []),
}


@pytest.mark.parametrize("name", REFUSED)
def test_faults_are_told_with_their_place(name: str) -> None:
    text, expected = REFUSED[name]
    if name == "key that is no text":
        assert "1:4 键须是文字（花括号开头的文字须加引号） | a key must be a string" in faults(text)
        return
    assert faults(text) == expected


def test_all_faults_of_all_files_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "b.yaml").write_text(rule("assert: report.genr == ''", "demo.other"), encoding="utf-8")
    (tmp_path / "a.yml").write_text(rule(HOLDS, severity="x") + "- 甲\n", encoding="utf-8")
    (tmp_path / "c.yaml").write_bytes("- 甲\n- id: 规则".encode("gbk"))
    (tmp_path / "notes.txt").write_text("no rules", encoding="utf-8")
    with pytest.raises(RuleFileError) as caught:
        load_rules([tmp_path, tmp_path / "gone.yaml"], defaults=False)
    folder = tmp_path.as_posix()
    assert [fault.describe("en").removeprefix(folder) for fault in caught.value.faults] == [
        "/a.yml:2:13: severity must be error, warning or info, not x",
        "/a.yml:9:3: here a rule is wanted (id, severity, …)",
        "/b.yaml:8:18: Document has no field 'genr'; did you mean 'genre'?",
        "/c.yaml:1:3: this rule file is not UTF-8",
        "/gone.yaml: cannot read this rule file: No such file or directory",
    ]


def test_duplicate_ids_are_found_across_files(tmp_path: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(rule(HOLDS), encoding="utf-8")
    with pytest.raises(RuleFileError) as caught:
        load_rules([tmp_path], defaults=False)
    folder = tmp_path.as_posix()
    assert [fault.describe("zh") for fault in caught.value.faults] == [
        f"{folder}/b.yaml:1:7: 规则名 demo.rule 重复，{folder}/a.yaml:1 已有"
    ]


def test_a_folder_with_no_rules_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(RuleFileError) as caught:
        load_rules([tmp_path], defaults=False)
    assert [fault.message for fault in caught.value.faults] == [
        {"zh": "文件夹里没有规则文件（.yaml）", "en": "there is no rule file (.yaml) in this folder"}
    ]


def test_a_huge_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    path.write_bytes(b"#" * 4_000_001)
    with pytest.raises(RuleFileError) as caught:
        load_rules([path], defaults=False)
    assert [fault.message["en"] for fault in caught.value.faults] == [
        "a rule file of more than 4000000 bytes"
    ]


def test_scalars_stay_as_they_are_written() -> None:
    found: list[CheckerError] = []
    tree = parse_tree("[off, 0101, 12:30, null, 1e3, ~, 2024-01-02, yes]", "own.yaml", found)
    assert [node.value for node in tree.nodes] == [
        "off",
        "0101",
        "12:30",
        "null",
        "1e3",
        "~",
        "2024-01-02",
        "yes",
    ]
    assert found == []


def test_empty_files_have_no_rules() -> None:
    assert ruleset("").rules == ruleset("# nothing\n").rules == ()


@given(st.text(alphabet="ab：“甲 \n'\"\\{}[]#-|>&*!?\t,:0é𠀀", max_size=40))
def test_any_text_is_a_tree_or_faults_inside_it(text: str) -> None:
    found: list[CheckerError] = []
    tree = parse_tree(text, "own.yaml", found)
    lines = text.count("\n") + 1
    assert all(1 <= fault.line <= lines + 1 and fault.column >= 1 for fault in found)
    if not found and tree is not None:
        assert tree.line <= lines


@given(
    st.lists(
        st.text(alphabet="ab甲乙'\"\\ {}:#", min_size=1, max_size=12).map(str.strip).filter(bool),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from(["|", "|\n", "'", '"']),
)
def test_every_character_of_a_scalar_knows_its_place(lines: list[str], style: str) -> None:
    if style == "'":
        source = "- " + yaml.dump("\n".join(lines), default_style="'", allow_unicode=True, width=1000)
    elif style == '"':
        source = "- " + json.dumps(" ".join(lines), ensure_ascii=False)
    else:
        source = "- |\n" + "".join(f"    {line}\n" for line in lines)
    found: list[CheckerError] = []
    tree = parse_tree(source, "own.yaml", found)
    assert found == []
    scalar = tree.nodes[0]
    assert isinstance(scalar, Scalar)
    rows = source.split("\n")
    runs = scalar.runs()
    for offset, char in enumerate(scalar.value):
        line, column = locate(runs, offset)
        if not char.isspace():
            written = rows[line - 1][column - 1]
            assert written == char or (written == "\\" and char in '\\"')


# --- what a rule becomes ---------------------------------------------------------------------------------


CHECKS = rule(
    """
checks:
  - for: s in report.series, h in s.items
    let: {n: h.number}
    when: n != null
    assert: n > 0
  - severity: error
    genres: [audit]
    replace: {甲: 乙}
    message: {zh: 另一句, en: another}
genres: [demo, audit]
"""
)


def test_checks_take_what_they_lack_from_their_rule() -> None:
    (made,) = ruleset(CHECKS).rules
    judgement, words = made.checks
    assert (judgement.severity, judgement.genres) == (Severity.WARNING, ("demo", "audit"))
    assert (words.severity, words.genres) == (Severity.ERROR, ("audit",))
    assert {lang: text.value.text for lang, text in judgement.message.value.items()} == {
        "zh": "不对",
        "en": "wrong",
    }
    assert {lang: text.value.text for lang, text in words.message.value.items()} == {
        "zh": "另一句",
        "en": "another",
    }
    assert [name for name, _ in judgement.bindings] == ["s", "h"]
    assert (made.id, made.path, made.line, made.why) == (
        "demo.rule",
        "own.yaml",
        1,
        {"zh": "因为", "en": "because"},
    )
    assert [example.text for example in (*made.bad, *made.good)] == ["甲⟦乙⟧", "甲"]


def test_commas_inside_a_for_part_nothing() -> None:
    (made,) = ruleset(
        rule("for: \"t in report.tallies.filter(x, x.kind == 'a,b'), n in [1, 2]\"\nassert: n < 3")
    ).rules
    (judgement,) = made.checks
    frame = [1_000, document("body: 甲"), None, None, None]
    assert [(name, value.value.run(frame)) for name, value in judgement.bindings] == [
        ("t", ()),
        ("n", (1, 2)),
    ]


def test_a_lexicon_of_the_folder_comes_before_ours(tmp_path: Path) -> None:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "typos.yaml").write_text("own: {甲乙: 乙甲}\n", encoding="utf-8")
    (tmp_path / "own.yaml").write_text(rule("replace: {lexicon: typos, key: own}"), encoding="utf-8")
    (made,) = load_rules([tmp_path], defaults=False).rules
    assert [(match.start, match.end) for match in find(made.checks[0].matcher, "丙甲乙")] == [(1, 3)]
    (tmp_path / "own.yaml").write_text(rule("replace: {lexicon: typos, key: own2}"), encoding="utf-8")
    with pytest.raises(RuleFileError, match="the lexicon typos has no own2; did you mean own"):
        load_rules([tmp_path], defaults=False)


def test_faults_in_a_lexicon_are_told_with_its_path(tmp_path: Path) -> None:
    (tmp_path / "lexicon").mkdir()
    (tmp_path / "lexicon" / "own.yaml").write_text(
        "- {wrong: 甲, rigth: 乙}\n- {sense: 丙}\n", encoding="utf-8"
    )
    (tmp_path / "own.yaml").write_text(rule("replace: {lexicon: own}"), encoding="utf-8")
    with pytest.raises(RuleFileError) as caught:
        load_rules([tmp_path], defaults=False)
    path = (tmp_path / "lexicon" / "own.yaml").as_posix()
    assert [fault.describe("zh") for fault in caught.value.faults] == [
        f"{path}:1:11: 甲 没有正确写法（right）",
        f"{path}:1:14: 不认识的键 rigth，是否想写 right",
        f"{path}:2:3: 这里应有 wrong、word 或 pattern",
    ]


def test_rules_compile_from_plain_data_without_yaml_and_lark(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(CHECKS + rule("forbid: {patterns: ['甲.{1,3}乙']}", "demo.words"), encoding="utf-8")
    found: list[CheckerError] = []
    plain = load_plain([path], found)
    compile_rules(plain, found)
    kept = tmp_path / "kept"
    kept.write_bytes(marshal.dumps(plain))
    script = (
        "import marshal, sys\n"
        "from checker.rules import compile_rules\n"
        f"rules = compile_rules(marshal.load(open({str(kept)!r}, 'rb'))).rules\n"
        "print([rule.id for rule in rules], sorted({'yaml', 'lark'} & set(sys.modules)))\n"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert result.stdout == "['demo.rule', 'demo.words'] []\n"


def test_kept_plain_data_judges_alike() -> None:
    text = rule("for: p in report.paragraphs\nassert: p.text != '乙'\nmessage: '{p.text}'", message="")
    found: list[CheckerError] = []
    tree = parse_tree(text, "own.yaml", found)
    from checker.rule_shape import rules_of

    plain = rules_of(tree, [], found)
    first = compile_rules(plain)
    again = compile_rules(marshal.loads(marshal.dumps(plain)))
    report = document("body: 甲", "body: 乙")
    assert lint(report, first) == lint(report, again) != ()


# --- selection -------------------------------------------------------------------------------------------


RULES = ruleset(*(rule(HOLDS, name) for name in ("count.all", "count.part", "counter.x", "text.typo")))


def ids(rules: RuleSet) -> list[str]:
    return [one.id for one in rules.rules]


@pytest.mark.parametrize(
    ("select", "ignore", "severities", "expected"),
    [
        ([], [], {}, ["count.all", "count.part", "counter.x", "text.typo"]),
        (["ALL"], ["count"], {}, ["counter.x", "text.typo"]),
        (["count"], [], {}, ["count.all", "count.part"]),
        (["count.*", "text.typo"], ["count.part"], {}, ["count.all", "text.typo"]),
        (["count.all"], ["ALL"], {}, []),
        ([], [], {"count": "off", "count.part": "error"}, ["count.part", "counter.x", "text.typo"]),
    ],
)
def test_rules_are_selected_by_name_and_family(
    select: list[str], ignore: list[str], severities: dict[str, str], expected: list[str]
) -> None:
    assert ids(RULES.restricted(select, ignore, severities)) == expected


@pytest.mark.parametrize(
    ("arguments", "zh"),
    [
        ((["count.al"],), "“count.al”不对应任何规则，是否想写 count.all"),
        ((["coun"],), "“coun”不对应任何规则，是否想写 count"),
        (([], ["nothing"]), "“nothing”不对应任何规则"),
        (([], [], {"xyz": "off"}), "“xyz”不对应任何规则"),
        (([], [], {"count": "warn"}), "没有“warn”这一级别，是否想写 warning"),
    ],
)
def test_a_selection_that_means_nothing_is_refused(arguments: tuple[list[str], ...], zh: str) -> None:
    with pytest.raises(CheckerError) as caught:
        RULES.restricted(*arguments)
    assert caught.value.message["zh"] == zh


def test_the_narrowest_severity_holds() -> None:
    changed = RULES.restricted(severities={"count.all": "info", "ALL": "error", "count": "warning"})
    assert [(one.id, one.severity, {check.severity for check in one.checks}) for one in changed.rules] == [
        ("count.all", Severity.INFO, {Severity.INFO}),
        ("count.part", Severity.WARNING, {Severity.WARNING}),
        ("counter.x", Severity.ERROR, {Severity.ERROR}),
        ("text.typo", Severity.ERROR, {Severity.ERROR}),
    ]


def test_a_rule_is_found_by_its_name() -> None:
    assert RULES.get("text.typo").id == "text.typo"
    with pytest.raises(CheckerError) as caught:
        RULES.get("text.typos")
    assert caught.value.message["en"].startswith("there is no rule “text.typos”; did you mean text.typo?")


# --- our own rules ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def own() -> RuleSet:
    return load_rules()


def test_our_rules_lie_one_family_to_a_file_and_speak_both_languages(own: RuleSet) -> None:
    for one in own.rules:
        assert one.path == f"rules/{one.id.split('.')[0]}.yaml"
        assert one.why["zh"] != one.why["en"], one.id
        for check in one.checks:
            assert check.message.value["zh"].value.text != check.message.value["en"].value.text, one.id


@settings(max_examples=20)
@given(st.data())
def test_a_rule_less_is_a_rule_less(own: RuleSet, data: st.DataObject) -> None:
    some = data.draw(st.lists(st.sampled_from([one.id for one in own.rules]), unique=True, max_size=5))
    left = own.restricted(ignore=some)
    assert ids(left) == [name for name in ids(own) if name not in some]
    assert all(one in own.rules for one in left.rules)
    assert replace(left) == left


# --- the manual ------------------------------------------------------------------------------------------

DOCS = Path(__file__).parent.parent / "docs"


@pytest.mark.parametrize("name", ["rules-format.md", "rules-format.zh-CN.md"])
def test_the_manual_shows_rules_that_load(name: str) -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", (DOCS / name).read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) == 3
    rest = "  why: 甲\n  basis: 甲\n  bad: ⟦甲⟧\n  good: 甲\n"
    for block in blocks:
        assert faults(block if "  bad:" in block else block + rest) == []


# --- damaged files ---------------------------------------------------------------------------------------


@given(st.data())
def test_a_damaged_file_is_refused_or_read_and_nothing_else(data: st.DataObject) -> None:
    text = CHECKS + rule("forbid: [{wrong: 甲, except: [甲乙]}]\nin: heading", "demo.words")
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        cut = data.draw(st.integers(0, 4))
        new = data.draw(st.text("a1: -\n\t{}[]'\"&*!⟦⟧,甲\x00", max_size=3))
        text = text[:at] + new + text[at + cut :]
    try:
        rules = ruleset(text)
    except RuleFileError as error:
        assert all(fault.message["zh"] and fault.message["en"] and fault.line for fault in error.faults)
    else:
        assert lint(document("body: 甲乙"), rules) is not None


def test_a_folder_that_is_not_there_is_told_though_our_own_rules_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: dict[str, object] = {}
    monkeypatch.setattr(caching, "fetch", kept.get)
    monkeypatch.setattr(caching, "keep", kept.__setitem__)
    own = load_rules()
    assert [one.id for one in load_rules().rules] == [one.id for one in own.rules]
    with pytest.raises(RuleFileError):
        load_rules([tmp_path / "none"])


def test_rules_of_ones_own_may_not_take_the_names_of_ours(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(rule("forbid: [甲]", "text.typo"), encoding="utf-8")
    for _ in range(2):
        with pytest.raises(RuleFileError) as caught:
            load_rules([tmp_path])
        assert [fault.message["en"][:38] for fault in caught.value.faults] == [
            "duplicate id text.typo, first at rules"
        ]
    assert [one.id for one in load_rules([tmp_path], defaults=False).rules] == ["text.typo"]
