"""The counts of a test run that `npm test` reads."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

TESTS = """
import pytest

def test_passes():
    pass

def test_fails():
    assert 1 + 1 == 3, "a wrong sum"

@pytest.fixture
def lost():
    raise OSError("no disk")

def test_lacks(lost):
    pass

def test_waits():
    pytest.skip("no clips")
"""


def test_failures_and_skipped_tests_have_a_name_and_a_reason(tmp_path: Path) -> None:
    folder = tmp_path / "training" / "checks"
    folder.mkdir(parents=True)
    shutil.copy(Path(__file__).with_name("conftest.py"), folder)
    (folder / "test_some.py").write_text(TESTS)
    (folder / "test_broken.py").write_text("import nothing_of_that_name\n")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--continue-on-collection-errors", str(folder)]
    paths = {"PYTHONPATH": str(Path(__file__).parents[2])}
    run = subprocess.run(command, cwd=tmp_path, env=os.environ | paths, capture_output=True, text=True, check=False)

    counts = json.loads((tmp_path / "test-results" / "pytest.json").read_text())
    assert counts["passed"] == 1, run.stdout
    assert counts["failed"] == 3
    assert counts["skipped"] == [{"name": "training/checks/test_some.py::test_waits", "reason": "no clips"}]
    reasons = {failure["name"]: failure["reason"] for failure in counts["failures"]}
    assert reasons["training/checks/test_some.py::test_fails"].splitlines()[0] == "AssertionError: a wrong sum"
    assert reasons["training/checks/test_some.py::test_lacks"] == "OSError: no disk"
    assert "nothing_of_that_name" in reasons["training/checks/test_broken.py"]
