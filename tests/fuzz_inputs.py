"""Inputs that nobody would write: for the command ``python -m tests.fuzz``.

An input is made from a number alone, so that it can be made again. Its kind says what takes it (see
:mod:`tests.fuzz_trial`): a report in a format, a text for a grammar, a rule file, a configuration, an expression.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any

from checker.resources import lexicon
from tests import pdf_files, word_files

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = sorted((*ROOT.glob("examples/*.txt"), *ROOT.glob("examples/*.md")), key=lambda path: path.name)
RULES = sorted((ROOT / "rules").glob("*.yaml"))
SUFFIXES = ("txt", "md", "html", "docx", "pdf")
_LEXICONS = ("contacts", "dates", "figures", "names", "structure", "phrases", "unfinished", "persons")
_MOST = 60_000
"""So many bytes or characters an input has at most, lest time be spent on a few."""

_SIGNS = [
    *"0123456789０３９٣०〇零一二三十廿百千万两×*X ,，.．、。；;：:！？!?（）()〔〕【】[]{}《》“”‘’「」\"'|#-—–~·•●①⑳⑴⒈㈠\n\r\t\u3000",
    *("\x00", "\x0b", "\x0c", "\x1a", "\x85", "\xa0", "\u200b", "\u2028", "\ufeff", "\ufffe", "\U0001f600", "é", "é", "𠀀"),
    *("\n\n", "\r\n", "**", "__", "---", "```", "<!--", "-->", "<b>", "&#0;", "| --- |", "（（（", "”“", "》《"),
    *("一、", "（一）", "1. ", "（1）", "①", "问题1：", "一是", "## ", "第一部分", "整改情况：", "责任单位："),
    *("2024年3月5日", "二〇二四年三月", "2024.3.5", "2024-03-05至2025年度", "3月至", "2024年15日", "*年*月*日", "13月32日"),
    *("35个问题", "已完成整改33个", "正在整改2个", "其中", "其余3个", "99.9%", "1,234.5万元", "三分之一", "近百名", "0个"),
    *("0431-12345678", "（010）8888", "转 12", "+86 138 0000 0000", "a@b.cn", "1234567@", "http://x", "110101199001011237"),
    *("区委第三巡察组", "中共某区教育局党组", "某发〔2023〕12号", "〔２０２３〕 第٣号", "（以下简称“区局”）", "《关于整改的通知》"),
    *("针对“", "”的问题", "关于", "的问题。", "联系电话：", "邮箱：", "通报", "2024年3月"),
]  # fmt: skip


def _texts(node: Any) -> Iterable[str]:
    if isinstance(node, str):
        return [node]
    children = [*node, *node.values()] if isinstance(node, dict) else node
    return [text for child in children for text in _texts(child)]


@cache
def words() -> list[str]:
    """Signs and the words of the lexicons, one sign to two words."""
    found = sorted({text for name in _LEXICONS for text in _texts(lexicon(name)) if 0 < len(text) < 30})
    return [*found, *_SIGNS * (len(found) // len(_SIGNS) // 2 + 1)]


@cache
def texts() -> list[str]:
    """The text of every example."""
    return [path.read_text(encoding="utf-8") for path in EXAMPLES]


# --- changes ------------------------------------------------------------------------------------------------


def some_text(chance: random.Random, most: int = 40) -> str:
    """Words and signs one after another."""
    return "".join(chance.choice(words()) for _ in range(chance.randint(1, most)))


def changed_text(chance: random.Random, text: str) -> str:
    """``text`` after a few changes: cut, doubled, moved, words put in, one stretch said many times."""
    for _ in range(chance.choice((1, 2, 4, 8, 30))):
        at = chance.randint(0, len(text))
        end = min(len(text), at + chance.choice((0, 1, 2, 8, 60, 600)))
        match chance.randrange(8):
            case 0:
                text = text[:at] + text[end:]
            case 1:
                text = text[:end] + text[at:]
            case 2 | 3:
                text = text[:at] + chance.choice(words()) + text[at:]
            case 4:
                text = text[:at] + some_text(chance, 6) + text[end:]
            case 5:
                other = chance.choice(texts())
                start = chance.randrange(len(other))
                text = text[:at] + other[start : start + chance.choice((5, 50, 500))] + text[end:]
            case 6:
                text = text[:at] + text[at:end] * chance.choice((2, 5, 100)) + text[end:]
            case _ if chance.random() < 0.2:
                text = text[:at] + chance.choice(words()) * chance.choice((10, 300, 3000)) + text[at:]
        text = text[:_MOST]
    return text


def changed_bytes(chance: random.Random, data: bytes) -> bytes:
    """``data`` after a few changes of bytes and stretches of bytes."""
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randint(0, len(data))
        end = min(len(data), at + chance.choice((1, 1, 4, 30, 400)))
        match chance.randrange(6):
            case 0:
                data = data[:at] + data[end:]
            case 1:
                data = data[:end] + data[at:]
            case 2:
                data = data[:at] + chance.randbytes(chance.choice((1, 1, 2, 16))) + data[end:]
            case 3:
                data = data[:at] + chance.choice(_ODD_BYTES) + data[at:]
            case 4:
                data = (
                    data[:at] + bytes(byte ^ 1 << chance.randrange(8) for byte in data[at:end]) + data[end:]
                )
            case _:
                data = data[:at] if chance.random() < 0.2 else data[:at] + data[at:end] * 7 + data[end:]
    return data[: _MOST * 3]


_ODD_BYTES = (
    *(b"\x00", b"\xff", b"\xfe\xff", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\x81", b"\xe4\xb8", b"\x1b$B"),
    *(b"<", b">", b"&#xD800;", b"&#0;", b"</w:p>", b"<w:p>", b'<w:numPr><w:ilvl w:val="99"/></w:numPr>', b"<table>"),
    *(b"</tr><td colspan=99999>", b"obj", b"endobj", b"<<", b">>", b"[", b"]", b"99999999999", b"-1", b"/", b"stream\n"),
)  # fmt: skip


# --- reports ------------------------------------------------------------------------------------------------


def grown_report(chance: random.Random) -> str:
    """A report that a careless grammar would write: its parts in order or not, its labels right or not."""
    lines = [
        chance.choice(("关于巡察整改进展情况的通报", "中共某局党组关于整改的通报", some_text(chance, 4)))
    ]
    labels = (
        "一、",
        "（一）",
        "1.",
        "1、",
        "（1）",
        "①",
        "问题1：",
        "一是",
        "### ",
        "- ",
        "",
        "",
        "第二部分 ",
        "十一、",
    )
    for _ in range(chance.choice((1, 5, 20, 60))):
        label = chance.choice(labels).replace("1", str(chance.randrange(120)))
        match chance.randrange(6):
            case 0:
                body = f"针对“{some_text(chance, 3)}”的问题"
            case 1:
                total, done = chance.randrange(99), chance.randrange(99)
                body = f"反馈问题{total}个，已完成整改{done}个，{chance.choice(words())}{total - done}个。"
            case 2:
                body = chance.choice(
                    ("整改情况：", "责任领导：", "联系电话：", "邮箱：", "| 1 | 2 |", "甲\t乙")
                ) + some_text(chance, 5)
            case 3:
                body = (
                    f"{chance.randrange(2000, 2030)}年{chance.randrange(14)}月{chance.randrange(33)}日"
                    + some_text(chance, 3)
                )
            case _:
                body = some_text(chance, 20)
        lines.append(label + body)
    if chance.random() < 0.2:
        chance.shuffle(lines)
    return chance.choice(("\n", "\n", "\n\n", "\r\n", "\r")).join(lines)[:_MOST]


def odd_text(chance: random.Random) -> str:
    """The text of a report that may be anything."""
    match chance.randrange(5):
        case 0:
            return grown_report(chance)
        case 1:
            return some_text(chance, chance.choice((3, 30, 300)))
        case _:
            return changed_text(chance, chance.choice(texts()))


def _html(text: str) -> bytes:
    body = "".join(f"<p>{line}</p>\n" for line in text.splitlines())
    page = f"<html><head><meta charset=utf-8><title>x</title></head><body><div>{body}</div></body></html>"
    return page.encode("utf-8", "replace")


def _docx(chance: random.Random, text: str) -> bytes:
    clean = "".join(char for char in text if char >= " " or char in "\n\t")
    clean = "".join(
        char for char in clean if not 0xD800 <= ord(char) < 0xE000 and ord(char) & 0xFFFE != 0xFFFE
    )
    data = word_files.report(clean or "空")
    if chance.random() < 0.6:
        parts: dict[str, Any] = dict(word_files.unzipped(data))
        name = chance.choice(sorted(parts))
        parts[name] = changed_bytes(chance, parts[name])
        data = word_files.zipped(parts)
    return data if chance.random() < 0.7 else changed_bytes(chance, data)


def _pdf(chance: random.Random, text: str) -> bytes:
    lines = [line for line in text.encode("utf-16-be", "replace").decode("utf-16-be").splitlines() if line][
        :60
    ]
    if chance.random() < 0.4:
        content = b"".join(pdf_files.words(90, 740 - 20 * at, line[:40]) for at, line in enumerate(lines[:8]))
        return pdf_files.pdf(changed_bytes(chance, content))
    data = pdf_files.typeset([line[:400] for line in lines] or ["空"])
    return changed_bytes(chance, data) if chance.random() < 0.7 else data


def report(chance: random.Random) -> tuple[str, bytes]:
    """A file: its suffix and its bytes."""
    suffix = chance.choices(SUFFIXES, (10, 4, 3, 3, 2))[0]
    text = odd_text(chance)
    match suffix:
        case "html":
            data = _html(text)
            return suffix, changed_bytes(chance, data) if chance.random() < 0.5 else data
        case "docx":
            return suffix, _docx(chance, text)
        case "pdf":
            return suffix, _pdf(chance, text)
    data = text.encode(
        chance.choice(("utf-8", "utf-8", "utf-8", "gb18030", "utf-16", "utf-8-sig")), "replace"
    )
    return suffix, changed_bytes(chance, data) if chance.random() < 0.3 else data


# --- rules, configurations, expressions ---------------------------------------------------------------------

_NAMES = ["report", "t", "p", "n", "s", "x", "true", "null", "0", "1", "-1", "2.5", "1e308", "9223372036854775807", "0x7F", '"甲"', "r'\\d'", "''", "[]", "{}", "size", "sum", "'a\\u4e00'", "'''x\ny'''"]  # fmt: skip
_FIELDS = ["tallies", "claims", "paragraphs", "sections", "problems", "dates", "text", "title", "total", "parts", "value", "span", "start", "scope", "genre", "noun", "state", "organizations", "inspectors", "contacts", "marks", "nothing"]  # fmt: skip
_MACROS = ["all", "exists", "exists_one", "filter", "map"]
_CALLS = ["size", "contains", "startsWith", "endsWith", "matches", "replace", "split", "join", "trim", "substring", "indexOf", "sum", "min", "max", "abs", "int", "double", "string", "type", "has", "find", "lowerAscii"]  # fmt: skip
_PATTERNS = [
    "(a+)+$",
    "(甲|甲)*乙",
    "[",
    "\\\\p{Han}+",
    "(?i)x",
    "^.{0,9999}$",
    "(a?){50}a{50}",
    "\\\\1",
    "(?=x)",
    "[^]",
]


def expression(chance: random.Random, depth: int = 0) -> str:
    """An expression of the rules' language, rarely one that means something."""
    if depth > chance.choice((1, 2, 3, 6, 9)):
        return chance.choice(_NAMES)

    def inner() -> str:
        return expression(chance, depth + 1)

    match chance.randrange(13):
        case 0:
            return f"{inner()} {chance.choice(['+', '-', '*', '/', '%', '==', '!=', '<', '<=', '>', '>=', '&&', '||', 'in'])} {inner()}"
        case 1:
            return f"({inner()})"
        case 2:
            return f"{chance.choice('!-')}{inner()}"
        case 3 | 4:
            return f"report.{chance.choice(_FIELDS)}.{chance.choice(_FIELDS)}"
        case 5 | 6:
            return (
                f"report.{chance.choice(_FIELDS)}.{chance.choice(_MACROS)}({chance.choice('xyt')}, {inner()})"
            )
        case 7:
            return (
                f"{inner()}.{chance.choice(_CALLS)}({', '.join(inner() for _ in range(chance.randrange(4)))})"
            )
        case 8:
            return f"{chance.choice(_CALLS)}({', '.join(inner() for _ in range(chance.randrange(4)))})"
        case 9:
            return f"{inner()} ? {inner()} : {inner()}"
        case 10:
            return f"[{inner()}, {inner()}][{inner()}]"
        case 11:
            return f"report.text.matches('{chance.choice(_PATTERNS)}')"
        case _:
            return f"{{{inner()}: {inner()}}}.{chance.choice(_FIELDS)}"


def _changed_code(chance: random.Random, text: str) -> str:
    pieces = [*"(){}[].,:?!'\"+-*/%<>=&|\\ \n\x00#@0", *_NAMES, *_FIELDS, *_CALLS, *_MACROS]
    for _ in range(chance.choice((0, 1, 2, 5))):
        at = chance.randint(0, len(text))
        text = (
            text[:at]
            + chance.choice(pieces) * chance.choice((1, 1, 1, 2, 400))
            + text[at + chance.randrange(4) :]
        )
    return text


def code(chance: random.Random) -> str:
    """An expression or a template, whole or damaged."""
    text = expression(chance)
    if chance.random() < 0.3:
        text = f"共 {{{text}}} 个{chance.choice(('', '{', '}}', '{{', '{x}'))}"
    return _changed_code(chance, text)


@cache
def _rule_texts() -> list[str]:
    blocks: list[str] = []
    for path in RULES:
        blocks += [f"- id:{block}" for block in path.read_text(encoding="utf-8").split("\n- id:")[1:]]
    return blocks


_YAML = [
    *("  ", "\n", "\n  ", "- ", ": ", "? ", "&a ", "*a", "<<: ", "!!python/object:os.system ", "!!binary ", "|\n", ">-\n", "[", "]", "{", "}"),
    *("'", '"', "#", "%YAML 1.1\n---\n", "\n...\n", "\n---\n", "\t", "\x00", "\x07", "\ufeff", "\u2028", "on", "~", "12:30", "⟦", "⟧", "甲"),
    *("for: ", "when: ", "assert: ", "at: ", "see: ", "let: ", "replace: ", "forbid: ", "in: ", "except: ", "message: ", "fix: ", "checks: "),
    *("id: a.b", "severity: error", "bad: [⟦甲⟧]", "good: [乙]", "(a+)+$", "zh: ", "en: ", "{report.text}", "a: &x [*x, *x]", "../../x"),
]  # fmt: skip


def _changed_yaml(chance: random.Random, text: str, words: list[str]) -> str:
    for _ in range(chance.choice((1, 2, 3, 8))):
        at = chance.randint(0, len(text))
        many = chance.choice((1, 1, 1, 1, 3, 2000))
        text = text[:at] + chance.choice(words) * many + text[at + chance.choice((0, 0, 1, 3, 20)) :]
    return text


def rule_file(chance: random.Random) -> str:
    """Rules of ours, damaged, or rules about a made-up expression."""
    if chance.random() < 0.5:
        from tests.documents import rule

        made = "\n".join(expression(chance).splitlines())
        head = "for: x in report.paragraphs\n" if chance.random() < 0.5 else ""
        keys = {"message": f"{{zh: '{{{expression(chance)}}}', en: b}}"} if chance.random() < 0.2 else {}
        text = rule(f"{head}assert: >-\n  {made}", **keys)
        return text if chance.random() < 0.7 else _changed_yaml(chance, text, _YAML)
    text = "\n".join(chance.choice(_rule_texts()) for _ in range(chance.randint(1, 3)))
    return _changed_yaml(chance, text, _YAML)


_CONFIG = """extends: base.yaml
select: [count, text]
ignore: [text.typo]
severity: {count: warning, text.*: "off"}
rules: [rules]
genre: inspection-rectification
fail-on: error
max-size: 10MB
allow:
  - {rule: text.typo, text: 疏理, reason: 甲, path: "*.txt"}
per-path:
  "drafts/**": {fail-on: never}
"""
_TOML = """[tool.zhenggai]
select = ["count"]
fail-on = "error"
max-size = "10MB"
[[tool.zhenggai.allow]]
rule = "text.typo"
text = "疏理"
reason = "甲"
[tool.zhenggai.severity]
count = "warning"
"""
_KEYS = ["extends", "select", "ignore", "severity", "rules", "genre", "fail-on", "max-size", "allow", "per-path", "tool = 1\n", "[tool]\nzhenggai = ", "/dev/zero", "/dev/fd/0", "..", "a\\0b", "99999999999999999999", "[[", "1979-05-27", "inf", "\\ud800", '"\\u0000"', "ALL", "[!", "*" * 30]  # fmt: skip


def configuration(chance: random.Random) -> tuple[str, str]:
    """A configuration: its suffix and its text."""
    suffix, text = chance.choice((("yaml", _CONFIG), ("toml", _TOML)))
    return suffix, _changed_yaml(chance, text, [*_YAML, *_KEYS])


# --- all of them --------------------------------------------------------------------------------------------

GRAMMARS = (
    "report",
    "phrase",
    "date",
    "contact",
    "inspectors",
    "organization",
    "short_form",
    "document_number",
)


def make(number: int) -> tuple[str, bytes]:
    """The input of this number: its kind, as the suffix of a file that holds it, and its bytes."""
    chance = random.Random(number)
    makers: dict[str, Callable[[], tuple[str, bytes]]] = {
        "report": lambda: report(chance),
        "api": lambda: ("api", (odd_text(chance) + chance.choice(("", "\ud800", "\udfff甲"))).encode("utf-8", "surrogatepass")),
        "grammar": lambda: (
            f"{chance.choice(GRAMMARS)}.lark",
            some_text(chance, chance.choice((4, 12, 60))).encode("utf-8", "surrogatepass"),
        ),
        "rules": lambda: ("rules.yaml", rule_file(chance).encode("utf-8", "surrogatepass")),
        "config": lambda: (lambda made: (f"config.{made[0]}", made[1].encode("utf-8", "surrogatepass")))(configuration(chance)),
        "code": lambda: ("cel", code(chance).encode("utf-8", "surrogatepass")),
    }  # fmt: skip
    kind = chance.choices(list(makers), (45, 10, 20, 9, 6, 10))[0]
    return makers[kind]()
