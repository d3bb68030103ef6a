"""Many reports over an executor: each exactly once, the same as here, whatever is lost on the way."""

from __future__ import annotations

import os
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pytest

import checker
from checker import many
from checker.parcels import Parcel
from checker.rule_files import RuleFileError
from tests.many import write_reports, write_rules

LOST = {
    "zh": "检查它的进程意外终止，没有结果",
    "en": "the process that checked it ended unexpectedly; there is no result",
}


@pytest.fixture
def names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent.parent))
    write_rules(tmp_path / "规则")
    (tmp_path / "除.txt").write_text("除零。\n", encoding="utf-8")
    (tmp_path / "坏.txt").write_bytes(b"")
    return [*write_reports(tmp_path, 30), "除.txt", "坏.txt", "没有.txt"]


def results(names: list[str], executor: Any = None) -> list[checker.FileResult]:
    return list(checker.check_many(names, executor=executor, rules=["规则"], select=["demo"]))


def spawned(**options: Any) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(2, mp_context=get_context("spawn"), **options)


def by_path(found: list[checker.FileResult]) -> dict[str, checker.FileResult]:
    """The results, of which there is one for each path."""
    paths = [one.path for one in found]
    assert len(paths) == len(set(paths))
    return {one.path: one for one in found}


def test_here_they_come_in_order_and_are_those_of_check(names: list[str]) -> None:
    found = results([*names, names[0]])
    assert [one.path for one in found] == names
    for one in found[:30]:
        assert one.diagnostics == checker.check(one.path, rules=["规则"], select=["demo"])
    assert Counter(one.status for one in found) == {1: 23, 0: 7, 2: 3}
    crashed, empty, missing = found[30:]
    assert [one.crash for one in crashed.diagnostics] == [True]
    assert [note.message["en"] for note in (*empty.faults, *missing.faults)] == [
        "the file is empty, there is nothing to check; nothing checked is never a pass",
        "no such file or folder",
    ]


def test_threads(names: list[str]) -> None:
    with ThreadPoolExecutor(3) as pool:
        assert by_path(results(names, pool)) == by_path(results(names))


def test_processes_in_another_folder(names: list[str]) -> None:
    """Neither paths nor rules depend on where a worker is; what is told of a crash names the rule file as here."""
    with spawned(initializer=os.chdir, initargs=("/",)) as pool:
        found = results(names, pool)
    assert by_path(found) == by_path(results(names))
    (crash,) = by_path(found)["除.txt"].diagnostics
    assert "规则/demo.yaml:" in crash.message["zh"]


@pytest.mark.skipif(sys.platform == "win32", reason="kills a process")
def test_a_killed_process_breaks_the_pool_and_nothing_is_lost(names: list[str]) -> None:
    with spawned() as pool:
        found = checker.check_many(names, executor=pool, rules=["规则"], select=["demo"])
        got = [next(found)]
        (first, *_) = pool._processes
        os.kill(first, signal.SIGKILL)
        got += found
        with pytest.raises(BrokenProcessPool):
            pool.submit(os.getpid).result()
    assert by_path(got) == by_path(results(names))


class Local(Executor):
    """Does its work at once, or fails as ``fails`` says of the paths at hand; counts."""

    def __init__(self, fails: Callable[[list[str]], Exception | None]) -> None:
        self.fails = fails
        self.sent: list[list[str]] = []

    def submit(self, function: Any, /, parcels: Any, *rest: Any, **_: Any) -> Future[Any]:
        paths = [one.name for one in parcels]
        self.sent.append(paths)
        error = self.fails(paths)
        future: Future[Any] = Future()
        if error is None:
            future.set_result(function(parcels, *rest))
        else:
            future.set_exception(error)
        return future


def test_what_a_lost_worker_had_in_hand_is_done_again(names: list[str]) -> None:
    lost = [True]
    pool = Local(lambda paths: BrokenProcessPool() if lost and lost.pop() else None)
    assert by_path(results(names, pool)) == by_path(results(names))
    assert Counter(path for paths in pool.sent for path in paths) == Counter([*names, *names[:8]])


def test_the_report_that_ends_its_worker_is_a_fault_of_its_own(names: list[str]) -> None:
    pool = Local(lambda paths: BrokenProcessPool() if "004.txt" in paths else None)
    found = by_path(results(names, pool))
    wanted = by_path(results(names))
    assert found.pop("004.txt") == checker.FileResult("004.txt", (), (checker.Note("004.txt", LOST),), (), 2)
    del wanted["004.txt"]
    assert found == wanted
    assert [paths for paths in pool.sent if len(paths) == 1 and paths[0] < "008"] == [
        [name] for name in names[:8]
    ]
    assert sum("004.txt" in paths for paths in pool.sent) == 3


def test_an_executor_that_never_works_is_given_up(names: list[str]) -> None:
    pool = Local(lambda paths: ModuleNotFoundError("No module named 'checker'"))
    found = by_path(results(names, pool))
    assert sorted(found) == sorted(names)
    told = {note.message["en"] for one in found.values() for note in one.faults}
    assert told == {
        "not checked: the work that was sent out came to nothing "
        "(ModuleNotFoundError: No module named 'checker')"
    }
    assert {one.status for one in found.values()} == {2}
    assert len(pool.sent) == 2 * 5 + many._HOPELESS


def test_an_executor_that_takes_nothing(names: list[str]) -> None:
    pool = ThreadPoolExecutor(1)
    pool.shutdown()
    found = by_path(results(names, pool))
    assert {one.status for one in found.values()} == {2} and len(found) == len(names)


class Plain:
    """Futures that have a result and nothing else."""

    def submit(self, function: Any, *arguments: Any) -> Any:
        class Promise:
            def result(self) -> Any:
                return function(*arguments)

        return Promise()


def test_futures_that_can_only_be_waited_for(names: list[str]) -> None:
    assert by_path(results(names, Plain())) == by_path(results(names))


def test_paths_are_read_on_as_work_is_done(names: list[str]) -> None:
    taken = 0

    def endless() -> Iterator[str]:
        nonlocal taken
        while True:
            taken += 1
            yield f"{taken}.txt"

    with ThreadPoolExecutor(2) as pool:
        found = checker.check_many(endless(), executor=pool, rules=["规则"], select=["demo"])
        for _ in range(20):
            next(found)
        found.close()
    assert 20 <= taken <= (many._CHUNKS + 3) * many._CHUNK


def test_what_is_sent_is_plain_and_says_it_all(names: list[str]) -> None:
    parcels: list[Parcel] = []
    pool = Local(lambda paths: None)
    submit = pool.submit
    pool.submit = lambda function, given, plan: parcels.extend(given) or submit(function, given, plan)  # type: ignore[method-assign, func-returns-value]
    results(names[:1], pool)
    (one,) = parcels
    assert (one.path, one.name, one.settings.rules) == (str(Path("000.txt").absolute()), "000.txt", ())
    assert [(rules.folder, [file[:2] for file in rules.files]) for rules in one.rules] == [
        (True, [("demo.yaml", "规则/demo.yaml")])
    ]


def test_faulty_rules_are_refused_at_once(names: list[str]) -> None:
    Path("规则/bad.yaml").write_text("- id: x\n", encoding="utf-8")
    with pytest.raises(RuleFileError):
        checker.check_many(names, rules=["规则"])


def test_finding_what_to_check(names: list[str]) -> None:
    assert checker.find(["."]) == tuple(sorted(names[:-1]))
    with pytest.raises(checker.CheckerError, match="no such file"):
        checker.find(["没有.txt"])
