"""``--format junit``: JUnit XML, one test suite for each file."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from checker.diagnostics import Diagnostic
from checker.files import Note
from checker.messages import say
from checker.outcome import Checked, Run, View
from checker.output.places import relative

_INVALID = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CLIPPED = 60


def render(run: Run, view: View) -> str:
    """A test case for each finding: failed if it is at or above its file's ``fail_on``, else passed and told of.
    A file with no finding is one case that passed; one that could not be checked is one in error."""
    suites = [_suite(file, view.lang) for file in run.checked]
    suites += [_fault(one, view.lang) for one in run.faults]
    if not run.checked and not run.faults:
        message = {lang: say("summary.none-checked", lang) for lang in ("zh", "en")}
        suites.append(_fault(Note("", message), view.lang))
    tests, failures, errors = (sum(counts[index] for _, counts in suites) for index in range(3))
    head = f'<testsuites name="zhenggai" tests="{tests}" failures="{failures}" errors="{errors}" time="0">'
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', head, *(suite for suite, _ in suites), "</testsuites>"]
    return "\n".join(lines) + "\n"


Counts = tuple[int, int, int]
"""Tests, failures, errors."""


def _suite(file: Checked, lang: str) -> tuple[str, Counts]:
    cases = [_case(one, file, lang) for one in file.diagnostics]
    failed = sum(_fails(one, file) for one in file.diagnostics)
    errors = sum(one.crash for one in file.diagnostics)
    if not cases:
        cases = [f"    <testcase {_names(file.path, say('junit.clean', lang))}/>"]
    return _wrapped(file.path, cases, (len(cases), failed, errors))


def _wrapped(path: str, cases: list[str], counts: Counts) -> tuple[str, Counts]:
    name = _attribute(relative(path) if path else "zhenggai")
    tests, failures, errors = counts
    head = f'  <testsuite name={name} tests="{tests}" failures="{failures}" errors="{errors}" skipped="0" time="0">'
    return "\n".join([head, *cases, "  </testsuite>"]), counts


def _fails(one: Diagnostic, file: Checked) -> bool:
    return not one.crash and file.fail_on is not None and one.severity >= file.fail_on


def _case(one: Diagnostic, file: Checked, lang: str) -> str:
    name = f"{one.rule} {one.start.line}:{one.start.column}"
    severity = one.severity.word
    text = (
        f"{relative(one.path)}:{one.start.line}:{one.start.column}: {severity} {one.rule} {one.message[lang]}"
    )
    if one.excerpt:
        text += f"\n{_clip(one.excerpt)}"
    if one.crash or _fails(one, file):
        tag = "error" if one.crash else "failure"
        inner = f"<{tag} type={_attribute(severity)} message={_attribute(one.message[lang])}>{_text(text)}</{tag}>"
    else:
        inner = f"<system-out>{_text(text)}</system-out>"
    return f"    <testcase {_names(one.path, name)}>\n      {inner}\n    </testcase>"


def _fault(one: Note, lang: str) -> tuple[str, Counts]:
    place = f"{one.path}:{one.line}:{one.column}" if one.line else one.path
    text = f"{place}: {one.message[lang]}" if place else one.message[lang]
    error = f'<error type="fault" message={_attribute(one.message[lang])}>{_text(text)}</error>'
    case = f"    <testcase {_names(one.path, say('junit.fault', lang))}>\n      {error}\n    </testcase>"
    return _wrapped(one.path, [case], (1, 0, 1))


def _names(path: str, name: str) -> str:
    shown = _attribute(relative(path) if path else "zhenggai")
    return f'classname={shown} name={_attribute(name)} file={shown} time="0"'


def _clip(excerpt: str) -> str:
    flat = " ".join(excerpt.split())
    return flat if len(flat) <= _CLIPPED else f"{flat[: _CLIPPED - 1]}…"


def _text(text: str) -> str:
    return escape(_valid(text), {"\r": "&#13;"})


def _attribute(text: str) -> str:
    return quoteattr(_valid(text))


def _valid(text: str) -> str:
    """``text`` with what XML cannot hold written as ``\\x1b``."""
    return _INVALID.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)
