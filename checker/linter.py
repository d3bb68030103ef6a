"""Running the rules on a document. Each rule runs by itself; one that crashes does not stop the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from checker.diagnostics import Diagnostic, Fix, Related, Severity, Text
from checker.document import Document, Paragraph
from checker.expression import STEPS, Expression, Template, WorkLimitError
from checker.judging import Crash, Meter, Work, failure, no_bool, span_of, steps_for, unforeseen, violations
from checker.rule_compile import Judgement, Located, Messages, Rule, WordCheck
from checker.rules import RuleSet
from checker.source import Origin, Passage, Position, Source, Span, passage
from checker.words import Match, Together, matches, narrowed, together

MAX_RELATED = 50
"""So many second places a finding names at most."""

Values = dict[str, object]
_SEE: Text = {"zh": "另见此处", "en": "see also here"}


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
            if isinstance(check, Judgement) and check.over and getattr(document, check.over) == ():
                continue
            found = (
                _judge(document, rule, check)
                if isinstance(check, Judgement)
                else _words(document, rule, check)
            )
            for span, finding in found:
                findings.setdefault(span, finding)
    except Crash as crash:
        return (*findings.values(), _crashed(document, rule, crash.place, crash.message, crash.span))
    except Exception as error:
        message = unforeseen(error)
        return (*findings.values(), _crashed(document, rule, f"{rule.path}:{rule.line}", message, None))
    return tuple(findings.values())


# --- judgements ------------------------------------------------------------------------------------------


def _judge(document: Document, rule: Rule, check: Judgement) -> Iterator[tuple[Span, Diagnostic]]:
    work = Work(check, document)
    for _ in violations(work):
        place = work.value(check.at) if check.at is not None else None
        span = solid(span_of(place) or work.innermost() or fallback(document), document.text)
        values, around = work.values(), work.innermost()
        fix = None
        if check.fix is not None and check.fix.text is not None:
            fix = Fix(_rendered(check.fix.text, values, "zh", around), check.fix.safe)
        spent = [0]
        message = _message(check.message, values, around, spent)
        work.spent += spent[0]
        related = _related(document, work, values)
        yield span, _finding(document, rule, check, span, message, fix, related)


def _rendered(
    located: Located[Template], values: Values, lang: str, span: Span | None, spent: list[int] | None = None
) -> str:
    try:
        return located.value.render(values, lang, STEPS, spent)
    except Exception as error:
        raise failure(error, located, span) from error


def _message(messages: Messages, values: Values, span: Span | None, spent: list[int] | None = None) -> Text:
    rendered = messages.value.items()
    return {lang: _rendered(template, values, lang, span, spent) for lang, template in rendered}


def _related(document: Document, work: Work, values: Values) -> tuple[Related, ...]:
    check = work.check
    if check.see is None:
        return ()
    seen = work.value(check.see)
    related = []
    for it in seen[:MAX_RELATED] if isinstance(seen, tuple | list) else (seen,):
        span = span_of(it)
        if span is None:
            continue
        span = solid(span, document.text)
        message = _SEE
        if check.see_message:
            message = _message(check.see_message, {**values, "it": it}, work.innermost())
        start, end = document.source.position(span.start), document.source.position(span.end)
        related.append(Related(message, start, end))
    return tuple(related)


# --- words -----------------------------------------------------------------------------------------------


def _words(document: Document, rule: Rule, check: WordCheck) -> Iterator[tuple[Span, Diagnostic]]:
    texts = _texts(document, "raw" in check.roles)
    meter = Meter(document, f"{rule.path}:{rule.line}")
    standing = narrowed(check.matcher, texts, meter.pay)
    if not standing.words and not standing.patterns:
        return
    steps = steps_for(document)
    anywhere: Answers = {}
    for paragraph, text in _passages(document, check.roles, standing.places(texts)):
        here: Answers = {}
        for match in matches(standing, text.text, meter.pay):
            word = text.text[match.start : match.end]
            span = text.span(match.start, match.end)
            values = _word_values(document, paragraph, check, match, word)
            spent = [0]
            right = match.entry.right or ""
            wanted = _wanted(
                check, values, steps, (anywhere, here), (word, right, *match.entry.fields.values()), spent
            )
            meter.pay(spent[0])
            if not wanted:
                continue
            # A word that a line break or markup cuts: putting another for it would take that away as well.
            whole = span.end - span.start == len(word)
            fix = _word_fix(check, match, values, whole)
            spent = [0]
            message = _message(check.message, values, None, spent)
            meter.pay(spent[0])
            yield span, _finding(document, rule, check, span, message, fix, ())


def _texts(document: Document, raw: bool) -> Together:
    """The texts of all paragraphs, or the raw text. What was made for the last document is kept, since most word checks
    ask for the same."""
    latest, texts = _LATEST[0]
    if latest is not document:
        texts = {}
        _LATEST[0] = (document, texts)
    if raw not in texts:
        every = (paragraph.passage.text for paragraph in document.paragraphs)
        texts[raw] = together([document.text] if raw else every)
    return texts[raw]


_LATEST: list[tuple[Document | None, dict[bool, Together]]] = [(None, {})]


def _passages(
    document: Document, roles: frozenset[str], places: Sequence[int]
) -> Iterator[tuple[Paragraph | None, Passage]]:
    """The paragraphs at certain places that have one of the roles."""
    if "raw" in roles:
        yield None, passage(document.text)
        return
    for place in places:
        paragraph = document.paragraphs[place]
        if paragraph.role in roles:
            yield paragraph, paragraph.passage


def _word_values(
    document: Document, paragraph: Paragraph | None, check: WordCheck, match: Match, word: str
) -> Values:
    fields: Values = dict.fromkeys(check.matcher.fields, "")
    fields |= match.entry.fields
    right = match.entry.right or ""
    return {**fields, "report": document, "paragraph": paragraph, "word": word, "right": right}


Key = tuple[str, ...]
Answers = dict[Key, bool]


def _wanted(
    check: WordCheck,
    values: Values,
    steps: int,
    known: tuple[Answers, Answers],
    key: Key,
    spent: list[int],
) -> bool:
    """Whether ``when`` holds of a word: what does not speak of its paragraph is asked once for each word, the rest
    once in each paragraph. What failed counts only if all else holds."""
    failed: Crash | None = None
    for condition, answers in zip(check.when, known, strict=True):
        if condition is None:
            continue
        if key not in answers:
            try:
                answers[key] = _truth(condition, values, steps, spent)
            except Crash as crash:
                if isinstance(crash.__cause__, WorkLimitError):
                    raise
                failed = failed or crash
                continue
        if not answers[key]:
            return False
    if failed is not None:
        raise failed
    return True


def _truth(located: Located[Expression], values: Values, steps: int, spent: list[int]) -> bool:
    try:
        value = located.value.evaluate(values, steps, spent)
    except Exception as error:
        raise failure(error, located, None) from error
    if isinstance(value, bool):
        return value
    raise no_bool(located, None)


def _word_fix(check: WordCheck, match: Match, values: Values, whole: bool) -> Fix | None:
    safe = check.fix.safe if check.fix is not None else False
    if match.entry.safe is not None:
        safe = match.entry.safe
    if check.fix is not None and check.fix.text is not None:
        return Fix(_rendered(check.fix.text, values, "zh", None), safe and whole)
    return Fix(match.entry.right, safe and whole) if match.entry.right is not None else None


# --- places ----------------------------------------------------------------------------------------------


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
