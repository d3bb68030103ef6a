"""From the plain data of a rule to what can be run: expressions, templates, word lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Generic, TypeVar

from checker.caching import packed, unpacked
from checker.diagnostics import CheckerError, Severity, Text
from checker.document import Document, Paragraph
from checker.expression import (
    Expression,
    ExpressionError,
    Shared,
    Template,
    compile_ast,
    compile_shared,
    compile_template_ast,
    parse,
    parse_template,
)
from checker.expression_compile import free_names
from checker.expression_types import fields_of, item_of, kinds, parts, type_name
from checker.records import dataclass
from checker.rule_files import Run, locate
from checker.rule_nodes import Plain, joined, together
from checker.source import Span
from checker.words import Matcher, matcher_of, sorted_words

Names = dict[str, Any]
"""The types of the variables that an expression may use."""
Compiled = TypeVar("Compiled")


class Late(Generic[Compiled]):
    """Something that is made when it is first needed."""

    __slots__ = ("_make", "value")
    value: Compiled
    """What was made."""

    def __init__(self, make: Callable[[], Compiled]) -> None:
        self._make = make

    def __getattr__(self, name: str) -> Any:
        if name != "value":
            raise AttributeError(name)
        self.value = self._make()
        return self.value


class Located(Late[Compiled]):
    """Something that is compiled when it is first needed, and where in its rule file its text stands."""

    __slots__ = ("path", "runs")

    def __init__(self, make: Callable[[], Compiled], path: str, runs: Sequence[Run]) -> None:
        super().__init__(make)
        self.path = path
        self.runs = runs

    def place(self, offset: int = 0) -> str:
        """``path:line:column`` of an offset in the text."""
        line, column = locate(self.runs, offset)
        return f"{self.path}:{line}:{column}"


Messages = Late[Mapping[str, Located[Template]]]
"""A message by languages."""
Bindings = tuple[tuple[str, Located[Shared]], ...]
Conditions = tuple[Located[Shared] | None, ...]


@dataclass(frozen=True, slots=True)
class Replacement:
    """How to correct what was found; ``text`` is None where the word itself says it."""

    text: Located[Template] | None
    safe: bool


@dataclass(frozen=True, slots=True)
class Judgement:
    """A check of the document: for every value of ``bindings`` that passes ``when``, ``asserted`` must hold.

    The expressions share a frame that holds ``names``: ``report``, the variables of ``bindings``, those of ``lets``.
    ``when`` is what ``&&`` joins in it: first what needs none of the ``bindings``, then for each of them what needs
    it and none after it, last what needs ``lets``. So each is asked as early as it can be. ``over`` is the field of the
    report that the first of the ``bindings`` goes over, "" if that is something else: where it is empty there is nothing
    to judge.
    """

    severity: Severity
    genres: tuple[str, ...]
    names: tuple[str, ...]
    bindings: Bindings
    lets: Bindings
    when: Conditions
    asserted: Located[Shared]
    at: Located[Shared] | None
    see: Located[Shared] | None
    see_message: Messages | None
    message: Messages
    fix: Replacement | None
    over: str


@dataclass(frozen=True, slots=True)
class WordCheck:
    """A check of the words in paragraphs of certain ``roles``, or in the ``raw`` text. ``when`` may pass over some: it
    is what ``&&`` joins in it, first what does not speak of the ``paragraph``, then what does."""

    severity: Severity
    genres: tuple[str, ...]
    roles: frozenset[str]
    matcher: Matcher
    when: tuple[Located[Expression] | None, ...]
    message: Messages
    fix: Replacement | None


Check = Judgement | WordCheck


@dataclass(frozen=True, slots=True)
class Example:
    """A piece of a report with its marks ⟦ ⟧, and where in the rule file it stands."""

    text: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Told:
    """What a rule says of itself."""

    why: Text
    basis: Text
    bad: tuple[Example, ...]
    good: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule. ``severity`` is that of checks which state none; ``genres`` is empty for all."""

    id: str
    path: str
    line: int
    column: int
    severity: Severity
    genres: tuple[str, ...]
    told: Late[Told]
    checks: tuple[Check, ...]

    @property
    def why(self) -> Text:
        """What goes wrong for a reader where it is not kept."""
        return self.told.value.why

    @property
    def basis(self) -> Text:
        """The regulation, the standard or the logic that it rests on."""
        return self.told.value.basis

    @property
    def bad(self) -> tuple[Example, ...]:
        """Where it must find something."""
        return self.told.value.bad

    @property
    def good(self) -> tuple[Example, ...]:
        """Where it must find nothing."""
        return self.told.value.good


def compile_rule(data: Plain, faults: list[CheckerError]) -> Rule:
    """The rule that ``data`` stands for; what does not compile is left out of it and added to ``faults``.

    Trees of expressions and sorted words are put into ``data``: if it was without fault, :func:`restore_rule` makes
    the same rule of what :func:`packed_rule` makes of it.
    """
    sound = [check for check in data["checks"] if _is_sound(check, data, faults)]
    return restore_rule(packed_rule({**data, "checks": sound}))


def packed_rule(data: Plain) -> Plain:
    """The data of a rule that has been compiled, without what is no longer needed; what a check seldom needs is
    packed."""
    told = packed([data["why"], data["basis"], data["bad"], data["good"]])
    kept = {key: value for key, value in data.items() if key not in ("why", "basis", "bad", "good")}
    return {**kept, "told": told, "checks": [_packed_check(check) for check in data["checks"]]}


def _packed_check(check: Plain) -> Plain:
    names = [name for name in ("message", "see_message") if check.get(name) is not None]
    return {**check, "entries": [], **{name: packed(check[name]) for name in names}}


def restore_rule(data: Plain) -> Rule:
    """The rule of ``data`` that :func:`packed_rule` made; nothing is checked again."""
    severity = Severity[(data["severity"] or "error").upper()]
    return Rule(
        data["id"],
        data["path"],
        data["line"],
        data["column"],
        severity,
        tuple(data["genres"]),
        Late(lambda: _told(*unpacked(data["told"]))),
        tuple(_check(check, data, severity) for check in data["checks"]),
    )


def _told(why: Text, basis: Text, bad: Sequence[Plain], good: Sequence[Plain]) -> Told:
    examples = (tuple(Example(**example) for example in one) for one in (bad, good))
    return Told(why, basis, *examples)


# --- checking ----------------------------------------------------------------------------------------------------


def _is_sound(data: Plain, rule: Plain, faults: list[CheckerError]) -> bool:
    """Whether a check has no fault; trees and sorted words are put into it."""
    before = len(faults)
    path: str = rule["path"]
    names: Names = {"report": Document}
    if data["kind"] != "assert":
        data["sorted"] = sorted_words(data["entries"], data["except"], faults)
        matcher = matcher_of(data["sorted"])
        names |= {**dict.fromkeys(matcher.fields, str), **names, "word": str, "right": str}
        names["paragraph"] = Paragraph | None
        _expression(data["when"], path, names, faults, "bool")
        _messages(data["message"], path, names, faults)
        _fix(data["fix"], path, names, faults)
        if len(faults) > before or data["message"] is None:
            return False
        data["levels"] = ["paragraph" in free_names(part) for part in joined(data["when"])]
        return True
    for binding in data["for"]:
        _binding(binding, path, names, faults)
    for let in data["let"]:
        _let(let, path, names, faults)
    _expression(data["when"], path, names, faults, "bool")
    _expression(data["assert"], path, names, faults, "bool")
    _expression(data["at"], path, names, faults, "place")
    see = _expression(data["see"], path, names, faults, "places")
    _messages(data["see_message"], path, {**names, "it": _related(see)}, faults)
    _messages(data["message"], path, names, faults)
    _fix(data["fix"], path, names, faults)
    if len(faults) > before or data["assert"] is None or data["message"] is None:
        return False
    data["levels"] = _levels(data)
    return True


def _binding(data: Plain, path: str, names: Names, faults: list[CheckerError]) -> None:
    value = _expression(data["value"], path, names, faults, "list")
    if data["name"] != "report":
        names[data["name"]] = item_of(value.type) if value is not None else Any


def _let(data: Plain, path: str, names: Names, faults: list[CheckerError]) -> None:
    value = _expression(data["value"], path, names, faults, "")
    if data["name"] not in names:
        names[data["name"]] = value.type if value is not None else Any
    elif data["name"] != "report":  # which the shape of the file has told already
        line, column = locate(data["value"]["runs"], 0)
        message = {"zh": f"变量名 {data['name']} 已有他用", "en": f"the name {data['name']} is taken"}
        faults.append(CheckerError(message, path, line, column))


def _levels(data: Plain) -> list[int]:
    """For each part of ``when`` how many of the variables of ``for`` must have values before it can be asked; one
    more if variables of ``let`` must."""
    bindings = [binding["name"] for binding in data["for"]]
    lets = {let["name"] for let in data["let"]}
    levels = []
    for part in joined(data["when"]):
        names = free_names(part)
        level = max((at for at, name in enumerate(bindings, 1) if name in names), default=0)
        levels.append(level if lets.isdisjoint(names) else len(bindings) + 1)
    return levels


_WANTED = {
    "bool": ("这里应是真假（bool）", "a bool is wanted here"),
    "list": ("for 要的是列表（list）", "for wants a list"),
    "place": ("at 要的是有位置（span）的结点", "at wants a node that has a place (span)"),
    "places": ("see 要的是有位置（span）的结点，或这样的列表", "see wants nodes that have a place (span)"),
}


def _expression(
    data: Plain | None, path: str, names: Names, faults: list[CheckerError], wanted: str
) -> Expression | None:
    if data is None:
        return None
    try:
        if "ast" not in data:
            data["ast"] = parse(data["text"])
        value = compile_ast(data["ast"], data["text"], names)
        if not _fits(value.type, wanted):
            zh, en = _WANTED[wanted]
            found = type_name(value.type)
            raise ExpressionError(f"{zh}，不是{found[0]}", f"{en}, not {found[1]}", _start(data["text"]))
    except ExpressionError as error:
        faults.append(_fault(error, data, path))
        return None
    return value


def _fits(kind: Any, wanted: str) -> bool:
    if kind is Any or not wanted:
        return True
    if wanted in ("bool", "list"):
        return wanted in kinds(kind)
    has_place = any(
        part is Any
        or part is Span
        or (isinstance(part, type) and kinds(part) == {"object"} and "span" in fields_of(part))
        for part in parts(kind)
    )
    return has_place or (wanted == "places" and "list" in kinds(kind) and _fits(item_of(kind), "place"))


def _related(see: Expression | None) -> Any:
    if see is None:
        return Any
    kind = see.type
    return item_of(kind) if "list" in kinds(kind) and kind is not Any else kind


def _messages(data: Plain | None, path: str, names: Names, faults: list[CheckerError]) -> None:
    for text in (data or {}).values():
        _template(text, path, names, faults)


def _template(data: Plain, path: str, names: Names, faults: list[CheckerError]) -> None:
    try:
        if "ast" not in data:
            data["ast"] = parse_template(data["text"])
        compile_template_ast(data["ast"], data["text"], names)
    except ExpressionError as error:
        fault = _fault(error, data, path)
        if not any(_same(fault, known) for known in faults[-4:]):
            faults.append(fault)


def _fix(data: Plain | None, path: str, names: Names, faults: list[CheckerError]) -> None:
    if data is not None and data["replace"] is not None:
        _template(data["replace"], path, names, faults)


def _same(one: CheckerError, other: CheckerError) -> bool:
    return (one.message, one.path, one.line, one.column) == (
        other.message,
        other.path,
        other.line,
        other.column,
    )


def _fault(error: ExpressionError, data: Plain, path: str) -> CheckerError:
    line, column = locate(data["runs"], error.offset)
    return CheckerError({"zh": error.message_zh, "en": error.message_en}, path, line, column)


def _start(text: str) -> int:
    return len(text) - len(text.lstrip())


# --- what has been checked ---------------------------------------------------------------------------------------


def _check(data: Plain, rule: Plain, default: Severity) -> Check:
    severity = Severity[data["severity"].upper()] if data["severity"] else default
    genres = tuple(data["genres"] or rule["genres"])
    path: str = rule["path"]
    message, fix = _messages_of(data["message"], path), None
    if data["fix"] is not None:
        text = data["fix"]["replace"]
        fix = Replacement(None if text is None else _later_template(text, path), data["fix"]["safe"])
    if data["kind"] != "assert":
        roles, matcher = frozenset(data["in"]), matcher_of(data["sorted"])
        when = _when(data, path, 2, lambda tree: compile_ast(tree, data["when"]["text"], None))
        return WordCheck(severity, genres, roles, matcher, when, message, fix)
    names = ("report", *(one["name"] for one in (*data["for"], *data["let"])))
    asserted = _shared(data["assert"], names, path)
    assert asserted is not None
    return Judgement(
        severity,
        genres,
        names,
        _bindings(data["for"], names, path),
        _bindings(data["let"], names, path),
        _when(data, path, len(data["for"]) + 2, lambda tree: compile_shared(tree, names)),
        asserted,
        _shared(data["at"], names, path),
        _shared(data["see"], names, path),
        None if data["see_message"] is None else _messages_of(data["see_message"], path),
        message,
        fix,
        _over(data["for"]),
    )


def _over(bindings: Sequence[Plain]) -> str:
    tree: Sequence[Any] = bindings[0]["value"]["ast"] if bindings else ("",)
    return tree[3] if tree[0] == "field" and tree[2][0] == "name" else ""


def _when(
    data: Plain, path: str, levels: int, make: Callable[[Any], Compiled]
) -> tuple[Located[Compiled] | None, ...]:
    """What ``&&`` joins in the ``when`` of a check, joined again by levels; places in it are those in the whole."""
    found: list[list[Any]] = [[] for _ in range(levels)]
    for part, level in zip(joined(data["when"]), data["levels"], strict=True):
        found[level].append(part)
    return tuple(
        [
            Located(partial(make, together(parts)), path, data["when"]["runs"]) if parts else None
            for parts in found
        ]
    )


def _shared(data: Plain | None, names: tuple[str, ...], path: str) -> Located[Shared] | None:
    if data is None:
        return None
    return Located(lambda: compile_shared(data["ast"], names), path, data["runs"])


def _bindings(data: Sequence[Plain], names: tuple[str, ...], path: str) -> Bindings:
    found = ((one["name"], _shared(one["value"], names, path)) for one in data)
    return tuple((name, value) for name, value in found if value is not None)


def _later_template(data: Plain, path: str) -> Located[Template]:
    return Located(lambda: compile_template_ast(data["ast"], data["text"], None), path, data["runs"])


def _messages_of(data: bytes, path: str) -> Messages:
    return Late(lambda: {lang: _later_template(text, path) for lang, text in unpacked(data).items()})
