"""``--format sarif``: SARIF 2.1.0, for code scanning and editors."""

from __future__ import annotations

import re
from typing import Any

from checker import __version__
from checker.diagnostics import Diagnostic
from checker.examples_text import CLOSE, OPEN
from checker.files import Note
from checker.messages import both, say
from checker.outcome import Reason, Run, View
from checker.output.json import dump
from checker.output.places import fingerprinted, sources_of, uri
from checker.output.rules import summary
from checker.source import Position, Source
from checker.terms import word

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_ROOT = "%SRCROOT%"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_SNIPPET = 200
_CORRECTABLE = ("text", "markdown")


def render(run: Run, view: View) -> str:
    """One log with one run; texts in the language of ``view``, both languages in ``properties``."""
    reasons = {one.rule: one for file in run.checked for one in file.reasons}
    names = sorted({one.rule for one in run.diagnostics})
    driver = {
        "name": "zhenggai",
        "version": __version__,
        "semanticVersion": __version__,
        "language": _language(view),
        "rules": [_rule(name, reasons.get(name), view.lang) for name in names],
    }
    sources = sources_of(run)
    results = [
        _result(one, names.index(one.rule), sources.get(one.path), fingerprint, view.lang)
        for one, fingerprint in fingerprinted(run)
        if not one.crash
    ]
    return dump(
        {
            "$schema": SCHEMA,
            "version": "2.1.0",
            "runs": [
                {
                    "tool": {"driver": driver},
                    "automationDetails": {"id": "zhenggai/"},
                    "language": _language(view),
                    "columnKind": "unicodeCodePoints",
                    "newlineSequences": ["\r\n", "\n", "\r"],
                    "originalUriBaseIds": {_ROOT: {"description": {"text": say("sarif.root", view.lang)}}},
                    "invocations": [_invocation(run, view.lang)],
                    "artifacts": [_artifact(file.path, file.source) for file in run.checked],
                    "results": results,
                }
            ],
        }
    )


def _language(view: View) -> str:
    return "zh-CN" if view.lang == "zh" else "en"


def _rule(name: str, reason: Reason | None, lang: str) -> dict[str, Any]:
    if reason is None:
        return {"id": name}
    helps = {language: _help(name, reason, language) for language in ("zh", "en")}
    return {
        "id": name,
        "shortDescription": {"text": summary(reason.why[lang])},
        "fullDescription": {"text": _whole(reason, lang)},
        "help": helps[lang],
        "defaultConfiguration": {"level": _LEVELS[reason.severity.word]},
        "properties": {
            "tags": [name.split(".")[0]],
            "shortDescription": {language: summary(reason.why[language]) for language in ("zh", "en")},
            "fullDescription": {language: _whole(reason, language) for language in ("zh", "en")},
            "help": helps,
        },
    }


def _whole(reason: Reason, lang: str) -> str:
    return f"{reason.why[lang].strip()}\n{reason.basis[lang].strip()}"


def _help(name: str, reason: Reason, lang: str) -> dict[str, str]:
    """Why the rule is, on what basis, and its examples: as text and as Markdown."""
    parts = [
        ("explain.why", reason.why[lang].strip()),
        ("explain.basis", reason.basis[lang].strip()),
        ("explain.bad", reason.bad.strip("\n")),
        ("explain.good", reason.good.strip("\n")),
    ]
    given = [(word(key, lang), key, text) for key, text in parts if text]
    text = "\n\n".join(f"{title}\n{content}" for title, _, content in given)
    shown = [
        f"**{title}**\n\n{_quoted(content) if key in ('explain.bad', 'explain.good') else content}"
        for title, key, content in given
    ]
    return {"text": text, "markdown": "\n\n".join([f"`{name}`", *shown])}


def _quoted(example: str) -> str:
    """An example as a Markdown quotation with what is found in it bold."""
    escaped = re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", example)
    lines = escaped.replace(OPEN, "**").replace(CLOSE, "**").split("\n")
    return "\n".join(f"> {line}".rstrip() for line in lines)


def _result(
    one: Diagnostic, index: int, source: Source | None, fingerprint: str, lang: str
) -> dict[str, Any]:
    region = _region(one.start, one.end)
    if one.excerpt and len(one.excerpt) <= _SNIPPET:
        region["snippet"] = {"text": one.excerpt}
    place = one.place and {"message": {"text": one.place}}
    result: dict[str, Any] = {
        "ruleId": one.rule,
        "ruleIndex": index,
        "kind": "fail",
        "level": _LEVELS[one.severity.word],
        "message": {"text": _plain(one.message[lang])},
        "locations": [{"physicalLocation": _physical(one.path, region), **(place or {})}],
        "partialFingerprints": {"zhenggai/v1": fingerprint, "primaryLocationLineHash": fingerprint},
        "properties": {"message": dict(one.message)},
    }
    if one.related:
        result["relatedLocations"] = [
            {
                "id": number,
                "message": {"text": _plain(other.message[lang])},
                "physicalLocation": _physical(one.path, _region(other.start, other.end)),
            }
            for number, other in enumerate(one.related)
        ]
    if one.fix and one.fix.safe and source is not None and source.kind in _CORRECTABLE:
        replacement = {
            "deletedRegion": _region(one.start, one.end),
            "insertedContent": {"text": one.fix.replacement},
        }
        change = {"artifactLocation": _location(one.path), "replacements": [replacement]}
        result["fixes"] = [
            {"description": {"text": say("sarif.fix", lang)}, "artifactChanges": [change]},
        ]
    return result


def _plain(message: str) -> str:
    """A message in which nothing reads as a link: ``[…](…)`` has a meaning in SARIF."""
    return re.sub(r"\[(?=[^\[\]]*\]\()", r"\\[", message)


def _physical(path: str, region: dict[str, Any]) -> dict[str, Any]:
    return {"artifactLocation": _location(path), "region": region}


def _location(path: str) -> dict[str, str]:
    reference = uri(path)
    return {"uri": reference} if reference.startswith("file:") else {"uri": reference, "uriBaseId": _ROOT}


def _region(start: Position, end: Position) -> dict[str, Any]:
    return {
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    }


def _artifact(path: str, source: Source | None) -> dict[str, Any]:
    artifact: dict[str, Any] = {"location": _location(path), "roles": ["analysisTarget"]}
    if source is not None and source.kind in _CORRECTABLE:
        artifact["encoding"] = source.encoding.upper()
    return artifact


def _invocation(run: Run, lang: str) -> dict[str, Any]:
    """How the run ended; a rule that crashed is a fault of the run, not of a report."""
    notifications = [_notification(note, "error", lang) for note in run.faults]
    for one in run.diagnostics:
        if one.crash:
            note = Note(one.path, one.message, one.start.line, one.start.column)
            notifications.append(_notification(note, "error", lang) | {"associatedRule": {"id": one.rule}})
    if not run.checked and not run.faults:
        notifications.append(_notification(Note("", both("summary.none-checked")), "error", lang))
    notifications += [_notification(note, "note", lang) for note in run.notes]
    return {
        "executionSuccessful": run.status != 2,
        "exitCode": run.status,
        "exitCodeDescription": say(f"sarif.status-{run.status}", lang),
        "toolExecutionNotifications": notifications,
    }


def _notification(note: Note, level: str, lang: str) -> dict[str, Any]:
    made: dict[str, Any] = {"level": level, "message": {"text": _plain(note.message[lang])}}
    if note.path:
        physical: dict[str, Any] = {"artifactLocation": _location(note.path)}
        if note.line:
            physical["region"] = {"startLine": note.line, "startColumn": max(note.column, 1)}
        made["locations"] = [{"physicalLocation": physical}]
    return made
