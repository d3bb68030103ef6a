"""Completion scripts for bash, zsh and fish, made from :mod:`checker.options`.

They hold every word there is at the time: nothing is started while a person types.
"""

from __future__ import annotations

from collections.abc import Sequence

from checker.options import COMMANDS, PROGRAM_OPTIONS, Command, Option
from checker.output import FORMATS

SHELLS = ("bash", "zsh", "fish")


def script(shell: str, rules: Sequence[str], lang: str) -> str:
    """The script for ``shell``; ``rules`` are the names of rules. Descriptions are in ``lang``."""
    families = dict.fromkeys(rule.split(".")[0] for rule in rules)
    make = {"bash": _bash, "zsh": _zsh, "fish": _fish}[shell]
    return make([*families, *rules], lang)


def _words(option: Option, command: Command | None, rules: Sequence[str]) -> list[str]:
    """What may stand after an option; nothing for files and free words."""
    if option.choices:
        return list(option.choices)
    if option.name == "format" and command is not None and command.name == "check":
        return list(FORMATS)
    return list(rules) if option.kind == "words" else []


def _operands(command: Command, rules: Sequence[str]) -> list[str]:
    """What may stand as the argument of a command; nothing for files."""
    if command.operand is None:
        return []
    return {"rule": list(rules), "shell": list(SHELLS), "schema": ["config", "rules"]}.get(
        command.operand[0], []
    )


def _takes_value(option: Option) -> bool:
    return option.kind not in ("flag", "optional")


def _in(words: tuple[str, str], lang: str) -> str:
    return words[0] if lang == "zh" else words[1]


# --- bash ------------------------------------------------------------------------------------------------


def _bash(rules: Sequence[str], _: str) -> str:
    values = []
    flags = [f'        "") words="{_flags(PROGRAM_OPTIONS)} {" ".join(one.name for one in COMMANDS)}" ;;']
    operands = []
    for command in COMMANDS:
        flags.append(f'        {command.name}) words="{_flags(command.options)}" ;;')
        for option in command.options:
            if _takes_value(option):
                pattern = "|".join(f'"{command.name} {flag}"' for flag in option.flags)
                words = " ".join(_words(option, command, rules))
                values.append(f'        {pattern}) _zhenggai_words "{words}"; return ;;')
        if _operands(command, rules):
            operands.append(
                f'        {command.name}) _zhenggai_words "{" ".join(_operands(command, rules))}" ;;'
            )
    names = "|".join(one.name for one in COMMANDS)
    return f"""# bash completion for zhenggai; put: source <(zhenggai completion bash)
_zhenggai_words() {{
    local last=${{current##*,}}
    [ -n "$1" ] && COMPREPLY=($(compgen -P "${{current%"$last"}}" -W "$1" -- "$last"))
}}
_zhenggai() {{
    local current=${{COMP_WORDS[COMP_CWORD]}} previous=${{COMP_WORDS[COMP_CWORD-1]}} command="" word words=""
    if [ "$current" = "=" ]; then current=""; elif [ "$previous" = "=" ]; then previous=${{COMP_WORDS[COMP_CWORD-2]}}; fi
    for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
        case $word in {names}) command=$word; break ;; esac
    done
    COMPREPLY=()
    case "$command $previous" in
        " --lang") _zhenggai_words "zh en"; return ;;
{_lines(values)}
    esac
    case $command in
{_lines(flags)}
    esac
    case $current in
        -*) _zhenggai_words "$words"; return ;;
    esac
    case $command in
        "") _zhenggai_words "$words" ;;
{_lines(operands)}
    esac
}}
complete -o default -o bashdefault -F _zhenggai zhenggai
"""


def _flags(options: Sequence[Option]) -> str:
    return " ".join(flag for option in options for flag in option.flags)


def _lines(lines: Sequence[str]) -> str:
    return "\n".join(lines)


# --- zsh -------------------------------------------------------------------------------------------------


def _zsh(rules: Sequence[str], lang: str) -> str:
    commands = "\n".join(f"        {_quoted(f'{one.name}:{_in(one.summary, lang)}')}" for one in COMMANDS)
    cases = "\n".join(_zsh_case(command, rules, lang) for command in COMMANDS)
    return f"""#compdef zhenggai
# zsh completion for zhenggai; put: source <(zhenggai completion zsh)
_zhenggai() {{
    local -a commands
    commands=(
{commands}
    )
    local command="" word
    for word in ${{words[2,CURRENT-1]}}; do
        [[ -n ${{(M)commands:#$word:*}} ]] && command=$word && break
    done
    case $command in
{cases}
        *) _describe command commands ;;
    esac
}}
if [ "$funcstack[1]" = "_zhenggai" ]; then
    _zhenggai "$@"
else
    compdef _zhenggai zhenggai
fi
"""


def _zsh_case(command: Command, rules: Sequence[str], lang: str) -> str:
    lines = [
        f"        {command.name})",
        "            shift words; (( CURRENT-- ))",
        "            _arguments \\",
    ]
    for option in command.options:
        for flag in option.flags:
            title = _in(option.help, lang).replace("[", "(").replace("]", ")").replace(":", "：")
            spec = f"*{flag}[{title}]"
            if option.kind == "optional":
                spec = f"*{flag}=-[{title}]::file:_files"
            elif _takes_value(option):
                words = _words(option, command, rules)
                spec += f":value:({' '.join(words)})" if words and option.kind != "words" else ""
                spec += (
                    f":value:_values -s , rule {' '.join(words)}" if words and option.kind == "words" else ""
                )
                spec += ":value:_files" if not words else ""
            lines.append(f"                {_quoted(spec)} \\")
    operands = _operands(command, rules)
    action = f"({' '.join(operands)})" if operands else "_files"
    lines.append(f"                {_quoted(f'*:argument:{action}')}")
    lines.append("            ;;")
    return "\n".join(lines)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


# --- fish ------------------------------------------------------------------------------------------------


def _fish(rules: Sequence[str], lang: str) -> str:
    lines = ["# fish completion for zhenggai; put: zhenggai completion fish | source"]
    for option in PROGRAM_OPTIONS:
        lines.append(_fish_option("__fish_use_subcommand", option, None, rules, lang))
    for command in COMMANDS:
        summary = _escaped(_in(command.summary, lang))
        lines.append(f"complete -c zhenggai -n __fish_use_subcommand -f -a {command.name} -d '{summary}'")
    for command in COMMANDS:
        condition = f"'__fish_seen_subcommand_from {command.name}'"
        lines += [_fish_option(condition, option, command, rules, lang) for option in command.options]
        operands = _operands(command, rules)
        if operands:
            lines.append(f"complete -c zhenggai -n {condition} -f -a '{' '.join(operands)}'")
    return "\n".join(lines) + "\n"


def _fish_option(
    condition: str, option: Option, command: Command | None, rules: Sequence[str], lang: str
) -> str:
    parts = [f"complete -c zhenggai -n {condition}"]
    for flag in option.flags:
        parts.append(f"-l {flag[2:]}" if flag.startswith("--") else f"-s {flag[1:]}")
    words = _words(option, command, rules)
    if words:
        given = " ".join(words)
        parts.append(
            f'-x -a \'(__fish_complete_list , "string split \\" \\" \\"{given}\\"")\''
            if option.kind == "words"
            else f"-x -a '{given}'"
        )
    elif _takes_value(option):
        parts.append("-r -F")
    parts.append(f"-d '{_escaped(_in(option.help, lang))}'")
    return " ".join(parts)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("'", "\\'")
