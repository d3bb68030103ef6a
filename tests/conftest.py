"""What all tests share: what is kept from run to run stays among them, and every check is a real one."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

import pytest

from tests.caches import VARIABLE, shared

if VARIABLE not in os.environ:  # grammars and rules are compiled once for all tests and their processes
    os.environ[VARIABLE] = tempfile.mkdtemp(prefix="zhenggai-tests-")
    atexit.register(shutil.rmtree, os.environ[VARIABLE], ignore_errors=True)


def pytest_configure(config: pytest.Config) -> None:
    """Where several processes run the tests, all is compiled before they start."""
    if config.getoption("numprocesses", None):
        shared()


@pytest.fixture(scope="session")
def compiled() -> None:
    """For tests that start processes of the program: none of them compiles grammars and rules."""
    shared()


@pytest.fixture(autouse=True)
def _no_kept_results(monkeypatch: pytest.MonkeyPatch) -> None:
    """No check in this process is answered from an earlier one."""
    monkeypatch.setattr("checker.results.fetch", lambda name, path: None)
