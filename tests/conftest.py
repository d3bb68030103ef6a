"""What all tests share: what is kept from run to run stays among them, and every check is a real one."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

import pytest

if (
    "ZHENGGAI_CACHE_DIR" not in os.environ
):  # grammars and rules are compiled once for all tests and their processes
    os.environ["ZHENGGAI_CACHE_DIR"] = tempfile.mkdtemp(prefix="zhenggai-tests-")
    atexit.register(shutil.rmtree, os.environ["ZHENGGAI_CACHE_DIR"], ignore_errors=True)


@pytest.fixture(autouse=True)
def _no_kept_results(monkeypatch: pytest.MonkeyPatch) -> None:
    """No check in this process is answered from an earlier one; tests/test_caching.py lifts that."""
    monkeypatch.setattr("checker.results.fetch", lambda name, path: None)
