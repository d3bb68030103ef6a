"""The hooks of pre-commit, the GitHub action and the GitLab job, run as far as they can be run here."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.caches import VARIABLE

ROOT = Path(__file__).parent.parent
SHIPPED = (
    "checker",
    "grammars",
    "rules",
    "pyproject.toml",
    "README.md",
    "LICENSE",
    ".pre-commit-hooks.yaml",
)
BAD = "关于整改情况的通报\n局党组研究布署,开展了整改。。\n"
CLEAN = "请拨打便民热线。\n"
SELECT = ["--select", "punctuation"]
_NO_INDEX = (
    "No matching distribution",
    "Could not find a version",
    "ConnectionError",
    "Network is unreachable",
)


def run(*words: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        words,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=cwd,
        env={**os.environ, "PYTHONUTF8": "1", **environment},
        check=False,
    )


def git(folder: Path, *words: str) -> str:
    settings = ("-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "core.quotepath=false")
    result = run("git", *settings, *words, cwd=folder)
    assert result.returncode == 0, result.stderr
    return result.stdout.strip()


# --- pre-commit ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def hooks(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A bare repository of this program, and its revision."""
    pytest.importorskip("pre_commit", reason="the hooks run in pre-commit (extra test)")
    if shutil.which("git") is None:
        pytest.skip("pre-commit needs git")
    work = tmp_path_factory.mktemp("source")
    for name in SHIPPED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, work / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, work / name)
    git(work, "init", "-q", "-b", "main")
    git(work, "add", "-A")
    git(work, "commit", "-q", "-m", "One")
    bare = tmp_path_factory.mktemp("remote") / "zhenggai.git"
    git(work, "clone", "-q", "--bare", str(work), str(bare))
    return bare, git(work, "rev-parse", "HEAD")


@pytest.fixture(scope="module")
def project(hooks: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of reports that uses the hooks, which are installed."""
    bare, revision = hooks
    folder = tmp_path_factory.mktemp("报告库")
    git(folder, "init", "-q", "-b", "main")
    config = {
        "repos": [
            {
                "repo": str(bare),
                "rev": revision,
                "hooks": [
                    {"id": "zhenggai-fix", "args": SELECT, "stages": ["manual"]},
                    {"id": "zhenggai", "args": SELECT},
                ],
            }
        ]
    }
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), encoding="utf-8")
    (folder / "报告 二").mkdir()
    for number in range(12):
        (folder / "报告 二" / f"通报 {number}.txt").write_text(CLEAN, encoding="utf-8")
    (folder / "报告 二" / "草稿“甲”.txt").write_text(BAD, encoding="utf-8")
    (folder / "README.md").write_text(BAD, encoding="utf-8")
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "One")
    installed = hook(folder, "install-hooks")
    if installed.returncode and any(word in installed.stdout for word in _NO_INDEX):
        pytest.skip("pre-commit installs hooks from a package index, and there is none")
    assert installed.returncode == 0, installed.stdout
    return folder


def home(folder: Path) -> dict[str, str]:
    """Where pre-commit keeps what it installs, and the installed program what it compiles, and nowhere else: the
    program would clear away what another one, that of this checkout, has compiled."""
    return {
        "PRE_COMMIT_HOME": str(folder / ".git" / "pre-commit"),
        VARIABLE: str(folder / ".git" / "zhenggai"),
    }


def hook(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return run(sys.executable, "-m", "pre_commit", *words, cwd=folder, **home(folder))


def test_the_hook_checks_every_report_and_no_readme(project: Path) -> None:
    result = hook(project, "run", "--all-files")
    assert result.returncode == 1, result.stdout
    assert "exit code: 1" in result.stdout
    assert "报告 二/草稿“甲”.txt:2:8: warning punctuation.width" in result.stdout
    assert "README" not in result.stdout


def test_the_hook_checks_the_files_that_are_given(project: Path) -> None:
    clean = hook(project, "run", "--files", "报告 二/通报 1.txt", "报告 二/通报 2.txt")
    assert (clean.returncode, "Passed" in clean.stdout) == (0, True)
    bad = hook(project, "run", "--files", "报告 二/通报 1.txt", "报告 二/草稿“甲”.txt")
    assert bad.returncode == 1
    none = hook(project, "run", "--files", "README.md")
    assert (none.returncode, "Skipped" in none.stdout) == (0, True)


def test_the_fixing_hook_corrects_and_then_passes(project: Path) -> None:
    words = ("run", "zhenggai-fix", "--all-files", "--hook-stage", "manual")
    first = hook(project, *words)
    try:
        assert (first.returncode, "files were modified by this hook" in first.stdout) == (1, True)
        changed = git(project, "diff", "--name-only").splitlines()
        assert changed == ["报告 二/草稿“甲”.txt"]
        text = (project / "报告 二" / "草稿“甲”.txt").read_text(encoding="utf-8")
        assert text == "关于整改情况的通报\n局党组研究布署，开展了整改。\n"
        assert hook(project, *words).returncode == 0
        assert hook(project, "run", "--all-files").returncode == 0
    finally:
        git(project, "checkout", "-q", "--", ".")


def test_a_commit_is_refused_and_then_let_through(project: Path) -> None:
    assert hook(project, "install").returncode == 0
    path = project / "新稿.txt"
    path.write_text(BAD, encoding="utf-8")
    git(project, "add", "新稿.txt")
    words = ("git", "-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-m", "二")
    refused = run(*words, cwd=project, **home(project))
    assert (refused.returncode, "新稿.txt:2:8" in refused.stdout + refused.stderr) == (1, True)
    path.write_text(CLEAN, encoding="utf-8")
    git(project, "add", "新稿.txt")
    assert run(*words, cwd=project, **home(project)).returncode == 0


def test_the_manifest_is_valid() -> None:
    clientlib = pytest.importorskip("pre_commit.clientlib", reason="reads the manifest (extra test)")
    ids = [one["id"] for one in clientlib.load_manifest(str(ROOT / ".pre-commit-hooks.yaml"))]
    assert ids == ["zhenggai", "zhenggai-fix"]


# --- GitHub ----------------------------------------------------------------------------------------------


def action() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    return loaded


def checks(folder: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """The step that checks, as the runner runs it; without the steps that install."""
    if shutil.which("bash") is None:
        pytest.skip("the action runs in bash")
    (step,) = [one for one in action()["runs"]["steps"] if one.get("id") == "check"]
    given = {name: str(spec["default"]) for name, spec in action()["inputs"].items()} | inputs
    environment = {
        name: given[value.split("inputs.")[1].split(" ")[0]] if "inputs." in value else value
        for name, value in step["env"].items()
    }
    temporary = folder / ".runner"
    temporary.mkdir(exist_ok=True)
    script = temporary / "script.sh"
    script.write_text(step["run"], encoding="utf-8")
    environment |= {
        "GITHUB_OUTPUT": str(folder / ".output"),
        "GITHUB_STEP_SUMMARY": str(folder / ".summary"),
        "RUNNER_TEMP": str(temporary),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
    }
    return run("bash", "--noprofile", "--norc", "-eo", "pipefail", str(script), cwd=folder, **environment)


@pytest.fixture
def folder(compiled: None, tmp_path: Path) -> Path:
    (tmp_path / "报告 一").mkdir()
    (tmp_path / "报告 一" / "草稿.txt").write_text(BAD, encoding="utf-8")
    (tmp_path / "好.txt").write_text(CLEAN, encoding="utf-8")
    return tmp_path


def test_the_action_annotates_and_writes_sarif(folder: Path) -> None:
    options = "--select=punctuation\n"
    result = checks(folder, paths="报告 一\n好.txt\n", options=options, sarif="out.sarif")
    assert result.returncode == 1, result.stderr
    assert result.stdout.startswith(
        "::warning file=报告 一/草稿.txt,line=2,endLine=2,col=8,endColumn=9,title=punctuation.width::"
    )
    assert (folder / ".output").read_text() == "status=1\n"
    assert "报告 一/草稿.txt:2:8: warning punctuation.width" in (folder / ".summary").read_text("utf-8")
    log = json.loads((folder / "out.sarif").read_text("utf-8"))
    uris = [one["location"]["uri"] for one in log["runs"][0]["artifacts"]]
    assert uris == ["%E5%A5%BD.txt", "%E6%8A%A5%E5%91%8A%20%E4%B8%80/%E8%8D%89%E7%A8%BF.txt"]


def test_the_action_passes_and_fails_as_the_program_does(folder: Path) -> None:
    assert checks(folder, paths="好.txt", options="--select=punctuation").returncode == 0
    assert checks(folder, paths="没有.txt").returncode == 2
    assert (folder / ".output").read_text() == "status=0\nstatus=2\n"
    assert checks(folder, options="--select=punctuation\n--lang=en").returncode == 1


def test_no_input_is_put_into_a_script() -> None:
    """What a user gives comes through the environment: nothing in it can be run."""
    assert [step["run"] for step in action()["runs"]["steps"] if "${{" in step.get("run", "")] == []


# --- GitLab ----------------------------------------------------------------------------------------------


def test_the_job_writes_its_reports(folder: Path) -> None:
    if shutil.which("bash") is None:
        pytest.skip("the job runs in a shell")
    template = yaml.safe_load((ROOT / "templates" / "gitlab-ci.yml").read_text(encoding="utf-8"))
    job = template["zhenggai"]
    script = [line for line in job["script"] if "pip install" not in line]
    assert len(script) == len(job["script"]) - 1
    environment = template["variables"] | {
        "ZHENGGAI_PATHS": "'报告 一' 好.txt",
        "ZHENGGAI_OPTIONS": "--select punctuation",
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
    }
    result = run("bash", "-eo", "pipefail", "-c", "\n".join(script), cwd=folder, **environment)
    assert result.returncode == 1, result.stderr
    reports = job["artifacts"]["reports"]
    issues = json.loads((folder / reports["codequality"]).read_text("utf-8"))
    assert {one["location"]["path"] for one in issues} == {"报告 一/草稿.txt"}
    assert '<testsuite name="好.txt" tests="1" failures="0"' in (folder / reports["junit"]).read_text("utf-8")
