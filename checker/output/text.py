"""``--format text``: for people. On a terminal a page with excerpts, else one plain line for each finding."""

from __future__ import annotations

from checker.diagnostics import Diagnostic
from checker.outcome import Run, View, counts
from checker.regexes import late

_UNPRINTABLE = late(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def render(run: Run, view: View) -> str:
    """The findings; on a terminal by file, errors first."""
    if view.terminal:
        from checker.output.terminal import render_terminal

        return render_terminal(run, view)
    lines: list[str] = []
    for file in run.checked:
        path = escape(file.path)
        lines += [_line(path, one, view.lang) for one in file.diagnostics]
    if view.statistics:
        lines += [f"{count} {severity} {rule}" for (rule, severity), count in counts(run.diagnostics).items()]
    return "".join(f"{line}\n" for line in lines)


def _line(path: str, one: Diagnostic, lang: str) -> str:
    start = one.start
    return f"{path}:{start.line}:{start.column}: {one.severity.word} {one.rule} {escape(one.message[lang])}"


def escape(text: str) -> str:
    """``text`` on one line and harmless to a terminal: line ends and control characters as ``\\n``, ``\\x1b``."""
    return _UNPRINTABLE.sub(lambda match: match[0].encode("unicode_escape").decode("ascii"), text)
