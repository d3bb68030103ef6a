"""From the tree of a rule file to plain data: which keys there are, what shape their values have.

The plain data of a rule is nested dicts, lists, strings, numbers and booleans (JSON), so that it can be kept
and compiled again without YAML. A text with expressions in it is ``{"text": …, "runs": […]}``, where ``runs`` say
where in the file its characters stand. Nothing is compiled here; every fault goes to ``faults``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from checker.diagnostics import CheckerError
from checker.examples_text import ExampleError, parse_example
from checker.regexes import late
from checker.rule_files import Items, Node, Scalar, Table, fault, suggest
from checker.rule_nodes import Plain, bilingual, boolean, known, scalar_of, text_of, texts
from checker.rule_words import WORD_KEYS, words_check

SEVERITIES = ("error", "warning", "info")
_CHECK = ("severity", "genres", "message", "fix")
_JUDGEMENT = ("for", "let", "when", "assert", "at", "see", "see-message")
_RULE = ("id", "why", "basis", "bad", "good", "checks")
_REQUIRED = ("id", "severity", "why", "basis", "bad", "good")
_ID = late(r"[a-z][a-z0-9]*(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)+")
_GENRE = late(r"[a-z][a-z0-9-]*")
_NAME = late(r"[A-Za-z_][A-Za-z0-9_]*")
_BINDING = late(r"\s*([A-Za-z_][A-Za-z0-9_]*)\s+in(?=[\s\[(])\s*")
_TAKEN = ("report", "it", "true", "false", "null", "in")


def rules_of(root: Node | None, folders: Sequence[Path], faults: list[CheckerError]) -> list[Plain]:
    """The rules of a file; ``folders`` are where its lexicons are looked for, the first that has one counts."""
    if root is None:
        return []
    if not isinstance(root, Items):
        faults.append(
            fault(
                root,
                "规则文件应是规则的列表（每条以“- id:”开头）",
                "a rule file is a list of rules (“- id: …”)",
            )
        )
        return []
    rules = []
    for node in root.nodes:
        if isinstance(node, Table):
            rules.append(_rule(node, folders, faults))
        else:
            faults.append(
                fault(node, "这里应是一条规则（id、severity、…）", "here a rule is wanted (id, severity, …)")
            )
    return rules


def _rule(node: Table, folders: Sequence[Path], faults: list[CheckerError]) -> Plain:
    known(node, (*_RULE, *_CHECK, *_JUDGEMENT, *WORD_KEYS), faults)
    given = node.get("id")
    rule: Plain = {"path": node.path, "line": node.line, "column": node.column, "id": ""}
    if given is not None:
        rule |= {"id": _identifier(given, faults), "line": given.line, "column": given.column}
    listed = node.get("checks")
    for key in _REQUIRED:
        if node.get(key) is None:
            name = rule["id"]
            faults.append(fault(node, f"{name or '规则'} 缺少 {key}", f"{name or 'a rule'} has no {key}"))
    rule |= {
        "severity": _severity(node, faults),
        "genres": _genres(node, faults),
        "why": _words_of(node.get("why"), faults),
        "basis": _words_of(node.get("basis"), faults),
        "bad": _examples(node.get("bad"), True, faults),
        "good": _examples(node.get("good"), False, faults),
    }
    if listed is None:
        rule["checks"] = [_check(node, node, folders, faults)]
        return rule
    rule["checks"] = []
    for written, _ in node.pairs:
        name = written.value
        if name in (*_JUDGEMENT, *WORD_KEYS, "fix"):
            zh, en = f"有 checks 时，{name} 写在各项检查里", f"with checks, {name} belongs to each of them"
            faults.append(fault(written, zh, en))
    if not isinstance(listed, Items) or not listed.nodes:
        faults.append(fault(listed, "checks 应是检查的列表", "checks must be a list of checks"))
        return rule
    for item in listed.nodes:
        if isinstance(item, Table):
            known(item, (*_CHECK, *_JUDGEMENT, *WORD_KEYS), faults)
            rule["checks"].append(_check(item, node, folders, faults))
        else:
            faults.append(
                fault(item, "这里应是一项检查（for、assert、…）", "here a check is wanted (for, assert, …)")
            )
    return rule


def _check(node: Table, rule: Table, folders: Sequence[Path], faults: list[CheckerError]) -> Plain:
    """One check; message, severity and genres are the rule's where it has none of its own."""
    kinds = [key for key in ("assert", "replace", "forbid") if node.get(key) is not None]
    check: Plain = {
        "kind": kinds[0] if kinds else "assert",
        "line": node.line,
        "column": node.column,
        "severity": _severity(node, faults) if node is not rule else "",
        "genres": _genres(node, faults) if node is not rule else [],
        "fix": _fix(node.get("fix"), faults),
    }
    message = node.get("message") or rule.get("message")
    if message is None:
        faults.append(fault(node, "缺少 message（zh 和 en）", "no message (zh and en)"))
    check["message"] = bilingual(message, faults)
    if len(kinds) != 1:
        zh, en = (
            "须有且只有 assert、replace、forbid 之一",
            "exactly one of assert, replace and forbid is wanted",
        )
        faults.append(fault(node, zh, en))
    words = check["kind"] != "assert"
    for key, _ in node.pairs:
        other = key.value in (_JUDGEMENT if words else WORD_KEYS) and key.value != "when"
        if other and key.value not in kinds:
            kind = check["kind"]
            faults.append(fault(key, f"{key.value} 不与 {kind} 同用", f"{key.value} does not go with {kind}"))
    if words:
        return check | words_check(node, check["kind"], folders, faults)
    see = node.get("see-message")
    return check | {
        "for": _bindings(node.get("for"), faults),
        "let": _lets(node.get("let"), faults),
        **{key: text_of(node.get(key), faults) for key in ("when", "assert", "at", "see")},
        "see_message": bilingual(see, faults) if see is not None else None,
    }


def _words_of(node: Node | None, faults: list[CheckerError]) -> dict[str, str]:
    """As :func:`bilingual`, the texts alone."""
    return {lang: text["text"] for lang, text in (bilingual(node, faults) or {}).items()}


def _identifier(node: Node, faults: list[CheckerError]) -> str:
    scalar = scalar_of(node, faults)
    if scalar and not _ID.fullmatch(scalar.value):
        zh = f"规则名 {scalar.value} 不合格式：应是“族.名”，小写字母、数字、连字符，如 count.partition"
        en = f"{scalar.value} is no rule id: family.name in small letters, digits and hyphens, as count.partition"
        faults.append(fault(node, zh, en))
    return scalar.value if scalar else ""


def _severity(node: Table, faults: list[CheckerError]) -> str:
    scalar = scalar_of(node.get("severity"), faults)
    if scalar is None:
        return ""
    if scalar.value not in SEVERITIES:
        zh, en = suggest(scalar.value, SEVERITIES)
        faults.append(
            fault(
                scalar,
                f"severity 应是 error、warning 或 info，不是 {scalar.value}{zh}",
                f"severity must be error, warning or info, not {scalar.value}{en}",
            )
        )
        return ""
    return scalar.value


def _genres(node: Table, faults: list[CheckerError]) -> list[str]:
    scalars = texts(node.get("genres"), faults)
    for scalar in scalars:
        if not _GENRE.fullmatch(scalar.value):
            faults.append(
                fault(scalar, f"体裁名 {scalar.value} 不合格式", f"{scalar.value} is no name of a genre")
            )
    return [scalar.value for scalar in scalars]


def _fix(node: Node | None, faults: list[CheckerError]) -> Plain | None:
    if node is None:
        return None
    if not isinstance(node, Table):
        faults.append(
            fault(node, "fix 应是 {replace: …, safe: true 或 false}", "fix must be {replace: …, safe: …}")
        )
        return None
    known(node, ("replace", "safe"), faults)
    replace = node.get("replace")
    # An empty replacement is a deletion, so it is no fault here.
    empty = isinstance(replace, Scalar) and replace.raw[:1] in ("'", '"') and not replace.value
    text = {"text": "", "runs": [[0, node.line, node.column]]} if empty else text_of(replace, faults)
    return {"replace": text, "safe": boolean(node.get("safe"), faults)}


def _examples(node: Node | None, bad: bool, faults: list[CheckerError]) -> list[Plain]:
    found = []
    for scalar in texts(node, faults):
        try:
            _, places = parse_example(scalar.value)
        except ExampleError as error:
            faults.append(fault(scalar, error.message["zh"], error.message["en"]))
            continue
        if bad and not places:
            zh = "bad 示例里没有用 ⟦ ⟧ 标出应报的地方"
            faults.append(fault(scalar, zh, "a bad example marks the place to be found in ⟦ ⟧"))
        if not bad and places:
            faults.append(fault(scalar, "good 示例里不应有 ⟦ ⟧", "a good example has no ⟦ ⟧"))
        found.append({"text": scalar.value, "line": scalar.line, "column": scalar.column})
    if isinstance(node, Items) and not node.nodes:
        faults.append(fault(node, "至少要有一个示例", "at least one example is wanted"))
    return found


# --- bindings --------------------------------------------------------------------------------------------


def _bindings(node: Node | None, faults: list[CheckerError]) -> list[Plain]:
    """``t in report.tallies, p in t.parts``: each name with its expression."""
    scalar = scalar_of(node, faults)
    if scalar is None:
        return []
    runs = [list(run) for run in scalar.runs()]
    bindings: list[Plain] = []
    for start, end in _top_level(scalar.value):
        head = _BINDING.match(scalar.value, start, end)
        if head is None:
            zh = f"for 应写作“名字 in 列表”，此处是“{scalar.value[start:end].strip()}”"
            en = f"for is written “name in list”, here stands “{scalar.value[start:end].strip()}”"
            faults.append(fault(scalar, zh, en))
            continue
        _name(head[1], [binding["name"] for binding in bindings], scalar, faults)
        expression = {"text": scalar.value[head.end() : end], "runs": _moved(runs, head.end())}
        bindings.append({"name": head[1], "value": expression})
    return bindings


def _top_level(text: str) -> list[tuple[int, int]]:
    """The stretches between commas that stand in no bracket and no string."""
    stretches, start, depth = [], 0, 0
    for token in re.finditer(r""""(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[\[\](){},]""", text, re.DOTALL):
        if token[0] in "[({":
            depth += 1
        elif token[0] in "])}":
            depth -= 1
        elif token[0] == "," and depth == 0:
            stretches.append((start, token.start()))
            start = token.end()
    return [*stretches, (start, len(text))]


def _moved(runs: list[list[int]], by: int) -> list[list[int]]:
    """The runs of ``text[by:]``."""
    before = [run for run in runs if run[0] <= by] or runs[:1]
    offset, line, column = before[-1]
    return [[0, line, column + by - offset], *([run[0] - by, *run[1:]] for run in runs if run[0] > by)]


def _name(name: str, taken: Sequence[str], node: Node, faults: list[CheckerError]) -> None:
    if not _NAME.fullmatch(name):
        faults.append(fault(node, f"{name} 不能作变量名", f"{name} cannot be a name"))
    elif name in _TAKEN or name in taken:
        faults.append(fault(node, f"变量名 {name} 已有他用", f"the name {name} is taken"))


def _lets(node: Node | None, faults: list[CheckerError]) -> list[Plain]:
    if node is None:
        return []
    if not isinstance(node, Table):
        faults.append(fault(node, "let 应是 {名字: 表达式}", "let must be {name: expression}"))
        return []
    lets = []
    for key, value in node.pairs:
        _name(key.value, (), key, faults)
        text = text_of(value, faults)
        if text is not None:
            lets.append({"name": key.value, "value": text})
    return lets
