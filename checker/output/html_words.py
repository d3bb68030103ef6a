"""What the page says, in both languages; what it shares with other outputs stands in messages and terms."""

from __future__ import annotations

_WORDS: dict[str, tuple[str, str]] = {
    "title": ("整改报告检查结果", "Report check"),
    "skip": ("跳到检查结果", "Skip to the findings"),
    "files": ("共 {count} 份报告", "Reports: {count}"),
    "overview": ("各份报告", "All reports"),
    "faults": ("没能查完", "What could not be done"),
    "notes": ("说明", "Notes"),
    "filter": ("筛选", "Filter"),
    "filter.family": ("规则类别", "Rules"),
    "filter.all": ("全部", "all"),
    "shown": ("显示 {shown} / {all} 条", "{shown} of {all} shown"),
    "none-shown": ("按现在的筛选，没有可显示的问题。", "The filter hides every finding."),
    "reconcile": ("数字核对表", "Figures reconciled"),
    "reconcile.none": ("报告里没有可以核对的数字。", "The report states no figure to reconcile."),
    "reconcile.again": ("（重复）", "(again)"),
    "items": ("所列位置", "listed at"),
    "items.more": ("等 {count} 处", "{count} places"),
    "findings": ("发现的问题", "Findings"),
    "findings.none": ("没有发现问题。", "Nothing found."),
    "text": ("报告全文", "Text of the report"),
    "rules": ("规则说明", "The rules"),
    "rule": ("规则", "Rule"),
    "why": ("为什么", "Why"),
    "basis": ("依据", "Basis"),
    "place": ("第 {line} 行第 {column} 列", "line {line}, column {column}"),
    "line": ("第 {line} 行", "line {line}"),
    "correction": ("改为", "Correct to"),
    "correction.delete": ("建议删去", "Delete it"),
    "correction.safe": ("可自动改正", "can be applied by --fix"),
    "to-text": ("看原文", "show in the text"),
    "to-finding": ("第 {number} 条", "finding {number}"),
    "organization": ("单位", "Organization"),
    "genre": ("文种", "Genre"),
    "file": ("文件", "File"),
    "report": ("报告", "Report"),
    "verdicts": ("数字核对", "Figures"),
}


def page_word(key: str, lang: str, /, **values: object) -> str:
    """The words ``key`` in ``lang``, with values put in. They are plain text: escape what they come to."""
    zh, en = _WORDS[key]
    return (zh if lang == "zh" else en).format(**values)
