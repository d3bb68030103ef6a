"""Many reports over any executor, each exactly once, whatever becomes of those who check.

Reports go out by the chunk, a bounded number of chunks at a time. A chunk that comes to nothing because a worker was
lost goes out again; if it is lost again, its reports go out one by one with nothing beside them, so that the one
that ends its worker is known: that is a fault of this report alone.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future
from concurrent.futures.process import ProcessPoolExecutor
from itertools import islice
from queue import Empty, SimpleQueue
from typing import Any, Protocol

from checker.checking import ruleset_of
from checker.diagnostics import CheckerError, Diagnostic
from checker.files import STDIN, Note, printable
from checker.jobs import Plan, Task, check_one, faults_of, process_pool, processors
from checker.messages import both
from checker.outcome import Checked, Result, Unchecked
from checker.parcels import Parcel, Rules, check_parcels, packed, portable
from checker.records import dataclass
from checker.rule_files import RuleFileError
from checker.settings import Settings

_CHUNK = 8
_CHUNKS_EACH = 4
"""So many chunks wait for each worker."""
_CHUNKS = 64
"""So many are out at least, as there may be more workers than are known of."""
_HOPELESS = 8
"""After so many single reports came to nothing and not one was ever checked, no more are sent."""


_LOOK = 1
"""Seconds after which it is looked whether the scheduler of a cluster is still there."""


class Executor(Protocol):
    """What takes work: an executor of ``concurrent.futures``, or anything that is used alike."""

    def submit(self, function: Any, /, *arguments: Any) -> Any:
        """A future: something with ``result()``, and ``add_done_callback()`` if it can be asked to tell."""


@dataclass(frozen=True, slots=True)
class FileResult:
    """What came of one report: ``path`` as it was given; the findings, sorted; ``faults``, what kept it from being
    checked; ``notes``, what else there is to tell; ``status``, the exit status of a run of it alone."""

    path: str
    diagnostics: tuple[Diagnostic, ...]
    faults: tuple[Note, ...]
    notes: tuple[Note, ...]
    status: int


def check_many(
    paths: Iterable[str], settings: Settings, executor: Executor | None = None
) -> Iterator[FileResult]:
    """One result for each different path, as it is done. Raises CheckerError or RuleFileError, at once."""
    ruleset_of(settings)
    return _file_results(paths, settings, executor)


def _file_results(
    paths: Iterable[str], settings: Settings, executor: Executor | None
) -> Iterator[FileResult]:
    plan = Plan()
    tasks = ((path, settings) for path in _different(paths))
    here = ((path, check_one(path, settings, plan)) for path, settings in tasks)
    for path, result in here if executor is None else spread(tasks, plan, executor):
        if isinstance(result, Checked):
            yield FileResult(path, result.diagnostics, result.faults, result.notes, result.status)
        else:
            yield FileResult(path, (), result.faults, (), result.status)


def _different(paths: Iterable[str]) -> Iterator[str]:
    seen = set()
    for path in paths:
        if path not in seen:
            seen.add(path)
            yield path


def spread(tasks: Iterable[Task], plan: Plan, executor: Executor) -> Iterator[tuple[str, Result]]:
    """The path and the result of each task, as they are done. Standard input is read here."""
    sender = _Sender(executor, plan)
    fresh = _chunks(tasks, plan)
    again: deque[list[Parcel]] = deque()
    alone: list[Parcel] = []
    waiting: dict[Any, tuple[list[Parcel], bool]] = {}
    done: SimpleQueue[Any] = SimpleQueue()
    worked = False
    parcels: list[Parcel] | None
    try:
        while True:
            while len(waiting) < sender.most:
                first = not again
                if again:
                    parcels = again.popleft()
                else:
                    ready, parcels = next(fresh, ((), None))
                    yield from ready
                if parcels is None:
                    break
                if parcels:
                    future = sender.send(parcels)
                    waiting[future] = parcels, first
                    _tell(future, done)
            if not waiting:
                break
            future = sender.next(done)
            if future is None:
                alone += (parcel for parcels, _ in waiting.values() for parcel in parcels)
                waiting.clear()
                continue
            if future not in waiting:
                continue  # given up before
            parcels, first = waiting.pop(future)
            try:
                results = future.result()
            except Exception:
                if first:
                    again.append(parcels)
                else:
                    alone += parcels
                continue
            worked = True
            yield from _named(parcels, results)
        yield from _singly(alone, sender, done, worked)
    finally:
        sender.close(waiting)


def _chunks(tasks: Iterable[Task], plan: Plan) -> Iterator[tuple[list[tuple[str, Result]], list[Parcel]]]:
    """The tasks by the chunk: the results of those that need not or cannot be sent, and the others."""
    remaining = iter(tasks)
    last: Settings | None = None
    kit: tuple[Settings, tuple[Rules, ...]] | None = None
    fault: tuple[Note, ...] = ()
    while chunk := list(islice(remaining, _CHUNK)):
        ready: list[tuple[str, Result]] = []
        parcels = []
        for path, settings in chunk:
            if path == STDIN:
                ready.append((path, check_one(path, settings, plan)))
                continue
            if settings != last:
                last, kit = settings, None
                try:
                    ruleset_of(settings)
                    kit = portable(settings)
                except (CheckerError, RuleFileError) as error:
                    fault = faults_of(error)
            if kit is None:
                ready.append((path, Unchecked(printable(path), fault)))
            else:
                parcels.append(packed(path, *kit))
        yield ready, parcels


def _singly(
    parcels: Iterable[Parcel], sender: _Sender, done: SimpleQueue[Any], worked: bool
) -> Iterator[tuple[str, Result]]:
    """The results of what was lost twice, one after the other with nothing beside."""
    lost = 0
    error: Exception | None = None
    for parcel in parcels:
        if error is None or worked or lost < _HOPELESS:
            try:
                sent = sender.send([parcel])
                _tell(sent, done)
                while (future := sender.next(done)) is not sent:
                    if future is None:
                        raise ConnectionError("the scheduler is gone")
                results = sent.result()
            except Exception as caught:
                error = caught
                lost += 1
            else:
                worked = True
                yield from _named([parcel], results)
                continue
        yield parcel.name, Unchecked(printable(parcel.name), (_fault(parcel, error),))


def _named(parcels: Sequence[Parcel], results: Sequence[Result]) -> Iterator[tuple[str, Result]]:
    return zip((parcel.name for parcel in parcels), results, strict=True)


def _fault(parcel: Parcel, error: Exception) -> Note:
    lost = isinstance(error, BrokenExecutor) or type(error).__name__ == "KilledWorker"
    message = both("worker.lost") if lost else both("worker.failed", error=f"{type(error).__name__}: {error}")
    return Note(printable(parcel.name), message)


def _tell(future: Any, done: SimpleQueue[Any]) -> None:
    """Put ``future`` into ``done`` when it is; one that cannot tell is waited for in its turn."""
    if hasattr(future, "add_done_callback"):
        future.add_done_callback(done.put)
    else:
        done.put(future)


class _Sender:
    """An executor to send work to. A process pool that breaks, as it does when one of its processes is lost, is
    followed by one of our own."""

    def __init__(self, executor: Any, plan: Plan) -> None:
        workers = getattr(executor, "_max_workers", 0)
        self._client: Any = None
        if hasattr(executor, "get_executor"):  # a client of dask.distributed
            self._client = executor
            workers = sum(executor.nthreads().values())
            executor = executor.get_executor(pure=False)
        self.most = max(_CHUNKS, _CHUNKS_EACH * workers)
        self._executor: Executor = executor
        self._plan = plan
        self._own: ProcessPoolExecutor | None = None

    def send(self, parcels: Sequence[Parcel]) -> Any:
        """A future of the results; nothing is raised."""
        try:
            try:
                return self._executor.submit(check_parcels, parcels, self._plan)
            except BrokenExecutor:
                if not isinstance(self._executor, ProcessPoolExecutor):
                    raise
                self._replace()
                return self._executor.submit(check_parcels, parcels, self._plan)
        except Exception as error:
            failed: Future[Any] = Future()
            failed.set_exception(error)
            return failed

    def next(self, done: SimpleQueue[Any]) -> Any:
        """The next future that is done; None if the scheduler is gone for good, which futures are not told."""
        while self._client is not None:
            try:
                return done.get(timeout=_LOOK)
            except Empty:
                if self._client.status == "closed":
                    return None
        return done.get()

    def _replace(self) -> None:
        self.close(())
        self._executor = self._own = process_pool(processors(), self._plan)

    def close(self, waiting: Iterable[Any]) -> None:
        """Take back what is ``waiting``, and end what was begun here."""
        for future in waiting:
            if hasattr(future, "cancel"):
                future.cancel()
        if self._own is not None:
            self._own.shutdown(wait=True, cancel_futures=True)
            self._own = None
