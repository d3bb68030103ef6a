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
from checker.figure_words import around
from checker.numerals import read_number
from checker.phrase_nodes import Group, Marker, Noun, Phrase, Quantity, State, shifted
from checker.phrase_shapes import NOUNS, UNITS, GroupShape, QuantityShape, StateShape, shapes
from checker.regexes import kept_pattern, late
from checker.tables import Parser, Terminals, Token, parser

_SIMPLE = ("EXCEPT", "FOREIGN", "OVERLAP", "BATCH", "SUBSET", "MORE", "CLASS", "REFINED", "PURPOSE", "REMAINDER", "STILL", "SHARE", "HOME",
           "BODY", "SELF_CHECK", "DISCIPLINE", "CHECKED", "PORTION", "POINTED_OUT")  # fmt: skip
_APART = (*_SIMPLE, "ROUTINE", "URGING", "RATE", "OWN", "YEAR", "OUTSTANDING", "RECOVERED", "LISTED", "SEVERALLY", "EACH", "FOUND",
          "FEEDBACK", "PLANNED", "DEADLINE", "CLOSING", "COMMA", "ENUMERATION", "SEMICOLON", "COLON", "STOP", "OPEN",
          "CLOSE")  # fmt: skip
_NOTHING = ("OTHER", "STRAY", "NO_FIGURE")
_PARTING = frozenset((*_APART, *_NOTHING))
_MASK = r"(?:(?<![*＊×○□])[*＊×○□]++|(?<![_＿])[_＿]++|(?<!〇)〇{2,}+|(?<![A-Za-z0-9])[xX]{1,4}|[（(【]\s*[】)）])"
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
    ends, more = "".join(around("noun-ends")), "".join(around("and-more"))
    last = (
        f"(?<=[{ends}])(?=一(?:{counts})(?:[，,。；;、）)]|$))"  # 立行立改问题一个，
        f"|(?=一(?:{counts})(?:{any_of([*states['perfect'], *states['ongoing'], *states['partial']])}))"
    )
    counters = "".join(units["count"])
    hundredths, currency = any_of(words["hundredth"]), any_of(around("currency"))
    patterns = {
        "HUNDREDTH": f"(?:{hundredths})[{_HAN}点]+",
        "DEADLINE": _either(words, "deadline"),
        "YEAR": _either(words, "year"),
        "MASK": f"{_MASK}(?:[.．]{_MASK})?(?!{any_of(words['no-units'])})(?=[{more}]?(?:{every_unit}))",
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
    for name in NOUNS:
        patterns[name] = (
            f"(?:(?<=[{counters}])(?:(?:{modifiers})的?){{1,6}})?(?:{any_of(nouns[name.lower()])})"
        )
    counted, great = any_of(nouns["aspect-counted"]), "".join(around("great"))
    patterns["ASPECT"] = f"(?<=[{counters}0-9０-９{_HAN}{great}])(?:{counted})|{patterns['ASPECT']}"
    for name in _SIMPLE:
        patterns[name] = _either(words, name.lower().replace("_", "-"))
    perfect = [adverb + core for adverb in states["perfect"] for core in states["core"]]
    follows_all = any_of([*states["core"], *states["adverb"], *states["ongoing"], *states["partial"]])
    sum_ = f"(?=[^，。；]{{0,8}}(?:{currency}))"
    return patterns | {
        "OUTSTANDING": f"(?:{any_of(states['not'])})(?:{any_of(words['recovered'])}){sum_}",
        "RECOVERED": f"(?:{any_of(words['recovered'])}){sum_}",
        "CORE": any_of([*states["core"], *perfect]),
        "NOT": any_of(states["not"]),
        "DOING": any_of(states["doing"]),
        "PARTLY": any_of(states["partly"]),
        "OR": f"(?:{any_of(states['merging'])})(?={any_of(states['partly'])})",
        "AND": f"(?:{any_of(states['and'])})(?={any_of([*states['ongoing'], *states['long-term'], *states['doing']])})",
        "ALL": f"(?:{any_of(words['all'])})(?:的)?(?={follows_all}|{every_noun}|[0-9０-９])|{'|'.join(words['all-patterns'])}",
        "LISTED": any_of(words["listed"]),
        "SEVERALLY": any_of(words["severally"]),
        "EACH": _either(words, "each"),
        "ADVERB": any_of(states["adverb"]),
        "FOUND": any_of(words["found"]),
        "FEEDBACK": any_of(words["feedback"]),
        "PLANNED": any_of(words["planned"]),
        "CLOSING": any_of(words["closing"]),
        "APPROX_BEFORE": f"(?:{any_of(words['approximate']['before'])})(?={hundredths}|[0-9０-９{_HAN}])",
        "ARABIC": r"[0-9０-９]+(?:[,，][0-9０-９]{3}(?![0-9０-９]))*(?:[.．][0-9０-９]+)?",
        "HAN": f"(?<![0-9０-９])(?:(?!一(?:{every_unit}|{every_noun}))|{after}|{last})[{_HAN}]{{1,12}}(?=[{more}]?(?:{every_unit}|{every_noun}))",
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
def _parser() -> Parser:
    options: dict[str, Any] = {"lexer": "basic", "maybe_placeholders": False}
    return parser("phrase", _terminals, silent=_NOTHING, apart=_APART, **options)


def _terminals() -> Terminals:
    words = _words()
    patterns = _patterns()
    count = len(patterns)
    terminals = {f"{name}.{count - index}": pattern for index, (name, pattern) in enumerate(patterns.items())}
    initials = {word[0] for word in _every_word(words)} | set(words["initials"][0])
    plain = re.escape("".join(sorted(initials)))
    units = "".join(around("plain-units"))  # after which a modifier may begin
    terminals[f"OTHER.{count + 1}"] = f"(?<![{units}])[^{plain}]+"
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


_LONG = 400
"""No clause of more characters is remembered."""
_STOPS = "。！？!?\r\n"


def _clause(text: str) -> tuple[Phrase, ...]:
    return _known_clause(text) if len(text) <= _LONG else _known_clause.__wrapped__(text)


@lru_cache(maxsize=1024)
def _known_clause(text: str) -> tuple[Phrase, ...]:
    phrases: list[Phrase] = []
    run: list[Token] = []
    for token in _parser().lex(text):
        kind = token.type
        if kind not in _PARTING:
            run.append(token)
            continue
        if run:
            phrases += _groups(run)
            run = []
        if kind not in _NOTHING:
            phrases.append(Marker(token.start_pos, token.end_pos, kind.lower(), str(token)))
    return (*phrases, *_groups(run))


def _groups(run: list[Token]) -> list[Phrase]:
    """The groups of tokens that might all belong together."""
    found = _shapes(tuple([token.type for token in run]))
    if found is None:
        run = list(_before_numbers(run))
        found = _shapes(tuple([token.type for token in run])) or ()
    return [_group(shape, run) for shape in found]


@lru_cache(maxsize=1024)
def _shapes(kinds: tuple[str, ...]) -> tuple[GroupShape, ...] | None:
    return shapes(_parser(), kinds)


def _before_numbers(tokens: Iterable[Token]) -> Iterator[Token]:
    """``tokens`` where what should stand before a number (超) and has none after it says nothing."""
    held: list[Token] = []
    for token in tokens:
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


def _group(shape: GroupShape, tokens: list[Token]) -> Group:
    return Group(
        tokens[shape.first].start_pos,
        tokens[shape.last].end_pos,
        None if shape.subject is None else _quantity(shape.subject, tokens),
        _noun(shape.subject_noun, tokens),
        shape.everything,
        None if shape.state is None else _state(shape.state, tokens),
        None if shape.object is None else _quantity(shape.object, tokens),
        _noun(shape.object_noun, tokens),
    )


def _noun(place: int, tokens: list[Token]) -> Noun | None:
    if place < 0:
        return None
    token = tokens[place]
    return Noun(token.start_pos, token.end_pos, token.type.lower(), str(token))


def _quantity(shape: QuantityShape, tokens: list[Token]) -> Quantity:
    figure = tokens[shape.figure]
    unit = tokens[shape.unit] if shape.unit >= 0 else None
    noun = tokens[shape.noun] if shape.noun >= 0 else None
    digits = str(figure)
    unit_text = str(unit) if unit is not None else "%" if figure.type == "HUNDREDTH" else ""
    _, _, fraction = digits.replace("．", ".").partition(".")
    return Quantity(
        start=tokens[shape.first].start_pos,
        end=tokens[shape.last].end_pos,
        figure_start=figure.start_pos,
        figure_end=figure.end_pos,
        value=None if figure.type == "MASK" else _value(digits, str(unit or "")),
        masked=figure.type == "MASK",
        numerals=_numerals(figure),
        decimals=len(fraction),
        approximate=shape.approximate
        or (
            unit is not None
            and unit.type == "MONEY"
            and any(word in unit_text for word in around("and-more"))
        ),
        approximation="".join([tokens[place] for place in shape.before]),
        unit=unit_text,
        unit_kind=UNITS[unit.type] if unit is not None else "percent" if unit_text else "",
        noun=noun.type.lower() if noun is not None else "",
        word=str(noun) if noun is not None else "",
    )


_FACTORS = {
    "万亿": 1_000_000_000_000,
    "千万": 10_000_000,
    "百万": 1_000_000,
    "千": 1_000,
    "万": 10_000,
    "亿": 100_000_000,
}
"""What units of money count, the first that a unit holds."""


def _numerals(figure: Any) -> str:
    if figure.type == "MASK":
        return ""
    if figure.type in ("HAN", "HUNDREDTH"):
        return "chinese"
    return "fullwidth" if re.match("[０-９]", str(figure)) else "arabic"


def _value(digits: str, unit: str) -> float | None:
    words = _words()
    hundredths = next((word for word in words["hundredth"] if digits.startswith(word)), "")
    number = 100 if digits in words["all-hundredths"] else read_number(digits.removeprefix(hundredths))
    if number is None:
        return None
    if unit in words["units"]["tenth"]:
        return number * 10
    money = unit in words["units"]["money"]
    factor = next((factor for word, factor in _FACTORS.items() if money and word in unit), 1)
    return round(number * factor, 4) if factor > 1 else number


def _state(shape: StateShape, tokens: list[Token]) -> State:
    own = [tokens[place] for place in shape.tokens]
    return State(
        own[0].start_pos,
        own[-1].end_pos,
        shape.state,
        shape.all,
        shape.long_term,
        bare=len(own) == 1 and str(own[0]) in _words()["states"]["nominal"],
        perfect=any(word in token for token in own for word in _words()["states"]["perfect"]),
        word="".join(own),
    )
