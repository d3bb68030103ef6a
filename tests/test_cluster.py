"""A real Dask cluster of several processes, one of which is killed with work in hand."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

pytest.importorskip("distributed", reason="a cluster needs dask (extra cluster)")

import dask
from distributed import Client, LocalCluster

import checker
from checker import cluster
from checker.cli import main
from tests.caches import warm
from tests.many import write_reports, write_rules

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills a process, has a pipe with a name")
ROOT = Path(__file__).parent.parent
COUNT = 60
PIPE = "管道.txt"
DEMO = ("--rules", "规则", "--select", "demo")


@pytest.fixture(scope="module")
def client(compiled: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """Two processes of one thread, in a folder of their own."""
    before = Path.cwd()
    os.chdir(tmp_path_factory.mktemp("cluster"))
    try:
        with (
            dask.config.set(
                {"distributed.deploy.lost-worker-timeout": "10 minutes"}
            ),  # or it closes replacements
            LocalCluster(
                n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0"
            ) as started,
            Client(started) as client,
        ):
            client.run(sys.path.insert, 0, str(ROOT))
            yield client
    finally:
        os.chdir(before)


@pytest.fixture
def names(client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Reports of this test's folder, and in their midst a pipe, which holds up whoever opens it until it is written to."""
    monkeypatch.chdir(tmp_path)
    client.wait_for_workers(2, timeout=60)
    write_rules(tmp_path / "规则")
    found = write_reports(tmp_path, COUNT)
    os.mkfifo(PIPE)
    return [*found[:20], PIPE, *found[20:]]


def until(condition: Callable[[], Any]) -> Any:
    """What ``condition`` gives once that is true."""
    end = time.monotonic() + 60
    while not (found := condition()):
        assert time.monotonic() < end
        time.sleep(0.02)
    return found


def working(client: Client) -> list[str]:
    """The workers that have work in hand."""
    return [worker for worker, tasks in client.processing().items() if tasks]


def kill_who_reads_the_pipe(client: Client) -> None:
    """Kill the worker that has the one chunk that is left, wait until another has it, and let that one go on."""
    (holder,) = until(lambda: (found := working(client)) and len(found) == 1 and found)
    process = client.run(os.getpid, workers=[holder])[holder]
    os.kill(process, signal.SIGKILL)
    until(lambda: (found := working(client)) and found != [holder])
    with open(PIPE, "w", encoding="utf-8") as pipe:  # noqa: PTH123  (returns when it is read)
        pipe.write("请拨打市长热线。\n")


def expected(names: list[str]) -> list[tuple[str, int]]:
    return [(name, int(name == PIPE or int(name[:3]) % 4 != 3)) for name in sorted(names)]


def test_a_worker_is_killed_and_nothing_is_lost_or_told_twice(client: Client, names: list[str]) -> None:
    found: list[checker.FileResult] = []

    def check() -> None:
        found.extend(checker.check_many(names, executor=client, rules=["规则"], select=["demo"]))

    thread = Thread(target=check)
    thread.start()
    until(lambda: len(found) >= COUNT + 1 - 8 and working(client))
    assert thread.is_alive()
    kill_who_reads_the_pipe(client)
    thread.join(60)
    assert sorted((one.path, len(one.diagnostics)) for one in found) == expected(names)
    assert {one.faults for one in found} == {()}
    os.unlink(PIPE)  # noqa: PTH108
    for one in found:
        if one.path != PIPE:
            assert one.diagnostics == checker.check(one.path, rules=["规则"], select=["demo"])


def test_the_command_line_goes_on_when_a_worker_is_killed(
    client: Client, names: list[str], tmp_path: Path
) -> None:
    address = client.scheduler_info()["address"]
    words = ["check", *names, *DEMO, "--dask", address, "--format", "jsonl"]
    with subprocess.Popen(
        [sys.executable, "-m", "checker", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT), **warm(tmp_path / "cache")},
    ) as process:
        assert process.stdout is not None and process.stderr is not None
        lines = [process.stdout.readline() for _ in range(COUNT + 1 - 8)]  # they come while one is held up
        assert process.poll() is None
        kill_who_reads_the_pipe(client)
        lines += process.stdout.readlines()
        told = process.stderr.read().decode()
    records = [json.loads(line) for line in lines]
    assert sorted((one["path"], len(one["diagnostics"])) for one in records) == expected(names)
    assert [one["errors"] for one in records if one["errors"]] == []
    assert (process.returncode, told) == (1, "")


def test_a_cluster_gives_the_same_bytes(
    client: Client, names: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    os.unlink(PIPE)  # noqa: PTH108
    Path("坏.txt").write_bytes(b"")
    Path("除.txt").write_text("除零。\n", encoding="utf-8")
    settings = "select: [demo]\nrules: [规则]\nallow: [{rule: demo.hotline, reason: 试, path: 00*.txt}]\n"
    Path("zhenggai.yaml").write_text(settings, encoding="utf-8")
    address = client.scheduler_info()["address"]
    for name in ("json", "html", "sarif"):
        words = ["check", ".", "没有.txt", "--format", name]
        here = (main(words), capsys.readouterr())
        assert (main([*words, "--dask", address]), capsys.readouterr()) == here
        assert here[0] == 2


def test_a_cluster_without_the_program_is_refused() -> None:
    class Other:
        def __init__(self, answer: object) -> None:
            self.answer = answer

        def run(self, *_: object, **__: object) -> dict[str, object]:
            return {"tcp://a:1": self.answer}

    def refusal(answer: object) -> str:
        with pytest.raises(checker.CheckerError) as caught:
            cluster._compare(Other(answer))
        return caught.value.describe("en")

    own = cluster.version("zhenggai")
    assert cluster._compare(Other(own)) is None  # type: ignore[func-returns-value]
    assert refusal(PackageNotFoundError("zhenggai")) == (
        "zhenggai is not installed where the Dask worker tcp://a:1 runs"
    )
    assert refusal("0.0.1") == (
        f"the Dask worker tcp://a:1 has version 0.0.1 of zhenggai, and this is {own}; install the same one"
    )


def test_a_cluster_that_is_not_there(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cluster, "_ANSWER", 0.2)
    assert main(["check", ".", "--dask", "tcp://127.0.0.1:1", "--lang", "en"]) == 2
    assert capsys.readouterr().err.startswith(
        "zhenggai: error: the Dask cluster tcp://127.0.0.1:1 cannot be reached: "
    )
    assert main(["check", ".", "--dask", "tcp://127.0.0.1:1", "--jobs", "2"]) == 2
    assert capsys.readouterr().err.startswith("zhenggai: 错误：--dask 不能和 --jobs 一起用\n")


def test_a_cluster_without_workers(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cluster, "_START", 0.2)
    with LocalCluster(n_workers=0, processes=False, dashboard_address=":0") as idle:
        address = idle.scheduler.contact_address or idle.scheduler_address
        assert main(["check", ".", "--dask", address]) == 2
    assert capsys.readouterr().err == f"zhenggai: 错误：Dask 集群 {address} 里没有可用的工作进程\n"


def test_the_extra_is_named_where_it_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert main(["check", ".", "--dask", "tcp://127.0.0.1:1"]) == 2
    assert capsys.readouterr().err == "zhenggai: 错误：--dask 需要先安装：pip install 'zhenggai[cluster]'\n"
