"""The public Python interface."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

import checker
from checker import rule_files

RULE = """
- id: demo.hotline
  severity: warning
  forbid: [市长热线]
  in: [raw]
  message: {zh: 已经改名, en: another name}
  why: {zh: 找不到。, en: Nobody finds it.}
  basis: {zh: 本单位规范。, en: House style.}
  bad: [请拨打⟦市长热线⟧反映问题。]
  good: [请拨打政务服务便民热线。]
"""
SOURCE = checker.Source("草稿.txt", "请拨打市长热线。\n")


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    (tmp_path / "demo.yaml").write_text(RULE, encoding="utf-8")
    return tmp_path


def test_check_a_source(rules: Path) -> None:
    (finding,) = checker.check(SOURCE, rules=[rules], select=["demo"])
    assert (finding.path, finding.rule, finding.severity, finding.excerpt, finding.span) == (
        "草稿.txt",
        "demo.hotline",
        checker.Severity.WARNING,
        "市长热线",
        (3, 7),
    )


def test_check_a_file(rules: Path, tmp_path: Path) -> None:
    path = tmp_path / "草稿.txt"
    path.write_text(SOURCE.text, encoding="gb18030")
    for report in (path, str(path)):
        (finding,) = checker.check(report, rules=[rules], select=["demo"], severity={"demo": "error"})
        assert (finding.path, finding.severity) == (str(path), checker.Severity.ERROR)


def test_ignore(rules: Path) -> None:
    found = checker.check(SOURCE, rules=[rules], ignore=["demo"])
    assert "demo.hotline" not in {finding.rule for finding in found}


def test_read() -> None:
    document = checker.read(SOURCE)
    assert (document.source, document.text) == (SOURCE, SOURCE.text)


def test_what_goes_wrong(tmp_path: Path) -> None:
    with pytest.raises(checker.CheckerError, match="no such file"):
        checker.check(tmp_path / "没有.txt")
    (tmp_path / "bad.yaml").write_text("- id: x\n", encoding="utf-8")
    with pytest.raises(rule_files.RuleFileError):
        checker.check(SOURCE, rules=[tmp_path])
    with pytest.raises(AttributeError, match="no attribute 'chekc'"):
        checker.chekc  # noqa: B018


def test_everything_public_is_there() -> None:
    assert [name for name in checker.__all__ if getattr(checker, name, None) is None] == []


def test_the_examples_of_the_documentation() -> None:
    results = doctest.testmod(checker)
    assert (results.failed, results.attempted) == (0, 2)
