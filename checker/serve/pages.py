"""The pages as HTML. Every word that came from outside goes through ``escape``; ids are numbers."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape as escape_only
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.responses import HTMLResponse
from starlette.types import Scope

from checker.files import size_words
from checker.output.html_report import VERDICTS
from checker.output.html_text import escape
from checker.readers import READERS
from checker.serve.store import Batch, Item
from checker.serve.uploads import Limits
from checker.serve.words import word
from checker.serve.work import Shown
from checker.terms import word as term

LANGUAGE_COOKIE = "zhenggai-lang"
_LANGUAGES = ("zh", "en")
_COLUMNS = ("name", "verdict", "error", "warning", "info", "state")
_ONE = ("word", "word-fixed", "html", "xlsx", "json")
_ALL = ("zip", "xlsx", "html", "json")


def language_of(scope: Scope, default: str) -> str:
    """The language that the address, else the cookie, asks for; else ``default``."""
    query: bytes = scope.get("query_string", b"")
    asked = parse_qs(query.decode("latin-1")).get("lang", [""])[0]
    if asked in _LANGUAGES:
        return asked
    try:
        cookie = SimpleCookie(Headers(scope=scope).get("cookie", ""))
    except CookieError:
        cookie = SimpleCookie()
    kept = cookie[LANGUAGE_COOKIE].value if LANGUAGE_COOKIE in cookie else ""
    return kept if kept in _LANGUAGES else default


def page(title: str, body: str, lang: str, *, bare: bool = False, refresh: bool = False) -> str:
    """A whole page; ``body`` is HTML. ``bare``: without links, for those who may not come in; ``refresh``: load
    it again after a while where no script runs."""
    other = "en" if lang == "zh" else "zh"
    code = {"zh": "zh-CN", "en": "en"}
    head = ""
    if not bare:
        head = (
            f'<header class="site"><a class="brand" href="/">{escape(word("title", lang))}</a>'
            f'<a href="?lang={other}" lang="{code[other]}" hreflang="{code[other]}">{word("language", lang)}</a></header>'
        )
    files = (
        ""
        if bare
        else '<link rel="stylesheet" href="/static/page.css">\n<link rel="stylesheet" href="/static/serve.css">\n'
        '<link rel="icon" href="/static/icon.svg" type="image/svg+xml">\n'
        '<script src="/static/page.js" defer></script>\n<script src="/static/serve.js" defer></script>\n'
    )
    again = '<noscript><meta http-equiv="refresh" content="2"></noscript>\n' if refresh else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{code[lang]}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(title)}</title>\n{files}{again}</head>\n<body>\n"
        f'<a class="skip" href="#main">{escape(word("skip", lang))}</a>\n{head}\n'
        f'<main id="main">\n{body}\n</main>\n</body>\n</html>\n'
    )


def message_page(status: int, message: str, lang: str, *, bare: bool = False) -> HTMLResponse:
    """A page that says why something was not done. ``message`` is plain text."""
    title = word("error", lang)
    home = "" if bare else f'<p><a class="button" href="/">{escape(word("home", lang))}</a></p>'
    content = (
        f'<section class="told faults" role="alert"><h1>{escape(title)}</h1><p>{escape(message)}</p>{home}'
        "</section>"
    )
    return HTMLResponse(page(title, content, lang, bare=bare), status)


def home_page(limits: Limits, lang: str) -> str:
    """The page to drop reports on."""
    suffixes = sorted(READERS)
    kinds = word("kinds", lang, kinds=" ".join(suffixes), size=size_words(limits.size), count=limits.count)
    told = {
        "many": word("error.many", lang, count=limits.count),
        "large": word("error.large", lang, name="{name}", size=size_words(limits.size)),
        "much": word("error.total", lang, size=size_words(limits.total)),
        "folder": word("error.folder", lang),
        "sending": word("sending", lang),
        "stopped": word("stopped", lang),
    }
    words = "".join(f' data-{key}="{escape(text)}"' for key, text in told.items())
    body = (
        f"<h1>{escape(word('invitation', lang))}</h1>\n<p>{escape(word('local', lang))}</p>\n"
        f'<form class="drop" action="/check" method="post" enctype="multipart/form-data" data-size="{limits.size}" '
        f'data-total="{limits.total}" data-count="{limits.count}"{words}>\n'
        f'<p class="zone"><label for="files">{escape(word("drop", lang))}</label> '
        f'<input id="files" type="file" name="files" multiple accept="{escape(",".join(suffixes))}" '
        f'aria-describedby="kinds"><label class="button choose" for="files">{escape(word("choose", lang))}</label></p>\n'
        f'<p id="kinds" class="soft">{escape(kinds)}</p>\n'
        f'<p class="told faults" role="alert" hidden></p>\n<p role="status" class="sending"></p>\n'
        f'<button class="button" type="submit">{escape(word("check", lang))}</button>\n</form>\n'
        f'<form class="paste" action="/check" method="post" enctype="multipart/form-data">\n'
        f"<h2>{escape(word('paste', lang))}</h2>\n"
        f'<label for="text">{escape(word("paste.label", lang))}</label>\n'
        f'<textarea id="text" name="text" rows="12" spellcheck="false" required '
        f'aria-describedby="paste-hint"></textarea>\n'
        f'<p id="paste-hint" class="soft">{escape(word("paste.hint", lang))}</p>\n'
        f'<button class="button" type="submit">{escape(word("check", lang))}</button>\n</form>'
    )
    return page(word("title", lang), body, lang)


# --- many reports ----------------------------------------------------------------------------------------


def batch_page(batch: Batch, lang: str) -> str:
    """The table of what was dropped at once."""
    title = word("batch", lang, count=len(batch.items))
    heads = "".join(
        f'<th scope="col" aria-sort="none">{escape(word(f"column.{name}", lang))}</th>' for name in _COLUMNS
    )
    count, done = len(batch.items), batch.finished
    body = (
        f"<h1>{escape(title)}</h1>\n"
        f'<section class="batch" data-rows="/b/{batch.key}/rows" data-single="{"yes" if count == 1 else ""}" '
        f'data-stopped="{escape(word("stopped", lang))}">\n'
        f'<p class="progress"><progress max="{count}" value="{done}" aria-label="{escape(word("column.state", lang))}">'
        f'</progress> <span role="status">{escape(progress(batch, lang))}</span></p>\n'
        f"{downloads(f'/b/{batch.key}/all', _ALL, 'download-all', lang, hidden=done < count)}\n"
        f'<div class="wide"><table class="accounts reports"><caption class="soft">{escape(word("sort", lang))}'
        f"</caption><thead><tr>{heads}</tr></thead><tbody>{rows(batch, lang)}</tbody></table></div>\n"
        f"{_forget(batch, lang)}</section>"
    )
    return page(title, body, lang, refresh=done < count)


def progress(batch: Batch, lang: str) -> str:
    """How far the work on a batch is, in words."""
    count, done = len(batch.items), batch.finished
    failed = sum(item.state == "failed" for item in batch.items)
    if done < count:
        return word("progress", lang, done=done, count=count)
    if failed:
        return word("finished.failed", lang, failed=failed, count=count)
    return word("finished", lang, count=count)


def rows(batch: Batch, lang: str) -> str:
    """The rows of the table."""
    return "\n".join(_row(batch, number, item, lang) for number, item in enumerate(batch.items, 1))


def _row(batch: Batch, number: int, item: Item, lang: str) -> str:
    name = escape(item.upload.name)
    state = escape(word(f"state.{item.state}", lang))
    summary = item.summary
    if item.failure is not None:
        state = f'<b class="failed">{state}</b><br><small>{escape(item.failure[lang])}</small>'
    cells: list[tuple[object, str]] = [(item.upload.name, name)]
    if summary is None:
        cells += [(-1, "")] * 4
    else:
        title = f"<br><small>{escape(summary.title)}</small>" if summary.title else ""
        cells = [(item.upload.name, f'<a href="/b/{batch.key}/{number}">{name}</a>{title}')]
        cells.append((summary.verdicts[0] * 1000 + summary.verdicts[1], _verdicts(summary.verdicts, lang)))
        for severity, count in zip(("error", "warning", "info"), summary.counts, strict=True):
            shown = f'<span class="badge {severity}">{count}</span>' if count else "0"
            cells.append((count, shown))
    cells.append((("failed", "working", "waiting", "done").index(item.state), state))
    heads = [escape(word(f"column.{column}", lang)) for column in _COLUMNS]
    return (
        "<tr>"
        + "".join(
            f'<td data-label="{head}" data-sort="{escape(str(value))}"><div>{shown}</div></td>'
            if shown
            else "<td></td>"
            for head, (value, shown) in zip(heads, cells, strict=True)
        )
        + "</tr>"
    )


def _verdicts(counts: Sequence[int], lang: str) -> str:
    shown = " ".join(
        f'<span class="badge {verdict}">{escape(term(f"verdict.{verdict}", lang))} {count}</span>'
        for verdict, count in zip(VERDICTS, counts, strict=True)
        if count
    )
    return shown or "–"


def downloads(base: str, forms: Sequence[str], title: str, lang: str, *, hidden: bool = False) -> str:
    """Links to what can be saved."""
    links = "".join(
        f'<li><a class="button" href="{base}/{form}" download>{escape(word(f"as.{form}", lang))}</a></li>'
        for form in forms
    )
    name = escape(word(title, lang))
    return (
        f'<nav class="downloads" aria-label="{name}"{" hidden" if hidden else ""}><b>{name}</b>'
        f"<ul>{links}</ul></nav>"
    )


def _forget(batch: Batch, lang: str) -> str:
    return (
        f'<form class="forget" action="/b/{batch.key}/forget" method="post">'
        f'<button class="plain" type="submit">{escape(word("forget", lang))}</button></form>'
    )


# --- one report ------------------------------------------------------------------------------------------


def report_page(batch: Batch, number: int, shown: Shown, lang: str) -> str:
    """The page of one report."""
    base = f"/b/{batch.key}/{number}"
    name = batch.items[number - 1].upload.name
    back = ""
    if len(batch.items) > 1:
        back = f'<p><a href="/b/{batch.key}">← {escape(word("back", lang, count=len(batch.items)))}</a></p>'
    forms = (*_ONE, "text") if shown.text is not None else _ONE
    told = {
        key: word(key, lang, **values)
        for key, values in {
            "more": {"count": "{count}"},
            "fewer": {},
            "light": {},
            "lit": {"count": "{count}"},
            "correct": {},
            "checking": {},
            "rechecked": {"found": "{found}"},
            "stopped": {},
        }.items()
    }
    words = "".join(f' data-{key}="{escape(text)}"' for key, text in told.items())
    body = (
        f'<div class="single"{words}>\n{back}<h1>{escape(shown.title)}</h1>\n'
        f'<p class="badges" id="badges">{shown.badges}</p>\n'
        f"{downloads(base, forms, 'download', lang)}\n{_editor(base, shown, lang)}\n"
        f'<p role="status" id="status"></p>\n'
        f'<details class="outline"><summary><h2>{escape(word("outline", lang))}</h2></summary>'
        f'<nav id="outline" aria-label="{escape(word("outline", lang))}">{shown.outline}</nav></details>\n'
        f'<h2 class="unseen">{escape(word("results", lang))}</h2>\n'
        f'<div class="bar"><div id="filters">{shown.filters}</div>{_stepper(lang)}</div>\n'
        f'<article class="report" id="report">{shown.section}</article>\n{_forget(batch, lang)}</div>'
    )
    return page(f"{name} · {word('title', lang)}", body, lang)


def _stepper(lang: str) -> str:
    buttons = "".join(
        f'<button class="plain" type="button" data-step="{step}" aria-keyshortcuts="{key}">'
        f"{escape(word(name, lang))}</button>"
        for step, key, name in ((-1, "k", "previous"), (1, "j", "next"))
    )
    keys = f'<label><input type="checkbox" id="keys" checked> {escape(word("keys", lang))}</label>'
    return f'<div class="stepper" hidden>{buttons}{keys}</div>'


def _editor(base: str, shown: Shown, lang: str) -> str:
    if shown.text is None:
        return ""
    return (
        f'<details class="editor"><summary><h2>{escape(word("edit", lang))}</h2></summary>\n'
        f'<form id="edit" action="{base}/text" method="post" enctype="multipart/form-data">'
        f'<label class="unseen" for="draft">{escape(word("edit.label", lang))}</label>'
        f'<textarea id="draft" name="text" rows="16" spellcheck="false" aria-describedby="edit-hint">\n'
        f"{escape_only(shown.text)}</textarea>"
        f'<p id="edit-hint" class="soft">{escape(word("edit.hint", lang))}</p></form>\n'
        f'<div class="acts"><button class="button" type="submit" form="edit">{escape(word("edit.check", lang))}</button>'
        f'<div id="fixes">{fixes(base, shown.fixes, lang)}</div></div></details>'
    )


def fixes(base: str, count: int, lang: str) -> str:
    """The button that makes all safe corrections; nothing where there is none."""
    if not count:
        return ""
    return (
        f'<form action="{base}/fix" method="post"><button class="button" type="submit">'
        f"{escape(word('edit.fix', lang, count=count))}</button></form>"
    )
