"""Running the rules on a document. Each rule runs by itself; one that crashes does not stop the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from checker.diagnostics import Diagnostic, Fix, Related, Severity, Text
from checker.document import Document, Paragraph
from checker.expression import STEPS, Expression, ExpressionError, Template, WorkLimitError
from checker.rule_compile import Judgement, Located, Messages, Rule, WordCheck
from checker.rules import RuleSet
from checker.source import Origin, Passage, Position, Source, Span, passage
from checker.words import Match, Together, find, narrowed, together

_STEPS_EACH = 20
"""So many steps more an evaluation may take for each character of the report."""
MAX_ROUNDS = 1_000_000
"""So many times one check may be evaluated on one document."""
MAX_STEPS = 30_000_000
"""So many steps all expressions of one check may take together on one document, and as many more as the text has
characters, ten times."""

MAX_RELATED = 50
"""So many second places a finding names at most."""

_SEE: Text = {"zh": "另见此处", "en": "see also here"}

Values = dict[str, object]
_SPENT = "(spent)"
"""The key of values that is no name: the steps and the rounds that the check has taken so far, and how many steps one
evaluation may take."""


class _Crash(Exception):
    """A rule failed: where in its file, why, and on which place of the report."""

    def __init__(self, place: str, message: Text, span: Span | None) -> None:
        super().__init__(message["en"])
        self.place = place
        self.message = message
        self.span = span


def lint(document: Document, ruleset: RuleSet) -> tuple[Diagnostic, ...]:
    """The findings of all rules, in the order of :meth:`Diagnostic.sort_key`. Raises nothing of a rule."""
    findings: list[Diagnostic] = []
    for rule in ruleset.rules:
        findings += lint_rule(document, rule)
    return tuple(sorted(findings, key=Diagnostic.sort_key))


def lint_rule(document: Document, rule: Rule) -> tuple[Diagnostic, ...]:
    """The findings of one rule, no two on the same place: the first check that finds there counts.

    Whatever goes wrong in the rule becomes a finding with ``crash`` set, beside what was found before it.
    """
    findings: dict[Span, Diagnostic] = {}
    try:
        for check in rule.checks:
            if check.genres and document.genre not in check.genres:
                continue
            found = (
                _judge(document, rule, check)
                if isinstance(check, Judgement)
                else _words(document, rule, check)
            )
            for span, finding in found:
                findings.setdefault(span, finding)
    except _Crash as crash:
        return (*findings.values(), _crashed(document, rule, crash.place, crash.message, crash.span))
    except Exception as error:
        message = _unforeseen(error)
        return (*findings.values(), _crashed(document, rule, f"{rule.path}:{rule.line}", message, None))
    return tuple(findings.values())


# --- judgements ------------------------------------------------------------------------------------------


def _judge(document: Document, rule: Rule, check: Judgement) -> Iterator[tuple[Span, Diagnostic]]:
    values: Values = {"report": document, _SPENT: [0, 0, _steps(document)]}
    for crash in _rounds(check, 0, values, None):
        for name, let in check.lets:
            values[name] = _value(let, values, check)
        passed, crash = _passes(check.when[-1], values, check, crash)
        if not passed:
            continue
        if crash is not None:
            raise crash
        if _truth(check.asserted, values, check):
            continue
        place = _value(check.at, values, check) if check.at is not None else None
        span = solid(_span(place) or _innermost(check, values) or fallback(document), document.text)
        fix = None
        if check.fix is not None and check.fix.text is not None:
            fix = Fix(_rendered(check.fix.text, values, "zh", check), check.fix.safe)
        message = _message(check.message, values, check)
        yield span, _finding(document, rule, check, span, message, fix, _related(document, check, values))


def _steps(document: Document) -> int:
    """How many steps one evaluation may take: what goes over a long report once is no fault."""
    return STEPS + _STEPS_EACH * len(document.text)


def _rounds(check: Judgement, level: int, values: Values, crash: _Crash | None) -> Iterator[_Crash | None]:
    """Puts every combination of the variables of ``for`` into ``values``, as far as it passes ``when``; with each,
    what failed in a condition, which counts only if all others hold."""
    if level == 0:
        passed, crash = _passes(check.when[0], values, check, crash)
        if not passed:
            return
    if level == len(check.bindings):
        yield crash
        return
    name, source = check.bindings[level]
    items: Any = _value(source, values, check)
    for item in items:
        values[name] = item
        _count_round(check, values)
        passed, found = _passes(check.when[level + 1], values, check, crash)
        if not passed:
            continue
        if level + 1 == len(check.bindings):
            yield found
        else:
            yield from _rounds(check, level + 1, values, found)
    values.pop(name, None)


def _count_round(check: Judgement, values: Values) -> None:
    work: Any = values[_SPENT]
    work[1] += 1
    if work[1] > MAX_ROUNDS:
        limit = {"zh": f"循环超过 {MAX_ROUNDS} 次", "en": f"more than {MAX_ROUNDS} rounds"}
        raise _Crash(check.asserted.place(), limit, None)
    report: Any = values["report"]
    if work[0] > MAX_STEPS + 10 * len(report.text):
        limit = {"zh": f"运算超过 {work[0] - 1} 步", "en": f"more than {work[0] - 1} steps in all"}
        raise _Crash(check.asserted.place(), limit, None)


def _passes(
    condition: Located[Expression] | None, values: Values, check: Judgement, crash: _Crash | None
) -> tuple[bool, _Crash | None]:
    """Whether a condition is not false, and the first that failed."""
    if condition is None:
        return True, crash
    try:
        return _truth(condition, values, check), crash
    except _Crash as failed:
        if isinstance(failed.__cause__, WorkLimitError):
            raise
        return True, crash or failed


def _value(located: Located[Expression], values: Values, check: Judgement | None) -> object:
    try:
        work: Any = values[_SPENT]
        return located.value.evaluate(values, work[2], work)
    except Exception as error:
        raise _failure(error, located, _innermost(check, values)) from error


def _truth(located: Located[Expression], values: Values, check: Judgement | None) -> bool:
    value = _value(located, values, check)
    if isinstance(value, bool):
        return value
    message = {"zh": "结果不是真假（bool）", "en": "the result is no bool"}
    raise _Crash(located.place(), message, _innermost(check, values))


def _rendered(located: Located[Template], values: Values, lang: str, check: Judgement | None) -> str:
    try:
        return located.value.render(values, lang)
    except Exception as error:
        raise _failure(error, located, _innermost(check, values)) from error


def _message(messages: Messages, values: Values, check: Judgement | None) -> Text:
    return {lang: _rendered(template, values, lang, check) for lang, template in messages.items()}


def _failure(error: Exception, located: Located[Expression] | Located[Template], span: Span | None) -> _Crash:
    if isinstance(error, ExpressionError):
        message = {"zh": error.message_zh, "en": error.message_en}
        return _Crash(located.place(error.offset), message, span)
    return _Crash(located.place(), _unforeseen(error), span)


def _unforeseen(error: Exception) -> Text:
    what = f"{type(error).__name__}: {error}".rstrip(": ")
    return {"zh": f"意外错误 {what}", "en": f"unexpected {what}"}


def _related(document: Document, check: Judgement, values: Values) -> tuple[Related, ...]:
    if check.see is None:
        return ()
    seen = _value(check.see, values, check)
    related = []
    for it in seen[:MAX_RELATED] if isinstance(seen, tuple | list) else (seen,):
        span = _span(it)
        if span is None:
            continue
        span = solid(span, document.text)
        message = _message(check.see_message, {**values, "it": it}, check) if check.see_message else _SEE
        start, end = document.source.position(span.start), document.source.position(span.end)
        related.append(Related(message, start, end))
    return tuple(related)


# --- words -----------------------------------------------------------------------------------------------


def _words(document: Document, rule: Rule, check: WordCheck) -> Iterator[tuple[Span, Diagnostic]]:
    passages, texts = _view(document, check.roles)
    matcher = narrowed(check.matcher, texts)
    if not matcher.table and not matcher.patterns:
        return
    for paragraph, text in passages:
        for match in find(matcher, text.text):
            word = text.text[match.start : match.end]
            span = text.span(match.start, match.end)
            values = _word_values(document, paragraph, check, match, word)
            if check.when is not None and not _truth(check.when, values, None):
                continue
            # A word that a line break or markup cuts: putting another for it would take that away as well.
            whole = span.end - span.start == len(word)
            fix = _word_fix(check, match, values, whole)
            message = _message(check.message, values, None)
            yield span, _finding(document, rule, check, span, message, fix, ())


View = tuple[tuple[Paragraph | None, Passage], ...]


def _view(document: Document, roles: frozenset[str]) -> tuple[View, Together]:
    """The passages of paragraphs of certain roles, and a text that holds all of theirs. What was made for the last
    document is kept, since most word checks ask for the same."""
    latest, views, texts = _LATEST[0]
    if latest is not document:
        views, texts = {}, {}
        _LATEST[0] = (document, views, texts)
    if roles not in views:
        views[roles] = tuple(_passages(document, roles))
    raw = "raw" in roles
    if raw not in texts:
        every = (paragraph.passage.text for paragraph in document.paragraphs)
        texts[raw] = together([document.text] if raw else every)
    return views[roles], texts[raw]


_LATEST: list[tuple[Document | None, dict[frozenset[str], View], dict[bool, Together]]] = [(None, {}, {})]


def _passages(document: Document, roles: frozenset[str]) -> Iterator[tuple[Paragraph | None, Passage]]:
    if "raw" in roles:
        yield None, passage(document.text)
        return
    for paragraph in document.paragraphs:
        if paragraph.role in roles:
            yield paragraph, paragraph.passage


def _word_values(
    document: Document, paragraph: Paragraph | None, check: WordCheck, match: Match, word: str
) -> Values:
    fields: Values = dict.fromkeys(check.matcher.fields, "")
    fields |= match.entry.fields
    right = match.entry.right or ""
    values = {**fields, "report": document, "paragraph": paragraph, "word": word, "right": right}
    values[_SPENT] = [0, 0, _steps(document)]
    return values


def _word_fix(check: WordCheck, match: Match, values: Values, whole: bool) -> Fix | None:
    safe = check.fix.safe if check.fix is not None else False
    if match.entry.safe is not None:
        safe = match.entry.safe
    if check.fix is not None and check.fix.text is not None:
        return Fix(_rendered(check.fix.text, values, "zh", None), safe and whole)
    return Fix(match.entry.right, safe and whole) if match.entry.right is not None else None


# --- places ----------------------------------------------------------------------------------------------


def _span(value: object) -> Span | None:
    """The place of a node, or a place itself."""
    if isinstance(value, Span):
        return value
    span = getattr(value, "span", None)
    return span if isinstance(span, Span) else None


def _innermost(check: Judgement | None, values: Mapping[str, object]) -> Span | None:
    """The place of the last variable of ``for`` that has one."""
    if check is None:
        return None
    spans = (_span(values.get(name)) for name, _ in reversed(check.bindings))
    return next((span for span in spans if span is not None), None)


def fallback(document: Document) -> Span:
    """Where a finding about the report as a whole stands: its title, else its first line that says something."""
    if document.title is not None:
        return document.title.span
    text = document.text
    start = len(text) - len(text.lstrip())
    if start == len(text):
        start = 0
    return document.source.line_span(document.source.position(start).line)


def solid(span: Span, text: str) -> Span:
    """``span`` inside the text and, where there is any character to stand on, not empty."""
    start = min(max(span.start, 0), len(text))
    end = min(max(span.end, start), len(text))
    if start < end:
        return Span(start, end)
    if start < len(text) and text[start] not in "\r\n":
        return Span(start, start + 1)
    if start > 0 and text[start - 1] not in "\r\n":
        return Span(start - 1, start)
    return Span(start, min(start + 1, len(text)))


def _place(origin: Origin | None) -> str:
    """Where in a Word, HTML or PDF file; "" for plain text, whose lines say it."""
    if origin is None:
        return ""
    return f"第{origin.paragraph}段" + (f"，{origin.place}" if origin.place else "")


# --- findings --------------------------------------------------------------------------------------------


def _positions(source: Source, span: Span) -> tuple[Position, Position]:
    return source.position(span.start), source.position(span.end)


def _finding(
    document: Document,
    rule: Rule,
    check: Judgement | WordCheck,
    span: Span,
    message: Text,
    fix: Fix | None,
    related: tuple[Related, ...],
) -> Diagnostic:
    source = document.source
    return Diagnostic(
        source.path,
        rule.id,
        check.severity,
        message,
        *_positions(source, span),
        span=(span.start, span.end),
        excerpt=source.slice(span),
        related=related,
        fix=fix,
        place=_place(source.origin(span.start)),
    )


def _crashed(document: Document, rule: Rule, place: str, message: Text, span: Span | None) -> Diagnostic:
    source = document.source
    span = solid(span or fallback(document), document.text)
    return Diagnostic(
        source.path,
        rule.id,
        Severity.ERROR,
        {
            "zh": f"规则 {rule.id} 出错，没有查完（{place}：{message['zh']}）",
            "en": f"the rule {rule.id} failed before its end ({place}: {message['en']})",
        },
        *_positions(source, span),
        span=(span.start, span.end),
        excerpt=source.slice(span),
        place=_place(source.origin(span.start)),
        crash=True,
    )
