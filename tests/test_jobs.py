"""Many files: what has the same content is checked once, whatever the number of processes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
        return [jobs.check_one(path, chosen, plan) for path, chosen in tasks]

    monkeypatch.setattr(jobs, "_parallel", lambda tasks, plan, count: noted(tasks, plan))
    whole = jobs.check_files(Found(paths, (), ()), paths, jobs.Plan(jobs=2))
    assert worked == [paths[0], *paths[-2:], *paths[1:-2]]
    assert [file.path for file in whole.checked] == [*paths]


CONFIGURATIONS = {
    "plain": "",
    "fewer": "ignore: [count]\n",
    "level": "severity: {count.partition: info}\nfail-on: error\n",
    "allowed": "allow:\n  - {rule: count.partition, text: 已完成整改9个, reason: 已核}\n",
    "own": "rules: [rules]\n",
    "size": "max-size: 100\n",
}
"""The configurations of some folders; ``own`` has a rule that fails in every report."""
FAILING = """- id: own.failing
  severity: warning
  for: p in report.paragraphs
  assert: report.paragraphs[1000].text == ""
  message: {zh: 无, en: none}
  why: {zh: 无, en: none}
  basis: {zh: 无, en: none}
  bad: ["⟦甲⟧"]
  good: ["乙"]
"""
TEXTS = [TEXT, TEXT.replace("4个", "3个"), "", "\x00\xff" * 90]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one of each configuration, and in each of them every text many times."""
    top = tmp_path_factory.mktemp("copies")
    for name, configuration in CONFIGURATIONS.items():
        (top / name / "rules").mkdir(parents=True)
        (top / name / "zhenggai.yaml").write_text(configuration, encoding="utf-8")
        (top / name / "rules" / "failing.yaml").write_text(FAILING, encoding="utf-8")
        for kind, text in enumerate(TEXTS):
            for number in range(COPIES):
                (top / name / f"{kind}-{number}.txt").write_text(text, encoding="utf-8")
    return top


def in_process(tasks: Sequence[jobs.Task], plan: jobs.Plan, count: int) -> list[Result]:
    return [jobs.check_one(path, chosen, plan) for path, chosen in tasks]


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.tuples(st.sampled_from([*CONFIGURATIONS]), st.sampled_from(range(len(TEXTS)))),
        min_size=24,
        max_size=COPIES,
    ),
    st.booleans(),
    st.booleans(),
    st.sampled_from([jobs.Override(), jobs.Override(select=("count",)), jobs.Override(fail_on="info")]),
)
def test_any_mixture_of_copies_is_checked_as_one_after_the_other(
    folder: Path, kinds: list[tuple[str, int]], fix: bool, kept: bool, override: jobs.Override
) -> None:
    paths = tuple(str(folder / name / f"{kind}-{number}.txt") for number, (name, kind) in enumerate(kinds))
    files, plan = Found(paths, (), ()), jobs.Plan(override, fix=fix)
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory() as cache:
        expected = jobs.check_files(files, [str(folder)], replace(plan, jobs=1))
        patch.setenv("ZHENGGAI_CACHE_DIR", cache if kept else "/dev/null/none")
        patch.setattr(results, "fetch", REAL)
        patch.setattr(jobs, "_parallel", in_process)
        for _ in range(2):
            assert jobs.check_files(files, [str(folder)], replace(plan, jobs=2)) == expected
