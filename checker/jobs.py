"""Many files: each with its own settings, in one process or several, always with the same result."""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from checker import caching
from checker.checking import check_path, known_path
from checker.config import settings_for
from checker.diagnostics import CheckerError
from checker.files import STDIN, STDIN_NAME, Found, Note, fault_of, printable
from checker.messages import both
from checker.outcome import Checked, Result, Run, Unchecked
from checker.paths import is_folder
from checker.records import dataclass, field, replace
from checker.rule_files import RuleFileError
from checker.settings import Allow, Override, Settings, allow_covers

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

_PAYS_FROM = 24
"""So many files per further process: below, starting it costs more than it saves."""
_CHUNK = 8
_LATE = 100_000
"""So many new objects before the next search for cycles: a report makes few, and the rules stay."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to check: ``config`` the file of ``--config``; ``jobs`` 0 for as many processes as pay; ``fix`` to see
    what can be corrected as well, which writes nothing; ``cache`` whether anything is kept from run to run."""

    override: Override = field(default_factory=Override)
    config: str | None = None
    stdin_name: str = STDIN_NAME
    jobs: int = 0
    keep_source: bool = False
    keep_document: bool = False
    fix: bool = False
    cache: bool = True


Task = tuple[str, Settings]


def check_files(
    found: Found,
    arguments: Sequence[str],
    plan: Plan,
    advance: Callable[[], None] | None = None,
    *,
    work: Callable[[Sequence[Task], Plan], Iterator[Result]] | None = None,
    take: Callable[[Result], Result] | None = None,
) -> Run:
    """Check all files that were found for ``arguments``; ``advance`` is called as each is done.

    ``work`` does the tasks elsewhere than in processes of this machine. ``take`` is given each result as it comes,
    in no order, and returns what the run shall keep of it.
    """
    faults = list(found.faults)
    tasks: list[Task] = []
    for path in found.paths:
        try:
            tasks.append((path, settings_for(path, plan.config, plan.override, plan.stdin_name)))
        except (CheckerError, RuleFileError) as error:
            unchecked = Unchecked(printable(path), faults_of(error))
            faults += (take(unchecked) if take else unchecked).faults
    checked: list[Checked] = []
    for result in (work or _results)(tasks, plan):
        kept = take(result) if take else result
        if isinstance(kept, Checked):
            checked.append(kept)
        faults += kept.faults
        if advance is not None:
            advance()
    checked.sort(key=lambda file: file.path)
    notes = [*found.skipped, *(note for file in checked for note in file.notes)]
    notes += _unused(tasks, checked, arguments)
    return Run(tuple(checked), tuple(_distinct(faults)), tuple(notes))


def _distinct(faults: Sequence[Note]) -> list[Note]:
    """Each fault once: a faulty rule file stands against every report."""
    found = {_order(fault): fault for fault in faults}
    return [found[key] for key in sorted(found)]


def _order(note: Note) -> tuple[str, int, int, str]:
    return (note.path, note.line, note.column, note.message["en"])


def faults_of(error: CheckerError | RuleFileError) -> tuple[Note, ...]:
    """What an error says, as plain values."""
    if isinstance(error, RuleFileError):
        return tuple(fault_of(fault) for fault in error.faults)
    return (fault_of(error),)


def _results(tasks: Sequence[Task], plan: Plan) -> Iterator[Result]:
    """The result of each task; in what order does not matter."""
    piped = [task for task in tasks if task[0] == STDIN]
    others = [task for task in tasks if task[0] != STDIN]
    yield from (check_one(path, settings, plan) for path, settings in piped)
    if plan.jobs != 1 and len(others) >= _PAYS_FROM:
        unknown: list[Task] = []
        copies: list[Task] = []
        yield from _told(others, plan, unknown, copies)
        yield from _worked(unknown, plan)
        others = []  # copies of what could not be kept are checked each for itself
        yield from _told(copies, plan, others, others)
    yield from _worked(others, plan)


def _told(tasks: Sequence[Task], plan: Plan, unknown: list[Task], copies: list[Task]) -> Iterator[Checked]:
    """What is known from before; the other tasks go to ``unknown``, or, where one before has the same content and
    settings, to ``copies``."""
    seen: set[str] = set()
    for task in tasks:
        name, known = _known(task, plan)
        if known is not None:
            yield known
        elif name and name in seen:
            copies.append(task)
        else:
            seen.add(name)
            unknown.append(task)


def _worked(tasks: Sequence[Task], plan: Plan) -> Iterator[Result]:
    """The result of each task, over processes where they pay."""
    jobs = plan.jobs or min(processors(), 1 + len(tasks) // _PAYS_FROM)
    if min(jobs, len(tasks)) > 1:
        yield from _parallel(tasks, plan, min(jobs, len(tasks)))
    else:
        yield from (check_one(path, settings, plan) for path, settings in tasks)


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _chunk(tasks: Sequence[Task], plan: Plan) -> list[Result]:
    return [check_one(path, settings, plan) for path, settings in tasks]


def _known(task: Task, plan: Plan) -> tuple[str, Checked | None]:
    """The name of what is kept for a task, and the result of an earlier run, if there is one and it will do."""
    if plan.fix or plan.keep_document or not caching.enabled():
        return "", None
    try:
        return known_path(*task, keep_source=plan.keep_source)
    except CheckerError:
        return "", None  # whoever checks the file says what is wrong


def check_one(path: str, settings: Settings, plan: Plan) -> Result:
    """One file; nothing is raised. A fault of the program itself stands against this file alone; with ZHENGGAI_DEBUG
    it is raised."""
    try:
        if plan.fix:
            from checker.fixing import fix_path

            return _fixed(fix_path(path, settings, plan.stdin_name), plan)
        return check_path(
            path,
            settings,
            plan.stdin_name,
            keep_source=plan.keep_source,
            keep_document=plan.keep_document,
        )
    except (CheckerError, RuleFileError) as error:
        return Unchecked(_name(path, plan), faults_of(error))
    except Exception as error:
        if os.environ.get("ZHENGGAI_DEBUG"):
            raise
        name = _name(path, plan)
        return Unchecked(name, (Note(name, both("internal", error=f"{type(error).__name__}: {error}")),))


def _name(path: str, plan: Plan) -> str:
    return plan.stdin_name if path == STDIN else printable(path)


def _fixed(file: Checked, plan: Plan) -> Checked:
    """``file`` without what nobody will look at."""
    source = file.source if plan.keep_source or file.correction else None
    return replace(file, source=source, document=file.document if plan.keep_document else None)


def _parallel(tasks: Sequence[Task], plan: Plan, jobs: int) -> Iterator[Result]:
    """Over ``jobs`` processes, started afresh on every system. What was in hand when a process was lost is tried
    once more; if one is lost again, file by file, and a file that ends its process then is a fault."""
    plan = replace(plan, jobs=1)
    size = min(_CHUNK, -(-len(tasks) // jobs))
    lost = [tasks[start : start + size] for start in range(0, len(tasks), size)]
    for _ in range(2):
        chunks, lost = lost, []
        yield from _pooled(chunks, plan, jobs, lost)
        if not lost:
            return
    yield from _singly([task for chunk in lost for task in chunk], plan)


def _pooled(
    chunks: Sequence[Sequence[Task]], plan: Plan, jobs: int, lost: list[Sequence[Task]]
) -> Iterator[Result]:
    """The results of ``chunks``; those that were waiting or in hand when a process was lost go to ``lost``."""
    from concurrent.futures import as_completed
    from concurrent.futures.process import BrokenProcessPool

    pool = process_pool(jobs, plan)
    waiting: dict[Future[list[Result]], Sequence[Task]] = {}
    try:
        for chunk in chunks:
            try:
                with _uninterrupted():
                    waiting[pool.submit(_chunk, chunk, plan)] = chunk
            except BrokenProcessPool:
                lost.append(chunk)
        for future in as_completed(waiting):
            chunk = waiting.pop(future)  # nothing is held once it is told
            try:
                yield from future.result()
            except BrokenProcessPool:
                lost.append(chunk)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _singly(tasks: Sequence[Task], plan: Plan) -> Iterator[Result]:
    """One file after the other in a process of their own, which is replaced when it is lost."""
    from concurrent.futures.process import BrokenProcessPool

    pool = None
    try:
        for task in tasks:
            pool = pool or process_pool(1, plan)
            try:
                with _uninterrupted():
                    future = pool.submit(_chunk, [task], plan)
                yield from future.result()
            except BrokenProcessPool:
                pool.shutdown(wait=True, cancel_futures=True)
                pool = None
                name = printable(task[0])
                yield Unchecked(name, (Note(name, both("worker.lost")),))
    finally:
        if pool is not None:
            pool.shutdown(wait=True, cancel_futures=True)


def process_pool(jobs: int, plan: Plan) -> ProcessPoolExecutor:
    """``jobs`` new processes for work."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin, initargs=(plan.cache,))


def _begin(cache: bool) -> None:
    """A process for work begins. Ctrl-C is for the main process to answer, and when that is gone this one ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow, daemon=True).start()
    gc.set_threshold(_LATE)
    if not cache:
        caching.disable()


def _follow() -> None:
    """End this process with the one that started it, however that ends."""
    import multiprocessing

    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Processes that are started here know of no Ctrl-C, from their first moment on; ours comes afterwards. Windows
    cannot put signals off."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _unused(tasks: Sequence[Task], checked: Sequence[Checked], arguments: Sequence[str]) -> list[Note]:
    """A note for each allow entry that covered nothing though what it is about was surely checked: its own
    file, or for an entry with no path the whole folder of its configuration."""
    used = {place for file in checked for place in file.allowed}
    entries: dict[tuple[str, int, int], Allow] = {}
    for _, settings in tasks:
        entries |= {(entry.file, entry.line, entry.column): entry for entry in settings.allow}
    folders = [Path(argument).absolute() for argument in arguments if is_folder(Path(argument))]
    notes = []
    for place, entry in sorted(entries.items()):
        if entry.path:
            seen = any(allow_covers(entry, file.path) for file in checked)
        else:
            home = entry.folder.absolute()
            seen = any(folder == home or folder in home.parents for folder in folders)
        if seen and place not in used:
            text = {"zh": f"：“{entry.text}”", "en": f": “{entry.text}”"} if entry.text else ""
            notes.append(Note(place[0], both("allow.unused", rule=entry.rule, text=text), *place[1:]))
    return notes
