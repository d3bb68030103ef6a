"""The word checks of a rule file (``replace``, ``forbid``) and the lexicons that they name, as plain data.

An entry is ``{"word" or "pattern": …, "right": … or None, "safe": bool, "except": […], "fields": {…}}`` with its place;
``fields`` are whatever else a lexicon says of the word, for messages.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from checker.diagnostics import CheckerError
from checker.paths import is_file
from checker.regexes import late
from checker.rule_files import Items, Node, Scalar, Table, fault, leads_out, read_tree, suggest
from checker.rule_nodes import Plain, boolean, known, scalar_of, text_of, texts

WORD_KEYS = ("replace", "forbid", "in", "except")
ROLES = [
    "furniture",
    "issuer",
    "title",
    "lead",
    "heading",
    "status",
    "label",
    "body",
    "row",
    "welcome",
    "contact",
    "signature",
    "date",
]
GROUPS = {
    "paragraph": ["lead", "status", "label", "body", "row", "welcome"],
    "running": [role for role in ROLES if role != "furniture"],
    "all": ROLES,
    "raw": ["raw"],
}
"""What ``in`` may name besides single roles of paragraphs; ``running`` is what it is by default, ``raw`` the text of
the report as it stands, with its markup and its line ends."""

_WRONG = ("wrong", "word", "token", "text", "term")
_ENTRY = (*_WRONG, "pattern", "right", "each", "except", "safe", "phrase", "not_verbs")
_LEXICON_NAME = late(r"[a-z][a-z0-9_-]*")


def words_check(node: Table, kind: str, folders: Sequence[Path], faults: list[CheckerError]) -> Plain:
    """The keys of a word check, read from the table that holds them."""
    source = node.get(kind)
    assert source is not None
    entries = _entries(source, kind == "replace", folders, faults)
    general = [scalar.value for scalar in texts(node.get("except"), faults)]
    wrong = [entry["word"] for entry in entries if "word" in entry]
    for scalar in texts(node.get("except"), faults) if wrong and len(wrong) == len(entries) else []:
        if "|" not in scalar.value and not any(word in scalar.value for word in wrong):
            zh = f"except 里的“{scalar.value}”不含任何所查的词，不会起作用"
            faults.append(
                fault(scalar, zh, f"“{scalar.value}” holds none of the words, so it excepts nothing")
            )
    return {
        "entries": entries,
        "in": _roles(node.get("in"), faults),
        "except": general,
        "when": text_of(node.get("when"), faults),
    }


def _roles(node: Node | None, faults: list[CheckerError]) -> list[str]:
    if node is None:
        return GROUPS["running"]
    roles: list[str] = []
    for scalar in texts(node, faults):
        if scalar.value in GROUPS:
            roles += GROUPS[scalar.value]
        elif scalar.value in ROLES:
            roles.append(scalar.value)
        else:
            zh, en = suggest(scalar.value, (*GROUPS, *ROLES))
            message = f"没有“{scalar.value}”这种段落{zh}"
            faults.append(fault(scalar, message, f"{scalar.value} is no kind of paragraph{en}"))
    return roles


def _entries(node: Node, replace: bool, folders: Sequence[Path], faults: list[CheckerError]) -> list[Plain]:
    if isinstance(node, Table) and node.get("lexicon") is not None:
        known(node, ("lexicon", "key"), faults)
        found = _lexicon(node, folders, faults)
        return _listed(found, replace, faults) if found is not None else []
    if isinstance(node, Table) and node.get("patterns") is not None:
        known(node, ("patterns", "words"), faults)
        patterns = [_entry(scalar, "pattern") for scalar in texts(node.get("patterns"), faults)]
        words = [_entry(scalar, "word") for scalar in texts(node.get("words"), faults)]
        if replace:
            faults.append(fault(node, "patterns 只用于 forbid", "patterns only go with forbid"))
        return patterns + words
    return _listed(node, replace, faults)


def _listed(node: Node, replace: bool, faults: list[CheckerError]) -> list[Plain]:
    """Entries as a list (of words, or of tables) or as a table wrong: right."""
    entries: list[Plain] = []
    if isinstance(node, Table):
        for key, value in node.pairs:
            right = scalar_of(value, faults)
            if right is not None:
                entries.append(_entry(key, "word") | {"right": right.value})
    else:
        for item in node.nodes if isinstance(node, Items) else (node,):
            entries += _table(item, faults) if isinstance(item, Table) else _word(item, faults)
    if not (node.pairs if isinstance(node, Table) else entries):
        faults.append(fault(node, "没有任何词", "there are no words"))
    seen: dict[str, Plain] = {}
    for entry in entries:
        word = entry.get("word")
        if replace and entry["right"] is None:
            faults.append(
                _fault(entry, f"{word or ''} 没有正确写法（right）", f"no right form for {word or 'this'}")
            )
        if word is not None and word == entry["right"]:
            faults.append(_fault(entry, f"{word} 与正确写法相同", f"{word} is its own correction"))
        if word in seen:
            first = seen[word]["line"]
            faults.append(
                _fault(entry, f"{word} 重复，第 {first} 行已有", f"{word} stands on line {first} already")
            )
        elif word is not None:
            seen[word] = entry
    return entries


def _fault(entry: Plain, zh: str, en: str) -> CheckerError:
    return CheckerError({"zh": zh, "en": en}, entry["path"], entry["line"], entry["column"])


def _entry(node: Node, kind: str, value: str | None = None) -> Plain:
    word = value if value is not None else node.value if isinstance(node, Scalar) else ""
    place = {"path": node.path, "line": node.line, "column": node.column}
    return {kind: word, "right": None, "safe": None, "except": [], "fields": {}, **place}


def _word(node: Node, faults: list[CheckerError]) -> list[Plain]:
    scalar = scalar_of(node, faults)
    return [_entry(scalar, "word")] if scalar else []


def _table(node: Table, faults: list[CheckerError]) -> list[Plain]:
    """The entries of one table of a lexicon: one for each wrong word or pattern in it."""
    for key, _ in node.pairs:
        zh, en = suggest(key.value, _ENTRY, 0.8) if key.value not in _ENTRY else ("", "")
        if en:
            faults.append(fault(key, f"不认识的键 {key.value}{zh}", f"unknown key {key.value}{en}"))
    right = scalar_of(node.get("right"), faults)
    safe = node.get("safe")
    common = {
        "right": right.value if right else None,
        "safe": boolean(safe, faults) if safe is not None else None,
        "except": [scalar.value for scalar in texts(node.get("except"), faults)],
        "fields": {
            key.value: value.value
            for key, value in node.pairs
            if isinstance(value, Scalar) and key.value not in (*_WRONG, "pattern", "right", "safe", "except")
        },
    }
    entries = [_entry(scalar, "pattern") for scalar in texts(node.get("pattern"), faults)]
    for name in _WRONG:
        entries += [_entry(scalar, "word") for scalar in texts(node.get(name), faults)]
    each = node.get("each")
    single: dict[str, str] = {}
    if isinstance(each, Table):
        single = {key.value: value.value for key, value in each.pairs if isinstance(value, Scalar)}
        listed = {entry.get("word") for entry in entries}
        entries += [_entry(key, "word") for key, _ in each.pairs if key.value not in listed]
    entries += _wrong_verbs(node, {entry.get("word") for entry in entries}, faults)
    if not entries:
        faults.append(fault(node, "这里应有 wrong、word 或 pattern", "wrong, word or pattern is wanted here"))
    made = [{**entry, **common} for entry in entries]
    for entry in made:
        entry["right"] = single.get(entry.get("word", ""), entry["right"])
    return made


def _wrong_verbs(node: Table, listed: set[str | None], faults: list[CheckerError]) -> list[Plain]:
    """``not_verbs`` right before the ``phrase``, with its quotation marks or without."""
    phrase = scalar_of(node.get("phrase"), faults)
    if phrase is None:
        return []
    bare = phrase.value.strip("“”")
    forms = (f"“{bare}”", bare) if "“" not in bare and "”" not in bare else (phrase.value,)
    return [
        _entry(verb, "word", verb.value + form)
        for verb in texts(node.get("not_verbs"), faults)
        for form in forms
        if verb.value + form not in listed
    ]


def _lexicon(node: Table, folders: Sequence[Path], faults: list[CheckerError]) -> Node | None:
    """What ``{lexicon: name, key: name}`` stands for."""
    name = scalar_of(node.get("lexicon"), faults)
    if name is None:
        return None
    if not _LEXICON_NAME.fullmatch(name.value):
        faults.append(fault(name, f"词表名 {name.value} 不合格式", f"{name.value} is no name of a lexicon"))
        return None
    paths = [folder / "lexicon" / f"{name.value}.yaml" for folder in folders]
    path = next((path for path in paths if is_file(path)), None)
    if path is not None and leads_out(path, path.parent.parent):
        zh, en = "是指到规则文件夹之外的链接", "is a link out of the folder of rules"
        faults.append(fault(name, f"词表 {name.value} {zh}", f"the lexicon {name.value} {en}"))
        return None
    if path is None:
        stems = sorted({file.stem for folder in folders for file in folder.glob("lexicon/*.yaml")})
        zh, en = suggest(name.value, stems)
        faults.append(fault(name, f"没有词表 {name.value}{zh}", f"there is no lexicon {name.value}{en}"))
        return None
    tree = read_tree(path, faults)
    key = scalar_of(node.get("key"), faults)
    if key is None or tree is None:
        return tree
    found = tree.get(key.value) if isinstance(tree, Table) else None
    if found is None:
        zh, en = suggest(key.value, [k.value for k, _ in tree.pairs] if isinstance(tree, Table) else [])
        faults.append(
            fault(
                key,
                f"词表 {name.value} 里没有 {key.value}{zh}",
                f"the lexicon {name.value} has no {key.value}{en}",
            )
        )
    return found
