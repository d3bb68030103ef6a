"""The examples that every rule carries, run: what they must find is found, at the place, and nothing else.

An example is read as a whole report and judged by its own rule alone. Positions in the results are those of the
rule file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from checker.diagnostics import CheckerError, Diagnostic
from checker.document import Document
from checker.examples_text import mark, parse_example
from checker.linter import lint_rule
from checker.rules import Example, Rule, RuleSet
from checker.source import Source, Span

Read = Callable[[Source, str | None], Document]
"""Makes a document of a source; the second argument is the genre, None to recognize it."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What running examples came to: how many rules and examples there were, and what failed, in order."""

    rules: int
    examples: int
    failures: tuple[CheckerError, ...]


def run_examples(ruleset: RuleSet | Iterable[Rule], read: Read) -> Outcome:
    """Run the examples of all rules. Raises what ``read`` raises."""
    rules = ruleset.rules if isinstance(ruleset, RuleSet) else tuple(ruleset)
    failures: list[CheckerError] = []
    count = 0
    for rule in rules:
        for example in (*rule.bad, *rule.good):
            count += 1
            failure = check_example(rule, example, read)
            if failure is not None:
                failures.append(failure)
    return Outcome(len(rules), count, tuple(failures))


def check_example(rule: Rule, example: Example, read: Read) -> CheckerError | None:
    """What is wrong with an example of ``rule``, or None: the places in ⟦ ⟧ are exactly those found."""
    text, expected = parse_example(example.text)
    source = Source(f"{rule.path}:{example.line}", text)
    findings = lint_rule(read(source, rule.genres[0] if rule.genres else None), rule)
    crash = next((finding for finding in findings if finding.crash), None)
    if crash is not None:
        return _failure(rule, example, crash.message["zh"], crash.message["en"])
    found = tuple(sorted(Span(*finding.span) for finding in findings))
    if found == expected:
        return None
    shown = mark(text, found) if not _overlapping(found) else "、".join(text[s.start : s.end] for s in found)
    if not expected:
        zh, en = "good 示例不应有发现，却报出：", "a good example must find nothing, but finds: "
    elif not found:
        zh, en = (
            "bad 示例应报出 ⟦ ⟧ 处，却没有发现",
            "a bad example must find what is in ⟦ ⟧, but finds nothing",
        )
        shown = ""
    else:
        zh, en = "bad 示例报出的不是 ⟦ ⟧ 处，而是：", "a bad example must find what is in ⟦ ⟧, but finds: "
    return _failure(rule, example, f"{rule.id}：{zh}{_clip(shown)}", f"{rule.id}: {en}{_clip(shown)}")


def _overlapping(spans: tuple[Span, ...]) -> bool:
    return any(before.end > after.start for before, after in zip(spans, spans[1:], strict=False))


def _clip(text: str) -> str:
    """Enough of a text to see its marks: on one line, from a little before the first mark."""
    line = text.strip().replace("\n", "↵")
    start = max(line.find("⟦") - 30, 0)
    end = max(line.rfind("⟧") + 31, start + 60)
    return ("…" if start else "") + line[start:end] + ("…" if end < len(line) else "")


def _failure(rule: Rule, example: Example, zh: str, en: str) -> CheckerError:
    return CheckerError({"zh": zh, "en": en}, rule.path, example.line, example.column)


__all__ = ["Diagnostic", "Outcome", "check_example", "run_examples"]
