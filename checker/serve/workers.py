"""Processes that check, so that no report can hold up or bring down the server: each has a time limit."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Any, TypeVar, TypeVarTuple, Unpack

import anyio
import anyio.to_thread

from checker import caching
from checker.serve.words import words
from checker.serve.work import Failed, Setup, prepare

A = TypeVarTuple("A")
T = TypeVar("T")

_START_LIMIT = 120.0
"""Seconds that a new process may take to load grammars and rules."""
_GRACE = 5
"""Seconds after which a process ends itself if nobody did."""


class _Worker:
    """One process and the pipe to it."""

    def __init__(self, setup: Setup) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=_work, args=(theirs, setup), daemon=True)
        self.process.start()
        theirs.close()
        self.ready = False

    def call(self, function: Callable[..., Any], args: tuple[Any, ...], limit: float) -> Any:
        """What ``function`` returns in the process. Raises Failed, TimeoutError, EOFError or OSError; after the
        last three the process is of no more use."""
        if not self.ready:
            if not self.pipe.poll(_START_LIMIT):
                raise TimeoutError
            self._answer()
            self.ready = True
        self.pipe.send((function, args, limit))
        if not self.pipe.poll(limit):
            raise TimeoutError
        return self._answer()

    def _answer(self) -> Any:
        kind, value = self.pipe.recv()
        if kind == "failed":
            raise Failed(value)
        return value

    def stop(self) -> None:
        with suppress(OSError):
            self.process.kill()
        self.process.join(5)
        self.pipe.close()


class Workers:
    """Up to ``count`` processes; a task waits for a free one. ``limit`` is in seconds for one report."""

    def __init__(self, setup: Setup, count: int, limit: float) -> None:
        self.setup = setup
        self.count = count
        self.limit = limit
        self._idle: list[_Worker] = []
        self._all: set[_Worker] = set()
        self._free = anyio.Semaphore(count)
        self._closed = False

    def start(self) -> None:
        """Start every process, so that the first report need not wait for one to load."""
        self._idle = [self._new() for _ in range(self.count)]

    def close(self) -> None:
        """End all processes; what they had in hand fails."""
        self._closed = True
        for worker in list(self._all):
            worker.process.kill()
        for worker in list(self._idle):
            worker.stop()

    async def run(self, function: Callable[[Unpack[A]], T], *args: *A, reports: int = 1) -> T:
        """``function(*args)`` in a process, within the time for so many ``reports``. Raises Failed."""
        async with self._free:
            worker = self._idle.pop() if self._idle else self._new()
            limit = self.limit * max(reports, 1)
            try:
                result: T = await anyio.to_thread.run_sync(worker.call, function, args, limit)
            except Failed:
                self._idle.append(worker)
                raise
            except TimeoutError:
                await self._renew(worker)
                raise Failed(words("error.time", seconds=f"{limit:g}")) from None
            except (EOFError, OSError):
                await self._renew(worker)
                raise Failed(words("error.lost")) from None
            except BaseException:
                worker.process.kill()
                self._all.discard(worker)
                raise
            self._idle.append(worker)
            return result

    def _new(self) -> _Worker:
        worker = _Worker(self.setup)
        self._all.add(worker)
        return worker

    async def _renew(self, worker: _Worker) -> None:
        self._all.discard(worker)
        await anyio.to_thread.run_sync(worker.stop)
        if not self._closed:
            self._idle.append(self._new())


def _work(pipe: Connection, setup: Setup) -> None:
    """The life of a process: load, then answer until the other end is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _answer(pipe, prepare, (setup,))
    caching.flush()  # such a process is not ended but killed
    while True:
        try:
            function, args, limit = pipe.recv()
        except (EOFError, OSError):
            os._exit(0)
        if hasattr(signal, "alarm"):  # should the server be gone before it could end this process
            signal.alarm(int(limit) + _GRACE)
        _answer(pipe, function, args)
        del args  # nothing of a report stays
        if hasattr(signal, "alarm"):
            signal.alarm(0)


def _answer(pipe: Connection, function: Callable[..., Any], args: tuple[Any, ...]) -> None:
    try:
        result = ("done", function(*args))
    except Failed as error:
        result = ("failed", error.message)
    except Exception:
        traceback.print_exc(file=sys.stderr)
        result = ("failed", words("error.internal"))
    try:
        pipe.send(result)
    except (BrokenPipeError, ConnectionError):
        os._exit(0)
