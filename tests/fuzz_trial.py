"""What is asked of every input: an answer or a CheckerError, places inside the text, the same answer twice."""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from checker import checking
from checker.config import forget, settings_for
from checker.diagnostics import CheckerError, Diagnostic
from checker.document import Document
from checker.expression import ExpressionError, compile_expression, compile_template
from checker.linter import lint
from checker.outcome import Run, View
from checker.output import json as json_output
from checker.readers import read_bytes
from checker.reading import read
from checker.rule_files import RuleFileError
from checker.settings import Override, Settings
from checker.source import Source
from tests.documents import ruleset

SLOW = 2.0
"""Seconds of CPU that an input may take beside those for its size."""
PER_BYTE = 100e-6


LIMITS = ("work limit", "steps in all", " rounds")
"""What a rule says that reaches a limit of its work: an answer that is promised."""
limits: set[str] = set()
"""The rules that have said so."""


class Fault(Exception):
    """Something that must not be."""


def answer(kind: str, data: bytes) -> str:
    """What the program says to an input, in short. Raises Fault, or whatever the program raised."""
    name, _, suffix = kind.rpartition(".")
    if kind == "api":
        return _report(lambda: Source("draft.txt", data.decode("utf-8", "surrogatepass")))
    if suffix == "lark":
        return _grammar(name, data.decode("utf-8", "surrogatepass"))
    if name == "rules":
        return _rules(data.decode("utf-8", "surrogatepass"))
    if name == "config":
        return _config(suffix, data)
    if kind == "cel":
        return _code(data.decode("utf-8", "surrogatepass"))
    return _report(lambda: read_bytes(data, f"draft.{suffix}"))


def trial(kind: str, data: bytes) -> str:
    """The answer to an input, which is asked twice. Raises Fault or what the program raised."""
    began = time.process_time()
    first = answer(kind, data)
    took = time.process_time() - began
    if took > SLOW + PER_BYTE * len(data):
        raise Fault(f"slow: {took:.1f} s for {len(data)} bytes")
    if answer(kind, data) != first:
        raise Fault("two answers")
    return first


# --- reports -------------------------------------------------------------------------------------------------


def _refused(error: CheckerError) -> str:
    if not (error.message["zh"] and error.message["en"]):
        raise Fault("an error that says nothing")
    return f"refused {error.describe('zh')}"


def _report(load: Callable[[], Source]) -> str:
    try:
        source = load()
    except CheckerError as error:
        return _refused(error)
    checked = checking.check_source(source, Settings(), keep_document=True)
    for finding in checked.diagnostics:
        _finding(finding, source)
    if checked.document is None:
        raise Fault("no document")
    _document(checked.document, source)
    text = json_output.render(Run((checked,)), View())
    json.loads(text)
    return text


def _finding(finding: Diagnostic, source: Source) -> None:
    if finding.crash and any(words in finding.message["en"] for words in LIMITS):
        limits.add(finding.rule)
    elif finding.crash:
        raise Fault(f"{finding.rule} crashed: {finding.message['en']}")
    start, end = finding.span
    if not 0 <= start <= end <= len(source.text):
        raise Fault(f"{finding.rule}: {finding.span} is not in the text")
    if (finding.start, finding.end) != (source.position(start), source.position(end)):
        raise Fault(f"{finding.rule}: {finding.span} is not {finding.start} to {finding.end}")
    for other in finding.related:
        if not 1 <= other.start.line <= other.end.line <= len(source.line_starts):
            raise Fault(f"{finding.rule}: a related place is not in the text")


def _document(document: Document, source: Source) -> None:
    for name in ("claims", "dates", "contacts", "inspectors", "organizations", "problems", "paragraphs"):
        for node in getattr(document, name):
            if not 0 <= node.span.start <= node.span.end <= len(source.text):
                raise Fault(f"{name}: {node.span} is not in the text")


# --- grammars ------------------------------------------------------------------------------------------------

TOTAL = ("report", "phrase", "date", "contact", "inspectors", "organization")


def _grammar(name: str, text: str) -> str:
    """Our driver of the tables and Lark's must agree, and the grammars that say so take any text."""
    from tests.test_tables import by_lark, by_us

    if name == "report":
        from checker.lines import read_lines, tokens

        if "".join(tokens(text)) != text:
            raise Fault("the tokens are not the text")
        return str(len(read_lines(text)[1]))
    grammar, start = (name, "start") if name in ("phrase", "date", "contact") else ("mention", name)
    ours = by_us(grammar, text, start)
    if ours != by_lark(grammar, text, start):
        raise Fault(f"{name}: not what Lark gives")
    if ours is None and name in TOTAL:
        raise Fault(f"{name}: refused")
    return str(ours)


# --- rules, configurations, expressions --------------------------------------------------------------------


@cache
def _sample() -> Document:
    from tests.fuzz_inputs import texts

    return read(Source("draft.txt", texts()[0]))


def _faults(error: RuleFileError) -> str:
    if not error.faults or any(not one.message["zh"] or one.line < 0 for one in error.faults):
        raise Fault("a fault that says nothing")
    return "\n".join(one.describe("zh") for one in error.faults)


def _rules(text: str) -> str:
    try:
        rules = ruleset(text)
    except RuleFileError as error:
        return _faults(error)
    except CheckerError as error:
        return _refused(error)
    found = lint(_sample(), rules)
    return "\n".join(f"{one.rule} {one.span} {one.message['zh']}" for one in found)


def _config(suffix: str, data: bytes) -> str:
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / ("zhenggai.yaml" if suffix == "yaml" else "pyproject.toml")
        place.write_bytes(data)
        (place.parent / "base.yaml").write_text("select: [count]\n", encoding="utf-8")
        (place.parent / "rules").mkdir()
        forget()
        checking.forget()
        try:
            settings = settings_for(str(place.parent / "draft.txt"), str(place), Override())
            checking.ruleset_of(
                Settings(select=settings.select, ignore=settings.ignore, severity=settings.severity)
            )
        except RuleFileError as error:
            return _faults(error).replace(folder, "")
        except CheckerError as error:
            return _refused(error).replace(folder, "")
        return repr(settings).replace(folder, "")


def _code(text: str) -> str:
    names: dict[str, Any] = {"report": Document}
    said = []
    for compiled in (compile_expression, compile_template):
        try:
            made = compiled(text, names)
        except ExpressionError as error:
            said.append(str(error))
            continue
        try:
            value = (
                made.evaluate({"report": _sample()})
                if hasattr(made, "evaluate")
                else made.render({"report": _sample()}, "zh")
            )
        except ExpressionError as error:
            value = error
        said.append(repr(value)[:2000])
    return "\n".join(said)
