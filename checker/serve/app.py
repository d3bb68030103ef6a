"""The routes: what is asked, which part answers, and nothing kept but in memory."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote

import anyio
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from checker.output.html_report import page_css, page_script
from checker.serve import pages, work
from checker.serve.security import SEALED, Access, Guard
from checker.serve.store import Batch, Item, Store
from checker.serve.uploads import Limits, Refused, body, read_uploads, text_upload
from checker.serve.words import word, words
from checker.serve.workers import Workers

_PATIENCE = 3.0
"""Seconds for which a single report is waited for before its progress is shown instead."""
_OWN = {"serve.css": "text/css", "serve.js": "text/javascript", "icon.svg": "image/svg+xml"}
_FORMS = {
    "word": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "word-fixed": ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "html": ("html", "text/html; charset=utf-8"),
    "xlsx": ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "json": ("json", "application/json"),
    "text": ("txt", "text/plain; charset=utf-8"),
    "zip": ("zip", "application/zip"),
}
_OF_ALL = ("zip", "html", "xlsx", "json")


@dataclass(frozen=True, slots=True)
class Service:
    """What the routes share."""

    workers: Workers
    store: Store
    limits: Limits
    lang: str


def application(service: Service, access: Access) -> ASGIApp:
    """The whole server, guarded."""

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        await anyio.to_thread.run_sync(service.workers.start)
        async with anyio.create_task_group() as tasks:
            app.state.tasks = tasks
            yield
            service.workers.close()
            tasks.cancel_scope.cancel()

    routes = [
        Route("/", _home),
        Route("/check", _check, methods=["POST"]),
        Route("/b/{key}", _batch),
        Route("/b/{key}/rows", _rows),
        Route("/b/{key}/forget", _forget, methods=["POST"]),
        Route("/b/{key}/all/{form}", _save_all),
        Route("/b/{key}/{number:int}", _report),
        Route("/b/{key}/{number:int}/text", _edit, methods=["POST"]),
        Route("/b/{key}/{number:int}/fix", _fix, methods=["POST"]),
        Route("/b/{key}/{number:int}/{form}", _save),
        Route("/static/{name}", _static),
    ]
    handlers = {Refused: _refused, work.Failed: _failed, HTTPException: _missing, Exception: _broken}
    app = Starlette(routes=routes, lifespan=lifespan, exception_handlers=handlers)
    app.state.service = service
    return Guard(app, access, service.lang)


def _service(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


def _lang(request: Request) -> str:
    return pages.language_of(request.scope, _service(request).lang)


def _html(request: Request, content: str) -> Response:
    response = Response(content, media_type="text/html")
    if "lang" in request.query_params:
        response.set_cookie(pages.LANGUAGE_COOKIE, _lang(request), samesite="strict", httponly=True)
    return response


# --- pages -----------------------------------------------------------------------------------------------


async def _home(request: Request) -> Response:
    return _html(request, pages.home_page(_service(request).limits, _lang(request)))


async def _check(request: Request) -> Response:
    service = _service(request)
    uploads = await read_uploads(request, service.limits, _lang(request))
    batch = service.store.add(uploads)
    request.app.state.tasks.start_soon(_check_batch, service.workers, batch)
    if len(batch.items) == 1:
        with anyio.move_on_after(_PATIENCE):
            while batch.open and not batch.finished:
                await anyio.sleep(0.02)
    return RedirectResponse(_address(batch), 303)


async def _check_batch(workers: Workers, batch: Batch) -> None:
    """Check every report, never more at once than there are processes, so that others get their turn."""
    waiting = iter(batch.items)

    async def check_next() -> None:
        for item in waiting:
            if batch.open:
                await _check_item(workers, item)

    async with anyio.create_task_group() as tasks:
        for _ in range(workers.count):
            tasks.start_soon(check_next)


async def _check_item(workers: Workers, item: Item) -> None:
    item.working = True
    try:
        item.summary = await workers.run(work.summarize, item.upload, workers.setup)
    except work.Failed as error:
        item.failure = error.message
    finally:
        item.working = False


def _address(batch: Batch) -> str:
    """Where a batch is seen: a single report that was checked has no need of a table."""
    single = len(batch.items) == 1 and batch.items[0].state == "done"
    return f"/b/{batch.key}/1" if single else f"/b/{batch.key}"


async def _batch(request: Request) -> Response:
    batch = _found(request)
    return _html(request, pages.batch_page(batch, _lang(request)))


async def _rows(request: Request) -> Response:
    batch = _found(request)
    lang = _lang(request)
    return JSONResponse(
        {
            "rows": pages.rows(batch, lang),
            "done": batch.finished,
            "progress": pages.progress(batch, lang),
            "address": _address(batch),
        }
    )


async def _report(request: Request) -> Response:
    batch, item = _found_item(request)
    service, lang = _service(request), _lang(request)
    shown = await service.workers.run(work.show, item.upload, service.workers.setup, lang)
    return _html(request, pages.report_page(batch, request.path_params["number"], shown, lang))


# --- changes ---------------------------------------------------------------------------------------------


async def _edit(request: Request) -> Response:
    """A text as it is edited: from the script as the body, answered in fragments; from a form with a page."""
    service, lang = _service(request), _lang(request)
    batch, item = _found_item(request)
    if not request.headers.get("content-type", "").startswith("text/plain"):
        (upload,) = await read_uploads(request, service.limits, lang)
        await _replace(service, item, upload.data.decode())
        return RedirectResponse(f"/b/{batch.key}/{request.path_params['number']}", 303)
    data = b"".join([chunk async for chunk in body(request, service.limits.size)])
    shown = await _replace(service, item, data.decode("utf-8", "replace"), lang)
    base = f"/b/{batch.key}/{request.path_params['number']}"
    return JSONResponse(
        {
            "title": shown.title,
            "badges": shown.badges,
            "found": shown.found,
            "filters": shown.filters,
            "outline": shown.outline,
            "report": shown.section,
            "fixes": pages.fixes(base, shown.fixes, lang),
        }
    )


async def _replace(service: Service, item: Item, text: str, lang: str = "zh") -> work.Shown:
    """Let ``text`` take the place of a report, if that was a text and this can be checked."""
    if not work.editable(item.upload.name):
        raise Refused(400, words("error.text"))
    upload = text_upload(item.upload.name, text)
    shown = await service.workers.run(work.show, upload, service.workers.setup, lang)
    item.upload, item.summary, item.failure = upload, shown.summary, None
    return shown


async def _fix(request: Request) -> Response:
    service = _service(request)
    batch, item = _found_item(request)
    text = await service.workers.run(work.correct, item.upload, service.workers.setup)
    await _replace(service, item, text)
    return RedirectResponse(f"/b/{batch.key}/{request.path_params['number']}", 303)


async def _forget(request: Request) -> Response:
    _service(request).store.forget(_found(request).key)
    return RedirectResponse("/", 303)


# --- downloads -------------------------------------------------------------------------------------------


async def _save(request: Request) -> Response:
    service, lang, form = _service(request), _lang(request), request.path_params["form"]
    _, item = _found_item(request)
    if form not in _FORMS or form == "zip":
        raise HTTPException(404)
    stem = item.upload.name.rpartition(".")[0] or item.upload.name
    if form == "text":
        return _file(item.upload.data, stem, form)
    data = await service.workers.run(work.save, (item.upload,), service.workers.setup, form, lang)
    return _file(data, stem, form)


async def _save_all(request: Request) -> Response:
    service, lang, form = _service(request), _lang(request), request.path_params["form"]
    batch = _found(request)
    if form not in _OF_ALL:
        raise HTTPException(404)
    uploads = tuple(item.upload for item in batch.items)
    data = await service.workers.run(
        work.save, uploads, service.workers.setup, form, lang, reports=2 * len(uploads)
    )
    return _file(data, word("saved.reports", lang), form)


def _file(data: bytes, stem: str, form: str) -> Response:
    suffix, kind = _FORMS[form]
    name = f"{stem}.{suffix}"
    headers = {
        "content-disposition": f"attachment; filename=\"zhenggai.{suffix}\"; filename*=UTF-8''{quote(name, '')}",
        "content-security-policy": SEALED,
    }
    return Response(data, media_type=kind, headers=headers)


async def _static(request: Request) -> Response:
    name = request.path_params["name"]
    if name == "page.css":
        return Response(page_css(), media_type="text/css")
    if name == "page.js":
        return Response(page_script(), media_type="text/javascript")
    if name not in _OWN:
        raise HTTPException(404)
    return Response(_own(name), media_type=_OWN[name])


@cache
def _own(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8")


# --- what cannot be done ---------------------------------------------------------------------------------


def _found(request: Request) -> Batch:
    batch = _service(request).store.get(request.path_params["key"])
    if batch is None:
        raise Refused(404, words("error.gone"))
    return batch


def _found_item(request: Request) -> tuple[Batch, Item]:
    batch = _found(request)
    number = request.path_params["number"]
    if not 1 <= number <= len(batch.items):
        raise HTTPException(404)
    return batch, batch.items[number - 1]


def _said(request: Request, status: int, message: str) -> Response:
    if request.headers.get("accept", "").startswith("application/json"):
        return PlainTextResponse(message, status)
    return pages.message_page(status, message, _lang(request))


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return _said(request, error.status, error.message[_lang(request)])


async def _failed(request: Request, error: Exception) -> Response:
    assert isinstance(error, work.Failed)
    return _said(request, 422, error.message[_lang(request)])


async def _missing(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    key = "error.method" if error.status_code == 405 else "error.missing"
    return _said(request, error.status_code, word(key, _lang(request)))


async def _broken(request: Request, _: Exception) -> Response:
    return _said(request, 500, word("error.internal", _lang(request)))
