"""A judgement at work: every combination of its variables that passes its conditions, held against its assertion."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from checker.diagnostics import Text
from checker.document import Document
from checker.expression import STEPS, Expression, ExpressionError, Shared, Template, WorkLimitError
from checker.expression_operators import Closure
from checker.rule_compile import Judgement, Located
from checker.source import Span

MAX_ROUNDS = 1_000_000
"""So many times one check may be evaluated on one document."""
MAX_STEPS = 30_000_000
"""So many steps all expressions of one check may take together on one document, and as many more as the text has
characters, ten times."""
_STEPS_EACH = 20
"""So many steps more an evaluation may take for each character of the report."""


class Crash(Exception):
    """A rule failed: where in its file, why, and on which place of the report."""

    def __init__(self, place: str, message: Text, span: Span | None) -> None:
        super().__init__(message["en"])
        self.place = place
        self.message = message
        self.span = span


class Work:
    """The evaluation of one judgement on one document. ``frame`` is shared by its expressions: the steps left, the
    document, the variables of ``for``, those of ``let``, and what the expressions need themselves."""

    __slots__ = ("check", "frame", "most", "rounds", "spent", "steps")

    def __init__(self, check: Judgement, document: Document) -> None:
        self.check = check
        self.steps = steps_for(document)
        self.most = MAX_STEPS + 10 * len(document.text)
        self.spent = 0
        self.rounds = 0
        self.frame: list[Any] = [0, document, *[None] * (len(check.names) - 1)]

    def ready(self, located: Located[Shared]) -> Closure:
        """The expression, compiled, with enough places in the frame."""
        shared = located.value
        if shared.size > len(self.frame):
            self.frame += [None] * (shared.size - len(self.frame))
        return shared.run

    def value(self, located: Located[Shared]) -> object:
        """The value of an expression. Raises Crash."""
        frame, steps = self.frame, self.steps
        try:
            run = self.ready(located)
            frame[0] = steps
            value = run(frame)
        except Exception as error:
            raise failure(error, located, self.innermost()) from error
        self.spent += steps - frame[0]
        return value

    def truth(self, located: Located[Shared]) -> bool:
        """The value of an expression that must be true or false. Raises Crash."""
        value = self.value(located)
        if isinstance(value, bool):
            return value
        raise no_bool(located, self.innermost())

    def passes(self, condition: Located[Shared], crash: Crash | None) -> tuple[bool, Crash | None]:
        """Whether a condition is not false, and the first that failed."""
        try:
            return self.truth(condition), crash
        except Crash as failed:
            if isinstance(failed.__cause__, WorkLimitError):
                raise
            return True, crash or failed

    def refuse(self) -> Crash:
        """The crash of too many rounds, or of too much done in them."""
        limit = {"zh": f"运算超过 {self.spent - 1} 步", "en": f"more than {self.spent - 1} steps in all"}
        if self.rounds > MAX_ROUNDS:
            limit = {"zh": f"循环超过 {MAX_ROUNDS} 次", "en": f"more than {MAX_ROUNDS} rounds"}
        return Crash(self.check.asserted.place(), limit, None)

    def values(self) -> dict[str, object]:
        """The variables by name."""
        return dict(zip(self.check.names, self.frame[1:], strict=False))

    def innermost(self) -> Span | None:
        """The place of the last variable of ``for`` that has one."""
        for place in range(len(self.check.bindings) + 1, 1, -1):
            span = span_of(self.frame[place])
            if span is not None:
                return span
        return None


def violations(work: Work) -> Iterator[None]:
    """Stops at every combination of the variables that passes ``when`` and does not hold; they are in the frame
    then. Raises Crash."""
    check, frame, steps = work.check, work.frame, work.steps
    run: Closure | None = None
    passed, crash = True, None
    if check.when[0] is not None:
        passed, crash = work.passes(check.when[0], None)
    if not passed:
        return
    last, first_let = check.when[-1], len(check.bindings) + 2
    for failed in _rounds(work, 0, crash) if check.bindings else (crash,):
        for place, (_, let) in enumerate(check.lets, first_let):
            frame[place] = work.value(let)
        if last is not None:
            passed, failed = work.passes(last, failed)
            if not passed:
                continue
        if failed is not None:
            raise failed
        if run is None:
            run = work.ready(check.asserted)
        frame[0] = steps
        try:
            value = run(frame)
        except Exception as error:
            raise failure(error, check.asserted, work.innermost()) from error
        work.spent += steps - frame[0]
        if value is False:
            yield
        elif value is not True:
            raise no_bool(check.asserted, work.innermost())


def _rounds(work: Work, level: int, crash: Crash | None) -> Iterator[Crash | None]:
    """Puts every combination of the variables of ``for`` into the frame, as far as it passes ``when``; with each,
    what failed in a condition, which counts only if all others hold."""
    check, frame, steps, most, place = work.check, work.frame, work.steps, work.most, level + 2
    items: Any = work.value(check.bindings[level][1])
    if items.__class__ is tuple and not items:
        return
    condition = check.when[level + 1]
    innermost = level + 1 == len(check.bindings)
    run = None if condition is None else work.ready(condition)
    for item in items:
        frame[place] = item
        work.rounds += 1
        if work.rounds > MAX_ROUNDS or work.spent > most:
            raise work.refuse()
        failed = crash
        if condition is not None and run is not None:
            frame[0] = steps
            try:
                value = run(frame)
            except Exception:
                value = None
            work.spent += steps - frame[0]
            if value is False:
                continue
            if value is not True:  # once more, to say what failed
                _, failed = work.passes(condition, crash)
        if innermost:
            yield failed
        else:
            yield from _rounds(work, level + 1, failed)
    frame[place] = None


class Meter:
    """What a word check does on one document: the steps of its searches and expressions together are bounded."""

    __slots__ = ("most", "place", "spent")

    def __init__(self, document: Document, place: str) -> None:
        self.most = MAX_STEPS + 10 * len(document.text)
        self.place = place
        self.spent = 0

    def pay(self, steps: int) -> None:
        """Add steps that were taken. Raises Crash if they are too many."""
        self.spent += steps
        if self.spent > self.most:
            limit = {"zh": f"运算超过 {self.most} 步", "en": f"more than {self.most} steps in all"}
            raise Crash(self.place, limit, None)


def steps_for(document: Document) -> int:
    """How many steps one evaluation may take: what goes over a long report once is no fault."""
    return STEPS + _STEPS_EACH * len(document.text)


def no_bool(located: Located[Any], span: Span | None) -> Crash:
    """The crash of a condition that is neither true nor false."""
    return Crash(located.place(), {"zh": "结果不是真假（bool）", "en": "the result is no bool"}, span)


def failure(
    error: Exception, located: Located[Shared] | Located[Expression] | Located[Template], span: Span | None
) -> Crash:
    """The crash that an exception in an expression or a template is."""
    if isinstance(error, ExpressionError):
        message = {"zh": error.message_zh, "en": error.message_en}
        return Crash(located.place(error.offset), message, span)
    return Crash(located.place(), unforeseen(error), span)


def unforeseen(error: Exception) -> Text:
    """What is said of an exception that nobody thought of."""
    what = f"{type(error).__name__}: {error}".rstrip(": ")
    return {"zh": f"意外错误 {what}", "en": f"unexpected {what}"}


def span_of(value: object) -> Span | None:
    """The place of a node, or a place itself."""
    if isinstance(value, Span):
        return value
    span = getattr(value, "span", None)
    return span if isinstance(span, Span) else None
