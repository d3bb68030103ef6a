"""How figures are stated: a sentence as a sequence of phrases, by ``grammars/phrase.lark``.

A phrase is a group (subject, state, object), a marker (其中, 其余, 反馈 …) or a punctuation mark. What is
counted and what it means for the report is for :mod:`checker.claims` to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import Any

from checker import resources
from checker.numerals import read_number
from checker.phrase_nodes import Group, Marker, Noun, Phrase, Quantity, State, shifted
from checker.regexes import kept_pattern, late
from checker.tables import Filter, Parser, Terminals, Token, UnexpectedError, parser

_NOUNS = ("TASK", "MEASURE", "RULE", "DETAIL", "ASPECT", "PROBLEM")
_SIMPLE = ("EXCEPT", "FOREIGN", "OVERLAP", "BATCH", "SUBSET", "MORE", "CLASS", "REFINED", "PURPOSE", "REMAINDER", "STILL", "SHARE", "HOME",
           "BODY", "SELF_CHECK", "DISCIPLINE", "CHECKED", "PORTION", "POINTED_OUT")  # fmt: skip
_APART = (*_SIMPLE, "ROUTINE", "URGING", "RATE", "OWN", "YEAR", "OUTSTANDING", "RECOVERED", "LISTED", "SEVERALLY", "EACH", "FOUND",
          "FEEDBACK", "PLANNED", "DEADLINE", "CLOSING", "COMMA", "ENUMERATION", "SEMICOLON", "COLON", "STOP", "OPEN",
          "CLOSE")  # fmt: skip
_MASK = r"(?:[*＊×○□]+|[_＿]+|〇{2,}|(?<![A-Za-z0-9])[xX]{1,4}|[（(【]\s*[】)）])"
_HAN = "一二两三四五六七八九十百千零〇"


@cache
def _words() -> dict[str, Any]:
    return resources.lexicon("figures")


@cache
def _patterns() -> dict[str, str]:
    """The terminals of the grammar, in the order in which they are tried."""
    words = _words()
    any_of = resources.alternatives
    units, nouns, states = words["units"], words["nouns"], words["states"]
    every_unit = any_of([word for kind in units.values() for word in kind])
    every_noun = any_of([word for kind in nouns.values() for word in kind])
    modifiers = "|".join((any_of(words["modifiers"]), *words["modifier-patterns"]))
    singles = (words["one-after"], states["ongoing"], states["partial"], states["pending"])
    after = "|".join(f"(?<={word})" for kind in singles for word in kind)
    counts = any_of(units["count"])
    last = (
        f"(?<=[题施见务度])(?=一(?:{counts})(?:[，,。；;、）)]|$))"  # 立行立改问题一个，
        f"|(?=一(?:{counts})(?:{any_of([*states['perfect'], *states['ongoing'], *states['partial']])}))"
    )
    counters = "".join(units["count"])
    patterns = {
        "HUNDREDTH": f"百分之[{_HAN}点]+",
        "DEADLINE": _either(words, "deadline"),
        "YEAR": "(?:19|20)[0-9]{2}年度?(?![0-9以底初末中上下])",
        "MASK": f"{_MASK}(?:[.．]{_MASK})?(?!{any_of(words['no-units'])})(?=[余多]?(?:{every_unit}))",
        "ROUTINE": _either(words, "routine"),
        "URGING": _either(words, "urging"),
        "NO_FIGURE": "|".join((any_of(words["set-phrases"]), *words["no-figure-patterns"])),
        "RATE": _either(words, "rate"),
        "OWN": any_of(words["own"]),
        "PARTIAL": any_of(states["partial"]),
        "PENDING": any_of(states["pending"]),
        "ONGOING": _either(states, "ongoing"),
        "LASTING": any_of(states["long-term"]),
    }
    for name in _NOUNS:
        patterns[name] = f"(?:(?<=[{counters}])(?:(?:{modifiers})的?)+)?(?:{any_of(nouns[name.lower()])})"
    counted = any_of(nouns["aspect-counted"])
    patterns["ASPECT"] = f"(?<=[{counters}0-9０-９{_HAN}大])(?:{counted})|{patterns['ASPECT']}"
    for name in _SIMPLE:
        patterns[name] = _either(words, name.lower().replace("_", "-"))
    perfect = [adverb + core for adverb in states["perfect"] for core in states["core"]]
    follows_all = any_of([*states["core"], *states["adverb"], *states["ongoing"], *states["partial"]])
    return patterns | {
        "OUTSTANDING": f"(?:{any_of(states['not'])})(?:{any_of(words['recovered'])})(?=[^，。；]{{0,8}}元)",
        "RECOVERED": f"(?:{any_of(words['recovered'])})(?=[^，。；]{{0,8}}元)",
        "CORE": any_of([*states["core"], *perfect]),
        "NOT": any_of(states["not"]),
        "DOING": any_of(states["doing"]),
        "PARTLY": any_of(states["partly"]),
        "OR": f"(?:{any_of(states['merging'])})(?={any_of(states['partly'])})",
        "AND": f"(?:{any_of(states['and'])})(?={any_of([*states['ongoing'], *states['long-term'], *states['doing']])})",
        "ALL": f"(?:{any_of(words['all'])})(?:的)?(?={follows_all}|{every_noun}|[0-9０-９])|{'|'.join(words['all-patterns'])}",
        "LISTED": any_of(words["listed"]),
        "SEVERALLY": any_of(words["severally"]),
        "EACH": f"(?:{any_of(words['each'])})|各(?=[0-9０-９{_HAN}])",
        "ADVERB": any_of(states["adverb"]),
        "FOUND": any_of(words["found"]),
        "FEEDBACK": any_of(words["feedback"]),
        "PLANNED": any_of(words["planned"]),
        "CLOSING": any_of(words["closing"]),
        "APPROX_BEFORE": f"(?:{any_of(words['approximate']['before'])})(?=百分之|[0-9０-９{_HAN}])",
        "ARABIC": r"[0-9０-９]+(?:[,，][0-9０-９]{3}(?![0-9０-９]))*(?:[.．][0-9０-９]+)?",
        "HAN": f"(?:(?!一(?:{every_unit}|{every_noun}))|{after}|{last})[{_HAN}]+(?=[余多]?(?:{every_unit}|{every_noun}))",
        "MIDDLE": f"(?:{any_of(words['approximate']['middle'])})(?={every_unit})",
        "MONEY": any_of(units["money"]),
        "PERSON": any_of(units["person"]),
        "PERCENT": any_of(units["percent"]),
        "TENTH": any_of(units["tenth"]),
        "OTHER_UNIT": any_of(units["other"]),
        "UNIT": any_of(units["count"]),
        "APPROX_AFTER": any_of(words["approximate"]["after"]),
        "LINK": any_of(words["links"]),
    }


def _either(words: dict[str, Any], name: str) -> str:
    """The shapes and the words of one kind."""
    shapes: list[str] = words.get(f"{name}-patterns", [])
    return "|".join([*shapes, *([resources.alternatives(words[name])] if name in words else [])])


@cache
def _parser(between: Filter | None = None) -> Parser:
    options: dict[str, Any] = {"lexer": "basic", "maybe_placeholders": False}
    return parser("phrase", _terminals, silent=_NOTHING, apart=_APART, between=between, **options)


def _terminals() -> Terminals:
    words = _words()
    patterns = _patterns()
    count = len(patterns)
    terminals = {f"{name}.{count - index}": pattern for index, (name, pattern) in enumerate(patterns.items())}
    initials = {word[0] for word in _every_word(words)} | set(words["initials"][0])
    plain = re.escape("".join(sorted(initials)))
    terminals[f"OTHER.{count + 1}"] = f"(?<![个条项])[^{plain}]+"  # after 个 a modifier may begin
    terminals["STRAY.-1"] = r"[\s\S]"
    return terminals


def _every_word(node: Any) -> list[str]:
    if isinstance(node, str):
        return [node]
    children = node.values() if isinstance(node, dict) else node
    return [word for child in children for word in _every_word(child)]


_BOUNDARY = {"，": "comma", ",": "comma", "；": "semicolon", ";": "semicolon"}
_CLAUSE = late(r"(?:[^，,；;]|(?<=[0-9０-９])[,，](?=[0-9０-９]{3}))+|[，,；;]")


_MASKS = late(_MASK)


@kept_pattern
def _telling() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What a sentence must hold to state a figure, apart from masks: a digit, or a word such as 全部; and what makes
    a clause of such a sentence worth parsing: that, or a word that says whose figures it states."""
    words = _words()
    sure = [
        *words["all"],
        *words["remainder"],
        *words["states"]["long-term"],
        *"0123456789０１２３４５６７８９",
    ]
    sure += [numeral + unit for numeral in _HAN for unit in words["han-before"]]
    names = ("purpose", "foreign", "own", "overlap", "body", "batch", "self-check")
    context = [word for name in names for word in words[name]]
    # the engine is quick where every branch begins with a character
    any_of = resources.alternatives
    return re.compile(any_of(sure)), re.compile(any_of([*sure, *context]))


def read_phrases(text: str, *, everything: bool = False) -> tuple[Phrase, ...]:
    """The phrases of ``text`` in order; what belongs to none is left out. Offsets index ``text``.

    A clause that holds no figure, and stands before none that does, is passed over unless ``everything``; in a text
    without any figure there are no phrases then.
    """
    stating, telling = _telling()
    masked = _MASKS.search(text) is not None
    if not (everything or masked or stating.search(text)):
        return ()
    clauses = [(found.start(), found.group()) for found in _CLAUSE.finditer(text)]
    told = [
        everything or telling.search(words) is not None or (masked and _MASKS.search(words) is not None)
        for _, words in clauses
    ]
    told += (False, False)
    phrases: list[Phrase] = []
    for index, (start, words) in enumerate(clauses):
        if words in _BOUNDARY:
            phrases.append(Marker(start, start + 1, _BOUNDARY[words], words))
        elif told[index] or told[index + 2]:
            phrases += _clause(words) if start == 0 else [shifted(phrase, start) for phrase in _clause(words)]
        elif words[-1] in _STOPS:
            end = start + len(words)
            phrases.append(Marker(end - 1, end, "stop", words[-1]))
    return tuple(phrases)


@lru_cache(maxsize=4096)
def _clause(text: str) -> tuple[Phrase, ...]:
    phrases: list[Phrase] = []
    try:
        tree = _parser().parse(text)
    except UnexpectedError:
        tree = _parser(_before_numbers).parse(text)
    for child in tree.children:
        if child.data == "group":
            phrases.append(_group(child))
        elif child.data != "filler":
            token = child.children[0]
            phrases.append(Marker(token.start_pos, token.end_pos, token.type.lower(), str(token)))
    return tuple(phrases)


def _before_numbers(stream: Iterable[Token]) -> Iterator[Token]:
    """Between lexer and parser: what should stand before a number (超) and has none after it says nothing."""
    held: list[Token] = []
    for token in stream:
        if token.type == "APPROX_BEFORE":
            held.append(token)
            continue
        for one in held:
            number = token.type in ("ARABIC", "HAN", "MASK")
            yield one if number else Token("OTHER", one, one.start_pos, one.end_pos)
        held.clear()
        yield token
    for one in held:
        yield Token("OTHER", one, one.start_pos, one.end_pos)


_NOTHING = ("OTHER", "STRAY", "NO_FIGURE")
_STOPS = "。！？!?\r\n"


def _group(tree: Any) -> Group:
    tokens = tree.tokens()
    parts = {child.data: child for child in tree.children if not _is_token(child)}
    subject, subject_noun, subject_all = _things(parts.get("subject"))
    target, target_noun, target_all = _things(parts.get("object"))
    state = _state(parts["predicate"]) if "predicate" in parts else None
    loose = any(token.type == "ALL" for token in tokens)
    return Group(
        tokens[0].start_pos,
        tokens[-1].end_pos,
        subject,
        subject_noun,
        subject_all or target_all or loose,
        state,
        target,
        target_noun,
    )


def _is_token(node: Any) -> bool:
    return not hasattr(node, "data")


def _things(tree: Any) -> tuple[Quantity | None, Noun | None, bool]:
    quantity = noun = None
    everything = False
    for child in tree.children if tree is not None else ():
        if child.data == "quantifiers":
            everything = any(token.type == "ALL" for token in child.children)
        elif child.data == "quantity":
            quantity = _quantity(child.children)
        else:
            token = child.children[0]
            noun = Noun(token.start_pos, token.end_pos, token.type.lower(), str(token))
    return quantity, noun, everything


def _quantity(tokens: list[Any]) -> Quantity:
    found = {token.type: token for token in tokens if token.type != "LINK"}
    figure = next(found[name] for name in ("ARABIC", "HAN", "MASK", "HUNDREDTH") if name in found)
    unit = next((found[name] for name in _UNITS if name in found), None)
    noun = next((found[name] for name in _NOUNS if name in found), None)
    kept = [token for token in tokens if token.type not in ("LINK", "APPROX_BEFORE")]
    digits = str(figure)
    value = None if figure.type == "MASK" else _value(digits, str(unit or ""))
    approximate = any(name in found for name in ("APPROX_BEFORE", "MIDDLE", "APPROX_AFTER"))
    unit_text = str(unit) if unit is not None else "%" if "HUNDREDTH" in found else ""
    if unit is not None and unit.type == "MONEY" and "余" in unit_text:
        approximate = True
    return Quantity(
        start=kept[0].start_pos,
        end=kept[-1].end_pos,
        figure_start=figure.start_pos,
        figure_end=figure.end_pos,
        value=value,
        masked=figure.type == "MASK",
        numerals=_numerals(figure),
        decimals=len(re.split("[.．]", digits)[1]) if re.search("[.．]", digits) else 0,
        approximate=approximate,
        approximation="".join(str(token) for token in tokens if token.type == "APPROX_BEFORE"),
        unit=unit_text,
        unit_kind=_UNITS[unit.type] if unit is not None else "percent" if unit_text else "",
        noun=noun.type.lower() if noun is not None else "",
        word=str(noun) if noun is not None else "",
    )


_UNITS = {
    "UNIT": "count",
    "PERSON": "person",
    "MONEY": "money",
    "OTHER_UNIT": "other",
    "PERCENT": "percent",
    "TENTH": "percent",
}
_FACTORS = {"万亿": 1_000_000_000_000, "千": 1_000, "万": 10_000, "亿": 100_000_000}


def _numerals(figure: Any) -> str:
    if figure.type == "MASK":
        return ""
    if figure.type in ("HAN", "HUNDREDTH"):
        return "chinese"
    return "fullwidth" if re.match("[０-９]", str(figure)) else "arabic"


def _value(digits: str, unit: str) -> float | None:
    number = read_number(digits.removeprefix("百分之")) if digits != "百分之百" else 100
    if number is None:
        return None
    if unit == "成":
        return number * 10
    factor = next((factor for word, factor in _FACTORS.items() if word in unit and "元" in unit), 1)
    return round(number * factor, 4) if factor > 1 else number


_STATES = {
    "done": "done",
    "partly": "partial",
    "doing": "ongoing",
    "undone": "pending",
    "ongoing": "ongoing",
    "partial": "partial",
    "pending": "pending",
    "lasting": "lasting",
}


def _state(tree: Any) -> State | None:
    tokens = [token for token in tree.tokens() if token.type != "LINK"]
    kind = next((child for child in tree.children if not _is_token(child) and child.data in _STATES), None)
    if kind is None:
        return None
    everything = any(token.type == "ALL" for token in tokens)
    lasting = any(token.type == "LASTING" for token in tokens)
    bare = len(tokens) == 1 and str(tokens[0]) in _words()["states"]["nominal"]
    perfect = any("已" in token for token in tokens)
    word = "".join(str(token) for token in tokens)
    flags = (everything, lasting, bare, perfect, word)
    return State(tokens[0].start_pos, tokens[-1].end_pos, _STATES[kind.data], *flags)
