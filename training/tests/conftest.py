"""Shared fixtures and helpers, and the counts of a test run: test-results/pytest.json."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from training.clips import Clip, FeatureSpec

WINDOWS = 4
COUNTS = Path(__file__).parents[2] / "test-results" / "pytest.json"

MakeClip = Callable[..., Clip]


@pytest.fixture
def spec() -> FeatureSpec:
    """The shipped front end."""
    return {
        "sampleRateHz": 32_000,
        "fftSize": 1024,
        "hopSamples": 500,
        "melBands": 120,
        "minHz": 50,
        "maxHz": 14_000,
        "frames": 120,
        "powerFloor": 1e-11,
        "logMean": -6.5,
        "logStandardDeviation": 2.5,
    }


@pytest.fixture
def make_clip() -> MakeClip:
    """Makes a clip of a free recording in fold 1; a test passes only the values that matter to it."""

    def make(file: str = "a.wav", labels: tuple[str, ...] = ("dog",), **known: object) -> Clip:
        values: dict[str, object] = {
            "log_power": np.full((120, 120), -6, np.float32),
            "labelled": bool(labels),
            "source": "esc50",
            "fold": "1",
            "licence": "CC0",
            "teacher_scores": np.zeros((WINDOWS, 521), np.float16),
            "teacher_embeddings": np.zeros((WINDOWS, 1024), np.float16),
        }
        return Clip(file=file, labels=labels, **(values | known))  # type: ignore[arg-type]  # values of many types

    return make


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Writes the counts for `npm test`, with a reason for each skipped and each failed test."""
    reports = {outcome: terminalreporter.getreports(outcome) for outcome in ("passed", "failed", "error", "skipped")}
    skipped = [
        {"name": report.nodeid, "reason": str(report.longrepr[2]).removeprefix("Skipped: ")}
        for report in reports["skipped"]
    ]
    failures = [
        {"name": report.nodeid, "reason": reason_of(report)} for report in [*reports["failed"], *reports["error"]]
    ]
    counts = {
        "passed": len(reports["passed"]),
        "failed": len(failures),
        "skipped": skipped,
        "failures": failures,
    }
    COUNTS.parent.mkdir(exist_ok=True)
    COUNTS.write_text(json.dumps(counts))


def reason_of(report: pytest.TestReport | pytest.CollectReport) -> str:
    """Says why a test failed: by its exception, or, for a file that could not be read, by all that pytest says of it."""
    crash = getattr(report.longrepr, "reprcrash", None)
    return crash.message if crash else str(report.longrepr)
