"""The wheel holds all that the program needs, and works where it is installed, from any folder."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.caches import VARIABLE, warm

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built without any download."""
    pytest.importorskip("hatchling", reason="the wheel is built with hatchling")
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "--no-build-isolation", "-w", folder, ROOT)
    (built,) = folder.glob("zhenggai-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel installed apart from the checkout; its dependencies are those of this environment."""
    folder = tmp_path_factory.mktemp("installed")
    run(sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--target", folder, wheel)
    return folder


def run(*words: object, **options: object) -> subprocess.CompletedProcess[str]:
    words = tuple(map(str, words))
    result = subprocess.run(words, capture_output=True, text=True, encoding="utf-8", **options)  # type: ignore[call-overload]
    assert isinstance(result, subprocess.CompletedProcess)
    assert result.returncode in (0, 1), result.stderr
    return result


def test_the_wheel_holds_grammars_rules_and_types(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    wanted = {"checker/py.typed", "checker/output/page.css", "checker/output/page.js"}
    for folder in ("grammars", "rules"):
        kept = [path for path in (ROOT / folder).rglob("*") if path.suffix in (".lark", ".yaml")]
        wanted |= {f"checker/{path.relative_to(ROOT).as_posix()}" for path in kept}
    assert wanted - names == set()
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {"checker"}


def test_the_installed_program_checks_as_the_checkout_does(installed: Path, tmp_path: Path) -> None:
    reports = sorted(EXAMPLES.rglob("*.txt"))
    if not reports:
        pytest.skip("there are no examples")
    report = reports[0]
    found = []
    for path, cache in ((installed, {VARIABLE: str(tmp_path / "cache")}), (ROOT, warm(tmp_path / "own"))):
        environment = {**os.environ, "PYTHONPATH": str(path), "PYTHONUTF8": "1", **cache}
        place = run(
            sys.executable, "-c", "import checker; print(checker.__file__)", cwd=tmp_path, env=environment
        )
        assert Path(place.stdout.strip()).is_relative_to(path)
        words = ("-m", "checker", "check", report, "--format", "json")
        found.append(json.loads(run(sys.executable, *words, cwd=tmp_path, env=environment).stdout))
    assert found[0] == found[1]
    assert found[0]["files"] == 1
