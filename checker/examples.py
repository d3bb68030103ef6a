"""The examples that every rule carries, run: what they must find is found, at the place, and nothing else.

An example is read as a whole report and judged by its own rule alone. Positions in the results are those of the
rule file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from checker.diagnostics import CheckerError
from checker.document import Document
from checker.examples_text import parse_example
from checker.linter import lint_rule
from checker.records import dataclass
from checker.rules import Example, Rule, RuleSet
from checker.source import Source, Span

Read = Callable[[Source, str | None], Document]
"""Makes a document of a source; the second argument is the genre, None to recognize it."""


_LONGEST = 40


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
    found = {Span(*finding.span) for finding in findings}
    missing, surplus = sorted(set(expected) - found), sorted(found - set(expected))
    if not missing and not surplus:
        return None
    kind = "bad" if expected else "good"
    zh, en = [], []
    if missing:
        zh.append("未报出" + "、".join(_quote(source, span, "zh") for span in missing))
        en.append("does not find " + ", ".join(_quote(source, span, "en") for span in missing))
    if surplus:
        zh.append("多报出" + "、".join(_quote(source, span, "zh") for span in surplus))
        en.append("also finds " + ", ".join(_quote(source, span, "en") for span in surplus))
    return _failure(
        rule,
        example,
        f"{rule.id} 的 {kind} 示例{'，'.join(zh)}",
        f"the {kind} example of {rule.id} {' and '.join(en)}",
    )


def _quote(source: Source, span: Span, lang: str) -> str:
    """A place of an example: its words, and its line and column within the example."""
    start = source.position(span.start)
    text = source.slice(span).replace("\n", "↵")
    text = text if len(text) <= _LONGEST else f"{text[: _LONGEST // 2]}…{text[-_LONGEST // 2 :]}"
    place = f"（{start.line}:{start.column}）" if lang == "zh" else f" ({start.line}:{start.column})"
    return f"“{text}”{place}"


def _failure(rule: Rule, example: Example, zh: str, en: str) -> CheckerError:
    return CheckerError({"zh": zh, "en": en}, rule.path, example.line, example.column)
