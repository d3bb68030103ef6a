"""Many files: what has the same content is checked once, whatever the number of processes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from checker import jobs, results
from checker.files import Found
from checker.outcome import Result, Run

REAL = results.fetch
TEXT = "中共某县水务局党组关于巡察整改进展情况的通报\n反馈问题12个，已完成整改9个，正在整改4个。\n"
COPIES = 30


@pytest.fixture
def paths(tmp_path: Path) -> tuple[str, ...]:
    """A report and thirty of its copies in ``tmp_path``, and two that differ from it."""
    texts = [TEXT] * (COPIES + 1) + [TEXT.replace("4个", "3个"), TEXT.replace("9个", "10个")]
    names = [tmp_path / f"{number:02}.txt" for number in range(len(texts))]
    for name, text in zip(names, texts, strict=True):
        name.write_text(text, encoding="utf-8")
    return tuple(map(str, names))


def found(run: Run) -> list[tuple[str, tuple[object, ...]]]:
    """The findings by the path of their file, as if all were of one file."""
    return [(file.path, tuple(replace(one, path="") for one in file.diagnostics)) for file in run.checked]


def test_copies_are_checked_once(
    paths: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ZHENGGAI_CACHE_DIR", str(tmp_path / "cache"))
    worked: list[str] = []
    one = jobs.check_one

    def noted(path: str, *rest: object) -> Result:
        worked.append(path)
        return one(path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(jobs, "check_one", noted)
    monkeypatch.setattr(results, "fetch", REAL)
    whole = jobs.check_files(Found(paths, (), ()), paths, jobs.Plan())
    assert worked == [paths[0], *paths[-2:]]
    assert not whole.faults
    assert [file.path for file in whole.checked] == [*paths]
    monkeypatch.setattr(results, "fetch", lambda name, path: None)
    assert found(whole) == found(jobs.check_files(Found(paths, (), ()), paths, jobs.Plan(jobs=1)))
    assert {one.path for file in whole.checked for one in file.diagnostics} == {*paths}


def test_copies_are_checked_each_where_nothing_can_be_kept(
    paths: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    worked: list[str] = []

    def noted(tasks: Sequence[jobs.Task], plan: jobs.Plan) -> list[Result]:
        worked.extend(path for path, _ in tasks)
        return [jobs.check_one(path, settings, plan) for path, settings in tasks]

    monkeypatch.setattr(jobs, "_parallel", lambda tasks, plan, count: noted(tasks, plan))
    whole = jobs.check_files(Found(paths, (), ()), paths, jobs.Plan(jobs=2))
    assert worked == [paths[0], *paths[-2:], *paths[1:-2]]
    assert [file.path for file in whole.checked] == [*paths]
