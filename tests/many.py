"""Reports and rules for the tests of checking many."""

from __future__ import annotations

from pathlib import Path

RULES = """
- id: demo.hotline
  severity: warning
  forbid: [市长热线]
  in: [raw]
  message: {zh: 已经改名, en: another name}
  why: {zh: 找不到。, en: Nobody finds it.}
  basis: {zh: 本单位规范。, en: House style.}
  bad: [请拨打⟦市长热线⟧反映问题。]
  good: [请拨打政务服务便民热线。]
- id: demo.crash
  severity: warning
  when: report.text.contains("除零")
  assert: 1 / (size(report.text) - size(report.text)) == 1
  message: {zh: 不会, en: never}
  why: {zh: 试。, en: A trial.}
  basis: {zh: 无。, en: None.}
  bad: [⟦甲⟧]
  good: [乙]
"""


def write_rules(folder: Path) -> Path:
    """A folder with rules of one's own."""
    folder.mkdir()
    (folder / "demo.yaml").write_text(RULES, encoding="utf-8")
    return folder


def write_reports(folder: Path, count: int) -> list[str]:
    """Reports with one finding, but every fourth with none; their names in order."""
    folder.mkdir(exist_ok=True)
    names = [f"{number:03}.txt" for number in range(count)]
    for number, name in enumerate(names):
        word = "便民热线" if number % 4 == 3 else "市长热线"
        (folder / name).write_text(f"第{number}份。请拨打{word}。\n", encoding="utf-8")
    return names
